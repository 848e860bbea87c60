"""Validators that say which field has the wrong type and never what stood there, as attrs' own would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

from custmaster.errors import Fault, InvalidValue

if TYPE_CHECKING:
    from attrs import Attribute

__all__ = ["OfTwo", "a_day", "apart", "codes", "each_of", "of", "texts", "the_day"]

Validator = Callable[[Any, "Attribute[Any]", Any], None]


def of(*kinds: type[object], optional: bool = False) -> Validator:
    """The field holds one of `kinds`, or nothing where that is allowed. Errors: InvalidValue (TYPE)."""
    remedy = f"give {' or '.join(map(_named, kinds))}"

    def check(instance: Any, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, kinds) and not (optional and value is None):
            raise InvalidValue(Fault.TYPE, path=attribute.name, remedy=remedy)

    return check


def _named(kind: type[object]) -> str:
    """The kind with its article; a text that reads as a code is none, so of codes one is shown."""
    name = kind.__name__
    code = f", such as {name}.{next(iter(kind)).name}" if issubclass(kind, Enum) else ""
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}{code}"


def a_day(instance: Any, attribute: Attribute[Any], value: Any) -> None:
    """The field holds a day without a time of day, or nothing: one with a time is equal to no day. Errors: InvalidValue (TYPE)."""
    if value is not None:
        the_day(instance, attribute, value)


def the_day(instance: Any, attribute: Attribute[Any], value: Any) -> None:
    """The field holds a day, as `a_day`, and never nothing. Errors: InvalidValue (TYPE)."""
    if type(value) is not date:
        raise InvalidValue(Fault.TYPE, path=attribute.name, remedy="give a day without a time of day")


def each_of(kind: type[object]) -> Validator:
    """Each of the field's values is one of `kind`. Errors: InvalidValue (TYPE) with the place of the first that is not."""
    remedy = f"give {_named(kind)}"

    def check(instance: Any, attribute: Attribute[Any], value: Any) -> None:
        for item in value:
            if not isinstance(item, kind):
                place = next(place for place, one in enumerate(value) if one is item)
                raise InvalidValue(Fault.TYPE, path=f"{attribute.name}[{place}]", remedy=remedy)

    return check


def texts(values: Iterable[str], path: str) -> tuple[str, ...]:
    """The texts of a list in their order; one text alone would be taken letter by letter. Errors: InvalidValue (TYPE)."""
    if isinstance(values, str):
        raise InvalidValue(Fault.TYPE, path=path, remedy="give a list of texts, such as [...]")
    return tuple(values)


def codes(values: Iterable[str], path: str) -> tuple[str, ...]:
    """The codes of a list, sorted; what is no text is told by who checks them, and not where they are sorted. Errors: as `texts`.

    >>> codes(["WEB", "MOBILE"], "channels")
    ('MOBILE', 'WEB')
    """
    return tuple(sorted(texts(values, path), key=str))


class OfTwo(Protocol):
    """What happens to a customer together with another one, into which it goes or from which it parts."""

    @property
    def customer(self) -> str: ...

    @property
    def into(self) -> str: ...


def apart(event: OfTwo) -> None:
    """The two are not one and the same. Errors: InvalidValue (CONFLICT)."""
    if event.into == event.customer:
        raise InvalidValue(Fault.CONFLICT, path="into", remedy="a customer is not joined with itself")

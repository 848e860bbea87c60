"""Validators that say which field has the wrong type and never what stood there, as attrs' own would."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from custmaster.errors import Fault, InvalidValue

if TYPE_CHECKING:
    from attrs import Attribute

__all__ = ["OfTwo", "apart", "each_of", "of", "texts"]

Validator = Callable[[Any, "Attribute[Any]", Any], None]


def of(*kinds: type[object], optional: bool = False) -> Validator:
    """The field holds one of `kinds`, or nothing where that is allowed. Errors: InvalidValue (TYPE)."""

    def check(instance: Any, attribute: Attribute[Any], value: Any) -> None:
        if not isinstance(value, kinds) and not (optional and value is None):
            wanted = " or ".join(kind.__name__ for kind in kinds)
            raise InvalidValue(Fault.TYPE, path=attribute.name, remedy=f"give a {wanted}")

    return check


def each_of(kind: type[object]) -> Validator:
    """Each of the field's values is one of `kind`. Errors: InvalidValue (TYPE) with the place of the first that is not."""

    def check(instance: Any, attribute: Attribute[Any], value: Any) -> None:
        for item in value:
            if not isinstance(item, kind):
                place = next(place for place, one in enumerate(value) if one is item)
                raise InvalidValue(Fault.TYPE, path=f"{attribute.name}[{place}]", remedy=f"give a {kind.__name__}")

    return check


def texts(values: Iterable[str], path: str) -> tuple[str, ...]:
    """The texts of a list in their order; one text alone would be taken letter by letter. Errors: InvalidValue (TYPE)."""
    if isinstance(values, str):
        raise InvalidValue(Fault.TYPE, path=path, remedy="give a list of texts, such as [...]")
    return tuple(values)


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

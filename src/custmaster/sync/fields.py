"""What one system holds of one customer, field by field: an immutable mapping that shows the names and never the values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NoReturn

from custmaster.errors import Fault, InvalidValue

__all__ = ["NOTHING", "FieldValues"]

_LONGEST: Final = 4000


class FieldValues:
    """The values of the fields of one record: text by the name of the field; a field without a value is not in it.

    It never changes: `changed` gives another one. Equal contents are equal and have one hash. Its repr tells the names alone.
    Errors: InvalidValue (TYPE) for a value that is no text, (LENGTH) for one over 4000 characters; both name the field.

    >>> held = FieldValues({"name": "张伟", "status": "ACTIVE", "occupation": None})
    >>> held, held.get("status"), held.changed({"name": None}).names
    (FieldValues(name, status), 'ACTIVE', ('status',))
    """

    __slots__ = ("_hash", "_of")

    def __init__(self, values: Mapping[str, str | None]) -> None:
        self._of: dict[str, str] = {
            name: _text(name, values[name]) for name in sorted(values) if values[name] is not None
        }
        self._hash: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that have a value, sorted."""
        return tuple(self._of)

    def get(self, name: str) -> str | None:
        """The value of a field; None when it has none."""
        return self._of.get(name)

    def items(self) -> Iterator[tuple[str, str]]:
        """Field and value, sorted by field."""
        return iter(self._of.items())

    def changed(self, changes: Mapping[str, str | None]) -> FieldValues:
        """These values with `changes` laid over them; None takes a value away."""
        held = self._of
        if all(held.get(name) == value for name, value in changes.items()):
            return self
        if None in changes.values() or not held.keys() >= changes.keys():
            return FieldValues({**held, **changes})
        made = object.__new__(FieldValues)  # the names are held and sorted already
        made._of, made._hash = {**held, **{name: _text(name, value) for name, value in changes.items()}}, None
        return made

    def taking(self, other: FieldValues, kept: frozenset[str]) -> FieldValues:
        """The values of `other`, but these ones for the fields `kept`."""
        if not kept:
            return other
        merged = {name: value for name, value in other._of.items() if name not in kept}
        merged.update((name, value) for name, value in self._of.items() if name in kept)
        return FieldValues(merged)

    def differing(self, other: FieldValues) -> tuple[str, ...]:
        """The fields whose values are not equal in the two, sorted."""
        return tuple(name for name in sorted({*self._of, *other._of}) if self._of.get(name) != other._of.get(name))

    def __contains__(self, name: object) -> bool:
        return name in self._of

    def __len__(self) -> int:
        return len(self._of)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, FieldValues) and self._of == other._of)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(tuple(self._of.items()))
        return self._hash

    def __repr__(self) -> str:
        return f"FieldValues({', '.join(self._of)})"

    def __copy__(self) -> FieldValues:
        return self

    def __deepcopy__(self, memo: Any) -> FieldValues:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("FieldValues hold personal data and are not pickled")


def _text(name: str, value: object) -> str:
    if type(value) is not str:
        raise InvalidValue(Fault.TYPE, path=name, remedy="the value of a field is text, or None")
    if len(value) > _LONGEST:
        raise InvalidValue(Fault.LENGTH, path=name, length=len(value), remedy=f"at most {_LONGEST} characters")
    return value


NOTHING: Final = FieldValues({})
"""No field has a value."""

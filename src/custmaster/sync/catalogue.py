"""The catalogue (同步字段目录): which fields two systems share, which of them are KEY, which are taken or refused together.

A field that it does not name is private to its system: it never travels, and a full message never erases it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue

__all__ = ["Catalogue", "FieldRow", "Share", "relationship_field", "role_field"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_.]{0,63}")
_ENTRY: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}(?:/[A-Za-z0-9_.-]{1,64})?")


class Share(StrEnum):
    """KEY: part of the key information (关键信息), which a peer may propose. FULL: of the full information (全字段) alone."""

    KEY = "KEY"
    FULL = "FULL"


@frozen(kw_only=True)
class FieldRow:
    """One shared field; with `family` its name stands for all fields `name/...`, such as every relationship of a customer.

    `group` names the fields that are taken or refused together. Errors: InvalidValue (FORMAT, RANGE).

    >>> FieldRow(name="birth_date", share=Share.KEY, group="person").group
    'person'
    """

    name: str
    share: Share = Share.FULL
    group: str | None = None
    family: bool = False

    def __attrs_post_init__(self) -> None:
        if _NAME.fullmatch(self.name) is None:
            raise InvalidValue(Fault.FORMAT, path="name", remedy="small letters, digits, underscore and point")
        if self.group is not None and (self.share is not Share.KEY or self.family):
            raise InvalidValue(Fault.RANGE, path="group", remedy="a group holds single KEY fields")
        if self.group is not None and _NAME.fullmatch(self.group) is None:
            raise InvalidValue(Fault.FORMAT, path="group", remedy="small letters, digits, underscore and point")


def _sorted(rows: Iterable[FieldRow]) -> tuple[FieldRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.name))


@frozen(kw_only=True)
class Catalogue:
    """The shared fields of two systems, sorted by name. Errors: InvalidValue (DUPLICATE) for a name that stands twice.

    Source: R-69 to R-74; sync.md A9, A10.

    >>> shared = Catalogue(fields=[FieldRow(name="name", share=Share.KEY), FieldRow(name="occupation")])
    >>> shared.is_key("name"), shared.is_key("occupation"), shared.knows("teller_note")
    (True, False, False)
    """

    fields: tuple[FieldRow, ...] = field(converter=_sorted)
    fingerprint: str = field(init=False, repr=True)
    _rows: Mapping[str, FieldRow] = field(init=False, repr=False, eq=False)
    _members: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        rows = {row.name: row for row in self.fields}
        if len(rows) != len(self.fields):
            raise InvalidValue(Fault.DUPLICATE, path="fields", remedy="each field stands once")
        object.__setattr__(self, "_rows", rows)
        object.__setattr__(self, "_members", _members(self.fields))
        object.__setattr__(self, "fingerprint", _fingerprint(self.fields))

    def row(self, name: str) -> FieldRow | None:
        """The row of a field, or of the family that it belongs to; None for a field that is not shared."""
        found = self._rows.get(name)
        if found is not None:
            return None if found.family else found
        head, slash, entry = name.partition("/")
        family = self._rows.get(head) if slash else None
        return family if family is not None and family.family and _ENTRY.fullmatch(entry) else None

    def knows(self, name: str) -> bool:
        """Whether the field is shared."""
        return self.row(name) is not None

    def is_key(self, name: str) -> bool:
        """Whether the field is part of the key information."""
        found = self.row(name)
        return found is not None and found.share is Share.KEY

    def unit(self, name: str) -> str:
        """What the field is taken or refused with: its group, or itself."""
        found = self._rows.get(name)
        return name if found is None or found.group is None else found.group

    def members(self, unit: str) -> tuple[str, ...]:
        """The fields of a unit, sorted."""
        return self._members.get(unit, (unit,))


def _members(rows: tuple[FieldRow, ...]) -> dict[str, tuple[str, ...]]:
    made: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if row.group is not None:
            made[row.group] = (*made.get(row.group, ()), row.name)
    return made


def _fingerprint(rows: tuple[FieldRow, ...]) -> str:
    text = "\n".join(f"{row.name}|{row.share}|{row.group or ''}|{row.family:d}" for row in rows)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def relationship_field(kind: str, to: str) -> str:
    """The field of a relationship (客户关系): its kind and the number of the other customer; its value says that it stands.

    >>> relationship_field("SPOUSE", "6000000002")
    'relationship/SPOUSE/6000000002'
    """
    return f"relationship/{kind}/{to}"


def role_field(code: str) -> str:
    """The field of a role (客户角色) of the customer.

    >>> role_field("GUARANTOR")
    'role/GUARANTOR'
    """
    return f"role/{code}"

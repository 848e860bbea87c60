"""The keys of sync (同步): which fields two systems share, and the readings of the places that the document leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook._key import Key
from custmaster.handbook.kinds import TEXT, TEXTS, Kind, choice, columns, listed

__all__ = [
    "SYNC_FOREIGN_CREATION",
    "SYNC_GROUPS",
    "SYNC_INITIAL_LOAD",
    "SYNC_KEYS",
    "SYNC_KEY_FIELDS",
    "SYNC_MERGE_COORDINATOR",
    "SYNC_OTHER_FIELDS",
    "SYNC_PEER_NONKEY",
    "SYNC_STATUS",
    "FieldGroup",
]


@frozen(kw_only=True)
class FieldGroup:
    """Key fields that are taken or refused together, under one name: a name must not come from one system, its birth date from the other.

    >>> FieldGroup(name="person", fields=("name", "birth_date")).fields
    ('name', 'birth_date')
    """

    name: str
    fields: tuple[str, ...]


_GROUP: Final[Mapping[str, Kind[object]]] = {"name": TEXT, "fields": listed(TEXT, at_least=2)}


def _group(raw: object) -> FieldGroup:
    return FieldGroup(**columns(raw, _GROUP, needed=("name", "fields")))


def _groups(raw: object) -> tuple[FieldGroup, ...]:
    groups = listed(Kind(name="row of name and fields", read=_group)).read(raw)
    seen: set[str] = set()
    for place, group in enumerate(groups):
        for name in (f"group {group.name}", *group.fields):
            if name in seen:
                remedy = "each group has its own name, and a field stands in one group"
                raise InvalidValue(Fault.DUPLICATE, path=f"[{place}]", remedy=remedy)
            seen.add(name)
    return groups


_GROUPS: Final = Kind(name="list of rows of name and fields", read=_groups)

SYNC_KEY_FIELDS: Final[Key[tuple[str, ...]]] = Key(
    name="sync.key_fields", kind=TEXTS, zh="关键字段", en="the fields that are KEY in sync"
)
SYNC_OTHER_FIELDS: Final[Key[tuple[str, ...]]] = Key(
    name="sync.other_fields",
    kind=TEXTS,
    zh="全字段中关键字段以外的字段",
    en="the other fields that the systems share; a field in neither list is private to its system",
)
SYNC_GROUPS: Final[Key[tuple[FieldGroup, ...]]] = Key(
    name="sync.groups", kind=_GROUPS, zh="须一并采纳的关键字段", en="key fields that are taken or refused together"
)
SYNC_FOREIGN_CREATION: Final[Key[str]] = Key(
    name="sync.foreign_creation",
    kind=choice("REJECT", "KEY_PROPOSAL"),
    zh="在非归属系统创建客户",
    en="a customer created at the system that does not own the range",
)
SYNC_STATUS: Final[Key[str]] = Key(
    name="sync.status",
    kind=choice("OWNER_WINS", "DELETE_WINS", "OWNER_ONLY"),
    zh="非归属系统的逻辑删除与激活",
    en="removal and reactivation at the system that does not own the range",
)
SYNC_PEER_NONKEY: Final[Key[str]] = Key(
    name="sync.peer_nonkey",
    kind=choice("REPORT", "FORBID"),
    zh="非归属系统修改非关键字段",
    en="a change of another than a key field at the system that does not own the range",
)
SYNC_INITIAL_LOAD: Final[Key[str]] = Key(
    name="sync.initial_load", kind=choice("NONE", "FULL"), zh="存量首次装载", en="what the initial load of stock sends"
)
SYNC_MERGE_COORDINATOR: Final[Key[str]] = Key(
    name="sync.merge_coordinator",
    kind=TEXT,
    zh="跨归属系统归并的协调系统",
    en="the system that starts a merge of two customers of different owners",
)

SYNC_KEYS: Final[tuple[Key[object], ...]] = (
    SYNC_KEY_FIELDS,
    SYNC_OTHER_FIELDS,
    SYNC_GROUPS,
    SYNC_FOREIGN_CREATION,
    SYNC_STATUS,
    SYNC_PEER_NONKEY,
    SYNC_INITIAL_LOAD,
    SYNC_MERGE_COORDINATOR,
)
"""All of them."""

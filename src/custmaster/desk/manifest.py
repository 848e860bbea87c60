"""The reference manifest: which kinds of things in the host's systems hold a customer number, so that a merge forgets none of them.

The host writes it once (in TOML: `custmaster.wire.load_manifest`), with the columns that hold the number, and compares those with the
foreign keys of its own schema. A merge refuses a reference of a kind that is not listed, and is not allowed before each listed kind was looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.customer.soundness import LIST_LIMIT
from custmaster.errors import Fault, InvalidValue

__all__ = ["EntityKind", "Reference", "ReferenceManifest", "references", "unlisted_columns"]

_KIND: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")
_LONGEST_ID: Final = 200


def _kind(path: str, text: str) -> None:
    if len(text) > _LONGEST_ID or _KIND.fullmatch(text) is None:
        raise InvalidValue(Fault.FORMAT, path=path, length=len(text), remedy="write it like ROSTER_ENTRY")


if TYPE_CHECKING:

    def _texts(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    _texts = tuple


@frozen(kw_only=True)
class EntityKind:
    """One kind of thing that refers to customers: an account, a card, a contract, a roster entry, a limit.

    `columns` are the columns that hold the number, such as `account.customer_number`. Errors: InvalidValue (FORMAT) for a name that
    is not in capitals, (EMPTY) without a column, (DUPLICATE) for a column that stands twice.

    >>> EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"]).columns
    ('account.customer_number',)
    """

    name: str
    zh: str
    en: str
    columns: tuple[str, ...] = field(converter=_texts)

    def __attrs_post_init__(self) -> None:
        _kind("name", self.name)
        if not self.columns:
            raise InvalidValue(Fault.EMPTY, path="columns", remedy="name the columns that hold the customer number")
        if len(set(self.columns)) < len(self.columns):
            raise InvalidValue(Fault.DUPLICATE, path="columns")


if TYPE_CHECKING:

    def _kinds(values: Iterable[EntityKind]) -> tuple[EntityKind, ...]: ...

else:
    _kinds = tuple


@frozen(kw_only=True)
class ReferenceManifest:
    """Every kind of thing that refers to customers, and the version of this list.

    Errors: InvalidValue (EMPTY) without a version, (DUPLICATE) for a kind that is listed twice. Source: field.md pain 2.

    >>> account = EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"])
    >>> ReferenceManifest(version="2026.1", kinds=[account]).names
    ('ACCOUNT',)
    """

    version: str
    kinds: tuple[EntityKind, ...] = field(converter=_kinds)

    def __attrs_post_init__(self) -> None:
        if not self.version:
            raise InvalidValue(Fault.EMPTY, path="version")
        if len(set(self.names)) < len(self.names):
            raise InvalidValue(Fault.DUPLICATE, path="kinds", remedy="list each kind once, with all its columns")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the kinds, in the order of the list."""
        return tuple(kind.name for kind in self.kinds)


def unlisted_columns(manifest: ReferenceManifest, columns: Iterable[str]) -> tuple[str, ...]:
    """Those of the host's columns that no kind of the manifest names, sorted: a test of the host's keeps this empty.

    >>> account = EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"])
    >>> listed = ReferenceManifest(version="1", kinds=[account])
    >>> unlisted_columns(listed, ["account.customer_number", "allergy.customer_number"])
    ('allergy.customer_number',)
    """
    known = {column for kind in manifest.kinds for column in kind.columns}
    return tuple(sorted(set(columns) - known))


@frozen(kw_only=True)
class Reference:
    """One thing, or `count` things under one id, that refer to a customer; the id is the host's own key and is not shown.

    Errors: InvalidValue (FORMAT) for a kind that is not in capitals, (LENGTH) for an id of other than 1 to 200 characters,
    (RANGE) for a count below 1.

    >>> Reference(kind="ACCOUNT", id="000017")
    Reference(kind='ACCOUNT', count=1)
    """

    kind: str
    id: str = field(repr=False)
    count: int = 1

    def __attrs_post_init__(self) -> None:
        _kind("kind", self.kind)
        if not 0 < len(self.id) <= _LONGEST_ID:
            raise InvalidValue(Fault.LENGTH, path="id", length=len(self.id))
        if self.count < 1:
            raise InvalidValue(Fault.RANGE, path="count", remedy="what does not refer to the customer is left out")


def references(given: Iterable[Reference]) -> tuple[Reference, ...]:
    """References sorted by kind and id. Errors: InvalidValue (DUPLICATE), (LENGTH) for more than a plan holds."""
    listed = tuple(sorted(given, key=lambda one: (one.kind, one.id)))
    if len({(one.kind, one.id) for one in listed}) < len(listed):
        raise InvalidValue(Fault.DUPLICATE, path="references", remedy="name each thing once")
    if len(listed) > LIST_LIMIT:
        remedy = f"a plan holds at most {LIST_LIMIT}: give several under one id, with their count"
        raise InvalidValue(Fault.LENGTH, path="references", length=len(listed), remedy=remedy)
    return listed

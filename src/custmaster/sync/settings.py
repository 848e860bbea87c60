"""From a page of the handbook to what sync is given: the catalogue of shared fields, the readings, and the policy of directions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.book import Page, customer_number_plan
from custmaster.handbook.sync_keys import (
    SYNC_FOREIGN_CREATION,
    SYNC_GROUPS,
    SYNC_INITIAL_LOAD,
    SYNC_KEY_FIELDS,
    SYNC_MERGE_COORDINATOR,
    SYNC_OTHER_FIELDS,
    SYNC_PEER_NONKEY,
    SYNC_STATUS,
)
from custmaster.sync.catalogue import Catalogue, FieldRow, Share
from custmaster.sync.direction import Policy
from custmaster.sync.options import ForeignCreation, InitialLoad, Options, PeerNonKey, Setting, StatusRule
from custmaster.sync.weigh import MERGED_INTO, STATUS
from custmaster.value.number_plan import NumberPlan

__all__ = ["catalogue", "options", "policy", "setting"]

_LIFE: Final = "life"
"""The group of the status and of what it says for a merged customer."""

_STRUCTURE: Final = (MERGED_INTO, "relationship", "role")
"""What every catalogue has, so that no handbook may list it."""


def setting(page: Page) -> Setting:
    """The shared fields and the readings that the handbook has in force on its day.

    Errors: NotInForce; InvalidValue as `catalogue`. Source: R-69 to R-74; sync.md A2, A3, A5, A8 to A10.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> agreed = setting(default().on(date(2026, 11, 23)))
    >>> agreed.catalogue.is_key("name"), agreed.catalogue.is_key("occupation"), agreed.options.merge_coordinator
    (True, False, 'BP')
    """
    return Setting(catalogue=catalogue(page), options=options(page))


def policy(page: Page) -> Policy:
    """What directions are judged by on the day of the page. Errors: NotInForce; InvalidValue as `Policy`."""
    return _policy(customer_number_plan(page), options(page), page.stamp)


@lru_cache(maxsize=32)
def _policy(plan: NumberPlan, readings: Options, stamp: str) -> Policy:
    """Its tables take most of the time of a merge, and are the same from one day to the next."""
    return Policy(plan=plan, options=readings, handbook=stamp)


def options(page: Page) -> Options:
    """The readings of the open places. Errors: NotInForce."""
    return Options(
        foreign_creation=ForeignCreation(page[SYNC_FOREIGN_CREATION]),
        status=StatusRule(page[SYNC_STATUS]),
        peer_nonkey=PeerNonKey(page[SYNC_PEER_NONKEY]),
        initial_load=InitialLoad(page[SYNC_INITIAL_LOAD]),
        merge_coordinator=page[SYNC_MERGE_COORDINATOR],
    )


def catalogue(page: Page) -> Catalogue:
    """The shared fields: those of the two lists, and what every catalogue has.

    The status and `merged_into` form a group when the status is KEY; relationships are KEY with any key field (A4), roles are not.
    Without any key field nothing is KEY, and key information only asks for an answer (A9). Errors: InvalidValue with the handbook
    key as its path: (DUPLICATE) for a field in both lists or a group with a field's name, (UNKNOWN_FIELD) for a group of another
    than key fields, (FORMAT) for a name that no field can have.
    """
    keys, others = page[SYNC_KEY_FIELDS], page[SYNC_OTHER_FIELDS]
    _refuse_structure(keys, SYNC_KEY_FIELDS.name)
    _refuse_structure(others, SYNC_OTHER_FIELDS.name)
    if any(name in keys for name in others):
        remedy = "a field stands in one of the two lists"
        raise InvalidValue(Fault.DUPLICATE, path=SYNC_OTHER_FIELDS.name, remedy=remedy)
    groups = dict(_groups(page, keys, {*keys, *others}))
    rows = [_row(name, Share.KEY, groups.get(name), SYNC_KEY_FIELDS.name) for name in keys]
    rows += [_row(name, Share.FULL, None, SYNC_OTHER_FIELDS.name) for name in others]
    return Catalogue(fields=(*rows, *_structure(keys, others)))


def _refuse_structure(names: tuple[str, ...], path: str) -> None:
    if any(name in names for name in _STRUCTURE):
        raise InvalidValue(
            Fault.DUPLICATE, path=path, remedy=f"{', '.join(_STRUCTURE)} are always shared: do not list them"
        )


def _row(name: str, share: Share, group: str | None, path: str) -> FieldRow:
    try:
        return FieldRow(name=name, share=share, group=group)
    except InvalidValue as fault:
        raise InvalidValue(fault.fault, path=path, remedy=fault.remedy) from None


def _structure(keys: tuple[str, ...], others: tuple[str, ...]) -> Iterator[FieldRow]:
    life = Share.KEY if STATUS in keys else Share.FULL
    if STATUS not in {*keys, *others}:
        yield FieldRow(name=STATUS)
    yield FieldRow(name=MERGED_INTO, share=life, group=_LIFE if life is Share.KEY else None)
    yield FieldRow(name="relationship", share=Share.KEY if keys else Share.FULL, family=True)
    yield FieldRow(name="role", family=True)


def _groups(page: Page, keys: tuple[str, ...], shared: set[str]) -> Iterator[tuple[str, str]]:
    """Field and group, of the groups in the handbook and of the status."""
    if STATUS in keys:
        yield STATUS, _LIFE
    for group in page[SYNC_GROUPS]:
        path = f"{SYNC_GROUPS.name}.{group.name}"
        if group.name in shared or group.name in {_LIFE, *_STRUCTURE}:
            raise InvalidValue(Fault.DUPLICATE, path=path, remedy="a group has another name than every field")
        for name in group.fields:
            if name not in keys or name == STATUS:
                remedy = "a group holds fields of sync.key_fields, and never the status"
                raise InvalidValue(Fault.UNKNOWN_FIELD, path=path, remedy=remedy)
            yield name, group.name

"""The owner weighs a peer's proposals: a unit is taken whole, or refused whole when the owner wrote it unseen by the author."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from custmaster.customer.kinds import Status
from custmaster.sync.codes import ReportCode
from custmaster.sync.fields import FieldValues
from custmaster.sync.messages import Proposal, Stamps
from custmaster.sync.options import Setting, StatusRule
from custmaster.sync.replica import Report

__all__ = ["ALONE", "MERGED_INTO", "STATUS", "Surroundings", "Weighed", "Weighing", "weigh"]

STATUS: Final = "status"
"""The field of the lifecycle; with MERGED_INTO it changes by its own operation alone."""

MERGED_INTO: Final = "merged_into"
"""The field that names the survivor of a merge."""


@frozen(kw_only=True)
class Surroundings:
    """What the owner must know of other customers: for each merged number that a message may name, its final survivor."""

    survivors: Mapping[str, str]


ALONE: Final = Surroundings(survivors={})
"""No other customer is merged."""


@frozen(kw_only=True)
class Weighing:
    """Before what the proposals are held: the owner's values and stamps, the rules, and whose edits of which epoch they are."""

    number: str
    peer: str
    owner: str
    epoch: int
    values: FieldValues
    stamps: Stamps
    collides: bool
    setting: Setting
    surroundings: Surroundings


@frozen(kw_only=True)
class Weighed:
    """The values afterwards, the units that were taken, and what was lost."""

    values: FieldValues
    units: tuple[str, ...]
    reports: tuple[Report, ...]


def weigh(proposals: Iterable[Proposal], before: Weighing) -> Weighed:
    """Weigh proposals that have not been processed yet, unit by unit. Source: sync.md 3.3, rule 3; A2, A3, A8; H9."""
    taken: dict[str, str | None] = {}
    units: list[str] = []
    reports: list[Report] = []
    for unit, edits in _by_unit(proposals, before.setting).items():
        code = _ground(unit, edits, before)
        if code is None or code is ReportCode.STATUS_OVERRIDDEN:
            taken.update((one.field, one.value) for one in edits)
            units.append(unit)
        if code is ReportCode.STATUS_OVERRIDDEN:
            reports.append(_overridden(unit, before))
        elif code is not None:
            reports.extend(_lost(one, code, before) for one in edits if before.values.get(one.field) != one.value)
    return Weighed(values=before.values.changed(taken), units=tuple(units), reports=tuple(reports))


def _by_unit(proposals: Iterable[Proposal], setting: Setting) -> dict[str, list[Proposal]]:
    units: dict[str, list[Proposal]] = {}
    for one in proposals:
        units.setdefault(setting.catalogue.unit(one.field), []).append(one)
    return units


def _ground(unit: str, edits: list[Proposal], before: Weighing) -> ReportCode | None:
    """Why the unit is refused; None when it is taken; STATUS_OVERRIDDEN when it is taken although it is stale."""
    if before.collides and any(one.base_rev == 0 for one in edits):
        return ReportCode.CREATION_COLLIDES
    if any(one.field == MERGED_INTO and _leads_back(one.value, before) for one in edits):
        return ReportCode.MERGE_CYCLE
    if dict(before.stamps).get(unit, 0) <= min(one.base_rev for one in edits):
        return None
    return ReportCode.STATUS_OVERRIDDEN if _deletion_wins(edits, before) else ReportCode.EDIT_LOST


def _leads_back(into: str | None, before: Weighing) -> bool:
    return into is not None and before.surroundings.survivors.get(into, into) == before.number


def _deletion_wins(edits: list[Proposal], before: Weighing) -> bool:
    return (
        before.setting.options.status is StatusRule.DELETE_WINS
        and before.values.get(STATUS) == Status.ACTIVE
        and any(one.field == STATUS and one.value == Status.DELETED for one in edits)
    )


def _lost(edit: Proposal, code: ReportCode, before: Weighing) -> Report:
    return Report(
        code=code, number=before.number, system=before.peer, epoch=before.epoch, pseq=edit.pseq, field=edit.field
    )


def _overridden(unit: str, before: Weighing) -> Report:
    return Report(
        code=ReportCode.STATUS_OVERRIDDEN,
        number=before.number,
        system=before.owner,
        epoch=before.epoch,
        pseq=dict(before.stamps)[unit],
        field=STATUS,
    )

"""More keys of QC circles (QC小组): the departments they turn to, the teams they come from, and the procedures laid over PDCA."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook._key import Key
from custmaster.handbook.kinds import SWITCH, TEXT, TEXTS, Kind, choice, columns, listed

__all__ = [
    "CIRCLE_DIRECTED",
    "CIRCLE_GROUP_TEAMS",
    "CIRCLE_INDIVIDUAL_TEAMS",
    "CIRCLE_INNOVATION",
    "CIRCLE_KEYS",
    "CIRCLE_PROBLEM_SOLVING",
    "CIRCLE_SUPPORT_BY",
    "PDCA_ORDER",
    "PROCEDURE",
    "ProcedureStep",
]

PDCA_ORDER: Final = ("PLAN", "DO", "CHECK", "ACT")
"""The codes of the steps of PDCA, in their order. Source: R-31."""


@frozen(kw_only=True)
class ProcedureStep:
    """One step of a procedure (程序), and the step of PDCA that it is part of; `back` marks the one to which a check that is not met goes back."""

    step: str
    zh: str
    en: str
    back: bool = False


_ROW: Final[Mapping[str, Kind[object]]] = {"step": choice(*PDCA_ORDER), "zh": TEXT, "en": TEXT, "back": SWITCH}


def _row(raw: object) -> ProcedureStep:
    return ProcedureStep(**columns(raw, _ROW, needed=("step", "zh", "en")))


def _procedure(raw: object) -> tuple[ProcedureStep, ...]:
    rows = listed(Kind(name="row of step, zh and en", read=_row)).read(raw)
    places = [PDCA_ORDER.index(row.step) for row in rows]
    if places != sorted(places) or set(places) != set(range(len(PDCA_ORDER))):
        raise InvalidValue(
            Fault.ORDER, remedy="the steps follow PLAN, DO, CHECK, ACT, and each of these has one at least"
        )
    if [row.step for row in rows if row.back] != [PDCA_ORDER[0]]:
        raise InvalidValue(
            Fault.AMBIGUOUS, remedy="mark one step of PLAN with back = true: a check not met goes back to it"
        )
    return rows


PROCEDURE: Final = Kind(name="steps of a procedure in the order of PDCA", read=_procedure)

CIRCLE_GROUP_TEAMS: Final[Key[tuple[str, ...]]] = Key(
    name="circle.teams.group_accounts",
    kind=TEXTS,
    zh="组建集团客户经理小组的班组",
    en="the teams whose members form circles of group account managers",
)
CIRCLE_INDIVIDUAL_TEAMS: Final[Key[tuple[str, ...]]] = Key(
    name="circle.teams.individual_accounts",
    kind=TEXTS,
    zh="组建个人客户经理小组的班组",
    en="the teams whose members form circles of individual account managers",
)
CIRCLE_SUPPORT_BY: Final[Key[str]] = Key(
    name="circle.support_by", kind=TEXT, zh="受理支持申请的部门", en="the department that support is asked of"
)
CIRCLE_PROBLEM_SOLVING: Final[Key[tuple[ProcedureStep, ...]]] = Key(
    name="circle.procedure.problem_solving",
    kind=PROCEDURE,
    zh="问题解决型课题程序",
    en="the procedure of a topic that solves a problem",
)
CIRCLE_DIRECTED: Final[Key[tuple[ProcedureStep, ...]]] = Key(
    name="circle.procedure.directed",
    kind=PROCEDURE,
    zh="指令性目标课题程序",
    en="the procedure of a topic whose target is directed",
)
CIRCLE_INNOVATION: Final[Key[tuple[ProcedureStep, ...]]] = Key(
    name="circle.procedure.innovation",
    kind=PROCEDURE,
    zh="创新型课题程序",
    en="the procedure of an innovation topic",
)

CIRCLE_KEYS: Final[tuple[Key[object], ...]] = (
    CIRCLE_GROUP_TEAMS,
    CIRCLE_INDIVIDUAL_TEAMS,
    CIRCLE_SUPPORT_BY,
    CIRCLE_PROBLEM_SOLVING,
    CIRCLE_DIRECTED,
    CIRCLE_INNOVATION,
)
"""All of them."""

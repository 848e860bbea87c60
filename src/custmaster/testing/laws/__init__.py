"""Laws as data: what must hold of contracts, closing, limits, screening, the roster and circles, for the library's functions or a host's own in their place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from custmaster.testing.laws.authorising import AUTHORISING_LAWS, AuthorisingRules
from custmaster.testing.laws.changes import CHANGE_LAWS, ChangeRules
from custmaster.testing.laws.circle import CIRCLE_LAWS, CircleRules
from custmaster.testing.laws.closing import CLOSING_LAWS, ClosingRules
from custmaster.testing.laws.contract import CONTRACT_LAWS, ContractRules
from custmaster.testing.laws.law import BrokenLaw, EmptyRun, Law, LawReport, check_laws
from custmaster.testing.laws.limits import LIMIT_LAWS, LimitRules
from custmaster.testing.laws.roster import ROSTER_LAWS, RosterRules
from custmaster.testing.laws.screening import SCREENING_LAWS, ScreeningRules

__all__ = [
    "AUTHORISING_LAWS",
    "CHANGE_LAWS",
    "CIRCLE_LAWS",
    "CLOSING_LAWS",
    "CONTRACT_LAWS",
    "LAW_SETS",
    "LIMIT_LAWS",
    "ROSTER_LAWS",
    "SCREENING_LAWS",
    "AuthorisingRules",
    "BrokenLaw",
    "ChangeRules",
    "CircleRules",
    "ClosingRules",
    "ContractRules",
    "EmptyRun",
    "Law",
    "LawReport",
    "LimitRules",
    "RosterRules",
    "ScreeningRules",
    "check_laws",
]

LAW_SETS: Final[Mapping[type[object], tuple[Law[Any, Any], ...]]] = MappingProxyType(
    {
        ContractRules: CONTRACT_LAWS,
        ChangeRules: CHANGE_LAWS,
        ClosingRules: CLOSING_LAWS,
        LimitRules: LIMIT_LAWS,
        AuthorisingRules: AUTHORISING_LAWS,
        ScreeningRules: SCREENING_LAWS,
        RosterRules: ROSTER_LAWS,
        CircleRules: CIRCLE_LAWS,
    }
)
"""The sets, each by the rules that it judges; no two laws bear one name."""

"""Laws as data: what must hold of contracts, closing, limits and screening, for the library's functions or a host's own in their place."""

from __future__ import annotations

from custmaster.testing.laws.authorising import AUTHORISING_LAWS, AuthorisingRules
from custmaster.testing.laws.changes import CHANGE_LAWS, ChangeRules
from custmaster.testing.laws.closing import CLOSING_LAWS, ClosingRules
from custmaster.testing.laws.contract import CONTRACT_LAWS, ContractRules
from custmaster.testing.laws.law import BrokenLaw, EmptyRun, Law, LawReport, check_laws
from custmaster.testing.laws.limits import LIMIT_LAWS, LimitRules
from custmaster.testing.laws.screening import SCREENING_LAWS, ScreeningRules

__all__ = [
    "AUTHORISING_LAWS",
    "CHANGE_LAWS",
    "CLOSING_LAWS",
    "CONTRACT_LAWS",
    "LIMIT_LAWS",
    "SCREENING_LAWS",
    "AuthorisingRules",
    "BrokenLaw",
    "ChangeRules",
    "ClosingRules",
    "ContractRules",
    "EmptyRun",
    "Law",
    "LawReport",
    "LimitRules",
    "ScreeningRules",
    "check_laws",
]

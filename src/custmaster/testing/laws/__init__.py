"""Laws as data: what must hold of contracts, closing, limits and screening, for the library's functions or a host's own in their place."""

from __future__ import annotations

from custmaster.testing.laws.contract import CONTRACT_LAWS, ContractRules
from custmaster.testing.laws.law import BrokenLaw, EmptyRun, Law, LawReport, check_laws

__all__ = ["CONTRACT_LAWS", "BrokenLaw", "ContractRules", "EmptyRun", "Law", "LawReport", "check_laws"]

"""The roster (名单制): who maintains which quality customer, and how well."""

from __future__ import annotations

from custmaster.roster.assign import assign
from custmaster.roster.assign_kinds import AssignCode, Assigned, Ground, Move, Seat, Terms, Wish, terms
from custmaster.roster.fit import Fit, FitCustomer, FitPart, FitStaff, FitWeights, fit, fit_costs, fit_weights

__all__ = [
    "AssignCode",
    "Assigned",
    "Fit",
    "FitCustomer",
    "FitPart",
    "FitStaff",
    "FitWeights",
    "Ground",
    "Move",
    "Seat",
    "Terms",
    "Wish",
    "assign",
    "fit",
    "fit_costs",
    "fit_weights",
    "terms",
]

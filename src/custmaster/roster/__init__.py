"""The roster (名单制): quality customers on named staff members, with floors, growth targets, tags and handovers."""

from __future__ import annotations

from custmaster.roster.assign import assign
from custmaster.roster.assign_kinds import AssignCode, Assigned, Ground, Move, Seat, Terms, Wish, terms
from custmaster.roster.changes import diff
from custmaster.roster.credit import NOBODY, Credit, credit_of_outlets, credit_of_staff
from custmaster.roster.entry import Assignment, Proposal, Prospect, RosterEntry
from custmaster.roster.figure_codes import CallCode, ChangeCode, FigureCode, RosterRowCode
from custmaster.roster.figures import Figure, FigureKind, Met, arithmetic
from custmaster.roster.fit import Fit, FitCustomer, FitPart, FitStaff, FitWeights, fit, fit_costs, fit_weights
from custmaster.roster.floors import floor, floor_of
from custmaster.roster.growth import growth, growth_of
from custmaster.roster.judge import judge_roster
from custmaster.roster.judged import Counts, Target
from custmaster.roster.kinds import POSTS, SEGMENTS, SOURCES, EntryState, Post, Role, Segment, Source, TagKind
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.level_names import level_names
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.roster.pace import Pace, pace
from custmaster.roster.per_head import per_head
from custmaster.roster.population import Population, population
from custmaster.roster.review import (
    Call,
    Change,
    OutletReview,
    Roster,
    RosterReview,
    StaffReview,
    YearGrowth,
)
from custmaster.roster.reviewing import review
from custmaster.roster.segment import segment_of
from custmaster.roster.share import share, share_of
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.roster.taking_part import taking_part

__all__ = [
    "NOBODY",
    "POSTS",
    "SEGMENTS",
    "SOURCES",
    "Assignment",
    "Call",
    "CallCode",
    "Change",
    "ChangeCode",
    "Counts",
    "Credit",
    "EntryState",
    "Figure",
    "FigureCode",
    "FigureKind",
    "Ladder",
    "LevelHistory",
    "LevelSince",
    "Met",
    "Outlet",
    "OutletReview",
    "Pace",
    "Population",
    "Post",
    "Posting",
    "Proposal",
    "Prospect",
    "Role",
    "Roster",
    "RosterEntry",
    "RosterReview",
    "RosterRowCode",
    "Segment",
    "Source",
    "Staff",
    "StaffReview",
    "TagKind",
    "Target",
    "YearGrowth",
    "arithmetic",
    "credit_of_outlets",
    "credit_of_staff",
    "diff",
    "floor",
    "floor_of",
    "growth",
    "growth_of",
    "judge_roster",
    "ladder",
    "level_names",
    "pace",
    "per_head",
    "population",
    "review",
    "segment_of",
    "share",
    "share_of",
    "taking_part",
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

"""The roster (名单制): quality customers on named staff members, with floors, growth targets, tags and handovers.

`RosterEntry` is the record of one customer or prospect on it, `evolve` what an event makes of it by the literal tables ENTRY_TRANSITIONS and
ENTRY_STANDINGS. `judge_entry` says what is wrong with an entry alone, `segment_of` and `tags_of` derive its group and its tags. Questions that
need more than the entry are at the desk: `custmaster.desk.enlist`, `propose`, `hand_over` and so on.
"""

from __future__ import annotations

from custmaster.roster.assign import assign
from custmaster.roster.assign_kinds import AssignCode, Assigned, Ground, Move, Seat, Terms, Wish, terms
from custmaster.roster.changes import diff
from custmaster.roster.codes import RosterCode
from custmaster.roster.credit import NOBODY, Credit, credit_of_outlets, credit_of_staff, seats_of
from custmaster.roster.entry import Assignment, Proposal, Prospect, RosterEntry
from custmaster.roster.events import (
    ENTRY_STANDINGS,
    ENTRY_TRANSITIONS,
    CoManagerAdded,
    CoManagerRemoved,
    EntryAccepted,
    EntryAssigned,
    EntryHandedOver,
    EntryJoined,
    EntryListed,
    EntryParted,
    EntryProposed,
    EntryReassigned,
    EntryReinstated,
    EntryRejected,
    EntryRestored,
    EntryReturned,
    EntryStruckOff,
    EntryWithdrawn,
    LevelChanged,
    NeedsChanged,
    ProspectConverted,
    ProspectErased,
    RosterEvent,
    without_prospect,
)
from custmaster.roster.figure_codes import CallCode, ChangeCode, FigureCode, RosterRowCode
from custmaster.roster.figures import Figure, FigureKind, Met, arithmetic
from custmaster.roster.fit import Fit, FitCustomer, FitPart, FitStaff, FitWeights, fit, fit_costs, fit_weights
from custmaster.roster.floors import floor, floor_of
from custmaster.roster.growth import growth, growth_of
from custmaster.roster.judge import judge_roster
from custmaster.roster.judged import Counts, Target
from custmaster.roster.kinds import (
    POSTS,
    SEGMENTS,
    SOURCES,
    EntryState,
    Post,
    PostRow,
    Role,
    Segment,
    SegmentRow,
    Source,
    SourceRow,
    StruckFor,
    TagKind,
)
from custmaster.roster.ladder import Ladder, ladder
from custmaster.roster.level_names import level_names
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.roster.life import evolve, takes
from custmaster.roster.pace import Pace, pace
from custmaster.roster.per_head import per_head
from custmaster.roster.population import Population, population
from custmaster.roster.questions import Question, RosterQuestions, roster_questions
from custmaster.roster.review import Call, Change, OutletReview, Roster, RosterReview, StaffReview, YearGrowth
from custmaster.roster.reviewing import review
from custmaster.roster.rules import ENTRY_RULES, EntryCase, judge_entry
from custmaster.roster.segment import SEGMENT_ROWS, segment_of
from custmaster.roster.share import share, share_of
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.roster.standing import EntryMove, EntryStanding, closed, stand, standing
from custmaster.roster.tags import Tag, judge_tags, tags_of
from custmaster.roster.taking_part import taking_part

__all__ = [
    "AssignCode",
    "Assigned",
    "Assignment",
    "Call",
    "CallCode",
    "Change",
    "ChangeCode",
    "CoManagerAdded",
    "CoManagerRemoved",
    "Counts",
    "Credit",
    "ENTRY_RULES",
    "ENTRY_STANDINGS",
    "ENTRY_TRANSITIONS",
    "EntryAccepted",
    "EntryAssigned",
    "EntryCase",
    "EntryHandedOver",
    "EntryJoined",
    "EntryListed",
    "EntryMove",
    "EntryParted",
    "EntryProposed",
    "EntryReassigned",
    "EntryReinstated",
    "EntryRejected",
    "EntryRestored",
    "EntryReturned",
    "EntryStanding",
    "EntryState",
    "EntryStruckOff",
    "EntryWithdrawn",
    "Figure",
    "FigureCode",
    "FigureKind",
    "Fit",
    "FitCustomer",
    "FitPart",
    "FitStaff",
    "FitWeights",
    "Ground",
    "Ladder",
    "LevelChanged",
    "LevelHistory",
    "LevelSince",
    "Met",
    "Move",
    "NOBODY",
    "NeedsChanged",
    "Outlet",
    "OutletReview",
    "POSTS",
    "Pace",
    "Population",
    "Post",
    "PostRow",
    "Posting",
    "Proposal",
    "Prospect",
    "ProspectConverted",
    "ProspectErased",
    "Question",
    "Role",
    "Roster",
    "RosterCode",
    "RosterEntry",
    "RosterEvent",
    "RosterQuestions",
    "RosterReview",
    "RosterRowCode",
    "SEGMENTS",
    "SEGMENT_ROWS",
    "SOURCES",
    "Seat",
    "Segment",
    "SegmentRow",
    "Source",
    "SourceRow",
    "Staff",
    "StaffReview",
    "StruckFor",
    "Tag",
    "TagKind",
    "Target",
    "Terms",
    "Wish",
    "YearGrowth",
    "arithmetic",
    "assign",
    "closed",
    "credit_of_outlets",
    "credit_of_staff",
    "diff",
    "evolve",
    "fit",
    "fit_costs",
    "fit_weights",
    "floor",
    "floor_of",
    "growth",
    "growth_of",
    "judge_entry",
    "judge_roster",
    "judge_tags",
    "ladder",
    "level_names",
    "pace",
    "per_head",
    "population",
    "review",
    "roster_questions",
    "seats_of",
    "segment_of",
    "share",
    "share_of",
    "stand",
    "standing",
    "tags_of",
    "takes",
    "taking_part",
    "terms",
    "without_prospect",
]

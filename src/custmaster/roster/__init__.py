"""The roster (名单制): quality customers on named staff members, with floors, growth targets, tags and handovers.

`RosterEntry` is the record of one customer or prospect on it, `evolve` what an event makes of it by the literal tables ENTRY_TRANSITIONS and
ENTRY_STANDINGS. `judge_entry` says what is wrong with an entry alone, `segment_of` and `tags_of` derive its group and its tags. Questions that
need more than the entry are at the desk: `custmaster.desk.enlist`, `propose`, `hand_over` and so on.
"""

from __future__ import annotations

from custmaster.roster.codes import RosterCode
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
from custmaster.roster.levels import LevelHistory, LevelSince
from custmaster.roster.life import evolve, takes
from custmaster.roster.rules import ENTRY_RULES, EntryCase, judge_entry
from custmaster.roster.segment import SEGMENT_ROWS, segment_of
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.roster.standing import EntryMove, EntryStanding, closed, stand, standing
from custmaster.roster.tags import Tag, judge_tags, tags_of

__all__ = [
    "RosterCode",
    "Assignment",
    "Proposal",
    "Prospect",
    "RosterEntry",
    "ENTRY_STANDINGS",
    "ENTRY_TRANSITIONS",
    "CoManagerAdded",
    "CoManagerRemoved",
    "EntryAccepted",
    "EntryAssigned",
    "EntryHandedOver",
    "EntryJoined",
    "EntryListed",
    "EntryParted",
    "EntryProposed",
    "EntryReassigned",
    "EntryReinstated",
    "EntryRejected",
    "EntryRestored",
    "EntryReturned",
    "EntryStruckOff",
    "EntryWithdrawn",
    "LevelChanged",
    "NeedsChanged",
    "ProspectConverted",
    "ProspectErased",
    "RosterEvent",
    "without_prospect",
    "POSTS",
    "SEGMENTS",
    "SOURCES",
    "EntryState",
    "Post",
    "PostRow",
    "Role",
    "Segment",
    "SegmentRow",
    "Source",
    "SourceRow",
    "StruckFor",
    "TagKind",
    "Ladder",
    "ladder",
    "LevelHistory",
    "LevelSince",
    "evolve",
    "takes",
    "ENTRY_RULES",
    "EntryCase",
    "judge_entry",
    "SEGMENT_ROWS",
    "segment_of",
    "Outlet",
    "Posting",
    "Staff",
    "EntryMove",
    "EntryStanding",
    "closed",
    "stand",
    "standing",
    "Tag",
    "judge_tags",
    "tags_of",
]

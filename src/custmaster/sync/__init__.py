"""Sync (同步): which of two systems sends what of a customer to the other, and how both end equal; pure functions over frozen values."""

from custmaster.sync.ambiguities import AMBIGUITIES, Ambiguity
from custmaster.sync.catalogue import Catalogue, FieldRow, Share, relationship_field, role_field
from custmaster.sync.cells import CELLS, Cell
from custmaster.sync.codes import Cause, Operation, ReportCode, Scope, SyncCode
from custmaster.sync.deliver import deliver
from custmaster.sync.digest import Difference, Digest, DigestCode, compare, digest
from custmaster.sync.direction import (
    Direction,
    Policy,
    as_decision,
    cell,
    coordinates,
    decide,
    decide_merge,
    operations,
)
from custmaster.sync.direction_codes import DirectionCode, NextCode
from custmaster.sync.edit import create, edit, load, set_status
from custmaster.sync.fields import FieldValues
from custmaster.sync.gate import NOBODY_WAITS, PARKED_FOR, Parking, admit, parked_edges
from custmaster.sync.handing import hand_over
from custmaster.sync.messages import RANK, Ack, Full, Handoff, KeyInfo, Message, Proposal, Resync, Snapshot
from custmaster.sync.observe import Echo, LocalChange, NoChange, Observation, observe
from custmaster.sync.options import ForeignCreation, InitialLoad, Options, PeerNonKey, Setting, StatusRule
from custmaster.sync.outstanding import outstanding
from custmaster.sync.reasons import as_reason, refusal
from custmaster.sync.record import changes_towards, shared_values
from custmaster.sync.recover import repair, request, resume
from custmaster.sync.replica import Replica, Report, Step, blank
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.sentences import Sentence
from custmaster.sync.settings import policy, setting
from custmaster.sync.weigh import ALONE, Surroundings

__all__ = [
    "ALONE",
    "AMBIGUITIES",
    "CELLS",
    "NOBODY_WAITS",
    "PARKED_FOR",
    "RANK",
    "RULES",
    "Ack",
    "Ambiguity",
    "Catalogue",
    "Cause",
    "Cell",
    "Difference",
    "Digest",
    "DigestCode",
    "Direction",
    "DirectionCode",
    "Echo",
    "FieldRow",
    "FieldValues",
    "ForeignCreation",
    "Full",
    "Handoff",
    "InitialLoad",
    "KeyInfo",
    "LocalChange",
    "Message",
    "NextCode",
    "NoChange",
    "Observation",
    "Operation",
    "Options",
    "Parking",
    "PeerNonKey",
    "Policy",
    "Proposal",
    "Replica",
    "Report",
    "ReportCode",
    "Resync",
    "Rules",
    "Scope",
    "Sentence",
    "Setting",
    "Share",
    "Snapshot",
    "StatusRule",
    "Step",
    "Surroundings",
    "SyncCode",
    "admit",
    "as_decision",
    "as_reason",
    "blank",
    "cell",
    "changes_towards",
    "compare",
    "coordinates",
    "create",
    "decide",
    "decide_merge",
    "deliver",
    "digest",
    "edit",
    "hand_over",
    "load",
    "observe",
    "operations",
    "outstanding",
    "parked_edges",
    "policy",
    "refusal",
    "relationship_field",
    "repair",
    "request",
    "resume",
    "role_field",
    "set_status",
    "setting",
    "shared_values",
]

"""Sync (同步): which of two systems sends what of a customer to the other, and how both end equal; pure functions over frozen values."""

from custmaster.sync.catalogue import Catalogue, FieldRow, Share, relationship_field, role_field
from custmaster.sync.codes import Cause, Operation, ReportCode, Scope, SyncCode
from custmaster.sync.deliver import deliver
from custmaster.sync.digest import Difference, Digest, DigestCode, compare, digest
from custmaster.sync.edit import create, edit, load, set_status
from custmaster.sync.fields import FieldValues
from custmaster.sync.gate import NOBODY_WAITS, PARKED_FOR, Parking, admit, parked_edges
from custmaster.sync.handing import hand_over
from custmaster.sync.messages import RANK, Ack, Full, Handoff, KeyInfo, Message, Proposal, Resync, Snapshot
from custmaster.sync.observe import Echo, LocalChange, NoChange, Observation, observe
from custmaster.sync.options import ForeignCreation, InitialLoad, Options, PeerNonKey, Setting, StatusRule
from custmaster.sync.outstanding import outstanding
from custmaster.sync.record import changes_towards, shared_values
from custmaster.sync.recover import repair, request, resume
from custmaster.sync.replica import Replica, Report, Step, blank
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings

__all__ = [
    "ALONE",
    "NOBODY_WAITS",
    "PARKED_FOR",
    "RANK",
    "RULES",
    "Ack",
    "Catalogue",
    "Cause",
    "Difference",
    "Digest",
    "DigestCode",
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
    "NoChange",
    "Observation",
    "Operation",
    "Options",
    "Parking",
    "PeerNonKey",
    "Proposal",
    "Replica",
    "Report",
    "ReportCode",
    "Resync",
    "Rules",
    "Scope",
    "Setting",
    "Share",
    "Snapshot",
    "StatusRule",
    "Step",
    "Surroundings",
    "SyncCode",
    "admit",
    "blank",
    "changes_towards",
    "compare",
    "create",
    "deliver",
    "digest",
    "edit",
    "hand_over",
    "load",
    "observe",
    "outstanding",
    "parked_edges",
    "relationship_field",
    "repair",
    "request",
    "resume",
    "role_field",
    "set_status",
    "shared_values",
]

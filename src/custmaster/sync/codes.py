"""The codes of sync: what is asked, what is sent, what is reported, and why a message is refused or parked."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Cause", "Operation", "ReportCode", "Scope", "SyncCode"]


class Operation(StrEnum):
    """What was done to a customer, seen from sync."""

    CREATE = "CREATE"
    CHANGE_KEY = "CHANGE_KEY"
    CHANGE_NONKEY = "CHANGE_NONKEY"
    STATUS = "STATUS"
    RELATION = "RELATION"
    MERGE = "MERGE"
    REASSIGN = "REASSIGN"
    NO_CHANGE = "NO_CHANGE"


class Cause(StrEnum):
    """Who did it: a USER, sync itself (REPLICA), or the initial LOAD of stock."""

    USER = "USER"
    REPLICA = "REPLICA"
    LOAD = "LOAD"


class Scope(StrEnum):
    """What is sent: all shared fields, key information, nothing, the ownership; or the operation is refused."""

    FULL = "FULL"
    KEY = "KEY"
    NONE = "NONE"
    HANDOFF = "HANDOFF"
    REJECT = "REJECT"


class ReportCode(StrEnum):
    """What becomes of an edit that does not stay."""

    EDIT_LOST = "EDIT_LOST"
    """A peer's key edit lost against an edit of the owner that its author had not seen. Told by the owner."""
    NONKEY_REVERTS = "NONKEY_REVERTS"
    """A peer's edit of a field that is not KEY: the owner's next answer reverts it. Told when it is made."""
    CREATION_COLLIDES = "CREATION_COLLIDES"
    """The number was created at both systems: the peer's whole proposal is refused. Told by the owner."""
    STATUS_OVERRIDDEN = "STATUS_OVERRIDDEN"
    """The owner's own status gave way to a peer's deletion (option DELETE_WINS). Told by the owner."""
    MERGE_CYCLE = "MERGE_CYCLE"
    """The proposed merge would lead back to the customer itself. Told by the owner."""
    UNCERTAIN_AFTER_RESTORE = "UNCERTAIN_AFTER_RESTORE"
    """An edit that a restore from backup made doubtful: it may or may not have arrived. Told by the restored system."""


class SyncCode(StrEnum):
    """Why an operation or a message is refused or parked."""

    NUMBER_IN_NO_RANGE = "NUMBER_IN_NO_RANGE"
    FOREIGN_CREATION = "FOREIGN_CREATION"
    NOT_THE_OWNER = "NOT_THE_OWNER"
    NOT_THE_COORDINATOR = "NOT_THE_COORDINATOR"
    OPERATION_REJECTED = "OPERATION_REJECTED"
    EDIT_FORBIDDEN = "EDIT_FORBIDDEN"
    STATUS_OWNER_ONLY = "STATUS_OWNER_ONLY"
    STATUS_BY_ITS_OWN_OPERATION = "STATUS_BY_ITS_OWN_OPERATION"
    NOT_PRESENT = "NOT_PRESENT"
    ALREADY_PRESENT = "ALREADY_PRESENT"
    RECOVERING = "RECOVERING"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    NOT_A_KEY_FIELD = "NOT_A_KEY_FIELD"
    WRONG_SYSTEM = "WRONG_SYSTEM"
    WRONG_CUSTOMER = "WRONG_CUSTOMER"
    FROM_NON_OWNER = "FROM_NON_OWNER"
    PEER_AHEAD = "PEER_AHEAD"
    REPEATED_WITH_OTHER_CONTENT = "REPEATED_WITH_OTHER_CONTENT"
    MALFORMED = "MALFORMED"
    OTHER_CATALOGUE = "OTHER_CATALOGUE"
    OTHER_INCARNATION = "OTHER_INCARNATION"
    OTHER_EPOCH = "OTHER_EPOCH"

"""The readings of the places that the handbook leaves open (sync.md, A1 to A11), as one value that the functions of sync are given."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from custmaster.sync.catalogue import Catalogue

__all__ = ["ForeignCreation", "InitialLoad", "Options", "PeerNonKey", "Setting", "StatusRule"]


class ForeignCreation(StrEnum):
    """A2, a customer created at the system that does not own the range: refused, or proposed to the owner by its key fields."""

    REJECT = "REJECT"
    KEY_PROPOSAL = "KEY_PROPOSAL"


class StatusRule(StrEnum):
    """A3, deletion and reactivation by the peer: as every key field, deletion always wins, or the owner alone."""

    OWNER_WINS = "OWNER_WINS"
    DELETE_WINS = "DELETE_WINS"
    OWNER_ONLY = "OWNER_ONLY"


class PeerNonKey(StrEnum):
    """A5, the peer's edit of a field that is not KEY: made, reported and reverted by the owner's answer; or forbidden."""

    REPORT = "REPORT"
    FORBID = "FORBID"


class InitialLoad(StrEnum):
    """The initial load of stock: nothing is sent (R-72: stock moves when it is modified), or everything."""

    NONE = "NONE"
    FULL = "FULL"


@frozen(kw_only=True)
class Options:
    """One reading of each open place; the defaults are those that sync.md recommends.

    >>> Options().status
    <StatusRule.OWNER_WINS: 'OWNER_WINS'>
    """

    foreign_creation: ForeignCreation = ForeignCreation.REJECT
    status: StatusRule = StatusRule.OWNER_WINS
    peer_nonkey: PeerNonKey = PeerNonKey.REPORT
    initial_load: InitialLoad = InitialLoad.NONE
    merge_coordinator: str = "BP"


@frozen(kw_only=True)
class Setting:
    """What two systems have agreed on: the shared fields and the readings; every function of sync is given it."""

    catalogue: Catalogue
    options: Options = Options()

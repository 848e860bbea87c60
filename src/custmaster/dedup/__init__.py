"""The existence check: the keys to look up, the comparisons, the verdict and its evidence."""

from custmaster.dedup.check import (
    Candidate,
    Considered,
    Existence,
    as_decision,
    check,
)
from custmaster.dedup.codes import ExistenceCode, Verdict
from custmaster.dedup.keys import BROAD, Key, Keyed, KeyKind, keyed, keys
from custmaster.dedup.tables import TABLES, Table

__all__ = [
    "BROAD",
    "TABLES",
    "Candidate",
    "Considered",
    "Existence",
    "ExistenceCode",
    "Key",
    "KeyKind",
    "Keyed",
    "Table",
    "Verdict",
    "as_decision",
    "check",
    "keyed",
    "keys",
]

"""The existence check: the keys to look up, the comparisons, the verdict and its evidence; and the ledger of customer numbers."""

from custmaster.dedup.alias_records import AliasLedger
from custmaster.dedup.aliases import Resolution, resolutions, resolve
from custmaster.dedup.check import (
    Candidate,
    Considered,
    Existence,
    as_decision,
    check,
)
from custmaster.dedup.codes import ExistenceCode, Link, Verdict
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.evidence import Finding, compare, judge, link_of
from custmaster.dedup.keys import BROAD, Key, Keyed, KeyKind, keyed, keys
from custmaster.dedup.stock_keys import StockKey, stock_keys
from custmaster.dedup.stock_tables import STOCK_TABLES
from custmaster.dedup.tables import TABLES, Comparison, Suspicion, Table, Veto

__all__ = [
    "BROAD",
    "STOCK_TABLES",
    "TABLES",
    "AliasLedger",
    "Candidate",
    "Comparable",
    "Comparison",
    "Considered",
    "Existence",
    "ExistenceCode",
    "Finding",
    "Key",
    "KeyKind",
    "Keyed",
    "Link",
    "Resolution",
    "StockKey",
    "Suspicion",
    "Table",
    "Verdict",
    "Veto",
    "as_decision",
    "check",
    "compare",
    "judge",
    "keyed",
    "keys",
    "link_of",
    "resolutions",
    "resolve",
    "stock_keys",
]

"""Which rules judge a file: the tables of the customers, or the table of another data set from its rules file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from attrs import field, frozen

from custmaster.dedup.comparable import Comparable
from custmaster.dedup.keys import Side
from custmaster.dedup.stock_tables import STOCK_TABLES
from custmaster.dedup.table_file import TableFile, parse
from custmaster.dedup.tables import Table as Rows
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.value.party import PartyKind
from custmaster.wire.mapping import FileMapping
from custmaster.wire.structure import compile_structure
from custmaster.wire.table import Row, Table

__all__ = ["STOCK", "CustomerRules", "OtherRules", "Rules", "rules_file", "rules_named", "sides_of", "unread"]


@frozen(kw_only=True, eq=False)
class CustomerRules:
    """The tables for customers, one for each kind; `spoken` is how another process finds them, None when it cannot."""

    tables: Mapping[PartyKind, Rows]
    spoken: Mapping[str, str] | None = None

    def table_of(self, side: Comparable) -> Rows:
        """The table that judges a side."""
        return self.tables[side.kind]


@frozen(kw_only=True, eq=False)
class OtherRules:
    """The table of a data set that is no customer file; see docs/examples/rules."""

    file: TableFile
    spoken: Mapping[str, str] | None = field(default=None, repr=False)

    def table_of(self, side: Comparable) -> Rows:
        """The table that judges a side."""
        del side
        return self.file.table


Rules = CustomerRules | OtherRules

STOCK: Final = CustomerRules(tables=STOCK_TABLES, spoken={"rules": "stock"})
"""The tables for cleaning a whole stock (存量清理)."""


def rules_file(text: str, source: str) -> OtherRules:
    """The rules that a TOML text describes. Errors: as `custmaster.dedup.table_file.parse`."""
    return OtherRules(file=parse(text, source), spoken={"rules": "file", "text": text, "source": source})


def rules_named(spoken: Mapping[str, str]) -> Rules:
    """The rules that `spoken` names. Errors: CustmasterError for a name that means nothing.

    >>> rules_named({"rules": "stock"}) is STOCK
    True
    """
    match spoken["rules"]:
        case "stock":
            return STOCK
        case "file":
            return rules_file(spoken["text"], spoken["source"])
        case _:
            raise CustmasterError("no rules are known by this name")


def sides_of(rules: Rules, mapping: FileMapping | None, table: Table) -> Callable[[Row], Comparable | None]:
    """The function from a row of an open file to its side; None for a row that could not be read."""
    match rules:
        case CustomerRules():
            return _customers(mapping, table)
        case OtherRules(file=file):
            return _others(file, table)


def _customers(mapping: FileMapping | None, table: Table) -> Callable[[Row], Comparable | None]:
    if mapping is None:
        raise CustmasterError("a customer file needs a mapping of its columns")
    structure = compile_structure(mapping, table.header, typed=table.typed)

    def side(row: Row) -> Side | None:
        entry = structure(row).entry
        return None if entry is None else Side(entry, ())

    return side


def unread(rules: Rules, header: Sequence[str]) -> tuple[str, ...]:
    r"""The columns that the rules of another data set name and the file does not have; blanks about a heading do not count.

    >>> rules = rules_file(
    ...     'keys = [["zip"]]\n[features]\nzip = { columns = ["Zip", "Code"] }\n[[comparisons]]\nfield = "ZIP"\nfeature = "zip"',
    ...     "r.toml",
    ... )
    >>> unread(rules, ("Name", " Zip")), unread(STOCK, ("Name",))
    (('Code',), ())
    """
    match rules:
        case CustomerRules():
            return ()
        case OtherRules(file=file):
            known = {name.strip() for name in header}
            named = dict.fromkeys(column for feature in file.features for column in feature.columns)
            return tuple(column for column in named if column not in known)


def _others(file: TableFile, table: Table) -> Callable[[Row], Comparable | None]:
    header = [name.strip() for name in table.header]
    if not any(column in header for feature in file.features for column in feature.columns):
        problem = "it has none of the columns that the rules name"
        remedy = "its first row must hold the headings, and [features] of the rules must name them"
        raise UnusableInput(table.source, problem=problem, remedy=remedy)

    def side(row: Row) -> Comparable | None:
        return cast("Any", file.side(dict(zip(header, row.cells, strict=True)))) if row.cells else None

    return side

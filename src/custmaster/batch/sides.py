"""The sides of a pair made from whole columns of cells: of plain cells without an entry, and what they say is what the record says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Final

from custmaster.batch.plan import Cells, Columns, Plan, odd_names, plan_of
from custmaster.batch.rules import CustomerRules, Rules
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.keys import SEXES
from custmaster.dedup.papers import Paper, citizens_card, paper
from custmaster.errors import InvalidValue
from custmaster.value.called import Called, called
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.wire.mapping import FileMapping

__all__ = ["ColumnSides", "PlainSide", "column_sides"]

ColumnSides = Callable[[Columns], list[Comparable | None]]
"""The side of each row of a chunk; None for a row that must be read as a record."""


class PlainSide:
    """A person with at most one name, document, mobile number and address, made ready for the tables of the stock; shows nothing."""

    __slots__ = (
        "addresses", "births", "former", "index", "kind", "mobiles", "name", "names", "papers", "recorded_births", "recorded_sexes",
        "sexes", "spellings", "written",
    )  # fmt: skip

    def __init__(self, name: Called | None, born: str, mobile: str, door: str, card: Paper | None) -> None:
        births = (born,) if born else ()
        stated = "" if card is None or card.born is None else card.born.isoformat()
        self.kind: Final = PartyKind.PERSON
        self.name: Final[Called | None] = name
        self.former: Final[tuple[Called, ...]] = ()
        self.names: Final[tuple[Called, ...]] = () if name is None else (name,)
        self.spellings: Final[tuple[str, ...]] = () if name is None else (name.loose,)
        self.papers: Final[tuple[Paper, ...]] = () if card is None else (card,)
        self.written: Final[tuple[str, ...]] = () if card is None else card.written
        self.births: Final[tuple[str, ...]] = births if stated in (born, "") else (*births, stated)
        self.recorded_births: Final[tuple[str, ...]] = births
        self.sexes: Final[tuple[str, ...]] = () if card is None or card.sex not in SEXES else (SEXES[card.sex],)
        self.recorded_sexes: Final[tuple[str, ...]] = ()
        self.mobiles: Final[tuple[str, ...]] = (mobile,) if mobile else ()
        self.addresses: Final[tuple[str, ...]] = (door,) if door else ()
        self.index: Final[frozenset[str]] = frozenset()  # asked for by tables of the counter alone


def column_sides(mapping: FileMapping | None, header: Sequence[str], rules: Rules) -> ColumnSides | None:
    """The quick way for this file; None when there is none, or its tables ask for more than a plain side knows."""
    plan = plan_of(mapping, header, rules)
    if plan is None or not isinstance(rules, CustomerRules) or rules.tables[PartyKind.PERSON].needs_shared_key:
        return None
    return lambda columns: _sides(plan, columns)


def _sides(plan: Plan, columns: Columns) -> list[Comparable | None]:
    cells = plan.read(columns)
    found: list[Comparable | None] = list(
        map(
            PlainSide,
            _called(plan, columns, cells),
            cells.born,
            cells.mobiles,
            cells.doors,
            _cards(plan, columns, cells),
        )
    )
    for row in cells.records:
        found[row] = None
    return found


def _called(plan: Plan, columns: Columns, cells: Cells) -> list[Called | None]:
    found = [Called(name, name, damaged=False) if name else None for name in cells.names]
    for row in odd_names(columns[plan.name]) if plan.name >= 0 else ():
        if cells.names[row]:
            found[row] = called(Name(columns[plan.name][row]), PartyKind.PERSON)
    return found


def _cards(plan: Plan, columns: Columns, cells: Cells) -> list[Paper | None]:
    """The documents; a row whose type of document nobody knows is left to its record."""
    found: list[Paper | None] = [None] * len(cells.numbers)
    codes, types = (repeat(""), {"": plan.usually}) if plan.type < 0 else (columns[plan.type], plan.types)
    for row, (code, number) in enumerate(zip(codes, cells.numbers, strict=False)):
        if number:
            stated = types.get(code)
            if stated is None:
                cells.records.add(row)
            else:
                found[row] = citizens_card(stated[0], number, duplicate=stated[1])
    for row, (numbers, _) in cells.others.items():
        stated = plan.usually if plan.type < 0 else types.get(columns[plan.type][row])
        if stated is not None and len(numbers) > 1:  # of 15 digits, and the 18 that they become
            found[row] = citizens_card(stated[0], numbers[0], duplicate=stated[1])
        else:
            found[row] = _document(stated, columns[plan.number][row], row, cells)
    return found


def _document(stated: tuple[DocumentType, bool] | None, cell: str, row: int, cells: Cells) -> Paper | None:
    if stated is not None:
        try:
            return paper(IdentityDocument(type=stated[0], number=DocumentNumber(cell), duplicate=stated[1]))
        except InvalidValue:
            pass
    cells.records.add(row)
    return None

"""The sides of a pair made from whole columns of cells: of plain cells without an entry, and what they say is what the record says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Final, Literal

from custmaster.batch.plan import Columns, Number, Plan, odd_names, plan_of
from custmaster.batch.rules import CustomerRules, Rules
from custmaster.dedup.comparable import Comparable
from custmaster.dedup.keys import SEXES
from custmaster.dedup.names import Called, called
from custmaster.dedup.papers import Paper, citizens_card, paper
from custmaster.errors import InvalidValue
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
    names = _called(plan, columns, cells.names)
    cards = _cards(plan, columns, cells.numbers)
    rows = zip(names, cells.born, cells.mobiles, cells.doors, cards, strict=True)
    return [
        None
        if name is False or born is None or mobile is None or door is None or card is False
        else PlainSide(name, born, mobile, door, card)
        for name, born, mobile, door, card in rows
    ]


_Absent = Literal[False]
"""A record must tell."""


def _called(plan: Plan, columns: Columns, loose: Sequence[str | None]) -> list[Called | _Absent | None]:
    odd = odd_names(columns[plan.name]) if plan.name >= 0 else ()
    found: list[Called | _Absent | None] = [Called(one, one, damaged=False) if one else None for one in loose]
    for row in odd:
        found[row] = called(Name(columns[plan.name][row]), PartyKind.PERSON) if loose[row] else found[row]
        if loose[row] is None:
            found[row] = False
    return found


def _cards(plan: Plan, columns: Columns, numbers: Sequence[Number]) -> list[Paper | _Absent | None]:
    if plan.number < 0:
        return [None] * len(numbers)
    codes = repeat("") if plan.type < 0 else columns[plan.type]
    types = {"": plan.usually} if plan.type < 0 else plan.types
    rows = zip(codes, columns[plan.number], numbers, strict=False)
    return [_card(types.get(code), cell, number) for code, cell, number in rows]


def _card(stated: tuple[DocumentType, bool] | None, cell: str, number: Number) -> Paper | _Absent | None:
    if number == "":
        return None
    if stated is None:
        return False
    if isinstance(number, str):
        return citizens_card(stated[0], number, duplicate=stated[1])
    try:
        return paper(IdentityDocument(type=stated[0], number=DocumentNumber(cell), duplicate=stated[1]))
    except InvalidValue:
        return False

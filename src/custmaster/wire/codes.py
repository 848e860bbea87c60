"""What can be wrong with a row or a cell before anybody asks what it means; a code is never reused."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from custmaster.decision import Citation, Fact, Outcome, Reason, Remark

__all__ = ["CELL_RULES", "CellCode", "remark_on"]


class CellCode(StrEnum):
    """One code for each thing that can be wrong with a row or cell; the texts are in the message table."""

    ROW_CELLS = "ROW_CELLS"
    ROW_UNREADABLE = "ROW_UNREADABLE"
    COLUMN_ABSENT = "COLUMN_ABSENT"
    CELL_NOT_TEXT = "CELL_NOT_TEXT"
    CELL_EMPTY = "CELL_EMPTY"
    CELL_UNFIT = "CELL_UNFIT"
    TEXT_TOO_LONG = "TEXT_TOO_LONG"
    NUMBER_AS_FLOAT = "NUMBER_AS_FLOAT"
    DATE_UNREADABLE = "DATE_UNREADABLE"
    DATE_AMBIGUOUS = "DATE_AMBIGUOUS"
    CODE_UNKNOWN = "CODE_UNKNOWN"
    KIND_UNKNOWN = "KIND_UNKNOWN"
    FAMILY_TOO_LARGE = "FAMILY_TOO_LARGE"
    ENTRY_TWICE = "ENTRY_TWICE"


CELL_RULES: Final[Mapping[CellCode, tuple[Outcome, Citation]]] = {
    # code: (how far it goes, where the rule stands)
    CellCode.ROW_CELLS: (Outcome.REFUSED, Citation(article="RFC 4180, 2.4")),
    CellCode.ROW_UNREADABLE: (Outcome.REFUSED, Citation(article="RFC 4180, 2; RFC 8259, 2")),
    CellCode.COLUMN_ABSENT: (Outcome.REVIEW, Citation(article="mapping file, [fields]")),
    CellCode.CELL_NOT_TEXT: (Outcome.REFUSED, Citation(article="RFC 8259, 3")),
    CellCode.CELL_EMPTY: (Outcome.REFUSED, Citation(article="mapping file, [fields]")),
    CellCode.CELL_UNFIT: (Outcome.REFUSED, Citation(article="B7")),
    CellCode.TEXT_TOO_LONG: (Outcome.REFUSED, Citation(article="R-52")),
    CellCode.NUMBER_AS_FLOAT: (Outcome.REFUSED, Citation(article="IEEE 754, binary64")),
    CellCode.DATE_UNREADABLE: (Outcome.REFUSED, Citation(article="mapping file, [dates]")),
    CellCode.DATE_AMBIGUOUS: (Outcome.REVIEW, Citation(article="mapping file, [dates]")),
    CellCode.CODE_UNKNOWN: (Outcome.REVIEW, Citation(article="mapping file, values")),
    CellCode.KIND_UNKNOWN: (Outcome.REVIEW, Citation(article="mapping file, [kind]")),
    CellCode.FAMILY_TOO_LARGE: (Outcome.REVIEW, Citation(article="R-54")),
    CellCode.ENTRY_TWICE: (Outcome.REVIEW, Citation(article="R-57")),
}


def remark_on(field: str, code: CellCode, **facts: Fact) -> Remark:
    """The remark with `code` at `field` (empty: the row as a whole); `facts` name columns and lengths, never a cell.

    >>> remark_on("birth_date", CellCode.DATE_UNREADABLE, column="dob", length=6).reason.facts
    (('column', 'dob'), ('length', 6))
    """
    outcome, citation = CELL_RULES[code]
    return Remark(field=field, reason=Reason(code=code, outcome=outcome, citation=citation, facts=facts))

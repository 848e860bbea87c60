"""The answers that stewards wrote into a worklist, as rulings: every row is checked, and all are taken or none is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import field, frozen

from custmaster.dedup.items import Item, row_key
from custmaster.dedup.links import in_order
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.dedup.steward import Ledger
from custmaster.errors import InvalidValue

__all__ = ["Answer", "RowProblem", "apply_decisions"]


@frozen(kw_only=True)
class Answer:
    """One row of an edited worklist, its cells as they stand; `line` is where it stands. `left` and `right` may be absent.

    `item` is the key of the row. `decision` says SAME, DIFFERENT, UNSURE, POSTPONE until YYYY-MM-DD or WITHDRAW, or 同一, 不同, 不确定,
    推迟至 YYYY-MM-DD, 撤回; a row without one is passed over.
    """

    line: int
    item: str
    decision: str = field(repr=False)
    by: str = ""
    reason: str = field(default="", repr=False)
    left: str = ""
    right: str = ""


@frozen(kw_only=True)
class RowProblem:
    """What is wrong with a row: its line and column, the problem and what to do about it, never what the cell holds.

    A contradiction names records by the host's keys.
    """

    line: int
    column: str
    problem: str
    remedy: str = ""

    @property
    def sentence(self) -> str:
        """The problem with its place, in one line.

        >>> RowProblem(line=3, column="by", problem="nobody has signed", remedy="say who decided").sentence
        'line 3, column by: nobody has signed; say who decided'
        """
        advice = f"; {self.remedy}" if self.remedy else ""
        return f"line {self.line}, column {self.column}: {self.problem}{advice}"


_WORDS: Final[Mapping[str, RulingKind]] = {
    "SAME": RulingKind.MUST_LINK,
    "DIFFERENT": RulingKind.CANNOT_LINK,
    "UNSURE": RulingKind.UNSURE,
    "POSTPONE": RulingKind.POSTPONED,
    "WITHDRAW": RulingKind.WITHDRAWN,
    "同一": RulingKind.MUST_LINK,
    "不同": RulingKind.CANNOT_LINK,
    "不确定": RulingKind.UNSURE,
    "推迟": RulingKind.POSTPONED,
    "撤回": RulingKind.WITHDRAWN,
}
_DECISION: Final = re.compile(
    r"([A-Z]{1,10}|[\u4e00-\u9fff]{2,3}?)(?: ?(?:UNTIL|TO|至|到))?(?: ?([0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)
_LONGEST: Final = 60


def apply_decisions(
    ledger: Ledger, answers: Iterable[Answer], *, day: date, items: Iterable[Item] = ()
) -> Ledger | tuple[RowProblem, ...]:
    """The ledger with what the rows decide, or every problem of every row, and then nothing is taken.

    A row is found by its key among `items`; without them by its columns `left` and `right`, which must fit its key. Rows that say what
    the ledger says already change nothing, so that a file may be applied twice.

    >>> from custmaster.dedup.items import ItemType, Question, item_of
    >>> from custmaster.dedup.steward import EMPTY_LEDGER
    >>> day = date(2026, 11, 24)
    >>> item = item_of(ItemType.BELOW, [Question(left="a", right="b")], day)
    >>> row = Answer(line=2, item=item.key_of(item.questions[0]), decision="SAME", by="S-0042")
    >>> apply_decisions(EMPTY_LEDGER, [row], day=day, items=[item]).says("a", "b")
    <RulingKind.MUST_LINK: 'MUST_LINK'>
    """
    asked = {item.key_of(question): question.pair for item in items for question in item.questions}
    read = [(answer, _ruling(answer, day, asked)) for answer in answers if answer.decision.strip()]
    problems = [said for _, said in read if isinstance(said, RowProblem)]
    rulings = [(answer.line, said) for answer, said in read if isinstance(said, Ruling)]
    made = ledger.extend([ruling for _, ruling in rulings])
    if not isinstance(made, Ledger):
        problems += [_contradiction(one.ruling, one.against, rulings) for one in made]
    if problems or not isinstance(made, Ledger):
        return tuple(sorted(problems, key=lambda problem: problem.line))
    return made


def _ruling(answer: Answer, day: date, asked: Mapping[str, tuple[str, str]]) -> Ruling | RowProblem:
    pair = _pair(answer, asked)
    if isinstance(pair, RowProblem):
        return pair
    said = _said(answer)
    if isinstance(said, RowProblem):
        return said
    kind, until = said
    try:
        return Ruling(
            left=pair[0],
            right=pair[1],
            kind=kind,
            by=answer.by.strip(),
            day=day,
            reason=answer.reason.strip(),
            until=until,
        )
    except InvalidValue as fault:
        return RowProblem(line=answer.line, **_OF_FAULT[fault.path])


_OF_FAULT: Final[Mapping[str, Mapping[str, str]]] = {
    "by": {
        "column": "by",
        "problem": "nobody has signed, or the name is too long",
        "remedy": "say who decided, in at most 200 characters",
    },
    "reason": {"column": "reason", "problem": "the text is too long", "remedy": "at most 200 characters"},
    "until": {
        "column": "decision",
        "problem": "the day does not fit the decision",
        "remedy": "POSTPONE until a day that is still to come; no other decision has one",
    },
}


def _pair(answer: Answer, asked: Mapping[str, tuple[str, str]]) -> tuple[str, str] | RowProblem:
    key = answer.item.strip()
    named = in_order(answer.left, answer.right) if answer.left and answer.right else None
    if named is not None and named[0] != named[1] and key == row_key(key.partition(":")[0], named):
        return named
    if named is not None:
        return RowProblem(
            line=answer.line,
            column="item",
            problem="the row is not the one that asked about these two records",
            remedy="take item, left and right as they were sent out: a column may have been sorted apart",
        )
    if key in asked:
        return asked[key]
    return RowProblem(
        line=answer.line,
        column="item",
        problem="no item has this key",
        remedy="keep the columns left and right, or hand over the worklist that the file was made from",
    )


def _said(answer: Answer) -> tuple[RulingKind, date | None] | RowProblem:
    text = " ".join(answer.decision.upper().split())
    found = _DECISION.fullmatch(text) if len(text) <= _LONGEST else None
    kind = _WORDS.get(found[1]) if found is not None else None
    if found is None or kind is None:
        remedy = "write SAME, DIFFERENT, UNSURE, POSTPONE until YYYY-MM-DD, or WITHDRAW; leave it empty to decide later"
        return RowProblem(line=answer.line, column="decision", problem="this is no decision", remedy=remedy)
    try:
        return kind, date.fromisoformat(found[2]) if found[2] else None
    except ValueError:
        return RowProblem(line=answer.line, column="decision", problem="there is no such day", remedy="YYYY-MM-DD")


def _contradiction(ruling: Ruling, against: Sequence[Ruling], rulings: Sequence[tuple[int, Ruling]]) -> RowProblem:
    """Told at the row that came last; rows of the same file are named by their lines."""
    lines = {id(one): line for line, one in rulings}
    said = [
        f"{one.left} and {one.right}: {one.kind} "
        + (f"(line {lines[id(one)]})" if id(one) in lines else f"({one.by}, {one.day})")
        for one in against
    ]
    return RowProblem(
        line=lines[id(ruling)],
        column="decision",
        problem=f"{ruling.left} and {ruling.right}: {ruling.kind} contradicts " + "; ".join(said),
        remedy="decide otherwise here, or WITHDRAW what no longer holds",
    )

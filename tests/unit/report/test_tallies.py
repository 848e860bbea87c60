"""Counts of what was found and of how complete the rows are: the worst first, every state named, nothing for each row."""

from __future__ import annotations

from datetime import date

from custmaster.customer import Entry
from custmaster.customer.codes import EntryCode
from custmaster.customer.completeness import score
from custmaster.customer.elements import Element, ElementState
from custmaster.decision import Citation, Outcome, Reason, Remark
from custmaster.handbook import default
from custmaster.report.completeness_tally import CompletenessCounter
from custmaster.report.tally import Counted, Tally, TallyCounter
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.wire.structure import Structured
from custmaster.wire.table import Row

DAY = date(2026, 11, 23)
PAGE = default().on(DAY)


def remark(code: EntryCode, outcome: Outcome) -> Remark:
    return Remark(field="name", reason=Reason(code=code, outcome=outcome, citation=Citation(article="R-54")))


NOTE = remark(EntryCode.TEXT_WIDTH, Outcome.ALLOWED)
WARNING = remark(EntryCode.NAME_PLACEHOLDER, Outcome.REVIEW)
ERROR = remark(EntryCode.NAME_MISSING, Outcome.REFUSED)


def test_the_worst_comes_first_then_the_most_frequent() -> None:
    counter = TallyCounter()
    for line, remarks in ((2, [NOTE, NOTE]), (3, []), (4, [ERROR, NOTE]), (9, [WARNING])):
        counter.add(line, remarks)
    found = counter.tally()
    assert [(row.code, row.count, row.first_line) for row in found.counted] == [
        ("NAME_MISSING", 1, 4),
        ("NAME_PLACEHOLDER", 1, 9),
        ("TEXT_WIDTH", 3, 2),
    ]
    assert (found.rows, found.rows_with_findings, found.findings, counter.rows) == (4, 3, 5, 4)


def test_of_equal_outcomes_the_most_frequent_and_then_the_name_decides() -> None:
    counter = TallyCounter()
    other = remark(EntryCode.TEXT_SPACES, Outcome.ALLOWED)
    counter.add(2, [NOTE, other])
    assert [row.code for row in counter.tally().counted] == ["TEXT_SPACES", "TEXT_WIDTH"]
    counter.add(3, [NOTE])
    assert [row.code for row in counter.tally().counted] == ["TEXT_WIDTH", "TEXT_SPACES"]


def test_no_rows_make_an_empty_summary() -> None:
    assert TallyCounter().tally() == Tally(rows=0, rows_with_findings=0, counted=())
    assert Counted(code="X", outcome=Outcome.REVIEW, count=1, first_line=2).count == 1


def rows_of(*entries: Entry | None) -> CompletenessCounter:
    counter = CompletenessCounter(PAGE, DAY)
    for place, entry in enumerate(entries):
        counter.watch(Row(line=place + 2, cells=("x",)), Structured(entry=entry, record=None))
    return counter


def test_elements_are_counted_as_they_are_scored_one_by_one() -> None:
    entries = [
        Entry(name=Name("张伟"), sex=Sex.MALE),
        Entry(name=Name("不详"), occupation="教师"),
        Entry(kind=PartyKind.UNIT, name=Name("江城某某有限公司")),
    ]
    counted = rows_of(*entries, None).counted()
    assert (counted.rows, counted.complete) == (3, 0)
    scored = [each for entry in entries for each in score(entry, page=PAGE, day=DAY)]
    assert list(counted.elements) == [element for element in Element if element in {each.element for each in scored}]
    for element, states in counted.elements.items():
        assert list(states) == list(ElementState), "every state is named, in one order"
        for state, count in states.items():
            assert count == sum(each.element is element and each.state is state for each in scored)


def test_no_rows_count_nothing() -> None:
    counted = rows_of(None).counted()
    assert (counted.rows, counted.complete, dict(counted.elements)) == (0, 0, {})

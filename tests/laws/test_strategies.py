"""What the strategies promise: valid is accepted, nearly valid is refused for its one named fault, hostile never breaks anything."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer.judge import judge
from custmaster.decision import Outcome
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import default
from custmaster.handbook.timeline import Timeline, chain_faults
from custmaster.sim import FICTIONAL_DAY
from custmaster.testing import strategies as s
from custmaster.testing._near_numbers import NEAR_NUMBERS
from custmaster.testing.strategies import Grade, NearFault, TextKind
from custmaster.value.dates import read_date
from custmaster.value.fold import Mark, marks
from custmaster.value.identity.registry import VERBS, NumberForm
from custmaster.value.money import Money
from custmaster.value.number_plan import Block, NumberPlan, allocate
from custmaster.value.phone import Phone
from custmaster.value.span import Span

FORMS = pytest.mark.parametrize("form", NumberForm)
WRITTEN = (TextKind.PERSON_NAME, TextKind.UNIT_NAME, TextKind.ADDRESS)
MARK_OF = {
    NearFault.INVISIBLE_CHARACTER: Mark.INVISIBLE,
    NearFault.DIRECTION_CHARACTER: Mark.BIDI,
    NearFault.CONTROL_CHARACTER: Mark.CONTROL,
    NearFault.DAMAGED_CHARACTER: Mark.DAMAGED,
    NearFault.FULL_WIDTH: Mark.WIDTH,
    NearFault.SPACE_TOO_MANY: Mark.SPACES,
}
PERIOD_FAULT = {
    NearFault.GAP: Fault.GAP,
    NearFault.OVERLAP: Fault.OVERLAP,
    NearFault.SAME_BEGINNING: Fault.DUPLICATE,
    NearFault.ENDS_BEFORE_IT_BEGINS: Fault.ORDER,
}
RANGE_FAULT = {
    NearFault.OVERLAP: Fault.OVERLAP,
    NearFault.SAME_NAME: Fault.DUPLICATE,
    NearFault.OTHER_WIDTH: Fault.LENGTH,
}


def refusal(form: NumberForm, text: str) -> Fault | None:
    try:
        VERBS[form].validate(text)
    except InvalidValue as refused:
        return refused.fault
    return None


@FORMS
@settings(max_examples=60)
@given(data=st.data())
def test_a_valid_number_is_accepted_as_it_stands(form: NumberForm, data: st.DataObject) -> None:
    number = data.draw(s.numbers_of(form))
    assert VERBS[form].validate(number) == number


CASES = [(form, row) for form, rows in NEAR_NUMBERS.items() for row in rows]


@pytest.mark.parametrize(
    ("form", "row"), CASES, ids=[f"{form}-{row.fault}-{at}" for at, (form, row) in enumerate(CASES)]
)
@settings(max_examples=30)
@given(data=st.data())
def test_a_nearly_valid_number_is_refused_for_its_one_fault(form: NumberForm, row: object, data: st.DataObject) -> None:
    text = data.draw(row.texts)
    assert refusal(form, text) is row.refused_as


@FORMS
@settings(max_examples=60)
@given(data=st.data())
def test_near_valid_names_the_fault_that_it_put_in(form: NumberForm, data: st.DataObject) -> None:
    text, fault = data.draw(s.near_valid(form))
    assert refusal(form, text) is s.refused_as(form, fault)
    assert refusal(form, data.draw(s.numbers_of(form, grade=Grade.NEAR_VALID))) is not None


@FORMS
@settings(max_examples=60)
@given(text=s.hostile())
def test_no_hostile_text_breaks_a_number(form: NumberForm, text: str) -> None:
    fault = refusal(form, text)
    assert VERBS[form].is_valid(text) is (fault is None)
    assert isinstance(VERBS[form].compact(text), str)


@pytest.mark.parametrize("kind", WRITTEN)
@settings(max_examples=60)
@given(data=st.data())
def test_a_clean_text_has_no_mark_and_a_nearly_clean_one_exactly_its_own(kind: TextKind, data: st.DataObject) -> None:
    assert marks(data.draw(s.texts_of(kind))) == ()
    text, fault = data.draw(s.near_valid(kind))
    assert marks(text) == (MARK_OF[fault],)


@given(text=s.texts_of(TextKind.PHONE), near=s.near_valid(TextKind.PHONE))
def test_phones_are_valid_or_invalid_as_promised(text: str, near: tuple[str, NearFault]) -> None:
    assert Phone(text).is_valid
    assert not Phone(near[0]).is_valid
    assert Phone(near[0]).is_several is (near[1] is NearFault.TWO_IN_ONE)


@given(text=s.texts_of(TextKind.AMOUNT), near=s.near_valid(TextKind.AMOUNT))
def test_amounts_are_read_or_refused_as_promised(text: str, near: tuple[str, NearFault]) -> None:
    assert Money.parse(text).currency == "CNY"
    with pytest.raises(InvalidValue) as caught:
        Money.parse(near[0])
    assert caught.value.fault is Fault.FORMAT


@given(text=s.texts_of(TextKind.ISO_DAY), near=s.near_valid(TextKind.ISO_DAY))
def test_days_are_read_or_refused_as_promised(text: str, near: tuple[str, NearFault]) -> None:
    assert read_date(text, ["YYYY-MM-DD"]).day.isoformat() == text
    with pytest.raises(InvalidValue) as caught:
        read_date(near[0], ["YYYY-MM-DD"])
    assert caught.value.fault is Fault.DATE


@given(near=s.near_valid_spans())
def test_a_nearly_valid_span_is_refused(near: tuple[tuple[object, object], NearFault]) -> None:
    with pytest.raises(InvalidValue) as caught:
        Span(*near[0])
    assert caught.value.fault is Fault.ORDER


@given(near=s.near_valid_ranges())
def test_nearly_valid_ranges_make_no_plan(near: tuple[tuple[object, ...], NearFault]) -> None:
    with pytest.raises(InvalidValue) as caught:
        NumberPlan(width=10, ranges=near[0])
    assert caught.value.fault is RANGE_FAULT[near[1]]


@given(near=s.near_valid_periods())
def test_nearly_valid_periods_make_no_timeline(near: tuple[tuple[object, ...], NearFault]) -> None:
    assert [fault for _, fault in chain_faults(near[0])] == [PERIOD_FAULT[near[1]]]


@given(plan=s.number_plans(), block=s.blocks(), line=s.timelines())
def test_figures_hold_together(plan: NumberPlan, block: Block, line: Timeline[int]) -> None:
    assert all(plan.range_of(one.low) in (one, None) for one in plan.ranges)
    given_out = allocate(block)
    assert block.next is None or given_out[0] == block.next
    assert all(line.at(entry.since) == entry for entry in line.entries)


@settings(max_examples=60)
@given(entry=s.entries(), near=s.entries(grade=Grade.NEAR_VALID), bad=s.entries(grade=Grade.HOSTILE))
def test_entries_are_judged_as_promised(entry: object, near: object, bad: object) -> None:
    page = default().on(FICTIONAL_DAY)
    assert {remark.reason.outcome for remark in judge(entry, page=page, day=FICTIONAL_DAY)} <= {Outcome.ALLOWED}
    assert judge(near, page=page, day=FICTIONAL_DAY)
    judge(bad, page=page, day=FICTIONAL_DAY)

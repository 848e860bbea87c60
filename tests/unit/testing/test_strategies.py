from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import find, given, seed, settings
from hypothesis import strategies as st

from custmaster.errors import Fault, InvalidValue
from custmaster.testing import strategies as s
from custmaster.testing._near_numbers import NEAR_NUMBERS
from custmaster.testing._numbers import VALID_NUMBERS
from custmaster.testing._texts import CLEAN_TEXTS, NEAR_TEXTS
from custmaster.testing.strategies import Grade, NearFault, TextKind
from custmaster.value.identity import resident
from custmaster.value.identity.registry import NumberForm
from custmaster.value.party import PartyKind

OF_A_FORM = {
    s.resident_ids: NumberForm.RESIDENT,
    s.residence_permits: NumberForm.RESIDENCE_PERMIT,
    s.permanent_residence_numbers: NumberForm.PERMANENT_RESIDENCE,
    s.credit_codes: NumberForm.CREDIT_CODE,
    s.organisation_codes: NumberForm.ORGANISATION_CODE,
    s.hk_macao_permits: NumberForm.HK_MACAO_PERMIT,
    s.taiwan_permits: NumberForm.TAIWAN_PERMIT,
    s.passports: NumberForm.CHINESE_PASSPORT,
    s.hong_kong_ids: NumberForm.HONG_KONG_ID,
    s.macao_ids: NumberForm.MACAO_ID,
    s.taiwan_ids: NumberForm.TAIWAN_ID,
    s.leis: NumberForm.LEI,
    s.card_numbers: NumberForm.CARD_NUMBER,
}
GRADED = [s.names, s.unit_names, s.addresses, s.phones, s.sealed_card_numbers, s.document_numbers]
GRADED += [s.identity_documents, s.entries, *OF_A_FORM]


def drawn(strategy: st.SearchStrategy[object], count: int = 30) -> list[object]:
    found: list[object] = []

    @settings(max_examples=count, database=None, derandomize=True)
    @given(strategy)
    def collect(value: object) -> None:
        found.append(value)

    collect()
    return found


def test_every_form_and_kind_has_valid_and_nearly_valid_texts() -> None:
    assert set(VALID_NUMBERS) == set(NEAR_NUMBERS) == set(NumberForm)
    assert set(CLEAN_TEXTS) == set(NEAR_TEXTS) == set(TextKind)


@pytest.mark.parametrize(("maker", "form"), OF_A_FORM.items())
def test_a_named_strategy_is_that_of_its_form(maker: object, form: NumberForm) -> None:
    assert drawn(maker()) == drawn(s.numbers_of(form))


@pytest.mark.parametrize("maker", GRADED)
@pytest.mark.parametrize("grade", Grade)
def test_every_grade_gives_values(maker: object, grade: Grade) -> None:
    assert drawn(maker(grade=grade), 10)


@pytest.mark.parametrize("maker", GRADED)
def test_a_grade_that_is_none_is_refused_when_the_strategy_is_made(maker: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        maker(grade="VALID")
    assert (caught.value.fault, caught.value.path) == (Fault.TYPE, "grade")


@pytest.mark.parametrize(
    ("make", "fault", "path"),
    [
        (lambda: s.near_valid("RESIDENT"), Fault.TYPE, "kind"),
        (lambda: s.numbers_of("RESIDENT"), Fault.TYPE, "form"),
        (lambda: s.texts_of("PHONE"), Fault.TYPE, "kind"),
        (lambda: s.identity_documents(party="PERSON"), Fault.TYPE, "party"),
        (lambda: s.money(currency="XXX"), Fault.UNKNOWN_CODE, "currency"),
        (lambda: s.days(min_value=date(2020, 1, 2), max_value=date(2020, 1, 1)), Fault.ORDER, "max_value"),
        (lambda: s.days(min_value=datetime(2020, 1, 2)), Fault.TYPE, "min_value"),
        (lambda: s.refused_as(NumberForm.FREE_FORM, NearFault.GAP), Fault.UNKNOWN_CODE, "fault"),
    ],
)
def test_arguments_are_checked_early(make: object, fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.fault, caught.value.path) == (fault, path)


def test_examples_shrink_to_short_plain_ones() -> None:
    settled = settings(max_examples=200, database=None, derandomize=True)
    assert find(s.resident_ids(), lambda _: True, settings=settled) == "110105200001010016"
    assert find(s.names(), lambda _: True, settings=settled).reveal() == "王伟"
    assert find(s.credit_codes(), lambda _: True, settings=settled).startswith("9111010500000000")
    assert len(find(s.near_valid(NumberForm.LEI), lambda _: True, settings=settled)[0]) == 19


def test_the_historical_form_is_drawn_alone_and_among_the_others() -> None:
    assert {len(number) for number in drawn(s.historical_resident_ids())} == {15}
    assert {len(number) for number in drawn(s.resident_ids(), 60)} == {15, 18}
    assert all(resident.is_historical(number) for number in drawn(s.historical_resident_ids()))


def test_hostile_texts_hold_what_breaks_programs() -> None:
    texts = drawn(s.hostile(), 400)
    joined = "".join(texts)
    assert "" in texts
    assert max(map(len, texts)) > 1000
    for trouble in ("\x00", "\n", "\u202e", "\ud800", "٠", "０", "="):
        assert trouble in joined


def test_documents_of_one_party_are_asked_for() -> None:
    for party in PartyKind:
        documents = drawn(s.identity_documents(party=party))
        assert {document.row.party for document in documents} == {party}


def test_a_reading_says_what_its_number_says() -> None:
    assert {reading.form for reading in drawn(s.readings(), 200)} == set(NumberForm)


def test_the_same_seed_draws_the_same_examples() -> None:
    def run() -> list[object]:
        found: list[object] = []

        @seed(20261123)
        @settings(max_examples=40, database=None, derandomize=False)
        @given(s.entries(), s.hostile())
        def collect(entry: object, text: object) -> None:
            found.append((entry, text))

        collect()
        return found

    assert run() == run()


def test_all_is_what_is_there() -> None:
    assert sorted(s.__all__, key=str) == sorted(set(s.__all__), key=str)
    assert all(hasattr(s, name) for name in s.__all__)

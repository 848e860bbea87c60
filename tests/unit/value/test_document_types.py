from __future__ import annotations

from collections import defaultdict

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value.document_types import DOCUMENT_TYPES, DUPLICATE, DocumentType, Family, parse_type
from custmaster.value.identity.registry import NumberForm
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex


def test_the_table_holds_every_type_in_order_and_every_family() -> None:
    assert list(DOCUMENT_TYPES) == list(DocumentType)
    assert {row.family for row in DOCUMENT_TYPES.values()} == set(Family)


def test_the_types_of_a_family_share_one_number() -> None:
    shared = defaultdict(set)
    for row in DOCUMENT_TYPES.values():
        shared[row.family].add((row.form, row.party))
    assert [family for family, forms in shared.items() if len(forms) != 1] == []


def test_the_citizen_number_stands_on_three_documents() -> None:
    assert [kind for kind, row in DOCUMENT_TYPES.items() if row.family is Family.CITIZEN_NUMBER] == [
        DocumentType.RESIDENT_ID,
        DocumentType.TEMPORARY_RESIDENT_ID,
        DocumentType.HOUSEHOLD_REGISTER,
    ]


def test_names_are_distinct_and_a_unit_never_shows_a_persons_paper() -> None:
    rows = DOCUMENT_TYPES.values()
    assert len({row.zh for row in rows}) == len({row.en for row in rows}) == len(rows)
    units = {NumberForm.CREDIT_CODE, NumberForm.ORGANISATION_CODE, NumberForm.LEI}
    for row in rows:
        assert row.form is NumberForm.FREE_FORM or (row.party is PartyKind.UNIT) is (row.form in units)


@pytest.mark.parametrize("kind", DocumentType)
def test_every_type_has_a_code_and_a_duplicate_variant(kind: DocumentType) -> None:
    assert parse_type(str(kind)) == (kind, False)
    assert parse_type(f"{kind}{DUPLICATE}") == (kind, True)


@pytest.mark.parametrize(
    "code", ["", "resident_id", "RESIDENT_ID/", "RESIDENT_ID/DUPLICATE/DUPLICATE", "/DUPLICATE", "01"]
)
def test_another_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_type(code)
    assert caught.value.fault is Fault.UNKNOWN_CODE


def test_sex_has_the_codes_of_the_standard() -> None:
    assert [Sex.from_gb(code) for code in "1209"] == list(Sex)
    assert [sex.gb for sex in Sex] == list("1209")
    with pytest.raises(InvalidValue):
        Sex.from_gb("男")

from __future__ import annotations

from datetime import date

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.value._document_number import DocumentNumber
from custmaster.value.identity import (
    credit_code,
    organisation_code,
    passport,
    permanent_residence,
    residence_permit,
    resident,
    taiwan_id,
    taiwan_permit,
)
from custmaster.value.identity.registry import VERBS, Flag, NumberForm, Reading, explain, read
from custmaster.value.sex import Sex


def fault(form: NumberForm, text: str) -> Fault:
    with pytest.raises(InvalidValue) as caught:
        VERBS[form].validate(text)
    return caught.value.fault


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (NumberForm.RESIDENT, "1101051949123100", Fault.LENGTH),
        (NumberForm.RESIDENT, "1101051949123100AX", Fault.FORMAT),
        (NumberForm.RESIDENT, "161105194912310021", Fault.REGION),
        (NumberForm.RESIDENT, "810000199408230021", Fault.REGION),
        (NumberForm.RESIDENT, "110105194902300021", Fault.DATE),
        (NumberForm.RESIDENT, "110105194912310021", Fault.CHECK_DIGIT),
        (NumberForm.RESIDENT, "11010549123100X", Fault.FORMAT),
        (NumberForm.RESIDENT, "161105491231002", Fault.REGION),
        (NumberForm.RESIDENT, "110105490230002", Fault.DATE),
        (NumberForm.RESIDENCE_PERMIT, "810001199408230021", Fault.REGION),
        (NumberForm.PERMANENT_RESIDENCE, "916682198501010017", Fault.REGION),
        (NumberForm.PERMANENT_RESIDENCE, "XY1110000000001", Fault.FORMAT),
        (NumberForm.PERMANENT_RESIDENCE, "XYZ11000000000", Fault.LENGTH),
        (NumberForm.CREDIT_CODE, "9144030071526726X0", Fault.CHECK_DIGIT),
        (NumberForm.CREDIT_CODE, "91440300715267261Z", Fault.FORMAT),
        (NumberForm.LEI, "969500T3MBS4SQAMHJ45", Fault.CHECK_DIGIT),
        (NumberForm.HONG_KONG_ID, "A494866(5)", Fault.CHECK_DIGIT),
        (NumberForm.TAIWAN_ID, "F112866122", Fault.CHECK_DIGIT),
        (NumberForm.ORGANISATION_CODE, "12345678-9", Fault.CHECK_DIGIT),
        (NumberForm.CARD_NUMBER, "6228480000000000001", Fault.CHECK_DIGIT),
        (NumberForm.CARD_NUMBER, "0228480000000000001", Fault.FORMAT),
    ],
)
def test_the_first_fault_is_named(form: NumberForm, text: str, expected: Fault) -> None:
    assert fault(form, text) is expected


@pytest.mark.parametrize(
    ("form", "text", "flags"),
    [
        (NumberForm.RESIDENT, "11010519491231002X", ()),
        (NumberForm.RESIDENT, "11010519491231002x", (Flag.NEEDS_TIDYING,)),
        (NumberForm.RESIDENT, "１１010549123１002", (Flag.HISTORICAL_FORM, Flag.NEEDS_TIDYING)),
        (NumberForm.PERMANENT_RESIDENCE, "932682198501010017", ()),
        (NumberForm.PERMANENT_RESIDENCE, "XYZ110000000001", (Flag.OLD_SERIES,)),
        (NumberForm.CREDIT_CODE, "91350100M000100Y43", ()),
        (NumberForm.CREDIT_CODE, "91350203M0001FUE2P", (Flag.PILOT_CODE,)),
        (NumberForm.HK_MACAO_PERMIT, "H12345678", (Flag.HOLDER_ONLY,)),
        (NumberForm.HK_MACAO_PERMIT, "H1234567801", ()),
        (NumberForm.TAIWAN_PERMIT, "12345678", ()),
        (NumberForm.TAIWAN_PERMIT, "1234567890B", (Flag.OLD_SERIES,)),
        (NumberForm.CHINESE_PASSPORT, "E12345678", ()),
        (NumberForm.CHINESE_PASSPORT, "G12345678", (Flag.OLD_SERIES,)),
        (NumberForm.TAIWAN_ID, "A800000014", ()),
        (NumberForm.TAIWAN_ID, "AC01234567", (Flag.OLD_SERIES,)),
        (NumberForm.HONG_KONG_ID, "A494866(4)", (Flag.NEEDS_TIDYING,)),
        (NumberForm.FREE_FORM, "X-1", ()),
    ],
)
def test_flags_say_what_is_worth_knowing(form: NumberForm, text: str, flags: tuple[Flag, ...]) -> None:
    assert read(form, text).flags == flags


def said(reading: Reading) -> tuple[object, ...]:
    return reading.birth_date, reading.sex, reading.region, reading.holder_key, reading.organisation_code


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (NumberForm.RESIDENT, "11010519491231002X", (date(1949, 12, 31), Sex.FEMALE, "110105", None, None)),
        (NumberForm.RESIDENT, "110105491231997", (date(1849, 12, 31), Sex.MALE, "110105", None, None)),
        (NumberForm.RESIDENCE_PERMIT, "830000199201300022", (date(1992, 1, 30), Sex.FEMALE, "830000", None, None)),
        (NumberForm.PERMANENT_RESIDENCE, "932682198501010017", (date(1985, 1, 1), Sex.MALE, "320000", None, None)),
        (NumberForm.PERMANENT_RESIDENCE, "XYZ110000000001", (None, None, None, None, None)),
        (NumberForm.CREDIT_CODE, "91350100M000100Y43", (None, None, "350100", None, "M000100Y4")),
        (NumberForm.HK_MACAO_PERMIT, "H1234567801", (None, None, None, "H12345678", None)),
        (NumberForm.TAIWAN_ID, "F112866121", (None, Sex.MALE, None, None, None)),
        (NumberForm.TAIWAN_ID, "A219758834", (None, Sex.FEMALE, None, None, None)),
        (NumberForm.LEI, "969500T3M8S4SQAMHJ45", (None, None, None, None, None)),
    ],
)
def test_a_reading_says_what_the_number_says(form: NumberForm, text: str, expected: tuple[object, ...]) -> None:
    assert said(read(form, text)) == expected


def test_a_reading_is_formatted_for_people() -> None:
    assert read(NumberForm.HONG_KONG_ID, "A4948664").formatted == DocumentNumber("A494866(4)")


def test_the_organisation_code_is_absent_where_the_part_is_none() -> None:
    body = "91440300715267261"
    code = body + credit_code.check_character(body)
    assert credit_code.organisation_code(code) is None


def test_the_pilot_is_a_block_of_fujian_with_a_sound_organisation_code() -> None:
    assert credit_code.is_pilot("91350100M0001TGQXM")  # a third published code, not in the vectors
    assert not credit_code.is_valid("91360100M0001TGQXM")  # another province
    assert not credit_code.is_valid("92350100M0001TGQXM")  # another kind
    assert not credit_code.is_valid("91350100M0001TGQ1M")  # the organisation code does not check
    other = "L0001TGQ"  # another block
    assert not credit_code.is_valid(f"91350100{other}{organisation_code.check_character(other)}M")


def test_departments_added_to_the_standard_later_are_accepted() -> None:
    for department in "N2", "Y1", "A1":
        body = f"{department}11000060003734"[:16].ljust(17, "1")
        assert credit_code.is_valid(body + credit_code.check_character(body))


def test_check_digits_of_an_lei_lie_between_02_and_98() -> None:
    # 00, 01 and 99 are congruent to 97, 98 and 02 modulo 97, but are never given out.
    for body in ("000000000000000000", "969500T3M8S4SQAMHJ", "ZZZZZZZZZZZZZZZZZZ"):
        assert sum(VERBS[NumberForm.LEI].is_valid(f"{body}{check:02}") for check in range(100)) == 1


def test_what_a_module_says_of_its_series() -> None:
    assert permanent_residence.is_old_series("XYZ110000000001")
    assert not permanent_residence.is_old_series("932682198501010017")
    assert passport.is_old_series("G12345678")
    assert taiwan_permit.is_old_series("1234567890B")
    assert taiwan_id.is_old_series("AC01234567")
    assert taiwan_id.sex("AC01234567") is Sex.MALE
    assert residence_permit.sex("810000199408230021") is Sex.FEMALE


def test_explain_names_every_form_most_specific_first() -> None:
    assert [reading.form for reading in explain("11010519491231002x")] == [NumberForm.RESIDENT]
    assert [reading.form for reading in explain("H1234567801")] == [
        NumberForm.HK_MACAO_PERMIT,
        NumberForm.TAIWAN_PERMIT,
    ]
    assert [reading.form for reading in explain("12345678-8")] == [NumberForm.ORGANISATION_CODE]
    assert [reading.form for reading in explain("E12345678")] == [NumberForm.CHINESE_PASSPORT]
    assert explain("南字第01234567号") == explain("") == explain("110105194912310021") == ()


def test_the_letter_series_of_passports_has_no_i_and_no_o() -> None:
    letters = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if passport.is_valid(f"E{letter}1234567")]
    assert "".join(letters) == "ABCDEFGHJKLMNPQRSTUVWXYZ"


def test_provinces_are_those_of_gb_t_2260() -> None:
    accepted = [code for code in range(100) if resident.is_valid(f"{code:02}0105491231002")]
    assert accepted == [
        *range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71,
    ]  # fmt: skip

"""Law: no error, text or traceback about an identity number contains the number, nor a part that gives it away."""

from __future__ import annotations

import copy
import pickle
import traceback
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest

from custmaster.errors import InvalidValue
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType, parse_type
from custmaster.value.identity import (
    card_number,
    credit_code,
    hk_macao_permit,
    hong_kong_id,
    lei,
    organisation_code,
    passport,
    permanent_residence,
    residence_permit,
    resident,
    taiwan_id,
    taiwan_permit,
)
from custmaster.value.identity.registry import VERBS, NumberForm, read
from custmaster.value.sex import Sex

# Texts that fail at every step: type, length, form, region, day, check character; each carries the canary 7391.
CANARY = "7391"
BAD = (
    "7391", "7391" * 40, "73917391739173917X", "110105194912317391", "11010519993917391X", "110105497391739",
    "007391194912310021", "810000194973917391", "917391199901010012", "9135010M7391100Y43", "91350100M7391X0Y43", "73917391-7",
    "A739173(9)", "A173917390", "6228487391739173", "H7391", "E7391739X", "27391739", "7391*ABCDE", "*7391*", "7391\ud8007391",
    "7391\x007391739173917", "969500T37391SQAMHJ99", "ABC73917391739X", "XYZ7391",
)  # fmt: skip
READERS: list[Callable[[str], object]] = [
    resident.upgrade, resident.birth_date, resident.sex, resident.region, resident.is_historical, residence_permit.birth_date,
    residence_permit.sex, residence_permit.region, permanent_residence.birth_date, permanent_residence.sex,
    permanent_residence.region, permanent_residence.is_old_series, credit_code.organisation_code, credit_code.is_pilot,
    credit_code.region, hk_macao_permit.holder, passport.is_old_series, taiwan_id.sex, taiwan_id.is_old_series,
    taiwan_permit.is_old_series, resident.check_character, credit_code.check_character, organisation_code.check_character,
    hong_kong_id.check_character, taiwan_id.check_character, lei.check_character, card_number.check_character, parse_type,
    Sex.from_gb, DocumentNumber,
]  # fmt: skip


def every_call() -> Iterator[Callable[[str], object]]:
    yield from READERS
    for verbs in VERBS.values():
        yield from (verbs.validate, verbs.format)
    for form in NumberForm:
        yield lambda text, form=form: read(form, text)
    for kind in DocumentType:
        yield lambda text, kind=kind: IdentityDocument(type=kind, number=DocumentNumber(text)).reading()


def shown(error: BaseException | None) -> Iterator[str]:
    """Everything that an error can be made to print, its causes and contexts included, suppressed or not."""
    while error is not None:
        yield from (str(error), repr(error), f"{error}", repr(error.args), repr(vars(error)))
        yield "".join(traceback.TracebackException.from_exception(error).format_exception_only())
        assert error.__cause__ is None
        error = error.__context__


def error_of(call: Callable[[str], object], text: str) -> InvalidValue | None:
    try:
        call(text)
    except InvalidValue as error:
        return error
    return None


def test_no_error_shows_the_number() -> None:
    raised = 0
    for call in every_call():
        for error in filter(None, (error_of(call, text) for text in BAD)):
            raised += 1
            assert error.__context__ is None
            assert not [line for line in shown(error) if CANARY in line]
    assert raised > 1000


def test_no_traceback_shows_the_number() -> None:
    for form in NumberForm:
        text = "*7391*\x00"
        try:
            read(form, text)
        except InvalidValue:
            assert CANARY not in traceback.format_exc()
        else:
            pytest.fail("accepted a control character")


def objects() -> list[Any]:
    number = DocumentNumber("110105194973910021")
    document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=number, issued_on=date(2020, 1, 1))
    good = "110105197391" + "00"  # shows how the canary would stand in a number
    body = "11010519731209391"
    reading = read(NumberForm.RESIDENT, body + resident.check_character(body))
    return [number, document, reading, reading.formatted, DocumentNumber(good)]


@pytest.mark.parametrize("thing", objects(), ids=lambda thing: type(thing).__name__)
def test_no_object_shows_the_number(thing: Any) -> None:
    texts = [str(thing), repr(thing), f"{thing}", f"{thing!r:>80}", f"{thing}", str([thing]), str({"k": thing})]
    if attrs.has(type(thing)):
        texts.append(repr(attrs.asdict(thing)))
    for text in texts:
        assert "1949" not in text
        assert "1973" not in text
        assert "7391" not in text
        assert "datetime.date(19" not in text
    assert copy.deepcopy(thing) == thing
    with pytest.raises(TypeError):
        pickle.dumps(thing)

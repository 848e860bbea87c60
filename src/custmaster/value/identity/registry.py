"""All identity numbers by form: their four verbs, and `read`, which says everything that a number says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.value._document_number import DocumentNumber
from custmaster.value.identity import (
    card_number,
    credit_code,
    foreign_passport,
    free_form,
    hk_macao_permit,
    hong_kong_id,
    lei,
    macao_id,
    military,
    organisation_code,
    passport,
    permanent_residence,
    residence_permit,
    resident,
    taiwan_id,
    taiwan_permit,
)
from custmaster.value.identity._mod_11_2 import read_day, read_sex
from custmaster.value.sex import Sex

__all__ = ["LOOSE", "VERBS", "Flag", "NumberForm", "Reading", "Verbs", "explain", "faults", "read", "read_number"]


class NumberForm(StrEnum):
    """The forms that an identity number can have, most specific first.

    >>> NumberForm("LEI")
    <NumberForm.LEI: 'LEI'>
    """

    RESIDENT = "RESIDENT"
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"
    PERMANENT_RESIDENCE = "PERMANENT_RESIDENCE"
    CREDIT_CODE = "CREDIT_CODE"
    LEI = "LEI"
    ORGANISATION_CODE = "ORGANISATION_CODE"
    HONG_KONG_ID = "HONG_KONG_ID"
    TAIWAN_ID = "TAIWAN_ID"
    CARD_NUMBER = "CARD_NUMBER"
    HK_MACAO_PERMIT = "HK_MACAO_PERMIT"
    CHINESE_PASSPORT = "CHINESE_PASSPORT"
    MACAO_ID = "MACAO_ID"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    MILITARY = "MILITARY"
    FREE_FORM = "FREE_FORM"


class Flag(StrEnum):
    """What is worth knowing of a well-formed number.

    HISTORICAL_FORM: 15 digits of 1989. PILOT_CODE: credit code of the Fujian pilot. HOLDER_ONLY: a permit's nine characters without
    its renewal count. OLD_SERIES: a form no longer given out. NEEDS_TIDYING: it was not written in its compact form.
    """

    HISTORICAL_FORM = "HISTORICAL_FORM"
    PILOT_CODE = "PILOT_CODE"
    HOLDER_ONLY = "HOLDER_ONLY"
    OLD_SERIES = "OLD_SERIES"
    NEEDS_TIDYING = "NEEDS_TIDYING"


@frozen(kw_only=True)
class Verbs:
    """The four functions that every number module has."""

    compact: Callable[[str], str]
    validate: Callable[[str], str]
    is_valid: Callable[[object], bool]
    format: Callable[[str], str]


class _Module(Protocol):
    """A number module as the type checker sees it."""

    @property
    def compact(self) -> Callable[[str], str]: ...
    @property
    def validate(self) -> Callable[[str], str]: ...
    @property
    def is_valid(self) -> Callable[[object], bool]: ...
    @property
    def format(self) -> Callable[[str], str]: ...


def _verbs(module: _Module) -> Verbs:
    return Verbs(compact=module.compact, validate=module.validate, is_valid=module.is_valid, format=module.format)


VERBS: Final[Mapping[NumberForm, Verbs]] = MappingProxyType(
    {
        NumberForm.RESIDENT: _verbs(resident),
        NumberForm.RESIDENCE_PERMIT: _verbs(residence_permit),
        NumberForm.PERMANENT_RESIDENCE: _verbs(permanent_residence),
        NumberForm.CREDIT_CODE: _verbs(credit_code),
        NumberForm.LEI: _verbs(lei),
        NumberForm.ORGANISATION_CODE: _verbs(organisation_code),
        NumberForm.HONG_KONG_ID: _verbs(hong_kong_id),
        NumberForm.TAIWAN_ID: _verbs(taiwan_id),
        NumberForm.CARD_NUMBER: _verbs(card_number),
        NumberForm.HK_MACAO_PERMIT: _verbs(hk_macao_permit),
        NumberForm.CHINESE_PASSPORT: _verbs(passport),
        NumberForm.MACAO_ID: _verbs(macao_id),
        NumberForm.TAIWAN_PERMIT: _verbs(taiwan_permit),
        NumberForm.FOREIGN_PASSPORT: _verbs(foreign_passport),
        NumberForm.MILITARY: _verbs(military),
        NumberForm.FREE_FORM: _verbs(free_form),
    }
)

LOOSE: Final = (NumberForm.FOREIGN_PASSPORT, NumberForm.MILITARY, NumberForm.FREE_FORM)
"""The forms that nearly any text fits: that they accept it explains nothing."""

_FLAGS: Final[Mapping[NumberForm, tuple[Flag, Callable[[str], bool]]]] = {
    NumberForm.RESIDENT: (Flag.HISTORICAL_FORM, lambda number: len(number) < len("11010519491231002X")),
    NumberForm.PERMANENT_RESIDENCE: (Flag.OLD_SERIES, permanent_residence.is_old_series),
    NumberForm.CREDIT_CODE: (Flag.PILOT_CODE, credit_code.is_pilot),
    NumberForm.HK_MACAO_PERMIT: (Flag.HOLDER_ONLY, lambda number: len(number) == len("H12345678")),
    NumberForm.TAIWAN_PERMIT: (Flag.OLD_SERIES, taiwan_permit.is_old_series),
    NumberForm.CHINESE_PASSPORT: (Flag.OLD_SERIES, passport.is_old_series),
    NumberForm.TAIWAN_ID: (Flag.OLD_SERIES, taiwan_id.is_old_series),
}
_PERMIT: Final = NumberForm.HK_MACAO_PERMIT  # looked up once: the member of an enumeration takes its time to reach
_WHOLE: Final = 18
# A Reading holds a number that was examined, so the readers of the common forms do not examine it again.
_BIRTH: Final[Mapping[NumberForm, Callable[[str], date | None]]] = {
    NumberForm.RESIDENT: lambda number: read_day(number) if len(number) == _WHOLE else resident.birth_date(number),
    NumberForm.RESIDENCE_PERMIT: read_day,
    NumberForm.PERMANENT_RESIDENCE: permanent_residence.birth_date,
}
_SEX: Final[Mapping[NumberForm, Callable[[str], Sex | None]]] = {
    NumberForm.RESIDENT: lambda number: read_sex(number[16]) if len(number) == _WHOLE else resident.sex(number),
    NumberForm.RESIDENCE_PERMIT: lambda number: read_sex(number[16]),
    NumberForm.PERMANENT_RESIDENCE: permanent_residence.sex,
    NumberForm.TAIWAN_ID: taiwan_id.sex,
}
_REGION: Final[Mapping[NumberForm, Callable[[str], str | None]]] = {
    NumberForm.RESIDENT: resident.region,
    NumberForm.RESIDENCE_PERMIT: residence_permit.region,
    NumberForm.PERMANENT_RESIDENCE: permanent_residence.region,
    NumberForm.CREDIT_CODE: credit_code.region,
}


_FAULTS: Final[Mapping[NumberForm, Callable[[str], tuple[Fault, ...]]]] = {
    # the forms whose number can have several faults at once
    NumberForm.RESIDENT: resident.faults,
    NumberForm.RESIDENCE_PERMIT: residence_permit.faults,
    NumberForm.PERMANENT_RESIDENCE: permanent_residence.faults,
}


class _Kept:
    """What a reading said of its holder is kept here: no field, so neither compared nor shown, copied or pickled."""

    __slots__ = ("_holder",)
    _holder: tuple[date | None, Sex | None]


_keep_holder = _Kept.__dict__["_holder"].__set__  # the slot itself: several rules ask, and it is worked out once


@frozen(kw_only=True)
class Reading(_Kept):
    """A well-formed number and what it says; made by `read`, shown masked.

    Kept are form, number and flags; the rest is read from the number when asked for.

    >>> read(NumberForm.RESIDENT, "11010519491231002x")
    Reading(form=<NumberForm.RESIDENT: 'RESIDENT'>, number=DocumentNumber(110*************2X), flags=(<Flag.NEEDS_TIDYING: 'NEEDS_TIDYING'>,))
    """

    form: NumberForm
    number: DocumentNumber
    flags: tuple[Flag, ...] = ()

    @property
    def compact(self) -> str:
        """The number in its compact form, in clear."""
        return self.number.reveal()

    @property
    def formatted(self) -> DocumentNumber:
        """The number as it is printed for people, sealed."""
        return DocumentNumber(VERBS[self.form].format(self.compact))

    @property
    def birth_date(self) -> date | None:
        """The day of birth, where the number states it."""
        return self._says()[0]

    @property
    def sex(self) -> Sex | None:
        """The sex, where the number states it."""
        return self._says()[1]

    def _says(self) -> tuple[date | None, Sex | None]:
        kept: tuple[date | None, Sex | None] | None = getattr(self, "_holder", None)
        if kept is None:
            birth, sex, compact = _BIRTH.get(self.form), _SEX.get(self.form), self.number.reveal()
            kept = None if birth is None else birth(compact), None if sex is None else sex(compact)
            _keep_holder(self, kept)
        return kept

    @property
    def region(self) -> str | None:
        """Six digits of the region of GB/T 2260, where the number states it."""
        reader = _REGION.get(self.form)
        return None if reader is None else reader(self.compact)

    @property
    def holder_key(self) -> str | None:
        """What stays with the holder when the number changes: the first nine of a Hong Kong and Macao permit."""
        return hk_macao_permit.holder(self.compact) if self.form is _PERMIT else None

    @property
    def organisation_code(self) -> str | None:
        """The organisation code that a credit code contains."""
        return credit_code.organisation_code(self.compact) if self.form is NumberForm.CREDIT_CODE else None


def read(form: NumberForm, text: str) -> Reading:
    """What `text` says, read as a number of this form; errors as the `validate` of that form.

    >>> read(NumberForm.HK_MACAO_PERMIT, "H1234567801").holder_key
    'H12345678'
    """
    compact = VERBS[form].validate(text)
    return _reading(form, DocumentNumber(compact), compact == text)


def read_number(form: NumberForm, number: DocumentNumber) -> Reading:
    """As `read`, of a number that is sealed already; one in its compact form is taken over as it is."""
    text = number.reveal()
    compact = VERBS[form].validate(text)
    return _reading(form, number if compact == text else DocumentNumber(compact), compact == text)


def _reading(form: NumberForm, number: DocumentNumber, tidy: bool) -> Reading:  # noqa: FBT001 - inside one module
    special = _FLAGS.get(form)
    flags = () if special is None or not special[1](number.reveal()) else (special[0],)
    return Reading(form=form, number=number, flags=flags if tidy else (*flags, Flag.NEEDS_TIDYING))


def faults(form: NumberForm, text: str) -> tuple[Fault, ...]:
    """Every fault of `text` read as a number of this form; empty when it is well-formed.

    >>> faults(NumberForm.RESIDENT, "110105194902300021")
    (<Fault.DATE: 'DATE'>, <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>)
    """
    several = _FAULTS.get(form)
    if several is not None:
        return several(text)
    try:
        VERBS[form].validate(text)
    except InvalidValue as fault:
        return (fault.fault,)
    return ()


def explain(text: str) -> tuple[Reading, ...]:
    """The readings of every form that accepts `text`, most specific first; the loose forms, which accept nearly anything, left out.

    >>> [str(reading.form) for reading in explain("12345678")]
    ['MACAO_ID', 'TAIWAN_PERMIT']
    """
    return tuple(read(form, text) for form, verbs in VERBS.items() if form not in LOOSE and verbs.is_valid(text))

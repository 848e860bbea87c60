"""Texts in three grades, and which fault a nearly valid one has."""

from __future__ import annotations

from functools import cache
from typing import assert_never

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.errors import Fault, InvalidValue
from custmaster.testing._grade import Grade, NearFault, require_grade
from custmaster.testing._hostile import hostile_texts
from custmaster.testing._near_numbers import NEAR_NUMBERS
from custmaster.testing._numbers import VALID_NUMBERS
from custmaster.testing._texts import CLEAN_TEXTS, NEAR_TEXTS, TextKind
from custmaster.value.identity.registry import NumberForm

__all__ = ["hostile", "near_valid", "numbers_of", "refused_as", "require_kind", "texts_of"]


def require_kind(path: str, value: object, kinds: tuple[type, ...]) -> None:
    """Checked when the strategy is made, so that a slip is seen where it was made and not at the first example."""
    if not isinstance(value, kinds):
        raise InvalidValue(Fault.TYPE, path=path, remedy=" or ".join(kind.__name__ for kind in kinds))


def hostile() -> SearchStrategy[str]:
    """Texts that a file may hold: full width, foreign digits, surrogates, writing direction, NUL, formulas, far too long."""
    return hostile_texts()


def near_valid(kind: NumberForm | TextKind) -> SearchStrategy[tuple[str, NearFault]]:
    """Texts of this kind with exactly one fault, and the fault's name. Errors: InvalidValue (TYPE).

    >>> from hypothesis import find
    >>> find(near_valid(NumberForm.HK_MACAO_PERMIT), lambda pair: pair[1] is NearFault.CHARACTER_LOST)[0]
    'H000000000'
    """
    require_kind("kind", kind, (NumberForm, TextKind))
    return _near(kind)


@cache
def _near(kind: NumberForm | TextKind) -> SearchStrategy[tuple[str, NearFault]]:
    if isinstance(kind, NumberForm):
        return st.one_of([st.tuples(row.texts, st.just(row.fault)) for row in NEAR_NUMBERS[kind]])
    return st.one_of([st.tuples(texts, st.just(fault)) for fault, texts in NEAR_TEXTS[kind].items()])


def refused_as(form: NumberForm, fault: NearFault) -> Fault:
    """The Fault that a validator of this form must report. Errors: InvalidValue (UNKNOWN_CODE) where the form cannot have it.

    >>> refused_as(NumberForm.RESIDENT, NearFault.SWAPPED_DIGITS)
    <Fault.CHECK_DIGIT: 'CHECK_DIGIT'>
    """
    for row in NEAR_NUMBERS[form]:
        if row.fault is fault:
            return row.refused_as
    raise InvalidValue(Fault.UNKNOWN_CODE, path="fault", remedy="a fault that near_valid gives for this form")


@st.composite
def _text_alone(draw: DrawFn, kind: NumberForm | TextKind) -> str:
    return draw(_near(kind))[0]


def _graded(kind: NumberForm | TextKind, grade: Grade, valid: SearchStrategy[str]) -> SearchStrategy[str]:
    require_grade(grade)
    match grade:
        case Grade.VALID:
            return valid
        case Grade.NEAR_VALID:
            return _text_alone(kind)
        case Grade.HOSTILE:
            return hostile_texts()
    assert_never(grade)


def numbers_of(form: NumberForm, *, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Numbers of a form as texts; valid ones are in their compact form. Errors: InvalidValue (TYPE)."""
    require_kind("form", form, (NumberForm,))
    return _graded(form, grade, VALID_NUMBERS[form])


def texts_of(kind: TextKind, *, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Texts of names, addresses, phones, amounts and days. Errors: InvalidValue (TYPE)."""
    require_kind("kind", kind, (TextKind,))
    return _graded(kind, grade, CLEAN_TEXTS[kind])

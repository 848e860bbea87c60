"""The three grades of generated values, and the names of the faults of the middle one."""

from __future__ import annotations

from enum import StrEnum

from custmaster.errors import Fault, InvalidValue

__all__ = ["Grade", "NearFault", "require_grade"]


class Grade(StrEnum):
    """How good a generated value is.

    VALID: every validator takes it. NEAR_VALID: one named fault (see `near_valid`, which tells which). HOSTILE: whatever a file may
    hold: full width, foreign digits, surrogates, writing direction, NUL, formula prefixes, texts far too long.
    """

    VALID = "VALID"
    NEAR_VALID = "NEAR_VALID"
    HOSTILE = "HOSTILE"


class NearFault(StrEnum):
    """The one thing that is wrong with a nearly valid value; a name is never reused for another fault."""

    WRONG_CHECK_CHARACTER = "WRONG_CHECK_CHARACTER"
    WRONG_DIGIT = "WRONG_DIGIT"
    SWAPPED_DIGITS = "SWAPPED_DIGITS"
    CHARACTER_LOST = "CHARACTER_LOST"
    CHARACTER_TOO_MANY = "CHARACTER_TOO_MANY"
    LETTER_IN_BODY = "LETTER_IN_BODY"
    FORBIDDEN_CHARACTER = "FORBIDDEN_CHARACTER"
    WRONG_SERIES = "WRONG_SERIES"
    NO_DIGIT = "NO_DIGIT"
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"
    UNKNOWN_REGION = "UNKNOWN_REGION"
    INVISIBLE_CHARACTER = "INVISIBLE_CHARACTER"
    DIRECTION_CHARACTER = "DIRECTION_CHARACTER"
    CONTROL_CHARACTER = "CONTROL_CHARACTER"
    DAMAGED_CHARACTER = "DAMAGED_CHARACTER"
    FULL_WIDTH = "FULL_WIDTH"
    SPACE_TOO_MANY = "SPACE_TOO_MANY"
    TWO_IN_ONE = "TWO_IN_ONE"
    TOO_MANY_PLACES = "TOO_MANY_PLACES"
    BAD_GROUPING = "BAD_GROUPING"
    ENDS_BEFORE_IT_BEGINS = "ENDS_BEFORE_IT_BEGINS"
    OVERLAP = "OVERLAP"
    GAP = "GAP"
    SAME_BEGINNING = "SAME_BEGINNING"
    SAME_NAME = "SAME_NAME"
    OTHER_WIDTH = "OTHER_WIDTH"
    TWO_NUMBERS_OF_ONE_FAMILY = "TWO_NUMBERS_OF_ONE_FAMILY"
    TWO_NAMES_ON_ONE_DAY = "TWO_NAMES_ON_ONE_DAY"
    TWO_PREFERRED = "TWO_PREFERRED"
    RELATED_TO_ITSELF = "RELATED_TO_ITSELF"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    CREDIT_DATA = "CREDIT_DATA"
    TOO_MANY = "TOO_MANY"
    MERGED_INTO_NOBODY = "MERGED_INTO_NOBODY"
    CLOSED_BEFORE_IT_OPENED = "CLOSED_BEFORE_IT_OPENED"
    OWNERS_OF_A_PERSON = "OWNERS_OF_A_PERSON"


def require_grade(grade: object) -> Grade:
    """The grade itself. Errors: InvalidValue (TYPE) when the call is made, not when the first example is drawn."""
    if not isinstance(grade, Grade):
        raise InvalidValue(Fault.TYPE, path="grade", remedy="a Grade")
    return grade

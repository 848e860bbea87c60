"""From the rules of survivorship to the choices of a merge: which of the two customers each field is taken from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from custmaster.dedup.survivorship import Contribution, Policy, survive
from custmaster.desk.merge_plan import MergeField, Side

__all__ = ["choices_by"]

_JUDGED: Final = (MergeField.NAME, MergeField.SEX, MergeField.BIRTH_DATE, MergeField.NATIONALITY)
"""What the rules decide: a number's own source key and day of opening stay with it, and the primary document is a mark, no value."""


def choices_by(survivor: Contribution, absorbed: Contribution, policy: Policy) -> Mapping[MergeField, Side]:
    """The sides from which COMPLETENESS, RECENCY or SOURCE take each field, for `Merge.choices`; fields that agree are left out.

    A contribution is made with `contribution_of(customer.entry(day), source=..., day=...)`. Source: field.md section 2, survivorship.

    >>> from datetime import date
    >>> old = Contribution(values={"nationality": "HKG"}, day=date(2019, 7, 1))
    >>> new = Contribution(values={"nationality": "CHN"}, day=date(2025, 3, 1))
    >>> {str(field): str(side) for field, side in choices_by(old, new, Policy()).items()}
    {'nationality': 'ABSORBED'}
    """
    left = survive({Side.SURVIVOR.value: survivor, Side.ABSORBED.value: absorbed}, policy)
    decided = ((name, left.fields.get(name.value)) for name in _JUDGED)
    return {name: Side(choice.chosen_from) for name, choice in decided if choice is not None and choice.differing}

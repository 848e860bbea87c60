"""What a level is called in a report: as the ladder has it in Chinese, or by its English name."""

from __future__ import annotations

from collections.abc import Mapping

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Language, Page
from custmaster.handbook.keys import LEVELS
from custmaster.handbook.review_keys import LEVELS_EN

__all__ = ["level_names"]


def level_names(page: Page, lang: Language) -> Mapping[str, str]:
    """For each level of the ladder its name in the language, lowest first.

    Errors: InvalidValue (LENGTH) where the handbook has not as many English names (`roster.levels_en`) as levels (`roster.levels`).

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> level_names(default().on(date(2026, 11, 28)), Language.EN)["金卡"]
    'gold'
    """
    levels, english = page[LEVELS], page[LEVELS_EN]
    if len(levels) != len(english):
        raise InvalidValue(
            Fault.LENGTH, path=LEVELS_EN.name, length=len(english), remedy=f"as many names as {LEVELS.name} has levels"
        )
    return dict(zip(levels, levels if lang is Language.ZH else english, strict=True))

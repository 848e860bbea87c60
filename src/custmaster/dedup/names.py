"""How two names compare: equal, perhaps the same, or another name; see `custmaster.value.called`.

A Chinese name and its pinyin are two names. Source: requirements.md B4, B8.10.
"""

from __future__ import annotations

from custmaster.dedup.compare import Level
from custmaster.value.called import Called, may_be_one

__all__ = ["names_level"]


def names_level(left: Called | None, right: Called | None) -> Level:
    """AGREE, NEAR, DIFFER or, when either is missing, MISSING.

    >>> from custmaster.value.called import called
    >>> from custmaster.value.name import Name
    >>> from custmaster.value.party import PartyKind
    >>> def level(one, other):
    ...     return names_level(called(Name(one), PartyKind.PERSON), called(Name(other), PartyKind.PERSON)).name
    >>> level("ＷＡＮＧ wei", "Wang  Wei"), level("張偉", "张伟"), level("王?明", "王小明"), level("王明", "王小明")
    ('AGREE', 'NEAR', 'NEAR', 'DIFFER')
    """
    if left is None or right is None:
        return Level.MISSING
    if not left.damaged and not right.damaged:
        if left.exact == right.exact:
            return Level.AGREE
        return Level.NEAR if left.loose == right.loose else Level.DIFFER
    return Level.NEAR if may_be_one(left.loose, right.loose) else Level.DIFFER

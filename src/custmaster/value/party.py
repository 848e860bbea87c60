"""The two kinds of customer: a person and a unit."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["PartyKind"]


class PartyKind(StrEnum):
    """A person (个人) or a unit (单位, any customer that is no natural person); the two never merge.

    Source: R-45; requirements.md B6.

    >>> PartyKind("UNIT")
    <PartyKind.UNIT: 'UNIT'>
    """

    PERSON = "PERSON"
    UNIT = "UNIT"

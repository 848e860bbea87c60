"""The match keys of text (first form)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

__all__ = ["Mark", "exact", "exact_column", "marks", "variant", "variant_column"]


class Mark(StrEnum):
    """What a person should look at in a text."""

    INVISIBLE = "INVISIBLE"
    BIDI = "BIDI"
    CONTROL = "CONTROL"
    DAMAGED = "DAMAGED"
    WIDTH = "WIDTH"
    SPACES = "SPACES"


def exact(text: str) -> str:
    """The key that may decide that two texts are equal."""
    return "".join(unicodedata.normalize("NFKC", text).upper().replace("•", "·").split())


def variant(text: str) -> str:
    """The key that also folds variants."""
    return exact(text)


def exact_column(texts: Sequence[str]) -> list[str]:
    """`exact` of each."""
    return [exact(text) for text in texts]


def variant_column(texts: Sequence[str]) -> list[str]:
    """`variant` of each."""
    return [variant(text) for text in texts]


def marks(text: str) -> tuple[Mark, ...]:
    """What a person should look at in `text`."""
    return (Mark.SPACES,) if text != text.strip() else ()

"""The folds that a rules file may name: each makes of one text none, one or several."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import NoneType
from typing import Any, Final, cast

from custmaster.errors import InvalidValue, UnusableInput
from custmaster.value import fold
from custmaster.value.dates import read_date

__all__ = ["FOLDS", "MADE", "Fold", "fold_of"]

Fold = Callable[[str], list[str]]
"""What a text becomes: no text, one, or several."""

_DIGITS: Final = re.compile("[^0-9]+")
_LETTERS: Final = re.compile("[^A-Z]+")
_SIGNS: Final = re.compile("[^0-9A-Z㐀-鿿]+")


def _exact(text: str) -> list[str]:
    return [fold.exact(text)]


def _variant(text: str) -> list[str]:
    return [fold.variant(text)]


def _digits(text: str) -> list[str]:
    """Its digits alone."""
    return [_DIGITS.sub("", fold.exact(text))]


def _letters(text: str) -> list[str]:
    """Its Latin letters alone, in capitals."""
    return [_LETTERS.sub("", fold.exact(text))]


def _plain(text: str) -> list[str]:
    """Words of letters and digits, one blank between them; apostrophes go, other signs are blanks."""
    return [_SIGNS.sub(" ", fold.exact(text).replace("'", "")).strip()]


def _compact(text: str) -> list[str]:
    """Letters and digits without blanks."""
    return [_SIGNS.sub("", fold.exact(text))]


def _sorted(text: str) -> list[str]:
    """Its words in the order of the alphabet, each once."""
    return [" ".join(sorted(set(text.split())))]


def _words(text: str) -> list[str]:
    """Each of its words as a value."""
    return text.split()


def _numbers(text: str) -> list[str]:
    """Each run of digits as a value."""
    return [one for one in _DIGITS.split(text) if one]


FOLDS: Final[Mapping[str, Fold]] = {
    "exact": _exact,
    "variant": _variant,
    "digits": _digits,
    "letters": _letters,
    "plain": _plain,
    "compact": _compact,
    "sorted": _sorted,
    "words": _words,
    "numbers": _numbers,
}
"""The folds that are called by a word alone."""


def fold_of(given: Any, source: str) -> Fold:
    """The fold of a word of `FOLDS`, or of a table with one word and its figure. Errors: UnusableInput.

    `prefix` and `suffix` take so many characters, `word` the n-th word (-1 the last), `least` and `most` drop shorter and longer texts,
    `date` gives every reading by its `patterns` (two figures of a year ask for a `pivot`), `without` takes words away, `instead` puts words
    for words, `before` takes what stands before a sign.

    >>> fold_of("digits", "here")("702-919 1300"), fold_of({"prefix": 3}, "here")("MARTHA")
    (['7029191300'], ['MAR'])
    """
    if isinstance(given, str) and given in FOLDS:
        return FOLDS[given]
    table = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    for word, figure in table.items():
        kind, make = MADE.get(word, (NoneType, None))
        if len(table) == 1 and make is not None and issubclass(type(figure), kind):
            return make(figure)
    raise UnusableInput(source, problem="there is no such fold", remedy=f"one of {', '.join((*FOLDS, *MADE))}")


def _prefix(size: int) -> Fold:
    return lambda text: [text[:size]] if len(text) >= size else []


def _suffix(size: int) -> Fold:
    return lambda text: [text[-size:]] if len(text) >= size else []


def _word(place: int) -> Fold:
    def fold_word(text: str) -> list[str]:
        words = text.split()
        return [words[place]] if words and -len(words) <= place < len(words) else []

    return fold_word


def _least(size: int) -> Fold:
    return lambda text: [text] if len(text) >= size else []


def _most(size: int) -> Fold:
    return lambda text: [text] if len(text) <= size else []


def _date(given: Mapping[str, Any]) -> Fold:
    """Every reading by one of the patterns: 1/2/1985 may be of January and of February."""
    patterns, pivot = given["patterns"], given.get("pivot")

    def readings(text: str) -> Iterator[str]:
        for pattern in patterns:
            with suppress(InvalidValue):
                yield read_date(text, [pattern], pivot).day.isoformat()

    return lambda text: list(readings(text))


def _without(words: list[str]) -> Fold:
    gone = frozenset(words)
    return lambda text: [" ".join(word for word in text.split() if word not in gone)]


def _instead(words: Mapping[str, str]) -> Fold:
    return lambda text: [" ".join(words.get(word, word) for word in text.split())]


def _before(sign: str) -> Fold:
    return lambda text: [text.partition(sign)[0]]


MADE: Final[Mapping[str, tuple[type, Callable[[Any], Fold]]]] = {
    "prefix": (int, _prefix),
    "suffix": (int, _suffix),
    "word": (int, _word),
    "least": (int, _least),
    "most": (int, _most),
    "date": (dict, _date),
    "without": (list, _without),
    "instead": (dict, _instead),
    "before": (str, _before),
}
"""The folds that take a figure, and what the figure is."""

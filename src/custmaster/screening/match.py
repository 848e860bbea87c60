"""Whether somebody is the one meant by an entry of a list: what connects the two, what speaks against it, and how far it goes.

The rules are the tables ANSWERS and STEPS: equal documents and exact names are hits, anything weaker is for a person; what
contradicts an equal name takes it down, and what contradicts an equal document is told beside it. Source: R-57; requirements.md B4, B8.10.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.screening.keys import Wanted
from custmaster.value.called import Called, may_be_one

__all__ = ["ANSWERS", "STEPS", "Answer", "How", "Match", "Trait", "match"]


class Answer(StrEnum):
    """How far it goes: a HIT, a REVIEW for a person, or CLEARED: a name that other facts speak against."""

    HIT = "HIT"
    REVIEW = "REVIEW"
    CLEARED = "CLEARED"


class How(StrEnum):
    """What connects the two, strongest first.

    DOCUMENT: family, number and 重号 flag are equal. NAME: the exact keys of two undamaged names are equal. DOCUMENT_FLAGGED: one of two equal
    numbers is marked 重号. DOCUMENT_UPGRADED: a citizen's 15 digits and the 18 that they become. NAME_VARIANT: the names are equal but for
    variants (simplified, traditional, rare) or a unit's legal form. NAME_DAMAGED: what can be read of a damaged name is equal.
    """

    DOCUMENT = "DOCUMENT"
    NAME = "NAME"
    DOCUMENT_FLAGGED = "DOCUMENT_FLAGGED"
    DOCUMENT_UPGRADED = "DOCUMENT_UPGRADED"
    NAME_VARIANT = "NAME_VARIANT"
    NAME_DAMAGED = "NAME_DAMAGED"


class Trait(StrEnum):
    """What two agree or differ in. DOCUMENT: the number of one family whose number stays with its holder."""

    NAME = "NAME"
    DOCUMENT = "DOCUMENT"
    BIRTH_DATE = "BIRTH_DATE"
    SEX = "SEX"


ANSWERS: Final[Mapping[How, Answer]] = MappingProxyType(
    {
        How.DOCUMENT: Answer.HIT,
        How.NAME: Answer.HIT,
        How.DOCUMENT_FLAGGED: Answer.REVIEW,
        How.DOCUMENT_UPGRADED: Answer.REVIEW,
        How.NAME_VARIANT: Answer.REVIEW,
        How.NAME_DAMAGED: Answer.REVIEW,
    }
)
"""What each connection amounts to before anything speaks against it; total."""

STEPS: Final[Mapping[Trait, int]] = MappingProxyType(
    {
        Trait.NAME: 0,  # the connection itself
        Trait.DOCUMENT: 1,  # numbers are typed wrongly, and a few are given anew
        Trait.BIRTH_DATE: 2,  # another birth date is another person
        Trait.SEX: 1,  # the field that is most often wrong
    }
)
"""By how many steps (HIT, REVIEW, CLEARED) a difference takes a connection by name down; total. Documents are not taken down."""

_BY_NAME: Final = frozenset({How.NAME, How.NAME_VARIANT, How.NAME_DAMAGED})
_ORDER: Final = tuple(Answer)


@frozen(kw_only=True)
class Match:
    """What connects somebody with an entry (`how`, strongest first), what else agrees, what speaks against, and how far it goes."""

    answer: Answer
    how: tuple[How, ...]
    agrees: tuple[Trait, ...] = ()
    against: tuple[Trait, ...] = ()


def match(asked: Wanted, listed: Wanted) -> Match | None:
    """What connects the two, whoever comes first; None when nothing does. A person and a unit are never connected.

    >>> from datetime import date
    >>> from custmaster.screening.keys import wanted
    >>> from custmaster.screening.listing import Identity
    >>> from custmaster.value.name import Name
    >>> def born(year):
    ...     return wanted(Identity(names=[Name("张伟")], birth_date=date(year, 1, 1)))
    >>> match(born(1980), born(1980)).answer, match(born(1980), born(1981)).answer
    (<Answer.HIT: 'HIT'>, <Answer.CLEARED: 'CLEARED'>)
    """
    if asked.kind != listed.kind:
        return None
    ties = {*_papers(asked, listed), *_names(asked, listed)}
    if not ties:
        return None
    return _weighed(frozenset(ties), tuple(_traits(asked, listed, ties)))


@cache
def _weighed(ties: frozenset[How], traits: tuple[tuple[Trait, bool], ...]) -> Match:
    """What connections and traits amount to together: there are so few of them that each is weighed once."""
    how, told = tuple(one for one in How if one in ties), dict(traits)
    against = tuple(trait for trait in Trait if told.get(trait) is False)
    agrees = tuple(trait for trait in Trait if told.get(trait) is True)
    steps = sum(STEPS[trait] for trait in against)
    place = min(_place(one, steps) for one in how)
    return Match(answer=_ORDER[place], how=how, agrees=agrees, against=against)


def _place(how: How, steps: int) -> int:
    """Where the answer stands in their order, after what speaks against it."""
    first = _ORDER.index(ANSWERS[how])
    return min(first + steps, len(_ORDER) - 1) if how in _BY_NAME else first


def _papers(asked: Wanted, listed: Wanted) -> Iterator[How]:
    if not asked.numbers.isdisjoint(listed.numbers):
        for family, number, flag in asked.papers:
            for other_family, other_number, other_flag in listed.papers:
                if (family, number) == (other_family, other_number):
                    yield How.DOCUMENT if flag is other_flag else How.DOCUMENT_FLAGGED
    if not (asked.upgraded.isdisjoint(listed.numbers) and asked.numbers.isdisjoint(listed.upgraded)):
        yield How.DOCUMENT_UPGRADED


def _names(asked: Wanted, listed: Wanted) -> Iterator[How]:
    for name in asked.names:
        for other in listed.names:
            found = _name(name, other)
            if found is not None:
                yield found


def _name(name: Called, other: Called) -> How | None:
    if name.damaged or other.damaged:
        return How.NAME_DAMAGED if may_be_one(name.loose, other.loose) else None
    if name.exact == other.exact:
        return How.NAME
    return How.NAME_VARIANT if name.loose == other.loose else None


def _traits(asked: Wanted, listed: Wanted, how: Collection[How]) -> Iterator[tuple[Trait, bool]]:
    """What both state of each trait: True where they agree, False where they differ; nothing where one is silent."""
    if asked.births and listed.births:
        yield Trait.BIRTH_DATE, not asked.births.isdisjoint(listed.births)
    if asked.sexes and listed.sexes:
        yield Trait.SEX, not asked.sexes.isdisjoint(listed.sexes)
    if asked.names and listed.names and _BY_NAME.isdisjoint(how):
        yield Trait.NAME, False
    if _BY_NAME.issuperset(how) and _other_numbers(asked, listed):
        yield Trait.DOCUMENT, False


def _other_numbers(asked: Wanted, listed: Wanted) -> bool:
    both = asked.lifelong.keys() & listed.lifelong.keys()
    return any(asked.lifelong[family].isdisjoint(listed.lifelong[family]) for family in both)

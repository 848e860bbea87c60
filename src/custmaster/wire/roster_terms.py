"""By what the files of a roster (名单) are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from attrs import Factory, field, frozen

from custmaster.handbook import Page
from custmaster.wire.roster_mapping import ANYHOW, RosterMapping
from custmaster.wire.roster_words import RosterFile

__all__ = ["RosterTerms"]


def _quiet(stage: RosterFile, done: int, total: int | None) -> None:
    """Nobody is watching."""


@frozen(kw_only=True)
class RosterTerms:
    """By what they are read: the day, the handbook's page with the ladder, the mapping, today's numbers of old ones, and who is told how far.

    `last` is the day of the last review. `progress` is given the file, the rows that are read, and how many there are, None where nobody knows.
    """

    page: Page
    day: date
    last: date | None = None
    mapping: RosterMapping = ANYHOW
    aliases: Mapping[str, tuple[str, ...]] = Factory(dict[str, tuple[str, ...]])
    progress: Callable[[RosterFile, int, int | None], None] = field(default=_quiet, repr=False)

"""One item of a steward's worklist: what is asked about which records, and where it stands. Nothing in it is personal data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.dedup.links import in_order

__all__ = ["QUESTION_LIMIT", "Closing", "Item", "ItemState", "ItemType", "Question", "item_of", "row_key"]

QUESTION_LIMIT: Final = 1000
"""How many pairs an item lists; how many more there are stands in `unlisted`."""


class ItemType(StrEnum):
    """Why a steward is asked.

    ABOVE: records are linked, or share a document, and something speaks against it: another name, a ruling, a veto. BELOW: a link that a
    person must judge. MARGIN: a record could belong to either of two clusters that are not linked with each other. UPDATE: a cluster has
    other members than in the last run. Source: the notification types of JeMPI (field.md, stewardship).
    """

    ABOVE = "ABOVE"
    BELOW = "BELOW"
    MARGIN = "MARGIN"
    UPDATE = "UPDATE"


class ItemState(StrEnum):
    """OPEN: somebody should look. POSTPONED: not before a day. CLOSED: nothing is left to be asked."""

    OPEN = "OPEN"
    POSTPONED = "POSTPONED"
    CLOSED = "CLOSED"


class Closing(StrEnum):
    """Why an item was closed.

    DECIDED: a steward ruled. RECORD_GONE: a record that it asks about is no longer there. JOINED: its records are in one automatic
    cluster by now. SEEN: it told of a change, which the last run has shown. NO_LONGER: what had raised it does not hold any more.
    """

    DECIDED = "DECIDED"
    RECORD_GONE = "RECORD_GONE"
    JOINED = "JOINED"
    SEEN = "SEEN"
    NO_LONGER = "NO_LONGER"


@frozen(kw_only=True)
class Question:
    """Two records that may be one, and what says so: the evidence and the name of the row, of the veto or of who ruled."""

    left: str
    right: str
    evidence: str = ""
    row: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The two records, the lesser text first."""
        return in_order(self.left, self.right)


if TYPE_CHECKING:

    def _questions(values: Iterable[Question]) -> tuple[Question, ...]: ...

else:
    _questions = tuple


@frozen(kw_only=True)
class Item:
    """One item: `id` is made of its type and records, so that it is the same from run to run.

    `until` stands with POSTPONED; `closing` and `closed_on` with CLOSED; `gone` names the records that are no longer there.
    """

    schema: int = 1
    id: str
    type: ItemType
    questions: tuple[Question, ...] = field(converter=_questions)
    unlisted: int = 0
    opened_on: date
    state: ItemState = ItemState.OPEN
    until: date | None = None
    closed_on: date | None = None
    closing: Closing | None = None
    gone: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """Every record that it names, each once, sorted."""
        return tuple(sorted({record for one in self.questions for record in one.pair}))

    def key_of(self, question: Question) -> str:
        """What names one row of a sheet: the item, and a check of its two records, in case columns are sorted apart.

        >>> item = item_of(ItemType.BELOW, [Question(left="a", right="b")], date(2026, 11, 24))
        >>> item.key_of(item.questions[0])
        'BELOW-dcf5d70736694b4b:aa381676'
        """
        return row_key(self.id, question.pair)


def row_key(item: str, pair: tuple[str, str]) -> str:
    """The key of the row of an item that asks about the pair.

    >>> row_key("BELOW-1", ("a", "b")) == row_key("BELOW-1", ("a", "c"))
    False
    """
    return f"{item}:{_digest((item, *pair))[:8]}"


def item_of(kind: ItemType, questions: Iterable[Question], day: date) -> Item:
    """An open item with its id; of more than QUESTION_LIMIT pairs the first are listed.

    >>> one, other = Question(left="a", right="b"), Question(left="b", right="a", row="NAME_MOBILE")
    >>> ids = {item_of(ItemType.BELOW, [question], date(2026, 11, 24)).id for question in (one, other)}
    >>> len(ids)
    1
    """
    asked = list(questions)
    pairs = sorted(question.pair for question in asked)
    return Item(
        id=f"{kind}-{_digest((kind, *(record for pair in pairs for record in pair)))}",
        type=kind,
        questions=asked[:QUESTION_LIMIT],
        unlisted=max(len(asked) - QUESTION_LIMIT, 0),
        opened_on=day,
    )


def _digest(parts: Iterable[str]) -> str:
    """One text for a list of texts: each with its length before it, so that no two lists are told alike."""
    told = "".join(f"{len(part)}:{part}" for part in parts)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()

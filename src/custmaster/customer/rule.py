"""The form of a rule on one entry: a row with a code, how far it goes, its article, and the sentence that must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import define, frozen

from custmaster.customer.codes import EntryCode
from custmaster.customer.entry import Entry
from custmaster.decision import Citation, Fact, Outcome, Reason, Remark
from custmaster.errors import Fault
from custmaster.handbook import Key, Page
from custmaster.value.document import IdentityDocument
from custmaster.value.identity.registry import Reading
from custmaster.value.sex import Sex

__all__ = ["BROKEN", "Broken", "DocumentFacts", "EntryFacts", "Need", "Rule", "before", "cite", "remark"]

F = TypeVar("F")
Broken = Mapping[str, Fact] | None
BROKEN: Mapping[str, Fact] = {}
"""What a rule gives when it is broken and there is nothing to add."""


# Not frozen, for that takes twice the time to make, and one of each is made for a row of a file.
@define(kw_only=True, eq=False, repr=False)
class EntryFacts:
    """An entry, the bank's day, and which fields its source carries at all (a field that no column feeds is not missing)."""

    entry: Entry
    day: date
    carried: frozenset[str]


@define(kw_only=True, eq=False, repr=False)
class DocumentFacts:
    """One document of an entry with what its number says: either a reading, or all the faults that prevent one.

    `born` and `sex` are what the number states; both are None when it states nothing.
    """

    entry: Entry
    day: date
    document: IdentityDocument
    reading: Reading | None = None
    faults: tuple[Fault, ...] = ()
    born: date | None = None
    sex: Sex | None = None


class Need(StrEnum):
    """What a document must have before a rule can find anything in it: so most rules are not even asked of most documents.

    FAULT: a number that is not well-formed. FLAG: something worth knowing about the number. ISSUED, EXPIRES: that day.
    """

    FAULT = "FAULT"
    FLAG = "FLAG"
    ISSUED = "ISSUED"
    EXPIRES = "EXPIRES"


@frozen(kw_only=True)
class Rule(Generic[F]):
    """One row of a rule table: `must` gives None while its sentence holds, else the facts for the message.

    `field` is where the remark is shown, relative to what the table is about. Cited is the article of the handbook's `key`, else
    `article`, else (empty) the standard of the number that is judged. Without what it `needs`, `must` gives None.
    """

    code: EntryCode
    outcome: Outcome
    field: str
    must: Callable[[F, Page], Broken]
    article: str = ""
    key: Key[object] | None = None
    needs: Need | None = None


def before(earlier: date | None, later: date | None) -> bool:
    """Whether both days are known and the first is the earlier.

    >>> before(date(2026, 1, 1), None)
    False
    """
    return earlier is not None and later is not None and earlier < later


def cite(rule: Rule[F], page: Page, standard: str = "") -> Citation:
    """What a broken rule cites; a figure that was in force on another day only is named without its article."""
    if rule.key is None:
        return Citation(article=rule.article or standard)
    return Citation(article=standard, key=rule.key.name) if page.get(rule.key) is None else page.cite(rule.key)


def remark(rule: Rule[F], found: Mapping[str, Fact], citation: Citation, *, field: str, subject: str | None) -> Remark:
    """The remark that a broken rule makes at `field`."""
    reason = Reason(code=rule.code, outcome=rule.outcome, citation=citation, subject=subject, facts=found)
    return Remark(field=field, reason=reason)

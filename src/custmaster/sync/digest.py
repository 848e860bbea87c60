"""The periodic exchange of digests, which finds what no message can tell: records that were purged or changed behind sync's back."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import blake2b

from attrs import frozen

from custmaster.sync.replica import Replica

__all__ = ["Difference", "Digest", "DigestCode", "compare", "digest"]


@frozen(kw_only=True)
class Digest:
    """Where a system stands with one customer, and a seal of what the owner last said; no value can be read from it in practice.

    The seal is no secret: whoever can guess a whole record can try it. Send digests where you would send the records.
    """

    number: str
    epoch: int
    rev: int
    ack: int
    seal: str


class DigestCode(StrEnum):
    """What the comparison of two digests says."""

    MISSING_HERE = "MISSING_HERE"
    MISSING_THERE = "MISSING_THERE"
    VERSION_DIFFERS = "VERSION_DIFFERS"
    """Messages are under way; if it stays, a system was restored without `resume`."""
    CONTENT_DIFFERS = "CONTENT_DIFFERS"
    """The same version with other values: the peer repairs."""


@frozen(kw_only=True)
class Difference:
    """A customer on which the two systems do not agree."""

    number: str
    code: DigestCode


def digest(replica: Replica) -> Digest:
    """The digest of one customer; unanswered edits of a peer are no part of it. Source: sync.md H15.

    >>> from custmaster.sync.replica import blank
    >>> digest(blank(number="6000000001", system="BP", other="EUSP", owner=True)).rev
    0
    """
    values = replica.values if replica.owner else replica.base
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in values.items())
    seal = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Digest(number=replica.number, epoch=replica.epoch, rev=replica.rev, ack=replica.ack, seal=seal)


def compare(mine: Iterable[Digest], theirs: Iterable[Digest]) -> tuple[Difference, ...]:
    """The customers on which two systems differ, by number; give the digests of present customers only.

    >>> one = Digest(number="6000000001", epoch=0, rev=1, ack=0, seal="aa")
    >>> [found.code.value for found in compare([one], [])]
    ['MISSING_THERE']
    """
    here = {one.number: one for one in mine}
    there = {one.number: one for one in theirs}
    found = ((number, _code(here.get(number), there.get(number))) for number in sorted({*here, *there}))
    return tuple(Difference(number=number, code=code) for number, code in found if code is not None)


def _code(mine: Digest | None, theirs: Digest | None) -> DigestCode | None:
    if mine is None:
        return DigestCode.MISSING_HERE
    if theirs is None:
        return DigestCode.MISSING_THERE
    if (mine.epoch, mine.rev, mine.ack) != (theirs.epoch, theirs.rev, theirs.ack):
        return DigestCode.VERSION_DIFFERS
    return None if mine.seal == theirs.seal else DigestCode.CONTENT_DIFFERS

"""What a search must have met: one that never saw a conflict has shown nothing about conflicts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from custmaster.sim.sync._lab import Lab, Move
from custmaster.sync.codes import SyncCode
from custmaster.sync.messages import Full, Handoff, KeyInfo

__all__ = ["MET", "met"]

_TOLD: Final = {
    "EDIT_LOST": "conflict",
    "CREATION_COLLIDES": "creation collides",
    "STATUS_OVERRIDDEN": "status overridden",
    "MERGE_CYCLE": "merge would end in a circle",
    "UNCERTAIN_AFTER_RESTORE": "edit uncertain after a restore",
}
_REFUSED: Final[dict[str | None, str]] = {
    SyncCode.OTHER_CATALOGUE: "parked for another catalogue",
    SyncCode.OTHER_INCARNATION: "message of an old life dropped",
    SyncCode.OTHER_EPOCH: "message of an old epoch dropped",
}
MET: Final[tuple[str, ...]] = (
    *_TOLD.values(),
    *_REFUSED.values(),
    "repeated message",
    "stale FULL dropped",
    "late KEY of an old epoch",
    "handoff with pending edits",
    "snapshot after a restore",
)
"""Everything that is counted."""


def met(lab: Lab, side: int, element: int, move: Move) -> Iterator[str]:
    """What this arrival is an instance of."""
    yield from _told(lab, side, move)
    if move.refused in _REFUSED:
        yield _REFUSED[move.refused]
    before, message = lab.sides[side].replica, lab.elements[element].message
    if move.after == side and move.refused is None:
        yield "repeated message"
        if isinstance(message, Full) and (message.rev, message.ack) < (before.rev, before.ack):
            yield "stale FULL dropped"
    if isinstance(message, KeyInfo) and message.epoch < before.epoch:
        yield "late KEY of an old epoch"
    if isinstance(message, Handoff) and message.epoch > before.epoch and before.pending:
        yield "handoff with pending edits"
    if before.recovering and not lab.sides[move.after].replica.recovering:
        yield "snapshot after a restore"


def _told(lab: Lab, side: int, move: Move) -> Iterator[str]:
    for code in sorted({one.code for one in lab.sides[move.after].told - lab.sides[side].told}):
        if code in _TOLD:
            yield _TOLD[code]

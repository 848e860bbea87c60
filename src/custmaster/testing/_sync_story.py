"""How a pair of hosts tells what happened: messages in words, promises by their names, and the violation with its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from custmaster.sync import Message

__all__ = ["PROMISES", "Sent", "SyncViolation", "named"]


class SyncViolation(AssertionError):
    """A host did what the protocol forbids: which promise, in a sentence, and the story that led there."""

    def __init__(self, promise: str, sentence: str, story: Sequence[str]) -> None:
        self.promise: Final = promise
        self.sentence: Final = sentence
        self.story: Final = tuple(story)
        told = "\n".join(f"  {place:3}. {line}" for place, line in enumerate(self.story, start=1))
        super().__init__(f"{promise}: {sentence}\n{told}")


@frozen
class Sent:
    """A message on the network."""

    receiver: str
    data: bytes
    message: Message


PROMISES: Final[Mapping[str, str]] = {
    # the case: the promise that a wrong record breaks there
    "KEY taken": "L4, no edit is lost in silence",
    "KEY lost": "S5, no lost update",
    "KEY again": "S8, the same edit is applied once",
    "late KEY": "S1, one owner",
    "stale FULL": "S6, versions only rise",
    "FULL beside pending edits": "L4, an edit that is not answered stays",
    "FULL": "L2, the peer takes what the owner says",
    "FULL of another epoch": "S1, one owner",
    "HANDOFF": "S1, the payload is the record that was handed over",
    "HANDOFF with pending edits": "S5, no lost update, also when the ownership moves",
    "late HANDOFF": "S1, one owner",
    "of another life": "3.6, messages of another life change nothing",
    "SNAP": "3.6, the newer of the two states",
    "SNAP older": "3.6, the newer of the two states",
    "SNAP unasked": "3.6, SNAP is taken while recovering alone",
}


def named(message: Message) -> str:
    """The message in a few words, without what it says of the customer."""
    kind = type(message).__name__
    parts = {name: getattr(message, name) for name in ("epoch", "rev", "ack", "pseq") if hasattr(message, name)}
    told = " ".join(f"{name} {value}" for name, value in parts.items())
    return f"{_KINDS[kind]} of {message.number} from {message.sender} ({told})"


_KINDS: Final = {
    "KeyInfo": "KEY",
    "Full": "FULL",
    "Ack": "ACK",
    "Handoff": "HANDOFF",
    "Resync": "RESYNC",
    "Snapshot": "SNAP",
}

"""What the variants are put together from: the real rules, asked with another replica or message, and their answers put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from attrs import evolve

from custmaster.sync import making
from custmaster.sync.messages import Ack, Full, Message, Proposal
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES
from custmaster.sync.weigh import ALONE, Surroundings

__all__ = ["Deliver", "OnKind", "anew", "idle", "new_edits", "on", "saying", "unsealed"]

M = TypeVar("M", bound=Message)
OnKind = Callable[[Replica, M, Setting, Surroundings], Step]
"""What is done with one kind of message."""


class Deliver(Protocol):
    """`deliver`, as the rules have it."""

    def __call__(
        self, replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /
    ) -> Step:
        """Take one message into the replica."""
        ...


def on(kind: type[M]) -> Callable[[OnKind[M]], Deliver]:
    """Another way with one kind of message; with the others it is as the rules have it."""

    def replacing(way: OnKind[M]) -> Deliver:
        def deliver(
            replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /
        ) -> Step:
            if isinstance(message, kind):
                return way(replica, message, setting, surroundings)
            return RULES.deliver(replica, message, setting, surroundings)

        return deliver

    return replacing


def idle(step: Step) -> bool:
    """Whether the rules refused or parked the message: a variant leaves that as it is."""
    return step.refused is not None or step.parked is not None


def anew(step: Step, replica: Replica, setting: Setting) -> Step:
    """The step with another replica, and what it answers said by that replica."""
    return evolve(step, replica=replica, replies=tuple(_said(one, replica, setting) for one in step.replies))


def _said(reply: Message, replica: Replica, setting: Setting) -> Message:
    match reply:
        case Full():
            return making.full(replica, setting)
        case Ack():
            return making.ack(replica, setting)
        case _:
            return reply


def saying(step: Step, change: Callable[[Message], Message]) -> Step:
    """The step with each answer changed."""
    return evolve(step, replies=tuple(map(change, step.replies)))


def unsealed(step: Step) -> Step:
    """The step without the digest of the last edit, for variants whose repeated messages differ."""
    return evolve(step, replica=evolve(step.replica, seal=None))


def new_edits(proposals: Iterable[Proposal], replica: Replica) -> tuple[Proposal, ...]:
    """Those proposals that the owner has not processed."""
    return tuple(one for one in proposals if one.pseq > replica.ack)

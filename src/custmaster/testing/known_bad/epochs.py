"""Mistakes about messages of an earlier ownership, which arrive when the customer has another owner, or the first one again."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from custmaster.sync.messages import Full, KeyInfo
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Reach
from custmaster.testing.known_bad._parts import idle, on

__all__ = ["EPOCHS"]


@on(KeyInfo)
def _old_key(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    late = replica.owner and message.epoch < replica.epoch
    step = RULES.deliver(replica, evolve(message, epoch=replica.epoch) if late else message, setting, surroundings)
    return evolve(step, replica=replica) if idle(step) else step


@on(Full)
def _early_full(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if not idle(step) or replica.owner or replica.recovering or message.epoch >= replica.epoch:
        return step
    return Step(replica=evolve(replica, handoff=None))


EPOCHS: Final = (
    KnownBad(
        name="KEY_OF_OLD_EPOCH_TAKEN",
        breaks="3.3 rule 3, H12: a KEY of another epoch is dropped",
        hole="The ownership has gone and come back; an edit that was dealt with meanwhile is processed again.",
        why="This system is the owner, and it is asked as the owner.",
        scope=Reach(edits=2, handoffs=2),
        rules=Rules(deliver=_old_key),
    ),
    KnownBad(
        name="OLD_FULL_CLOSES_HANDOFF",
        breaks="3.3 rules 4 and 7: a FULL of the current epoch ends the handoff, no other",
        hole="The customer came, went back at once, and the FULL of before ends the second handoff: nobody owns it.",
        why="A FULL comes from an owner, so there is one.",
        scope=Reach(edits=1, handoffs=2),
        rules=Rules(deliver=_early_full),
    ),
)
"""The mistakes of this module."""

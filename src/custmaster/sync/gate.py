"""Before a message meets a record: is it for this system, and is its customer one of the number plan's? And where the parked ones wait."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import assert_never

from attrs import frozen

from custmaster.sync.codes import SyncCode
from custmaster.sync.fields import FieldValues
from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Message, Resync, Snapshot
from custmaster.sync.options import Setting
from custmaster.value.number_plan import NumberPlan

__all__ = ["NOBODY_WAITS", "PARKED_FOR", "Parking", "admit", "parked_edges"]

PARKED_FOR = frozenset({SyncCode.NUMBER_IN_NO_RANGE, SyncCode.OTHER_CATALOGUE})
"""What a message is parked for: time may cure it. For every other code it is refused."""


def admit(message: Message, system: str, plan: NumberPlan, setting: Setting) -> SyncCode | None:
    """Why the message is not taken to its record; None when it is. Codes in PARKED_FOR say: keep it. Source: sync.md A6.

    A number in no range is parked and never guessed: the other system may have a newer number plan.
    """
    if message.receiver != system or message.sender == system or message.sender not in plan.systems:
        return SyncCode.WRONG_SYSTEM
    if plan.range_of(message.number) is None:
        return SyncCode.NUMBER_IN_NO_RANGE
    return None if message.catalogue == setting.catalogue.fingerprint else SyncCode.OTHER_CATALOGUE


@frozen(kw_only=True)
class Parking:
    """The messages that wait, the newest of each customer and kind: every kind tells all that its older ones told.

    >>> from custmaster.sync.messages import Resync
    >>> told = Resync(number="9", sender="BP", receiver="EUSP", catalogue="", incarnations=(0, 0), epoch=0)
    >>> held = NOBODY_WAITS.park(told).park(told)
    >>> len(held.messages), held.release(lambda message: True)[1].messages
    (1, ())
    """

    messages: tuple[Message, ...] = ()

    def park(self, message: Message) -> Parking:
        """The parking with the message in it, in the place of an older one of its customer and kind."""
        others = tuple(one for one in self.messages if _place(one) != _place(message))
        held = next((one for one in self.messages if _place(one) == _place(message)), None)
        newest = message if held is None or _age(held) <= _age(message) else held
        return Parking(messages=(*others, newest))

    def release(self, takes: Callable[[Message], bool]) -> tuple[tuple[Message, ...], Parking]:
        """The messages that `takes` now, to be delivered by the caller, and the parking without them."""
        free = tuple(one for one in self.messages if takes(one))
        return free, Parking(messages=tuple(one for one in self.messages if one not in free))


NOBODY_WAITS = Parking()
"""The empty parking."""


def _place(message: Message) -> tuple[str, str, str]:
    return message.number, message.sender, type(message).__name__


def _age(message: Message) -> tuple[int, ...]:
    match message:
        case KeyInfo():
            return (*message.incarnations, message.epoch, message.pseq)
        case Full() | Ack() | Handoff() | Snapshot():
            return (*message.incarnations, message.epoch, message.rev, message.ack)
        case Resync():
            return (*message.incarnations, message.epoch)
    assert_never(message)


def parked_edges(values: FieldValues, known: Container[str]) -> tuple[str, ...]:
    """The relationships whose other customer is not known here: they are held and travel, and the host does not show them yet.

    No message waits for them, for two customers that point at each other would wait for ever. Source: sync.md A4.

    >>> parked_edges(FieldValues({"relationship/SPOUSE/6000000002": "ACTIVE"}), known=())
    ('relationship/SPOUSE/6000000002',)
    """
    return tuple(
        name for name in values.names if name.startswith("relationship/") and name.rpartition("/")[2] not in known
    )

"""A core in memory: one system with its customers, as a host application would keep them, and the crashes that it may suffer.

What it stores is stored at once: record, replica, reports, parking. Nothing else survives a crash, and nothing else need survive it: what
it owes follows from the replicas. The counts of its lives, one for each customer that it ever held, are kept outside the backup.
"""

from __future__ import annotations

from attrs import evolve, frozen

from custmaster.errors import InvalidValue
from custmaster.sim.sync._book import Deed, Element, Notes, Side
from custmaster.sim.sync._watch import Act, Watch
from custmaster.sim.sync.faults import CrashPoint
from custmaster.sync.codes import SyncCode
from custmaster.sync.digest import Digest, digest
from custmaster.sync.fields import FieldValues
from custmaster.sync.gate import NOBODY_WAITS, PARKED_FOR, Parking, admit
from custmaster.sync.messages import Message
from custmaster.sync.observe import NoChange, observe
from custmaster.sync.options import Setting
from custmaster.sync.replica import blank
from custmaster.value.number_plan import NumberPlan, NumberRange, Role
from custmaster.wire.sync_messages import message_from_bytes, message_to_bytes

__all__ = ["PLAN", "Backup", "Core", "Letter", "Row", "letter"]

PLAN = NumberPlan(
    width=10,
    ranges=(
        NumberRange(name="new", low="6000000000", high="6999999999", owner="BP", example=True),
        NumberRange(name="old", low="1000000000", high="1999999999", owner="EUSP", example=True),
    ),
)
"""The number plan of both cores: the new range belongs to BP, the old one to EUSP."""


@frozen(kw_only=True)
class Letter:
    """A message as bytes, and beside it the authors of its worn values, which no real network carries."""

    body: bytes
    receiver: str
    number: str
    notes: Notes = ()


def letter(element: Element) -> Letter:
    """The message, ready for the network."""
    message = element.message
    return Letter(body=message_to_bytes(message), receiver=message.receiver, number=message.number, notes=element.notes)


@frozen(kw_only=True)
class Row:
    """What is stored of one customer in one transaction: the record that people see, and the side with its replica."""

    record: FieldValues
    side: Side


@frozen(kw_only=True)
class Backup:
    """All that a core had stored at one moment."""

    rows: dict[str, Row]
    parking: Parking


class Core:
    """One system. `repaired` counts the customers whose record and replica were found apart after a crash."""

    def __init__(self, system: str, other: str, watch: Watch, settings: tuple[Setting, Setting]) -> None:
        self.system = system
        self.other = other
        self.watch = watch
        self.settings = settings
        self.upgraded = False
        self.rows: dict[str, Row] = {}
        self.parking = NOBODY_WAITS
        self.lives: dict[str, int] = {}
        self.repaired = 0
        self._authors: dict[Message, Notes] = {}

    @property
    def setting(self) -> Setting:
        """The catalogue and options of today."""
        return self.settings[self.upgraded]

    # What is asked of it.

    def side(self, number: str) -> Side:
        """What the core has stored of the customer; a blank one when it has nothing."""
        row = self.rows.get(number)
        if row is not None:
            return row.side
        owner = PLAN.role(number, self.system) is Role.OWNER
        return Side(
            replica=blank(
                number=number,
                system=self.system,
                other=self.other,
                owner=owner,
            )
        )

    def write(self, number: str, deed: Deed, place: int, crash: CrashPoint | None = None) -> Act:
        """A user does something to a customer."""
        act = self.watch.write(self.side(number), deed, place, self.setting)
        return self._settled(number, act, crash)

    def hand_over(self, number: str) -> Act:
        """The customer goes to the other system."""
        return self._settled(number, self.watch.hand_over(self.side(number), self.setting), None)

    def receive(self, arrived: Letter, crash: CrashPoint | None = None) -> Act:
        """A letter is opened: refused when it cannot be read, parked when it is for later, else taken to its customer."""
        try:
            message = message_from_bytes(arrived.body)
        except (InvalidValue, ExceptionGroup):
            return Act(after=self.side(arrived.number), refused=SyncCode.MALFORMED)
        code = admit(message, self.system, PLAN, self.setting)
        if code is not None:
            if code in PARKED_FOR:
                self.parking = self.parking.park(message)
                self._authors[message] = arrived.notes
            return Act(after=self.side(arrived.number), refused=code)
        return self._opened(Element(message=message, notes=arrived.notes), crash)

    def _opened(self, element: Element, crash: CrashPoint | None) -> Act:
        message = element.message
        act = self.watch.deliver(self.side(message.number), element, self.setting)
        return self._settled(message.number, act, crash)

    def owed(self, number: str) -> Act:
        """What the core owes the other about the customer."""
        return self.watch.owed(self.side(number), self.setting)

    def digests(self) -> tuple[Digest, ...]:
        """A digest of every customer that is here."""
        return tuple(digest(row.side.replica) for row in self.rows.values() if row.side.replica.present)

    # What happens to it.

    def _settled(self, number: str, act: Act, crash: CrashPoint | None) -> Act:
        """Store the step, as far as the crash lets it be stored; what is not stored has not happened."""
        before = self.rows.get(number)
        self.lives.setdefault(number, 0)
        whole = Row(record=act.after.replica.values, side=act.after)
        changed = act.after is not self.side(number) and (before is None or act.after != before.side)
        match crash:
            case CrashPoint.BEFORE_COMMIT:
                return evolve(act, after=self.side(number), sent=(), refused="CRASHED")
            case CrashPoint.TORN_RECORD_ALONE if before is not None:
                self.rows[number] = evolve(before, record=whole.record)
                return evolve(act, after=before.side, sent=(), refused="CRASHED")
            case CrashPoint.TORN_STATE_ALONE if before is not None:
                self.rows[number] = evolve(before, side=whole.side)
            case _ if changed:
                self.rows[number] = whole
            case _:
                pass
        return act if crash in {None, CrashPoint.AFTER_SEND} else evolve(act, sent=())

    def restart(self) -> None:
        """After a crash: every record is held against its replica, which is right, and mended where they are apart."""
        for number, row in self.rows.items():
            values = dict(row.side.replica.values.items())
            if not isinstance(observe(row.side.replica, values, dict(row.record.items()), self.setting), NoChange):
                self.rows[number] = evolve(row, record=row.side.replica.values)
                self.repaired += 1

    def backup(self) -> Backup:
        """All that is stored."""
        return Backup(rows=dict(self.rows), parking=self.parking)

    def restore(self, kept: Backup) -> list[Act]:
        """The core is as it was, and begins another life with every customer that it ever held: by asking."""
        self.rows, self.parking = dict(kept.rows), kept.parking
        return [self.mend(number) for number in self.lives]

    def purge(self, number: str) -> None:
        """Somebody deletes the record by hand, and with it all that was stored of the customer."""
        self.rows.pop(number, None)

    def upgrade(self) -> list[tuple[str, Act]]:
        """The core moves to the next catalogue; what waited for it is opened now."""
        self.upgraded = True
        free, self.parking = self.parking.release(
            lambda message: admit(message, self.system, PLAN, self.setting) is None
        )
        waited = (Element(message=message, notes=self._authors.pop(message, ())) for message in free)
        return [(element.message.number, self._opened(element, None)) for element in waited]

    def mend(self, number: str) -> Act:
        """The record is gone, or the digests differ: the core begins another life for this customer, and asks.

        A repair under the old count of lives could be answered by a message that is still on its way from an earlier one.
        """
        before = self.side(number)
        self.lives[number] = self.lives.get(number, 0) + 1
        return self._settled(number, self.watch.resume(before, self.lives[number]), None)

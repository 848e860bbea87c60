"""Two hosts and a network between them, watched: every step is held against what was seen before it, and nothing else is known of the hosts.

The network keeps every message that was ever sent. Whoever drives the pair decides which of them arrives next, twice, or never; `quiesce`
then ends all faults and demands that both come to rest with equal records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy, deepcopy
from typing import Any, Final

from custmaster.sync import Catalogue, Message, Report, Resync
from custmaster.testing._sync_ghost import Content, Expected, Lost, Side, expected
from custmaster.testing._sync_sent import carried_by, outranked, unsound
from custmaster.testing._sync_story import PROMISES, Sent, SyncViolation, named
from custmaster.testing._sync_users import created, edited, handed_over
from custmaster.testing.sync_adapter import (
    KIT_CONFIG,
    Capability,
    CrashPoint,
    EditResult,
    HostConfig,
    HostCrashed,
    HostFactory,
    SyncHost,
)
from custmaster.wire.sync_messages import message_from_bytes

__all__ = ["NUMBERS", "Sent", "SyncPair", "SyncViolation"]

NUMBERS: Final = ("6000000001", "1000000001")
"""The customers of the kit: one of each system."""

_ROUNDS: Final = 24


class SyncPair:
    """Two hosts, made by one factory or by one for each system. Errors: SyncViolation from every step.

    >>> from custmaster.testing.reference_host import reference_hosts
    >>> pair = SyncPair(reference_hosts())
    >>> pair.create("BP", "6000000001"), pair.edit("BP", "6000000001", "name"), pair.quiesce()
    (True, True, None)
    """

    def __init__(
        self,
        factory: HostFactory | dict[str, HostFactory],
        *,
        config: HostConfig = KIT_CONFIG,
        numbers: Sequence[str] = NUMBERS,
    ) -> None:
        self.config = config
        self.catalogue: Catalogue = config.setting.catalogue
        self.numbers: tuple[str, ...] = tuple(numbers)
        self.hosts: dict[str, SyncHost] = {
            system: (factory[system] if isinstance(factory, dict) else factory)(system, config)
            for system in config.systems
        }
        first, second = self.hosts.values()
        self.capabilities: frozenset[Capability] = first.capabilities & second.capabilities
        self.sides: dict[tuple[str, str], Side] = {
            (n, system): Side(owner=config.owner(n) == system) for n in numbers for system in self.hosts
        }
        self.network: list[Sent] = []
        self.counts: Counter[str] = Counter()
        self.story: list[str] = []
        self._carried: dict[bytes, Content] = {}
        self._told = dict.fromkeys(config.systems, 0)
        self._arrived = set[bytes]()
        self._writes = 0
        self._backups: dict[str, tuple[Any, dict[str, Side], int]] = {}
        self._crash: CrashPoint | None = None

    # --- users ---------------------------------------------------------------------------------------------------------------

    def create(self, system: str, number: str, fields: Collection[str] = ("name", "occupation")) -> bool:
        """A user creates the customer with new values; whether it was done."""
        side = self.sides[number, system]
        values = {name: self.value() for name in fields} | {"status": "ACTIVE"}
        creation = f"T-{self._next()}"
        after, reports = created(side, values, creation, (self._next(), self.catalogue))
        self.say(f"{system} creates {number}: {', '.join(values)}")
        must_refuse = side.present or side.recovering
        call = self._host_call(system, lambda host: host.create(number, values, creation))
        return self._user(system, number, call, (after, reports, must_refuse))

    def edit(self, system: str, number: str, *fields: str, value: str | None = "new") -> bool:
        """A user changes the fields: to new values, to the given one, or (None) takes the values away; whether it was done."""
        changes = {name: self.value() if value == "new" else value for name in fields}
        self.say(f"{system} edits {number}: {', '.join(f'{n} = {v}' for n, v in changes.items())}")
        call = self._host_call(system, lambda host: host.edit(number, changes))
        return self._changed(system, number, changes, call)

    def set_status(self, system: str, number: str, status: str) -> bool:
        """A user deletes or reactivates the customer; whether it was done."""
        self.say(f"{system} sets the status of {number} to {status}")
        call = self._host_call(system, lambda host: host.set_status(number, status))
        return self._changed(system, number, {"status": status}, call)

    def _changed(
        self, system: str, number: str, changes: Mapping[str, str | None], call: Callable[[], EditResult]
    ) -> bool:
        side = self.sides[number, system]
        after, reports = edited(side, changes, (self._next(), self.catalogue))
        return self._user(system, number, call, (after, reports, side.recovering or not side.present))

    def hand_over(self, system: str, number: str) -> bool:
        """The owner gives the customer away; whether it was done."""
        side = self.sides[number, system]
        self.say(f"{system} hands {number} over")
        call = self._host_call(system, lambda host: host.hand_over(number))
        must_refuse = side.recovering or not side.present or not side.owner
        return self._user(system, number, call, (handed_over(side), (), must_refuse))

    def _host_call(self, system: str, call: Callable[[SyncHost], EditResult]) -> Callable[[], EditResult]:
        return lambda: call(self.hosts[system])

    def _user(
        self, system: str, number: str, call: Callable[[], EditResult], then: tuple[Side, Sequence[Lost], bool]
    ) -> bool:
        after, reports, must_refuse = then
        crash, self._crash = self._crash, None
        try:
            done = call().refused is None
        except HostCrashed:
            done = crash is CrashPoint.AFTER_COMMIT
            self.counts["crash"] += 1
        else:
            if done is must_refuse:
                told = "was done where it must be refused" if done else "was refused without need"
                raise self.fail(
                    "an operation is done or refused, as the role and the state say",
                    f"{system}: {self.story[-1]} {told}",
                )
        if done:
            self.sides[number, system] = after
            self.counts["edit"] += 1
        self._settle(system, number, reports if done else ())
        return done

    # --- the network ---------------------------------------------------------------------------------------------------------

    def deliver(self, system: str, data: bytes) -> Sequence[bytes]:
        """One message arrives, for the first time or again; its answers, which are on the network too."""
        message = message_from_bytes(data)
        number = message.number
        side = self.sides[number, system]
        outcome = expected(side, message, self._carried.get(data, Content()), self.catalogue)
        self.say(f"{system} receives {named(message)}; due: {outcome.kind}")
        crash, self._crash = self._crash, None
        try:
            replies = self.hosts[system].deliver(data)
        except HostCrashed:
            replies = ()
            self.counts["crash"] += 1
            if crash is not CrashPoint.AFTER_COMMIT:
                self._settle(system, number, ())
                return ()
        self._count(outcome, data)
        self.sides[number, system] = outcome.side
        self._demand(system, number, outcome.lost, case=outcome.kind)
        self._answered(system, message, replies)
        self.poll()
        return replies

    def _count(self, outcome: Expected, data: bytes) -> None:
        self.counts[outcome.kind] += 1
        if data in self._arrived:
            self.counts["duplicate"] += 1
        self._arrived.add(data)

    def _answered(self, system: str, message: Message, replies: Sequence[bytes]) -> None:
        if len(replies) > 1:
            raise self.fail("S7, no loop", f"{system} gives {len(replies)} answers to one message")
        for data in replies:
            reply = self._sent(system, data)
            if not outranked(message, reply):
                raise self.fail("S7, no loop", f"{system} answers {named(message)} by {named(reply)}")

    def poll(self) -> None:
        """Ask both hosts what they owe, and put it onto the network."""
        for system, host in self.hosts.items():
            for data in host.outgoing():
                self._sent(system, data)

    def _sent(self, system: str, data: bytes) -> Message:
        try:
            message = message_from_bytes(data)
        except ExceptionGroup as unread:
            faults = "; ".join(map(str, unread.exceptions))
            raise self.fail(
                "the bytes are those of the protocol", f"{system} sends what cannot be read: {faults}"
            ) from None
        if (message.sender, message.receiver) != (system, self.config.other(system)):
            raise self.fail(
                "a message names its sender and its receiver", f"{system} sends {named(message)} under other names"
            )
        if (message.number, system) not in self.sides:
            raise self.fail("S3, no phantom", f"{system} sends a message about a customer that nobody made")
        side = self.sides[message.number, system]
        self._learn_life(side, message, system)
        problem = unsound(side, message, self.catalogue)
        if problem is not None:
            raise self.fail("what is sent is what is held", f"{system} sends {named(message)}: {problem}")
        if data not in self._carried:
            self._carried[data] = carried_by(side, message)
            self.network.append(Sent(self.config.other(system), data, message))
        return message

    def _learn_life(self, side: Side, message: Message, system: str) -> None:
        """A restored host says itself in which of its lives it is, by its first RESYNC."""
        life, known = message.incarnations
        if side.recovering and isinstance(message, Resync) and life > side.life:
            side.life = life
        if (life, known) != (side.life, side.known):
            raise self.fail(
                "3.6, every message bears the two incarnations", f"{system} sends {named(message)} with others"
            )

    # --- faults --------------------------------------------------------------------------------------------------------------

    def crash_next(self, system: str, point: CrashPoint) -> None:
        """The next transaction of the system dies at this point."""
        self.say(f"{system} will crash: {point}")
        self.hosts[system].crash(point)
        self._crash = point

    def backup(self, system: str) -> None:
        """Copy the storage of the system."""
        self.say(f"{system} is backed up")
        sides = {n: deepcopy(self.sides[n, system]) for n in self.numbers}
        self._backups[system] = (self.hosts[system].backup(), sides, self._told[system])

    def restore(self, system: str) -> None:
        """The system is restored from its last backup, and lives another life."""
        stored, sides, told = self._backups[system]
        self.say(f"{system} is restored")
        self.hosts[system].restore(stored)
        for number in self.numbers:
            life = self.sides[number, system].life
            side = copy(sides[number])
            side.life, side.recovering = life, side.present
            self.sides[number, system] = side
        self._told[system] = told
        self.counts["restore"] += 1
        self._settle(system, self.numbers[0], ())

    def backed_up(self, system: str) -> bool:
        """Whether there is a backup of the system."""
        return system in self._backups

    # --- the end of all faults -----------------------------------------------------------------------------------------------

    def quiesce(self) -> None:
        """Deliver what is owed until nothing is, demand equal records, then deliver every old message once more."""
        self.say("all faults end")
        self.drain()
        self._demand_equal()
        before = [host.reports() for host in self.hosts.values()]
        for sent in tuple(self.network[-60:]):
            self.deliver(sent.receiver, sent.data)
        self._demand_equal()
        if before != [host.reports() for host in self.hosts.values()]:
            raise self.fail("L3, old messages change nothing", "an old message was reported about once more")
        if any(host.outgoing() for host in self.hosts.values()):
            raise self.fail(
                "L3, old messages change nothing", "something is owed again after old messages have come again"
            )
        self.counts["quiescence"] += 1

    def drain(self) -> int:
        """Deliver everything that is owed, and the answers, until nothing is; how many messages it took."""
        taken = 0
        for _ in range(_ROUNDS):
            owed = [(s, data) for s, host in self.hosts.items() for data in host.outgoing()]
            if not owed:
                return taken
            for system, data in owed:
                taken += self._exchange(self.config.other(system), data)
        raise self.fail("L1, both come to rest", f"after {_ROUNDS} rounds without a fault something is still owed")

    def _exchange(self, system: str, data: bytes) -> int:
        taken, answers = 1, self.deliver(system, data)
        while answers:
            system = self.config.other(system)
            taken, answers = taken + 1, self.deliver(system, answers[0])
        return taken

    def _demand_equal(self) -> None:
        first, second = self.hosts.values()
        for number in self.numbers:
            mine, theirs = self._record(first, number), self._record(second, number)
            if mine != theirs:
                names = sorted(
                    n for n in {*(mine or {}), *(theirs or {})} if (mine or {}).get(n) != (theirs or {}).get(n)
                )
                raise self.fail(
                    "L2, at rest the records are equal", f"{number} differs in {', '.join(names) or 'presence'}"
                )

    # --- what is seen --------------------------------------------------------------------------------------------------------

    def _settle(self, system: str, number: str, lost: Sequence[Lost]) -> None:
        self._demand(system, number, lost)
        self.poll()

    def _demand(self, system: str, number: str, lost: Sequence[Lost], *, case: str = "") -> None:
        for (one, at), side in self.sides.items():
            self._demand_record(one, at, side, case if (one, at) == (number, system) else "a step elsewhere")
        for at, host in self.hosts.items():
            self._demand_reports(at, number, host.reports(), lost if at == system else ())

    def _demand_record(self, number: str, system: str, side: Side, case: str) -> None:
        held = self._record(self.hosts[system], number)
        wanted = dict(side.content.values) if side.present else None
        if held == wanted:
            return
        names = sorted(n for n in {*(held or {}), *(wanted or {})} if (held or {}).get(n) != (wanted or {}).get(n))
        promise = PROMISES.get(case, "a record changes by its users and by new messages alone")
        raise self.fail(
            promise,
            f"{number} at {system} differs in {', '.join(names) or 'presence'} from what this step may make of it",
        )

    def _demand_reports(self, system: str, number: str, told: Sequence[Report], lost: Sequence[Lost]) -> None:
        new = told[self._told[system] :]
        wanted = sorted((one.field, one.epoch, one.pseq) for one in lost)
        if len(told) < self._told[system] or sorted((one.field, one.epoch, one.pseq) for one in new) != wanted:
            names = ", ".join(f"{one.field} ({one.code})" for one in new) or "nothing"
            due = ", ".join(one.field for one in lost) or "nothing"
            raise self.fail(
                "L4, S10, S11: every edit that loses is reported once, and no other",
                f"{system} reports {names}; due: {due}",
            )
        if any(one.number != number for one in new):
            raise self.fail("S10, reports are true", f"{system} reports about another customer")
        self._told[system] = len(told)

    def _record(self, host: SyncHost, number: str) -> dict[str, str] | None:
        held: Mapping[str, str] | None = host.record(number)
        return None if held is None else {name: value for name, value in held.items() if self.catalogue.knows(name)}

    # --- small things --------------------------------------------------------------------------------------------------------

    def value(self) -> str:
        """A value that nobody wrote before."""
        return f"v{self._next()}"

    def _next(self) -> int:
        self._writes += 1
        return self._writes

    def say(self, line: str) -> None:
        """Add a line to the story."""
        self.story.append(line)

    def fail(self, promise: str, sentence: str) -> SyncViolation:
        """The violation of a promise, with the story."""
        return SyncViolation(promise, sentence, self.story)

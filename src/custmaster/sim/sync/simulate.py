"""Two cores in memory, users who edit, and everything that can go wrong, by seed; then calm, and both must be equal.

The same seed gives the same run on every machine. What is watched is what the search watches: every step, and the end.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from custmaster.errors import Fault as Wrong
from custmaster.errors import InvalidValue
from custmaster.sim.sync._book import Book
from custmaster.sim.sync._deeds import deeds_of, is_sensible
from custmaster.sim.sync._evidence import Pair
from custmaster.sim.sync._host import Backup, Core, Letter, letter
from custmaster.sim.sync._network import Network, spoiled
from custmaster.sim.sync._oracle import OF_PAIRS
from custmaster.sim.sync._record import Log
from custmaster.sim.sync._settling import Settling
from custmaster.sim.sync._watch import Act, Watch, broken
from custmaster.sim.sync.faults import ALL_FAULTS, CrashPoint, Draws, FaultPlan, Poison
from custmaster.sim.sync.scope import SYSTEMS, Scope
from custmaster.sim.sync.trace import Event, Invariant, Violation
from custmaster.sync.codes import SyncCode
from custmaster.sync.rules import RULES, Rules

__all__ = ["SimulationResult", "simulate"]

_WORLD: Final = Scope(status=True, relations=1, two_field_edits=True)
_REFUSED: Final = frozenset(
    {SyncCode.MALFORMED, SyncCode.NUMBER_IN_NO_RANGE, SyncCode.OTHER_CATALOGUE, SyncCode.WRONG_SYSTEM}
)


@frozen(kw_only=True)
class SimulationResult:
    """What became of a run.

    `messages`: all that the cores sent, repeated ones too. `converged`: both cores ended equal in every customer that is not sick.
    `sometimes`: how often each fault happened, each message was refused, each report told.
    """

    seed: int
    messages: int
    converged: bool
    violations: tuple[Violation, ...] = ()
    sometimes: tuple[tuple[str, int], ...] = ()


def simulate(
    seed: int,
    *,
    edits: int = 50,
    customers: int = 3,
    faults: FaultPlan = ALL_FAULTS,
    rules: Rules = RULES,
) -> SimulationResult:
    """Run one simulation. Errors: InvalidValue (RANGE) for a negative seed or count, or no customer.

    >>> from custmaster.sim.sync.faults import CALM
    >>> run = simulate(7, edits=20, faults=CALM)
    >>> run.converged, run.violations, run == simulate(7, edits=20, faults=CALM)
    (True, (), True)
    """
    if min(seed, edits) < 0 or not 0 < customers < 10**8:
        raise InvalidValue(Wrong.RANGE, path="seed")
    return _Run(seed, (edits, customers), faults, rules).result()


class _Run:
    def __init__(self, seed: int, size: tuple[int, int], plan: FaultPlan, rules: Rules) -> None:
        self.seed = seed
        self.edits, self.customers = size
        self.plan = plan
        self.draws = Draws(seed)
        self.scope = evolve(_WORLD, group=seed % 2 == 1)
        self.log = Log()
        self.watch = Watch(rules, Book())
        self.settings = (self.scope.setting(), self.scope.setting(upgraded=True))
        self.cores = tuple(
            Core(system, SYSTEMS[1 - place], self.watch, self.settings) for place, system in enumerate(SYSTEMS)
        )
        self.network = Network(plan, self.draws)
        self.numbers = tuple(f"{'61'[row % 2]}{row:09d}" for row in range(size[1]))
        self.sick = frozenset(number for number in self.numbers if self.draws.happens(plan.sick))
        self.places = [0, 0]
        self.backups: list[Backup | None] = [None, None]
        self.settling = Settling(self.watch.book)
        self.deeds = tuple(deeds_of(self.scope))

    # The run.

    def result(self) -> SimulationResult:
        """Everybody edits while everything fails; then calm."""
        for _ in range(self.edits):
            self._edit()
            self._operate()
            for _ in range(self.draws.below(6)):
                self._tick()
            self._resend()
        self._calm()
        ended = self._ended()
        return SimulationResult(
            seed=self.seed,
            messages=self.network.sent,
            converged=ended,
            violations=tuple(self.log.violations),
            sometimes=self._sometimes(),
        )

    def _edit(self) -> None:
        place, number = self.draws.below(2), self.draws.pick(self.numbers)
        core = self.cores[place]
        replica = core.side(number).replica
        deeds = tuple(deed for deed in self.deeds if is_sensible(deed, replica))
        if not deeds or not (replica.present or replica.owner):
            return
        self.places[place] += 1
        crash = self._crash()
        deed = self.draws.pick(deeds)
        act = core.write(number, deed, self.places[place], crash)
        if act.refused is None:
            self.settling.wrote(act.edit)
        self.log.edited(self.watch.book, core.system, number, act)
        self._after(place, number, act, crash)

    def _crash(self) -> CrashPoint | None:
        if self.draws.happens(self.plan.torn):
            return self.draws.pick((CrashPoint.TORN_RECORD_ALONE, CrashPoint.TORN_STATE_ALONE))
        if self.draws.happens(self.plan.crash):
            return self.draws.pick(
                (CrashPoint.BEFORE_COMMIT, CrashPoint.AFTER_COMMIT_BEFORE_SEND, CrashPoint.AFTER_SEND)
            )
        return None

    def _after(self, place: int, number: str, act: Act, crash: CrashPoint | None) -> None:
        core = self.cores[place]
        self.log.wrong(number, act.faults)
        for element in act.sent:
            self._send(letter(element))
        if crash is not None:
            self.log.count(f"crash {crash.value}")
            self.log.happened(Event.CRASH, core.system, number, crash.value)
            core.restart()
            return
        if core.side(number) is act.after:
            owed = core.owed(number)
            self.log.wrong(number, owed.faults)
            for element in owed.sent:
                self._send(letter(element))
        self._check(number)

    def _send(self, one: Letter) -> None:
        self.settling.sent(one)
        body = spoiled(one, Poison.OTHER_CATALOGUE) if one.number in self.sick else one
        if not self.network.send(body):
            self.log.lost(one)

    def _tick(self) -> None:
        self.network.now += 1
        while (one := self.network.arrived()) is not None:
            self._open(one, self._crash())

    def _open(self, one: Letter, crash: CrashPoint | None) -> None:
        place = SYSTEMS.index(one.receiver)
        core = self.cores[place]
        before = core.side(one.number)
        act = core.receive(one, crash)
        self.log.arrived(core.system, one, act)
        if act.refused in _REFUSED and core.side(one.number) != before:
            self.log.violated(Invariant.UNTOUCHED, "what is refused leaves no trace", one.number)
        for told in act.new:
            self.log.count(f"told {told.code}")
        if act.refused is not None:
            self.log.count(f"refused {act.refused}")
        if act.refused not in _REFUSED:
            self._after(place, one.number, act, crash)

    def _check(self, number: str) -> None:
        one, other = (core.side(number) for core in self.cores)
        self.log.wrong(number, broken(OF_PAIRS, Pair(one=one, other=other), self.watch.book))
        for core, side in zip(self.cores, (one, other), strict=True):
            self.log.wrong(number, self.watch.kept(side, core.setting))

    # What operators and misfortune do.

    def _operate(self) -> None:
        plan, draws = self.plan, self.draws
        place = draws.below(2) if plan.names else 0
        core = self.cores[place]
        if draws.happens(plan.handover):
            self._hand_over(place, draws.pick(self.numbers))
        if draws.happens(plan.upgrade) and not core.upgraded:
            self._upgrade(place)
        if draws.happens(plan.restore * 2) or (plan.restore and self.backups[place] is None):
            self.backups[place] = core.backup()
        if draws.happens(plan.restore):
            self._restore(place)
        if draws.happens(plan.purge):
            self._purge(place, draws.pick(self.numbers))

    def _hand_over(self, place: int, number: str) -> None:
        core = self.cores[place]
        replica = core.side(number).replica
        if replica.owner and replica.present and not replica.recovering:
            act = core.hand_over(number)
            self.log.count("handed over")
            self.log.happened(Event.HAND_OVER, core.system, number)
            self._after(place, number, act, None)

    def _upgrade(self, place: int) -> None:
        core = self.cores[place]
        self.log.count("upgraded")
        for number, act in core.upgrade():
            self.log.happened(Event.UPGRADE, core.system, number)
            self._after(place, number, act, None)

    def _restore(self, place: int) -> None:
        kept = self.backups[place]
        core = self.cores[place]
        if kept is None:
            return
        self.log.count("restored")
        held = {number: row.side for number, row in core.rows.items()}
        acts = core.restore(kept)
        self.settling.restored(held, self.cores)
        for act in acts:
            number = act.after.replica.number
            self.log.happened(Event.RESTORE, core.system, number)
            self._after(place, number, act, None)

    def _purge(self, place: int, number: str) -> None:
        core = self.cores[place]
        if not core.side(number).replica.present:
            return
        self.log.count("purged")
        held = {number: core.side(number)}
        core.purge(number)
        self.backups[place] = None  # a backup from before a loss must not be restored after it: the host's contract
        self.settling.restored(held, self.cores)
        self._mend(place, number)

    def _mend(self, place: int, number: str) -> None:
        core = self.cores[place]
        act = core.mend(number)
        self.log.happened(Event.REPAIR, core.system, number)
        self._after(place, number, act, None)

    def _resend(self) -> None:
        place, number = self.draws.below(2), self.draws.pick(self.numbers)
        for element in self.cores[place].owed(number).sent:
            self._send(letter(element))

    # Calm.

    def _calm(self) -> None:
        """Nothing fails any more: all letters arrive, what is owed is sent again, digests are compared, until nobody owes anything."""
        self.network.calm()
        self.plan = self.plan.without(*self.plan.names)
        for place, core in enumerate(self.cores):
            if any(one.upgraded for one in self.cores) and not core.upgraded:
                self._upgrade(place)
        waiting = self.numbers
        for _ in range(_ROUNDS):
            self._tick()
            waiting = tuple(number for number in waiting if self._asked_again(number))
            if not waiting:
                waiting = self._apart()
                if not waiting:
                    return

    def _asked_again(self, number: str) -> bool:
        """Both systems send what they owe; whether one of them owed anything."""
        owed = [element for core in self.cores for element in core.owed(number).sent]
        for element in owed:
            self._send(letter(element))
        return bool(owed) and number not in self.sick

    def _apart(self) -> tuple[str, ...]:
        """The customers whose digests differ; the peer's copy is mended."""
        differing = self.settling.differing(self.cores, self.sick)
        for number in differing:
            place = 0 if not self.cores[0].side(number).replica.owner else 1
            self.log.count("mended")
            self._mend(place, number)
        return differing

    def _ended(self) -> bool:
        self._tick()
        sound = True
        for number in self.numbers:
            if number in self.sick:
                continue
            faults = self.settling.ended(number, self.cores)
            self.log.wrong(number, faults)
            sound = sound and not faults
        return sound

    def _sometimes(self) -> tuple[tuple[str, int], ...]:
        counted = dict(self.log.counts)
        counted |= {
            "lost": self.network.lost,
            "repeated": self.network.repeated,
            "spoiled": self.network.spoiled,
            "torn and mended": sum(core.repaired for core in self.cores),
            "sick": len(self.sick),
        }
        return tuple(sorted(counted.items()))


_ROUNDS: Final = 60

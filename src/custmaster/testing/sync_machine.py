"""The state machine of sync: users edit at both systems, the network repeats, delays, reorders and loses, hosts crash and are restored.

Every step is held against what was seen before it (see `sync_pair`); `heal_and_quiesce` ends all faults and demands equal records. A run that
never met a conflict, a stale FULL or a repeated message has shown nothing, and fails as empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from custmaster.testing._machines import EmptyRun, refuse_empty, run_machine
from custmaster.testing.sync_adapter import KIT_CONFIG, Capability, CrashPoint, HostConfig, HostFactory
from custmaster.testing.sync_pair import NUMBERS, SyncPair

__all__ = ["SOMETIMES", "EmptyRun", "SyncMachine", "run_sync_machine", "sync_machine"]

SOMETIMES: Final[Mapping[str, Capability | None]] = {
    # what must be met at least once in a whole run: the capability without which it cannot be
    "KEY taken": None,
    "KEY lost": None,
    "stale FULL": None,
    "duplicate": None,
    "FULL beside pending edits": None,
    "quiescence": None,
    "HANDOFF with pending edits": Capability.HANDOFF,
    "late KEY": Capability.HANDOFF,
    "crash": Capability.CRASH,
    "restore": Capability.RESTORE,
}
"""What a run must have met, or it has shown nothing."""

_SYSTEMS: Final = st.sampled_from(KIT_CONFIG.systems)
_FIELDS: Final = st.sampled_from(
    (
        ("name",),
        ("birth_date",),
        ("document_number",),
        ("occupation",),
        ("name", "document_number"),
        ("name", "phone"),
        ("relationship/SPOUSE/6000000009",),
        ("relationship/PARENT/6000000008",),
    )
)
_VALUES: Final = st.sampled_from(("new", "new", "new", "again", None))


class SyncMachine(RuleBasedStateMachine):
    """Two hosts under arbitrary use; a subclass, or `sync_machine(factory)`, says which.

    >>> from custmaster.testing.reference_host import reference_hosts
    >>> sync_machine(reference_hosts()).__mro__[1] is SyncMachine
    True
    """

    factory: ClassVar[Any]
    config: ClassVar[HostConfig] = KIT_CONFIG
    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.pair: SyncPair = SyncPair(type(self).factory, config=self.config, numbers=NUMBERS)

    def can(self, capability: Capability) -> bool:
        """Whether both hosts claim the capability."""
        return capability in self.pair.capabilities

    @initialize(strangers=st.booleans(), collide=st.booleans())
    def create(self, *, strangers: bool, collide: bool) -> None:
        """Both customers are created: at their owners, or (if the hosts can) at the peers, or at both."""
        foreign = self.can(Capability.FOREIGN_CREATE)
        for number in self.pair.numbers:
            owner = self.config.owner(number)
            if not (strangers and foreign) or collide:
                self.pair.create(owner, number)
            if strangers and foreign:
                self.pair.create(self.config.other(owner), number, ("name", "document_number", "occupation"))

    @rule(system=_SYSTEMS, which=st.integers(0, 1), fields=_FIELDS, value=_VALUES)
    def edit(self, system: str, which: int, fields: tuple[str, ...], value: str | None) -> None:
        """A user edits one or two fields."""
        kept = fields if self.can(Capability.RELATIONS) else tuple(n for n in fields if "/" not in n) or ("name",)
        self.pair.edit(system, self.pair.numbers[which], *kept, value=value)

    @rule(system=_SYSTEMS, which=st.integers(0, 1), status=st.sampled_from(("DELETED", "ACTIVE")))
    def set_status(self, system: str, which: int, status: str) -> None:
        """A user deletes or reactivates."""
        self.pair.set_status(system, self.pair.numbers[which], status)

    @precondition(lambda self: bool(self.pair.network))
    @rule(place=st.integers(0, 7))
    def deliver_newest(self, place: int) -> None:
        """One of the newest messages arrives, perhaps once more."""
        self._deliver(-1 - place % len(self.pair.network))

    @precondition(lambda self: bool(self.pair.network))
    @rule(place=st.integers(0, 10_000))
    def deliver_any(self, place: int) -> None:
        """Any message that was ever sent arrives, perhaps once more."""
        self._deliver(place % len(self.pair.network))

    def _deliver(self, place: int) -> None:
        sent = self.pair.network[place]
        self.pair.deliver(sent.receiver, sent.data)

    @precondition(lambda self: self.can(Capability.HANDOFF))
    @rule(which=st.integers(0, 1))
    def hand_over(self, which: int) -> None:
        """The owner gives a customer away."""
        number = self.pair.numbers[which]
        first, second = self.config.systems
        self.pair.hand_over(first if self.pair.sides[number, first].owner else second, number)

    @precondition(lambda self: self.can(Capability.CRASH))
    @rule(system=_SYSTEMS, which=st.integers(0, 1), point=st.sampled_from(CrashPoint))
    def crash_in_an_edit(self, system: str, which: int, point: CrashPoint) -> None:
        """The host dies while a user's edit is stored."""
        self.pair.crash_next(system, point)
        self.pair.edit(system, self.pair.numbers[which], "name")

    @precondition(lambda self: self.can(Capability.CRASH) and bool(self.pair.network))
    @rule(place=st.integers(0, 7), point=st.sampled_from(CrashPoint))
    def crash_in_a_delivery(self, place: int, point: CrashPoint) -> None:
        """The host dies while a message is stored."""
        sent = self.pair.network[-1 - place % len(self.pair.network)]
        self.pair.crash_next(sent.receiver, point)
        self.pair.deliver(sent.receiver, sent.data)

    @precondition(lambda self: self.can(Capability.RESTORE) and all(s.present for s in self.pair.sides.values()))
    @rule(system=_SYSTEMS)
    def back_up(self, system: str) -> None:
        """A copy is made for a later restore."""
        self.pair.backup(system)

    @precondition(lambda self: self.can(Capability.RESTORE) and any(map(self.pair.backed_up, self.config.systems)))
    @rule(system=_SYSTEMS)
    def restore(self, system: str) -> None:
        """A system that has a backup is restored from it."""
        self.pair.restore(system if self.pair.backed_up(system) else self.config.other(system))

    @rule()
    def heal_and_quiesce(self) -> None:
        """All faults end: both come to rest, and their records are equal."""
        self.pair.quiesce()

    def teardown(self) -> None:
        """Count what was met."""
        self.met.update(self.pair.counts)


def sync_machine(
    factory: HostFactory | dict[str, HostFactory], *, config: HostConfig = KIT_CONFIG
) -> type[SyncMachine]:
    """The machine for hosts made by `factory`, or by one for each system; its TestCase can be run by pytest."""
    within: dict[str, Any] = {"factory": staticmethod(factory) if callable(factory) else factory}
    return type("HostsOfYours", (SyncMachine,), within | {"config": config, "met": Counter[str]()})


def run_sync_machine(
    factory: HostFactory | dict[str, HostFactory],
    *,
    max_examples: int = 100,
    steps: int = 40,
    start: int = 0,
    shrink: bool = True,
) -> Mapping[str, int]:
    """Run the machine from the seed `start`; what was met, and how often. `shrink` makes the story of a violation short, which takes time.

    Errors: SyncViolation with the shortest story that Hypothesis finds, EmptyRun when something of SOMETIMES was never met.
    """
    machine = sync_machine(factory)
    run_machine(machine, max_examples=max_examples, steps=steps, start=start, shrink=shrink)
    can = machine().pair.capabilities
    missing = [
        name for name, needed in SOMETIMES.items() if not machine.met[name] and (needed is None or needed in can)
    ]
    refuse_empty(missing)
    return dict(machine.met)

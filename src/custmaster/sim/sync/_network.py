"""A network that loses, repeats, delays and spoils letters, as its plan says; in calm it brings each of them once, in order."""

from __future__ import annotations

import json
from heapq import heappop, heappush

from attrs import evolve

from custmaster.sim.sync._host import Letter
from custmaster.sim.sync.faults import Draws, FaultPlan, Poison

__all__ = ["Network", "spoiled"]

_SLOW = 12
_KINDS = tuple(Poison)


class Network:
    """Letters on their way. `sent` counts those that were handed in, `lost` and `repeated` what became of some."""

    def __init__(self, plan: FaultPlan, draws: Draws) -> None:
        self.plan = plan
        self._draws = draws
        self._due: list[tuple[int, int, Letter]] = []
        self._order = 0
        self.now = 0
        self.sent = 0
        self.lost = 0
        self.repeated = 0
        self.spoiled = 0

    def send(self, one: Letter) -> bool:
        """Hand a letter in; whether it will arrive at all."""
        self.sent += 1
        plan, draws = self.plan, self._draws
        if draws.happens(plan.poison):
            self._put(spoiled(one, draws.pick(_KINDS)))
            self.spoiled += 1
        if draws.happens(plan.loss):
            self.lost += 1
            return False
        self._put(one)
        if draws.happens(plan.repetition):
            self.repeated += 1
            self._put(one)
        return True

    def _put(self, one: Letter) -> None:
        late = self._draws.below(_SLOW) if self._draws.happens(self.plan.delay) else 0
        self._order += 1
        heappush(self._due, (self.now + late, self._order, one))

    def arrived(self) -> Letter | None:
        """The next letter that is due; None when there is none."""
        if self._due and self._due[0][0] <= self.now:
            return heappop(self._due)[2]
        return None

    def calm(self) -> None:
        """From now on nothing goes wrong, and what was delayed is due."""
        self.plan = self.plan.without("loss", "repetition", "delay", "poison")
        self.now += _SLOW


def spoiled(one: Letter, kind: Poison) -> Letter:
    """The letter with this fault in it.

    >>> sound = Letter(body=b'{"schema":1,"number":"6000000001"}', receiver="BP", number="6000000001")
    >>> spoiled(sound, Poison.TRUNCATED).body
    b'{"schema":1,"numb'
    """
    if kind is Poison.TRUNCATED:
        return evolve(one, body=one.body[: len(one.body) // 2])
    said = json.loads(one.body)
    match kind:
        case Poison.UNKNOWN_KIND:
            said["message"] = "HEARSAY"
        case Poison.UNKNOWN_FIELD:
            said["weather"] = "fine"
        case Poison.NUMBER_IN_NO_RANGE:
            said["number"] = "9" + one.number[1:]
        case Poison.OTHER_CATALOGUE:
            said["catalogue"] = "0" * 16
        case Poison.WRONG_SYSTEM:
            said["sender"], said["receiver"] = said["receiver"], said["sender"]
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return evolve(one, body=body, number=str(said["number"]))

"""The life of a topic as a state machine: it is registered, goes through PDCA, meets, is compiled, filed or given up at random, under watch.

What may happen is told beside the library, without its tables: a history is one word in letters that a pattern takes or does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from custmaster.circle import CircleCode, Original, Phase, Step, Topic, TopicState, accepts, counting, phase_of
from custmaster.circle import evolve as topic_after
from custmaster.decision import Allowed, Approval, Decision, Occasion
from custmaster.testing._circles import meeting
from custmaster.testing._machines import Counting, EmptyRun, hold, run_until_met
from custmaster.testing.circle_bank import FIRST_DAY, Ask, TopicBank
from custmaster.wire import (
    circle_event_from_json,
    circle_event_to_json,
    decision_from_json,
    decision_to_json,
    topic_from_json,
    topic_to_json,
)

__all__ = ["SOMETIMES", "CircleMachine", "EmptyRun", "circle_machine", "run_circle_machine"]

_ASKED: Final = ("register", "enter", "check", "record", "explain", "keep", "compile", "file", "close")
SOMETIMES: Final = (
    *(f"{what} {may}" for what in _ASKED for may in ("allowed", "refused")),
    *(f"phase {phase}" for phase in Phase),
    *(f"state {state}" for state in TopicState),
    "a day before the last one",
    "two whole cycles",
)
"""What a run has to meet, else it has shown nothing about it."""
# In letters: plan, do, check open, check not met, check met, act. Whole cycles first, then one that is under way.
_PDCA: Final = re.compile("(?:PDn|PDmA)*(?:P(?:D(?:C|n|m)?)?)?")
_LETTER: Final = {Step.PLAN: "P", Step.DO: "D", Step.CHECK: "C", Step.ACT: "A"}
_ANSWERED: Final = {None: "C", False: "n", True: "m"}
_GOES_ON: Final = (TopicState.REGISTERED, TopicState.COMPILED)
_SURE: Final = 7
_LEADER: Final = Approval(by="S-LEADER", reason="特殊情况", codes=[code.value for code in CircleCode])


class CircleMachine(Counting):
    """A bank that keeps a topic, and beside it in plain words what the topic has to be. Source: R-29..R-33, R-36..R-38, R-41.

    >>> CircleMachine().letters
    ''
    """

    factory: Callable[[], TopicBank] = TopicBank
    sometimes: ClassVar[tuple[str, ...]] = SOMETIMES
    met: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.bank: TopicBank = self.factory()
        self.state: TopicState = TopicState.DRAFT
        self.letters: str = ""
        self.held: int = 0
        self.day: date = FIRST_DAY
        self.last: date = date.min
        self.asked: int = 0
        self.rebuilt: Topic | None = None

    # --- what is asked ------------------------------------------------------------------------------------------------

    @initialize(begun=st.integers(0, 9))
    def it_begins(self, begun: int) -> None:
        """Most stories begin with the registration, many with a part of a cycle."""
        if begun:
            self.register()
            self.go_on(ahead=begun, met=begun % 2 == 0)

    @rule(days=st.integers(0, 100))
    def time_passes(self, days: int) -> None:
        """Nothing happens for some days."""
        self.day += timedelta(days=days)

    @rule()
    def register(self) -> None:
        """A draft is registered, and nothing else is."""
        if self._ask("register", may=self.state is TopicState.DRAFT, question=self.bank.register):
            self.state = TopicState.REGISTERED

    @rule(step=st.sampled_from(Step))
    def enter(self, step: Step) -> None:
        """A step is entered exactly when the pattern takes the history with it."""
        word = self.letters + _LETTER[step]
        may = self.state is TopicState.REGISTERED and _PDCA.fullmatch(word) is not None
        if self._ask("enter", may=may, question=lambda when: self.bank.enter(step, when)):
            self.letters = word

    @rule(ahead=st.integers(1, 8), met=st.booleans())
    def go_on(self, ahead: int, met: bool) -> None:  # noqa: FBT001 -- as Hypothesis calls it
        """The next steps of a cycle in their order, so that random steps do not keep a topic at its plan."""
        for _ in range(ahead):
            if self.state is not TopicState.REGISTERED:
                return
            if self.letters[-1:] == "C":
                self.check(met=met)
            else:
                self.enter({"P": Step.DO, "D": Step.CHECK, "m": Step.ACT}.get(self.letters[-1:], Step.PLAN))

    @rule(met=st.booleans())
    def check(self, met: bool) -> None:  # noqa: FBT001 -- as Hypothesis calls it
        """A check that stands open is answered once."""
        may = self.state is TopicState.REGISTERED and self.letters.endswith("C")
        if self._ask("check", may=may, question=lambda when: self.bank.check(met=met, when=when), is_dated=False):
            self.letters = self.letters[:-1] + _ANSWERED[met]

    @rule(whole=st.booleans(), in_turn=st.sampled_from((True, True, False)))
    def record(self, whole: bool, in_turn: bool) -> None:  # noqa: FBT001 -- as Hypothesis calls it
        """An activity is recorded when it is whole, in turn, and the topic goes on."""
        made = meeting(self.held + (not in_turn), self.day, **({} if whole else {"speeches": ()}))
        may = whole and in_turn and self.state in _GOES_ON
        self.held += self._ask("record", may=may, question=lambda when: self.bank.record(made, when), is_dated=False)

    @rule()
    def explain(self) -> None:
        """A pause is explained while the topic goes on."""
        self._ask("explain", may=self.state in _GOES_ON, question=self.bank.explain)

    @rule(kind=st.sampled_from(Original))
    def keep(self, kind: Original) -> None:
        """An original is kept while the topic goes on."""
        self._ask("keep", may=self.state in _GOES_ON, question=lambda when: self.bank.keep(kind, when))

    @rule()
    def compile(self) -> None:
        """Results are compiled of a whole cycle, again and again until they are filed."""
        may = self.state in _GOES_ON and "PDmA" in self.letters
        if self._ask("compile", may=may, question=self.bank.compile):
            self.state = TopicState.COMPILED

    @rule()
    def file(self) -> None:
        """What was compiled is filed, once."""
        if self._ask("file", may=self.state is TopicState.COMPILED, question=self.bank.file):
            self.state = TopicState.FILED

    @rule(sure=st.integers(1, 9))
    def close(self, sure: int) -> None:
        """A topic that goes on is given up; seldom, so that others live long."""
        if sure == _SURE and self._ask("close", may=self.state in _GOES_ON, question=self.bank.close):
            self.state = TopicState.CLOSED

    @rule(days=st.integers(1, 30))
    def too_early(self, days: int) -> None:
        """What is asked for a day before the last one is refused."""
        if self.last != date.min and self.state in _GOES_ON:
            today = self.day
            self.day = self.last - timedelta(days=days)
            self._ask("explain", may=False, question=self.bank.explain)
            self.day = today
            self.met["a day before the last one"] += 1

    # --- what must hold -----------------------------------------------------------------------------------------------

    def _ask(self, what: str, *, may: bool, question: Ask, is_dated: bool = True) -> bool:
        """Whether it happened, which must be what may. `is_dated` says that the topic keeps the day: those of answers and activities it does not keep."""
        self.asked += 1
        when = Occasion(
            day=self.day, actor="S-9", request_id=f"Q-{self.asked}", numbers=["QC2026-001"], approvals=[_LEADER]
        )
        before, happened = self.bank.topic, len(self.bank.events)
        answer = question(when)
        allowed = isinstance(answer, Allowed)
        hold(allowed is may, f"{what} is {'allowed' if may else 'refused'} of {self.state} at {self.letters!r}")
        if not allowed:
            hold(self.bank.topic == before, f"{what}: what is refused changes nothing")
            hold(decision_to_json(question(when)) == decision_to_json(answer), f"{what}: asked again, the same bytes")
            hold(_is_wired(answer), f"{what}: a refusal goes over the wire and back")
        elif is_dated:
            self.last = self.day
        for event in self.bank.events[happened:]:
            hold(circle_event_from_json(circle_event_to_json(event)) == event, "an event goes over the wire and back")
            self.rebuilt = topic_after(self.rebuilt, event)
        self.met[f"{what} {'allowed' if may else 'refused'}"] += 1
        self.met["step"] += 1
        return allowed

    @invariant()
    def the_topic_is_what_was_written_beside_it(self) -> None:
        """State, history, activities, and the same topic from its JSON."""
        topic = self.bank.topic
        told = "".join(_LETTER[one.step] if one.met is None else _ANSWERED[one.met] for one in topic.steps)
        hold(topic.state is self.state, f"the topic is {self.state}")
        hold(told == self.letters, f"the history is {self.letters!r}")
        hold(accepts(topic.steps), "the history is one of PDCA")
        hold(topic.activities == self.held, f"there were {self.held} activities")
        hold(len(counting(self.bank.records, topic)) == self.held, "every recorded activity counts")
        hold(self.rebuilt in (topic, None), "the events rebuild the topic")
        hold(topic_from_json(topic_to_json(topic)) == topic, "a topic goes over the wire and back")
        self.met[f"phase {phase_of(topic.steps)}"] += 1
        self.met[f"state {topic.state}"] += 1
        self.met["two whole cycles"] += self.letters.count("PDmA") > 1


def _is_wired(answer: Decision) -> bool:
    return decision_from_json(decision_to_json(answer)) == answer


def circle_machine(factory: Callable[[], TopicBank]) -> type[CircleMachine]:
    """The machine for banks made by `factory`; its TestCase can be run by pytest."""
    return type("TopicOfYours", (CircleMachine,), {"factory": staticmethod(factory), "met": Counter[str]()})


def run_circle_machine(
    factory: Callable[[], TopicBank] = TopicBank, *, max_examples: int = 100, steps: int = 50, start: int = 0
) -> Mapping[str, int]:
    """Run the machine from the seed `start`; what was met, and how often; `step` counts the questions.

    The story of a violation is made short. Errors: AssertionError with the sentence that does not hold, EmptyRun when something of SOMETIMES was
    never met, and whatever the bank raises.
    """
    machine = circle_machine(factory)
    return run_until_met(machine, max_examples=max_examples, steps=steps, start=start, rounds=1)

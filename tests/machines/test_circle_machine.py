"""A topic's life at random under watch, and banks that do one thing wrong, which the machine must find."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.circle import ActivityRecord, Step, TopicState
from custmaster.decision import Allowed, Decision, Occasion
from custmaster.testing.circle_bank import TopicBank
from custmaster.testing.circle_machine import EmptyRun, run_circle_machine


def test_two_thousand_steps_break_nothing() -> None:
    assert run_circle_machine(max_examples=200, steps=40)["step"] >= 2_000


@pytest.mark.slow
def test_a_hundred_thousand_steps_break_nothing() -> None:
    assert run_circle_machine(max_examples=2_200, steps=60, start=1)["step"] >= 100_000


def test_a_run_that_met_nothing_shows_nothing() -> None:
    with pytest.raises(EmptyRun, match="two whole cycles"):
        run_circle_machine(max_examples=1, steps=1)


class SkipsTheDo(TopicBank):
    """A plan leads to a check."""

    def enter(self, step: Step, when: Occasion) -> Decision:
        if step is Step.CHECK and self.topic.steps and self.topic.steps[-1].step is Step.PLAN:
            TopicBank.enter(self, Step.DO, when)
        return TopicBank.enter(self, step, when)


class CompilesUnfinished(TopicBank):
    """A topic is compiled without a whole cycle."""

    def compile(self, when: Occasion) -> Decision:
        answer = TopicBank.compile(self, when)
        if not isinstance(answer, Allowed) and self.topic.state is TopicState.REGISTERED:
            self.topic = changed(self.topic, state=TopicState.COMPILED)
        return answer


class TakesSilentRecords(TopicBank):
    """A record without speeches is taken as a whole one."""

    def record(self, record: ActivityRecord, when: Occasion) -> Decision:
        from custmaster.circle import Speech

        spoken = [Speech(staff=one, said="-") for one in record.attending]
        return TopicBank.record(self, changed(record, speeches=spoken), when)


class ForgetsTheDay(TopicBank):
    """Whatever day is said, it happens on the last one."""

    def explain(self, when: Occasion) -> Decision:
        days = [one.on for one in self.events]
        return TopicBank.explain(self, changed(when, day=max([when.day, *days])))


class ForgetsEvents(TopicBank):
    """A pause is explained in the record, and no event is kept."""

    def explain(self, when: Occasion) -> Decision:
        before = self.events
        answer = TopicBank.explain(self, when)
        self.events = before
        return answer


class FilesAgain(TopicBank):
    """A filed topic goes back when it is filed once more."""

    def file(self, when: Occasion) -> Decision:
        if self.topic.state is TopicState.FILED:
            self.topic = changed(self.topic, state=TopicState.COMPILED)
        return TopicBank.file(self, when)


@pytest.mark.parametrize(
    ("bank", "sentence"),
    [
        (SkipsTheDo, "enter is refused"),
        (CompilesUnfinished, "what is refused changes nothing"),
        (TakesSilentRecords, "record is refused"),
        (ForgetsTheDay, "explain is refused"),
        (ForgetsEvents, "the events rebuild the topic"),
        (FilesAgain, "file is refused"),
    ],
)
def test_a_bank_with_a_fault_is_found(bank: Any, sentence: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        run_circle_machine(bank, max_examples=500, steps=40)

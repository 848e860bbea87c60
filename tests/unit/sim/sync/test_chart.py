"""A trace as a chart: one line for each step, time going down, no value of a customer."""

from __future__ import annotations

from custmaster.sim.sync import Invariant, TraceStep, Violation, chart
from custmaster.sim.sync.trace import Event

STEPS = (
    TraceStep(event=Event.EDIT, system="BP", what="CHANGE key1"),
    TraceStep(event=Event.LOSE, system="BP", message="FULL e0 r2 a0"),
    TraceStep(event=Event.EDIT, system="EUSP", what="CHANGE other1"),
    TraceStep(event=Event.LOSE, system="EUSP", message="KEY e0 p1 ()"),
    TraceStep(event=Event.ARRIVE, system="BP", message="KEY e0 p1 ()"),
    TraceStep(event=Event.ARRIVE, system="EUSP", message="FULL e0 r2 a1", again=True),
    TraceStep(event=Event.HAND_OVER, system="BP"),
    TraceStep(event=Event.RESTORE, system="EUSP", number="6000000003"),
    TraceStep(event=Event.CALM, system="BP"),
)


def test_every_kind_of_line() -> None:
    text = chart(Violation(invariant=Invariant.L2, sentence="at rest both are equal", trace=STEPS))
    assert text.splitlines() == [
        "L2: does not hold that at rest both are equal",
        "",
        "    BP                                            EUSP",
        " 1  * CHANGE key1                                 |",
        "    |-- FULL e0 r2 a0 ---------------- lost  x    |",
        " 2  |                               CHANGE other1 *",
        "    |    x  lost ----------------- KEY e0 p1 () --|",
        " 3  |<---------------------------- KEY e0 p1 () --|",
        " 4  |-- FULL e0 r2 a1 (again) ------------------->|",
        " 5  * hands the customer over                     |",
        " 6  |     6000000003: is restored from the backup *",
        "    ------ from here on every message arrives -----",
    ]


def test_a_long_message_is_not_cut() -> None:
    long = "KEY e0 p3 (" + ", ".join(f"key{n} p{n} b1" for n in range(9)) + ")"
    for event in (Event.ARRIVE, Event.LOSE):
        for system in ("BP", "EUSP"):
            step = TraceStep(event=event, system=system, message=long)
            assert long in chart(Violation(invariant=Invariant.L1, sentence="all rests", trace=(step,)))

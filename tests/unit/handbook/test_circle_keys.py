"""What a procedure laid over PDCA must be: in the order of the cycle, whole, and with one place to go back to."""

from __future__ import annotations

from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.circle_keys import PROCEDURE


def rows(*steps: str, back: tuple[int, ...] = (0,)) -> list[dict[str, Any]]:
    return [
        {"step": step, "zh": f"步骤{place}", "en": f"step {place}"} | ({"back": True} if place in back else {})
        for place, step in enumerate(steps)
    ]


def test_a_whole_procedure_is_read() -> None:
    read = PROCEDURE.read(rows("PLAN", "PLAN", "DO", "CHECK", "ACT", "ACT", back=(1,)))
    assert [(row.step, row.back) for row in read][:2] == [("PLAN", False), ("PLAN", True)]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (rows("PLAN", "CHECK", "DO", "ACT"), Fault.ORDER),
        (rows("PLAN", "DO", "CHECK"), Fault.ORDER),
        (rows("PLAN", "DO", "CHECK", "ACT", back=()), Fault.AMBIGUOUS),
        (rows("PLAN", "PLAN", "DO", "CHECK", "ACT", back=(0, 1)), Fault.AMBIGUOUS),
        (rows("PLAN", "DO", "CHECK", "ACT", back=(1,)), Fault.AMBIGUOUS),
        ([{"step": "PLAN", "zh": "选题"}], Fault.MISSING),
        ([{"step": "TRY", "zh": "选题", "en": "try"}], Fault.UNKNOWN_CODE),
    ],
)
def test_a_procedure_that_breaks_the_cycle_is_refused(raw: object, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as caught:
        PROCEDURE.read(raw)
    assert caught.value.fault is fault

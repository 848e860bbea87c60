"""One direction of sync: python tests/bench/sync_direction.py [TIMES]. Ends with 1 when over a target.

The targets (issue 4): the cell for a number within 1 microsecond, range look-up included, and the whole answer (sender, receiver, reasons
with their citations, what happens next) within 3. Beside them stands the if-chain that a host would write by hand: it gives the scope alone,
and is first held to the table in every cell. The answer as a Decision to store, whose reasons name the number, is measured too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

from custmaster.handbook import default
from custmaster.sync import Cause, Operation
from custmaster.sync.direction import as_decision, cell, decide
from custmaster.sync.settings import policy

CELL_US, WHOLE_US = 1.0, 3.0
POLICY = policy(default().on(date(2026, 11, 23)))
NUMBERS = ("6000000001", "1999999999", "3000000001")


def by_hand(number: str, system: str, operation: str, cause: str) -> str:
    """The same decision as a chain of ifs, ranges and systems written into it."""
    if len(number) != 10 or not (number.isascii() and number.isdigit()):
        return "REJECT"
    if "1000000000" <= number <= "1999999999":
        owner = "EUSP"
    elif "6000000000" <= number <= "6999999999":
        owner = "BP"
    else:
        return "REJECT"
    if cause == "REPLICA":
        return "NONE"
    if operation == "REASSIGN":
        return "HANDOFF" if cause == "USER" and system == owner else "REJECT"
    if cause == "LOAD" or operation == "NO_CHANGE":
        return "NONE"
    if system == owner:
        return "FULL"
    return "REJECT" if operation == "CREATE" else "KEY"


def places() -> Iterator[tuple[str, str, Operation, Cause]]:
    return product(NUMBERS, POLICY.plan.systems, Operation, Cause)


def microseconds(work: Callable[..., object], times: int) -> float:
    """The best of five runs over every place of the table, for one call."""
    asked = list(places())
    rounds = max(1, times // len(asked))
    spent: list[float] = []
    for _ in range(5):
        begun = time.perf_counter_ns()
        for _ in range(rounds):
            for number, system, operation, cause in asked:
                work(number, system, operation, cause, POLICY)
        spent.append((time.perf_counter_ns() - begun) / 1000 / (rounds * len(asked)))
    return min(spent)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    for place in places():
        assert decide(*place, POLICY).scope.value == by_hand(*place), place
    found = {
        "nothing (the loop alone)": microseconds(lambda *_: None, times),
        "if-chain by hand, scope alone": microseconds(lambda n, s, o, c, _: by_hand(n, s, o, c), times),
        "cell": microseconds(cell, times),
        "whole answer, its reasons read": microseconds(lambda *asked: decide(*asked).reasons, times),
        "as a Decision to store": microseconds(lambda *asked: as_decision(decide(*asked)), times // 10),
    }
    for what, took in found.items():
        print(f"{what:32} {took:6.2f} us")
    slow = found["cell"] > CELL_US or found["whole answer, its reasons read"] > WHOLE_US
    print("over the target" if slow else f"within {CELL_US:g} us for the cell and {WHOLE_US:g} us for the answer")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())

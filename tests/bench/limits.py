"""How long it takes to judge a transaction by all limits, to reserve it, and to say what is left: microseconds, the best of many short runs.

    python tests/bench/limits.py

One customer with a bank's pack of twenty rows beside regulation, who used twelve ways on the day and in the year. Ends with 1 when judging
and reserving together take more than 30 microseconds (the aim of a whole authorisation).
"""

from __future__ import annotations

import sys
import timeit
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from custmaster.decision import Citation
from custmaster.handbook import default
from custmaster.limits import (
    Counterparty,
    LimitRow,
    Measure,
    Slot,
    Transaction,
    Usage,
    headroom,
    judge,
    reserve,
    standing,
)
from custmaster.value.money import Money
from custmaster.value.party import PartyKind

DAY = date(2026, 11, 23)
AIM = 30.0
RUNS = 200
CHANNELS = ("MOBILE", "WEB", "POS", "ATM")
MEASURES = (Measure.SINGLE, Measure.DAY_AMOUNT, Measure.DAY_COUNT, Measure.YEAR_AMOUNT)


def microseconds(call: Callable[[], object]) -> float:
    return min(timeit.repeat(call, number=RUNS, repeat=200)) / RUNS * 1e6


def main() -> int:
    pairs = [(measure, channel) for measure in MEASURES for channel in (*CHANNELS, "*")]
    cited = Citation(article="a bank's rule")
    rows = [
        LimitRow(code=f"ROW_{n}", measure=measure, figure=Decimal(50_000), channels=[channel], citation=cited)
        for n, (measure, channel) in enumerate(pairs)
    ]
    stands = standing(default().on(DAY), rows, PartyKind.PERSON)
    actions = ("SPEND", "TRANSFER_OUT", "CASH_OUT")
    ways = [Slot(channel=c, action=a, counterparty=Counterparty.OTHER_NAME) for c in CHANNELS for a in actions]
    told = [
        Transaction(id=f"T-{n}", customer="6000000001", day=DAY, slot=way, amount=Money(Decimal(5)))
        for n, way in enumerate(ways)
    ]
    usage = Usage.of("6000000001")
    for one in told:
        usage = reserve(usage, one)
    new = Transaction(id="T-NEW", customer="6000000001", day=DAY, slot=ways[1], amount=Money(Decimal(5)))
    assert judge(new, stands, usage) == ()
    taken = {
        "judge": microseconds(lambda: judge(new, stands, usage)),
        "reserve": microseconds(lambda: reserve(usage, new)),
        "headroom": microseconds(lambda: headroom(new.slot, stands, usage)),
    }
    for name, time in taken.items():
        print(f"{name:10} {time:6.1f} us   ({len(stands.over(new.slot).rows)} of {len(stands.rows)} rows cover it)")
    return 1 if taken["judge"] + taken["reserve"] > AIM else 0


if __name__ == "__main__":
    sys.exit(main())

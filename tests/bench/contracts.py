"""Sameness of one contract: python tests/bench/contracts.py [TIMES]. Ends with 1 when over the target.

The target (issue 6): one keyed request against 200 keyed contracts within 100 microseconds. Beside it stand the key of one contract, and the whole
judgement of a signing against 200 contracts that the host has just loaded, whose keys are computed then.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date

from custmaster.contract import Catalogue, Category, Contract, Product, judge_signing, keyed_contract, same_as
from custmaster.value.account import AccountNumber
from custmaster.value.reference import PartnerReference

TARGET_US = 100.0
CONTRACTS = 200
DAY = date(2026, 11, 23)
PRODUCT = Product(
    number="0000000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR, resign_maintains=True
)
CATALOGUE = Catalogue(version="1", positions=10, products=[PRODUCT])


def contract(number: str, reference: str) -> Contract:
    return Contract(
        number=number,
        product=PRODUCT.number,
        customer="6000000001",
        account=AccountNumber("6222000011112222"),
        reference=PartnerReference(reference),
        channels=["MOBILE"],
    )


def microseconds(work: Callable[[], object], times: int) -> float:
    """The best of five runs, for one call."""
    spent: list[float] = []
    for _ in range(5):
        begun = time.perf_counter_ns()
        for _ in range(times):
            work()
        spent.append((time.perf_counter_ns() - begun) / 1000 / times)
    return min(spent)


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    there = [contract(f"C{place}", f"R{place}") for place in range(CONTRACTS)]
    keyed = [keyed_contract(one, PRODUCT) for one in there]
    asked = contract("REQUESTED", f"R{CONTRACTS - 1}")
    request = keyed_contract(asked, PRODUCT)
    assert [one.contract.number for one in same_as(request, keyed)] == [f"C{CONTRACTS - 1}"]
    found = {
        f"same among {CONTRACTS} keyed contracts": microseconds(lambda: same_as(request, keyed), times),
        "the key of one contract": microseconds(lambda: keyed_contract(asked, PRODUCT), times),
        f"a signing judged, {CONTRACTS} contracts beside it": microseconds(
            lambda: judge_signing(asked, "MOBILE", CATALOGUE, there, DAY), max(1, times // 50)
        ),
    }
    for what, took in found.items():
        print(f"{what:48} {took:8.2f} us")
    slow = next(iter(found.values())) > TARGET_US
    print("over the target" if slow else f"within {TARGET_US:g} us")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())

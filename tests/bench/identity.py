"""How fast identity numbers are validated, beside python-stdnum in the same run: `python tests/bench/identity.py`.

Every figure is the best of several rounds over the same generated, clean, well-formed numbers, in nanoseconds a number.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from stdnum import lei as stdnum_lei
from stdnum import luhn as stdnum_luhn
from stdnum.cn import ric as stdnum_ric
from stdnum.cn import uscc as stdnum_uscc

from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.identity import card_number, credit_code, lei, resident

COUNTIES = ("110105", "310104", "320102", "330106", "350203", "420106", "440304", "500103", "510104", "610113")
FLOOR = 15  # issue 2: at least 15 times as fast on 18-digit numbers
ROUNDS = 5


def resident_numbers(count: int, dice: random.Random) -> list[str]:
    """Numbers of counties that exist, so that both libraries accept them all."""
    numbers = []
    for _ in range(count):
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(25_000))
        body = f"{dice.choice(COUNTIES)}{born:%Y%m%d}{dice.randrange(1, 995):03}"
        numbers.append(body + resident.check_character(body))
    return [number for number in numbers if stdnum_ric.is_valid(number)]  # it knows when each county was founded


def credit_codes(count: int, dice: random.Random) -> list[str]:
    """Codes of market supervision."""
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    bodies = (f"91{dice.choice(COUNTIES)}{''.join(dice.choices(letters, k=9))}" for _ in range(count))
    return [body + credit_code.check_character(body) for body in bodies]


def leis(count: int, dice: random.Random) -> list[str]:
    """Identifiers."""
    bodies = ("".join(dice.choices("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=18)) for _ in range(count))
    return [body + lei.check_character(body) for body in bodies]


def cards(count: int, dice: random.Random) -> list[str]:
    """Cards of 19 digits."""
    bodies = (f"62{dice.randrange(10**16):016}" for _ in range(count))
    return [body + card_number.check_character(body) for body in bodies]


def nanoseconds(function: Callable[[Any], object], values: Sequence[object]) -> float:
    """The best round, a value."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        for value in values:
            function(value)
        best = min(best, time.perf_counter_ns() - start)
    return best / len(values)


def main() -> int:
    """Print the table; 1 when 18-digit validation is not fast enough."""
    dice = random.Random(20261123)
    residents = resident_numbers(4000, dice)
    table = [
        ("resident, 18 digits", resident.validate, stdnum_ric.validate, residents),
        ("unified social credit code", credit_code.validate, stdnum_uscc.validate, credit_codes(4000, dice)),
        ("legal entity identifier", lei.validate, stdnum_lei.validate, leis(4000, dice)),
        ("card number, 19 digits", card_number.validate, stdnum_luhn.validate, cards(4000, dice)),
    ]
    ratios = []
    for name, ours, theirs, numbers in table:
        fast, slow = nanoseconds(ours, numbers), nanoseconds(theirs, numbers)
        ratios.append(slow / fast)
        print(f"{name:28} {fast:8.0f} ns   python-stdnum {slow:8.0f} ns   {slow / fast:6.1f} times as fast")
    documents = [IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(text)) for text in residents]
    print(f"{'IdentityDocument.reading()':28} {nanoseconds(IdentityDocument.reading, documents):8.0f} ns")
    print(f"{'  and its birth date':28} {nanoseconds(lambda one: one.reading().birth_date, documents):8.0f} ns")
    print(f"{'IdentityDocument.key()':28} {nanoseconds(IdentityDocument.key, documents):8.0f} ns")
    if ratios[0] < FLOOR:
        print(f"18-digit validation should be at least {FLOOR} times as fast")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A fictional bank's register of contracts by seed, as rows of text, with faults put in by name.

The products are those of `docs/examples/catalogue.toml`. Each customer has five contracts, so that any customer's can be made alone; a longer
register begins with the shorter one. Nobody here exists, and no number is anybody's.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TextIO

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sim.dice import Dice, dice
from custmaster.sim.fiction import FICTIONAL_DAY

__all__ = [
    "CONTRACTS_EACH",
    "CONTRACT_FAULTS",
    "CONTRACT_HEADER",
    "FictionalHolder",
    "contracts_of",
    "fictional_holders",
    "holder_number",
    "write_contracts",
]

CONTRACT_HEADER: Final[tuple[str, ...]] = (
    "number",
    "product",
    "customer",
    "state",
    "account",
    "card",
    "organisation",
    "reference",
    "instance",
    "channels",
    "valid_from",
    "valid_until",
    "signed_on",
    "ended_on",
)
"""The columns of the register."""
CONTRACTS_EACH: Final = 5
_BANKING, _FUNDS, _WATER, _LIMIT, _BROKER = range(CONTRACTS_EACH)
_PRODUCTS: Final = ("0300000002", "0300000004", "0200000001", "0400000001", "0100000001")
_LOOKING: Final = "0300000003"
_WEALTH: Final = "0300000005"
_REPAYMENT: Final = "0400000002"
_WHETHER, _WHICH, _HAS_WEALTH, _SIGNED, _OVER, _FORM = range(1, 7)
_THOUSAND: Final = 1000

Row = dict[str, str]
Register = list[Row]


@frozen(kw_only=True)
class FictionalHolder:
    """The contracts of one customer as rows of texts in the order of the header, and the fault put in, with the number it is told at."""

    customer: str
    rows: tuple[tuple[str, ...], ...]
    fault: str | None = None
    told_at: str | None = None


def holder_number(place: int) -> str:
    """The customer number of the holder at this place.

    >>> holder_number(7)
    '6000000008'
    """
    return str(6_000_000_001 + place)


def fictional_holders(count: int, *, seed: int, faults: int = 0) -> Iterator[FictionalHolder]:
    """The first `count` customers with their contracts; `faults` of a thousand carry one of `CONTRACT_FAULTS`.

    Errors: InvalidValue (RANGE) for a negative count or faults outside 0 to 1000.

    >>> len(list(fictional_holders(3, seed=1))[0].rows)
    5
    """
    if count < 0 or not 0 <= faults <= _THOUSAND:
        raise InvalidValue(Fault.RANGE, path="count" if count < 0 else "faults")
    return (contracts_of(place, seed=seed, faults=faults) for place in range(count))


def contracts_of(place: int, *, seed: int, faults: int = 0) -> FictionalHolder:
    """The contracts of the holder at one place alone.

    >>> contracts_of(3, seed=1, faults=1000).fault is None
    False
    """
    roll = dice(seed=seed, row=place)
    register = _clean(place, roll)
    fault, told_at = _fault(place, seed, faults), None
    if fault is not None:
        told_at = CONTRACT_FAULTS[fault](register, place)
    rows = tuple(tuple(row.get(name, "") for name in CONTRACT_HEADER) for row in register)
    return FictionalHolder(customer=holder_number(place), rows=rows, fault=fault, told_at=told_at)


def _fault(place: int, seed: int, faults: int) -> str | None:
    roll = dice(seed=seed, row=place)
    if roll.below(_WHETHER, _THOUSAND) >= faults:
        return None
    fault = roll.pick(_WHICH, tuple(CONTRACT_FAULTS))
    if fault == "BOUND_TO_SEVERAL" and (place == 0 or _fault(place - 1, seed, faults) is not None):
        return "SIGNED_TWICE"  # the one before must hold the account, and be sound
    return fault


def _number(place: int, at: int) -> str:
    return f"C{place * CONTRACTS_EACH + at + 1:010d}"


def _clean(place: int, roll: Dice) -> Register:
    """Sound contracts; some ended, some written with spaces or in full width, as systems hand them on."""
    customer, account = holder_number(place), f"6222{place:015d}"
    day = FICTIONAL_DAY - timedelta(days=1 + roll.below(_SIGNED, 3000))
    shared = {"customer": customer, "state": "ACTIVE", "signed_on": day.isoformat(), "valid_from": day.isoformat()}
    register = [{**shared, "number": _number(place, at), "product": one} for at, one in enumerate(_PRODUCTS)]
    register[_BANKING] |= {"channels": "MOBILE,WEB"}
    register[_FUNDS] |= {"account": account, "valid_until": "长期" if roll.below(_FORM, 10) == 0 else ""}
    register[_WATER] |= {"account": account, "organisation": f"WATER{place % 40:02d}", "reference": f"W{place:09d}"}
    register[_LIMIT] |= {"channels": "MOBILE", "reference": "DAY", "account": account}
    register[_BROKER] |= {"account": account, "organisation": f"BROKER{place % 90:02d}", "reference": _at_broker(place)}
    if roll.below(_HAS_WEALTH, 4) == 0:
        register[_LIMIT] |= {"product": _WEALTH, "channels": "", "reference": ""}
    elif roll.below(_OVER, 8) == 0:
        register[_FUNDS] |= {"state": "TERMINATED", "ended_on": FICTIONAL_DAY.isoformat()}
    if roll.below(_FORM, 20) == 1:
        register[_WATER]["reference"] = f"ｗ {place:09d}"
    until = FICTIONAL_DAY + timedelta(days=roll.below(_SIGNED, 700))
    register[_WATER]["valid_until"] = until.isoformat()
    return register


def _at_broker(place: int) -> str:
    return f"{place % 90:02d}_{place:08d}"


# --- faults: each changes the contracts of one customer and gives the number that it is told at ---------------------------


def _signed_twice(register: Register, place: int) -> str:
    del place
    register[_FUNDS] |= {name: register[_BANKING].get(name, "") for name in ("product", "channels", "account")}
    _revive(register[_FUNDS])
    register[_LIMIT] |= {"product": _PRODUCTS[_LIMIT], "channels": "WEB", "reference": "DAY"}
    return register[_BANKING]["number"]


def _bound_to_several(register: Register, place: int) -> str:
    register[_BROKER] |= {"organisation": f"BROKER{(place - 1) % 90:02d}", "reference": _at_broker(place - 1)}
    return _number(place - 1, _BROKER)


def _number_twice(register: Register, place: int) -> str:
    register[_WATER]["number"] = register[_BROKER]["number"] = _number(place, _WATER)
    return register[_WATER]["number"]


def _expired(register: Register, place: int) -> str:
    del place
    register[_WATER] |= {"valid_from": "2020-01-01", "valid_until": date(2026, 11, 22).isoformat()}
    return register[_WATER]["number"]


def _absent(register: Register, place: int) -> str:
    register[_WATER]["customer"] = f"9{place:09d}"
    return register[_WATER]["number"]


def _unknown_product(register: Register, place: int) -> str:
    del place
    register[_WATER]["product"] = "0999999999"
    return register[_WATER]["number"]


def _side_by_side(register: Register, place: int) -> str:
    del place
    register[_LIMIT] |= {"product": _LOOKING, "channels": "WEB"}
    return register[_BANKING]["number"]


def _without_funds(register: Register, place: int) -> str:
    """Wealth management beside funds of another account."""
    register[_LIMIT] |= {"product": _WEALTH, "channels": "", "reference": ""}
    register[_FUNDS]["account"] = f"6229{place:015d}"
    return register[_LIMIT]["number"]


def _no_reference(register: Register, place: int) -> str:
    del place
    register[_WATER]["reference"] = " "
    return register[_WATER]["number"]


def _same_days(register: Register, place: int) -> str:
    """A credit card is repaid over the telephone, and over whatever channel, from one account."""
    del place
    account = register[_BROKER]["account"]
    register[_LIMIT] |= {"product": _REPAYMENT, "channels": "MOBILE", "reference": "ｃ ７", "account": account}
    register[_FUNDS] |= {"product": _REPAYMENT, "channels": "*", "reference": "C7", "account": account}
    _revive(register[_FUNDS])
    return register[_FUNDS]["number"]


def _ended_but_live(register: Register, place: int) -> str:
    del place
    register[_BROKER]["ended_on"] = FICTIONAL_DAY.isoformat()
    return register[_BROKER]["number"]


def _no_state(register: Register, place: int) -> str:
    del place
    register[_BROKER]["state"] = "LIVELY"
    return register[_BROKER]["number"]


def _revive(row: Row) -> None:
    row |= {"state": "SUSPENDED", "ended_on": "", "valid_until": ""}


CONTRACT_FAULTS: Final[Mapping[str, Callable[[Register, int], str]]] = MappingProxyType(
    {
        # the code that it is told by
        "SIGNED_TWICE": _signed_twice,
        "BOUND_TO_SEVERAL": _bound_to_several,
        "NUMBER_TWICE": _number_twice,
        "EXPIRED_BUT_LIVE": _expired,
        "HOLDER_ABSENT": _absent,
        "PRODUCT_UNKNOWN": _unknown_product,
        "EXCLUDED_SIDE_BY_SIDE": _side_by_side,
        "DEPENDENCY_MISSING": _without_funds,
        "KEY_PART_MISSING": _no_reference,
        "ON_THE_SAME_DAYS": _same_days,
        "ENDED_BUT_LIVE": _ended_but_live,
        "CODE_UNKNOWN": _no_state,
    }
)
"""Every fault that can be put in, by the code that tells it."""


def write_contracts(stream: TextIO, count: int, *, seed: int, faults: int = 0) -> list[tuple[str, str]]:
    """Write the contracts of `count` customers as CSV to a stream opened with `newline=""`; gives code and number of each fault.

    >>> import io
    >>> file = io.StringIO()
    >>> write_contracts(file, 1, seed=1), file.getvalue().splitlines()[0][:24]
    ([], 'number,product,customer,')
    """
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(CONTRACT_HEADER)
    truth: list[tuple[str, str]] = []
    for holder in fictional_holders(count, seed=seed, faults=faults):
        rows.writerows(holder.rows)
        if holder.fault is not None and holder.told_at is not None:
            truth.append((holder.fault, holder.told_at))
    return truth

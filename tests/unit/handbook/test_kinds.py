"""Values as TOML gives them, read strictly."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.kinds import (
    DAY,
    SWITCH,
    TEXT,
    TEXTS,
    AgeBand,
    Kind,
    Weight,
    age_bands,
    canonical,
    choice,
    decimal,
    listed,
    plain,
    plain_value,
    weights,
    whole,
)
from custmaster.handbook.number_ranges import CHECK_SCHEME, NUMBER_RANGES
from custmaster.value.number_plan import Assignment, CheckScheme


def toml(written: str) -> Any:
    return tomllib.loads(f"value = {written}")["value"]


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        (whole(1, 3), "1", 1),
        (whole(1, 3), "3", 3),
        (decimal(0, 100), "15", Decimal(15)),
        (decimal(0, 100), '"100.0"', Decimal(100)),
        (decimal(-5, 5), '"-0.25"', Decimal("-0.25")),
        (SWITCH, "false", False),
        (DAY, "2017-12-29", date(2017, 12, 29)),
        (TEXT, '"柜员"', "柜员"),
        (choice("REMIND", "BLOCK"), '"BLOCK"', "BLOCK"),
        (TEXTS, '["a", "b"]', ("a", "b")),
        (TEXTS, "[]", ()),
        (weights, '[{ name = "n", weight = "0.5" }]', (Weight(name="n", weight=Decimal("0.5")),)),
        (age_bands, "[{ from_age = 0, long_term = true }]", (AgeBand(from_age=0, to_age=None, years=None),)),
        (
            age_bands,
            "[{ from_age = 0, to_age = 15, years = 5 }, { from_age = 16, years = 10, long_term = false }]",
            (AgeBand(from_age=0, to_age=15, years=5), AgeBand(from_age=16, to_age=None, years=10)),
        ),
        (CHECK_SCHEME, '"LUHN"', CheckScheme.LUHN),
    ],
)
def test_read(kind: Kind[Any], written: str, value: object) -> None:
    read = kind.read(toml(written))
    assert read == value
    assert type(read) is type(value)
    assert kind.name


@pytest.mark.parametrize(
    ("kind", "written", "fault", "path"),
    [
        (whole(1, 3), "0", Fault.RANGE, ""),
        (whole(1, 3), "4", Fault.RANGE, ""),
        (whole(1, 3), "true", Fault.TYPE, ""),
        (whole(1, 3), "1.0", Fault.TYPE, ""),
        (whole(1, 3), '"1"', Fault.TYPE, ""),
        (decimal(0, 1), "0.15", Fault.TYPE, ""),
        (decimal(0, 1), "true", Fault.TYPE, ""),
        (decimal(0, 1), '"0,15"', Fault.TYPE, ""),
        (decimal(0, 1), '"NaN"', Fault.TYPE, ""),
        (decimal(0, 1), '"1e0"', Fault.TYPE, ""),
        (decimal(0, 1), '"１"', Fault.TYPE, ""),
        (decimal(0, 1), "2", Fault.RANGE, ""),
        (decimal(0, 1), '"-0.1"', Fault.RANGE, ""),
        (SWITCH, "1", Fault.TYPE, ""),
        (SWITCH, '"true"', Fault.TYPE, ""),
        (DAY, '"2017-12-29"', Fault.TYPE, ""),
        (DAY, "2017-12-29T00:00:00", Fault.TYPE, ""),
        (TEXT, "1", Fault.TYPE, ""),
        (TEXT, '" "', Fault.LENGTH, ""),
        (TEXT, '"' + "x" * 201 + '"', Fault.LENGTH, ""),
        (choice("REMIND", "BLOCK"), '"block"', Fault.UNKNOWN_CODE, ""),
        (choice("REMIND"), "1", Fault.TYPE, ""),
        (CHECK_SCHEME, '"ISO"', Fault.UNKNOWN_CODE, ""),
        (TEXTS, '"a"', Fault.TYPE, ""),
        (TEXTS, '["a", 1]', Fault.TYPE, "[1]"),
        (TEXTS, '["a", "b", "a"]', Fault.DUPLICATE, "[2]"),
        (listed(TEXT, at_least=1), "[]", Fault.LENGTH, ""),
        (weights, '["a"]', Fault.TYPE, "[0]"),
        (weights, '[{ name = "n" }]', Fault.MISSING, "[0].weight"),
        (weights, '[{ name = "n", weight = 1, colour = 2 }]', Fault.UNKNOWN_FIELD, "[0]"),
        (weights, '[{ name = "n", weight = 0.5 }]', Fault.TYPE, "[0].weight"),
        (age_bands, "[]", Fault.LENGTH, ""),
        (age_bands, "[{ from_age = 0 }]", Fault.AMBIGUOUS, "[0].years"),
        (age_bands, "[{ from_age = 0, long_term = false }]", Fault.AMBIGUOUS, "[0].years"),
        (age_bands, "[{ from_age = 0, years = 5, long_term = true }]", Fault.AMBIGUOUS, "[0].years"),
        (age_bands, "[{ from_age = 1, years = 5 }]", Fault.GAP, "[0]"),
        (age_bands, "[{ from_age = 0, to_age = 9, years = 5 }]", Fault.GAP, "[0]"),
        (age_bands, "[{ from_age = 0, to_age = 9, years = 5 }, { from_age = 11, years = 5 }]", Fault.GAP, "[1]"),
        (age_bands, "[{ from_age = 0, years = 5 }, { from_age = 9, years = 6 }]", Fault.GAP, "[1]"),
    ],
)
def test_refused(kind: Kind[Any], written: str, fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        kind.read(toml(written))
    assert (caught.value.fault, caught.value.path) == (fault, path)
    assert caught.value.remedy


RANGE = '{ name = "new", low = "6000", high = "6999", owner = "BP", assignment = "INTERNAL" }'


def test_number_ranges() -> None:
    (one,) = NUMBER_RANGES.read(toml(f"[{RANGE}]"))
    assert (one.name, one.assignment, one.example) == ("new", Assignment.INTERNAL, False)


@pytest.mark.parametrize(
    ("written", "fault", "path"),
    [
        ("[]", Fault.LENGTH, ""),
        (f"[{RANGE}, {RANGE.replace('new', 'newer')}]", Fault.OVERLAP, "new and newer"),
        (
            f"[{RANGE}, {RANGE.replace('new', 'wide').replace('6999', '69990').replace('6000', '60000')}]",
            Fault.LENGTH,
            "wide",
        ),
        (f"[{RANGE.replace('6999', '5999')}]", Fault.ORDER, "[0].high"),
        (f"[{RANGE.replace('INTERNAL', 'OURS')}]", Fault.UNKNOWN_CODE, "[0].assignment"),
        ('[{ name = "new", low = 6000 }]', Fault.MISSING, "[0].high"),
    ],
)
def test_number_ranges_refused(written: str, fault: Fault, path: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        NUMBER_RANGES.read(toml(written))
    assert (caught.value.fault, caught.value.path) == (fault, path)


def test_canonical_is_one_text_for_one_value() -> None:
    assert canonical(Decimal("15.0")) == canonical(Decimal(15)) == canonical(Decimal("1.5E+1")) == '"15"'
    assert canonical(15) != canonical(Decimal(15))
    assert canonical(("a", "b")) != canonical(("a,b",))
    assert canonical(CheckScheme.NONE) == '"NONE"'
    assert canonical(None) == "null"
    assert plain(Decimal(100)) == "100"
    assert plain(True) is True


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "-"),
        (False, "false"),
        (7, "7"),
        (Decimal("0.50"), "0.5"),
        (date(2024, 5, 1), "2024-05-01"),
        ("柜员", "柜员"),
        ((), ""),
        (Weight(name="n", weight=Decimal(1)), "name=n weight=1"),
        ((AgeBand(from_age=46, to_age=None, years=None),), "from_age=46 to_age=- years=-"),
    ],
)
def test_as_people_read_it(value: object, said: str) -> None:
    assert plain_value(value) == said


def test_an_age_band() -> None:
    band = AgeBand(from_age=16, to_age=25, years=10)
    assert [band.covers(age) for age in (15, 16, 25, 26)] == [False, True, True, False]
    assert type(toml("2017-12-29T00:00:00")) is datetime

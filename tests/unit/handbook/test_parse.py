"""A handbook file: used as a whole, or all of its problems at once, each with key, line and remedy."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from custmaster.errors import Fault, UnusableInput
from custmaster.handbook.keys import Key
from custmaster.handbook.kinds import SWITCH, TEXT, decimal, whole
from custmaster.handbook.parse import UnusableHandbook, check, default, default_text, parse

FLOOR = Key(name="roster.floor", kind=whole(0, 99), zh="下限", en="floor")
RATE = Key(name="roster.rate", kind=decimal(0, 100), zh="比例", en="rate")
SHOWN = Key(name="report.shown", kind=SWITCH, zh="是否显示", en="shown")
KEYS = (FLOOR, RATE, SHOWN)

GOOD = """\
[handbook]
format = 1
name = "a branch"
version = "7"

[[roster.floor]]      # per person
from = 2017-12-29
value = 10
article = "四、2(1)"

[[roster.floor]]
from = 2020-01-01
until = 2021-01-01
value = 12
article = "四、2(1)"
source = "R-20"
evidence = "S"
note = "raised for a year"

[[roster.rate]]
from = 2017-12-29
value = "12.5"
article = "二、1"

[[report.shown]]
from = 2017-12-29
value = true
article = "三"
"""


def problems(text: str) -> list[tuple[str, int | None, Fault]]:
    found = check(text, "f.toml", keys=KEYS)
    assert all(problem.problem and problem.remedy for problem in found)
    return [(problem.key, problem.line, problem.fault) for problem in found]


def edited(old: str, new: str, count: int = 1) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, count)


def test_a_good_file() -> None:
    book = parse(GOOD, "f.toml", keys=KEYS)
    assert (book.name, book.version) == ("a branch", "7")
    assert problems(GOOD) == []
    assert [
        book.on(day).get(FLOOR) for day in (date(2017, 12, 28), date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1))
    ] == [
        None,
        10,
        12,
        None,
    ]
    entry = book.timeline(FLOOR).entries[1]
    assert (entry.source, entry.evidence, entry.note) == ("R-20", "S", "raised for a year")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (edited("value = 10", "value = 100"), [("roster.floor", 8, Fault.RANGE)]),
        (edited("value = 10", 'value = "10"'), [("roster.floor", 8, Fault.TYPE)]),
        (edited('"12.5"', "12.5"), [("roster.rate", 22, Fault.TYPE)]),
        (edited("from = 2017-12-29", 'from = "2017-12-29"'), [("roster.floor", 7, Fault.TYPE)]),
        (edited("from = 2017-12-29", "from = 2017-12-29T08:00:00"), [("roster.floor", 7, Fault.TYPE)]),
        (edited('article = "四、2(1)"\n', ""), [("roster.floor", 6, Fault.MISSING)]),
        (edited("from = 2017-12-29\n", ""), [("roster.floor", 6, Fault.MISSING)]),
        (edited("value = 10\n", ""), [("roster.floor", 6, Fault.MISSING)]),
        (edited("value = 10", "value = 10\nvalid = 3"), [("roster.floor", 9, Fault.UNKNOWN_FIELD)]),
        (edited('evidence = "S"', 'evidence = "sure"'), [("roster.floor", 17, Fault.UNKNOWN_CODE)]),
        (edited("until = 2021-01-01", "until = 2020-01-01"), [("roster.floor", 13, Fault.ORDER)]),
        (edited("from = 2020-01-01", "from = 2017-12-29"), [("roster.floor", 12, Fault.DUPLICATE)]),
        (edited("value = 10", "until = 2019-12-31\nvalue = 10"), [("roster.floor", 8, Fault.GAP)]),
        (edited("value = 10", "until = 2020-01-02\nvalue = 10"), [("roster.floor", 8, Fault.OVERLAP)]),
        (edited("value = 10", "until = 2020-01-01\nvalue = 10"), []),
        (edited("[[report.shown]]", "[report.shown]"), [("report.shown", 25, Fault.FORMAT)]),
        (
            edited("[[report.shown]]", "[[report.shwn]]"),
            [("report.shwn", 25, Fault.UNKNOWN_FIELD), ("report.shown", None, Fault.MISSING)],
        ),
        (
            edited("[[report.shown]]", "[[colour]]"),
            [("colour", 25, Fault.UNKNOWN_FIELD), ("report.shown", None, Fault.MISSING)],
        ),
        (
            edited("[[report.shown]]", "[report.colour]"),
            [("report.colour", 25, Fault.UNKNOWN_FIELD), ("report.shown", None, Fault.MISSING)],
        ),
        ("colour = 1\n" + GOOD, [("colour", 1, Fault.UNKNOWN_FIELD)]),
        (
            "report = 1\n" + GOOD[: GOOD.index("[[report")],
            [("report", 1, Fault.UNKNOWN_FIELD), ("report.shown", None, Fault.MISSING)],
        ),
        (GOOD[: GOOD.index("[[report")] + "[report]\nshown = []\n", [("report.shown", None, Fault.MISSING)]),
        (GOOD[: GOOD.index("[[report")] + "[report]\nshown = [1]\n", [("report.shown", None, Fault.TYPE)]),
        (edited("format = 1", "format = 2"), [("handbook", 2, Fault.RANGE)]),
        (edited('version = "7"\n', ""), [("handbook", 1, Fault.MISSING)]),
        (edited('version = "7"', 'version = "7"\nowner = "x"'), [("handbook", 1, Fault.UNKNOWN_FIELD)]),
        (edited('version = "7"', "version = 7"), [("handbook", 4, Fault.TYPE)]),
        (GOOD[GOOD.index("[[roster.floor]]") :], [("handbook", None, Fault.MISSING)]),
        (edited("value = 10", "value = "), [("", 8, Fault.FORMAT)]),
        (GOOD + "[[report.shown", [("", 29, Fault.FORMAT)]),
        (edited("value = 10", "value = " + "9" * 5000), [("", 28, Fault.FORMAT)]),
        (edited("value = 10", "value = " + "[" * 5000), [("", 28, Fault.FORMAT)]),
        (edited("2020-01-01", "2020-02-30"), [("", 12, Fault.FORMAT)]),
        ("#" * 2_000_001, [("", None, Fault.LENGTH)]),
    ],
)
def test_each_problem_names_key_line_and_fault(text: str, expected: list[tuple[str, int | None, Fault]]) -> None:
    assert problems(text) == expected


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        GOOD.replace("value = true", "value = 1")
        .replace("value = 10", "value = -1")
        .replace('"12.5"', "12.5")
        .replace('"a branch"', '""')
    )
    assert problems(text) == [
        ("handbook", 3, Fault.LENGTH),
        ("roster.floor", 8, Fault.RANGE),
        ("roster.rate", 22, Fault.TYPE),
        ("report.shown", 27, Fault.TYPE),
    ]
    with pytest.raises(UnusableHandbook) as caught:
        parse(text, "f.toml", keys=KEYS)
    said = str(caught.value).splitlines()
    assert len(said) == 4
    assert said[0].startswith("f.toml, line 3, handbook: ")
    assert "write it in quotes" in said[2]
    assert isinstance(caught.value, UnusableInput)
    assert (caught.value.source, caught.value.where) == ("f.toml", "line 3")


def test_a_bad_value_does_not_hide_a_bad_chain() -> None:
    text = edited("value = 12", 'value = "12"') + "\n[[roster.floor]]\nfrom = 2017-12-29\nvalue = 3\narticle = 'x'\n"
    assert problems(text) == [("roster.floor", 14, Fault.TYPE), ("roster.floor", 31, Fault.DUPLICATE)]


def test_the_error_crosses_process_borders_and_needs_no_line() -> None:
    with pytest.raises(UnusableHandbook) as caught:
        parse(GOOD[: GOOD.index("[[report")], "f.toml", keys=KEYS)
    assert caught.value.where == "report.shown"
    assert str(caught.value).startswith("f.toml, report.shown: the key is missing; ")
    twin = pickle.loads(pickle.dumps(caught.value))
    assert (str(twin), twin.problems) == (str(caught.value), caught.value.problems)


def test_a_near_name_is_suggested() -> None:
    (first, _) = check(edited("[[report.shown]]", "[[report.show]]"), keys=KEYS)
    assert first.remedy == "did you mean report.shown?"
    (far, _) = check(edited("[[report.shown]]", "[[xyzzy]]"), keys=KEYS)
    assert "remove it" in far.remedy


def test_no_text_of_a_wrong_file_is_repeated() -> None:
    row = "440524188001010014,张伟,13800001234\n"
    (only,) = check(row * 3)
    assert only.line == 1
    assert "440524" not in str(only)
    assert "张伟" not in str(only)


def test_a_bank_may_add_its_own_keys() -> None:
    own = Key(name="own.colour", kind=TEXT, zh="颜色", en="colour")
    text = GOOD + '\n[[own.colour]]\nfrom = 2024-01-01\nvalue = "red"\narticle = "x"\n'
    assert parse(text, keys=(*KEYS, own)).on(date(2024, 1, 1))[own] == "red"


NEEDED = ("from", "value", "article", "[", "format", "version", "name =")
HARMLESS = ("#", "source", "evidence", "note")


@pytest.mark.parametrize("number", range(0, len(default_text().splitlines()), 3))
def test_every_third_line_of_the_packaged_file_is_either_needed_or_optional(number: int) -> None:
    lines = default_text().splitlines()
    found = check("\n".join(lines[:number] + lines[number + 1 :]))
    if lines[number].startswith(NEEDED):
        assert found
    if not lines[number] or lines[number].startswith(HARMLESS):
        assert found == ()


def test_the_packaged_handbook_is_read_once() -> None:
    assert default() is default()
    assert check(default_text()) == ()

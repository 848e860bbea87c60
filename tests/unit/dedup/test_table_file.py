"""A rules file of foreign data: every fold and comparison, rows, vetoes and points, and every complaint."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.compare import Level
from custmaster.dedup.evidence import judge, link_of
from custmaster.dedup.feature_folds import fold_of
from custmaster.dedup.likenesses import contains, likeness_of, near_number, shared_words
from custmaster.dedup.table_file import TableFile, parse
from custmaster.dedup.why import why
from custmaster.errors import UnusableInput

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples" / "rules"
RULES = """
keys = [["name", "year"], ["phone"]]

[features]
name = { columns = ["First", "Last"], folds = ["plain", "sorted"] }
phone = { columns = ["Phone"], folds = ["digits", { least = 7 }] }
year = { columns = ["Born"], folds = [{ prefix = 4 }] }
sex = { columns = ["Sex"] }

[[comparisons]]
field = "NAME"
feature = "name"
by = { within_edits = 1 }

[[comparisons]]
field = "PHONE"
feature = "phone"

[[comparisons]]
field = "YEAR"
feature = "year"
by = { near_number = 1 }

[[comparisons]]
field = "SEX"
feature = "sex"

[[rows]]
name = "NAME_PHONE"
verdict = "EXISTS"
where = { NAME = ["AGREE"], PHONE = ["AGREE"] }
source = "a test"

[[rows]]
name = "NAME_YEAR"
where = { NAME = ["AGREE", "NEAR"], YEAR = ["AGREE", "NEAR"] }
source = "a test"

[[vetoes]]
name = "OTHER_SEX"
where = { SEX = ["DIFFER"] }
source = "a test"
"""
POINTS = """
[points]
exists = 5
suspect = 3
[points.worth]
PHONE = { AGREE = 3, DIFFER = -1 }
YEAR = { AGREE = 2.5 }
"""


def record(**cells: str) -> dict[str, str | None]:
    return dict(cells)


def told(rules: TableFile, one: dict[str, str | None], other: dict[str, str | None]) -> tuple[str, str]:
    found = judge(rules.side(one), rules.side(other), rules.table)
    assert found == judge(rules.side(other), rules.side(one), rules.table)
    return str(link_of(found)), found.row


ADA = record(First="Ada", Last="King", Phone="020-555 0100", Born="1815-12-10", Sex="F")


@pytest.mark.parametrize(
    ("other", "link", "row"),
    [
        (record(First="King", Last="ADA", Phone="0205550100"), "AUTOMATIC", "NAME_PHONE"),
        (record(First="Ada", Last="Kingg", Born="1816"), "REVIEW", "NAME_YEAR"),
        (record(First="King", Last="ADA", Phone="0205550100", Sex="M"), "NONE", ""),
        (record(Phone="0205550100"), "NONE", ""),
        (record(), "NONE", ""),
    ],
)
def test_rows_and_vetoes(other: dict[str, str | None], link: str, row: str) -> None:
    assert told(parse(RULES, "x.toml"), ADA, other) == (link, row)


def test_points_where_no_row_decides() -> None:
    rules = parse(RULES + POINTS, "x.toml")
    assert told(rules, ADA, record(Phone="0205550100", Born="1815")) == ("AUTOMATIC", "POINTS")
    assert told(rules, ADA, record(Phone="0205550100")) == ("REVIEW", "POINTS")
    assert told(rules, ADA, record(Phone="0205550100", Born="1815", Sex="M")) == ("NONE", "")
    assert told(rules, ADA, record(First="Ada", Last="King", Born="1815")) == ("REVIEW", "NAME_YEAR")
    assert told(rules, ADA, record(Phone="0205550199", Born="1815")) == ("NONE", "")


def test_the_keys_are_features_put_together() -> None:
    rules = parse(RULES, "x.toml")
    assert rules.table.keys(rules.side(ADA)) == ("name+year:ADA KING|1815", "phone:0205550100")
    assert rules.table.keys(rules.side(record(First="Ada"))) == ()


def test_why_holds_for_foreign_records_too() -> None:
    rules = parse(RULES, "x.toml")
    account = why(rules.side(ADA), rules.side(record(First="Ada", Last="King")), rules.table)
    assert account.link is Link.NONE
    assert account.nearest is not None
    assert (account.nearest.row, account.nearest.lacks) == ("NAME_PHONE", ("PHONE",))
    assert account.met == ()


@pytest.mark.parametrize(
    ("fold", "text", "values"),
    [
        ("exact", "ａ  b", ["A B"]),
        ("variant", "張", ["张"]),
        ("digits", "a1-2", ["12"]),
        ("letters", "a1-b", ["AB"]),
        ("plain", "O'Hara & sons", ["OHARA SONS"]),
        ("compact", "a b-1", ["AB1"]),
        ("sorted", "B A B", ["A B"]),
        ("words", "B A", ["B", "A"]),
        ("numbers", "12 Main St 4", ["12", "4"]),
        ({"prefix": 2}, "ABC", ["AB"]),
        ({"prefix": 4}, "ABC", []),
        ({"suffix": 2}, "ABC", ["BC"]),
        ({"suffix": 4}, "ABC", []),
        ({"word": -1}, "A B", ["B"]),
        ({"word": 2}, "A B", []),
        ({"word": 0}, "", []),
        ({"least": 2}, "A", []),
        ({"most": 2}, "AB", ["AB"]),
        ({"most": 1}, "AB", []),
        ({"date": {"patterns": ["M/D/YY", "D/M/YY"], "pivot": 26}}, "1/2/85", ["1985-01-02", "1985-02-01"]),
        ({"date": {"patterns": ["YYYY-MM-DD"]}}, "no date", []),
        ({"without": ["THE"]}, "THE INN", ["INN"]),
        ({"instead": {"BOB": "ROBERT"}}, "BOB S", ["ROBERT S"]),
        ({"before": "@"}, "a@b", ["a"]),
    ],
)
def test_each_fold(fold: object, text: str, values: list[str]) -> None:
    assert fold_of(fold, "x")(text) == values


def test_comparisons_of_words_and_numbers() -> None:
    assert contains("A B", "A B") is Level.AGREE
    assert contains("A B", "B") is contains("B", "A B") is Level.NEAR
    assert contains("A B", "B C") is Level.DIFFER
    assert shared_words(0.5)("A", "A") is Level.AGREE
    assert shared_words(0.5)("A B", "B") is Level.NEAR
    assert shared_words(0.6)("A B", "B C") is Level.DIFFER
    assert near_number(1)("7", "7") is Level.AGREE
    assert near_number(1)("7", "8") is Level.NEAR
    assert near_number(1)("7", "x") is near_number(1)("1" * 19, "2" * 19) is Level.DIFFER
    assert likeness_of("one_character", "x")("AB", "BA") is Level.NEAR
    assert likeness_of({"alike": 0.9}, "x")("MARTHA", "MARHTA") is Level.NEAR


@pytest.mark.parametrize(
    "given", ["soundex", {"within_edits": 0}, {"within_edits": "1"}, {"alike": 2.0}, {"a": 1, "b": 2}, 3, {}]
)
def test_a_comparison_that_there_is_not(given: object) -> None:
    with pytest.raises(UnusableInput, match=r"x\.toml"):
        likeness_of(given, "x.toml")


@pytest.mark.parametrize("given", ["soundex", {"prefix": "2"}, {"a": 1, "b": 2}, 3, {}])
def test_a_fold_that_there_is_not(given: object) -> None:
    with pytest.raises(UnusableInput, match=r"x\.toml"):
        fold_of(given, "x.toml")


WRONG = [
    ("[", "it is not TOML"),
    ("", "features: it is missing or empty"),
    (RULES.replace('keys = [["name", "year"], ["phone"]]', ""), "keys: it is missing"),
    (RULES.replace('["phone"]]', '["fax"]]'), "keys: it names a feature"),
    (RULES.replace('feature = "phone"', 'feature = "fax"'), "comparisons.PHONE: it names a feature"),
    (RULES.replace('field = "PHONE"', 'field = "NAME"'), "a field is compared twice"),
    (RULES.replace('PHONE = ["AGREE"]', 'FAX = ["AGREE"]'), "rows.NAME_PHONE: it names a field"),
    (RULES.replace('PHONE = ["AGREE"]', 'PHONE = ["SAME"]'), "a level is"),
    (RULES.replace('verdict = "EXISTS"', 'verdict = "NEW"'), "the verdict of a row"),
    (RULES.replace('verdict = "EXISTS"', "points = 1"), "rows.NAME_PHONE: it may hold"),
    (RULES.replace('columns = ["Sex"]', "columns = []"), "features.sex: it names no column"),
    (RULES.replace('{ columns = ["Sex"] }', '"Sex"'), "features.sex: it may hold"),
    (RULES + "[points]\n[points.worth]\n", "points: neither"),
    ("colour = 1\n" + RULES, "the file: it may hold"),
]


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_each_complaint_names_its_place(text: str, problem: str) -> None:
    with pytest.raises(UnusableInput) as caught:
        parse(text, "x.toml")
    assert problem in str(caught.value)
    assert "x.toml" in str(caught.value)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_the_examples_are_understood_and_each_row_says_why(path: Path) -> None:
    rules = parse(path.read_text(encoding="utf-8"), path.name)
    assert rules.table.points is not None or rules.table.suspicions
    assert all(row.source for row in (*rules.table.suspicions, *rules.table.vetoes))
    empty = rules.side({})
    assert rules.table.keys(empty) == ()
    assert judge(empty, empty, rules.table).verdict is Verdict.NEW

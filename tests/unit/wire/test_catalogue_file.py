"""Catalogues from TOML and from CSV: the same values, and every fault named with line, product and field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from custmaster.contract import Category
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.value.span import Span
from custmaster.wire import load_catalogue

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
TOML = (EXAMPLES / "catalogue.toml").read_text(encoding="utf-8")
CSV = (EXAMPLES / "catalogue.csv").read_text(encoding="utf-8")
HEAD = "number,zh,en,category"
SMS = '[[product]]\nnumber = "0000000001"\nzh = "短信通"\nen = "alerts"\ncategory = "PRODUCT_SERVICE"\n'


def refused(text: str, source: str = "c.toml", version: str | None = None) -> str:
    with pytest.raises(UnusableInput) as caught:
        load_catalogue(text, source, 10, version)
    return str(caught.value)


def test_the_two_examples_are_one_catalogue_of_all_four_categories() -> None:
    from_toml = load_catalogue(TOML, "catalogue.toml", 10)
    assert load_catalogue(CSV, "catalogue.csv", 10, from_toml.version) == from_toml
    assert load_catalogue("\ufeff" + CSV, "catalogue.csv", 10, from_toml.version) == from_toml
    assert len(from_toml.products) >= 12
    assert {product.category for product in from_toml.products} == set(Category)
    assert from_toml.product("0300000003").offered == Span(None, date(2026, 7, 1))
    assert from_toml.product("0400000001").offered == Span(date(2016, 12, 1), None)


def test_days_in_quotes_are_days_too() -> None:
    made = load_catalogue(f'version = "1"\n{SMS}from = "2026-01-01"\nuntil = 2027-01-01', "c.toml", 10)
    assert made.products[0].offered == Span(date(2026, 1, 1), date(2027, 1, 1))


def test_an_empty_catalogue_is_one() -> None:
    assert load_catalogue('version = "1"', "c.toml", 10).products == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("version", "this is no TOML"),
        (SMS, "c.toml, line 1: version: the version of this catalogue is missing"),
        ("version = 1", "version: the version of this catalogue is missing"),
        ('version = " "', "version: nothing is written here (EMPTY)"),
        ('version = "1"\nproducts = 1', "line 2: products: means nothing here; did you mean 'product'?"),
        ('version = "1"\nproduct = 1', "line 2: product: this is no list of products"),
        ('version = "1"\nproduct = [1]', "line 2: product: this is no list of products"),
        (
            f'version = "1"\n{SMS}chanels = ["WEB"]',
            "line 7: 0000000001.chanels: means nothing here; did you mean 'channels'?",
        ),
        (f'version = "1"\n{SMS}level = "BRANCH"', "line 7: 0000000001.level: unknown code (UNKNOWN_CODE, length 6)"),
        (
            f'version = "1"\n{SMS}channels = ["web"]',
            "0000000001.channels[0]: wrong form (FORMAT, length 3); write it like",
        ),
        (f'version = "1"\n{SMS}from = 2026-01-01T00:00:00', "line 7: 0000000001.from: wrong type"),
        (
            f'version = "1"\n{SMS}from = 2027-01-01\nuntil = 2026-01-01',
            "line 7: 0000000001.from: ends before it begins",
        ),
        (f'version = "1"\n{SMS}flow = "PAY"', "line 7: 0000000001.flow: does not go with the rest"),
        ('version = "1"\n[[product]]\nzh = "x"', "line 2: product[0].number: missing (MISSING)"),
        (f'version = "1"\n{SMS}{SMS}', "0000000001.number: stands here twice (DUPLICATE); a product stands once"),
        (
            f'version = "1"\n{SMS}needs = ["0000000002"]',
            "0000000001.needs[0]: unknown code (UNKNOWN_CODE); there is no",
        ),
        (f'version = "1"\n{SMS}'.replace("0000000001", "13800001234 张伟"), "line 3: product[0].number: wrong form"),
    ],
)
def test_every_fault_of_a_toml_file_is_named(text: str, told: str) -> None:
    assert told in refused(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "number: this column is missing"),
        ("number,zh,en,categorie", "categorie: means nothing here; did you mean 'category'?"),
        (f"{HEAD},zh", "zh: this column stands twice"),
        (f"{HEAD}\n0000000001,短信通", "line 2: 0000000001: there are 2 cells; a line has 4 cells"),
        (f'{HEAD}\n"0000000001', "c.csv, line 2: the quotes do not fit"),
        (f"{HEAD}\n1,短信通,alerts,PRODUCT_SERVICE", "line 2: 1.number: wrong length (LENGTH, length 1)"),
        (f"{HEAD}\n,短信通,alerts,PRODUCT_SERVICE", "line 2: product[0].number: missing"),
        (f"{HEAD},terminable\n0000000001,短信通,a,PRODUCT_SERVICE,maybe", "0000000001.terminable: wrong type"),
        (f"{HEAD},from\n0000000001,短信通,a,PRODUCT_SERVICE,2026/1/1", "0000000001.from: no such day"),
        (
            f"{HEAD},excludes\n0000000001,短信通,a,PRODUCT_SERVICE,0000000001:x",
            "0000000001.excludes[0].priority: wrong type",
        ),
        (f"{HEAD},excludes\n0000000001,短信通,a,PRODUCT_SERVICE,0000000001", "0000000001.excludes[0]: does not go"),
    ],
)
def test_every_fault_of_a_csv_file_is_named(text: str, told: str) -> None:
    assert told in refused(text, "c.csv", "1")


def test_the_faults_of_all_rows_are_told_at_once() -> None:
    rows = "0000000001,a,b,PRODUCT\n\n0000000002,,b,PRODUCT_SERVICE\n0000000003,a\n"
    told = refused(f"{HEAD}\n{rows}", "c.csv", "1")
    assert "3 things are wrong" in told
    assert [line.strip().partition(";")[0] for line in told.splitlines()[1:]] == [
        "line 2: 0000000001.category: unknown code (UNKNOWN_CODE, length 7)",
        "line 4: 0000000002.zh: missing (MISSING)",
        "line 5: 0000000003: there are 2 cells",
    ]


def test_a_cell_is_never_shown() -> None:
    text = f"{HEAD},level\n0000000001,张伟,13800001234,张伟,110105194912310022"
    told = refused(text, "c.csv", "1")
    assert "张伟" not in told
    assert "1101051949" not in told


@pytest.mark.parametrize(("source", "version"), [("c.csv", None), ("c.toml", "1")])
def test_the_version_is_said_once(source: str, version: str | None) -> None:
    with pytest.raises(CustmasterError):
        load_catalogue("", source, 10, version)


PLAIN = "number,zh,en,category,terminable,excludes\n"


@pytest.mark.parametrize(
    ("cell", "terminable"), [("TRUE", True), ("False", False), ("true", True), ("是", True), ("否", False)]
)
def test_a_switch_is_read_as_a_spreadsheet_writes_it(cell: str, terminable: bool) -> None:
    text = f"{PLAIN}0000000001,甲,a,PRODUCT_SERVICE,{cell},\n"
    assert load_catalogue(text, "C.CSV", 10, "1").product("0000000001").terminable is terminable


def test_an_end_of_a_line_that_csv_does_not_know_stays_in_its_cell() -> None:
    text = f"{PLAIN}0000000001,甲,a\u2028\x0bb,PRODUCT_SERVICE,,\n0000000002,乙,b,WHAT,,\n"
    with pytest.raises(UnusableInput, match=r"^c\.csv, line 3: 0000000002\.category: unknown code"):
        load_catalogue(text, "c.csv", 10, "1")


def test_a_number_of_thousands_of_digits_is_refused_and_not_counted_out() -> None:
    huge = "9" * 5000
    with pytest.raises(UnusableInput, match=r"line 2: 0000000001\.excludes\[0\]\.priority") as caught:
        load_catalogue(f"{PLAIN}0000000001,甲,a,PRODUCT_SERVICE,,0000000002:{huge}\n", "c.csv", 10, "1")
    assert huge not in str(caught.value)
    with pytest.raises(UnusableInput, match="this is no TOML"):
        load_catalogue(f"version = {huge}", "c.toml", 10)


def test_a_byte_order_mark_before_toml_is_passed_over() -> None:
    assert load_catalogue('\ufeffversion = "1"', "c.toml", 10).version == "1"

"""The table of each kind of customer, and rules that another process finds by what is told of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from custmaster.batch import STOCK, CustomerRules, EngineName, Run, dedupe, rules_file
from custmaster.batch.rules import rules_named, sides_of, unread
from custmaster.dedup import STOCK_TABLES, Table
from custmaster.errors import CustmasterError, UnusableInput
from custmaster.value.identity import credit_code
from custmaster.value.party import PartyKind
from custmaster.wire import load_mapping, open_table

ALONE: Final = Run(engine=EngineName.PYTHON, workers=1)
TEXT: Final = (
    'keys = [["zip"]]\n[features]\nzip = { columns = ["Zip", "Code"] }\nname = { columns = ["Name", "Zip"] }\n'
    '[[comparisons]]\nfield = "ZIP"\nfeature = "zip"\n[[rows]]\nname = "ZIP"\nwhere = { ZIP = ["AGREE"] }\nsource = "an example"\n'
)


def test_a_unit_is_judged_by_the_table_of_units(tmp_path: Path) -> None:
    """Behind one name and telephone two credit codes are two units (B4); the row of persons does not ask."""
    codes = [body + credit_code.check_character(body) for body in ("91350100M000100Y4", "91350100M000200Y4")]
    file = tmp_path / "c.csv"
    rows = [
        f"{at},{kind},同名商行,{code},13800001234"
        for at, (kind, code) in enumerate((k, c) for k in "UP" for c in codes)
    ]
    file.write_text("\n".join(["id,kind,name,number,mobile", *rows, ""]), encoding="utf-8")
    mapping = load_mapping(
        '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\n[kind]\ncolumn = "kind"\nvalues = { U = "UNIT", P = "PERSON" }\n'
        '[[documents]]\nnumber = "number"\ntype = "CREDIT_CODE"',
        "m.toml",
    )
    found = dedupe(file, mapping, run=ALONE)
    assert [(one.left, one.right, one.row) for one in found.edges] == [("2", "3", "NAME_MOBILE")]
    swapped = dict(zip(STOCK_TABLES, reversed([*STOCK_TABLES.values()]), strict=True))
    found = dedupe(file, mapping, rules=CustomerRules(tables=swapped), run=ALONE)
    assert [(one.left, one.right) for one in found.edges] == [("0", "1")]


def test_rules_are_found_by_what_is_told_of_them() -> None:
    rules = rules_file(TEXT, "rules of ours.toml")
    assert rules.spoken is not None
    again = rules_named(rules.spoken)
    assert (again.spoken, STOCK.spoken) == (rules.spoken, {"rules": "stock"})
    assert rules_named({"rules": "stock"}) is STOCK
    with pytest.raises(UnusableInput, match=r"rules of ours\.toml"):
        rules_named({**rules.spoken, "text": "keys = 3"})
    with pytest.raises(CustmasterError, match="by this name"):
        rules_named({"rules": "others"})


def test_columns_that_the_rules_name_in_vain_are_told_once_in_the_order_of_the_rules() -> None:
    rules = rules_file(TEXT, "r.toml")
    assert unread(rules, ("id",)) == ("Zip", "Code", "Name")
    assert unread(rules, (" Code ", "Name")) == ("Zip",)


def test_a_customer_file_needs_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,Zip\n1,2\n", encoding="utf-8")
    with open_table(tmp_path / "c.csv") as table, pytest.raises(CustmasterError, match="mapping"):
        sides_of(STOCK, None, table)


def test_a_row_that_cannot_be_read_meets_nobody_under_rules_of_other_data(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("Zip,Code,Name\n1,,x\ntorn\n1,,y\n", encoding="utf-8")
    found = dedupe(tmp_path / "c.csv", None, rules=rules_file(TEXT, "r.toml"), run=ALONE)
    assert [(one.left, one.right) for one in found.edges] == [("#1", "#3")]


def test_days_of_parquet_are_read_whatever_the_patterns_of_the_mapping(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        "id": ["1", "2"],
        "name": ["张伟", "张伟"],
        "mobile": ["13800001234"] * 2,
        "born": [date(1990, 3, 7), date(1990, 3, 8)],
    }
    pq.write_table(pa.table(columns), tmp_path / "c.parquet")
    mapping = load_mapping(
        '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\n[dates]\nbirth_date = "DD.MM.YYYY"',
        "m.toml",
    )
    assert dedupe(tmp_path / "c.parquet", mapping, run=ALONE).edges == ()  # OTHER_BIRTH
    pq.write_table(pa.table(columns | {"born": [date(1990, 3, 7)] * 2}), tmp_path / "c.parquet")
    (edge,) = dedupe(tmp_path / "c.parquet", mapping, run=ALONE).edges
    assert "+BIRTH" in edge.evidence


def test_each_kind_has_a_table() -> None:
    assert {kind for kind in PartyKind if isinstance(STOCK.tables[kind], Table)} == set(PartyKind)

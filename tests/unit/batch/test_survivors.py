"""The record that is left of each automatic cluster: which cell stands, where it comes from, and that nothing is shown unasked."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pytest

from custmaster.batch import EngineName, Run, dedupe, survivors, write_survivors
from custmaster.batch.survivors import check_survivors
from custmaster.dedup.survivorship_file import BY_COMPLETENESS, SurvivorshipFile, parse
from custmaster.errors import UnusableInput
from custmaster.wire import load_mapping

MAPPING: Final = load_mapping(
    '[fields]\nsource_key = "id"\nname = { columns = ["family", "given"] }\nmobile = "mobile"\nbirth_date = "born"\naddress = "address"\n'
    '[kind]\ncolumn = "kind"\nvalues = { "P" = "PERSON" }\ndefault = "PERSON"\n'
    '[[documents]]\nnumber = "number"\ntype = { column = "type", values = { "1" = "RESIDENT_ID" }, default = "RESIDENT_ID" }\n'
    'expires_on = "until"\nissuer = "office"',
    "m.toml",
)
HEADER: Final = (
    "id", "kind", "family", "given", "type", "number", "until", "office", "mobile", "address", "born", "system", "changed", "note",
)  # fmt: skip
CARD: Final = "11010519491231002X"
STREET: Final = "北京市海淀区学院路1号2栋301室"
Row = tuple[str, ...]
ROWS: Final[tuple[Row, ...]] = (
    ("7", "P", "张", "伟", "1", CARD, "2030-01-01", "海淀分局", "13800001234", "", "", "BP", "2019-05-01", "x"),
    (
        "3",
        "P",
        "張",
        "偉",
        "1",
        CARD.lower(),
        "2040-01-01",
        "",
        "13900004321",
        STREET,
        "1949-12-31",
        "EUSP",
        "2015-01-01",
        "y",
    ),
    ("5", "P", "张", "伟", "1", CARD, "", "", "13800138000", "", "", "", "not a day", "z"),
    ("9", "P", "李", "娜", "1", "440524188001010014", "", "", "", "", "", "BP", "", ""),
)
RULES: Final = (
    'rules = ["RECENCY"]\nday = "changed"\nsource = "system"\n[fields.address]\nrules = ["SOURCE"]\nsources = ["EUSP"]'
)


def written(path: Path, rows: Sequence[Row] = ROWS) -> Path:
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.table(dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))), path)
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADER, *rows])
    return path


def left_of(file: Path, rules: SurvivorshipFile = BY_COMPLETENESS, *, reveal: bool = True) -> list[dict[str, Any]]:
    found = dedupe(file, MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    out = file.with_name("left.csv")
    count = write_survivors(out, found, (file, MAPPING), rules=rules, reveal=reveal)
    with out.open(encoding="utf-8", newline="") as stream:
        lines: list[dict[str, Any]] = list(csv.DictReader(stream))
    assert len(lines) == count
    return [line | {name: json.loads(line[name]) for name in ("records", "lineage")} for line in lines]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_one_line_for_each_cluster_of_two_and_more(tmp_path: Path, form: str) -> None:
    """A name is not put together of two rows; a placeholder never stands; the most complete row goes first."""
    (line,) = left_of(
        written(tmp_path / f"c.{form}", (ROWS[0], ROWS[2], ROWS[3], ("1", *ROWS[0][1:5], CARD, *ROWS[1][6:])))
    )
    assert (line["cluster_auto"], line["records"]) == ("1", ["1", "5", "7"])
    assert (line["id"], line["family"], line["given"], line["mobile"]) == ("1", "张", "伟", "13900004321")
    assert (line["number"], line["until"], line["office"]) == (CARD, "2040-01-01", "")
    assert line["lineage"]["mobile"] == {"from": "1", "by": "COMPLETENESS", "differ": ["7"]}
    assert line["lineage"]["address"] == {"from": "1", "by": "ONLY"}
    assert line["lineage"]["name"] == {"from": "1", "by": "AGREED"}


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_records_of_a_survivor_are_told_apart_whatever_their_keys(tmp_path: Path, ending: str) -> None:
    """A key may hold blanks, quotes, commas, line ends and the marks of JSON: the list gives each back."""
    keys = ["1 2", "1", "2", '3"', "4,5", '["6"]', "7\n8", "\\9", "客 户", "#3"]
    file = written(tmp_path / "c.csv", [(key, *ROWS[0][1:]) for key in keys])
    found = dedupe(file, MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    out = tmp_path / f"left.{ending}"
    assert write_survivors(out, found, (file, MAPPING)) == 1
    if ending == "csv":
        (line,) = csv.DictReader(out.read_text("utf-8").splitlines(keepends=True))
    else:
        import pyarrow.parquet as pq

        (line,) = pq.read_table(out).to_pylist()
    assert json.loads(line["records"]) == sorted(keys)
    assert json.loads(line["lineage"])["source_key"]["from"] in keys


def test_rules_in_a_file_choose(tmp_path: Path) -> None:
    rows = (ROWS[0], ("4", *ROWS[0][1:9], STREET, "", "EUSP", "2015-01-01", ""), (*ROWS[2][:9], "别处", *ROWS[2][10:]))
    (line,) = left_of(written(tmp_path / "c.csv", rows), parse(RULES, "r.toml"))
    assert line["id"] == "7"
    assert line["lineage"]["source_key"] == {"from": "7", "by": "RECENCY", "differ": ["4", "5"]}
    assert (line["address"], line["lineage"]["address"]["by"]) == (STREET, "SOURCE")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("rules = ['RECENCY']\nday = 'changed'", "RECENCY"),
        ("rules = ['SOURCE']\nsource = 'system'\nsources = ['BP', 'EUSP']", "SOURCE"),
    ],
)
def test_a_day_or_a_source_alone_is_enough(tmp_path: Path, text: str, by: str) -> None:
    """The other row has more fields, and the lesser key: it would stand without the rules."""
    rows = (ROWS[0], ("4", *ROWS[0][1:8], "13912341234", STREET, "1949-12-31", "EUSP", "2015-01-01", ""))
    (line,) = left_of(written(tmp_path / "c.csv", rows), parse(text, "r.toml"))
    assert (line["mobile"], line["lineage"]["mobile"]) == ("13800001234", {"from": "7", "by": by, "differ": ["4"]})


def test_the_columns_are_those_of_the_mapping_and_are_read_by_it_again(tmp_path: Path) -> None:
    file = written(tmp_path / "c.csv", (*ROWS[::2], ROWS[3]))
    left_of(file)
    again = dedupe(tmp_path / "left.csv", MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    assert (list(again.records), again.edges) == (["7"], ())
    header = (tmp_path / "left.csv").read_text("utf-8").splitlines()[0].split(",")
    assert set(header) == {"cluster_auto", "records", *MAPPING.columns, "lineage"}


def test_nothing_personal_is_shown_unless_asked(tmp_path: Path) -> None:
    left_of(written(tmp_path / "c.csv", (*ROWS[::2], ("1", *ROWS[0][1:5], CARD, *ROWS[1][6:]))), reveal=False)
    text = (tmp_path / "left.csv").read_text("utf-8")
    for cell in (CARD, "13900004321", "张伟", "1949-12-31", "2040-01-01", STREET):
        assert cell not in text
    assert "2X" in text


def test_a_cell_that_cannot_be_masked_by_its_kind_is_hidden(tmp_path: Path) -> None:
    """Too long for a telephone, yet in a row that survives by its document: the cell says nothing, so it does not stand at all."""
    long = "1" * 5000
    (line,) = left_of(
        written(tmp_path / "c.csv", ((*ROWS[0][:8], long, *ROWS[0][9:]), ("8", *ROWS[0][1:8], "", *ROWS[0][9:])))
    )
    assert line["mobile"] == ""
    assert "mobile" not in line["lineage"]


def test_what_no_kind_can_hold_is_never_shown() -> None:
    """Such a cell does not survive as a whole field; as a part of one it would be hidden."""
    assert survivors._masked("13800001234", "mobile") == "138****1234"
    assert survivors._masked("1" * 5000, "mobile") == survivors._masked("x", "day") == "***"


def test_no_cluster_no_line(tmp_path: Path) -> None:
    assert left_of(written(tmp_path / "c.csv", ROWS[2:])) == []
    assert left_of(written(tmp_path / "c.csv", ROWS[2:]), parse(RULES, "r.toml")) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules = [", "it is not TOML"),
        ("rulez = []", "unknown name, 'rulez'"),
        ("fields = 3", "a table for each field"),
        ("[fields]\nname = 3", "a table for each field"),
        ("[fields.name]\nday = 'x'", "unknown name, 'day'"),
        ("rules = ['OLDEST']", "a list of words"),
        ("rules = [3]", "a list of words"),
        ("[fields.name]\nsources = ['BP']", "a list of words"),
        ("rules = ['SOURCE']\nsource = 's'", "the order of the systems"),
        ("rules = ['SOURCE']\nsources = ['BP']", "SOURCE needs a column"),
        ("[fields.name]\nrules = ['RECENCY']", "RECENCY needs a column"),
    ],
)
def test_rules_that_mean_nothing_are_refused(text: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        parse(text, "r.toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fields.email]\nrules = ['COMPLETENESS']", "the field 'email'"),
        ("rules = ['RECENCY']\nday = 'nowhere'", "no column 'nowhere'; correct the rules of survivorship"),
        (
            "rules = ['SOURCE']\nsource = 'there'\nsources = ['BP']",
            "no column 'there'; correct the rules of survivorship",
        ),
    ],
)
def test_rules_that_do_not_fit_the_file_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnusableInput, match=said):
        left_of(written(tmp_path / "c.csv"), parse(text, "r.toml"))
    assert not (tmp_path / "left.csv").exists()
    with pytest.raises(UnusableInput, match=said):
        check_survivors(tmp_path / "c.csv", MAPPING, parse(text, "r.toml"))


@pytest.mark.parametrize("name", ["cluster_auto", "records", "lineage"])
def test_a_column_with_a_name_of_the_survivors_own_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "c.csv"
    file.write_text(f"{name},name\n1,x\n", encoding="utf-8")
    mapping = load_mapping(f'[fields]\nsource_key = "{name}"\nname = "name"', "m.toml")
    found = dedupe(file, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    with pytest.raises(UnusableInput, match=f"{name!r}.*rename it"):
        write_survivors(tmp_path / "left.csv", found, (file, mapping))


def test_whom_a_person_must_look_at_leaves_no_survivor(tmp_path: Path) -> None:
    """One name and one telephone are a REVIEW link: nothing is merged unattended."""
    rows = (ROWS[0], ("8", *ROWS[0][1:4], "", "", "", "", *ROWS[0][8:]))
    file = written(tmp_path / "c.csv", rows)
    found = dedupe(file, MAPPING, run=Run(engine=EngineName.PYTHON, workers=1))
    assert list(found.clusters(review=True)) == ["7", "7"]
    assert left_of(file) == []


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_clusters_may_lie_within_one_another(tmp_path: Path, form: str) -> None:
    rows = [("1", *ROWS[0][1:]), ("2", *ROWS[3][1:]), ("3", *ROWS[3][1:]), ("4", *ROWS[0][1:])]
    lines = left_of(written(tmp_path / f"c.{form}", rows))
    assert [(line["cluster_auto"], line["records"], line["family"]) for line in lines] == [
        ("1", ["1", "4"], "张"),
        ("2", ["2", "3"], "李"),
    ]


TWO: Final = load_mapping(
    '[fields]\nsource_key = "id"\nname = "name"\n'
    '[[documents]]\nnumber = "n1"\ntype = "RESIDENT_ID"\n[[documents]]\nnumber = "n2"\ntype = "CHINESE_PASSPORT"',
    "m.toml",
)


def test_each_of_two_documents_stands_for_itself(tmp_path: Path) -> None:
    file, out = tmp_path / "c.csv", tmp_path / "left.csv"
    file.write_text(f"id,name,n1,n2\n1,张伟,{CARD},\n2,张伟,{CARD},E12345678\n", encoding="utf-8")
    found = dedupe(file, TWO, run=Run(engine=EngineName.PYTHON, workers=1))
    assert write_survivors(out, found, (file, TWO), reveal=True) == 1
    with out.open(encoding="utf-8", newline="") as stream:
        (line,) = csv.DictReader(stream)
    lineage = json.loads(line["lineage"])
    assert (lineage["document"]["by"], lineage["document2"]) == ("AGREED", {"from": "2", "by": "ONLY"})
    assert (line["n1"], line["n2"]) == (CARD, "E12345678")


def test_of_a_document_the_days_are_hidden_and_what_is_empty_stays_so(tmp_path: Path) -> None:
    """Keys, types and issuers are shown as they stand."""
    mapping = load_mapping(
        '[fields]\nsource_key = "id"\nname = "name"\n[[documents]]\nnumber = "n1"\ntype = "RESIDENT_ID"\n'
        'issued_on = "from"\nexpires_on = "until"\nissuer = "office"',
        "m.toml",
    )
    file, out = tmp_path / "c.csv", tmp_path / "left.csv"
    file.write_text("id,name,n1,from,until,office\n" + f"1,张伟,{CARD},2011-02-03,,海淀分局\n" * 2, encoding="utf-8")
    found = dedupe(file, mapping, run=Run(engine=EngineName.PYTHON, workers=1))
    assert write_survivors(out, found, (file, mapping)) == 1
    with out.open(encoding="utf-8", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert [line[name] for name in ("id", "name", "from", "until", "office")] == ["1", "张*", "***", "", "海淀分局"]

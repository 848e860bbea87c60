"""The mapping of a contract register is read strictly, and its rows keep what could be read."""

from __future__ import annotations

from datetime import date

import pytest

from custmaster.contract.kinds import State
from custmaster.errors import UnusableInput
from custmaster.handbook import Language, render
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.contract_mapping import CONTRACT_FIELDS, contract_mapping, load_contract_mapping
from custmaster.wire.contract_rows import ReadContract, compile_contracts, read_state
from custmaster.wire.table import Row

FOUR = '[fields]\nnumber = "a"\nproduct = "b"\ncustomer = "c"\nstate = "d"\n'


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[fields]\nnumbr = 'a'", "did you mean 'number'"),
        ('[fields]\nnumber = "a"', "product is missing"),
        (FOUR + 'card = "d"', "already feeds"),
        (FOUR + '[values]\nsex = "1"', "values.sex"),
        (FOUR + '[values.state]\n"1" = "LIVE"', "means nothing here"),
        (FOUR + '[values.channel]\n"1" = "web site"', "means nothing here"),
        (FOUR + '[kind]\ncolumn = "x"', "kind"),
        (FOUR + '[dates]\nbirth_date = "YYYY"', "dates.birth_date"),
        ("x", "this is no TOML"),
    ],
)
def test_what_is_not_understood_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnusableInput, match=problem):
        load_contract_mapping(text, "m.toml")


def test_a_state_is_one_of_the_stated_words_or_of_ours() -> None:
    assert read_state("expired", None) is State.EXPIRED
    assert read_state("expired", {"1": State.EXPIRED}) is None
    assert read_state("dead", None) is None


def read(**cells: str) -> ReadContract:
    whole = {"number": "C1", "product": "P", "customer": "6", "state": "ACTIVE", **cells}
    rows = compile_contracts(contract_mapping(CONTRACT_FIELDS, "c.csv"), CONTRACT_FIELDS)
    return rows(Row(line=2, cells=tuple(whole.get(name, "") for name in CONTRACT_FIELDS)))


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"number": ""}, "number", "CELL_EMPTY"),
        ({"state": " "}, "state", "CELL_EMPTY"),
        ({"state": "?"}, "state", "CODE_UNKNOWN"),
        ({"number": "C 1"}, "number", "CELL_UNFIT"),
        ({"organisation": "x" * 41}, "organisation", "CELL_UNFIT"),
        ({"account": "x" * 65}, "account", "TEXT_TOO_LONG"),
        ({"channels": "web"}, "channels", "CODE_UNKNOWN"),
        ({"signed_on": "soon"}, "signed_on", "DATE_UNREADABLE"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "valid_until", "CELL_UNFIT"),
        ({"state": "DRAFT", "ended_on": "2026-01-01"}, "ended_on", "CELL_UNFIT"),
    ],
)
def test_a_row_with_a_cell_that_cannot_be_read_is_told_and_is_no_contract(
    cells: dict[str, str], field: str, code: str
) -> None:
    found = read(**cells)
    assert found.contract is None
    assert [(one.field, str(one.reason.code)) for one in found.remarks] == [(field, code)]


@pytest.mark.parametrize(
    ("cells", "columns", "fault"),
    [
        ({"number": "C 1"}, "号", "FORMAT"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "自, 至", "ORDER"),
        ({"state": "EXPIRED", "signed_on": "2026-02-01", "ended_on": "2026-01-01"}, "签, 终", "ORDER"),
        ({"state": "DRAFT", "ended_on": "2026-01-01"}, "态, 终", "CONFLICT"),
    ],
)
def test_the_columns_that_do_not_go_together_are_named(cells: dict[str, str], columns: str, fault: str) -> None:
    named = {"valid_from": "自", "valid_until": "至", "signed_on": "签", "ended_on": "终"}
    named |= {"number": "号", "product": "品", "customer": "户", "state": "态"}
    mapping = load_contract_mapping("[fields]\n" + "".join(f'{key} = "{name}"\n' for key, name in named.items()), "m")
    whole = {"number": "C1", "product": "P", "customer": "6", "state": "ACTIVE", **cells}
    read_row = compile_contracts(mapping, tuple(named.values()))
    (one,) = read_row(Row(line=2, cells=tuple(whole.get(name, "") for name in named))).remarks
    assert (one.reason.citation.article, dict(one.reason.facts)) == ("B7", {"column": columns, "fault": fault})
    assert all(columns in render(str(one.reason.code), one.reason.facts, lang) for lang in Language)


def test_an_end_of_a_contract_that_lives_is_told_and_left_out() -> None:
    found = read(ended_on="2026-01-01")
    assert found.contract is not None
    assert found.contract.ended_on is None
    assert [str(one.reason.code) for one in found.remarks] == ["ENDED_BUT_LIVE"]


def test_the_last_day_belongs_to_the_contract_and_long_term_has_none() -> None:
    until, always = read(valid_until="2026-01-31").contract, read(valid_until="长期").contract
    assert until is not None
    assert until.valid.end == date(2026, 2, 1)
    assert always is not None
    assert always.valid.end is None


def test_a_row_without_cells_keeps_its_remarks() -> None:
    rows = compile_contracts(contract_mapping(CONTRACT_FIELDS, "c.csv"), CONTRACT_FIELDS)
    broken = remark_on("", CellCode.ROW_UNREADABLE)
    assert rows(Row(line=2, cells=(), remarks=(broken,))).remarks == (broken,)

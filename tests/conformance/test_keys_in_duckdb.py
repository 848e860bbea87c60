"""The example that keeps its keys in DuckDB: who is found by the keys is who would be found among all, whatever was put, changed or merged."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from hypothesis import example as shown
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.dedup import Candidate, check, keyed
from custmaster.errors import InvalidValue
from custmaster.wire import load_mapping

duckdb: Any = pytest.importorskip("duckdb")

EXAMPLES: Final = Path(__file__).resolve().parents[2] / "docs" / "examples"
# Its columns stand in this order: name, born, mobile, number.
MAPPING: Final = load_mapping(
    '[fields]\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\n[[documents]]\ntype = "RESIDENT_ID"\nnumber = "number"',
    "m.toml",
)
CELLS: Final = st.tuples(
    st.sampled_from(["王伟", "王 偉", "王?", "李娜", "不详", ""]),
    st.sampled_from(["1949-12-31", "1980-01-01", "1949-02-30", ""]),
    st.sampled_from(["13612345678", "136 1234 5678", "13952706318", "13800138000", ""]),
    st.sampled_from(["11010519491231002X", "110105491231002", "440524198001010013", "11010519491231003X", "无", ""]),
)
STOCKS: Final = st.lists(st.tuples(st.integers(1, 5), CELLS), max_size=8)


@pytest.fixture(scope="module")
def host_module() -> ModuleType:
    sys.path.insert(0, str(EXAMPLES))
    try:
        import keys_in_duckdb
    finally:
        sys.path.remove(str(EXAMPLES))
    return keys_in_duckdb


@pytest.fixture
def host(host_module: ModuleType) -> Iterator[Any]:
    with closing(host_module.Host.opened(":memory:", MAPPING, b"secret")) as opened:
        yield opened


def everybody(host: Any, last: dict[str, Sequence[str]]) -> list[Candidate]:
    entries = {number: host.entry(cells) for number, cells in last.items()}
    return [Candidate(number=number, entry=entry) for number, entry in entries.items() if entry is not None]


@settings(max_examples=60)
@given(puts=STOCKS, applicant=CELLS)
@shown(puts=[(1, ("王?", "", "13612345678", ""))], applicant=("王伟", "", "13612345678", ""))
@shown(
    puts=[(1, ("王伟", "", "", "11010519491231002X")), (1, ("李娜", "", "", ""))],
    applicant=("王伟", "", "", "110105491231002"),
)
def test_the_keys_find_whom_a_look_at_everybody_finds(
    host_module: ModuleType, puts: list[tuple[int, tuple[str, ...]]], applicant: tuple[str, ...]
) -> None:
    last = {str(number): cells for number, cells in puts}
    with closing(host_module.Host.opened(":memory:", MAPPING, b"secret")) as host:
        for number, cells in puts:
            host.put(str(number), cells)
        subject = host.entry(applicant)
        if subject is None:
            return
        found, whole = host.exists(subject), everybody(host, last)
    among_all = check(keyed(subject), whole, searched=("BP", "EUSP"), required=("BP", "EUSP"))
    told = [one for one in among_all.considered if one.verdict.is_match]
    assert (found.verdict, found.number, found.evidence) == (among_all.verdict, among_all.number, among_all.evidence)
    assert [one for one in found.considered if one.verdict.is_match] == told


def test_a_change_that_fails_changes_nothing(
    host_module: ModuleType, host: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = ("王伟", "1949-12-31", "13612345678", "11010519491231002X")
    host.put("1", cells)
    with monkeypatch.context() as patched, pytest.raises(duckdb.Error):
        patched.setattr(host_module.Host, "digests_of", lambda self, cells: [1 << 70])
        host.put("1", (*cells[:3], "440524198001010013"))
    assert host.exists(host.entry(cells)).verdict.value == "EXISTS"


def test_a_customer_who_was_merged_leads_to_the_survivor(host: Any) -> None:
    cells = ("王伟", "", "", "11010519491231002X")
    host.put("1", cells, status="MERGED", merged_into="2")
    found = host.exists(host.entry(cells))
    assert (found.verdict.value, found.number) == ("EXISTS_VIA_ALIAS", "2")
    with pytest.raises(InvalidValue):
        host.put("1", cells, status="MERGED")
    assert host.exists(host.entry(cells)).number == "2"


def test_the_index_holds_no_text(host_module: ModuleType, host: Any) -> None:
    host.put("1", ("王伟", "1949-12-31", "13612345678", "11010519491231002X"))
    columns = host.connection.execute("describe key").fetchall()
    assert [column[:2] for column in columns] == [("digest", "BIGINT"), ("number", "VARCHAR")]
    assert host.connection.execute("select distinct number from key").fetchall() == [("1",)]
    other = host_module.Host(connection=host.connection, mapping=MAPPING, secret=b"another")
    assert other.digest("NUMBER:PERSON:1") != host.digest("NUMBER:PERSON:1")
    assert "secret" not in repr(host)

"""A register that is checked by columns and by engines gives what every contract, held against every other one, gives."""

from __future__ import annotations

import csv
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from custmaster.batch import contract_columns
from custmaster.batch.contracts import Run, check_contracts
from custmaster.batch.engines import EngineName
from custmaster.contract.asked import meet
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Category, Flow, Level
from custmaster.contract.product import Exclusion, Product
from custmaster.contract.register import Holders, RegisterPage, judge_alone
from custmaster.contract.sameness import KeyedContract, keyed_contract, overlapping, same_as
from custmaster.sim.contracts import CONTRACT_HEADER, holder_number, write_contracts
from custmaster.wire import open_table
from custmaster.wire.catalogue_file import load_catalogue
from custmaster.wire.contract_mapping import load_contract_mapping
from custmaster.wire.contract_rows import ReadContract, compile_contracts
from custmaster.wire.findings import Finding

pa: Any = pytest.importorskip("pyarrow")
parquet: Any = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")

DAY: Final = date(2026, 11, 23)
Found = tuple[str, str | None, str, tuple[tuple[str, object], ...]]


def product(number: str, category: Category, **more: Any) -> Product:
    return Product(number=number, zh="产品", en="product", category=category, **more)


C: Final = Category
CATALOGUE: Final = Catalogue(
    version="1",
    positions=1,
    products=[
        product("1", C.THIRD_PARTY, level=Level.ACCOUNT),
        product("2", C.COLLECTION_PAYMENT, flow=Flow.COLLECT),
        product("3", C.COLLECTION_PAYMENT, flow=Flow.PAY, excludes=[Exclusion(product="4")]),
        product("4", C.PRODUCT_SERVICE, reference_in_key=True),
        product("5", C.PRODUCT_SERVICE, level=Level.ACCOUNT, several_per_card=True),
        product("6", C.PRODUCT_SERVICE, level=Level.ACCOUNT, needs=["5"], excludes=[Exclusion(product="8")]),
        product("7", C.TRANSACTION_BEHAVIOUR, needs=["4", "5"]),
        product("8", C.TRANSACTION_BEHAVIOUR, level=Level.ACCOUNT),
        product("9", C.TRANSACTION_BEHAVIOUR, resign_maintains=True),
    ],
)
HOLDERS: Final = Holders(numbers=frozenset({"6000000001", "6000000002"}), ended={"6000000003": "CLOSED"})
PAGE: Final = RegisterPage(catalogue=CATALOGUE, day=DAY, holders=HOLDERS)
MAPPING: Final = load_contract_mapping(
    "[fields]\n"
    + "".join(f'{name} = "{name}"\n' for name in CONTRACT_HEADER)
    + '[values.state]\n"0" = "DRAFT"\n"1" = "ACTIVE"\n"2" = "SUSPENDED"\n"3" = "TERMINATED"\n"4" = "EXPIRED"\n'
    + '[values.channel]\nM = "MOBILE"\nW = "WEB"\nALL = "*"\n'
    + '[dates]\nvalid_until = ["YYYY-MM-DD", "DD.MM.YYYY"]\n',
    "m.toml",
)
ODD: Final = ["", " ", "\u200b", "　"]
DAYS: Final = ["", "", "2026-11-22", "2026-11-23", "2027-01-01", "2026-02-30", "9999-12-31", " 2026-11-22 "]
CELLS: Final[dict[str, list[str]]] = {
    "number": ["C1", "C2", "C3", "C4", "C5", "C6", "C7", " C1 ", "c1", "c4", "c 1", "", "x" * 41, "REQUESTED"],
    "product": [*"123456789", *"5678", " 5", "0", "", "y" * 41],
    "customer": ["6000000001"] * 4
    + ["6000000002", "6000000003", "6000000004", " 6000000001", "６０００００００01", ""],
    "state": ["1", "1", "1", "2", "0", "3", "4", " 1", "9", ""],
    "account": ["A1", "A1", "a1", "Ａ１", "A 1", "A2", "[A]1", "(a)1", *ODD, "z" * 65],
    "card": ["", "", "A1", "a-1", "a−1", *ODD],
    "organisation": ["O", "O", " O", "o", "供水公司", "", " ", "q" * 41],
    "reference": ["R1", "R1", "r1", "ｒ１", "R 1", "R{1}", "r(1)", *ODD, "w" * 64, "w" * 65],
    "instance": ["", "I", "i", "I1"],
    "channels": ["M", "W", "ALL", "M", "M,W", "M;M", "", "TV", " M "],
    "valid_from": DAYS,
    "valid_until": [*DAYS, "长期", "22.11.2026"],
    "signed_on": ["", "2026-01-01"],
    "ended_on": ["", "", "", "", "2025-01-01", "2026-06-01", "soon"],
}
ROWS: Final = st.lists(
    st.tuples(*(st.sampled_from(CELLS[name]) for name in CONTRACT_HEADER)), min_size=1, max_size=12
).map(lambda rows: [list(row) for row in rows])


def plain(**cells: str) -> list[str]:
    whole = {"number": "C1", "product": "8", "customer": "6000000001", "state": "1", "account": "A1", "reference": "R1"}
    return [(whole | {"channels": "M", "valid_from": "", **cells}).get(name, "") for name in CONTRACT_HEADER]


# --- every contract against every other one: no columns, no engine, no groups but by what was found ------------------------


def reference(rows: Sequence[ReadContract], page: RegisterPage) -> Counter[Found]:
    """All findings, from the record of each row and the functions that judge one signing."""
    found: list[Found] = []
    for row in rows:
        remarks = [*row.remarks, *(() if row.contract is None else judge_alone(row.contract, page))]
        found += [(str(one.reason.code), row.number, one.field, one.reason.facts) for one in remarks]
    numbers: dict[str, list[str]] = {}
    for row in rows:
        if row.number is not None:
            numbers.setdefault("".join(row.number.split()).upper(), []).append(row.number)
    same = [given for given in numbers.values() if len(given) > 1]
    found += [("NUMBER_TWICE", min(given), "number", (("rows", len(given)),)) for given in same]
    contracts = [row.contract for row in rows if row.contract is not None and row.contract.is_live]
    known = page.catalogue.by_number
    live = [keyed_contract(one, known[one.product]) for one in contracts if one.product in known]
    return Counter([*found, *_same(live), *_overlaps(live), *_excluded(live, page.catalogue), *_needs(live)])


def _told(numbers: set[str]) -> tuple[tuple[str, object], ...]:
    listed = sorted(numbers)
    return (("count", len(listed)), ("numbers", ", ".join(listed[:5]) + (", …" if len(listed) > 5 else "")))


def _same(live: Sequence[KeyedContract]) -> Iterator[Found]:
    groups = {one.key: [one, *others] for one in live if (others := same_as(one, live))}
    for key in groups:
        group = [one for one in live if one.key == key]
        numbers, customers = {one.contract.number for one in group}, {one.contract.customer for one in group}
        if len(customers) == 1:
            yield "SIGNED_TWICE", min(numbers), "", _told(numbers)
        else:
            yield "BOUND_TO_SEVERAL", min(numbers), "", (*_told(numbers), ("customers", len(customers)))


def _overlaps(live: Sequence[KeyedContract]) -> Iterator[Found]:
    places: dict[object, set[str]] = {}
    for one in live:
        for other in overlapping(one, live):
            places.setdefault(one.place, set()).update((one.contract.number, other.contract.number))
    for numbers in places.values():
        yield "ON_THE_SAME_DAYS", min(numbers), "valid_until", _told(numbers)


def _excluded(live: Sequence[KeyedContract], catalogue: Catalogue) -> Iterator[Found]:
    groups: dict[tuple[str, ...], set[str]] = {}
    for one, other in combinations(live, 2):
        first, second = sorted((one.product.number, other.product.number))
        apart = one.contract.number != other.contract.number
        if apart and catalogue.exclude(first, second) and meet(one, other):
            numbers = {one.contract.number, other.contract.number}
            groups.setdefault((one.contract.customer, first, second), set()).update(numbers)
    for (_, first, second), numbers in groups.items():
        facts = (("product", first), ("other", second), *_told(numbers))
        yield "EXCLUDED_SIDE_BY_SIDE", min(numbers), "product", facts


def _needs(live: Sequence[KeyedContract]) -> Iterator[Found]:
    for one in live:
        there = {other.product.number for other in live if meet(one, other)}
        absent = [number for number in one.product.needs if number not in there]
        if absent:
            yield "DEPENDENCY_MISSING", one.contract.number, "product", (("products", ", ".join(absent)),)


# --- the check ------------------------------------------------------------------------------------------------------------


def written(rows: Sequence[Sequence[str]], folder: Path, ending: str) -> Path:
    path = folder / f"contracts{ending}"
    if ending == ".parquet":
        columns = {name: [row[at] for row in rows] for at, name in enumerate(CONTRACT_HEADER)}
        parquet.write_table(pa.table(columns), path)
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([CONTRACT_HEADER, *rows])
    return path


def checked(path: Path, engine: EngineName, page: RegisterPage = PAGE) -> list[Finding]:
    found: list[Finding] = []
    check_contracts(path, MAPPING, page, lambda finding, _: found.append(finding), Run(engine=engine))
    return found


def told(findings: Sequence[Finding]) -> Counter[Found]:
    return Counter((str(one.reason.code), one.record, one.field, one.reason.facts) for one in findings)


def records(path: Path) -> list[ReadContract]:
    with open_table(path, MAPPING.file) as table:
        read = compile_contracts(MAPPING, table.header, typed=table.typed)
        return [read(row) for row in table.rows]


def the_same(rows: Sequence[Sequence[str]], ending: str, engine: EngineName) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(rows, Path(folder), ending)
        findings = checked(path, engine)
        assert told(findings) == reference(records(path), PAGE)
        first = 2 if ending == ".csv" else 1
        for one in findings:
            if one.record is not None:
                assert rows[one.line - first][0].strip() == one.record


@given(ROWS)
@example([plain(), plain(number="C2", account="ａ 1")])
@example([plain(product="6"), plain(number="C2", product="5", account="A2")])
@example([plain(product="6"), plain(number="C2", product="5", account="")])
@example([plain(product="6"), plain(number="C1", product="5")])
@example([plain(product="3", organisation="O"), plain(number="C2", product="4")])
@example([plain(channels="ALL"), plain(number="C2", channels="M", valid_until="2026-11-22")])
@example(
    [plain(product="2", organisation="O"), plain(number="C2", product="2", organisation="O", customer="6000000002")]
)
@settings(max_examples=200, deadline=None)
def test_by_columns_in_python_as_by_records(rows: list[list[str]]) -> None:
    the_same(rows, ".csv", EngineName.PYTHON)


@given(ROWS)
@example([plain(product="6"), plain(number="C2", product="5", account="A2")])
@example([plain(product="6"), plain(number="C2", product="5", account="")])
@settings(max_examples=25, deadline=None)
def test_in_duckdb_from_parquet_as_by_records(rows: list[list[str]]) -> None:
    the_same(rows, ".parquet", EngineName.DUCKDB)


ALTERED: Final[dict[str, Callable[[str], str | None]]] = {
    "_exact": lambda cell: cell.strip(),
    "_code": lambda cell: cell,
    "_code_or_none": lambda cell: cell,
}


@pytest.mark.parametrize("fold", ALTERED)
def test_an_altered_fold_is_noticed(fold: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    twice = {
        "_exact": [plain(), plain(number="C2", account="ａ 1")],
        "_code": [plain(product="8"), plain(number="C2", product=" 8")],
        "_code_or_none": [plain(product="2", organisation="O"), plain(number="C2", product="2", organisation=" O")],
    }[fold]
    path = written(twice, tmp_path, ".csv")
    assert told(checked(path, EngineName.PYTHON)) == reference(records(path), PAGE)
    monkeypatch.setattr(contract_columns, fold, ALTERED[fold])
    assert told(checked(path, EngineName.PYTHON)) != reference(records(path), PAGE)


@pytest.mark.parametrize("engine", [EngineName.PYTHON, EngineName.DUCKDB])
def test_what_was_put_in_is_found_and_nothing_else(engine: EngineName, tmp_path: Path) -> None:
    count, path = 1200, tmp_path / "contracts.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        truth = write_contracts(stream, count, seed=7, faults=250)
    page = RegisterPage(
        catalogue=load_catalogue(EXAMPLE.read_text("utf-8"), "c.toml", 10), day=DAY, holders=_all(count)
    )
    found: list[Finding] = []
    check_contracts(path, PLAIN, page, lambda finding, _: found.append(finding), Run(engine=engine))
    assert Counter((str(one.reason.code), one.record) for one in found) == Counter(truth)
    assert len({code for code, _ in truth}) == 12


EXAMPLE: Final = Path(__file__).parents[2] / "docs" / "examples" / "catalogue.toml"
PLAIN: Final = load_contract_mapping("[fields]\n" + "".join(f'{n} = "{n}"\n' for n in CONTRACT_HEADER), "m.toml")


def _all(count: int) -> Holders:
    return Holders(numbers=frozenset(map(holder_number, range(count))))


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_another_order_of_the_rows_changes_nothing_but_lines(rows: list[list[str]], shuffle: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one = told(checked(written(rows, Path(folder), ".csv"), EngineName.PYTHON))
        shuffle.shuffle(rows)
        assert told(checked(written(rows, Path(folder), ".csv"), EngineName.PYTHON)) == one

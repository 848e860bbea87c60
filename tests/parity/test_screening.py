"""A customer file that is screened by columns gives what every row, asked as a record, gives."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.batch import screening
from custmaster.batch.screening import ScreeningRun, screen_file
from custmaster.batch.screening_columns import asked_of, suspect_rows
from custmaster.screening import Identity, ListEntry, Origin, Screen, identity_of
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.wire import FileMapping, compile_structure, load_mapping
from custmaster.wire.table import Row

sys.path.insert(0, str(Path(__file__).parent))
from nasty import HEADER, MAPPING, MAPPING_TEXT, nasty

pa: Any = pytest.importorskip("pyarrow")
parquet: Any = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("duckdb")

DAY: Final = date(2026, 11, 28)
PLAIN: Final = load_mapping(
    MAPPING_TEXT.replace('column = "kind"\nvalues = { "P" = "PERSON", "U" = "UNIT" }\n', ""), "plain.toml"
)
Found = tuple[int, str | None, str, str, str]


def listed(rows: Sequence[Sequence[str]], mapping: FileMapping) -> Screen:
    """Some of the rows as they stand, some with a name of which a character is damaged, some by the number alone."""
    structure = compile_structure(mapping, HEADER)
    entries = list[ListEntry]()
    for at, row in enumerate(rows):
        entry = structure(Row(line=at + 2, cells=tuple(row))).entry
        assert entry is not None
        whole = identity_of(entry)
        damaged = [Name(f"{text[:-1]}?") for name in whole.names if len(text := name.reveal()) > 1]
        damaged += [Name(f"{text[0]}?{text[-1]}") for name in whole.names if len(text := name.reveal()) > 1]
        ways = (
            whole,
            Identity(kind=whole.kind, names=damaged, birth_date=whole.birth_date, documents=whole.documents),
            Identity(kind=whole.kind, documents=whole.documents),
            Identity(kind=whole.kind, names=whole.names, birth_date=date(1900, 1, 2)),
        )
        way = ways[at % len(ways)]
        if way.names or way.documents:
            entries.append(ListEntry(origin=Origin.INTERNAL, list_name="own", number=str(at), identity=way))
    return Screen(entries=entries)


def found(path: Path, mapping: FileMapping, screen: Screen, *, by_records: bool) -> list[Found]:
    told = list[Found]()
    run = ScreeningRun(screen=screen, day=DAY, cleared=True, by_records=by_records)
    screen_file(
        path,
        mapping,
        run,
        lambda one, hit: told.append(
            (one.line, one.record, one.field, str(one.reason.code), "" if hit is None else f"{hit.number} {hit.match}")
        ),
    )
    return told


def in_csv(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    place = folder / "customers.csv"
    with place.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return place


def in_parquet(rows: Sequence[Sequence[str]], folder: Path) -> Path:
    place = folder / "customers.parquet"
    columns = list(zip(*rows, strict=True))
    parquet.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), place)
    return place


@pytest.mark.parametrize("mapping", [MAPPING, PLAIN], ids=["kinds", "persons"])
@pytest.mark.parametrize("write", [in_csv, in_parquet])
@pytest.mark.parametrize("seed", [1, 2])
def test_columns_find_what_records_find(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mapping: FileMapping,
    write: Callable[[Sequence[Sequence[str]], Path], Path],
    seed: int,
) -> None:
    monkeypatch.setattr(screening, "_CHUNK", 700)
    rows = list(nasty(3000, seed))
    screen = listed(rows[::10], mapping)
    place = write(rows, tmp_path)
    told = found(place, mapping, screen, by_records=True)
    assert {"LISTED", "LISTED_PERHAPS", "LISTED_CLEARED"} <= {one[3] for one in told}
    assert found(place, mapping, screen, by_records=False) == told


SOME: Final = [Name("王?"), Name("?伟"), Name("张?伟"), Name("李娜"), Name("歐陽娜娜")]
ENTRIES: Final = [
    ListEntry(
        origin=Origin.EXTERNAL,
        list_name="police",
        number=str(at),
        identity=Identity(names=[name], birth_date=date(1988, 1, 1) if at < 2 else None, documents=cards),
    )
    for at, (name, cards) in enumerate(
        zip(
            SOME,
            [
                *([[]] * 3),
                [IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("440524880101002"))],
                [IdentityDocument(type=DocumentType.CHINESE_PASSPORT, number=DocumentNumber("E12345678"))],
            ],
            strict=True,
        )
    )
]
ROWS: Final = st.tuples(
    st.just("k"),
    st.sampled_from(["P", "U", "", "?"]),
    st.one_of(
        st.sampled_from(
            [
                "王芳",
                "王 芳",
                "李伟",
                "张伟",
                "张小伟",
                "李娜",
                "欧阳娜娜",
                "歐陽娜娜",
                "",
                " ",
                "不详",
                "王" * 201,
                "??",
                "王?",
            ]
        ),
        st.text(max_size=4),
    ),
    st.sampled_from(["01", " 01", "09", "", "99"]),
    st.one_of(
        st.sampled_from(
            ["44052419880101002X", "44052419880101002x", "440524880101002", "E12345678", "", " ", "1" * 300]
        ),
        st.text("0123456789X", min_size=17, max_size=18),
    ),
    st.just(""),
    st.just(""),
    st.sampled_from(["1988-01-01", "1988-1-1", "19880101", "", "soon", "1988-01-01 00:00:00"]),
    st.sampled_from(["", "男"]),
)


@given(rows=st.lists(ROWS, min_size=1, max_size=6))
@settings(max_examples=300)
def test_a_row_that_is_not_named_has_no_answer(rows: list[tuple[str, ...]]) -> None:
    mapping, screen = asked_of(MAPPING), Screen(entries=ENTRIES)
    named = suspect_rows(mapping, HEADER, screen, typed=False)
    assert named is not None
    structure = compile_structure(mapping, HEADER)
    told = named(list(zip(*rows, strict=True)))
    for at, row in unnamed(rows, told):
        one = structure(Row(line=at + 1, cells=row))
        assert one.entry is not None
        answer = screen.query(one.entry, DAY)
        assert answer.was_asked
        assert (
            answer.hits,
            answer.cleared,
            [remark for remark in one.remarks if screening._bears_on_screening(remark)],
        ) == ((), (), [])


def unnamed(rows: Sequence[tuple[str, ...]], told: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    assert list(told) == sorted(set(told))
    yield from ((at, row) for at, row in enumerate(rows) if at not in told)

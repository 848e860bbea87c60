"""Law: a findings file read back holds the findings that were written, whatever the texts; and the bytes depend on nothing else."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from custmaster.handbook import Language, render
from custmaster.wire import CellCode, Finding, write_findings
from custmaster.wire.codes import remark_on
from custmaster.wire.findings import COLUMNS, SEVERITY

hostile = st.sampled_from(
    ["", "=1+1", "'=x", "＝", "\t", "\r\n", "\n", '"', ",", "\x00", "\u202e", "'", "@SUM(A1)", "\ufeff"]
)
texts = st.builds(str.__add__, hostile, st.text(max_size=10))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    code = draw(st.sampled_from(CellCode))
    field, column = draw(texts), draw(texts)
    facts = {
        "length": draw(st.integers(0, 10**6)),
        "cells": 1,
        "columns": 2,
        "default": "PERSON",
        "most": 500,
        "first": 2,
    }
    facts["given"] = "line:3"
    told = remark_on(field, code, column=column, fault="RANGE", **facts)
    return Finding(line=draw(st.integers(1, 10**9)), record=draw(texts), field=field, reason=told.reason)


def expected(finding: Finding, lang: Language) -> dict[str, str]:
    reason = finding.reason
    message = render(str(reason.code), reason.facts, lang)
    texts = (
        finding.record or "",
        finding.field,
        SEVERITY[reason.outcome],
        str(reason.code),
        message,
        reason.citation.article,
    )
    return dict(zip(COLUMNS, (str(finding.line), *texts), strict=True))


def bare(cell: str) -> str:
    return cell.removeprefix("'")


@given(st.lists(findings(), max_size=5), st.sampled_from(Language))
def test_csv_read_back_is_what_was_written(written: list[Finding], lang: Language) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.csv"
        with write_findings(path, lang=lang) as write:
            for finding in written:
                write(finding)
        with path.open(encoding="utf-8-sig", newline="") as stream:
            read = [{key: bare(cell) for key, cell in row.items()} for row in csv.DictReader(stream, strict=True)]
        assert [one.name for one in Path(folder).iterdir()] == ["f.csv"]
    assert read == [expected(finding, lang) for finding in written]


@given(st.lists(findings(), max_size=5))
def test_jsonl_read_back_is_what_was_written(written: list[Finding]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.jsonl"
        with write_findings(path) as write:
            for finding in written:
                write(finding)
        read = [json.loads(line) for line in path.read_bytes().decode().split("\n")[:-1]]
    for row, finding in zip(read, written, strict=True):
        assert {key: str(row[key]) for key in COLUMNS} == expected(finding, Language.EN)
        assert row["facts"] == dict(finding.reason.facts)


SCRIPT = """
import sys
from pathlib import Path
from custmaster.wire import CellCode, Finding, compile_structure, draft, load_mapping, open_table, write_findings
source, out = map(Path, sys.argv[1:])
with open_table(source) as table:
    mapping = load_mapping(draft(table.header, [row.cells for row in table.rows]), "m")
with open_table(source, mapping) as table, write_findings(out) as write:
    structure = compile_structure(mapping, table.header)
    for row in table.rows:
        found = structure(row)
        for told in found.remarks:
            write(Finding(line=row.line, record=found.record, field=told.field, reason=told.reason))
print(mapping.columns, sorted(mapping.carried))
"""


def test_the_bytes_depend_neither_on_hash_seed_nor_locale_nor_time_zone(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text(
        "客户号,姓名,性别,出生日期\n1,张伟,x,1990-13-01\n2,李娜\n3,王芳,y,1990-01-02\n", encoding="gb18030"
    )
    seen = set()
    for seed, locale, zone in (
        ("0", "C", "UTC"),
        ("1", "C.UTF-8", "Asia/Shanghai"),
        ("2", "POSIX", "America/New_York"),
    ):
        out = tmp_path / f"f{seed}.csv"
        env = os.environ | {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": zone,
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "utf-8",
        }
        done = subprocess.run([sys.executable, "-c", SCRIPT, source, out], env=env, capture_output=True, check=True)
        seen.add((done.stdout, out.read_bytes()))
    assert len(seen) == 1
    assert seen.pop()[1].count(b"\r\n") == 5

"""No cell of a customer file comes back in what the command shows or writes, whatever is wrong with it."""

from __future__ import annotations

import json
import traceback
from pathlib import Path

import pytest

from custmaster.cli import main
from custmaster.errors import UnusableInput
from custmaster.wire import load_mapping, open_table

FIELDS = (
    "name", "mobile", "phone", "address", "email", "birth_date", "opened_on", "sex", "nationality", "occupation",
    "card_number", "account_number",
)  # fmt: skip
DOCUMENT = ("number", "issued_on", "expires_on", "issuer")
TYPES = ("RESIDENT_ID", "HK_MACAO_PERMIT", "CHINESE_PASSPORT", "CREDIT_CODE", "MILITARY_ID", "OTHER_PERSON")


def token(column: str, row: int) -> str:
    return f"CANARY{row}Z{column.upper()}"


def _shapes(column: str, row: int) -> str:
    """The token as it stands, with a full-width head, with an invisible character, as a formula, with a line break inside."""
    text = token(column, row)
    return (text, f"Ｘ{text}", f"\u200b{text}", f"={text}", f"{text}\n2", f"{text}?")[row % 6]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    parts = [f"{part}{place}" for place in range(len(TYPES) + 1) for part in DOCUMENT]
    columns = (*FIELDS, *parts, "type", "kind")
    fields = "\n".join(f'{name} = "{name}"' for name in FIELDS)
    types = (*(f'"{kind}"' for kind in TYPES), '{ column = "type", values = { A = "RESIDENT_ID" } }')
    blocks = "".join(
        f"[[documents]]\ntype = {kind}\n" + "".join(f'{part} = "{part}{place}"\n' for part in DOCUMENT)
        for place, kind in enumerate(types)
    )
    kind = '[kind]\ncolumn = "kind"\nvalues = { P = "PERSON" }\n'
    (tmp_path / "m.toml").write_text(f"[fields]\n{fields}\n{kind}{blocks}", encoding="utf-8")
    rows = [{column: _shapes(column, row) for column in columns} for row in range(12)]
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / "hostile.jsonl").write_text("\n".join(lines) + '\n{"name": "CANARY broken\n', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("out", ["findings.csv", "findings.jsonl"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_and_screen_hold_no_cell(
    folder: Path, capsys: pytest.CaptureFixture[str], out: str, lang: str
) -> None:
    words = ["check", "hostile.jsonl", "--mapping", "m.toml", "--as-of", "2026-11-23", "--lang", lang, "--out", out]
    code = main([str(folder / word) if word.endswith(("jsonl", "toml", "csv")) else word for word in words])
    caught = capsys.readouterr()
    written = (folder / out).read_text("utf-8-sig")
    assert code == 1
    assert len(written.splitlines()) > 100, "a file as bad as this has many findings"
    for text in (written, caught.out, caught.err):
        assert "CANARY" not in text
        assert "ＣＡＮＡＲＹ" not in text


@pytest.mark.parametrize("out", ["hits.csv", "hits.jsonl"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_screening_shows_no_cell_of_a_customer_or_a_list(
    folder: Path, capsys: pytest.CaptureFixture[str], out: str, lang: str
) -> None:
    text = (folder / "m.toml").read_text(encoding="utf-8")
    (folder / "l.toml").write_text(f'{text}[list]\nname = "police"\norigin = "EXTERNAL"\n', encoding="utf-8")
    file, mapping, lists = folder / "hostile.jsonl", folder / "m.toml", folder / "lists.jsonl"
    words = ["screen", file, "--mapping", mapping, "--list", file, "--list-mapping", folder / "l.toml", "--cleared"]
    words += ["--as-of", "2026-11-23", "--lang", lang, "--out", folder / out, "--lists-out", lists]
    code = main([str(word) for word in words])
    caught = capsys.readouterr()
    written = (folder / out).read_text("utf-8-sig")
    assert code == 1
    assert written.count("LISTED") == 12, "every row stands on the list"
    for told in (written, lists.read_text("utf-8"), caught.out, caught.err):
        assert "CANARY" not in told
        assert "ＣＡＮＡＲＹ" not in told


@pytest.mark.parametrize("broken", ["name\nCANARY1\x00\n", 'name\n"CANARY2\n', "name\n" + "CANARY3" * 30000 + "\n"])
def test_an_error_of_a_file_holds_no_cell(tmp_path: Path, broken: str) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(broken, encoding="utf-8", newline="")
    mapping = load_mapping('[fields]\nname = "name"\n', "m.toml")
    try:
        with open_table(file, mapping) as table:
            shown = [repr(row) + "".join(map(repr, row.remarks)) for row in table.rows]
    except UnusableInput as problem:
        shown = [
            *traceback.format_exception(problem),
            repr(problem),
            repr(problem.__cause__),
            repr(problem.__context__),
        ]
    assert shown
    assert "CANARY" not in "".join(shown)


@pytest.mark.parametrize("verb", [["id", "CANARY11010519491231002X"], ["id", "CANARY11010519491231002X", "--json"]])
def test_an_explained_number_is_not_repeated(verb: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(verb) == 1
    caught = capsys.readouterr()
    assert "CANARY" not in caught.out + caught.err

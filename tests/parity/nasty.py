"""Nasty customers for the comparison of engines: what dirt there is, drawn from a seed; each kind of dirt often enough to matter."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from custmaster.sim.fiction import fictional_customers
from custmaster.wire import FileMapping, load_mapping

HEADER: Final = ("id", "kind", "name", "type", "number", "mobile", "address", "born", "sex")
MAPPING_TEXT: Final = (
    '[fields]\nsource_key = "id"\nname = "name"\nmobile = "mobile"\nbirth_date = "born"\naddress = "address"\nsex = "sex"\n'
    '[kind]\ncolumn = "kind"\nvalues = { "P" = "PERSON", "U" = "UNIT" }\ndefault = "PERSON"\n'
    '[[documents]]\nnumber = "number"\n'
    'type = { column = "type", values = { "01" = "RESIDENT_ID", "09" = "CHINESE_PASSPORT", "20" = "CREDIT_CODE" }, default = "RESIDENT_ID" }'
)
MAPPING: Final[FileMapping] = load_mapping(MAPPING_TEXT, "nasty.toml")
_FULL: Final = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_TRADITIONAL: Final = str.maketrans(
    "张刘陈杨赵吴孙马罗郑谢韩冯邓萧国华伟丽军东", "張劉陳楊趙吳孫馬羅鄭謝韓馮鄧蕭國華偉麗軍東"
)
_HOLDERS: Final = (
    "不详",
    "无",
    "测试",
    "13800138000",
    "00000000000",
    "111111111111111111",
    "N/A",
    "　",
    "-",
    "1900-01-01",
)
_ODD: Final = (
    "\u200b",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "😀",
    "\U000e0041",
    "\ufffd",
    "\ue000",
    "?",
    "\t",
    "\u3000",
    "\x85",
    "ﬁ",
    "ß",
    "İ",
)
_LONE: Final = ("\ud800", "\udfff")
"""Halves of surrogate pairs, which JSON can carry and no file of UTF-8 can."""


def nasty(count: int, seed: int, *, lone: bool = False) -> Iterator[tuple[str, ...]]:
    """So many rows; with `lone` some hold half a surrogate pair."""
    rng = random.Random(seed)
    people = iter(fictional_customers(count, seed=seed))
    held: list[tuple[str, ...]] = []
    for at in range(count):
        if held and rng.random() < 0.45:
            row = list(rng.choice(held[-2000:]))
        else:
            one = next(people)
            code = "01" if len(one.document_number) == 18 else rng.choice(("09", "20", "77", ""))
            row = [f"k{at}", "P", one.name, code, one.document_number, one.mobile, one.address, one.birth_date, ""]
            held.append(tuple(row))
        for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
            _spoil(row, rng)
        if lone and rng.random() < 0.02:
            place = rng.choice((0, 2, 4, 6))
            row[place] = row[place][:3] + rng.choice(_LONE) + row[place][3:]
        if rng.random() < 0.98:
            row[0] = f"k{at}"  # else a key that another row has, or none
        if at % 9 == 0:  # one crowd behind one name and telephone, another behind one name and day
            row[2], row[5 if at % 2 else 7] = "王小明", "13911112222" if at % 2 else "1980-01-01"
        yield tuple(row)


def _spoil(row: list[str], rng: random.Random) -> None:  # noqa: C901 -- each kind of dirt is a case
    place = rng.choice((2, 2, 4, 4, 5, 6, 7, 3, 8, 1, 0))
    text = row[place]
    at = rng.randrange(len(text) + 1)
    match rng.randrange(12):
        case 0:
            row[place] = text.translate(_FULL)
        case 1:
            row[place] = text.translate(_TRADITIONAL)
        case 2:
            row[place] = rng.choice(_HOLDERS)
        case 3:
            row[place] = ""
        case 4:
            row[place] = text[:at] + rng.choice(_ODD) + text[at:]
        case 5:
            row[place] = text[:at] + text[at + 1 :]
        case 6:
            row[place] = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        case 7:
            row[place] = text[:at] + rng.choice("0123456789Xx伟明②٣¹") + text[at + 1 :]
        case 8:
            row[place] = f" {text.lower()} "
        case 9:
            row[4] = row[4][:6] + row[4][8:17] if len(row[4]) == 18 else row[4]  # the form of 15 digits
        case 10:
            row[1] = rng.choice(("U", "P", ""))
        case _:
            row[8] = rng.choice(("1", "2", "男", "F", "9"))


def written(path: Path, rows: Sequence[tuple[str, ...]], header: Sequence[str] = HEADER) -> Path:
    """The rows as a file: CSV, JSON Lines or Parquet, by its ending."""
    if path.suffix == ".parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
        pq.write_table(pa.table(columns, names=list(header)), path, row_group_size=5000)
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        if path.suffix == ".csv":
            csv.writer(stream).writerows([header, *rows])
        else:
            stream.writelines(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in rows)
    return path

"""Reading a product catalogue (签约产品目录) from TOML or CSV; what is not understood is refused, and everything that is wrong is told at once."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Final, cast

import attrs

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.product import Product
from custmaster.errors import CustmasterError, InvalidRecord, InvalidValue, UnusableInput
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler
from custmaster.wire._complaints import Complaints, key_lines
from custmaster.wire._shapes import is_list, is_table

__all__ = ["load_catalogue"]

_DAYS: Final[Mapping[str, str]] = MappingProxyType({"from": "start", "until": "end"})
"""The first day on which a product is offered, and the first on which it no longer is, and the sides of the span that they are."""

_FIELDS: Final = tuple(field.name for field in attrs.fields(Product) if field.name != "offered")
_KEYS: Final = (*_FIELDS, *_DAYS)
_NEEDED: Final = ("number", "zh", "en", "category")
_LISTS: Final = ("channels", "needs")
_SWITCHES: Final = tuple(field.name for field in attrs.fields(Product) if type(field.default) is bool)
_YES_NO: Final[Mapping[str, bool]] = MappingProxyType({"true": True, "false": False, "是": True, "否": False})
_APART: Final = ";"
_COUNT: Final = re.compile("[0-9]{1,9}")
_PLACE: Final = re.compile(r"product\[([0-9]+)\]")


@attrs.frozen(kw_only=True)
class _Row:
    """One product as the file says it: its name in errors, its lines, and the plain data."""

    label: str
    data: dict[str, Any]


def load_catalogue(text: str, source: str, positions: int, version: str | None = None) -> Catalogue:
    r"""The catalogue that a TOML or CSV text describes; `source` names it in errors, and is CSV when it ends in `.csv`.

    In TOML `version` stands on top, and each product is a table `[[product]]`; in CSV each is a line under a header, and the caller states
    the version. Both have the fields of `custmaster.contract.Product`, and `from` and `until` for the days on which it is offered. A cell
    left empty has the field's default; a list is written `COUNTER;WEB`, an exclusion with its priority `0000000002:1`, a switch true, false, 是 or 否.
    Product numbers are texts: a spreadsheet that has eaten the zeros is refused by the number of `positions`
    (handbook: contract.product_number.positions). Errors: UnusableInput, naming everything that is wrong with its line, product and field: first within the
    rows, and in sound rows between the products; CustmasterError for a CSV without a version, or a TOML with a second one. Source: R-65, R-68, B7.

    >>> text = 'version = "1"\n[[product]]\nnumber = "0000000001"\nzh = "短信通"\nen = "alerts"\ncategory = "PRODUCT_SERVICE"'
    >>> load_catalogue(text, "catalogue.toml", 10).product("0000000001").zh
    '短信通'
    >>> load_catalogue("number,zh,en,category\n1,短信通,alerts,PRODUCT_SERVICE", "catalogue.csv", 10, "2026.1")
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: catalogue.csv, line 2: 1.number: wrong length (LENGTH, length 1); a product number has 10 positions
    """
    in_csv = source.lower().endswith(".csv")
    if in_csv is (version is None):
        raise CustmasterError("a catalogue in CSV has the version that the caller states, one in TOML its own")
    complaints = Complaints(source, {})
    told, rows = (version, _csv_rows(text, complaints)) if in_csv else _toml_rows(text, complaints)
    products = [product for row in rows if (product := _product(row, complaints)) is not None]
    complaints.raise_any()
    return _whole(str(told), positions, products, complaints)


def _whole(version: str, positions: int, products: list[Product], complaints: Complaints) -> Catalogue:
    try:
        return Catalogue(version=version, positions=positions, products=products)
    except InvalidRecord as problem:
        for fault in problem.faults:
            _tell(fault, fault.path, complaints)
    raise complaints.error()


def _tell(fault: InvalidValue, path: str, complaints: Complaints) -> None:
    complaints.add(path, str(InvalidValue(fault.fault, length=fault.length)), fault.remedy or "correct it")


# --- TOML ---------------------------------------------------------------------------------------------------------------


def _toml_rows(text: str, complaints: Complaints) -> tuple[str, list[_Row]]:
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        remedy = "see the docs for an example"
        raise UnusableInput(complaints.source, problem=f"this is no TOML: {problem}", remedy=remedy) from None
    listed = data.get("product", [])
    tables = [one for one in listed if is_table(one)] if is_list(listed) else []
    labels = [_label(one.get("number"), place) for place, one in enumerate(tables)]
    complaints.lines = {_labelled(path, labels): line for path, line in key_lines(text).items()}
    for key in sorted(set(data) - {"version", "product"}):
        complaints.unknown("", key, ("version", "product"))
    if not isinstance(data.get("version"), str):
        complaints.add("version", "the version of this catalogue is missing", 'write version = "2026.1"')
    if not is_list(listed) or len(tables) != len(listed):
        complaints.add("product", "this is no list of products", "write a table [[product]] for each")
    return str(data.get("version")), [_toml_row(*row, complaints) for row in zip(labels, tables, strict=True)]


def _labelled(path: str, labels: list[str]) -> str:
    """The path of a line under the name of its product."""
    found = _PLACE.match(path)
    if found is None or int(found[1]) >= len(labels):
        return path
    return labels[int(found[1])] + path[found.end() :]


def _toml_row(label: str, data: dict[str, Any], complaints: Complaints) -> _Row:
    for key in sorted(set(data) - set(_KEYS)):
        complaints.unknown(label, key, _KEYS)
    return _Row(label=label, data={key: _no_date(value) for key, value in data.items() if key in _KEYS})


def _no_date(value: Any) -> Any:
    """A day of TOML as the text that a codec reads; what is no plain day stays, and is refused."""
    return value.isoformat() if type(value) is date else value


def _label(number: object, place: int) -> str:
    """What a row is called in errors: its product number, or its place where that is none."""
    plain = isinstance(number, str) and number.isascii() and number.isalnum() and len(number) <= 32
    return cast("str", number) if plain else f"product[{place}]"


# --- CSV ----------------------------------------------------------------------------------------------------------------


def _csv_rows(text: str, complaints: Complaints) -> list[_Row]:
    # Lines end as CSV says; the other ends of lines that Unicode knows may stand in a cell.
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        numbered = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error:
        where = f"line {reader.line_num}"
        remedy = 'write a quote within a cell twice ("")'
        raise UnusableInput(complaints.source, problem="the quotes do not fit", where=where, remedy=remedy) from None
    header = [name.strip() for name in numbered[0][1]] if numbered else []
    if not _sound_header(header, complaints):
        return []
    given = [(line, len(cells), _given(header, cells)) for line, cells in numbered[1:]]
    labels = [_label(cells.get("number"), place) for place, (_, _, cells) in enumerate(given)]
    complaints.lines = {label: line for label, (line, _, _) in zip(labels, given, strict=True)}
    for label, (_, width, _) in zip(labels, given, strict=True):
        if width != len(header):
            complaints.add(label, f"there are {width} cells", f"a line has {len(header)} cells")
    return [
        _Row(label=label, data={name: _plain(name, cell) for name, cell in cells.items()})
        for label, (_, width, cells) in zip(labels, given, strict=True)
        if width == len(header)
    ]


def _given(header: list[str], cells: list[str]) -> dict[str, str]:
    """The cells that are not empty, by their column."""
    return {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}


def _sound_header(header: list[str], complaints: Complaints) -> bool:
    before = len(complaints.gathered)
    for name in sorted(set(header) - set(_KEYS)):
        complaints.unknown("", name, _KEYS)
    for name in sorted({name for name in header if header.count(name) > 1}):
        complaints.add(name, "this column stands twice", "keep one of them")
    for name in _NEEDED:
        if name not in header:
            complaints.add(name, "this column is missing", f"the header names {', '.join(_NEEDED)} at least")
    return len(complaints.gathered) == before


def _plain(name: str, cell: str) -> Any:
    """A cell as the plain data of its field; what cannot be one stays a text, and is refused."""
    if name in _SWITCHES:
        return _YES_NO.get(cell.lower(), cell)  # a spreadsheet writes TRUE
    if name in _LISTS:
        return list(_listed(cell))
    return [_exclusion(one) for one in _listed(cell)] if name == "excludes" else cell


def _listed(cell: str) -> Iterator[str]:
    return (one.strip() for one in cell.split(_APART) if one.strip())


def _exclusion(text: str) -> dict[str, Any]:
    product, colon, priority = text.partition(":")
    if not colon:
        return {"product": product}
    return {"product": product, "priority": int(priority) if _COUNT.fullmatch(priority) else priority}


# --- both ---------------------------------------------------------------------------------------------------------------


@cache
def _codec() -> Codec:
    return Compiler({}, {}).codec(Product)


def _product(row: _Row, complaints: Complaints) -> Product | None:
    data = {key: value for key, value in row.data.items() if key not in _DAYS}
    days = {side: row.data[key] for key, side in _DAYS.items() if key in row.data}
    faults: list[InvalidValue] = []
    made = _codec().gather(data | ({"offered": days} if days else {}), "", faults)
    for fault in faults:
        _tell(fault, f"{row.label}.{_as_written(fault.path)}" if fault.path else row.label, complaints)
    return cast("Product | None", made)


def _as_written(path: str) -> str:
    """The path as the file writes it: the days of a span have keys of their own."""
    sides = {f"offered.{side}": key for key, side in _DAYS.items()}
    return sides.get(path, "from" if path == "offered" else path)

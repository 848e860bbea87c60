"""Reading a bank's own limits: one TOML table for each; what is not understood is refused, all of it at once, with line and remedy."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any, Final, cast

from custmaster.errors import Fault, InvalidValue, UnusableInput
from custmaster.limits.row import LimitPack, LimitRow
from custmaster.wire._codec import Faults, faults_within
from custmaster.wire._complaints import Complaints, key_lines
from custmaster.wire._shapes import is_list, is_table
from custmaster.wire.limits import limit_row_codec

__all__ = ["load_limits"]

_IN_FILE: Final = (
    # the path of a fault in the record: what the file calls it
    (".valid.start", ".from"),
    (".valid.end", ".until"),
    (".valid", ".until"),
    (".citation.article", ".citation"),
)
_ONE_OR_MORE: Final = ("channels", "actions", "account_classes", "counterparties")


def load_limits(text: str, source: str) -> LimitPack:
    r"""The pack of limits that a TOML text describes; `source` names it in errors.

    Each `[[limits]]` has the columns of `LimitRow`, with `from` and `until` (the first day on which it no longer holds) for its days,
    `citation` as a text, and one code in place of a list where there is one. Amounts are whole numbers, or in quotes.
    Errors: UnusableInput, naming every problem with its line and what to write instead. Source: R-61, B7.

    >>> row = '[[limits]]\ncode = "MOBILE_DAY"\nmeasure = "DAY_AMOUNT"\nfigure = 50000\nchannels = "MOBILE"\ncitation = "rule 1"'
    >>> load_limits('version = "2026.1"\n' + row, "limits.toml").rows[0].channels
    ('MOBILE',)
    >>> load_limits('version = "2026.1"\n' + row.replace("DAY_AMOUNT", "A_DAY"), "limits.toml")
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: limits.toml, line 4: limits[0].measure: unknown code (UNKNOWN_CODE, length 5); write it as the docs say
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise UnusableInput(
            source, problem=f"this is no TOML: {problem}", remedy="see the docs for an example"
        ) from None
    complaints = Complaints(source, key_lines(text))
    version, listed = data.pop("version", None), data.pop("limits", [])
    for key in sorted(data):
        complaints.unknown("", key, ("version", "limits"))
    if not isinstance(version, str) or not version.strip():
        complaints.add("version", "the version of this pack is missing", 'write version = "2026.1"')
    if not is_list(listed) or not all(map(is_table, listed)):
        complaints.add("limits", "is no list of tables", "write each limit as [[limits]]")
        listed = []
    rows = [_row(one, f"limits[{place}]", complaints) for place, one in enumerate(listed)]
    complaints.raise_any()
    places = {row.code: complaints.line(f"limits[{place}]") for place, row in enumerate(rows) if row is not None}
    complaints.lines = {**complaints.lines, **places}  # what is wrong between rows is told by their codes
    pack = _pack(str(version), [row for row in rows if row is not None], complaints)
    complaints.raise_any()
    return cast("LimitPack", pack)


def _row(table: dict[str, Any], path: str, complaints: Complaints) -> LimitRow | None:
    faults: Faults = []
    if "valid" in table:
        complaints.add(f"{path}.valid", "means nothing here", "write from and until")
    made: LimitRow | None = limit_row_codec().gather(_as_record(table), path, faults)
    for fault in faults:
        _complain(fault, fault.path, complaints)
    return made


def _complain(fault: InvalidValue, path: str, complaints: Complaints) -> None:
    for ours, theirs in _IN_FILE:
        path = path.replace(ours, theirs)
    said = str(InvalidValue(fault.fault, length=fault.length))
    complaints.add(path, said, _remedy(fault, path))


def _remedy(fault: InvalidValue, path: str) -> str:
    if path.endswith(".figure") and fault.fault in (Fault.TYPE, Fault.FORMAT):
        return 'write a whole number without commas, or an amount in quotes, like "24.99"'
    return fault.remedy or "write it as the docs say"


def _as_record(table: dict[str, Any]) -> dict[str, Any]:
    """The table in the form of the record; what it does not understand is left to be refused."""
    row = dict(table)
    if type(row.get("figure")) is int:
        row["figure"] = str(row["figure"])
    if isinstance(row.get("citation"), str):
        row["citation"] = {"article": row["citation"]}
    row |= {name: [row[name]] for name in _ONE_OR_MORE if isinstance(row.get(name), str)}
    ends = {ours: row.pop(theirs) for ours, theirs in (("start", "from"), ("end", "until")) if theirs in row}
    if ends:
        row["valid"] = {name: day.isoformat() if type(day) is date else day for name, day in ends.items()}
    return row


def _pack(version: str, rows: list[LimitRow], complaints: Complaints) -> LimitPack | None:
    try:
        return LimitPack(version=version, rows=rows)
    except InvalidValue as problem:
        for fault in faults_within(problem):
            _complain(fault, fault.path, complaints)
        return None

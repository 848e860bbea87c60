"""Which column of the files of a roster (名单) feeds which field: recognised by their headings, or stated in a mapping file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import Factory, frozen

from custmaster.roster.kinds import Post, Role, Source
from custmaster.value.party import PartyKind
from custmaster.wire._sections import opened
from custmaster.wire._sheets import absent, recognised
from custmaster.wire.mapping import FileMapping, SourceFormat, TextSource
from custmaster.wire.roster_words import HEADS, REQUIRED, ROSTER_DATES, RosterFile

__all__ = ["ANYHOW", "RosterMapping", "file_mapping", "load_roster_mapping"]

_SECTIONS: Final = ("source", "dates", "values", *RosterFile)
_CODES: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {"kind": PartyKind, "post": Post, "source": Source, "role": Role}
)
_DATES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"default": ("YYYY-MM-DD", "YYYYMMDD", "YYYY/M/D", "YYYY.M.D", "YYYY年M月D日", "YYYY-M-D")}
)
"""Days are read in every order that begins with the year, unless a mapping says more."""


@frozen(kw_only=True)
class RosterMapping:
    """What a mapping says of all files together; a file of which it says nothing is recognised by its headings.

    `values` holds for `kind`, `post`, `source` and `role` what the files' own codes mean, `levels` the same for levels. Source: R-16..R-18.
    """

    file: SourceFormat = Factory(SourceFormat)
    fields: Mapping[RosterFile, Mapping[str, TextSource]] = Factory(dict[RosterFile, Mapping[str, TextSource]])
    values: Mapping[str, Mapping[str, StrEnum]] = Factory(dict[str, Mapping[str, StrEnum]])
    levels: Mapping[str, str] = Factory(dict[str, str])
    dates: Mapping[str, tuple[str, ...]] = _DATES
    pivot: int | None = None


ANYHOW: Final = RosterMapping()
"""No mapping: every file is recognised by its headings."""


def load_roster_mapping(text: str, source: str) -> RosterMapping:
    r"""The mapping that a TOML text describes; `source` names it in errors.

    Errors: UnusableInput, naming every problem with its line and what to write instead. Source: R-16..R-18.

    >>> text = '[staff]\nnumber = "a"\npost = "b"\noutlet = "c"\n[values.post]\n"1" = "TELLER"'
    >>> load_roster_mapping(text, "m.toml").values["post"]
    {'1': <Post.TELLER: 'TELLER'>}
    """
    data, by = opened(text, source)
    by.known(data, "", _SECTIONS)
    fields: dict[RosterFile, Mapping[str, TextSource]] = {}
    for name in RosterFile:
        if name in data:
            fields[name] = by.fields(by.table(data, name), HEADS[name], path=name)
            by.used_once((f"{name}.{key}", one) for key, one in fields[name].items())
            for missing in absent(REQUIRED[name], fields[name]):
                by.complaints.add(name, f"{missing} is missing", f'write {missing} = "the name of its column"')
    dates, pivot = by.dates(by.table(data, "dates"), ROSTER_DATES)
    values = by.table(data, "values")
    by.known(values, "values", ("level", *_CODES))
    codes = {
        key: by.values(values[key], f"values.{key}", kind, tuple(kind)) for key, kind in _CODES.items() if key in values
    }
    levels = by.values(values.get("level", {}), "values.level", str, ())
    form = by.file(by.table(data, "source"))
    by.complaints.raise_any()
    stated = dates if "dates" in data else _DATES
    return RosterMapping(file=form, fields=fields, values=codes, levels=levels, dates=stated, pivot=pivot)


def file_mapping(name: RosterFile, header: Iterable[str], source: str, mapping: RosterMapping = ANYHOW) -> FileMapping:
    """The mapping of one file: as it is stated, else by its headings; columns of other names are passed over.

    Errors: UnusableInput where two columns could be one field, or where a column is missing that must be there.

    >>> found = file_mapping(RosterFile.STAFF, ["工号", "岗位", "所属网点", "备注"], "staff.csv")
    >>> found.columns
    ('工号', '岗位', '所属网点')
    """
    stated = mapping.fields.get(name)
    how = f"head it so, or say which column it is: --mapping FILE, [{name}]"
    fields = recognised(HEADS[name], REQUIRED[name], header, source, how) if stated is None else stated
    return FileMapping(file=mapping.file, fields=fields, dates=mapping.dates, pivot=mapping.pivot)

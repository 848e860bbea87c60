"""How a bank's file of a blacklist is read: the mapping of a customer file, and a table `[list]` for what a customer has not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from attrs import Factory, evolve, frozen

from custmaster.errors import InvalidValue
from custmaster.screening.kinds import EVERYTHING, LiftCondition, Origin, RestrictionCause, Scope
from custmaster.screening.listing import LONGEST_NUMBER, LONGEST_SOURCE
from custmaster.wire._codec import faults_within
from custmaster.wire._complaints import Complaints
from custmaster.wire._sections import opened
from custmaster.wire._shapes import is_table, is_texts
from custmaster.wire.mapping import Columns, FileMapping, TextSource
from custmaster.wire.mapping_file import mapping_of

__all__ = ["ListMapping", "load_list_mapping"]

E = TypeVar("E", bound=StrEnum)
_SECTION: Final = "list"
_COLUMNS: Final = ("cause_column", "since", "until", "source_column")
_TEXTS: Final = ("name", "origin", "cause", "lift", "source", *_COLUMNS)
_LISTS: Final = ("also_named", "channels", "actions", "besides")
_KEYS: Final = (*_TEXTS, *_LISTS, "causes")


@frozen(kw_only=True)
class ListMapping:
    """The mapping of a list's file; made by `load_list_mapping`.

    `customers` is the mapping of the identity, whose `source_key` is the number of the entry. `also_named` are columns of further names,
    `causes` what stands in `cause_column` for each cause. `opened` is what the file is opened with: the mapping with every column.
    """

    customers: FileMapping
    name: str
    origin: Origin
    cause: RestrictionCause = RestrictionCause.BLACKLIST
    cause_column: str | None = None
    causes: Mapping[str, RestrictionCause] = Factory(dict[str, RestrictionCause])
    since: str | None = None
    until: str | None = None
    source: str = ""
    source_column: str | None = None
    also_named: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    lift: LiftCondition = LiftCondition.AUTHORITY

    @property
    def opened(self) -> FileMapping:
        """The mapping with the columns of the list too, for `open_table`."""
        more = {f"list.{name}": TextSource(choices=(Columns(names=(name,)),)) for name in self._columns()}
        return evolve(self.customers, fields={**self.customers.fields, **more})

    def _columns(self) -> Iterator[str]:
        yield from (name for name in map(self.__getattribute__, _COLUMNS) if name is not None)
        yield from self.also_named


def load_list_mapping(text: str, source: str) -> ListMapping:
    r"""The mapping that a TOML text describes: that of a customer file (see `load_mapping`) with a table `[list]`.

    Errors: UnusableInput, naming every problem with its line and what to write instead.

    >>> text = '[fields]\nname = "姓名"\n[list]\nname = "police"\norigin = "EXTERNAL"'
    >>> load_list_mapping(text, "list.toml").origin
    <Origin.EXTERNAL: 'EXTERNAL'>
    >>> load_list_mapping('[fields]\nname = "姓名"\n[list]\nname = "police"', "list.toml")
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: list.toml, line 3: list.origin: is missing; write INTERNAL or EXTERNAL
    """
    data, by = opened(text, source)
    complaints, section = by.complaints, data.get(_SECTION, {})
    customers = mapping_of({key: value for key, value in data.items() if key != _SECTION}, by)
    given = _given(section if is_table(section) else {}, complaints)
    complaints.raise_any()
    return ListMapping(customers=customers, **given)


def _given(section: dict[str, Any], complaints: Complaints) -> dict[str, Any]:
    for key in section:
        if key not in _KEYS:
            complaints.unknown(_SECTION, key, _KEYS)
    texts = {key: section[key] for key in _TEXTS if _is_text(section, key, complaints)}
    lists = {key: tuple(section[key]) for key in _LISTS if _is_list(section, key, complaints)}
    _kept(texts, complaints)
    if "name" not in section:
        complaints.add("list.name", "is missing", 'write [list] name = "police"')
    if "origin" not in section:
        complaints.add("list.origin", "is missing", "write INTERNAL or EXTERNAL")
    kinds: Mapping[str, type[StrEnum]] = {"origin": Origin, "cause": RestrictionCause, "lift": LiftCondition}
    coded = {key: _code(kind, texts[key], f"list.{key}", complaints) for key, kind in kinds.items() if key in texts}
    plain = {key: text for key, text in texts.items() if key not in kinds}
    scope = _scope({key: lists[key] for key in _LISTS[1:] if key in lists}, complaints)
    causes = _causes(section.get("causes", {}), complaints)
    return {**plain, **coded, "also_named": lists.get("also_named", ()), "scope": scope, "causes": causes}


def _is_text(section: Mapping[str, Any], key: str, complaints: Complaints) -> bool:
    if key not in section:
        return False
    if isinstance(section[key], str) and section[key].strip():
        return True
    complaints.add(f"list.{key}", "is no text", f'write {key} = "..."')
    return False


def _is_list(section: Mapping[str, Any], key: str, complaints: Complaints) -> bool:
    if key not in section:
        return False
    if is_texts(section[key]):
        return True
    complaints.add(f"list.{key}", "is no list of texts", f'write {key} = ["..."]')
    return False


def _code(kind: type[E], text: str, path: str, complaints: Complaints) -> E | None:
    try:
        return kind(text)
    except ValueError:
        complaints.add(path, "is no code that is known", f"write one of {', '.join(kind)}")
        return None


def _causes(section: Any, complaints: Complaints) -> dict[str, RestrictionCause]:
    if not is_table(section):
        complaints.add("list.causes", "is no table", 'write causes = { "..." = "BLACKLIST" }')
        return {}
    found = {word: _code(RestrictionCause, str(code), "list.causes", complaints) for word, code in section.items()}
    return {word: cause for word, cause in found.items() if cause is not None}


def _scope(given: dict[str, tuple[str, ...]], complaints: Complaints) -> Scope:
    try:
        return Scope(**given)
    except InvalidValue as problem:
        for fault in faults_within(problem):
            said = str(InvalidValue(fault.fault, length=fault.length))
            complaints.add(f"list.{fault.path}", said, fault.remedy or "correct it")
        return EVERYTHING


def _kept(texts: Mapping[str, str], complaints: Complaints) -> None:
    """What every entry of the list would be refused for is told here, once."""
    for key, longest in (("name", LONGEST_NUMBER), ("source", LONGEST_SOURCE)):
        if len(texts.get(key, "")) > longest:
            complaints.add(f"list.{key}", "is too long", f"write at most {longest} characters")
    if texts.get("lift") == LiftCondition.MISTAKEN:
        complaints.add("list.lift", "lifts nothing that is listed", "write what ends a listing, such as AUTHORITY")

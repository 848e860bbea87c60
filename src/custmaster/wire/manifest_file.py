"""Reading a reference manifest: one TOML table for each kind of thing that holds customer numbers; what is not understood is refused."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from custmaster.desk.manifest import EntityKind, ReferenceManifest
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.wire._complaints import Complaints, key_lines
from custmaster.wire._shapes import is_table, is_texts

__all__ = ["load_manifest"]

_TEXTS: Final = ("zh", "en")
_KEYS: Final = (*_TEXTS, "columns")


def load_manifest(text: str, source: str) -> ReferenceManifest:
    r"""The manifest that a TOML text describes; `source` names it in errors.

    Errors: UnusableInput, naming every problem with its line and what to write instead. Source: field.md pain 2.

    >>> text = 'version = "2026.1"\n[ACCOUNT]\nzh = "账户"\nen = "account"\ncolumns = ["account.customer_number"]'
    >>> load_manifest(text, "manifest.toml").names
    ('ACCOUNT',)
    >>> load_manifest('version = "2026.1"\n[ACCOUNT]\nzh = "账户"\nen = "account"', "manifest.toml")
    Traceback (most recent call last):
    custmaster.errors.UnusableInput: manifest.toml, line 2: ACCOUNT.columns: name the columns that hold the customer number
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as problem:
        raise UnusableInput(
            source, problem=f"this is no TOML: {problem}", remedy="see the docs for an example"
        ) from None
    complaints = Complaints(source, key_lines(text))
    version = data.pop("version", None)
    if not isinstance(version, str) or not version:
        complaints.add("version", "the version of this list is missing", 'write version = "2026.1"')
    kinds = [kind for name, row in data.items() if (kind := _kind(name, row, complaints)) is not None]
    complaints.raise_any()
    return ReferenceManifest(version=str(version), kinds=kinds)


def _kind(name: str, row: Any, complaints: Complaints) -> EntityKind | None:
    if not is_table(row):
        complaints.add(name, "means nothing here", f"write a table [{name}] with zh, en and columns")
        return None
    sound = True
    for key in sorted(set(row) - set(_KEYS)):
        complaints.add(f"{name}.{key}", "means nothing here", f"a kind has {', '.join(_KEYS)}")
        sound = False
    for key in _TEXTS:
        if not isinstance(row.get(key), str) or not row[key]:
            complaints.add(f"{name}.{key}", "the name of the kind is missing", f'write {key} = "..."')
            sound = False
    if not is_texts(row.get("columns")):
        complaints.add(
            f"{name}.columns", "name the columns that hold the customer number", 'such as ["account.customer_number"]'
        )
        sound = False
    return _made(name, row, complaints) if sound else None


def _made(name: str, row: dict[str, Any], complaints: Complaints) -> EntityKind | None:
    try:
        return EntityKind(name=name, zh=row["zh"], en=row["en"], columns=row["columns"])
    except InvalidValue as fault:
        complaints.add(name, str(fault), fault.remedy or "correct it")
        return None

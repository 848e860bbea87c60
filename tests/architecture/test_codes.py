"""A code is one thing for ever: unique over all rooms, told in both languages, and used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from enum import StrEnum

import custmaster
from custmaster.customer.codes import EntryCode
from custmaster.errors import Fault
from custmaster.handbook import Language, messages


def code_enums() -> list[type[StrEnum]]:
    """Every StrEnum of the package whose name ends in Code: the coded grounds of findings and decisions."""
    names = [module.name for module in pkgutil.walk_packages(custmaster.__path__, "custmaster.")]
    values = [value for name in names if ".cli" not in name for value in vars(importlib.import_module(name)).values()]
    found = {v for v in values if isinstance(v, type) and issubclass(v, StrEnum) and v.__name__.endswith("Code")}
    return sorted(found, key=lambda enum: enum.__module__)


def codes() -> list[str]:
    return [member.value for enum in code_enums() for member in enum]


def test_the_known_enums_of_codes_are_found() -> None:
    assert EntryCode in code_enums()
    assert len(codes()) > 40


def test_no_code_stands_for_two_things() -> None:
    assert [code for code, count in Counter(codes()).items() if count > 1] == []


def test_a_code_is_its_own_name() -> None:
    assert [
        m for enum in code_enums() for m in enum if m.name != m.value or not re.fullmatch(r"[A-Z][A-Z0-9_]+", m.value)
    ] == []


def test_every_code_has_its_texts_and_every_text_its_code() -> None:
    assert set(messages()) == set(codes()) | {f"FAULT_{fault}" for fault in Fault}


def test_a_text_is_a_sentence_in_its_language_and_names_the_same_facts() -> None:
    han = re.compile("[一-鿿]")
    for message in messages().values():
        assert han.search(message.zh), message.code
        assert re.match("[A-Za-z0-9{]", message.en), message.code
        assert message.facts(Language.ZH) == message.facts(Language.EN), message.code

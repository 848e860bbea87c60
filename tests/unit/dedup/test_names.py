"""How two names compare."""

from __future__ import annotations

import pytest

from custmaster.dedup.compare import Level
from custmaster.dedup.names import names_level
from custmaster.value.called import called, may_be_one
from custmaster.value.name import Name
from custmaster.value.party import PartyKind

LOST = "\ufffc"


def level(left: str, right: str, kind: PartyKind = PartyKind.PERSON) -> Level:
    one, other = (called(Name(text), kind) for text in (left, right))
    assert names_level(one, other) is names_level(other, one)
    return names_level(one, other)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("王伟", "王 伟", Level.AGREE),
        ("Anna Lee", "ＡＮＮＡ  LEE", Level.AGREE),
        ("买买提•艾合买提", "买买提·艾合买提", Level.AGREE),
        ("張偉", "张伟", Level.NEAR),
        ("马頔", "马𬱖", Level.NEAR),
        ("ANNA LEE", "ANNALEE", Level.DIFFER),
        ("ANNA LEE", "LEE ANNA", Level.DIFFER),
        ("王伟", "WANG WEI", Level.DIFFER),
        ("王伟", "王玮", Level.DIFFER),
        ("王?", "王伟", Level.NEAR),
        ("王□明", "王小明", Level.NEAR),
        ("王?", "李伟", Level.DIFFER),
        ("王?", "王?", Level.NEAR),  # the sign may stand for two characters
        ("王\ue863", "王䶮", Level.NEAR),
        ("王\ue863", "王\ue863", Level.NEAR),
        ("??", "王伟", Level.MISSING),
        ("□□", "王伟", Level.MISSING),
        ("不详", "不详", Level.MISSING),
        (" ", "王伟", Level.MISSING),
    ],
)
def test_names_of_persons(left: str, right: str, expected: Level) -> None:
    assert level(left, right) is expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("江城某某(集团)有限公司", "江城某某（集团）有限公司", Level.AGREE),
        ("江城某某有限公司", "江城某某有限责任公司", Level.NEAR),
        ("江城某某有限公司", "江城某某", Level.NEAR),
        ("江城某某有限公司", "江城某某有限公司东湖分公司", Level.DIFFER),
        ("有限公司", "股份有限公司", Level.DIFFER),
    ],
)
def test_names_of_units_lose_their_legal_form_for_suspicion_only(left: str, right: str, expected: Level) -> None:
    assert level(left, right, PartyKind.UNIT) is expected


def test_a_persons_name_keeps_what_looks_like_a_legal_form() -> None:
    assert level("江城某某有限公司", "江城某某") is Level.DIFFER


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (f"王{LOST}{LOST}", "王伟", True),  # one sign for each byte
        (f"王{LOST}", "王小明", False),  # one sign is one character at most
        (f"{LOST}{LOST}伟", "王伟", True),
        (f"王{LOST}", f"{LOST}伟", False),  # nothing readable is equal
        (f"王{LOST}明", f"王小{LOST}", True),
        (f"王{LOST}{LOST}", f"王{LOST}", True),
        (f"王{LOST}", "王", False),  # a sign stands for something
        ("", "王", False),
        ("王" * 101 + LOST, "王" * 102, False),  # too long to lay side by side
    ],
)
def test_a_damaged_sign_may_stand_for_a_character(left: str, right: str, *, expected: bool) -> None:
    assert may_be_one(left, right) is may_be_one(right, left) is expected


def test_a_name_that_was_not_given_is_missing() -> None:
    assert called(None, PartyKind.PERSON) is None
    assert names_level(None, called(Name("王伟"), PartyKind.PERSON)) is Level.MISSING
    assert names_level(None, None) is Level.MISSING

"""The rules on an entry by itself, its segment and its tags."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.decision import Outcome
from custmaster.errors import InvalidValue
from custmaster.handbook import Language, default, parse, render
from custmaster.roster import (
    ENTRY_RULES,
    SEGMENT_ROWS,
    SEGMENTS,
    SOURCES,
    Assignment,
    EntryState,
    Ladder,
    Prospect,
    RosterEntry,
    Segment,
    Source,
    StruckFor,
    Tag,
    TagKind,
    judge_entry,
    judge_tags,
    segment_of,
    tags_of,
)
from custmaster.value._packaged import read_text
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType

DAY = date(2026, 11, 28)
PAGE = default().on(DAY)
RUNGS = Ladder(levels=["普通", "金卡", "白金卡"], quality_from="金卡")
PERSON = Prospect(reference="P-1", consent="signed", consent_on=date(2026, 1, 5), erase_by=date(2027, 1, 5))
SHOWN = changed(
    PERSON, document=IdentityDocument(type=DocumentType.FOREIGN_PASSPORT, number=DocumentNumber("E00000000"))
)
GOOD: dict[Source, dict[str, Any]] = {
    Source.SYSTEM: {},
    Source.DAILY_BUSINESS: {"nominator": "S-1", "reason": "pays in"},
    Source.FURTHER_NEEDS: {"nominator": "S-1", "needs": ["理财"]},
    Source.OTHER_BANK: {"nominator": "S-1"},
}


def entry(source: Source = Source.SYSTEM, **more: Any) -> RosterEntry:
    basis: dict[str, Any] = {"customer": "6000000001", "level": "金卡", "listed_on": date(2026, 1, 5)}
    return RosterEntry(number="E-1", source=source, **(basis | GOOD[source] | more))


def prospect(person: Prospect = PERSON, source: Source = Source.OTHER_BANK, **more: Any) -> RosterEntry:
    return entry(source, customer=None, prospect=person, **more)


def codes(reasons: Any) -> list[str]:
    for reason in reasons:
        assert all("{" not in render(reason.code, reason.facts, lang) for lang in Language)
    return [reason.code.value for reason in reasons]


@pytest.mark.parametrize("source", Source)
def test_r12_to_r15_an_entry_that_states_what_its_source_asks_for_stands(source: Source) -> None:
    assert judge_entry(entry(source), PAGE, DAY) == ()


@pytest.mark.parametrize(
    ("source", "field"), [(source, field) for source, row in SOURCES.items() for field in row.asks]
)
def test_r13_to_r15_each_field_that_the_source_asks_for_is_missed(source: Source, field: str) -> None:
    for empty in [()] if field == "needs" else [None, " "]:
        (reason,) = judge_entry(changed(entry(source), **{field: empty}), PAGE, DAY)
        assert (reason.code.value, dict(reason.facts)["field"]) == ("SOURCE_FIELD_MISSING", field)
        assert reason.citation.article == SOURCES[source].source


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (entry(level="黑卡"), ["LEVEL_UNKNOWN"]),
        (entry(level="普通"), ["SOURCE_NOT_QUALITY"]),
        (entry(Source.FURTHER_NEEDS, level="普通"), []),
        (prospect(), []),
        (prospect(source=Source.SYSTEM), ["PROSPECT_SOURCE"]),
        (prospect(source=Source.DAILY_BUSINESS), ["PROSPECT_SOURCE"]),
        (prospect(SHOWN), ["PROSPECT_DOCUMENT"]),  # B8.11
        (prospect(changed(PERSON, erase_by=DAY)), ["PROSPECT_OVERDUE"]),
        (prospect(changed(PERSON, erase_by=date(2026, 11, 29))), []),
        (
            prospect(changed(SHOWN, erase_by=DAY), Source.DAILY_BUSINESS, level="黑卡", reason=None),
            ["LEVEL_UNKNOWN", "SOURCE_FIELD_MISSING", "PROSPECT_SOURCE", "PROSPECT_DOCUMENT", "PROSPECT_OVERDUE"],
        ),
    ],
)
def test_every_rule_by_its_code_and_all_of_them_at_once(subject: RosterEntry, told: list[str]) -> None:
    assert codes(judge_entry(subject, PAGE, DAY)) == told


def test_b8_11_the_handbook_may_allow_a_prospects_document() -> None:
    sheet = read_text("default.toml")
    key = "[[roster.prospect_documents]]"
    head, tail = sheet.split(key)
    page = parse(head + key + tail.replace("value = false", "value = true", 1)).on(DAY)
    assert judge_entry(prospect(SHOWN), page, DAY) == ()


def test_every_rule_is_listed_once() -> None:
    assert len(set(ENTRY_RULES)) == len(ENTRY_RULES) == 6


# --- segments (R-04 to R-08) ----------------------------------------------------------------------------------------------


def test_the_rows_of_segments_are_total_and_reach_every_segment() -> None:
    assert set(SEGMENT_ROWS) == set(product((True, False), repeat=3))
    assert set(SEGMENT_ROWS.values()) == set(Segment)
    for (customer, _, other_bank), segment in SEGMENT_ROWS.items():
        assert not SEGMENTS[segment].inside or customer
        assert other_bank or segment is not Segment.WIN_OVER


@pytest.mark.parametrize(
    ("subject", "segment"),
    [
        (entry(), Segment.MAINTAIN),  # gold is included
        (entry(Source.OTHER_BANK), Segment.MAINTAIN),
        (entry(Source.FURTHER_NEEDS, level="普通"), Segment.UPGRADE),  # 潜力客户 is a customer
        (entry(Source.OTHER_BANK, level="普通"), Segment.WIN_OVER),
        (prospect(level="普通"), Segment.DEVELOP),  # 潜在客户 is none
        (prospect(), Segment.WIN_OVER),
    ],
)
def test_r04_to_r08_the_segment_of_an_entry(subject: RosterEntry, segment: Segment) -> None:
    assert segment_of(subject, RUNGS) is segment


# --- tags (R-23, reconstructed in A4) -------------------------------------------------------------------------------------

HELD = Assignment(staff="S-1", outlet="0101", since=date(2026, 2, 1), by="S-9")
KEPT = entry(Source.FURTHER_NEEDS, state=EntryState.MAINTAINED, maintainer=HELD)


def tag(kind: TagKind, value: str, **more: Any) -> Tag:
    return Tag(kind=kind, value=value, set_on=date(2026, 2, 1), **more)


def test_a4_the_tags_of_an_entry_agree_with_it() -> None:
    tags = tags_of(KEPT, RUNGS)
    assert [(one.kind, one.value) for one in tags] == [
        (TagKind.MAINTAINER, "S-1"),
        (TagKind.LEVEL, "金卡"),
        (TagKind.SOURCE, "FURTHER_NEEDS"),
        (TagKind.SEGMENT, "MAINTAIN"),
        (TagKind.NEED, "理财"),
    ]
    assert (tags[0].set_by, tags[0].set_on, tags[0].valid_to) == ("S-9", date(2026, 2, 1), None)
    assert judge_tags(KEPT, tags, RUNGS, DAY) == ()


def test_a4_a_struck_off_entry_has_no_tags_and_a_prospects_end_with_it() -> None:
    gone = changed(entry(), state=EntryState.STRUCK_OFF, struck_off_on=DAY, struck_off_for=StruckFor.OUTLET)
    assert tags_of(gone, RUNGS) == ()
    assert {one.valid_to for one in tags_of(prospect(), RUNGS)} == {date(2027, 1, 5)}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda tags: tags[1:], ["TAG_MISSING"]),
        (lambda tags: [*tags, tag(TagKind.MAINTAINER, "S-2")], ["TAG_MAINTAINER_TWICE"]),
        (lambda tags: [*tags[1:], tag(TagKind.MAINTAINER, "S-2")], ["TAG_MAINTAINER_DIFFERS"]),
        (lambda tags: [*tags, tag(TagKind.LEVEL, "普通")], ["TAG_STRAY"]),
        (lambda tags: [*tags, tag(TagKind.MAINTAINER, "S-2", valid_to=DAY)], []),  # over on the day
        (lambda tags: [*tags[:4], tag(TagKind.NEED, "贷款")], ["TAG_MISSING", "TAG_STRAY"]),
    ],
)
def test_a4_stored_tags_that_do_not_agree_are_told(change: Any, told: list[str]) -> None:
    reasons = judge_tags(KEPT, change(list(tags_of(KEPT, RUNGS))), RUNGS, DAY)
    assert codes(reasons) == told
    assert all(reason.outcome is Outcome.REVIEW and "A4" in reason.citation.article for reason in reasons)


def test_a4_a_tag_of_a_maintainer_on_an_entry_in_the_pool_differs() -> None:
    tags = [*tags_of(entry(), RUNGS), tag(TagKind.MAINTAINER, "S-2")]
    (reason,) = judge_tags(entry(), tags, RUNGS, DAY)
    assert dict(reason.facts) == {"staff": "S-2", "maintainer": "-"}


def test_a_tag_does_not_end_before_it_is_set() -> None:
    with pytest.raises(InvalidValue):
        tag(TagKind.LEVEL, "金卡", valid_to=date(2026, 1, 31))

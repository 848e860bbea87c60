"""Why a pair has its verdict: complete, symmetric, and without any value."""

from __future__ import annotations

import pytest
from attrs import asdict, evolve

from custmaster.customer.entry import Entry
from custmaster.dedup.codes import Link, Verdict
from custmaster.dedup.compare import Level, alike, within_edits
from custmaster.dedup.evidence import compare, forbidden
from custmaster.dedup.keys import Keyed, keyed
from custmaster.dedup.papers import Tie
from custmaster.dedup.stock_tables import STOCK_PERSON
from custmaster.dedup.tables import PERSON, Veto
from custmaster.dedup.why import why
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone

CITIZEN, OTHER = "11010519491231002X", "440524188001010014"


def person(name: str, number: str | None = None, mobile: str | None = None) -> Keyed:
    card = () if number is None else (IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number)),)
    return keyed(Entry(name=Name(name), documents=card, phones=() if mobile is None else (Phone(mobile),)))


ONE = person("王小明", CITIZEN, "13800001234")
PAIRS = [
    (person("王小明", CITIZEN), Link.AUTOMATIC, ("NAME_BIRTH_SEX",), "ALL_BUT_A_SLIP"),
    (person("王小明", None, "13800001234"), Link.REVIEW, ("NAME_MOBILE",), "SAME_MOBILE"),
    (person("王芳", CITIZEN, "13800001234"), Link.REVIEW, ("SAME_MOBILE",), "SAME_VARIANT_NAME"),
    (person("王芳", CITIZEN), Link.CONFLICT, (), "SAME_VARIANT_NAME"),
    (person("王小明", OTHER, "13800001234"), Link.NONE, (), "NAME_MOBILE"),
    (person("李明"), Link.NONE, (), "SAME_VARIANT_NAME"),
]


@pytest.mark.parametrize(("other", "link", "rows", "nearest"), PAIRS)
def test_the_rows_that_hold_and_the_nearest_that_does_not(
    other: Keyed, link: Link, rows: tuple[str, ...], nearest: str
) -> None:
    told = why(ONE, other, STOCK_PERSON)
    assert told == why(other.side, ONE.side, STOCK_PERSON)
    assert (told.link, told.rows) == (link, rows)
    assert told.finding == compare(ONE, other, STOCK_PERSON)
    assert told.nearest is not None
    assert (told.nearest.row, told.nearest.row in told.rows) == (nearest, False)
    assert [one.field for one in told.compared] == ["NAME", *STOCK_PERSON.fields]


def test_a_veto_is_named_and_the_row_that_it_withdrew() -> None:
    told = why(ONE, person("王小明", OTHER, "13800001234"), STOCK_PERSON)
    assert told.vetoes == ("OTHER_BIRTH", "OTHER_SEX")
    assert told.nearest is not None
    assert (told.nearest.row, told.nearest.lacks, told.nearest.vetoes) == ("NAME_MOBILE", (), told.vetoes)


def test_what_keeps_two_apart_by_way_of_others_is_named() -> None:
    """Two sound numbers withdraw no suspicion, yet nobody else may join the two; the rows that are asked stand first to last."""
    same_birth = "110105194912310062"
    told = why(ONE, person("王小明", same_birth), STOCK_PERSON)
    assert (told.link, told.vetoes, told.apart) == (Link.NONE, (), ("OTHER_NUMBER",))
    told = why(ONE, person("王小明", OTHER, "13800001234"), STOCK_PERSON)
    assert told.apart == ("OTHER_NUMBER", "OTHER_BIRTH", "OTHER_SEX")
    linked = why(ONE, person("王小明", same_birth, "13800001234"), STOCK_PERSON)
    assert (linked.link, linked.apart) == (Link.REVIEW, ("OTHER_NUMBER",))


def test_it_names_first_what_clusters_keep_to() -> None:
    for other, link, *_ in PAIRS:
        told = why(ONE, other, STOCK_PERSON)
        asked = "" if link is Link.AUTOMATIC else forbidden(ONE.side, other.side, STOCK_PERSON)
        assert (*told.apart, "")[0] == asked


def test_two_who_may_be_merged_unattended_are_never_asked_apart() -> None:
    """A row that would hold of nearly all, so that the answer does not hang on the rows of the stock."""
    named = evolve(STOCK_PERSON, apart=(Veto(name="ANY", names=(Level.AGREE,), source="an example"),))
    assert why(ONE, person("王小明", CITIZEN), named).apart == ()
    assert why(ONE, person("王小明"), named).apart == ("ANY",)


def test_each_comparison_tells_its_level_and_how_it_was_made() -> None:
    told = why(ONE, person("王晓明", CITIZEN), STOCK_PERSON)
    compared = {one.field: (one.level, one.likeness) for one in told.compared}
    assert compared["NAME"] == (Level.DIFFER, "by_name")
    assert compared["CHARACTER"] == (Level.NEAR, "one_character")
    assert compared["MOBILE"] == (Level.MISSING, "equal")
    assert told.ties == (Tie.SAME,)
    assert told.met == ("NUMBER",)
    assert (within_edits(2).__name__, alike(0.9).__name__) == ("within_edits(2)", "alike(0.9)")


def test_a_person_and_a_unit_have_nothing_to_compare() -> None:
    told = why(ONE, keyed(Entry(kind=PartyKind.UNIT, name=Name("王小明"))), STOCK_PERSON)
    assert (told.link, told.compared, told.apart, told.nearest) == (Link.NONE, (), (), None)
    assert told.finding.verdict is Verdict.NEW


def test_no_value_stands_in_it() -> None:
    for other, *_ in PAIRS:
        text = repr(asdict(why(ONE, other, STOCK_PERSON)))
        assert not any(value in text for value in ("小明", "王", "1949", "13800001234", CITIZEN))


def test_the_table_of_the_counter_is_told_as_well() -> None:
    told = why(ONE, ONE, PERSON)
    assert told.link is Link.AUTOMATIC
    assert told.rows == ("NAME_BIRTH_SEX", "NAME_MOBILE")
    assert told.nearest is None

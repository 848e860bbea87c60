"""The verdict tables are total, and each row is reached."""

from __future__ import annotations

from datetime import date
from operator import attrgetter

import pytest
from attrs import evolve

from custmaster.customer.entry import Entry
from custmaster.dedup.codes import OUTCOMES, RANK, ExistenceCode, Verdict
from custmaster.dedup.compare import Level, alike, best
from custmaster.dedup.evidence import Finding, compare, strongest
from custmaster.dedup.keys import Keyed, Side, keyed
from custmaster.dedup.papers import Tie
from custmaster.dedup.tables import DOCUMENT_VERDICTS, PERSON, TABLES, UNIT, Comparison, Suspicion
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import parse_type
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

CITIZEN, OLD = "11010519491231002X", "110105491231002"


def document(code: str, number: str) -> IdentityDocument:
    kind, duplicate = parse_type(code)
    return IdentityDocument(type=kind, number=DocumentNumber(number), duplicate=duplicate)


def person(name: str | None, *documents: tuple[str, str], mobile: str | None = None) -> Keyed:
    return keyed(
        Entry(
            name=None if name is None else Name(name),
            documents=[document(*one) for one in documents],
            phones=[] if mobile is None else [Phone(mobile)],
        )
    )


def unit(name: str, code: tuple[str, str], mobile: str | None = None) -> Keyed:
    return keyed(
        Entry(
            kind=PartyKind.UNIT,
            name=Name(name),
            documents=(document(*code),),
            birth_date=date(2020, 1, 1),
            sex=Sex.MALE,
            phones=[] if mobile is None else [Phone(mobile)],
        )
    )


def test_the_table_of_documents_is_total() -> None:
    assert list(DOCUMENT_VERDICTS) == list(Tie)
    assert {tuple(sorted(row)) for row in DOCUMENT_VERDICTS.values()} == {tuple(sorted(Level))}


def test_an_agreeing_name_is_never_weaker_than_a_near_or_a_missing_one() -> None:
    for kind, row in DOCUMENT_VERDICTS.items():
        assert RANK[row[Level.AGREE]] <= RANK[row[Level.NEAR]] <= RANK[row[Level.DIFFER]], kind
        assert RANK[row[Level.AGREE]] <= RANK[row[Level.MISSING]], kind


def test_there_is_a_table_for_each_kind_and_an_outcome_for_each_code() -> None:
    assert set(TABLES) == set(PartyKind)
    assert set(OUTCOMES) == set(ExistenceCode)
    assert [code.value for code in ExistenceCode][: len(RANK)] == list(RANK)


def test_a_suspicion_names_fields_that_are_compared() -> None:
    for table in TABLES.values():
        assert {field for rule in table.suspicions for field in rule.agree} <= {one.field for one in table.comparisons}
        assert all(rule.source for rule in table.suspicions)


FLAGGED = "RESIDENT_ID/DUPLICATE"
ROWS = [
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("王 伟", ("HOUSEHOLD_REGISTER", CITIZEN)), "EXISTS", "+NAME+IDNO-TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("王偉", ("RESIDENT_ID", CITIZEN)), "CONFLICT_NAME", "~NAME+IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("李明", ("RESIDENT_ID", CITIZEN)), "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person(None, ("RESIDENT_ID", CITIZEN)), "CONFLICT_NAME", "+IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("王伟", (FLAGGED, CITIZEN)), "SUSPECT", "+NAME+IDNO-TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("李明", (FLAGGED, CITIZEN)), "NEW", "-NAME+IDNO-TYPE+BIRTH+SEX"),
    (person("王伟", (FLAGGED, CITIZEN)), person("李明", (FLAGGED, CITIZEN)), "CONFLICT_NAME", "-NAME+IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("李明", ("OTHER_PERSON", CITIZEN)), "SAME_NUMBER_OTHER_TYPE", "-NAME+IDNO-TYPE"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("王伟", ("RESIDENT_ID", OLD)), "ID_UPGRADE", "+NAME~IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("王偉", ("RESIDENT_ID", OLD)), "SUSPECT", "~NAME~IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", ("RESIDENT_ID", CITIZEN)), person("李明", ("RESIDENT_ID", OLD)), "NEW", "-NAME~IDNO+TYPE+BIRTH+SEX"),
    (person("王伟", mobile="13800001234"), person("王伟", mobile="13800001234"), "SUSPECT", "+NAME+MOBILE"),
    (person("王伟", mobile="13800001234"), person("王明", mobile="13800001234"), "NEW", "-NAME+MOBILE"),
    (person("王伟"), person("王伟"), "NEW", ""),
    (
        person("AN LI", ("PERMANENT_RESIDENCE", "932682198501010017")),
        person("An Li", ("PERMANENT_RESIDENCE", "XYZ110000000001")),
        "SUSPECT", "+NAME~IDNO+TYPE",
    ),
    (
        unit("江城某某公司", ("CREDIT_CODE", "91350100M000100Y43")),
        unit("江城某某公司", ("ORGANISATION_CODE", "M000100Y4")),
        "ID_UPGRADE", "+NAME~IDNO-TYPE+BIRTH",
    ),
    (
        unit("江城某某公司", ("CREDIT_CODE", "91350100M000100Y43")),
        unit("海城某某公司", ("ORGANISATION_CODE", "M000100Y4")),
        "SUSPECT", "-NAME~IDNO-TYPE+BIRTH",
    ),
    (
        unit("江城某某有限公司", ("CREDIT_CODE", "91350100M000100Y43"), "13800001234"),
        unit("江城某某股份有限公司", ("OTHER_UNIT", "A-1"), "13800001234"),
        "SUSPECT", "~NAME-IDNO-TYPE+BIRTH+MOBILE",
    ),
    (
        person("王伟", ("CHINESE_PASSPORT", "E12345678"), (FLAGGED, CITIZEN)),
        person("王伟", ("TEMPORARY_RESIDENT_ID", CITIZEN), ("CHINESE_PASSPORT", "E12345678")),
        "EXISTS", "+NAME+IDNO+TYPE+BIRTH+SEX",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "verdict", "evidence"), ROWS)
def test_verdict_and_evidence(left: Keyed, right: Keyed, verdict: str, evidence: str) -> None:
    table = TABLES[left.side.kind]
    found = compare(left, right, table)
    assert found == compare(right, left, table)
    assert (found.verdict, found.evidence) == (Verdict(verdict), evidence)
    assert bool(found.row) == (found.verdict is not Verdict.NEW)


def test_a_person_and_a_unit_never_match() -> None:
    owner = person("王伟", ("CREDIT_CODE", "91350100M000100Y43"))
    loose = evolve(PERSON, needs_shared_key=False)
    for table in (PERSON, loose):
        assert compare(owner, unit("王伟", ("CREDIT_CODE", "91350100M000100Y43")), table).verdict is Verdict.NEW


def test_the_strongest_of_none_is_new() -> None:
    assert strongest([]) is Verdict.NEW


def test_a_former_name_brings_together_and_never_decides() -> None:
    card = document("RESIDENT_ID", CITIZEN)
    before, after = Entry(name=Name("王芳"), documents=(card,)), Entry(name=Name("李芳"), documents=(card,))
    assert compare(keyed(before), keyed(after, former=(Name("王芳"),)), PERSON).evidence.startswith("~NAME+IDNO")
    assert compare(keyed(before), keyed(after, former=(Name("赵芳"),)), PERSON).evidence.startswith("-NAME+IDNO")
    nameless = Entry(documents=(card,))
    assert compare(keyed(before), keyed(nameless, former=(Name("王芳"),)), PERSON).evidence.startswith("~NAME")
    assert compare(keyed(nameless), keyed(nameless, former=(Name("王芳"),)), PERSON).evidence.startswith("+IDNO")


def test_another_data_set_takes_another_table() -> None:
    likeness = alike(0.9)

    def names(left: Side, right: Side) -> Level:
        return best(likeness, *(tuple(name.exact for name in one.names) for one in (left, right)))

    postcode = Comparison(field="ADDRESS", values=attrgetter("addresses"))
    loose = evolve(
        PERSON,
        names=names,
        needs_shared_key=False,
        comparisons=(*PERSON.comparisons, postcode),
        suspicions=(Suspicion(name="NAME_ALONE", names=(Level.AGREE,), source="a test"),),
    )
    one, other = person("MARTHA SMITH"), person("MARHTA SMITH")
    assert compare(one, other, loose) == Finding(Verdict.NEW, "~NAME")
    assert compare(one, one, loose) == Finding(Verdict.SUSPECT, "+NAME", "NAME_ALONE")
    assert compare(one, other, PERSON) == Finding(Verdict.NEW, "")
    assert postcode.level(one.side, other.side) is Level.MISSING


def test_tables_are_equal_to_themselves_alone() -> None:
    assert evolve(UNIT) != UNIT

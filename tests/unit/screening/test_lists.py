"""Entries of lists and the question whether somebody is meant: labelled cases of what connects, what contradicts, and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from custmaster.customer.entry import Entry
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.screening import (
    ANSWERS,
    STEPS,
    Answer,
    How,
    Identity,
    LiftCondition,
    ListEntry,
    Origin,
    Scope,
    Screen,
    Screened,
    Trait,
    identity_of,
    match,
    wanted,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.value.span import Span

TODAY = date(2026, 11, 28)
CARD = ("RESIDENT_ID", "11010519491231002X")  # female, born 1949-12-31


def who(*names: str, papers: tuple[tuple[str, str], ...] = (), **more: Any) -> Identity:
    documents = [
        IdentityDocument(
            type=DocumentType[kind.removesuffix("!")], number=DocumentNumber(number), duplicate="!" in kind
        )
        for kind, number in papers
    ]
    return Identity(names=map(Name, names), documents=documents, **more)


def listed(identity: Identity, **more: Any) -> ListEntry:
    return ListEntry(**{"origin": Origin.EXTERNAL, "list_name": "police", "number": "7", "identity": identity} | more)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("origin", "INTERNAL"),
        ("origin", None),
        ("cause", "BLACKLIST"),
        ("lift", "MISTAKEN"),
        ("lift", "whenever"),
        ("identity", "张伟"),
        ("identity", Name("张伟")),
        ("scope", ["MOBILE"]),
        ("valid", "2026-11-28"),
        ("list_name", 7),
        ("number", 7),
        ("source", None),
    ],
)
def test_an_entry_is_made_of_its_own_kinds(name: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        listed(**{"identity": who("张伟"), name: value})
    assert (caught.value.path, caught.value.fault) == (name, Fault.TYPE)
    assert caught.value.remedy.startswith("give a")
    assert "张伟" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "PERSON"),
        ("sex", "MALE"),
        ("birth_date", "1980-01-01"),
        ("birth_date", datetime(1980, 1, 1, 8)),
    ],
)
def test_an_identity_is_made_of_its_own_kinds(name: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        who("张伟", **{name: value})
    assert (caught.value.path, caught.value.fault) == (name, Fault.TYPE)
    assert "1980" not in str(caught.value)


def test_who_gives_a_text_for_a_code_is_shown_a_code() -> None:
    with pytest.raises(InvalidValue, match=r"^origin: wrong type \(TYPE\); give an Origin, such as Origin\.INTERNAL$"):
        listed(who("张伟"), origin="INTERNAL")


@pytest.mark.parametrize("name", ["channels", "actions", "besides"])
def test_one_code_in_place_of_a_list_is_refused_by_the_name_of_its_field(name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Scope(**{name: "MOBILE"})  # type: ignore[arg-type]
    assert (caught.value.path, caught.value.fault) == (name, Fault.TYPE)


UNIT = PartyKind.UNIT
BORN, OTHER = date(1980, 1, 1), date(1981, 1, 1)
PASSPORT = ("CHINESE_PASSPORT", "E12345678")
# who is asked, who is listed, the answer, what connects, what agrees, what speaks against
CASES: list[tuple[Identity, Identity, str, str, str, str]] = [
    # Documents: exact, and whatever the name says is told beside
    (who("张伟", papers=(CARD,)), who("张伟", papers=(CARD,)), "HIT", "DOCUMENT NAME", "BIRTH_DATE SEX", ""),
    (who("张伟", papers=(CARD,)), who("李娜", papers=(CARD,)), "HIT", "DOCUMENT", "BIRTH_DATE SEX", "NAME"),
    (who(papers=(CARD,)), who("李娜", papers=(CARD,)), "HIT", "DOCUMENT", "BIRTH_DATE SEX", ""),
    (who(papers=(CARD,)), who(papers=(("HOUSEHOLD_REGISTER", "11010519491231002x"),)), "HIT", "DOCUMENT", "BIRTH_DATE SEX", ""),
    (who(papers=(("RESIDENT_ID!", CARD[1]),)), who(papers=(CARD,)), "REVIEW", "DOCUMENT_FLAGGED", "BIRTH_DATE SEX", ""),
    (who(papers=(("RESIDENT_ID!", CARD[1]),)), who(papers=(("RESIDENT_ID!", CARD[1]),)), "HIT", "DOCUMENT", "BIRTH_DATE SEX", ""),
    (who(papers=(("RESIDENT_ID", "110105491231002"),)), who(papers=(CARD,)), "REVIEW", "DOCUMENT_UPGRADED", "BIRTH_DATE SEX", ""),
    (who(papers=(CARD,)), who(papers=(("RESIDENT_ID", "110105491231002"),)), "REVIEW", "DOCUMENT_UPGRADED", "BIRTH_DATE SEX", ""),
    (who(papers=(PASSPORT, CARD)), who(papers=(CARD,)), "HIT", "DOCUMENT", "BIRTH_DATE SEX", ""),  # one of two
    (who(papers=(("HK_MACAO_PERMIT", "H1234567800"),)), who(papers=(("HK_MACAO_PERMIT", "h1234567803"),)), "HIT", "DOCUMENT", "", ""),
    (who("张伟", papers=(PASSPORT,), birth_date=BORN), who(papers=(PASSPORT,), birth_date=OTHER), "HIT", "DOCUMENT", "", "BIRTH_DATE"),
    (who("张伟", papers=(PASSPORT,)), who("张伟", papers=(("CHINESE_PASSPORT", "E87654321"),)), "HIT", "NAME", "", ""),
    # The strongest connection decides, and one equal document is enough
    (who("张伟", papers=(PASSPORT,), birth_date=BORN), who("张伟", papers=(PASSPORT,), birth_date=OTHER), "HIT", "DOCUMENT NAME", "", "BIRTH_DATE"),
    (who("張偉", papers=(PASSPORT,)), who("张伟", papers=(PASSPORT,)), "HIT", "DOCUMENT NAME_VARIANT", "", ""),
    (who(papers=(PASSPORT, CARD)), who(papers=(PASSPORT, ("RESIDENT_ID", "110105194912310046"))), "HIT", "DOCUMENT", "BIRTH_DATE SEX", ""),
    # Names: exact is a hit, anything weaker for a person
    (who("张 伟"), who("张伟"), "HIT", "NAME", "", ""),
    (who("买买提•艾合 买提"), who("买买提·艾合买提"), "HIT", "NAME", "", ""),
    (who("anna  lee"), who("ＡＮＮＡ LEE"), "HIT", "NAME", "", ""),
    (who("张三", "张伟"), who("李四", "张伟"), "HIT", "NAME", "", ""),  # a former name
    (who("張偉"), who("张伟"), "REVIEW", "NAME_VARIANT", "", ""),
    (who("马𬱖"), who("馬頔"), "REVIEW", "NAME_VARIANT", "", ""),
    (who("某某有限公司", kind=UNIT), who("某某有限责任公司", kind=UNIT), "REVIEW", "NAME_VARIANT", "", ""),
    (who("王?明"), who("王小明"), "REVIEW", "NAME_DAMAGED", "", ""),
    (who("王小明"), who("王□明"), "REVIEW", "NAME_DAMAGED", "", ""),
    (who("王?明"), who("王?明"), "REVIEW", "NAME_DAMAGED", "", ""),
    (who("张?", birth_date=BORN), who("张伟", birth_date=BORN), "REVIEW", "NAME_DAMAGED", "BIRTH_DATE", ""),
    (who("张伟", birth_date=BORN), who("?伟", birth_date=BORN), "REVIEW", "NAME_DAMAGED", "BIRTH_DATE", ""),
    # What speaks against a name takes it down
    (who("张伟", birth_date=BORN), who("张伟", birth_date=BORN), "HIT", "NAME", "BIRTH_DATE", ""),
    (who("张伟", birth_date=BORN), who("张伟", birth_date=OTHER), "CLEARED", "NAME", "", "BIRTH_DATE"),
    (who("张伟", papers=(CARD,)), who("张伟", birth_date=OTHER), "CLEARED", "NAME", "", "BIRTH_DATE"),
    (who("张伟", sex=Sex.MALE), who("张伟", sex=Sex.FEMALE), "REVIEW", "NAME", "", "SEX"),
    (who("張偉", sex=Sex.MALE), who("张伟", sex=Sex.FEMALE), "CLEARED", "NAME_VARIANT", "", "SEX"),
    (who("张伟", sex=Sex.UNKNOWN), who("张伟", sex=Sex.FEMALE), "HIT", "NAME", "", ""),
    (who("张伟", papers=(CARD,)), who("张伟", papers=(("RESIDENT_ID", "110105194912310046"),)), "REVIEW", "NAME", "BIRTH_DATE SEX", "DOCUMENT"),
    (who("张伟", papers=(CARD,), sex=Sex.MALE), who("张伟", sex=Sex.FEMALE), "HIT", "NAME", "SEX", ""),  # one of the two says so
]  # fmt: skip


@pytest.mark.parametrize(("asked", "entry", "answer", "how", "agrees", "against"), CASES)
def test_what_connects_and_what_speaks_against(
    asked: Identity, entry: Identity, answer: str, how: str, agrees: str, against: str
) -> None:
    found = match(wanted(asked), wanted(entry))
    assert found is not None
    assert (str(found.answer), " ".join(found.how)) == (answer, how)
    assert (" ".join(found.agrees), " ".join(found.against)) == (agrees, against)
    told = Screen(entries=[listed(entry)]).query(asked, TODAY)
    assert [hit.match for hit in (*told.hits, *told.cleared)] == [found]
    assert bool(told.cleared) is (found.answer is Answer.CLEARED)


@pytest.mark.parametrize(
    ("asked", "entry"),
    [
        (who("张伟"), who("张三")),
        (who("王伟"), who("WANG WEI")),  # a Chinese name and its pinyin
        (who("某某"), who("某某")),  # says that there is no name
        (who("不详"), who("不详")),
        (who("???"), who("???")),
        (who("张伟"), who("张伟", kind=UNIT)),
        (who(papers=(CARD,)), who(papers=(("OTHER_PERSON", CARD[1]),))),  # another family
        (who(papers=(("RESIDENT_ID", "1101051949****002X"),)), who(papers=(("RESIDENT_ID", "1101051949****002X"),))),
        (who(papers=(("OTHER_PERSON", "0000000000"),)), who(papers=(("OTHER_PERSON", "0000000000"),))),
        (who(papers=(("HOUSEHOLD_REGISTER", "012345678"),)), who(papers=(("RESIDENT_ID", "012345678"),))),
    ],
)
def test_nothing_connects(asked: Identity, entry: Identity) -> None:
    assert match(wanted(asked), wanted(entry)) is None
    assert Screen(entries=[listed(entry)]).query(asked, TODAY).hits == ()


def test_a_surname_and_a_box_find_nobody_without_a_birth_date() -> None:
    screen = Screen(entries=[listed(who("张伟")), listed(who("张?"), number="8")])
    assert [hit.number for hit in screen.query(who("张?"), TODAY).hits] == ["8"]
    assert match(wanted(who("张?")), wanted(who("张伟"))) is not None


@pytest.mark.parametrize(("one", "other"), [("王?明", "?小明"), ("王?明", "王小?")])
def test_two_damaged_names_of_one_birth_date_find_each_other_whoever_is_listed(one: str, other: str) -> None:
    first, second = who(one, birth_date=BORN), who(other, birth_date=BORN)
    both = [match(wanted(first), wanted(second)), match(wanted(second), wanted(first))]
    found = [Screen(entries=[listed(b)]).query(a, TODAY).hits for a, b in ((first, second), (second, first))]
    assert None not in both
    assert [[hit.match for hit in hits] for hits in found] == [[told] for told in both]


def test_the_tables_are_total() -> None:
    assert set(ANSWERS) == set(How)
    assert set(STEPS) == set(Trait)


def test_hits_come_strongest_first_then_by_list_and_number() -> None:
    entries = [
        listed(who("張偉"), number="1"),
        listed(who("张伟"), number="3"),
        listed(who("张伟"), number="2"),
        listed(who("张伟"), list_name="another", number="9"),
    ]
    told = Screen(entries=entries).query(who("张伟"), TODAY)
    assert [(hit.list_name, hit.number) for hit in told.hits] == [
        ("another", "9"),
        ("police", "2"),
        ("police", "3"),
        ("police", "1"),
    ]


@pytest.mark.parametrize(("day", "in_force"), [(date(2026, 1, 1), True), (date(2025, 12, 31), False), (TODAY, False)])
def test_an_entry_not_in_force_is_told_when_asked_for(day: date, in_force: bool) -> None:
    screen = Screen(entries=[listed(who("张伟"), valid=Span(date(2026, 1, 1), TODAY))])
    assert len(screen.query(who("张伟"), day).hits) == in_force
    assert screen.query(who("张伟"), day).lapsed == ()
    assert len(screen.query(who("张伟"), day, lapsed=True).lapsed) == (not in_force)


def test_what_could_not_be_asked_by_is_told() -> None:
    screen = Screen(entries=[])
    assert screen.query(who("张伟", papers=(CARD,)), TODAY) == Screened(on=TODAY)
    assert screen.query(who("张伟"), TODAY).unasked == (Trait.DOCUMENT,)
    assert screen.query(who("张伟"), TODAY).was_asked
    assert screen.query(who(papers=(CARD,)), TODAY).was_asked
    assert screen.query(who(papers=(CARD,)), TODAY).unasked == (Trait.NAME,)
    nothing = screen.query(Entry(), TODAY)
    assert nothing.unasked == (Trait.NAME, Trait.DOCUMENT)
    assert not nothing.was_asked


def test_in_bulk_and_made_ready_before() -> None:
    screen = Screen(entries=[listed(who("张伟", papers=(("RESIDENT_ID", "110105194912310020"),)))])
    asked = [who("张伟"), wanted(who(papers=(("RESIDENT_ID", "110105194912310020"),))), who("李娜")]
    assert wanted(asked[1]) is asked[1]
    # A number that is not well-formed is compared as it stands, and states nothing.
    assert [len(told.hits) for told in screen.bulk(asked, TODAY)] == [1, 1, 0]
    assert [told.hits for told in screen.bulk(asked, TODAY)] == [screen.query(one, TODAY).hits for one in asked]


def test_a_number_that_a_list_has_twice_is_refused() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Screen(entries=[listed(who("张伟")), listed(who("李娜")), listed(who("李娜"), list_name="other")])
    assert [(fault.fault, fault.path) for fault in caught.value.faults] == [(Fault.DUPLICATE, "police[7]")]


def test_nothing_of_a_person_is_shown() -> None:
    entry = listed(who("张伟伟", papers=(CARD,), birth_date=BORN))
    told = Screen(entries=[entry]).query(entry.identity, TODAY)
    for shown in (repr(entry), repr(told), repr(Screen(entries=[entry])), repr(wanted(entry.identity))):
        assert not any(secret in shown for secret in ("张伟伟", CARD[1], "1980"))


def test_every_fault_of_an_entry_at_once() -> None:
    with pytest.raises(InvalidRecord) as caught:
        ListEntry(
            origin=Origin.INTERNAL,
            list_name=" ",
            number="9" * 101,
            identity=Identity(),
            source="x" * 501,
            lift=LiftCondition.MISTAKEN,
        )
    assert [(fault.path, fault.fault) for fault in caught.value.faults] == [
        ("list_name", Fault.EMPTY),
        ("number", Fault.LENGTH),
        ("source", Fault.LENGTH),
        ("identity", Fault.MISSING),
        ("lift", Fault.CONFLICT),
    ]


def test_a_number_of_the_greatest_length_is_held() -> None:
    assert len(listed(who("张伟"), number="9" * 100, list_name="L" * 100).number) == 100


def test_an_identity_has_so_many_names_and_documents() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Identity(names=[Name("张伟")] * 101)
    assert caught.value.path == "names"
    with pytest.raises(InvalidValue):
        Identity(names=["张伟"])  # type: ignore[list-item]


def test_an_entry_without_a_name_is_an_identity_by_its_former_names() -> None:
    assert identity_of(Entry(), former=[Name("张三")]).names == (Name("张三"),)


def test_every_fault_of_a_scope_at_once() -> None:
    with pytest.raises(InvalidRecord) as caught:
        Scope(channels=["web", "MOBILE", "MOBILE"], actions=[], besides=["*", "COUNTER"])
    assert [(fault.path, fault.fault) for fault in caught.value.faults] == [
        ("channels[1]", Fault.DUPLICATE),
        ("channels[2]", Fault.FORMAT),
        ("actions", Fault.EMPTY),
        ("besides[0]", Fault.FORMAT),
        ("besides", Fault.CONFLICT),
    ]
    with pytest.raises(InvalidValue):
        Scope(channels="MOBILE")
    with pytest.raises(InvalidRecord) as caught:
        Scope(channels=["WEB", 5])
    assert [(fault.path, fault.fault) for fault in caught.value.faults] == [("channels[0]", Fault.TYPE)]


def test_a_scope_covers_by_channel_and_action() -> None:
    scope = Scope(channels=["MOBILE", "WEB"], actions=["TRANSFER"])
    assert scope.covers("WEB", "TRANSFER")
    assert not scope.covers("ATM", "TRANSFER")
    assert not scope.covers("WEB", "OPEN_ACCOUNT")
    assert not scope.covers_action("OPEN_ACCOUNT")

"""The existence check: what changes nothing, what can only strengthen it, and that the keys find whoever it would find.

Values come from small pools, so that two customers agree in something more often than not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.customer.entry import Entry
from custmaster.customer.kinds import Status
from custmaster.dedup import BROAD, TABLES, Candidate, Existence, Verdict, check, keyed
from custmaster.dedup.codes import RANK
from custmaster.dedup.evidence import compare
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

SYSTEMS = ("BP", "EUSP")
PERSONS = "王伟", "王 伟", "王偉", "王?", "Anna Lee", "不详"
UNITS = "江城某某有限公司", "江城某某股份有限公司", "江城某某有限公司东湖分公司", "测试"
PHONES = "13800001234", "+86 138-0000-1234", "13900005678", "010-62751234", "13800000000"
DAYS = date(1949, 12, 31), date(1985, 1, 1), date(1990, 5, 5)
PERSONAL = (
    ("RESIDENT_ID", "11010519491231002X"),
    ("HOUSEHOLD_REGISTER", "11010519491231002x"),
    ("TEMPORARY_RESIDENT_ID", "110105491231002"),
    ("OTHER_PERSON", "11010519491231002X"),
    ("CHINESE_PASSPORT", "E12345678"),
    ("HK_MACAO_PERMIT", "H1234567801"),
    ("PERMANENT_RESIDENCE", "932682198501010017"),
    ("PERMANENT_RESIDENCE", "XYZ110000000001"),
    ("RESIDENT_ID", "000000000000000000"),
)
CORPORATE = (
    ("CREDIT_CODE", "91350100M000100Y43"),
    ("BUSINESS_LICENCE", "91350100m000100y43"),
    ("ORGANISATION_CODE", "M000100Y-4"),
    ("OTHER_UNIT", "91350100M000100Y43"),
)


def shown(pool: tuple[tuple[str, str], ...]) -> st.SearchStrategy[IdentityDocument]:
    """Each document of the pool, and each marked 重号."""
    return st.sampled_from(
        [
            IdentityDocument(type=DocumentType(code), number=DocumentNumber(number), duplicate=duplicate)
            for code, number in pool
            for duplicate in (False, True)
        ]
    )


def customers(kind: PartyKind) -> st.SearchStrategy[Entry]:
    named, pool = (PERSONS, PERSONAL) if kind is PartyKind.PERSON else (UNITS, CORPORATE)
    return st.builds(
        Entry,
        kind=st.just(kind),
        name=st.sampled_from([None, *map(Name, named)]),
        documents=st.lists(shown(pool), max_size=2),
        sex=st.sampled_from([None, *Sex]),
        birth_date=st.sampled_from([None, *DAYS]),
        phones=st.lists(st.sampled_from([Phone(phone) for phone in PHONES]), max_size=2),
    )


CUSTOMERS = {kind: customers(kind) for kind in PartyKind}
PAIRS = st.sampled_from(PartyKind).flatmap(lambda kind: st.tuples(CUSTOMERS[kind], CUSTOMERS[kind]))
ANY = st.sampled_from(PartyKind).flatmap(CUSTOMERS.__getitem__)


STANDINGS = st.sampled_from(
    [(Status.ACTIVE, None), (Status.DELETED, None), *((Status.MERGED, f"8{n}") for n in (0, 1))]
)
FOUND = {kind: st.lists(st.tuples(STANDINGS, CUSTOMERS[kind]), min_size=1, max_size=4) for kind in PartyKind}


def candidates(found: list[tuple[tuple[Status, str | None], Entry]]) -> list[Candidate]:
    return [
        Candidate(number=f"7{place}", status=status, merged_into=into, entry=entry)
        for place, ((status, into), entry) in enumerate(found)
    ]


def searches() -> st.SearchStrategy[tuple[Entry, list[Candidate]]]:
    """An applicant and one to four candidates of its kind."""
    return st.sampled_from(PartyKind).flatmap(lambda kind: st.tuples(CUSTOMERS[kind], FOUND[kind].map(candidates)))


def asked(applicant: Entry, candidates: list[Candidate]) -> Existence:
    return check(applicant, candidates, searched=SYSTEMS, required=SYSTEMS)


def rank(existence: Existence) -> int:
    """The place in the order; UNDECIDABLE stands where NEW would."""
    return RANK.get(existence.verdict, RANK[Verdict.NEW])


def wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def spoiled_name(text: str) -> str:
    return " " + wide(text.lower()).replace("王", "王\u3000").replace("某某", "某\u200b某") + "\u00a0"


def spoiled_number(text: str) -> str:
    return f" {wide(text[:3].lower())} {text[3:].lower()}\u200b"


def spoiled(entry: Entry) -> Entry:
    """The same customer in another hand: width, case and spaces."""
    return evolve(
        entry,
        name=None if entry.name is None else Name(spoiled_name(entry.name.reveal())),
        documents=[evolve(one, number=DocumentNumber(spoiled_number(one.number.reveal()))) for one in entry.documents],
        phones=[Phone(f" {wide(phone.reveal())} ") for phone in entry.phones],
    )


@settings(max_examples=300)
@given(PAIRS)
def test_width_case_and_spaces_change_neither_verdict_nor_evidence_nor_keys(pair: tuple[Entry, Entry]) -> None:
    one, other = pair
    table = TABLES[one.kind]
    assert compare(keyed(spoiled(one)), keyed(other), table) == compare(keyed(one), keyed(other), table)
    assert keyed(spoiled(one)).keys == keyed(one).keys


@settings(max_examples=300)
@given(PAIRS)
def test_which_of_two_customers_is_the_applicant_does_not_matter(pair: tuple[Entry, Entry]) -> None:
    one, other = map(keyed, pair)
    table = TABLES[one.side.kind]
    assert compare(one, other, table) == compare(other, one, table)


@settings(max_examples=300)
@given(PAIRS)
def test_whoever_is_more_than_new_shares_a_key(pair: tuple[Entry, Entry]) -> None:
    one, other = map(keyed, pair)
    table = TABLES[one.side.kind]
    found = compare(one, other, evolve(table, needs_shared_key=False)).verdict
    assert found is Verdict.NEW or set(one.keys) & set(other.keys)
    assert compare(one, other, table).verdict is found


@given(PAIRS)
def test_a_key_that_is_not_broad_is_shared_unless_a_name_is_damaged(pair: tuple[Entry, Entry]) -> None:
    one, other = map(keyed, pair)
    sound = not one.damaged and not other.damaged
    if sound and compare(one, other, TABLES[one.side.kind]).verdict is not Verdict.NEW:
        assert {key for key in one.keys if key.kind not in BROAD} & set(other.keys)


@given(searches(), st.randoms(use_true_random=False))
def test_the_order_of_the_candidates_does_not_matter(search: tuple[Entry, list[Candidate]], dice: Any) -> None:
    applicant, found = search
    shuffled = found.copy()
    dice.shuffle(shuffled)
    assert asked(applicant, shuffled) == asked(applicant, found)


@settings(max_examples=300)
@given(searches(), st.integers(0, 3))
def test_another_candidate_never_lowers_the_verdict(search: tuple[Entry, list[Candidate]], place: int) -> None:
    applicant, found = search
    fewer = [one for at, one in enumerate(found) if at != place % len(found)]
    assert rank(asked(applicant, found)) <= rank(asked(applicant, fewer))


def with_the_name(mine: Entry, theirs: Entry) -> Entry:
    return mine if mine.name is not None else evolve(mine, name=theirs.name)


def with_a_document(mine: Entry, theirs: Entry) -> Entry:
    return evolve(mine, documents=(*mine.documents, *theirs.documents[:1]))


def with_a_phone(mine: Entry, theirs: Entry) -> Entry:
    return evolve(mine, phones=(*mine.phones, *theirs.phones[:1]))


def with_the_birth_date(mine: Entry, theirs: Entry) -> Entry:
    return mine if mine.birth_date is not None else evolve(mine, birth_date=theirs.birth_date)


def with_the_sex(mine: Entry, theirs: Entry) -> Entry:
    return mine if mine.sex is not None else evolve(mine, sex=theirs.sex)


MORE: tuple[Callable[[Entry, Entry], Entry], ...] = (
    with_the_name,
    with_a_document,
    with_a_phone,
    with_the_birth_date,
    with_the_sex,
)


@settings(max_examples=300)
@given(searches(), st.sampled_from(MORE), st.integers(0, 3))
def test_one_more_agreeing_value_never_lowers_the_verdict(
    search: tuple[Entry, list[Candidate]], more: Callable[[Entry, Entry], Entry], place: int
) -> None:
    applicant, found = search
    richer = more(applicant, found[place % len(found)].entry.record)
    assert rank(asked(richer, found)) <= rank(asked(applicant, found))


@given(CUSTOMERS[PartyKind.PERSON], ANY)
def test_a_person_and_a_unit_never_match(one: Entry, other: Entry) -> None:
    one, other = evolve(one, documents=other.documents, name=other.name), evolve(other, kind=PartyKind.UNIT)
    assert asked(one, [Candidate(number="7000000001", entry=other)]).verdict in {Verdict.NEW, Verdict.UNDECIDABLE}


@given(st.sampled_from(PartyKind))
def test_missing_values_are_never_equal(kind: PartyKind) -> None:
    nobody = Entry(kind=kind)
    assert compare(keyed(nobody), keyed(nobody), evolve(TABLES[kind], needs_shared_key=False)).evidence == ""


@given(searches())
def test_a_system_left_out_takes_the_place_of_new_alone(search: tuple[Entry, list[Candidate]]) -> None:
    whole = asked(*search)
    half = check(*search, searched=("BP",), required=SYSTEMS)
    stood = whole.verdict not in {Verdict.NEW, Verdict.UNDECIDABLE}
    assert half.verdict is (whole.verdict if stood else Verdict.UNDECIDABLE)
    assert half.considered == whole.considered


@given(ANY)
def test_with_itself_a_customer_exists_that_has_a_whole_name_and_a_document(entry: Entry) -> None:
    one = keyed(entry)
    whole = bool(one.side.papers) and one.side.name is not None and not one.damaged
    assert (compare(one, one, TABLES[one.side.kind]).verdict is Verdict.EXISTS) is whole


def test_the_pools_bring_about_every_verdict() -> None:
    seen = set()

    @settings(max_examples=500)
    @given(searches())
    def ask(search: tuple[Entry, list[Candidate]]) -> None:
        seen.add(asked(*search).verdict)

    ask()
    assert seen == set(Verdict)

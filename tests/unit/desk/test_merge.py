"""Merging and its undoing, ground by ground and list by list; the helpers make two customers of one person in whose way nothing stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from custmaster.customer.children import (
    AddressUse,
    AmlRating,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.events import (
    Absorbed,
    Added,
    Amended,
    Corrected,
    Deleted,
    Ended,
    Merged,
    Opened,
    Reactivated,
    Released,
    Unmerged,
    evolve,
)
from custmaster.customer.kinds import (
    AddressUsage,
    AmlLevel,
    ContactUsage,
    NameUsage,
    OwnerRelation,
    RelationKind,
    RepresentativeKind,
    RiskLevel,
    RoleKind,
    Status,
)
from custmaster.customer.moves import gained, given_back
from custmaster.customer.parts import CHILD_LISTS, CoreField
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.decision import Approval, Occasion, Outcome, Review
from custmaster.dedup.alias_events import NumberMerged, NumberOpened, NumberUnmerged
from custmaster.dedup.aliases import AliasLedger, replay
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.dedup.steward import Ledger
from custmaster.dedup.survivorship import FieldRules, Policy, SurvivorshipRule, contribution_of
from custmaster.desk import (
    EntityKind,
    Merge,
    MergeAnswer,
    MergeFacts,
    MergeField,
    MergeRecord,
    Reference,
    ReferenceManifest,
    Side,
    Unmerge,
    UnmergeAnswer,
    UnmergeFacts,
    choices_by,
    joint,
    record_of,
    unlisted_columns,
)
from custmaster.desk.merge import plan
from custmaster.desk.merge_grounds import BLOCKERS
from custmaster.desk.merge_moves import MOVERS, Pairing, child_moves, field_moves
from custmaster.desk.merge_plan import Why
from custmaster.desk.unmerge import unplan
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import default
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

DAY = date(2026, 11, 23)
OPENED = date(2020, 1, 1)
PAGE = default().on(DAY)
NEW, OLD = "11010519491231002X", "110105491231002"
A, B, C = "6000000001", "6000000002", "6000000003"
MANIFEST = ReferenceManifest(
    version="2026.1",
    kinds=[
        EntityKind(name="ACCOUNT", zh="账户", en="account", columns=["account.customer_number"]),
        EntityKind(name="CARD", zh="卡", en="card", columns=["card.holder"]),
    ],
)
LIFTED = Approval(
    by="S-0007",
    reason="seen",
    codes=["MERGE_BY_PERSON", "MERGE_NAMES_ALIKE", "MERGE_NAME_MISSING", "MERGE_FIELD_DIFFERS", "MERGE_BLACKLISTED"],
)


def card(number: str = NEW, kind: DocumentType = DocumentType.RESIDENT_ID, **more: Any) -> Held:
    primary = more.pop("primary", True)
    valid = more.pop("valid", Span())
    document = IdentityDocument(type=kind, number=DocumentNumber(number), **more)
    return Held(document=document, primary=primary, valid=valid)


def person(number: str, name: str | None = "张伟", held: Held | None = None, **more: Any) -> Customer:
    names = more.pop("names", [NamedAs(name=Name(name))] if name else [])
    documents = more.pop("documents", [held or card()])
    kind = more.pop("kind", PartyKind.PERSON)
    return Customer(number=number, kind=kind, names=names, documents=documents, **more)


def ledger(*merges: tuple[str, str], numbers: tuple[str, ...] = (A, B, C)) -> AliasLedger:
    opened = [NumberOpened(number=number, on=OPENED, request_id=f"O-{number}") for number in numbers]
    led = [NumberMerged(number=one, into=into, on=OPENED, request_id=f"M-{one}") for one, into in merges]
    return replay([*opened, *led])


def facts(**more: Any) -> MergeFacts:
    stated: dict[str, Any] = {
        "references": [Reference(kind="ACCOUNT", id="6222-1")],
        "looked_up": ["ACCOUNT", "CARD"],
        "online_wealth": [],
        "third_party_custody": [],
        "legal_holds": [],
        "blacklisted": [],
        "aliases": ledger(),
    }
    return MergeFacts(**stated | more)


def occasion(request: str = "T-1", **more: Any) -> Occasion:
    return Occasion(**{"day": DAY, "actor": "S-0042", "request_id": request} | more)


def asked(survivor: Customer, absorbed: Customer, **more: Any) -> Merge:
    return Merge(**{"survivor": survivor, "absorbed": absorbed, "manifest": MANIFEST, "system": "BP"} | more)


def ask(survivor: Customer, absorbed: Customer, **more: Any) -> MergeAnswer:
    """The answer with everything lifted that an approval lifts, unless the test says otherwise."""
    when = more.pop("when", occasion(approvals=[LIFTED]))
    stated = more.pop("stated", facts())
    return plan(asked(survivor, absorbed, **more), stated, when, PAGE)


def codes(answer: Any) -> list[str]:
    return [str(reason.code) for reason in answer.decision.reasons]


def merged(survivor: Customer, absorbed: Customer, **more: Any) -> tuple[Customer, Customer, MergeAnswer]:
    """Both records after an allowed merge, and the answer."""
    answer = ask(survivor, absorbed, **more)
    assert answer.plan is not None, codes(answer)
    gained, alias = answer.plan.events
    return evolve(survivor, gained), evolve(absorbed, alias), answer


# --- what is allowed, and what it gives -----------------------------------------------------------------------------------


def test_one_person_under_two_numbers_is_merged_and_both_records_say_so() -> None:
    survivor, absorbed, answer = merged(person(A), person(B, sex=Sex.FEMALE))
    assert codes(answer) == ["FULL_FROM_OWNER"]
    assert (survivor.status, survivor.sex, survivor.documents) == (Status.ACTIVE, Sex.FEMALE, (card(),))
    assert (absorbed.status, absorbed.merged_into, absorbed.closed_on) == (Status.MERGED, A, DAY)
    made = answer.plan
    assert made is not None
    assert (made.owner, made.manifest, made.references) == ("BP", "2026.1", (Reference(kind="ACCOUNT", id="6222-1"),))
    assert [(step.number, step.operation.value) for step in made.sync] == [(A, "CHANGE_KEY"), (B, "MERGE")]
    assert made.handbook == PAGE.stamp == answer.decision.handbook


def test_a_merge_that_moves_nothing_is_no_change_of_the_survivor_for_sync() -> None:
    _, _, answer = merged(person(A), person(B))
    assert answer.preview is not None
    assert [(step.number, step.operation.value) for step in answer.preview.sync] == [(B, "MERGE")]
    assert [(one.list, one.place, one.why) for one in answer.preview.left] == [
        ("names", 0, Why.HELD),
        ("documents", 0, Why.HELD),
    ]


# --- blockers -------------------------------------------------------------------------------------------------------------

UNIT = Customer(number=B, kind=PartyKind.UNIT)
GONE = {"status": Status.DELETED, "closed_on": OPENED}


@pytest.mark.parametrize(
    ("survivor", "absorbed", "stated", "expected"),
    [
        (person(A), person(A), {}, "MERGE_INTO_ITSELF"),
        (person(A), UNIT, {}, "MERGE_KINDS_DIFFER"),
        (person(A), person(B, **GONE), {}, "MERGE_SIDE_CLOSED"),
        (person(A, **GONE), person(B), {}, "MERGE_SIDE_CLOSED"),
        (person(A), person(B, status=Status.MERGED, merged_into=C), {}, "MERGED_INTO"),
        (person(A, opened_on=date(2027, 1, 1)), person(B), {}, "DAY_TOO_EARLY"),
        (person(A), person(B, "李芳"), {}, "MERGE_NAMES_DIFFER"),
        (person(A), person(B, held=card("110105491231016")), {}, "MERGE_UPGRADE_FAILS"),
        (
            person(A, held=card(expires_on=date(2026, 11, 22))),
            person(B, held=card(OLD)),
            {},
            "MERGE_CARD_EXPIRED",
        ),
        (person(A), person(B), {"online_wealth": [A, B]}, "MERGE_ONLINE_WEALTH"),
        (person(A), person(B, held=card(OLD)), {"third_party_custody": [B]}, "MERGE_CUSTODY"),
        (person(A), person(B), {"legal_holds": [A]}, "MERGE_LEGAL_HOLD"),
        (person(A), person(B), {"references": [Reference(kind="ROSTER", id="1")]}, "REFERENCE_KIND_UNLISTED"),
        (person(A), person(B), {"aliases": ledger((A, B))}, "ALIAS_CIRCLE"),
    ],
)
def test_what_stands_against_a_merge_refuses_it_under_its_code(survivor, absorbed, stated, expected) -> None:
    answer = ask(survivor, absorbed, stated=facts(**stated))
    assert expected in codes(answer)
    assert answer.decision.outcome is Outcome.REFUSED
    assert answer.plan is None
    assert not getattr(answer.decision, "events", ())


@pytest.mark.parametrize(
    ("survivor", "absorbed", "stated", "expected"),
    [
        (person(A), person(B, held=card(OLD)), {}, "MERGE_BY_PERSON"),
        (person(A, "龑"), person(B, "䶮"), {}, "MERGE_NAMES_ALIKE"),
        (person(A), person(B, None), {}, "MERGE_NAME_MISSING"),
        (person(A, sex=Sex.MALE), person(B, sex=Sex.FEMALE), {}, "MERGE_FIELD_DIFFERS"),
        (person(A), person(B), {"blacklisted": [B]}, "MERGE_BLACKLISTED"),
    ],
)
def test_what_a_person_may_lift_waits_for_an_approval(survivor, absorbed, stated, expected) -> None:
    waiting = ask(survivor, absorbed, stated=facts(**stated), when=occasion())
    assert expected in codes(waiting)
    assert isinstance(waiting.decision, Review)
    assert (waiting.plan, waiting.preview is None) == (None, False)
    lifted = ask(survivor, absorbed, stated=facts(**stated, earlier=waiting))
    assert (lifted.decision.outcome, lifted.decision.approvals) == (Outcome.ALLOWED, (LIFTED,))
    assert lifted.plan is not None


def test_what_was_not_looked_up_no_approval_replaces() -> None:
    everything = Approval(by="S-0007", reason="seen", codes=[*LIFTED.codes, "REFERENCE_KIND_NOT_LOOKED_UP"])
    answer = ask(person(A), person(B), stated=facts(looked_up=["ACCOUNT"]), when=occasion(approvals=[everything]))
    assert isinstance(answer.decision, Review)
    assert answer.decision.fixed_codes == ("REFERENCE_KIND_NOT_LOOKED_UP",)


def test_the_published_list_is_complete() -> None:
    assert {row.code.value for row in BLOCKERS if row.published} == {
        "MERGE_SIDE_CLOSED",
        "MERGE_NAMES_DIFFER",
        "MERGE_UPGRADE_FAILS",
        "MERGE_CARD_EXPIRED",
        "MERGE_ONLINE_WEALTH",
        "MERGE_CUSTODY",
    }
    assert all(row.outcome is Outcome.REFUSED for row in BLOCKERS if row.published)
    assert all(row.finds.__doc__ for row in BLOCKERS)


def test_every_ground_is_told_at_once() -> None:
    answer = ask(
        person(A, **GONE), person(B, "李芳", sex=Sex.MALE), stated=facts(online_wealth=[A, B], legal_holds=[B])
    )
    assert "MERGE_INTO_ITSELF" in codes(ask(person(A), person(A), stated=facts(rulings=Ledger())))
    assert {"MERGE_SIDE_CLOSED", "MERGE_NAMES_DIFFER", "MERGE_ONLINE_WEALTH", "MERGE_LEGAL_HOLD"} <= set(codes(answer))


def test_the_list_asks_of_the_15_digit_customer_only() -> None:
    stated = facts(third_party_custody=[A, B])
    assert "MERGE_CUSTODY" not in codes(ask(person(A), person(B), stated=stated))
    pair = ask(person(A, held=card(OLD)), person(B), stated=facts(third_party_custody=[B]))
    assert "MERGE_CUSTODY" not in codes(pair)
    assert "MERGE_CARD_EXPIRED" not in codes(ask(person(A, held=card(expires_on=OPENED)), person(B)))
    assert "MERGE_CARD_EXPIRED" not in codes(ask(person(A, held=card(long_term=True)), person(B, held=card(OLD))))


def test_a_former_name_on_either_record_settles_a_difference_of_names() -> None:
    former = NamedAs(name=Name("李芳"), usage=NameUsage.FORMER)
    legal = NamedAs(name=Name("张伟"))
    for survivor, absorbed in (
        (person(A, names=[legal, former]), person(B, "李芳")),
        (person(A, "李芳"), person(B, names=[legal, former])),
    ):
        assert "MERGE_NAMES_DIFFER" not in codes(ask(survivor, absorbed))


def test_documents_that_contradict_each_other_are_told_with_their_place() -> None:
    passport = card("E12345678", DocumentType.CHINESE_PASSPORT, primary=False)
    other = card("E87654321", DocumentType.CHINESE_PASSPORT, primary=False)
    answer = ask(person(A, documents=[card(), passport]), person(B, documents=[card(), other]))
    (told,) = [dict(reason.facts) for reason in answer.decision.reasons if str(reason.code) == "MERGE_CONFLICT"]
    assert told == {"path": "documents[2].document.number", "fault": "CONFLICT"}


def test_a_misspelt_number_neither_upgrades_nor_goes_with_the_right_one() -> None:
    answer = ask(person(A, held=card("1234")), person(B))
    assert "MERGE_CONFLICT" in codes(answer)
    assert "MERGE_UPGRADE_FAILS" not in codes(answer)


def test_a_plan_that_its_stored_form_does_not_hold_is_refused() -> None:
    notes = [Noted(key="hobby", text=f"围棋 {place}") for place in range(600)]
    roles = [InRole(kind=RoleKind.STAFF, valid=Span(date(1000 + y, 1, 1), date(1000 + y, 2, 1))) for y in range(600)]
    answer = ask(person(A), person(B, notes=notes, roles=roles))
    told = [dict(reason.facts) for reason in answer.decision.reasons if str(reason.code) == "MERGE_CONFLICT"]
    assert {"path": "children", "fault": "LENGTH"} in told


@pytest.mark.parametrize("choices", [{"surname": "SURVIVOR"}, {"name": "BOTH"}])
def test_a_choice_that_there_is_not_is_told(choices: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        asked(person(A), person(B), choices=choices)
    assert (caught.value.fault, caught.value.path) == (Fault.UNKNOWN_CODE, "choices")


def test_a_merge_over_two_owners_is_started_at_the_coordinator_and_the_survivors_range_owns_the_customer() -> None:
    stated = facts(aliases=ledger(numbers=(A, "1000000001")))
    absorbed = person("1000000001", sex=Sex.MALE)
    at_home = ask(person(A), absorbed, stated=stated)
    assert at_home.plan is not None
    assert at_home.plan.owner == "BP"
    abroad = ask(person(A), absorbed, stated=stated, system="EUSP")
    assert "NOT_THE_COORDINATOR" in codes(abroad)
    other_way = ask(person("1000000001"), person(A, sex=Sex.MALE), stated=stated)
    assert other_way.plan is not None
    assert other_way.plan.owner == "EUSP"
    assert "NONKEY_DOES_NOT_STAY" in codes(other_way)


def test_a_number_in_no_range_has_no_owner_and_is_refused() -> None:
    answer = ask(person("5000000000"), person(B), stated=facts(aliases=ledger(numbers=("5000000000", B))))
    assert "NUMBER_IN_NO_RANGE" in codes(answer)
    assert answer.preview is not None
    assert answer.preview.owner is None


# --- what moves -----------------------------------------------------------------------------------------------------------


def moved(survivor: Customer, absorbed: Customer, **more: Any) -> Customer:
    """The survivor's record after the merge, whatever stands against it but a contradiction."""
    pair = Pairing(survivor=survivor, absorbed=absorbed, day=DAY, **more)
    children, _ = child_moves(pair)
    after = gained(survivor, field_moves(pair), children)
    assert given_back(after, field_moves(pair), children) == survivor
    return after


def left(survivor: Customer, absorbed: Customer) -> list[tuple[str, Why]]:
    return [(one.list, one.why) for one in child_moves(Pairing(survivor=survivor, absorbed=absorbed, day=DAY))[1]]


def test_every_list_has_its_mover_and_every_core_field_its_choice() -> None:
    assert set(MOVERS) == set(CHILD_LISTS.values())
    assert {choice.value for choice in MergeField} == {"name", "document"} | {field.value for field in CoreField}


def test_fields_that_the_survivor_lacks_are_filled_and_its_own_stay() -> None:
    absorbed = person(B, sex=Sex.MALE, nationality="CHN", birth_date=date(1949, 12, 31), source_key="K-2")
    after = moved(person(A, sex=Sex.UNKNOWN, nationality="HKG"), absorbed)
    assert (after.sex, after.nationality, after.birth_date) == (Sex.MALE, "HKG", date(1949, 12, 31))
    assert after.source_key is None  # an identifier of its own source, which stays with its own number
    chosen = {
        MergeField.NATIONALITY: Side.ABSORBED,
        MergeField.SOURCE_KEY: Side.ABSORBED,
        MergeField.SEX: Side.SURVIVOR,
    }
    after = moved(person(A, sex=Sex.UNKNOWN, nationality="HKG"), absorbed, choices=chosen)
    assert (after.sex, after.nationality, after.source_key) == (Sex.UNKNOWN, "CHN", "K-2")


def test_another_legal_name_becomes_a_former_one_unless_it_is_chosen() -> None:
    one, other = person(A, "张伟"), person(B, "张玮")
    assert [(n.name.reveal(), n.usage.value) for n in moved(one, other).names] == [
        ("张伟", "LEGAL"),
        ("张玮", "FORMER"),
    ]
    swapped = moved(one, other, choices={MergeField.NAME: Side.ABSORBED})
    assert [(n.name.reveal(), n.usage.value) for n in swapped.names] == [("张伟", "FORMER"), ("张玮", "LEGAL")]
    former = NamedAs(name=Name("张为"), usage=NameUsage.FORMER)
    with_former = moved(person(A, names=[former, *one.names]), other, choices={MergeField.NAME: Side.ABSORBED})
    assert [named.usage.value for named in with_former.names] == ["FORMER", "FORMER", "LEGAL"]
    same = moved(one, person(B, "张 伟"), choices={MergeField.NAME: Side.ABSORBED})
    assert same.names == one.names
    assert moved(person(A, None), other).legal_name(DAY) == Name("张玮")


def test_names_of_other_days_and_usages_are_kept_as_what_they_are() -> None:
    then = Span(None, date(2010, 1, 1))
    now = NamedAs(name=Name("张伟"), valid=Span(date(2010, 1, 1), None))
    past = NamedAs(name=Name("李伟"), valid=then)
    latin = NamedAs(name=Name("ZHANG WEI"), usage=NameUsage.LATIN)
    after = moved(person(A, names=[now]), person(B, names=[past, latin]))
    assert after.names == (now, past, latin)
    assert left(after, person(B, names=[latin])) == [("names", Why.HELD), ("documents", Why.HELD)]


def test_no_identifier_is_held_twice_and_a_renewed_card_takes_the_place_of_the_old_one() -> None:
    renewed = card(expires_on=date(2040, 1, 1))
    after = moved(person(A, held=card(expires_on=date(2020, 1, 1))), person(B, held=renewed))
    assert after.documents == (renewed,)
    for_life = card(long_term=True)
    assert moved(person(A, held=renewed), person(B, held=for_life)).documents == (for_life,)
    assert moved(person(A, held=for_life), person(B, held=renewed)).documents == (for_life,)
    assert moved(person(A, held=renewed), person(B, held=card())).documents == (renewed,)


def test_a_record_has_one_primary_document_which_may_be_chosen() -> None:
    passport = card("E12345678", DocumentType.CHINESE_PASSPORT)
    after = moved(person(A), person(B, held=passport))
    assert [held.primary for held in after.documents] == [True, False]
    chosen = moved(person(A), person(B, held=passport), choices={MergeField.DOCUMENT: Side.ABSORBED})
    assert [held.primary for held in chosen.documents] == [False, True]
    none = moved(person(A, documents=[]), person(B, held=passport))
    assert [held.primary for held in none.documents] == [True]
    unmarked = moved(person(A, documents=[]), person(B, held=card(primary=False)))
    assert [held.primary for held in unmarked.documents] == [False]
    both = moved(
        person(A, documents=[card(), card("E12345678", DocumentType.CHINESE_PASSPORT, primary=False)]),
        person(B, held=passport),
        choices={MergeField.DOCUMENT: Side.ABSORBED},
    )
    assert [held.primary for held in both.documents] == [False, True]
    assert moved(person(A), person(B, documents=[])).documents == person(A).documents


def test_an_18_digit_card_becomes_the_primary_one_in_the_place_of_its_15_digits() -> None:
    after = moved(person(A, held=card(OLD)), person(B))
    assert [(held.document.number.reveal(), held.primary) for held in after.documents] == [(OLD, False), (NEW, True)]


HOME = AddressUse(usage=AddressUsage.RESIDENCE, preferred=True)
POST = AddressUse(usage=AddressUsage.MAILING, preferred=True)


def residing(text: str, *uses: AddressUse, valid: Span = Span()) -> Residing:  # noqa: B008
    return Residing(address=Address(text), usages=uses, valid=valid)


def test_one_address_is_held_once_with_all_its_usages_and_one_preferred_for_each() -> None:
    here, there = "北京市海淀区中关村大街27号", "上海市黄浦区南京东路1号"
    one = person(A, addresses=[residing(here, HOME)])
    after = moved(one, person(B, addresses=[residing(here, HOME), residing(there, POST)]))
    first, second = after.addresses
    assert [(use.usage.value, use.preferred) for use in first.usages] == [("RESIDENCE", True)]
    assert [(use.usage.value, use.preferred) for use in second.usages] == [("MAILING", True)]
    after = moved(one, person(B, addresses=[residing(here, POST), residing(there, HOME)]))
    assert [(use.usage.value, use.preferred) for place in after.addresses for use in place.usages] == [
        ("RESIDENCE", True),
        ("MAILING", False),
        ("RESIDENCE", False),
    ]
    assert ("addresses", Why.HELD) in left(one, person(B, addresses=[residing(here, HOME)]))


def test_the_days_of_an_address_are_joined_where_no_preference_depends_on_them() -> None:
    here, early, late = "北京市海淀区中关村大街27号", Span(None, date(2021, 1, 1)), Span(date(2020, 1, 1), None)
    absorbed = person(B, addresses=[residing(here, valid=late)])
    assert moved(person(A, addresses=[residing(here, valid=early)]), absorbed).addresses == (residing(here),)
    preferred = person(A, addresses=[residing(here, HOME, valid=early)])
    assert moved(preferred, absorbed).addresses == preferred.addresses
    apart = person(A, addresses=[residing(here, valid=Span(None, date(2015, 1, 1)))])
    assert len(moved(apart, absorbed).addresses) == 2


def test_one_way_of_reaching_a_customer_is_held_once_and_one_is_preferred() -> None:
    mobile = Reached(contact=Phone("13800001234"), preferred=True)
    again = Reached(contact=Phone("+86 138 0000 1234"), preferred=True)
    other = Reached(contact=Phone("13900001234"))
    mail = Reached(contact=Email("wei@example.com"), usage=ContactUsage.EMAIL, preferred=True)
    after = moved(person(A, contacts=[mobile]), person(B, contacts=[again, other, mail]))
    assert [(reached.usage.value, reached.preferred) for reached in after.contacts] == [
        ("MOBILE", True),
        ("MOBILE", False),
        ("EMAIL", True),
    ]
    third = Reached(contact=Phone("13700001234"), preferred=True)
    assert [
        reached.preferred for reached in moved(person(A, contacts=[mobile]), person(B, contacts=[third])).contacts
    ] == [
        True,
        False,
    ]
    plain = Reached(contact=Phone("13800001234"))
    assert moved(person(A, contacts=[plain]), person(B, contacts=[again])).contacts == (plain,)


def test_days_of_equal_children_are_joined_when_they_touch_and_kept_apart_when_not() -> None:
    def role(start: int | None, end: int | None) -> InRole:
        return InRole(
            kind=RoleKind.STAFF, valid=Span(*(None if year is None else date(year, 1, 1) for year in (start, end)))
        )

    survivor = person(A, roles=[role(2010, 2015)])
    assert moved(survivor, person(B, roles=[role(2011, 2012)])).roles == (role(2010, 2015),)
    assert moved(survivor, person(B, roles=[role(2012, None)])).roles == (role(2010, None),)
    assert moved(survivor, person(B, roles=[role(None, 2012)])).roles == (role(None, 2015),)
    assert moved(survivor, person(B, roles=[role(2016, None)])).roles == (role(2010, 2015), role(2016, None))


def test_a_relationship_between_the_two_goes_and_others_are_held_once() -> None:
    def kin(to: str) -> Related:
        return Related(to=to, kind=RelationKind.SIBLING_OF)

    survivor = person(A, relationships=[kin(C), kin(B), kin("6000000009")])
    absorbed = person(B, relationships=[kin(A), kin(C), kin("6000000004")])
    after = moved(survivor, absorbed, numbers={"6000000009": B})
    assert [related.to for related in after.relationships] == [C, "6000000004"]
    assert ("relationships", Why.SELF_RELATION) in left(survivor, absorbed)
    alias = moved(
        person(A, relationships=[kin(C)]), person(B, relationships=[kin("6000000008")]), numbers={"6000000008": C}
    )
    assert [related.to for related in alias.relationships] == [C]


def test_the_stricter_of_two_ratings_goes_on() -> None:
    def risk(level: RiskLevel, start: date | None = OPENED) -> RiskTolerance:
        return RiskTolerance(level=level, assessed_on=OPENED, valid=Span(start, None))

    after = moved(person(A, risk=[risk(RiskLevel.C4)]), person(B, risk=[risk(RiskLevel.C2)]))
    assert [(one.level.value, one.valid.end) for one in after.risk] == [("C4", DAY), ("C2", None)]
    assert ("risk", Why.LAXER) in left(person(A, risk=[risk(RiskLevel.C2)]), person(B, risk=[risk(RiskLevel.C4)]))
    assert ("risk", Why.HELD) in left(person(A, risk=[risk(RiskLevel.C2)]), person(B, risk=[risk(RiskLevel.C2)]))
    today = moved(person(A, risk=[risk(RiskLevel.C4, DAY)]), person(B, risk=[risk(RiskLevel.C2)]))
    assert [one.level.value for one in today.risk] == ["C2"]
    assert len(moved(person(A), person(B, risk=[risk(RiskLevel.C2)])).risk) == 1

    def aml(level: AmlLevel, valid: Span = Span()) -> AmlRating:  # noqa: B008
        return AmlRating(level=level, rated_on=OPENED, valid=valid)

    past = Span(None, OPENED)
    after = moved(person(A, aml=[aml(AmlLevel.LOW)]), person(B, aml=[aml(AmlLevel.LOW, past), aml(AmlLevel.HIGH)]))
    assert [one.level.value for one in after.aml if one.valid.contains(DAY)] == ["HIGH"]


def test_a_unit_takes_over_who_stands_for_it() -> None:
    chief = Representative(kind=RepresentativeKind.PRINCIPAL, name=Name("张伟"))
    owner = BeneficialOwner(name=Name("张伟"), relation=OwnerRelation.EQUITY)
    one = Customer(number=A, kind=PartyKind.UNIT, representatives=[chief])
    other = Customer(
        number=B, kind=PartyKind.UNIT, representatives=[chief], owners=[owner], unit=UnitDetails(scope="软件")
    )
    after = moved(one, other)
    assert (after.representatives, after.owners, after.unit) == ((chief,), (owner,), UnitDetails(scope="软件"))


# --- the same request again -----------------------------------------------------------------------------------------------


def test_the_same_request_gives_the_same_answer_whatever_is_stated_later() -> None:
    first = ask(person(A), person(B))
    again = ask(person(A), person(B), stated=facts(legal_holds=[A], earlier=first))
    assert again == first
    refused = ask(person(A), person(B, "李芳"))
    assert ask(person(A), person(B), stated=facts(earlier=refused)) == refused


def test_a_request_id_that_was_used_for_another_merge_is_refused() -> None:
    first = ask(person(A), person(B))
    other = ask(person(A), person(C), stated=facts(earlier=first))
    assert (codes(other), other.preview) == (["REQUEST_ID_REUSED"], None)


def test_an_answer_of_another_request_is_a_bug() -> None:
    first = ask(person(A), person(B))
    with pytest.raises(CustmasterError, match="another request"):
        ask(person(A), person(B), stated=facts(earlier=first), when=occasion("T-2"))


# --- undoing --------------------------------------------------------------------------------------------------------------

LATER = date(2026, 12, 24)


def undo(answer: MergeAnswer, now: tuple[Customer, Customer], **more: Any) -> UnmergeAnswer:
    assert answer.plan is not None
    record = more.pop("record", record_of(answer.plan))
    when = more.pop("when", occasion("T-9", day=LATER))
    stated = UnmergeFacts(
        journal=more.pop("journal", [record]),
        aliases=more.pop("aliases", replay(number_events(answer.plan.events), ledger())),
        earlier=more.pop("earlier", None),
        rulings=more.pop("rulings", Ledger()),
    )
    asked_to = Unmerge(record=record, survivor=now[0], absorbed=now[1], reason="two persons", system="BP", **more)
    return unplan(asked_to, stated, when, default().on(when.day))


def number_events(events: Any) -> list[Any]:
    return [one.effect for one in joint.consequences(events, joint.Noun.NUMBER)]


def content(customer: Customer) -> Customer:
    """Everything but the traces of what happened to the record."""
    return attrs.evolve(customer, closures=(), requests=())


RICH = person(
    B,
    sex=Sex.MALE,
    contacts=[Reached(contact=Phone("13800001234"))],
    relationships=[Related(to=A, kind=RelationKind.ASSOCIATED_WITH)],
    notes=[Noted(key="hobby", text="围棋")],
)
POOR = person(
    A, relationships=[Related(to=C, kind=RelationKind.SIBLING_OF), Related(to=B, kind=RelationKind.SIBLING_OF)]
)


def test_undoing_restores_both_sides_and_tells_the_references_that_go_back() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    back = undo(answer, (survivor, absorbed))
    assert back.plan is not None, codes(back)
    released, unmerged = back.plan.events
    assert content(evolve(survivor, released)) == content(POOR)
    assert content(evolve(absorbed, unmerged)) == content(RICH)
    assert back.plan.references == (Reference(kind="ACCOUNT", id="6222-1"),)
    assert (back.plan.merge, back.plan.kept) == ("T-1", ())
    assert [type(one).__name__ for one in number_events(back.plan.events)] == ["NumberUnmerged"]


def test_what_came_after_the_merge_stays_with_the_survivor() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    role = InRole(kind=RoleKind.STAFF)
    survivor = evolve(survivor, Added(number=A, child=role, on=DAY, actor="S-1", request_id="T-5"))
    back = undo(answer, (survivor, absorbed))
    assert back.plan is not None
    assert content(evolve(survivor, back.plan.events[0])) == attrs.evolve(content(POOR), roles=(role,))


def test_what_was_moved_and_changed_since_is_reported_and_kept() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    head = {"number": A, "on": DAY, "actor": "S-1"}
    survivor = evolve(survivor, Corrected(field=CoreField.SEX, value=Sex.FEMALE, request_id="T-5", **head))
    contact = survivor.contacts[0]
    survivor = evolve(survivor, Ended(child=contact, end=DAY, request_id="T-6", **head))
    back = undo(answer, (survivor, absorbed))
    assert isinstance(back.decision, Review)
    told = [dict(one.facts)["field"] for one in back.decision.reasons if str(one.code) == "UNMERGE_CHANGED_SINCE"]
    assert told == ["sex", "contacts[0]"]
    signed = Approval(by="S-7", reason="both keep theirs", codes=["UNMERGE_CHANGED_SINCE"])
    lifted = undo(answer, (survivor, absorbed), when=occasion("T-9", day=LATER, approvals=[signed]), earlier=back)
    assert lifted.plan is not None
    after = evolve(survivor, lifted.plan.events[0])
    assert (after.sex, len(after.contacts), after.notes) == (Sex.FEMALE, 1, ())


def test_a_later_merge_must_be_undone_first_and_is_named() -> None:
    survivor, absorbed, first = merged(POOR, RICH)
    aliases = replay(number_events(first.plan.events), ledger())  # type: ignore[union-attr]
    stated = facts(aliases=aliases)
    survivor, _, second = merged(survivor, person(C), stated=stated, when=occasion("T-2", approvals=[LIFTED]))
    aliases = replay(number_events(second.plan.events), aliases)  # type: ignore[union-attr]
    records = [record_of(one.plan) for one in (first, second)]  # type: ignore[arg-type]
    back = undo(first, (survivor, absorbed), record=records[0], journal=records, aliases=aliases)
    (reason,) = [one for one in back.decision.reasons if one.outcome is Outcome.REFUSED]
    assert (str(reason.code), dict(reason.facts)) == ("MERGE_SUPERSEDED", {"merge": "T-2", "number": C})
    forgotten = undo(first, (survivor, absorbed), record=records[0], journal=records[:1], aliases=aliases)
    assert [code for code in codes(forgotten) if code == "MERGE_SUPERSEDED"] == ["MERGE_SUPERSEDED"]
    undone = [records[0], attrs.evolve(records[1], reversed_by="T-3")]
    free = replay([NumberUnmerged(number=C, on=DAY, request_id="T-3")], aliases)
    last = undo(first, (survivor, absorbed), record=records[0], journal=undone, aliases=free)
    assert "MERGE_SUPERSEDED" not in codes(last)


def test_a_survivor_that_was_merged_itself_names_that_merge() -> None:
    survivor, absorbed, first = merged(POOR, RICH)
    aliases = replay(number_events(first.plan.events), ledger())  # type: ignore[union-attr]
    when = occasion("T-2", approvals=[LIFTED])
    _, survivor, second = merged(person(C), survivor, stated=facts(aliases=aliases), when=when)
    records = [record_of(one.plan) for one in (first, second)]  # type: ignore[arg-type]
    back = undo(first, (survivor, absorbed), record=records[0], journal=records, aliases=aliases)
    told = {str(one.code): dict(one.facts) for one in back.decision.reasons}
    assert told["MERGE_SUPERSEDED"] == {"merge": "T-2", "number": C}
    assert told["MERGED_INTO"] == {"number": C}


def test_a_merge_without_its_inverse_is_not_undone() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    record = MergeRecord(request_id="T-1", on=DAY, survivor=A, absorbed=B)
    back = undo(answer, (survivor, absorbed), record=record)
    assert (codes(back), back.preview) == (["MERGE_NOT_REVERSIBLE"], None)


def test_undoing_twice_does_nothing_the_second_time() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    first = undo(answer, (survivor, absorbed))
    assert undo(answer, (POOR, RICH), earlier=first) == first
    record = attrs.evolve(record_of(answer.plan), reversed_by="T-9")  # type: ignore[arg-type]
    again = undo(answer, (POOR, RICH), record=record, when=occasion("T-10", day=LATER))
    assert (codes(again), again.decision.outcome, again.plan) == (["MERGE_ALREADY_REVERSED"], Outcome.ALLOWED, None)
    assert not getattr(again.decision, "events", ())
    assert undo(answer, (POOR, RICH), record=record, earlier=again, when=occasion("T-10", day=LATER)) == again


def test_customers_that_are_not_merged_are_not_undone() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    assert "UNMERGE_NOT_MERGED" in codes(undo(answer, (survivor, RICH)))
    elsewhere = attrs.evolve(absorbed, merged_into=C)
    assert "UNMERGE_NOT_MERGED" in codes(undo(answer, (survivor, elsewhere)))
    gone = attrs.evolve(survivor, status=Status.DELETED, closed_on=DAY)
    assert "MERGE_SIDE_CLOSED" in codes(undo(answer, (gone, absorbed)))
    early = occasion("T-9", day=date(2026, 11, 22))
    assert "DAY_TOO_EARLY" in codes(undo(answer, (survivor, absorbed), when=early))


def test_a_record_that_would_contradict_itself_after_the_undoing_is_corrected_first() -> None:
    """Somebody entered a second legal name for days on which the merge had made the survivor's a former one."""
    survivor, absorbed, answer = merged(
        person(A, names=[NamedAs(name=Name("张伟"))]),
        person(B, names=[NamedAs(name=Name("张玮")), NamedAs(name=Name("张伟"), usage=NameUsage.FORMER)]),
        choices={MergeField.NAME: Side.ABSORBED},
    )
    named = survivor.names[-1]
    shorter = attrs.evolve(named, valid=Span(OPENED, None))
    said = {"number": A, "on": DAY, "actor": "S-1", "request_id": "T-5"}
    survivor = evolve(survivor, Amended(child=named, becomes=shorter, **said))
    back = undo(answer, (survivor, absorbed))
    assert {"UNMERGE_CHANGED_SINCE", "UNMERGE_CONFLICT"} <= set(codes(back))
    assert back.plan is None


def test_a_request_id_of_another_undoing_is_refused_and_wrong_records_are_a_bug() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    first = undo(answer, (survivor, absorbed))
    other = MergeRecord(request_id="T-7", on=DAY, survivor=A, absorbed=C)
    reused = undo(answer, (survivor, person(C)), record=other, earlier=first)
    assert codes(reused) == ["REQUEST_ID_REUSED"]
    with pytest.raises(CustmasterError, match="not those of the merge"):
        undo(answer, (absorbed, survivor))
    with pytest.raises(CustmasterError, match="lacks the merge itself"):
        undo(answer, (survivor, absorbed), journal=[other])


def test_a_record_keeps_no_plan_of_another_merge() -> None:
    _, _, answer = merged(POOR, RICH)
    with pytest.raises(InvalidValue) as caught:
        MergeRecord(request_id="T-2", on=DAY, survivor=A, absorbed=B, plan=answer.plan)
    assert (caught.value.fault, caught.value.path) == (Fault.CONFLICT, "plan")


# --- stewards and survivorship --------------------------------------------------------------------------------------------


def ruled(kind: RulingKind, left: str, right: str) -> Ruling:
    return Ruling(left=left, right=right, kind=kind, by="S-9", day=OPENED)


def test_what_a_steward_ruled_apart_is_not_merged_and_every_ruling_that_says_so_is_named() -> None:
    direct = Ledger(entries=[ruled(RulingKind.CANNOT_LINK, A, B)])
    answer = ask(person(A), person(B), stated=facts(rulings=direct))
    assert codes(answer)[0] == "MERGE_CANNOT_LINK"
    assert dict(answer.decision.reasons[0].facts) == {"by": "S-9", "on": OPENED}
    by_way = Ledger(entries=[ruled(RulingKind.MUST_LINK, B, C), ruled(RulingKind.CANNOT_LINK, A, C)])
    assert codes(ask(person(A), person(B), stated=facts(rulings=by_way))).count("MERGE_CANNOT_LINK") == 2


def test_what_a_steward_ruled_one_needs_no_second_person() -> None:
    one = Ledger(entries=[ruled(RulingKind.MUST_LINK, A, B)])
    answer = ask(person(A, held=card(OLD)), person(B), stated=facts(rulings=one), when=occasion())
    assert answer.plan is not None


def test_an_undoing_leaves_a_ruling_and_is_refused_where_the_ledger_does_not_take_it() -> None:
    survivor, absorbed, answer = merged(POOR, RICH)
    back = undo(answer, (survivor, absorbed))
    assert back.plan is not None
    assert (back.plan.ruling.pair, back.plan.ruling.kind) == ((A, B), RulingKind.CANNOT_LINK)
    assert (back.plan.ruling.by, back.plan.ruling.day, back.plan.ruling.reason) == ("S-0042", LATER, "two persons")
    one = Ledger(entries=[ruled(RulingKind.MUST_LINK, A, B)])
    refused = undo(answer, (survivor, absorbed), rulings=one)
    told = {str(reason.code): dict(reason.facts) for reason in refused.decision.reasons}
    assert told["UNMERGE_MUST_LINK"] == {"by": "S-9", "on": OPENED}
    assert refused.plan is None


def test_the_rules_of_survivorship_choose_the_sides() -> None:
    one, other = person(A, "张伟", nationality="HKG", sex=Sex.MALE), person(B, "张玮", nationality="CHN", sex=Sex.MALE)
    said = [contribution_of(each.entry(DAY), source=name) for each, name in ((one, "EUSP"), (other, "BP"))]
    rules = FieldRules(rules=[SurvivorshipRule.SOURCE], sources=["BP", "EUSP"])
    choices = choices_by(*said, Policy(usual=rules))
    assert choices == {MergeField.NAME: Side.ABSORBED, MergeField.NATIONALITY: Side.ABSORBED}
    after = moved(one, other, choices=choices)
    assert (after.legal_name(DAY), after.nationality) == (Name("张玮"), "CHN")


# --- the manifest ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "fault", "path"),
    [
        (lambda: EntityKind(name="account", zh="账户", en="account", columns=["a.b"]), Fault.FORMAT, "name"),
        (lambda: EntityKind(name="A", zh="账户", en="account", columns=[]), Fault.EMPTY, "columns"),
        (lambda: EntityKind(name="A", zh="账户", en="account", columns=["a.b", "a.b"]), Fault.DUPLICATE, "columns"),
        (lambda: ReferenceManifest(version="", kinds=[]), Fault.EMPTY, "version"),
        (lambda: ReferenceManifest(version="1", kinds=[*MANIFEST.kinds, MANIFEST.kinds[0]]), Fault.DUPLICATE, "kinds"),
        (lambda: Reference(kind="x", id="1"), Fault.FORMAT, "kind"),
        (lambda: Reference(kind="X" * 999, id="1"), Fault.FORMAT, "kind"),
        (lambda: Reference(kind="X", id=""), Fault.LENGTH, "id"),
        (lambda: Reference(kind="X", id="1", count=0), Fault.RANGE, "count"),
        (lambda: facts(references=[Reference(kind="X", id="1")] * 2), Fault.DUPLICATE, "references"),
        (lambda: facts(references=[Reference(kind="X", id=str(n)) for n in range(1001)]), Fault.LENGTH, "references"),
    ],
)
def test_a_manifest_and_its_references_are_sound(make, fault, path) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.fault, caught.value.path) == (fault, path)


def test_the_columns_of_a_host_that_nobody_listed_are_found() -> None:
    assert unlisted_columns(MANIFEST, ["card.holder", "limit.customer", "allergy.patient"]) == (
        "allergy.patient",
        "limit.customer",
    )


# --- consequences in other nouns ------------------------------------------------------------------------------------------


def test_no_forced_row_leads_to_another_row_and_the_guard_would_see_one() -> None:
    assert joint.leading_on(joint.JOINT) == ()
    bad = joint.Force(on=Deleted, noun=joint.Noun.NUMBER, leads_to=Merged, makes=lambda event: event, source="-")
    assert joint.leading_on([*joint.JOINT, bad]) == (bad,)


def test_every_event_on_a_customers_life_forces_one_on_its_number() -> None:
    head = {"on": DAY, "actor": "S-1", "request_id": "T-1"}
    events = [
        Opened(customer=person(A), **head),
        Merged(number=A, into=B, **head),
        Unmerged(number=A, **head),
        Deleted(number=A, **head),
        Reactivated(number=A, **head),
    ]
    assert [type(one).__name__ for one in number_events(events)] == [
        "NumberOpened",
        "NumberMerged",
        "NumberUnmerged",
        "NumberClosed",
        "NumberReactivated",
    ]
    in_sync = [one.effect.value for one in joint.consequences(events, joint.Noun.SYNC)]
    assert in_sync == ["CREATE", "MERGE", "MERGE", "STATUS", "STATUS"]
    assert number_events([Added(number=A, child=InRole(kind=RoleKind.STAFF), **head)]) == []


def test_what_a_forced_row_makes_is_of_the_kind_that_it_says() -> None:
    head = {"on": DAY, "actor": "S-1", "request_id": "T-1"}
    for row in joint.JOINT:
        if isinstance(row, joint.Force):
            more = {"customer": person(A)} if row.on is Opened else {"number": A}
            more |= {"into": B} if row.on is Merged else {}
            more |= {"absorbed": B} if row.on in (Absorbed, Released) else {}
            made = row.makes(row.on(**head, **more))  # type: ignore[call-arg]
            assert made == row.leads_to or type(made) is row.leads_to

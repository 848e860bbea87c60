"""Customers who are one person under several numbers, and plans of merging them and of undoing that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.children import (
    ALWAYS,
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
from custmaster.customer.kinds import AddressUsage, AmlLevel, ContactUsage, RelationKind, RiskLevel, RoleKind
from custmaster.customer.record import Customer
from custmaster.desk.merge_plan import MergePlan, MergeRecord, UnmergePlan, record_of
from custmaster.handbook import default
from custmaster.testing.merge_bank import MergeBank
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

__all__ = ["merge_plans", "merge_records", "one_person_customers", "unmerge_plans"]

_DAY: Final = date(2026, 11, 23)
_SINCE: Final = Span(date(2022, 3, 1), None)
_UNTIL: Final = Span(None, date(2023, 6, 1))
_NUMBERS: Final = tuple(f"60000000{place:02}" for place in range(1, 7))
_FORMS: Final[Sequence[dict[str, Any]]] = ({}, {"expires_on": date(2040, 1, 1)}, {"long_term": True})


def _card(number: str, form: dict[str, Any]) -> Held:
    document = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number), **form)
    return Held(document=document, primary=True)


def _home(street: str, *uses: AddressUse, valid: Span = ALWAYS) -> Residing:
    return Residing(address=Address(f"北京市海淀区{street}"), usages=uses, valid=valid)


def _rated(level: AmlLevel, valid: Span) -> AmlRating:
    return AmlRating(level=level, rated_on=date(2022, 1, 1), valid=valid)


def _tolerance(level: RiskLevel, valid: Span) -> RiskTolerance:
    return RiskTolerance(level=level, assessed_on=date(2022, 1, 1), valid=valid)


_LIVES: Final = AddressUse(usage=AddressUsage.RESIDENCE, preferred=True)
_POST: Final = AddressUse(usage=AddressUsage.MAILING)
_SPANS: Final = (ALWAYS, _SINCE, _UNTIL)
_RELATED: Final = tuple(
    Related(to=to, kind=kind)
    for to in (*_NUMBERS, "6000000099")
    for kind in (RelationKind.SIBLING_OF, RelationKind.ASSOCIATED_WITH)
)
# Whole lists to choose from, since a history needs many customers, and each draw takes its time.
_CHOSEN: Final = st.tuples(
    st.sampled_from((None, Sex.UNKNOWN, Sex.FEMALE)),
    st.sampled_from((None, date(1949, 12, 31))),
    st.sampled_from((None, "CHN")),
    st.sampled_from(("张伟", "张 伟")),
    st.sampled_from(
        tuple(_card(number, form) for number in ("11010519491231002X", "110105491231002") for form in _FORMS)
    ),
    st.sampled_from(
        (
            (),
            (_home("中关村大街27号", _LIVES),),
            (_home("中关村大街27号", _POST, valid=_SINCE), _home("学院路1号", _LIVES)),
            (_home("中关村大街27号", valid=_UNTIL), _home("学院路1号", _POST)),
        )
    ),
    st.sampled_from(
        (
            (),
            (Reached(contact=Phone("13800001234"), preferred=True),),
            (Reached(contact=Phone("+86 138 0000 1234"), valid=_SINCE), Reached(contact=Phone("13900001234"))),
            (Reached(contact=Email("wei@example.com"), usage=ContactUsage.EMAIL, preferred=True, valid=_UNTIL),),
        )
    ),
    st.sampled_from(tuple(Noted(key="hobby", text=text, valid=span) for text in ("围棋", "书法") for span in _SPANS)),
    st.sampled_from(tuple(InRole(kind=kind, valid=span) for kind in RoleKind for span in _SPANS)),
    st.lists(st.sampled_from(_RELATED), max_size=3, unique=True),
    st.sampled_from(((), *((_tolerance(level, span),) for level in RiskLevel for span in _SPANS))),
    st.sampled_from(((), *((_rated(level, span),) for level in AmlLevel for span in _SPANS))),
)
_HOW_MANY: Final = st.integers(2, len(_NUMBERS))


def _customer(draw: DrawFn, number: str) -> Customer:
    sex, born, nation, name, card, places, contacts, note, role, related, risk, aml = draw(_CHOSEN)
    return Customer(
        number=number,
        kind=PartyKind.PERSON,
        sex=sex,
        birth_date=born,
        nationality=nation,
        names=[NamedAs(name=Name(name))],
        documents=[card],
        addresses=places,
        contacts=contacts,
        notes=[note],
        roles=[role],
        relationships=[one for one in related if one.to != number],
        risk=risk,
        aml=aml,
    )


@st.composite
def _one_person(draw: DrawFn, least: int) -> tuple[Customer, ...]:
    count = max(least, draw(_HOW_MANY))
    return tuple(_customer(draw, number) for number in _NUMBERS[:count])


def one_person_customers() -> SearchStrategy[tuple[Customer, ...]]:
    """Two to six records of one person: one name, the 15 or the 18 digits of one number, and everything else as it came.

    Relationships lead to each other as well as to strangers. Every two of them may be merged when a person has looked.
    """
    return _one_person(2)


@st.composite
def _bank(draw: DrawFn) -> MergeBank:
    """A bank that has merged its second customer into its first."""
    bank = MergeBank(page=default().on(_DAY))
    bank.add(draw(_one_person(2)))
    bank.merge(*_NUMBERS[:2])
    return bank


def _plan_of(bank: MergeBank) -> MergePlan | None:
    return bank.journal[0].plan if bank.journal else None


def _made(bank: MergeBank) -> bool:
    return _plan_of(bank) is not None


@st.composite
def _plan(draw: DrawFn) -> MergePlan:
    made = _plan_of(draw(_bank().filter(_made)))
    if made is None:  # the filter has seen to it
        raise AssertionError
    return made


def merge_plans() -> SearchStrategy[MergePlan]:
    """Plans of merges that were allowed."""
    return _plan()


def merge_records() -> SearchStrategy[MergeRecord]:
    """What a host keeps of such merges; of some no plan was kept."""
    return st.one_of(
        _plan().map(record_of),
        _plan().map(_without_its_plan),
    )


def _without_its_plan(plan: MergePlan) -> MergeRecord:
    return MergeRecord(
        request_id=plan.request_id, on=plan.on, survivor=plan.survivor, absorbed=plan.absorbed, reversed_by="T-9"
    )


@st.composite
def _undoing(draw: DrawFn) -> UnmergePlan:
    bank = draw(_bank().filter(_made))
    made = bank.unmerge(bank.journal[0].request_id).plan
    if made is None:
        raise AssertionError("a merge that nothing touched since is undone")
    return made


def unmerge_plans() -> SearchStrategy[UnmergePlan]:
    """Plans of undoing such merges."""
    return _undoing()

"""How complete a customer is: the nine elements (九要素) of a person or the elements of a unit, each with its state and weight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from attrs import define

from custmaster.customer.elements import ELEMENT_FIELDS, ELEMENT_NAMES, Element, ElementCode, ElementScore, ElementState
from custmaster.customer.entry import Entry
from custmaster.customer.expiry import Rung, rung, rung_of
from custmaster.customer.kinds import OwnerRelation, RepresentativeKind
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative, owners_exempt, owners_required
from custmaster.decision import Outcome, Reason, Remark
from custmaster.errors import InvalidValue
from custmaster.handbook import Key, Page, keys
from custmaster.handbook.kinds import Weight
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, Family
from custmaster.value.identity.registry import Flag, Reading
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone, PhoneKind
from custmaster.value.placeholder import is_placeholder_name
from custmaster.value.sex import Sex

__all__ = ["Scorer", "points", "score", "score_remarks"]

_PRESENT, _MISSING, _FILLER = ElementState.PRESENT, ElementState.MISSING, ElementState.PLACEHOLDER
_INVALID, _ODD, _EXPIRED = ElementState.INVALID, ElementState.INCONSISTENT, ElementState.EXPIRED
_RANK: Final[Mapping[ElementState, int]] = {state: place for place, state in enumerate(ElementState)}
_KEYS: Final[Mapping[PartyKind, Key[tuple[Weight, ...]]]] = {
    PartyKind.PERSON: keys.PERSON_ELEMENTS,
    PartyKind.UNIT: keys.UNIT_ELEMENTS,
}
_CHINESE: Final = ("CHN", "CN", "156", "中国", "中华人民共和国")
_STATED: Final = (Sex.MALE, Sex.FEMALE)
# Looked up once: the member of an enumeration takes its time to reach.
_NO_PHONE: Final = PhoneKind.INVALID
_HISTORICAL: Final = Flag.HISTORICAL_FORM
_LADDER: Final[Mapping[Rung, ElementState]] = {
    Rung.VALID: _PRESENT,
    Rung.EXPIRING: _PRESENT,
    Rung.GRACE: _EXPIRED,
    Rung.SUSPEND: _EXPIRED,
    Rung.UNKNOWN: _MISSING,
}


@define(kw_only=True, eq=False, repr=False)
class _Facts:
    """What an element is judged by: the customer as entered, the document that it is known by, and what the number of that says."""

    entry: Entry
    customer: Customer | None
    document: IdentityDocument | None
    reading: Reading | None
    page: Page
    day: date


def score(subject: Entry | Customer, *, page: Page, day: date) -> tuple[ElementScore, ...]:
    """The state of each element that the handbook asks for, in its order; empty on a page that asks for none.

    A customer is taken as of the day, its document the primary one; of an Entry the first document counts, and what an Entry of a unit
    cannot hold (scope, representatives, owners) is not scored. Owners that need not be named are not scored either.
    Source: requirements.md B5.

    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> today = date(2026, 11, 23)
    >>> scores = score(Entry(name=Name("不详"), sex=Sex.MALE), page=default().on(today), day=today)
    >>> [each.state.value for each in scores[:3]], points(scores)
    (['PLACEHOLDER', 'PRESENT', 'MISSING'], (Decimal('1'), Decimal('9')))
    """
    return Scorer(page=page, day=day).score(subject)


class Scorer:
    """`score` on one page and day, made ready for customer after customer: the rows of the handbook are looked up once.

    >>> from custmaster.handbook import default
    >>> today = date(2026, 11, 23)
    >>> scorer = Scorer(page=default().on(today), day=today)
    >>> [str(element) for element in scorer.elements[PartyKind.PERSON]][:2], scorer.states(Entry(sex=Sex.MALE))[:2]
    (['NAME', 'SEX'], (<ElementState.MISSING: 'MISSING'>, <ElementState.PRESENT: 'PRESENT'>))
    """

    def __init__(self, *, page: Page, day: date) -> None:
        self._page, self._day = page, day
        self._rows = {kind: tuple(page.get(key) or ()) for kind, key in _KEYS.items()}
        self._judged = {kind: tuple(_JUDGED[row.name] for row in rows) for kind, rows in self._rows.items()}
        self.elements: Final = {kind: tuple(Element(row.name) for row in rows) for kind, rows in self._rows.items()}

    def states(self, subject: Entry | Customer) -> tuple[ElementState | None, ...]:
        """The state of each of the `elements` of its kind; None where it is not scored."""
        facts = _derive(subject, self._page, self._day)
        return tuple([judged(facts) for judged in self._judged[subject.kind]])

    def score(self, subject: Entry | Customer) -> tuple[ElementScore, ...]:
        """The same with the weights, without what is not scored."""
        found = zip(self.elements[subject.kind], self.states(subject), self._rows[subject.kind], strict=True)
        scored = ((element, state, row.weight) for element, state, row in found if state is not None)
        return tuple(ElementScore(element=element, state=state, weight=weight) for element, state, weight in scored)


def points(scores: Iterable[ElementScore]) -> tuple[Decimal, Decimal]:
    """The weight of the elements that are present, and of all that were scored."""
    listed = tuple(scores)
    present = sum((each.weight for each in listed if each.state is _PRESENT), start=Decimal(0))
    return present, sum((each.weight for each in listed), start=Decimal(0))


def score_remarks(scores: Iterable[ElementScore], *, entry: Entry, page: Page) -> tuple[Remark, ...]:
    """A remark for each element that is not present.

    Without name, document type or document number nobody is opened: REFUSED; anything else is for a person to look at: REVIEW.

    >>> from custmaster.handbook import default
    >>> today, entry = date(2026, 11, 23), Entry()
    >>> page = default().on(today)
    >>> found = score_remarks(score(entry, page=page, day=today), entry=entry, page=page)
    >>> found[0].field, found[0].reason.code.value, found[0].reason.outcome.value, len(found)
    ('name', 'ELEMENT_MISSING', 'REFUSED', 9)
    """
    return tuple(_remark(each, entry, page) for each in scores if each.state is not _PRESENT)


_NEEDED: Final = (Element.NAME, Element.DOCUMENT_TYPE, Element.DOCUMENT_NUMBER)


def _remark(each: ElementScore, entry: Entry, page: Page) -> Remark:
    refused = each.state is _MISSING and each.element in _NEEDED
    reason = Reason(
        code=ElementCode(f"ELEMENT_{each.state}"),
        outcome=Outcome.REFUSED if refused else Outcome.REVIEW,
        citation=page.cite(_KEYS[entry.kind]),
        subject=entry.customer_number,
        facts={"element": each.element.value, "named": ELEMENT_NAMES[each.element]},
    )
    return Remark(field=ELEMENT_FIELDS[each.element], reason=reason)


def _derive(subject: Entry | Customer, page: Page, day: date) -> _Facts:
    customer = subject if isinstance(subject, Customer) else None
    entry = subject.entry(day) if isinstance(subject, Customer) else subject
    document = entry.documents[0] if entry.documents else None
    return _Facts(entry=entry, customer=customer, document=document, reading=_reading(document), page=page, day=day)


def _reading(document: IdentityDocument | None) -> Reading | None:
    try:
        return None if document is None else document.reading()
    except InvalidValue:
        return None


def _text(text: str | None) -> ElementState:
    if text is None:
        return _MISSING
    return _FILLER if is_placeholder_name(text) else _PRESENT


def _name(facts: _Facts) -> ElementState:
    name = facts.entry.name
    return _MISSING if name is None else _FILLER if name.is_filler else _PRESENT


def _sex(facts: _Facts) -> ElementState:
    entered = facts.entry.sex
    if entered not in _STATED:
        return _MISSING
    said = None if facts.reading is None else facts.reading.sex
    return _ODD if said in _STATED and said is not entered else _PRESENT


def _nationality(facts: _Facts) -> ElementState:
    entered = facts.entry.nationality
    if entered is None:
        return _MISSING
    chinese = entered in _CHINESE or entered.strip().upper() in _CHINESE
    if not chinese and is_placeholder_name(entered):
        return _FILLER
    if facts.document is None:
        return _PRESENT
    match facts.document.row.family:
        case Family.CITIZEN_NUMBER | Family.CHINESE_PASSPORT:
            return _PRESENT if chinese else _ODD
        case Family.PERMANENT_RESIDENCE | Family.FOREIGN_PASSPORT:
            return _ODD if chinese else _PRESENT
        case _:
            return _PRESENT


def _occupation(facts: _Facts) -> ElementState:
    return _text(facts.entry.occupation)


def _address(facts: _Facts) -> ElementState:
    return _best([_text(address.reveal()) for address in facts.entry.addresses])


def _contact(facts: _Facts) -> ElementState:
    if facts.entry.email is not None:
        return _PRESENT
    return _best([_phone(phone) for phone in facts.entry.phones])


def _phone(phone: Phone) -> ElementState:
    return _INVALID if phone.kind is _NO_PHONE else _FILLER if phone.is_filler else _PRESENT


def _document_type(facts: _Facts) -> ElementState:
    if facts.document is None:
        return _MISSING
    return _PRESENT if DOCUMENT_TYPES[facts.document.type].party is facts.entry.kind else _ODD


def _document_number(facts: _Facts) -> ElementState:
    if facts.document is None:
        return _MISSING
    return _number(facts.document, facts.reading, facts.entry.birth_date)


def _number(document: IdentityDocument, reading: Reading | None, birth_date: date | None) -> ElementState:
    if document.is_filler:
        return _FILLER
    if reading is None:
        return _INVALID
    born = reading.birth_date
    return _ODD if born is not None and birth_date is not None and born != birth_date else _PRESENT


def _document_expiry(facts: _Facts) -> ElementState:
    document = facts.document
    if document is None:
        return _MISSING
    if document.issued_on is not None and document.expires_on is not None and document.expires_on < document.issued_on:
        return _ODD
    if facts.reading is not None and _HISTORICAL in facts.reading.flags:
        return _LADDER[rung(document, page=facts.page, day=facts.day)]
    ends = None if document.long_term else document.expires_on
    return _LADDER[rung_of(ends, long_term=document.long_term, page=facts.page, day=facts.day)]


def _scope(facts: _Facts) -> ElementState | None:
    if facts.customer is None:
        return None
    return _text(None if facts.customer.unit is None else facts.customer.unit.scope)


def _represented(*kinds: RepresentativeKind) -> Callable[[_Facts], ElementState | None]:
    def state(facts: _Facts) -> ElementState | None:
        if facts.customer is None:
            return None
        people = (who for who in facts.customer.representatives if who.kind in kinds and who.valid.contains(facts.day))
        return _best(_known(who, facts) for who in people)

    return state


def _known(who: Representative | BeneficialOwner, facts: _Facts) -> ElementState:
    """Whether a person is known by name and document: the worst of name, number and expiry."""
    if who.document is None:
        return _MISSING
    states = (
        _text(who.name.reveal()),
        _number(who.document, _reading(who.document), None),
        _LADDER[rung(who.document, page=facts.page, day=facts.day)],
    )
    return max(states, key=_RANK.__getitem__)


def _owners(facts: _Facts) -> ElementState | None:
    customer = facts.customer
    if customer is None or (customer.unit is not None and owners_exempt(customer.unit, facts.page)):
        return None
    states = [_owner(owner, facts) for owner in customer.owners if owner.valid.contains(facts.day)]
    return max(states, key=_RANK.__getitem__, default=_MISSING)


def _owner(owner: BeneficialOwner, facts: _Facts) -> ElementState:
    asked = (owner.sex, owner.nationality, owner.birth_date, owner.address, owner.contact)
    if None in asked or (owner.share is None and owner.relation is not OwnerRelation.CONTROL):
        return _MISSING
    known = _known(owner, facts)
    if owner.share is None or owner.relation is OwnerRelation.CONTROL or owners_required(owner.share, facts.page):
        return known
    return max(known, _ODD, key=_RANK.__getitem__)


def _best(states: Iterable[ElementState]) -> ElementState:
    best = _MISSING
    for state in states:
        if state is _PRESENT:
            return _PRESENT
        best = state if _RANK[state] < _RANK[best] else best
    return best


_STATES: Final[Mapping[Element, Callable[[_Facts], ElementState | None]]] = MappingProxyType(
    {
        Element.NAME: _name,
        Element.SEX: _sex,
        Element.NATIONALITY: _nationality,
        Element.OCCUPATION: _occupation,
        Element.ADDRESS: _address,
        Element.CONTACT: _contact,
        Element.DOCUMENT_TYPE: _document_type,
        Element.DOCUMENT_NUMBER: _document_number,
        Element.DOCUMENT_EXPIRY: _document_expiry,
        Element.SCOPE: _scope,
        Element.REPRESENTATIVE: _represented(RepresentativeKind.LEGAL_REPRESENTATIVE, RepresentativeKind.PRINCIPAL),
        Element.AGENT: _represented(RepresentativeKind.AGENT),
        Element.CONTROLLER: _represented(RepresentativeKind.CONTROLLING_SHAREHOLDER),
        Element.OWNERS: _owners,
    }
)
"""How each element is judged; None leaves it unscored. Total."""
_JUDGED: Final = {element.value: judged for element, judged in _STATES.items()}

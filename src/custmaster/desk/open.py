"""Opening a customer: do we know this person already, is enough known, and which number is given."""

from __future__ import annotations

from attrs import field, frozen

from custmaster.customer.events import Opened
from custmaster.customer.record import Customer
from custmaster.decision import Decision, Occasion
from custmaster.decision import decide as settle
from custmaster.dedup.check import Candidate, check
from custmaster.desk.applicant import APPLICANT, as_applicant, opened
from custmaster.desk.given_number import judge_number
from custmaster.desk.record_grounds import entered, judge_record
from custmaster.desk.repeated import answered
from custmaster.desk.search import found, named, systems
from custmaster.handbook import Page
from custmaster.screening.effects import judge_opening
from custmaster.screening.screen import Screened

__all__ = ["APPLICANT", "Opening", "OpeningFacts", "decide"]


@frozen(kw_only=True)
class Opening:
    """The request: an applicant, given as an Entry or as a whole Customer whose number is `APPLICANT`.

    Errors: InvalidRecord with all that contradicts itself; InvalidValue (CONFLICT) for an applicant that is a customer already.

    >>> from custmaster.customer.entry import Entry
    >>> Opening(applicant=Entry()).applicant.number
    'APPLICANT'
    """

    applicant: Customer = field(converter=as_applicant)


@frozen(kw_only=True)
class OpeningFacts:
    """What the host found: the customers under the keys of `custmaster.dedup.keys`, and the systems in which it looked.

    A system left out of `searched` is not searched (R-72). `taken` are numbers that the host knows to be borne already, the
    candidates' beside. `earlier` is the answer stored under the same request id. `screened` is what the blacklists (黑名单) said of the applicant;
    None says that they were not asked, which is not that nothing was found: see `screening.before_opening` of the handbook.

    >>> OpeningFacts(searched=["EUSP", "BP"]).searched
    ('BP', 'EUSP')
    """

    candidates: tuple[Candidate, ...] = field(default=(), converter=found)
    searched: tuple[str, ...] = field(converter=named)
    taken: tuple[str, ...] = field(default=(), converter=named)
    earlier: Decision | None = None
    screened: Screened | None = None


def decide(request: Opening, facts: OpeningFacts, occasion: Occasion, page: Page) -> Decision:
    """Whether the applicant becomes a customer on the day, and under which number: one question, all its grounds told.

    In this order: the existence check (a customer that is there is refused with its number, a removed one with the offer to
    reactivate it, a system that was not searched is lifted by no approval), completeness (name, document type or number missing
    is refused, anything else missing goes to a person), what `judge` remarks on the entry, what the blacklists say (a listed document is refused
    or reviewed by the table `OPENING`, a name alone at most reviewed; lists that were not asked stand in the way only where the handbook says so), and the number, the first of
    `occasion.numbers`, which must lie in a range that is filled from here. Allowed carries one event, Opened. The same request id
    gives the same answer. Errors: CustmasterError for an earlier answer of another request, or candidates merged in a circle;
    NotInForce on a page without a number plan. Source: R-45, R-54, R-56, R-57, R-69 to R-73; requirements.md B5, B6.

    >>> from datetime import date
    >>> from custmaster.customer.entry import Entry
    >>> from custmaster.handbook import default
    >>> from custmaster.value.name import Name
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-0042", request_id="T-1", numbers=["6000000001"])
    >>> request = Opening(applicant=Entry(name=Name("张伟")))
    >>> answer = decide(request, OpeningFacts(searched=["BP"]), occasion, default().on(occasion.day))
    >>> answer.outcome, [reason.code.value for reason in answer.reasons[:3]]
    (<Outcome.REFUSED: 'REFUSED'>, ['DOCUMENT_NOT_GIVEN', 'SYSTEM_NOT_SEARCHED', 'ELEMENT_MISSING'])
    """
    applicant = request.applicant
    repeated = answered(facts.earlier, occasion, page, lambda done: _is(done, applicant))
    if repeated is not None:
        return repeated
    existence = check(
        entered(applicant, occasion.day), facts.candidates, searched=facts.searched, required=systems(page)
    )
    number = judge_number(occasion, _borne(facts), page)
    listed = judge_opening(facts.screened, page)
    reasons = (*existence.reasons, *judge_record(applicant, occasion.day, page), *listed, *number)
    events = () if number else (_event(applicant, occasion),)
    return settle(reasons, handbook=page.stamp, events=events, approvals=occasion.approvals)


def _borne(facts: OpeningFacts) -> frozenset[str]:
    survivors = (one.merged_into for one in facts.candidates if one.merged_into is not None)
    return frozenset((*facts.taken, *survivors, *(one.number for one in facts.candidates)))


def _event(applicant: Customer, occasion: Occasion) -> Opened:
    customer = opened(applicant, occasion.numbers[0], occasion.day, occasion.request_id)
    return Opened(on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, customer=customer)


def _is(done: object, applicant: Customer) -> bool:
    return isinstance(done, Opened) and done.customer == opened(applicant, done.number, done.on, done.request_id)

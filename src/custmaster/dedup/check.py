"""The existence check (存在性检查): do we know this customer already? One applicant, the candidates that the host found, one verdict.

The host looks the applicant's keys up in every system that may hold him, hands over whom it found and says where it looked.
Looking in one system alone does not prove that a person is new (R-72).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from custmaster.customer.entry import Entry
from custmaster.customer.kinds import Status
from custmaster.decision import Citation, Decision, Occasion, Reason, decide
from custmaster.dedup.codes import OUTCOMES, RANK, UNLIFTABLE, ExistenceCode, Verdict
from custmaster.dedup.evidence import Finding, compare
from custmaster.dedup.keys import Keyed, keyed
from custmaster.dedup.tables import TABLES, Table
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.value.party import PartyKind

__all__ = ["Candidate", "Considered", "Existence", "as_decision", "check"]


def _status(value: str) -> Status:
    try:
        return Status(value)
    except ValueError:
        raise InvalidValue(Fault.UNKNOWN_CODE, path="status", remedy="ACTIVE, DELETED or MERGED") from None


@frozen(kw_only=True)
class Candidate:
    """A customer that the host found under one of the applicant's keys.

    `entry` is taken as an Entry or, for speed, Keyed; `status` as Status or its text. `merged_into` is the number that took this
    one over, and stands exactly when it is MERGED. Errors: InvalidValue UNKNOWN_CODE for a status, MISSING or ORDER for a survivor.

    >>> Candidate(number="7000000001", entry=Entry()).status
    <Status.ACTIVE: 'ACTIVE'>
    """

    number: str
    status: Status = field(default=Status.ACTIVE, converter=_status)
    merged_into: str | None = None
    entry: Keyed = field(converter=keyed)

    def __attrs_post_init__(self) -> None:
        merged = self.status is Status.MERGED
        if merged != (self.merged_into is not None):
            fault, remedy = (
                (Fault.MISSING, "say which number took it over")
                if merged
                else (Fault.ORDER, "only a merged customer has one")
            )
            raise InvalidValue(fault, path="merged_into", remedy=remedy)


@frozen(kw_only=True)
class Considered:
    """One candidate and what came of it: `leads_to` is its number, of a merged one the survivor's."""

    verdict: Verdict
    number: str
    status: Status
    leads_to: str
    evidence: str


@frozen(kw_only=True)
class Existence:
    """The answer: the strongest verdict over all candidates, the number that it leads to, the evidence, and all considered.

    `number` is None for NEW and UNDECIDABLE. `missing` says what prevents NEW from being said: DOCUMENT, or the system that was not
    searched; it is told beside any verdict. `considered` begins with the strongest. Nothing here is personal data.
    """

    verdict: Verdict
    number: str | None
    evidence: str
    considered: tuple[Considered, ...]
    missing: tuple[str, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """One for each candidate that is more than NEW, strongest first; then what is missing, unless the customer was found."""
        lacking = () if self.verdict.is_match else self.missing
        return (*_found(self.verdict, self.considered), *(_lacking(what) for what in lacking))


DOCUMENT: Final = "DOCUMENT"
"""What stands in `Existence.missing` for a document that was not given; no system is called so."""


def check(
    applicant: Entry | Keyed,
    candidates: Sequence[Candidate],
    *,
    searched: Collection[str],
    required: Collection[str],
    tables: Mapping[PartyKind, Table] = TABLES,
) -> Existence:
    """Whether the applicant is one of the candidates, by the verdict tables; the order of the candidates does not matter.

    `searched` names the systems in which the host looked the keys up, `required` those whose stock may hold the applicant. Without
    a document or with a system left out nobody is NEW: the verdict is UNDECIDABLE in its place. Errors: CustmasterError when
    candidates are merged in a circle. Source: R-54, R-72; requirements.md B6, B8.

    >>> from custmaster.value.name import Name
    >>> from custmaster.value.phone import Phone
    >>> applicant = Entry(name=Name("王伟"), phones=(Phone("13800001234"),))
    >>> known = Candidate(number="7000000001", entry=Entry(name=Name("王 伟"), phones=(Phone("+86 138 0000 1234"),)))
    >>> found = check(applicant, [known], searched={"BP", "EUSP"}, required={"BP", "EUSP"})
    >>> found.verdict, found.number, found.evidence
    (<Verdict.SUSPECT: 'SUSPECT'>, '7000000001', '+NAME+MOBILE')
    >>> check(applicant, [], searched={"BP"}, required={"BP", "EUSP"}).missing
    ('DOCUMENT', 'EUSP')
    """
    subject = keyed(applicant)
    table = tables[subject.side.kind]
    survivors = _survivors(candidates)
    considered = [_consider(one, compare(subject, one.entry, table), survivors) for one in candidates]
    considered.sort(key=_strength)
    documented = bool(subject.side.papers)
    unsearched = tuple(sorted(set(required).difference(searched)))
    missing = unsearched if documented else (DOCUMENT, *unsearched)
    best = considered[0] if considered and considered[0].verdict is not Verdict.NEW else None
    verdict = best.verdict if best is not None else Verdict.UNDECIDABLE if missing else Verdict.NEW
    return Existence(
        verdict=verdict,
        number=None if best is None else best.leads_to,
        evidence="" if best is None else best.evidence,
        considered=tuple(considered),
        missing=missing,
    )


def as_decision(existence: Existence, occasion: Occasion, page: Page) -> Decision:
    """The verdict as a Decision: a match is Refused with the number, NEW is Allowed, the rest goes to a person.

    EXISTS_CLOSED offers to reactivate. An Approval lifts what is under Review, save that a system was not searched: that only
    searching lifts. With one reason of each candidate that is more than NEW, strongest first.

    >>> from datetime import date
    >>> from custmaster.decision import Approval
    >>> from custmaster.handbook import default
    >>> today = date(2026, 11, 23)
    >>> found = check(Entry(), [], searched=(), required={"EUSP"})
    >>> signed = Approval(by="S-1", reason="seen", codes=["DOCUMENT_NOT_GIVEN", "SYSTEM_NOT_SEARCHED"])
    >>> occasion = Occasion(day=today, actor="S-2", request_id="T-1", approvals=[signed])
    >>> answer = as_decision(found, occasion, default().on(today))
    >>> answer.open_codes, answer.fixed_codes
    ((), ('SYSTEM_NOT_SEARCHED',))
    """
    return decide(existence.reasons, handbook=page.stamp, approvals=occasion.approvals)


# What EXISTS becomes by the standing of the customer that was found.
_FOUND: Final[Mapping[Status, Verdict]] = {
    Status.ACTIVE: Verdict.EXISTS,
    Status.MERGED: Verdict.EXISTS_VIA_ALIAS,
    Status.DELETED: Verdict.EXISTS_CLOSED,
}


def _consider(candidate: Candidate, finding: Finding, survivors: Mapping[str, str]) -> Considered:
    verdict = _FOUND[candidate.status] if finding.verdict is Verdict.EXISTS else finding.verdict
    return Considered(
        verdict=verdict,
        number=candidate.number,
        status=candidate.status,
        leads_to=survivors.get(candidate.number, candidate.number),
        evidence=finding.evidence,
    )


def _strength(one: Considered) -> tuple[int, str, str, str, str]:
    """Strongest first; the rest makes the order total, so that it does not depend on the order of the candidates."""
    return RANK[one.verdict], one.number, one.status, one.leads_to, one.evidence


def _survivors(candidates: Iterable[Candidate]) -> Mapping[str, str]:
    """For each merged candidate the number at the end of its chain, as far as the candidates tell."""
    step = {one.number: one.merged_into for one in candidates if one.merged_into is not None}
    return {number: _end(number, step) for number in step}


def _end(number: str, step: Mapping[str, str]) -> str:
    for _ in step:
        number = step.get(number, number)
    if number in step:
        raise CustmasterError("customers are merged in a circle: the events that merged them were not checked")
    return number


_EXISTENCE: Final = Citation(article="R-54")
_LAZY_MIGRATION: Final = Citation(article="R-72")


def _found(verdict: Verdict, considered: Sequence[Considered]) -> Iterator[Reason]:
    for one in considered:
        if one.verdict is not Verdict.NEW:
            facts = {"number": one.leads_to, "evidence": one.evidence}
            yield _reason(ExistenceCode(one.verdict.value), facts, subject=one.number)
    if verdict is Verdict.NEW:
        yield _reason(ExistenceCode.NEW, {"count": len(considered)})


def _lacking(what: str) -> Reason:
    """What stands in the way of NEW, told beside a suspicion too: whoever lifts that has not thereby searched."""
    if what == DOCUMENT:
        return _reason(ExistenceCode.DOCUMENT_NOT_GIVEN, {})
    return _reason(ExistenceCode.SYSTEM_NOT_SEARCHED, {"system": what}, citation=_LAZY_MIGRATION)


def _reason(
    code: ExistenceCode, facts: Mapping[str, str | int], *, subject: str | None = None, citation: Citation = _EXISTENCE
) -> Reason:
    return Reason(
        code=code,
        outcome=OUTCOMES[code],
        citation=citation,
        subject=subject,
        facts=facts,
        liftable=code not in UNLIFTABLE,
    )

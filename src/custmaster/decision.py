"""What a question is answered with: an Allowed, Review or Refused that carries ALL its reasons, coded and cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, assert_never, cast

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.handbook.citation import Citation, Fact
from custmaster.value._checks import texts

__all__ = [
    "Allowed",
    "Approval",
    "Citation",
    "Decision",
    "Fact",
    "Occasion",
    "Outcome",
    "Reason",
    "Refused",
    "Remark",
    "Review",
    "decide",
    "worst",
]

type_of_fact: Final = (str, int, Decimal, bool, date)


class Outcome(StrEnum):
    """How far a reason or a decision goes, from best to worst: ALLOWED, REVIEW, REFUSED.

    On a finding the same three read: a note, a warning, an error.
    """

    ALLOWED = "ALLOWED"
    REVIEW = "REVIEW"
    REFUSED = "REFUSED"


_RANK: Final[Mapping[Outcome, int]] = {Outcome.ALLOWED: 0, Outcome.REVIEW: 1, Outcome.REFUSED: 2}


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of the outcomes; ALLOWED when there are none.

    >>> worst([Outcome.REVIEW, Outcome.ALLOWED])
    <Outcome.REVIEW: 'REVIEW'>
    """
    return max(outcomes, key=_RANK.__getitem__, default=Outcome.ALLOWED)


def _facts(pairs: Mapping[str, Fact] | Iterable[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    listed = tuple(dict(pairs).items())
    for name, value in cast("tuple[tuple[str, object], ...]", listed):  # whoever is not type-checked
        if not isinstance(value, type_of_fact):
            raise InvalidValue(
                Fault.TYPE, path=f"facts.{name}", remedy="facts are plain text, numbers and days; mask first"
            )
    return listed


@frozen(kw_only=True)
class Reason:
    """One coded ground for a decision or finding; text is rendered from the code, never parsed.

    `subject` is a number that the bank gave (a customer number), never personal data; `facts` are plain pairs that the
    message names, masked by whoever puts them in. `liftable` is False for a REVIEW that no approval lifts, since only other facts
    can, such as a search that was not made. Errors: InvalidValue for a fact of another type.

    >>> Reason(
    ...     code=Outcome.REVIEW, outcome=Outcome.REVIEW, citation=Citation(article="R-18"), facts={"floor": 25}
    ... ).facts
    (('floor', 25),)
    """

    code: StrEnum
    outcome: Outcome
    citation: Citation
    subject: str | None = None
    facts: tuple[tuple[str, Fact], ...] = field(default=(), converter=_facts)
    liftable: bool = True


@frozen(kw_only=True)
class Remark:
    """A reason and the field of a record that it is about, such as `documents[0].number`; a finding before it has a line.

    >>> Remark(
    ...     field="name", reason=Reason(code=Outcome.REVIEW, outcome=Outcome.REVIEW, citation=Citation(article="R-54"))
    ... ).field
    'name'
    """

    field: str
    reason: Reason


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    if isinstance(codes, str):  # one code alone would be taken letter by letter, and lift nothing
        raise InvalidValue(Fault.TYPE, path="codes", remedy="give a list of codes")
    return tuple(sorted({str(code) for code in codes}))


def _numbers(numbers: Iterable[str]) -> tuple[str, ...]:
    return texts(numbers, "numbers")


@frozen(kw_only=True)
class Approval:
    """A named person lifts named Review reasons; it lifts no other reason, no refusal, and none that is not liftable.

    `codes` are kept sorted, each once. Errors: InvalidValue (TYPE) for one code in place of a list.

    >>> Approval(by="S-0042", reason="branch manager knows the family", codes=("NAME_PLACEHOLDER",)).by
    'S-0042'
    """

    by: str
    reason: str
    codes: tuple[str, ...] = field(converter=_codes)

    def lifts(self, reason: Reason) -> bool:
        """Whether this approval names the reason and the reason may be lifted at all."""
        return reason.outcome is Outcome.REVIEW and reason.liftable and str(reason.code) in self.codes


@frozen(kw_only=True)
class Occasion:
    """When, by whom and under which request a question is asked: all that a policy may know of the world around it.

    `numbers` are those that the host has reserved for this request. There is no clock in the library: `day` is the bank's
    business day. Errors: InvalidValue (TYPE) for one number in place of a list.

    >>> Occasion(day=date(2026, 11, 23), actor="S-0042", request_id="T-1").numbers
    ()
    """

    day: date
    actor: str
    request_id: str
    numbers: tuple[str, ...] = field(default=(), converter=_numbers)
    approvals: tuple[Approval, ...] = field(default=(), converter=tuple[Approval, ...])


@frozen(kw_only=True)
class Allowed:
    """Yes. `reasons` holds the notes and the reasons that an approval lifted."""

    reasons: tuple[Reason, ...] = ()
    events: tuple[object, ...] = ()
    approvals: tuple[Approval, ...] = ()
    handbook: str

    @property
    def outcome(self) -> Outcome:
        """ALLOWED."""
        return Outcome.ALLOWED


@frozen(kw_only=True)
class Review:
    """Not without a person: `open_codes` are the reasons that an Approval would have to name.

    `fixed_codes` are those that no Approval lifts: the question has to be asked again with other facts.

    >>> stands = Reason(code=Outcome.REVIEW, outcome=Outcome.REVIEW, citation=Citation(article="R-72"), liftable=False)
    >>> review = Review(reasons=(stands,), handbook="2026.1")
    >>> review.open_codes, review.fixed_codes
    ((), ('REVIEW',))
    """

    reasons: tuple[Reason, ...]
    approvals: tuple[Approval, ...] = ()
    handbook: str

    @property
    def outcome(self) -> Outcome:
        """REVIEW."""
        return Outcome.REVIEW

    @property
    def open_codes(self) -> tuple[str, ...]:
        """The codes that still stand in the way and that an approval can lift, sorted."""
        return _codes_of(self._standing, liftable=True)

    @property
    def fixed_codes(self) -> tuple[str, ...]:
        """The codes that stand in the way and that no approval lifts, sorted."""
        return _codes_of(self._standing, liftable=False)

    @property
    def _standing(self) -> tuple[Reason, ...]:
        return _standing(self.reasons, self.approvals)


@frozen(kw_only=True)
class Refused:
    """No. Nothing changes; the refusal itself is recorded by the host."""

    reasons: tuple[Reason, ...]
    approvals: tuple[Approval, ...] = ()
    handbook: str

    @property
    def outcome(self) -> Outcome:
        """REFUSED."""
        return Outcome.REFUSED


Decision = Allowed | Review | Refused


def _standing(reasons: Iterable[Reason], approvals: Iterable[Approval]) -> tuple[Reason, ...]:
    given = tuple(approvals)
    return tuple(
        reason
        for reason in reasons
        if reason.outcome is not Outcome.ALLOWED and not any(approval.lifts(reason) for approval in given)
    )


def _codes_of(reasons: Iterable[Reason], *, liftable: bool) -> tuple[str, ...]:
    return tuple(sorted({str(reason.code) for reason in reasons if reason.liftable is liftable}))


def _used(reasons: Iterable[Reason], approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    listed = tuple(reasons)
    return tuple(approval for approval in approvals if any(approval.lifts(reason) for reason in listed))


def decide(
    reasons: Iterable[Reason],
    *,
    handbook: str,
    events: Iterable[object] = (),
    approvals: Iterable[Approval] = (),
) -> Decision:
    """The worst of all reasons that no approval lifts; every reason stays in the answer, in the order given.

    `handbook` is the version that judged; `events` are kept only when the answer is Allowed; of the approvals, those that
    lifted something are recorded.

    >>> known = Reason(code=Outcome.REVIEW, outcome=Outcome.REVIEW, citation=Citation(article="R-54"))
    >>> decide([known], handbook="2026.1").open_codes
    ('REVIEW',)
    >>> decide([known], handbook="2026.1", approvals=[Approval(by="S-1", reason="checked", codes=["REVIEW"])]).outcome
    <Outcome.ALLOWED: 'ALLOWED'>
    """
    listed = tuple(reasons)
    used = _used(listed, approvals)
    outcome = worst(reason.outcome for reason in _standing(listed, used))
    match outcome:
        case Outcome.ALLOWED:
            return Allowed(reasons=listed, events=tuple(events), approvals=used, handbook=handbook)
        case Outcome.REVIEW:
            return Review(reasons=listed, approvals=used, handbook=handbook)
        case Outcome.REFUSED:
            return Refused(reasons=listed, approvals=used, handbook=handbook)
    assert_never(outcome)

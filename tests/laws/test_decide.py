"""Laws: an approval lifts only what it names; the outcome does not depend on order; nothing is lost."""

from __future__ import annotations

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from custmaster.decision import Allowed, Approval, Citation, Outcome, Reason, Review, decide, worst


class Code(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"


RANK = {Outcome.ALLOWED: 0, Outcome.REVIEW: 1, Outcome.REFUSED: 2}
REASONS = st.lists(
    st.builds(
        Reason,
        code=st.sampled_from(Code),
        outcome=st.sampled_from(Outcome),
        citation=st.just(Citation(article="R-54")),
        subject=st.none() | st.sampled_from(["1", "2"]),
        facts=st.just(()),
        liftable=st.booleans(),
    ),
    max_size=8,
)
APPROVALS = st.lists(
    st.builds(Approval, by=st.just("S-1"), reason=st.just("r"), codes=st.lists(st.sampled_from(Code), max_size=3)),
    max_size=3,
)


@given(REASONS, APPROVALS)
def test_what_still_stands_is_what_no_approval_names(reasons: list[Reason], approvals: list[Approval]) -> None:
    named = {code for approval in approvals for code in approval.codes}
    standing = [
        reason
        for reason in reasons
        if reason.outcome is Outcome.REFUSED
        or (reason.outcome is Outcome.REVIEW and not (reason.liftable and str(reason.code) in named))
    ]
    given_answer = decide(reasons, handbook="v", approvals=approvals, events=["e"])
    assert RANK[given_answer.outcome] == max((RANK[reason.outcome] for reason in standing), default=0)
    assert given_answer.reasons == tuple(reasons)
    if isinstance(given_answer, Review):
        assert given_answer.open_codes == tuple(sorted({str(one.code) for one in standing if one.liftable}))
        assert given_answer.fixed_codes == tuple(sorted({str(one.code) for one in standing if not one.liftable}))
    if isinstance(given_answer, Allowed):
        assert given_answer.events == ("e",)


@given(REASONS, APPROVALS)
def test_an_approval_never_makes_it_worse_and_never_lifts_a_refusal(
    reasons: list[Reason], approvals: list[Approval]
) -> None:
    before, after = decide(reasons, handbook="v"), decide(reasons, handbook="v", approvals=approvals)
    assert RANK[after.outcome] <= RANK[before.outcome]
    if before.outcome is Outcome.REFUSED:
        assert after.outcome is Outcome.REFUSED


@given(REASONS, APPROVALS)
def test_no_approval_lifts_an_unliftable_reason(reasons: list[Reason], approvals: list[Approval]) -> None:
    every = [*approvals, Approval(by="S-2", reason="all of it", codes=list(Code))]
    answer = decide(reasons, handbook="v", approvals=every)
    fixed = {str(one.code) for one in reasons if one.outcome is Outcome.REVIEW and not one.liftable}
    assert (answer.outcome is Outcome.ALLOWED) is (
        not fixed and Outcome.REFUSED not in {one.outcome for one in reasons}
    )
    if isinstance(answer, Review):
        assert answer.open_codes == ()
        assert set(answer.fixed_codes) == fixed


@given(REASONS, APPROVALS)
def test_recorded_approvals_are_those_that_lift_something(reasons: list[Reason], approvals: list[Approval]) -> None:
    recorded = decide(reasons, handbook="v", approvals=approvals).approvals
    reviewed = {str(reason.code) for reason in reasons if reason.outcome is Outcome.REVIEW and reason.liftable}
    assert list(recorded) == [approval for approval in approvals if reviewed & set(approval.codes)]
    assert decide(reasons, handbook="v", approvals=recorded) == decide(reasons, handbook="v", approvals=approvals)


@given(REASONS, APPROVALS, st.randoms(use_true_random=False))
def test_the_outcome_does_not_depend_on_order(reasons: list[Reason], approvals: list[Approval], dice: object) -> None:
    first = decide(reasons, handbook="v", approvals=approvals)
    shuffled, others = list(reasons), list(approvals)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    dice.shuffle(others)  # type: ignore[attr-defined]
    second = decide(shuffled, handbook="v", approvals=others)
    assert second.outcome is first.outcome
    for codes in ("open_codes", "fixed_codes"):
        assert getattr(second, codes, None) == getattr(first, codes, None)


@given(REASONS)
def test_replay_gives_an_equal_decision(reasons: list[Reason]) -> None:
    assert decide(reasons, handbook="v") == decide(iter(list(reasons)), handbook="v")
    assert decide(reasons, handbook="v").outcome is worst(reason.outcome for reason in reasons)

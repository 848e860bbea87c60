"""What a hit means for an action: a literal table, which a bank replaces by its own; for the list only answers (R-57)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from custmaster.decision import Citation, Outcome, Reason
from custmaster.handbook import Fact, Page
from custmaster.handbook.screening_keys import SCREENING_BEFORE_OPENING, SCREENING_OPENING_ACTIONS
from custmaster.screening.codes import ScreeningCode
from custmaster.screening.kinds import RestrictionCause
from custmaster.screening.match import Answer, How
from custmaster.screening.screen import Hit, Screened

__all__ = ["EVERY_HIT", "OPENING", "Effect", "judge_opening", "reasons_of"]


class Effect(NamedTuple):
    """What a hit leads to: `by_document` one whose document is that of the entry, `by_name` any other, and all that is for review."""

    by_document: Outcome
    by_name: Outcome


_REFUSED: Final = Effect(Outcome.REFUSED, Outcome.REVIEW)
_REVIEW: Final = Effect(Outcome.REVIEW, Outcome.REVIEW)
_NOTE: Final = Effect(Outcome.ALLOWED, Outcome.ALLOWED)

OPENING: Final[Mapping[RestrictionCause, Effect]] = MappingProxyType(
    {
        # No name alone refuses anybody: hundreds of thousands are called 张伟.
        RestrictionCause.BLACKLIST: _REFUSED,
        RestrictionCause.SANCTIONED: _REFUSED,
        RestrictionCause.ACCOUNT_SALE_CONVICTED: _REFUSED,
        RestrictionCause.ACCOUNT_SALE_IDENTIFIED: _REFUSED,
        RestrictionCause.DECEASED: _REFUSED,
        RestrictionCause.COURT_FREEZE: _REVIEW,
        RestrictionCause.PHONE_SHARED: _REVIEW,
        # These are about an account or a record that is there, and say nothing against another; the elements are judged anyway.
        RestrictionCause.NO_TRANSACTION: _NOTE,
        RestrictionCause.ID_EXPIRED: _NOTE,
        RestrictionCause.KYC_INCOMPLETE: _NOTE,
    }
)
"""What a hit leads to when a customer is opened, by the cause of the entry; total."""

EVERY_HIT: Final[Mapping[RestrictionCause, Effect]] = MappingProxyType(dict.fromkeys(RestrictionCause, _REFUSED))
"""What a hit is told as where no action is asked about: whatever the cause."""


def judge_opening(
    screened: Screened | None, page: Page, *, effects: Mapping[RestrictionCause, Effect] = OPENING
) -> tuple[Reason, ...]:
    """What the lists say against opening a customer: every hit with its effect, then the names that were cleared, as notes.

    None says that the lists were not asked. Where the handbook makes opening wait for them (`screening.before_opening`), that, an answer of
    another day and a question without name and document are a Review that no approval lifts. An entry whose scope covers none of
    `screening.opening_actions` is a note. Source: R-57; field.md, idea 6.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> judge_opening(None, default().on(date(2026, 11, 28)))
    ()
    """
    lacking = () if _is_asked(screened, page) else (_not_screened(page),)
    if screened is None:
        return lacking
    actions = page.get(SCREENING_OPENING_ACTIONS) or ()
    return (*reasons_of(screened, actions, effects), *lacking)


def reasons_of(
    screened: Screened, actions: Collection[str] | None, effects: Mapping[RestrictionCause, Effect]
) -> tuple[Reason, ...]:
    """One reason for each hit, strongest first, then those cleared and lapsed, as notes; `effects` says what a hit leads to.

    A hit whose scope covers none of the actions is a note: it is told and stands in nobody's way. None asks about no action, and looks at no scope.
    """
    return tuple(_reasons(screened, actions, effects))


def _reasons(
    screened: Screened, actions: Collection[str] | None, effects: Mapping[RestrictionCause, Effect]
) -> Iterator[Reason]:
    for hit in screened.hits:
        code = ScreeningCode.LISTED if hit.match.answer is Answer.HIT else ScreeningCode.LISTED_PERHAPS
        covered = actions is None or any(hit.scope.covers_action(action) for action in actions)
        outcome = _outcome(hit, effects[hit.cause]) if covered else Outcome.ALLOWED
        yield _reason(code, hit, outcome, {"cause": str(hit.cause), "how": _words(hit.match.how)})
    for hit in screened.cleared:
        yield _reason(ScreeningCode.LISTED_CLEARED, hit, Outcome.ALLOWED, {"against": _words(hit.match.against)})
    for hit in screened.lapsed:
        yield _reason(ScreeningCode.LISTED_LAPSED, hit, Outcome.ALLOWED, {"cause": str(hit.cause)})


def _outcome(hit: Hit, effect: Effect) -> Outcome:
    return effect.by_document if How.DOCUMENT in hit.match.how else effect.by_name


def _is_asked(screened: Screened | None, page: Page) -> bool:
    if not page.get(SCREENING_BEFORE_OPENING):
        return True
    return screened is not None and screened.on == page.day and screened.was_asked


def _not_screened(page: Page) -> Reason:
    return Reason(
        code=ScreeningCode.NOT_SCREENED,
        outcome=Outcome.REVIEW,
        citation=page.cite(SCREENING_BEFORE_OPENING),
        facts={"day": page.day},
        liftable=False,
    )


def _reason(code: ScreeningCode, hit: Hit, outcome: Outcome, facts: Mapping[str, Fact]) -> Reason:
    said = {"list": hit.list_name, "number": hit.number, **facts}
    return Reason(code=code, outcome=outcome, citation=Citation(article=hit.source or hit.list_name), facts=said)


def _words(values: tuple[str, ...]) -> str:
    return " ".join(values)

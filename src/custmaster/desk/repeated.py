"""The same request asked again: the same request id gives the same answer, and never a second number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from custmaster.decision import Allowed, Citation, Decision, Occasion, Outcome, Reason, Review, decide
from custmaster.desk.codes import DeskCode
from custmaster.errors import CustmasterError
from custmaster.handbook import Page

__all__ = ["answered"]

_SAME_REQUEST: Final = Citation(article="R-54")


def answered(
    earlier: Decision | None, occasion: Occasion, page: Page, is_it: Callable[[object], bool]
) -> Decision | None:
    """The answer that was given under this request id, when it stands; None when the question is to be asked, or asked anew.

    Allowed and Refused are final: whoever wants another answer asks under another id. A Review waits for a person, so it is asked
    anew as soon as the occasion brings an approval. `is_it` says of an event whether it answers the question that is asked now:
    if not, the id was used for another one, and that is refused. Errors: CustmasterError for the answer of another request.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> occasion = Occasion(day=date(2026, 11, 23), actor="S-1", request_id="T-1")
    >>> refused = decide([_REUSED], handbook="2026.1")
    >>> answered(refused, occasion, default().on(occasion.day), bool) is refused
    True
    """
    match earlier:
        case Allowed():
            return earlier if _about(earlier, occasion, is_it) else decide([_REUSED], handbook=page.stamp)
        case Review() if occasion.approvals:
            return None
        case _:
            return earlier


_REUSED: Final = Reason(code=DeskCode.REQUEST_ID_REUSED, outcome=Outcome.REFUSED, citation=_SAME_REQUEST)


def _about(earlier: Allowed, occasion: Occasion, is_it: Callable[[object], bool]) -> bool:
    if any(getattr(event, "request_id", None) != occasion.request_id for event in earlier.events):
        raise CustmasterError("the earlier answer belongs to another request: look it up by its request id")
    return bool(earlier.events) and all(is_it(event) for event in earlier.events)

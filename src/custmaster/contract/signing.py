"""What stands against signing a contract: a table of rules on the request, and one of rules on the request and each live contract beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.contract.asked import Asked, derive, meet
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.kinds import Flow, Part
from custmaster.contract.record import Contract
from custmaster.contract.sameness import KeyedContract
from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.value.account import bare
from custmaster.value.span import Span

__all__ = ["GROUNDS", "PAIR_RULES", "SIGNING_RULES", "Ground", "judge_signing"]


@frozen(kw_only=True)
class Ground:
    """How far a code goes when a contract is signed, where its rule stands, and whether an approval lifts it."""

    outcome: Outcome
    article: str
    liftable: bool = True


_C = ContractCode
_R = Outcome
GROUNDS: Final[Mapping[ContractCode, Ground]] = MappingProxyType(
    {
        _C.PRODUCT_UNKNOWN: Ground(outcome=_R.REFUSED, article="R-68"),
        _C.PRODUCT_NOT_OFFERED: Ground(outcome=_R.REFUSED, article="B7"),
        _C.CHANNEL_NOT_OFFERED: Ground(outcome=_R.REFUSED, article="B7"),
        _C.CHANNEL_NOT_ONE: Ground(outcome=_R.REFUSED, article="R-66"),
        _C.KEY_PART_MISSING: Ground(outcome=_R.REFUSED, article="R-66"),
        _C.AUTHORISATION_INCOMPLETE: Ground(outcome=_R.REFUSED, article="银发〔2020〕248号 (draft)"),
        _C.AUTHORISATION_OTHER_ACCOUNT: Ground(outcome=_R.REFUSED, article="银发〔2020〕248号 (draft)"),
        _C.AUTHORISATION_TOO_SHORT: Ground(outcome=_R.REFUSED, article="银发〔2020〕248号 (draft)"),
        _C.PERIOD_OVER: Ground(outcome=_R.REFUSED, article="B7"),
        _C.DEPENDENCY_MISSING: Ground(outcome=_R.REFUSED, article="B7"),
        _C.CONTRACT_DUPLICATE: Ground(outcome=_R.REFUSED, article="R-66"),
        _C.CONTRACT_HELD_BY_OTHER: Ground(outcome=_R.REFUSED, article="R-66"),
        _C.CONTRACT_MAINTAINED: Ground(outcome=_R.ALLOWED, article="B7"),
        # Two rows for one thing may be meant, such as a second payment on the same day: a person looks, and may let it pass.
        _C.CONTRACT_OVERLAPS: Ground(outcome=_R.REVIEW, article="B7"),
        _C.CONTRACT_EXCLUDED: Ground(outcome=_R.REFUSED, article="B7"),
        # The stronger one may come, but not beside the weaker: what helps is to end that one first, and no approval.
        _C.CONTRACT_YIELDS: Ground(outcome=_R.REVIEW, article="B7", liftable=False),
    }
)
"""Every code that a signing is answered with, in the order of the rules."""


def _reason(code: ContractCode, subject: str, facts: Mapping[str, Fact] | None = None) -> Reason:
    ground = GROUNDS[code]
    return Reason(
        code=code,
        outcome=ground.outcome,
        citation=Citation(article=ground.article),
        subject=subject,
        facts=facts or {},
        liftable=ground.liftable,
    )


# --- rules on the request -----------------------------------------------------------------------------------------------


def product_is_offered(asked: Asked) -> Reason | None:
    """The product is offered on the day; what is there already may still be changed."""
    if asked.maintained is not None or asked.product.offered.contains(asked.day):
        return None
    return _reason(_C.PRODUCT_NOT_OFFERED, asked.product.number, {"day": asked.day})


def channel_is_offered(asked: Asked) -> Reason | None:
    """The product is signed over this channel."""
    if asked.product.sold_over(asked.channel):
        return None
    facts = {"channel": asked.channel, "channels": ", ".join(asked.product.channels)}
    return _reason(_C.CHANNEL_NOT_OFFERED, asked.product.number, facts)


def channel_is_one(asked: Asked) -> Reason | None:
    """Where the key holds the channel, the contract is for exactly one, or for `*`."""
    if Part.CHANNEL not in asked.requested.missing:
        return None
    return _reason(_C.CHANNEL_NOT_ONE, asked.product.number, {"count": len(asked.contract.channels)})


def key_is_whole(asked: Asked) -> Reason | None:
    """The contract states every other part of its key."""
    parts = [part.value for part in asked.requested.missing if part is not Part.CHANNEL]
    return _reason(_C.KEY_PART_MISSING, asked.product.number, {"parts": ", ".join(parts)}) if parts else None


def authorisation_is_whole(asked: Asked) -> Reason | None:
    """A collection has the payer's authorisation with its five elements."""
    if asked.product.flow is not Flow.COLLECT:
        return None
    authorisation = asked.becomes.authorisation
    if authorisation is None:
        return _reason(_C.AUTHORISATION_INCOMPLETE, asked.product.number, {"elements": "authorisation"})
    missing = ", ".join(authorisation.missing)
    return _reason(_C.AUTHORISATION_INCOMPLETE, asked.product.number, {"elements": missing}) if missing else None


def authorisation_is_for_its_account(asked: Asked) -> Reason | None:
    """The payer authorised the account or card that the contract names; where it names neither there is nothing to compare."""
    given, named = asked.becomes.authorisation, (asked.becomes.account, asked.becomes.card)
    if asked.product.flow is not Flow.COLLECT or given is None or given.account is None or named == (None, None):
        return None
    if bare(given.account) in [bare(number) for number in named if number is not None]:
        return None
    return _reason(_C.AUTHORISATION_OTHER_ACCOUNT, asked.product.number)


def authorisation_is_long_enough(asked: Asked) -> Reason | None:
    """The authorisation holds on every day on which the contract collects, from today on."""
    days = _days_ahead(asked.becomes, asked.day)
    authorisation = asked.becomes.authorisation
    if asked.product.flow is not Flow.COLLECT or days is None or authorisation is None or authorisation.term is None:
        return None
    if authorisation.term.intersection(days) == days:
        return None
    ends = authorisation.term.end
    return _reason(_C.AUTHORISATION_TOO_SHORT, asked.product.number, {"ends": ends if ends is not None else "-"})


def _days_ahead(contract: Contract, day: date) -> Span | None:
    """The days of the contract that are not past; None when all are."""
    return contract.valid.intersection(Span(day, None))


def period_is_not_over(asked: Asked) -> Reason | None:
    """A day of the contract is still to come."""
    end = asked.becomes.valid.end
    return _reason(_C.PERIOD_OVER, asked.product.number, {"end": end}) if end is not None and end <= asked.day else None


def what_it_needs_lives(asked: Asked) -> Reason | None:
    """Every product that this one needs is live at the same place."""
    if asked.maintained is not None:
        return None
    there = {other.product.number for other in asked.live if meet(asked.requested, other)}
    absent = [number for number in asked.product.needs if number not in there]
    return _reason(_C.DEPENDENCY_MISSING, asked.product.number, {"products": ", ".join(absent)}) if absent else None


SIGNING_RULES: Final[tuple[Callable[[Asked], Reason | None], ...]] = (
    product_is_offered,
    channel_is_offered,
    channel_is_one,
    key_is_whole,
    authorisation_is_whole,
    authorisation_is_for_its_account,
    authorisation_is_long_enough,
    period_is_not_over,
    what_it_needs_lives,
)
"""The rules on the request, in the order of the reasons; that the product is known comes before all of them."""


# --- rules on the request and one live contract beside it -----------------------------------------------------------------


def is_not_signed_already(asked: Asked, other: KeyedContract) -> Reason | None:
    """The customer has no live contract that is the same one; a limit is changed in place of a second one."""
    if other not in asked.same or other.contract.customer != asked.contract.customer:
        return None
    code = _C.CONTRACT_MAINTAINED if other is asked.maintained else _C.CONTRACT_DUPLICATE
    return _reason(code, other.contract.number, {"state": other.contract.state.value})


def is_not_held_by_another(asked: Asked, other: KeyedContract) -> Reason | None:
    """No other customer has it: one account at a third party is bound once."""
    if other not in asked.same or other.contract.customer == asked.contract.customer:
        return None
    return _reason(_C.CONTRACT_HELD_BY_OTHER, other.contract.number)


def does_not_overlap(asked: Asked, other: KeyedContract) -> Reason | None:
    """No other contract speaks of the same thing on the same days."""
    if other not in asked.overlaps:
        return None
    (channel,) = other.contract.channels
    return _reason(_C.CONTRACT_OVERLAPS, other.contract.number, {"channel": channel})


def is_not_excluded(asked: Asked, other: KeyedContract) -> Reason | None:
    """Nothing that excludes it, or that it excludes, is live at the same place; the smaller priority prevails."""
    mine, theirs = asked.product.number, other.product.number
    if asked.maintained is not None or not asked.catalogue.exclude(mine, theirs) or not meet(asked.requested, other):
        return None
    code = _C.CONTRACT_YIELDS if asked.catalogue.prevails(mine, theirs) else _C.CONTRACT_EXCLUDED
    return _reason(code, other.contract.number, {"product": theirs})


PAIR_RULES: Final[tuple[Callable[[Asked, KeyedContract], Reason | None], ...]] = (
    is_not_signed_already,
    is_not_held_by_another,
    does_not_overlap,
    is_not_excluded,
)
"""The rules on the request and each live contract, in the order of the reasons; every hit is told."""


def judge_signing(
    contract: Contract, channel: str, catalogue: Catalogue, beside: Iterable[Contract], day: date
) -> tuple[Asked | None, tuple[Reason, ...]]:
    """The facts that were derived, and everything that stands against signing the contract, in the order of the tables.

    `beside` are the contracts that may stand against it, in any order; only live ones do. Without a known product there is nothing to derive,
    and PRODUCT_UNKNOWN is the one reason. Source: R-65, R-66, R-68, B7.

    >>> from custmaster.contract.record import REQUESTED
    >>> asked = Contract(number=REQUESTED, product="0000000001", customer="6000000001")
    >>> _, reasons = judge_signing(
    ...     asked, "COUNTER", Catalogue(version="1", positions=10, products=[]), [], date(2026, 11, 23)
    ... )
    >>> [str(reason.code) for reason in reasons]
    ['PRODUCT_UNKNOWN']
    """
    if contract.product not in catalogue.by_number:
        return None, (_reason(_C.PRODUCT_UNKNOWN, contract.product, {"version": catalogue.version}),)
    asked = derive(contract, channel, catalogue, beside, day)
    found = [rule(asked) for rule in SIGNING_RULES]
    found += [rule(asked, other) for rule in PAIR_RULES for other in asked.live]
    return asked, tuple(reason for reason in found if reason is not None)

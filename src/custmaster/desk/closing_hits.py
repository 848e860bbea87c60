"""What is told of one contract when something is closed: the code that names the remedy, and the earliest day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from custmaster.contract.closing import ClosingEffect
from custmaster.contract.codes import ContractCode
from custmaster.contract.ending import is_over
from custmaster.contract.kinds import Effect
from custmaster.contract.product import Product
from custmaster.contract.record import Contract
from custmaster.decision import Fact, Outcome, Reason
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.closing_facts import ClosingCase, ClosingHit
from custmaster.desk.contract_life import refusal, said

__all__ = ["REMEDIES", "Remedy", "contract_hit", "draft_hit", "unknown_hit"]

_ONE_DAY: Final = timedelta(days=1)


@frozen(kw_only=True)
class _Live:
    """A live contract that a closing meets."""

    contract: Contract
    product: Product
    effect: Effect
    case: ClosingCase

    @property
    def last_item(self) -> date | None:
        """The day of the last item under way, where it is known."""
        return self.case.pending.get(self.contract.number)

    @property
    def ends(self) -> date | None:
        """The first day after its period."""
        return self.contract.valid.end


def _today(live: _Live) -> date | None:
    return live.case.day


def _its_end(live: _Live) -> date | None:
    return live.ends


def _never(live: _Live) -> date | None:
    return None


def _after_the_last_item(live: _Live) -> date | None:
    last = live.last_item
    return None if last is None else max(live.case.day, last + _ONE_DAY)


@frozen(kw_only=True)
class Remedy:
    """One row: when it applies, the code whose text is the remedy, and the earliest day; the first row that applies is told.

    `fact` names the fact that the text tells beside the product, and `tells` is its value.
    """

    applies: Callable[[_Live], bool]
    code: ClosingCode | ContractCode
    earliest: Callable[[_Live], date | None]
    fact: str | None = None
    tells: Callable[[_Live], date | None] = _never


REMEDIES: Final[tuple[Remedy, ...]] = (
    Remedy(
        # It is over and was not swept: that is done today, whatever the product says.
        applies=lambda live: is_over(live.contract, live.case.day),
        code=ContractCode.EXPIRED_BUT_LIVE,
        earliest=_today,
        fact="end",
        tells=_its_end,
    ),
    Remedy(
        applies=lambda live: live.effect is Effect.REMIND,
        code=ClosingCode.CLOSING_REMINDED,
        earliest=_today,
    ),
    Remedy(
        applies=lambda live: not live.product.terminable and live.ends is None,
        code=ClosingCode.CLOSING_RUNS_ON,
        earliest=_never,
    ),
    Remedy(
        applies=lambda live: not live.product.terminable,
        code=ClosingCode.CLOSING_RUNS_UNTIL,
        earliest=_its_end,
        fact="end",
        tells=_its_end,
    ),
    Remedy(
        applies=lambda live: live.contract.number in live.case.pending,
        code=ClosingCode.CLOSING_ITEMS_PENDING,
        earliest=_after_the_last_item,
        fact="last",
        tells=lambda live: live.last_item,
    ),
    Remedy(
        applies=lambda live: live.product.must_end,
        code=ClosingCode.CLOSING_MUST_END,
        earliest=_today,
    ),
    Remedy(applies=lambda live: True, code=ClosingCode.CLOSING_BLOCKED, earliest=_today),
)
"""The remedies of a live contract, in the order in which they are looked at; the last one applies to every contract."""

_OUTCOME: Final[Mapping[Effect, Outcome]] = {Effect.REMIND: Outcome.ALLOWED, Effect.BLOCK: Outcome.REFUSED}


def contract_hit(contract: Contract, product: Product, found: ClosingEffect, case: ClosingCase) -> ClosingHit:
    """The hit of a live contract whose product has this effect."""
    live = _Live(contract=contract, product=product, effect=found.effect, case=case)
    row = next(row for row in REMEDIES if row.applies(live))
    facts: dict[str, Fact] = {"product": product.number}
    if row.fact is not None:
        told = row.tells(live)
        facts[row.fact] = "-" if told is None else told
    reason = Reason(
        code=row.code,
        outcome=_OUTCOME[found.effect],
        citation=found.citation,
        subject=contract.number,
        facts=facts,
    )
    return ClosingHit(reason=reason, earliest=row.earliest(live))


def unknown_hit(contract: Contract, case: ClosingCase) -> ClosingHit:
    """The hit of a live contract of a product that the catalogue does not hold: it bars until somebody says what it is."""
    version = case.register.catalogue.version
    return ClosingHit(reason=refusal(ContractCode.PRODUCT_UNKNOWN, contract, {"version": version}, "R-68"))


def draft_hit(contract: Contract, case: ClosingCase) -> ClosingHit:
    """The note of a draft, which stands against nothing and could not be used after the closing."""
    reason = said(ClosingCode.CLOSING_DRAFT, contract, {"product": contract.product}, Outcome.ALLOWED)
    return ClosingHit(reason=reason, earliest=case.day)

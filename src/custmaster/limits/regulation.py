"""What regulation says, as rows: the amounts of Class II and III, and the reminders of transfers away from the counter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import frozen

from custmaster.handbook import Key, Page
from custmaster.handbook.limit_keys import (
    CLASS_THREE_BALANCE,
    CLASS_THREE_IN_DAY,
    CLASS_THREE_IN_YEAR,
    CLASS_THREE_OUT_DAY,
    CLASS_THREE_OUT_YEAR,
    CLASS_TWO_IN_DAY,
    CLASS_TWO_IN_YEAR,
    CLASS_TWO_OUT_DAY,
    CLASS_TWO_OUT_YEAR,
    LIMIT_ACTIONS_IN,
    LIMIT_ACTIONS_OUT,
    LIMIT_ACTIONS_TRANSFER,
    LIMIT_CERTIFICATE_PERSON,
    LIMIT_CHANNELS_NON_COUNTER,
    LIMIT_CONFIRMATION_PERSON,
    LIMIT_CONFIRMATION_UNIT,
)
from custmaster.limits.kinds import NOT_BOUND, AccountClass, Counterparty, Measure, Over, Scope, Source
from custmaster.limits.row import LimitRow
from custmaster.value.party import PartyKind

__all__ = ["REGULATION", "Regulated", "regulation_rows"]

_NOT_OWN_HERE: Final = (Counterparty.BOUND_ELSEWHERE, Counterparty.OTHER_NAME, Counterparty.OWN_ELSEWHERE)
_TO_AN_ACCOUNT: Final = tuple(one for one in Counterparty if one is not Counterparty.NONE)


@frozen(kw_only=True)
class Regulated:
    """How a figure of the handbook is made a row: what it measures, of which actions, and what else the row says.

    >>> REGULATION["CLASS_III_BALANCE"].measure
    <Measure.BALANCE: 'BALANCE'>
    """

    figure: Key[Decimal]
    measure: Measure
    actions: Key[tuple[str, ...]]
    channels: Key[tuple[str, ...]] | None = None
    more: Mapping[str, Any]


def _of_class(account_class: AccountClass, counterparties: tuple[Counterparty, ...] = NOT_BOUND) -> Mapping[str, Any]:
    return {"account_classes": (account_class,), "counterparties": counterparties, "scope": Scope.ACCOUNT}


def _away(party: PartyKind, over: Over, counterparties: tuple[Counterparty, ...]) -> Mapping[str, Any]:
    return {"party": party, "over": over, "counterparties": counterparties}


_TWO: Final = _of_class(AccountClass.CLASS_II)
_THREE: Final = _of_class(AccountClass.CLASS_III)
_DAY, _YEAR = Measure.DAY_AMOUNT, Measure.YEAR_AMOUNT
_IN, _OUT, _TRANSFER, _AWAY = (
    LIMIT_ACTIONS_IN,
    LIMIT_ACTIONS_OUT,
    LIMIT_ACTIONS_TRANSFER,
    LIMIT_CHANNELS_NON_COUNTER,
)

REGULATION: Final[Mapping[str, Regulated]] = {
    "CLASS_II_IN_DAY": Regulated(figure=CLASS_TWO_IN_DAY, measure=_DAY, actions=_IN, more=_TWO),
    "CLASS_II_IN_YEAR": Regulated(figure=CLASS_TWO_IN_YEAR, measure=_YEAR, actions=_IN, more=_TWO),
    "CLASS_II_OUT_DAY": Regulated(figure=CLASS_TWO_OUT_DAY, measure=_DAY, actions=_OUT, more=_TWO),
    "CLASS_II_OUT_YEAR": Regulated(figure=CLASS_TWO_OUT_YEAR, measure=_YEAR, actions=_OUT, more=_TWO),
    "CLASS_III_IN_DAY": Regulated(figure=CLASS_THREE_IN_DAY, measure=_DAY, actions=_IN, more=_THREE),
    "CLASS_III_IN_YEAR": Regulated(figure=CLASS_THREE_IN_YEAR, measure=_YEAR, actions=_IN, more=_THREE),
    "CLASS_III_OUT_DAY": Regulated(figure=CLASS_THREE_OUT_DAY, measure=_DAY, actions=_OUT, more=_THREE),
    "CLASS_III_OUT_YEAR": Regulated(figure=CLASS_THREE_OUT_YEAR, measure=_YEAR, actions=_OUT, more=_THREE),
    "CLASS_III_BALANCE": Regulated(
        figure=CLASS_THREE_BALANCE,
        measure=Measure.BALANCE,
        actions=_IN,
        more=_of_class(AccountClass.CLASS_III, counterparties=()),
    ),
    "PERSON_CERTIFICATE": Regulated(
        figure=LIMIT_CERTIFICATE_PERSON,
        measure=_DAY,
        actions=_TRANSFER,
        channels=_AWAY,
        more=_away(PartyKind.PERSON, Over.CERTIFICATE, _NOT_OWN_HERE),
    ),
    "PERSON_CONFIRMATION": Regulated(
        figure=LIMIT_CONFIRMATION_PERSON,
        measure=_DAY,
        actions=_TRANSFER,
        channels=_AWAY,
        more=_away(PartyKind.PERSON, Over.CONFIRMATION, _TO_AN_ACCOUNT),
    ),
    "UNIT_CONFIRMATION": Regulated(
        figure=LIMIT_CONFIRMATION_UNIT,
        measure=_DAY,
        actions=_TRANSFER,
        channels=_AWAY,
        more=_away(PartyKind.UNIT, Over.CONFIRMATION, _TO_AN_ACCOUNT),
    ),
}
"""Every limit of the handbook by the code of its row. Source: B5, field.md idea 7."""


def regulation_rows(page: Page) -> tuple[LimitRow, ...]:
    """The rows that regulation sets on the day of the page; a figure that is not in force that day sets none.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> book = default()
    >>> [
    ...     row.figure
    ...     for day in ((2017, 1, 1), (2018, 1, 12))
    ...     for row in regulation_rows(book.on(date(*day)))
    ...     if "III_OUT" in row.code
    ... ]
    [Decimal('5000'), Decimal('100000'), Decimal('2000'), Decimal('50000')]
    """
    return tuple(_row(code, rule, page) for code, rule in REGULATION.items() if page.get(rule.figure) is not None)


def _row(code: str, rule: Regulated, page: Page) -> LimitRow:
    return LimitRow(
        code=code,
        measure=rule.measure,
        figure=page[rule.figure],
        channels=("*",) if rule.channels is None else page[rule.channels],
        actions=page[rule.actions],
        source=Source.REGULATION,
        valid=page.entry(rule.figure).span,
        citation=page.cite(rule.figure),
        **rule.more,
    )

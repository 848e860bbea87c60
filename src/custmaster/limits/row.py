"""One limit as data, and a pack of them: what is measured, the figure, what it covers, who set it, when it holds, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.decision import Citation
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.limits.kinds import AccountClass, Counterparty, Measure, Over, Scope, Source
from custmaster.limits.transaction import Slot, counted_account
from custmaster.value._checks import codes, each_of, of, texts
from custmaster.value.account import AccountNumber
from custmaster.value.channel import EVERY, check_code
from custmaster.value.money import ONE_AMOUNT, Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

__all__ = ["LimitPack", "LimitRow"]

_MEASURES: Final = tuple(Measure)

if TYPE_CHECKING:

    def _channels(values: Iterable[str]) -> tuple[str, ...]: ...

    def _actions(values: Iterable[str]) -> tuple[str, ...]: ...

    def _classes(values: Iterable[AccountClass]) -> tuple[AccountClass, ...]: ...

    def _counterparties(values: Iterable[Counterparty]) -> tuple[Counterparty, ...]: ...

    def _rows(values: Iterable[LimitRow]) -> tuple[LimitRow, ...]: ...

else:

    def _once(values, path):  # noqa: ANN001, ANN202
        return codes(set(texts(values, path)), path)

    def _channels(values):  # noqa: ANN001, ANN202
        return _once(values, "channels")

    def _actions(values):  # noqa: ANN001, ANN202
        return _once(values, "actions")

    def _classes(values):  # noqa: ANN001, ANN202
        return _once(values, "account_classes")

    def _counterparties(values):  # noqa: ANN001, ANN202
        return _once(values, "counterparties")

    def _rows(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda row: row.order))


@frozen(kw_only=True)
class LimitRow:
    """One limit. It covers a slot when each of its lists does; `*` covers every channel or action, an empty list everything.

    `figure` is an amount in CNY, or a number of transactions for DAY_COUNT; equal to it is allowed. `scope` says whether sums are over
    all accounts of the customer or over each; a balance is always an account's. `account` narrows it to one account. `over`
    says what happens above it. The lists are kept sorted, each value once. Errors: InvalidRecord with all that is wrong. Source: R-61, B7.

    >>> row = LimitRow(
    ...     code="MOBILE_DAY",
    ...     measure=Measure.DAY_AMOUNT,
    ...     figure=Decimal(50000),
    ...     channels=["MOBILE"],
    ...     citation=Citation(article="bank rule 1"),
    ... )
    >>> row.covers(Slot(channel="MOBILE", action="SPEND")), row.covers(Slot(channel="WEB", action="SPEND"))
    (True, False)
    """

    code: str
    measure: Measure = field(validator=of(Measure))
    figure: Decimal
    channels: tuple[str, ...] = field(default=(EVERY,), converter=_channels)
    actions: tuple[str, ...] = field(default=(EVERY,), converter=_actions)
    account_classes: tuple[AccountClass, ...] = field(default=(), converter=_classes, validator=each_of(AccountClass))
    counterparties: tuple[Counterparty, ...] = field(
        default=(), converter=_counterparties, validator=each_of(Counterparty)
    )
    party: PartyKind | None = field(default=None, validator=of(PartyKind, optional=True))
    account: AccountNumber | None = field(
        default=None, converter=counted_account, validator=of(AccountNumber, optional=True)
    )
    scope: Scope = field(default=Scope.CUSTOMER, validator=of(Scope))
    source: Source = field(default=Source.BANK, validator=of(Source))
    over: Over = field(default=Over.REFUSE, validator=of(Over))
    valid: Span = field(default=Span(), validator=of(Span))
    citation: Citation = field(validator=of(Citation))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    @property
    def order(self) -> tuple[object, ...]:
        """A total order: by measure, then the strictest, then the code. Holds an account's number: for sorting only."""
        days = tuple("" if day is None else day.isoformat() for day in (self.valid.start, self.valid.end))
        account = "" if self.account is None else self.account.reveal()
        lists = (self.channels, self.actions, self.account_classes, self.counterparties)
        rest = (self.over, self.party or "", account, days, self.citation.article, self.citation.key or "")
        return (_MEASURES.index(self.measure), self.figure, self.code, self.source, self.scope, lists, rest)

    def holds(self, party: PartyKind, day: date) -> bool:
        """Whether it is a limit of such a customer on the day at all."""
        return self.party in (None, party) and self.valid.contains(day)

    def covers(self, slot: Slot) -> bool:
        """Whether a transaction over this slot counts towards the limit, and is judged by it."""
        return self.covers_way(slot) and self.account in (None, slot.account)

    def covers_way(self, slot: Slot) -> bool:
        """As `covers`, whatever the account."""
        return (
            (self.channels[0] == EVERY or slot.channel in self.channels)
            and (self.actions[0] == EVERY or slot.action in self.actions)
            and (not self.account_classes or slot.account_class in self.account_classes)
            and (not self.counterparties or slot.counterparty in self.counterparties)
        )

    def covers_all_of(self, other: LimitRow) -> bool:
        """Whether every transaction that the other row covers counts towards this one, by the same measure.

        It does not look at whose limits and of which days the two are: ask `holds` first.
        """
        return (
            self.measure is other.measure
            and _holds(self.channels, other.channels)
            and _holds(self.actions, other.actions)
            and _includes(self.account_classes, other.account_classes)
            and _includes(self.counterparties, other.counterparties)
            and self.account in (None, other.account)
            and (self.scope is Scope.CUSTOMER or other.scope is Scope.ACCOUNT)
        )


def _holds(codes: tuple[str, ...], others: tuple[str, ...]) -> bool:
    return codes[0] == EVERY or set(codes) >= set(others)


def _includes(values: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return not values or (bool(others) and set(values) >= set(others))


def _faults(row: LimitRow) -> Iterator[InvalidValue]:
    for path, code in (("code", row.code), *_listed(row)):
        try:
            check_code(code, path, every=path != "code")
        except InvalidValue as fault:
            yield fault
    for path, named in (("channels", row.channels), ("actions", row.actions)):
        if not named:
            yield InvalidValue(Fault.EMPTY, path=path, remedy="name them, or * for all")
        elif EVERY in named and len(named) > 1:
            yield InvalidValue(Fault.CONFLICT, path=path, remedy="* covers all: it stands alone")
    if row.measure is Measure.BALANCE and row.scope is not Scope.ACCOUNT:
        yield InvalidValue(Fault.CONFLICT, path="scope", remedy="a balance is that of an ACCOUNT")
    yield from _of_figure(row)


def _listed(row: LimitRow) -> Iterator[tuple[str, str]]:
    for name, named in (("channels", row.channels), ("actions", row.actions)):
        yield from ((f"{name}[{place}]", code) for place, code in enumerate(named))


def _of_figure(row: LimitRow) -> Iterator[InvalidValue]:
    try:
        figure = Money(row.figure).amount
    except InvalidValue as fault:
        yield InvalidValue(fault.fault, path="figure", remedy=fault.remedy)
        return
    if not 0 <= figure < ONE_AMOUNT:
        yield InvalidValue(Fault.RANGE, path="figure", remedy="a limit is not below zero, and below 10**15")
    if row.measure is Measure.DAY_COUNT and figure != figure.to_integral_value():
        yield InvalidValue(Fault.FORMAT, path="figure", remedy="transactions are counted in whole numbers")


@frozen(kw_only=True)
class LimitPack:
    """A bank's own limits under one version, checked as a whole; the rows are kept in their order.

    A code may stand several times for days that do not overlap. Errors: InvalidRecord with everything that is wrong between the rows: a code
    that stands twice on a day, two rows of one source for the same thing, an agreed limit, which belongs to its contract.

    >>> LimitPack(version="2026.1", rows=[]).rows
    ()
    """

    version: str
    rows: tuple[LimitRow, ...] = field(converter=_rows, validator=each_of(LimitRow))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_between(self))
        if faults:
            raise InvalidRecord(faults) from None


def _key(row: LimitRow) -> tuple[object, ...]:
    """All that tells one limit from another but the code, the figure, the days and where it stands."""
    lists = (row.channels, row.actions, row.account_classes, row.counterparties)
    return (row.measure, *lists, row.party, row.account, row.scope, row.source, row.over)


def _between(pack: LimitPack) -> Iterator[InvalidValue]:
    if not pack.version.strip():
        yield InvalidValue(Fault.EMPTY, path="version")
    for row in pack.rows:
        if row.source is Source.AGREED:
            remedy = "an agreed limit stands in its contract, not in the bank's pack"
            yield InvalidValue(Fault.CONFLICT, path=f"{row.code}.source", remedy=remedy)
    for one, other in combinations(pack.rows, 2):
        if not one.valid.overlaps(other.valid):
            continue
        if one.code == other.code:
            yield InvalidValue(Fault.OVERLAP, path=f"{one.code}.valid", remedy="a code has one figure on a day")
        elif _key(one) == _key(other):
            remedy = f"{one.code} limits the same: keep one of them"
            yield InvalidValue(Fault.DUPLICATE, path=other.code, remedy=remedy)

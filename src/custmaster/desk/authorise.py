"""Authorising a transaction: may the customer do this, here, for this amount, today; every restriction and every limit is told.

What is about the customer and the day is found once (`prepare`); each transaction is then a question on its own (`decide`). What is allowed
is reserved at once: TransactionReserved is stored together with the usage that `custmaster.limits.evolve` makes of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.decision import Decision, Occasion, Reason
from custmaster.decision import decide as settle
from custmaster.dedup.aliases import Resolution
from custmaster.desk.agreed import Agreed, agreed_rows
from custmaster.desk.contract_facts import Register
from custmaster.desk.repeated import answered
from custmaster.desk.standing import judge_standing
from custmaster.errors import CustmasterError
from custmaster.handbook import Page
from custmaster.limits.events import TransactionReserved
from custmaster.limits.judge import judge
from custmaster.limits.reserving import Seen, seen
from custmaster.limits.row import LimitRow
from custmaster.limits.standing import Standing
from custmaster.limits.standing import standing as limits_of
from custmaster.limits.transaction import Transaction
from custmaster.limits.usage import Usage
from custmaster.screening.ledger import EMPTY_RESTRICTIONS, RestrictionLedger, against
from custmaster.screening.ledger import standing as restrictions_of
from custmaster.screening.restriction import Restriction
from custmaster.value.party import PartyKind

__all__ = ["CustomerDay", "CustomerFacts", "decide", "prepare"]

if TYPE_CHECKING:

    def _rows(values: Iterable[LimitRow]) -> tuple[LimitRow, ...]: ...

else:
    _rows = tuple


@frozen(kw_only=True)
class CustomerFacts:
    """What the host states of one customer.

    `resolution` is the answer of `custmaster.dedup.aliases.resolve` for the number on the day; None for one that was not found. `pack` are the
    bank's own limits (`LimitPack.rows`). `register` holds the customer's contracts; None says that the host keeps none by this library.
    `restrictions` is the ledger with everything about the customer and whoever it absorbed.
    """

    number: str
    party: PartyKind
    resolution: Resolution | None
    pack: tuple[LimitRow, ...] = field(default=(), converter=_rows)
    register: Register | None = None
    restrictions: RestrictionLedger = EMPTY_RESTRICTIONS


@frozen(kw_only=True)
class CustomerDay:
    """All that stands for one customer on one day; made by `prepare`, and good until a fact of it changes or the day is over.

    `unfit` says why the number may not be acted upon, `agreed` what is to be told of agreed limits that could not be read.
    """

    number: str
    page: Page
    limits: Standing
    restrictions: tuple[Restriction, ...]
    unfit: tuple[Reason, ...]
    agreed: tuple[Reason, ...]

    @property
    def day(self) -> date:
        """The business date that it is about."""
        return self.page.day


def prepare(facts: CustomerFacts, page: Page) -> CustomerDay:
    """What stands for the customer on the page's day: the number, the restrictions, and the limits of regulation, bank and contracts.

    Errors: CustmasterError for a number resolved on another day, or NotInForce. Source: R-44, R-61; field.md, ideas 6 and 7.

    >>> from custmaster.handbook import default
    >>> facts = CustomerFacts(number="6000000001", party=PartyKind.PERSON, resolution=None)
    >>> [str(reason.code) for reason in prepare(facts, default().on(date(2026, 11, 23))).unfit]
    ['CUSTOMER_UNKNOWN']
    """
    found = () if facts.resolution is None else (facts.resolution,)
    agreed = _agreed(facts, page.day)
    return CustomerDay(
        number=facts.number,
        page=page,
        limits=limits_of(page, (*facts.pack, *agreed.rows), facts.party),
        restrictions=restrictions_of(facts.restrictions, facts.number, page.day),
        unfit=judge_standing([facts.number], found, page.day),
        agreed=agreed.notes,
    )


def _agreed(facts: CustomerFacts, day: date) -> Agreed:
    if facts.register is None:
        return Agreed()
    own = (one for one in facts.register.contracts if one.customer == facts.number)
    return agreed_rows(own, facts.register.catalogue, day)


def decide(
    transaction: Transaction, usage: Usage, known: CustomerDay, occasion: Occasion, earlier: Decision | None = None
) -> Decision:
    """Whether the transaction may be made on the day, with everything that stands against it.

    In this order: the number (a merged one is answered with its survivor), each restriction that covers channel and action, each limit
    that it would go over, what is to be told of agreed limits. A certificate or a confirmation that regulation asks for is a Review, which an
    approval lifts. Allowed carries one event, TransactionReserved. What is reserved already is Allowed with the same event and asked nothing
    again: it was done. `earlier` is the answer stored under the same request id, and comes back as it was. Errors: CustmasterError for another
    customer or day than was prepared, or for an earlier answer of another request. Source: R-44, R-57, R-61; B5, B7.

    >>> from decimal import Decimal
    >>> from custmaster.dedup.alias_events import NumberOpened
    >>> from custmaster.dedup.aliases import replay, resolve
    >>> from custmaster.handbook import default
    >>> from custmaster.limits import AccountClass, Slot
    >>> from custmaster.value.money import Money
    >>> day, number = date(2026, 11, 23), "6000000001"
    >>> found = resolve(replay([NumberOpened(number=number, on=day, request_id="T-0")]), number, day)
    >>> facts = CustomerFacts(number=number, party=PartyKind.PERSON, resolution=found)
    >>> known = prepare(facts, default().on(day))
    >>> way = Slot(channel="MOBILE", action="SPEND", account_class=AccountClass.CLASS_III)
    >>> def asked(id, amount):
    ...     paid = Transaction(id=id, customer=number, day=day, slot=way, amount=Money(Decimal(amount)))
    ...     occasion = Occasion(day=day, actor="MOBILE", request_id=id)
    ...     return decide(paid, Usage.of(number), known, occasion)
    >>> [(str(answer.outcome), len(answer.reasons)) for answer in (asked("T-1", 2000), asked("T-2", 2001))]
    [('ALLOWED', 0), ('REFUSED', 1)]
    """
    if transaction.customer != known.number or not transaction.day == known.page.day == occasion.day:
        raise CustmasterError("prepare the transaction's own customer for its business date, and ask on that date")
    if earlier is not None:
        repeated = answered(earlier, occasion, known.page, lambda done: _is(done, transaction))
        if repeated is not None:
            return repeated
    event = TransactionReserved(
        on=occasion.day, actor=occasion.actor, request_id=occasion.request_id, transaction=transaction
    )
    reasons = _grounds(transaction, usage, known)
    return settle(reasons, handbook=known.limits.handbook, events=(event,), approvals=occasion.approvals)


def _grounds(transaction: Transaction, usage: Usage, known: CustomerDay) -> tuple[Reason, ...]:
    if seen(usage, transaction) is Seen.RESERVED:
        return known.limits.notes
    way = transaction.slot
    restricted = against(known.restrictions, way.channel, way.action)
    over = judge(transaction, known.limits, usage)
    return (*known.unfit, *restricted, *over, *known.agreed, *known.limits.notes)


def _is(done: object, transaction: Transaction) -> bool:
    return isinstance(done, TransactionReserved) and done.transaction.is_sent_again(transaction)

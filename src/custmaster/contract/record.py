"""A contract (签约): one customer's agreement on one product, under a number of its own that is never given again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from custmaster.contract.kinds import LIVE, PartyRole, State
from custmaster.decision import type_of_fact
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.handbook.citation import Fact
from custmaster.value._checks import of, texts
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.channel import check_code
from custmaster.value.identity import free_form
from custmaster.value.name import Name
from custmaster.value.reference import PartnerReference
from custmaster.value.span import ALWAYS, Span

__all__ = [
    "REQUESTED",
    "TOUCHABLE",
    "Amendment",
    "Authorisation",
    "Contract",
    "ContractChange",
    "Party",
    "Term",
    "may_be_number",
    "number_key",
    "stated",
]

REQUESTED: Final = "REQUESTED"
"""The number of a contract that is asked for and has none yet."""

_NUMBER: Final = re.compile(r"[0-9A-Za-z-]{1,40}")
_TERM: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LONGEST: Final = 40
_MOST: Final = 1000


def may_be_number(text: str) -> bool:
    """Whether a contract may bear the text as its number: letters, digits and hyphens, at most 40, and not `REQUESTED`.

    >>> may_be_number("C2026000001"), may_be_number(REQUESTED), may_be_number("C 1")
    (True, False, False)
    """
    return text != REQUESTED and _NUMBER.fullmatch(text) is not None


def number_key(number: str) -> str:
    """By what contract numbers are told apart: two that differ in case alone are one number, kept as it was written. Source: R-67.

    >>> number_key("c2026-1") == number_key("C2026-1")
    True
    """
    return free_form.compact(number)


if TYPE_CHECKING:

    def _fields(values: Iterable[str]) -> tuple[str, ...]: ...

    def _vouchers(values: Iterable[str]) -> tuple[str, ...]: ...

    def _parties(values: Iterable[Party]) -> tuple[Party, ...]: ...

    def _terms(values: Iterable[Term]) -> tuple[Term, ...]: ...

    def _history(values: Iterable[Amendment]) -> tuple[Amendment, ...]: ...

    def _channels(values: Iterable[str]) -> tuple[str, ...]: ...

    def _some_channels(values: Iterable[str] | None) -> tuple[str, ...] | None: ...

    def _some_vouchers(values: Iterable[str] | None) -> tuple[str, ...] | None: ...

    def _some_terms(values: Iterable[Term] | None) -> tuple[Term, ...] | None: ...

else:
    _fields = _parties = _history = tuple

    def _vouchers(values):  # noqa: ANN001, ANN202
        return texts(values, "vouchers")

    def _terms(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda term: term.name))

    def _channels(values):  # noqa: ANN001, ANN202
        return tuple(sorted(texts(values, "channels")))

    def _some_channels(values):  # noqa: ANN001, ANN202
        return None if values is None else texts(values, "channels")

    def _some_vouchers(values):  # noqa: ANN001, ANN202
        return None if values is None else _vouchers(values)

    def _some_terms(values):  # noqa: ANN001, ANN202
        return None if values is None else _terms(values)


@frozen(kw_only=True)
class Party:
    """A further customer of the contract, by number, and what it is there.

    >>> Party(number="6000000002", role=PartyRole.GUARANTOR).number
    '6000000002'
    """

    number: str
    role: PartyRole


@frozen(kw_only=True)
class Term:
    """One thing that was agreed, such as a limit's figure; plain facts only, never personal data.

    Errors: InvalidValue (FORMAT) for a name that is not in small letters, (TYPE) for a value that is no fact: a figure is a Decimal, never a float.

    >>> from decimal import Decimal
    >>> Term(name="day_amount", value=Decimal(5000)).name
    'day_amount'
    """

    name: str = field(validator=of(str))
    value: Fact = field(validator=of(*type_of_fact))

    def __attrs_post_init__(self) -> None:
        if _TERM.fullmatch(self.name) is None:
            raise InvalidValue(Fault.FORMAT, path="name", length=len(self.name), remedy="write it like day_amount")


@frozen(kw_only=True)
class Authorisation:
    """What a payer's authorisation of collection states: payee, purpose, account, cycle or condition, and its term; what is absent is None.

    Errors: InvalidValue (TYPE), for a bare text would be shown. Source: requirements.md B5 (代收: 收款人名称、付款用途、付款账号、付款周期或条件、授权期限).

    >>> Authorisation(purpose="water").missing
    ('payee', 'account', 'cycle', 'term')
    """

    payee: Name | None = field(default=None, validator=of(Name, optional=True))
    purpose: str | None = field(default=None, validator=of(str, optional=True))
    account: AccountNumber | None = field(default=None, validator=of(AccountNumber, optional=True))
    cycle: str | None = field(default=None, validator=of(str, optional=True))
    term: Span | None = field(default=None, validator=of(Span, optional=True))

    @property
    def missing(self) -> tuple[str, ...]:
        """The elements that it does not state, in the order of the rule."""
        held = {
            "payee": self.payee,
            "purpose": self.purpose,
            "account": self.account,
            "cycle": self.cycle,
            "term": self.term,
        }
        return tuple(
            name for name, value in held.items() if value is None or (type(value) is str and not value.strip())
        )


@frozen(kw_only=True)
class ContractChange:
    """What an amendment sets, or what stood before it; None where a field is not touched.

    Errors: InvalidValue (MISSING) when nothing is touched; (TYPE) for a number in clear, or one channel or voucher in place of a list.

    >>> ContractChange(channels=["WEB"]).touched
    ('channels',)
    """

    account: AccountNumber | None = field(default=None, validator=of(AccountNumber, optional=True))
    card: CardNumber | None = field(default=None, validator=of(CardNumber, optional=True))
    channels: tuple[str, ...] | None = field(default=None, converter=_some_channels)
    vouchers: tuple[str, ...] | None = field(default=None, converter=_some_vouchers)
    valid: Span | None = field(default=None, validator=of(Span, optional=True))
    authorisation: Authorisation | None = field(default=None, validator=of(Authorisation, optional=True))
    terms: tuple[Term, ...] | None = field(default=None, converter=_some_terms)

    @property
    def touched(self) -> tuple[str, ...]:
        """The fields that are set, in the order of the class."""
        return tuple(name for name in TOUCHABLE if getattr(self, name) is not None)

    def __attrs_post_init__(self) -> None:
        if not self.touched:
            raise InvalidValue(Fault.MISSING, remedy="name at least one field that changes")


TOUCHABLE: Final = ("account", "card", "channels", "vouchers", "valid", "authorisation", "terms")
"""The fields of a contract that an amendment may set; the others are its key, its number and its parties."""


@frozen(kw_only=True)
class Amendment:
    """One entry of the history: when, by whom, under which request, which fields, and the values that stood there before.

    `before` is None where those fields were empty.
    """

    on: date
    actor: str
    request_id: str
    fields: tuple[str, ...] = field(converter=_fields)
    before: ContractChange | None = None


@frozen(kw_only=True)
class Contract:
    """One contract. Customers, accounts, cards and vouchers are held by their numbers only (R-50).

    `customer` signs; `parties` are further customers. `organisation` and `reference` are the other side's code and what it calls the customer
    (a broker and its securities account; a utility and its meter; a limit's kind; a credit card that is repaid). `instance` tells apart what one
    card holds several of. `valid` are the days for which it was agreed, `ended_on` the day on which it was terminated or expired. Errors:
    InvalidRecord with all that contradicts itself; InvalidValue (TYPE) for a field of another type, or one text in place of a list. Source: R-48, R-50, R-67, B7.

    >>> Contract(
    ...     number="C2026000001", product="0000000001", customer="6000000001", account=AccountNumber("6222000011112222")
    ... )
    Contract(schema=1, number='C2026000001', product='0000000001', customer='6000000001', state=<State.ACTIVE: 'ACTIVE'>, parties=(), account=AccountNumber(************2222), card=None, vouchers=(), organisation=None, reference=None, instance=None, channels=(), valid=Span(start=None, end=None), authorisation=None, terms=(), amendments=(), signed_on=None, ended_on=None, request_id=None)
    """

    schema: int = 1
    number: str
    product: str
    customer: str
    state: State = State.ACTIVE
    parties: tuple[Party, ...] = field(default=(), converter=_parties)
    account: AccountNumber | None = field(default=None, validator=of(AccountNumber, optional=True))
    card: CardNumber | None = field(default=None, validator=of(CardNumber, optional=True))
    vouchers: tuple[str, ...] = field(default=(), converter=_vouchers)
    organisation: str | None = None
    reference: PartnerReference | None = field(default=None, validator=of(PartnerReference, optional=True))
    instance: PartnerReference | None = field(default=None, validator=of(PartnerReference, optional=True))
    channels: tuple[str, ...] = field(default=(), converter=_channels)
    valid: Span = field(default=ALWAYS, validator=of(Span))
    authorisation: Authorisation | None = field(default=None, validator=of(Authorisation, optional=True))
    terms: tuple[Term, ...] = field(default=(), converter=_terms)
    amendments: tuple[Amendment, ...] = field(default=(), converter=_history)
    signed_on: date | None = None
    ended_on: date | None = None
    request_id: str | None = None

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    @property
    def is_live(self) -> bool:
        """Whether it stands against another contract, a closing or a removal: ACTIVE or SUSPENDED."""
        return self.state in LIVE

    @property
    def customers(self) -> tuple[str, ...]:
        """The numbers of everyone in it, the one that signed first, each once."""
        return tuple(dict.fromkeys((self.customer, *(party.number for party in self.parties))))


def stated(contract: Contract) -> dict[str, Any]:
    """The fields that an amendment could set and that the contract states: an empty one says nothing, nor do days without a first and last one.

    >>> stated(Contract(number=REQUESTED, product="0000000001", customer="6000000001", channels=["WEB"]))
    {'channels': ('WEB',)}
    """
    held = ((name, getattr(contract, name)) for name in TOUCHABLE)
    return {name: value for name, value in held if value not in (None, (), ALWAYS)}


def _faults(contract: Contract) -> Iterator[InvalidValue]:
    yield from _numbers(contract)
    yield from _codes(contract)
    ended = contract.state in (State.TERMINATED, State.EXPIRED)
    if contract.ended_on is not None and not ended:
        yield InvalidValue(Fault.CONFLICT, path="ended_on", remedy="a contract that has not ended has no last day")
    if contract.ended_on is not None and contract.signed_on is not None and contract.ended_on < contract.signed_on:
        yield InvalidValue(Fault.ORDER, path="ended_on", remedy="no contract ends before it is signed")


def _numbers(contract: Contract) -> Iterator[InvalidValue]:
    if _NUMBER.fullmatch(contract.number) is None:
        yield InvalidValue(Fault.FORMAT, path="number", length=len(contract.number), remedy="letters, digits, hyphens")
    named = [("product", contract.product), ("customer", contract.customer)]
    named += [(f"parties[{place}].number", party.number) for place, party in enumerate(contract.parties)]
    named += [(f"vouchers[{place}]", text) for place, text in enumerate(contract.vouchers)]
    named += [("organisation", contract.organisation)] if contract.organisation is not None else []
    for path, text in named:
        if not 0 < len(text) <= _LONGEST:
            yield InvalidValue(Fault.LENGTH, path=path, length=len(text))
    for place, party in enumerate(contract.parties):
        if party in contract.parties[:place]:
            yield InvalidValue(Fault.DUPLICATE, path=f"parties[{place}]")
    for path, listed in (("vouchers", contract.vouchers), ("terms", contract.terms)):
        if len(listed) > _MOST:
            yield InvalidValue(Fault.LENGTH, path=path, length=len(listed), remedy=f"at most {_MOST}")


def _codes(contract: Contract) -> Iterator[InvalidValue]:
    for place, code in enumerate(contract.channels):
        try:
            check_code(code, f"channels[{place}]", every=True)
        except InvalidValue as fault:
            yield fault
        if code in contract.channels[:place]:
            yield InvalidValue(Fault.DUPLICATE, path=f"channels[{place}]")
    names = [term.name for term in contract.terms]
    for place, name in enumerate(names):
        if name in names[:place]:
            yield InvalidValue(Fault.DUPLICATE, path=f"terms[{place}].name")

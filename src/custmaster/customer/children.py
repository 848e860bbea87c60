"""What a customer's record holds many of, each with the days on which it holds: names, documents, addresses, contacts, roles ...

`valid` is valid time: the days on which the thing is so, as the bank knows it. It is half-open, and open at either side when absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.customer.kinds import (
    INVERSE,
    AddressUsage,
    AmlLevel,
    ContactUsage,
    NameUsage,
    RelationKind,
    RiskLevel,
    RoleKind,
    Status,
)
from custmaster.errors import Fault, InvalidValue
from custmaster.value.address import Address
from custmaster.value.document import IdentityDocument
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.span import ALWAYS, Span

__all__ = [
    "ALWAYS",
    "APPLICATION_DATA",
    "NUMBER_LENGTH",
    "AddressUse",
    "AmlRating",
    "Closed",
    "Described",
    "Held",
    "InRole",
    "NamedAs",
    "Noted",
    "Reached",
    "Related",
    "Residing",
    "RiskTolerance",
    "text_within",
]

NUMBER_LENGTH: Final = 32
"""The most characters of a customer number in a record: a technical bound; the width itself is the number plan's."""

_LONGEST: Final = 500  # as a sealed text
_NOTE_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}(?:\.[a-z][a-z0-9_]{0,39}){0,3}")
_DESCRIBED: Final = ("occupation", "employer", "industry", "education", "marital", "income_band")
APPLICATION_DATA: Final = ("credit", "loan")
"""What a note's key may not begin with: credit data (信贷管理信息) stays in its own application. Source: R-53."""


def text_within(path: str, text: str | None, longest: int = _LONGEST) -> None:
    """Refuse a text that is empty or too long to be one. Errors: InvalidValue (EMPTY, LENGTH) at `path`."""
    if text is not None and not 0 < len(text) <= longest:
        raise InvalidValue(Fault.LENGTH if text else Fault.EMPTY, path=path, length=len(text))


@frozen(kw_only=True)
class NamedAs:
    """A name of the customer: the legal one, a former one, a Latin writing. Source: R-52; B4.

    >>> NamedAs(name=Name("张伟")).name
    Name(张*)
    """

    name: Name
    usage: NameUsage = NameUsage.LEGAL
    valid: Span = ALWAYS


@frozen(kw_only=True)
class Held:
    """An identity document on record; `valid` is when the bank keeps it as current, the document has its own issue and expiry.

    `primary` marks the one document (首选证件) by which the customer is known. Source: R-52; B6.

    >>> from custmaster.value.document import DocumentNumber
    >>> from custmaster.value.document_types import DocumentType
    >>> card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
    >>> Held(document=card, primary=True).document.number
    DocumentNumber(110*************2X)
    """

    document: IdentityDocument
    primary: bool = False
    valid: Span = ALWAYS


@frozen(kw_only=True)
class AddressUse:
    """What an address is used for, and since when; at most one address is preferred for a usage on a day. Source: R-55."""

    usage: AddressUsage
    preferred: bool = False
    valid: Span = ALWAYS


if TYPE_CHECKING:

    def _uses(values: Iterable[AddressUse]) -> tuple[AddressUse, ...]: ...

else:
    _uses = tuple  # see customer/_lists.py


@frozen(kw_only=True)
class Residing:
    """An address with its usages, each with its own days. Source: R-55 (灵活的多套地址存储).

    >>> Residing(address=Address("北京市海淀区1号"), usages=[AddressUse(usage=AddressUsage.MAILING)]).usages[0].usage
    <AddressUsage.MAILING: 'MAILING'>
    """

    address: Address
    usages: tuple[AddressUse, ...] = field(default=(), converter=_uses)
    valid: Span = ALWAYS


@frozen(kw_only=True)
class Reached:
    """A telephone number or mail address by which the customer is reached. Errors: InvalidValue (CONFLICT) for a mail usage of a phone.

    >>> Reached(contact=Phone("13800001234")).usage
    <ContactUsage.MOBILE: 'MOBILE'>
    """

    contact: Phone | Email
    usage: ContactUsage = ContactUsage.MOBILE
    preferred: bool = False
    valid: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        if (self.usage is ContactUsage.EMAIL) is not (type(self.contact) is Email):
            raise InvalidValue(
                Fault.CONFLICT, path="usage", remedy="EMAIL is the usage of mail addresses, and of nothing else"
            )


@frozen(kw_only=True)
class Described:
    """Socio-economic information (社会经济性信息) of one time; free texts and the bank's own codes, none of them shown.

    Of a unit only `industry` is held. Errors: InvalidValue (EMPTY, LENGTH). Source: R-52.

    >>> Described(occupation="教师")
    Described(valid=Span(start=None, end=None))
    """

    occupation: str | None = field(default=None, repr=False)
    employer: str | None = field(default=None, repr=False)
    industry: str | None = field(default=None, repr=False)
    education: str | None = field(default=None, repr=False)
    marital: str | None = field(default=None, repr=False)
    income_band: str | None = field(default=None, repr=False)
    valid: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        texts = (self.occupation, self.employer, self.industry, self.education, self.marital, self.income_band)
        for text in texts:
            if text is not None and not 0 < len(text) <= _LONGEST:
                text_within(_DESCRIBED[texts.index(text)], text)

    @property
    def is_of_person(self) -> bool:
        """Whether anything stands here that only a person has."""
        return not (self.occupation is self.employer is self.education is self.marital is self.income_band is None)


@frozen(kw_only=True)
class Noted:
    """Auxiliary information (辅助信息): a key of the bank's and its text. Credit data is refused.

    `key` is a dotted name in small letters. Errors: InvalidValue (FORMAT; EMPTY, LENGTH; UNKNOWN_FIELD for credit data).
    Source: R-52, R-53.

    >>> Noted(key="hobby", text="围棋")
    Noted(key='hobby', valid=Span(start=None, end=None))
    """

    key: str
    text: str = field(repr=False)
    valid: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        if len(self.key) > _LONGEST or _NOTE_KEY.fullmatch(self.key) is None:
            raise InvalidValue(Fault.FORMAT, path="key", length=len(self.key), remedy="write it like branch.remark")
        if self.key.startswith(APPLICATION_DATA):
            raise InvalidValue(
                Fault.UNKNOWN_FIELD, path="key", remedy="credit data stays in its own application (R-53)"
            )
        text_within("text", self.text)


@frozen(kw_only=True)
class InRole:
    """A role that the customer plays. Source: R-64."""

    kind: RoleKind
    valid: Span = ALWAYS


@frozen(kw_only=True)
class Related:
    """A relationship to another customer, named by number: "this customer is `kind` customer `to`".

    Errors: InvalidValue (EMPTY, LENGTH) for a number of other than 1 to 32 characters. Source: R-52, R-64.

    >>> Related(to="6000000002", kind=RelationKind.PARENT_OF).seen_from("6000000001").kind
    <RelationKind.CHILD_OF: 'CHILD_OF'>
    """

    to: str
    kind: RelationKind
    valid: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        text_within("to", self.to, NUMBER_LENGTH)

    def seen_from(self, number: str) -> Related:
        """The same relationship as the other customer's record holds it; `number` is the customer that holds this one."""
        return Related(to=number, kind=INVERSE[self.kind], valid=self.valid)


@frozen(kw_only=True)
class RiskTolerance:
    """The result of an investor's risk questionnaire (风险测评); kept apart from the AML rating. Source: R-58."""

    level: RiskLevel
    assessed_on: date
    valid: Span = ALWAYS


@frozen(kw_only=True)
class AmlRating:
    """A money-laundering risk rating (洗钱风险等级). Source: requirements.md B5."""

    level: AmlLevel
    rated_on: date
    valid: Span = ALWAYS


@frozen(kw_only=True)
class Closed:
    """A time that is over in which the customer was deleted or merged, kept so that the record can be seen as of a day in it.

    >>> Closed(status=Status.DELETED, valid=Span(date(2024, 1, 1), date(2025, 1, 1))).into is None
    True
    """

    status: Status
    into: str | None = None
    valid: Span

    def __attrs_post_init__(self) -> None:
        if self.status is Status.ACTIVE or (self.status is Status.MERGED) is (self.into is None):
            raise InvalidValue(Fault.CONFLICT, path="status", remedy="DELETED, or MERGED into a customer number")

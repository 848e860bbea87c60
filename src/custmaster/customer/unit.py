"""What a unit (单位) has and a person has not: its particulars, who stands for it, and who owns it in the end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from custmaster.customer.children import ALWAYS, text_within
from custmaster.customer.kinds import OwnerRelation, RepresentativeKind
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page, keys
from custmaster.value.address import Address
from custmaster.value.document import IdentityDocument
from custmaster.value.money import Money
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

__all__ = ["BeneficialOwner", "Representative", "UnitDetails", "owners_exempt", "owners_required"]

_LONGEST_SCOPE: Final = 5000  # a business scope (经营范围) fills pages
_WHOLE: Final = Decimal(100)


@frozen(kw_only=True)
class UnitDetails:
    """Particulars of a unit: business scope (经营范围), legal form, capital, and what its duty to name owners depends on.

    `natural_holders_only` and `exempt_promised` go with the exemption of Order 2024-3; `sole_trader` is a 个体工商户.
    Errors: InvalidValue (EMPTY, LENGTH). Source: requirements.md B5.

    >>> UnitDetails(scope="软件开发").registered_capital is None
    True
    """

    scope: str | None = field(default=None, repr=False)
    legal_form: str | None = field(default=None, repr=False)
    registered_capital: Money | None = None
    natural_holders_only: bool = False
    exempt_promised: bool = False
    sole_trader: bool = False

    def __attrs_post_init__(self) -> None:
        text_within("scope", self.scope, _LONGEST_SCOPE)
        text_within("legal_form", self.legal_form)


@frozen(kw_only=True)
class Representative:
    """A person who stands for a unit: name and document with its validity. Source: requirements.md B5.

    >>> Representative(kind=RepresentativeKind.LEGAL_REPRESENTATIVE, name=Name("张伟")).name
    Name(张*)
    """

    kind: RepresentativeKind
    name: Name
    document: IdentityDocument | None = None
    valid: Span = ALWAYS


@frozen(kw_only=True)
class BeneficialOwner:
    """A natural person who in the end owns or controls a unit (受益所有人). `share` is in percent, 0 to 100.

    Errors: InvalidValue (RANGE) for another share. Source: Order 2024-3 of the central bank; requirements.md B5.

    >>> BeneficialOwner(name=Name("张伟"), relation=OwnerRelation.EQUITY, share=Decimal("24.99")).share
    Decimal('24.99')
    """

    name: Name
    relation: OwnerRelation
    share: Decimal | None = None
    sex: Sex | None = None
    nationality: str | None = field(default=None, repr=False)
    birth_date: date | None = field(default=None, repr=False)
    address: Address | None = None
    contact: Phone | None = None
    document: IdentityDocument | None = None
    valid: Span = ALWAYS

    def __attrs_post_init__(self) -> None:
        if self.share is not None and not (self.share.is_finite() and 0 <= self.share <= _WHOLE):
            raise InvalidValue(Fault.RANGE, path="share", remedy="a share is in percent, from 0 to 100")
        text_within("nationality", self.nationality)


def owners_required(share: Decimal, page: Page) -> bool:
    """Whether a holder of this share (percent; of equity, income or votes) must be named as a beneficial owner: 25% 以上 is inclusive.

    Errors: NotInForce on a page before the order. Source: Order 2024-3; requirements.md B5.

    >>> from custmaster.handbook import default
    >>> page = default().on(date(2026, 11, 23))
    >>> owners_required(Decimal("24.99"), page), owners_required(Decimal(25), page)
    (False, True)
    """
    return share >= page[keys.BENEFICIAL_OWNER_SHARE]


def owners_exempt(unit: UnitDetails, page: Page) -> bool:
    """Whether the unit need not name its beneficial owners: a sole trader, or small, held by natural persons only, and so promised.

    Errors: NotInForce on a page before the order. Source: Order 2024-3; requirements.md B5.

    >>> from custmaster.handbook import default
    >>> owners_exempt(UnitDetails(sole_trader=True), default().on(date(2026, 11, 23)))
    True
    """
    if unit.sole_trader:
        return True
    capital = unit.registered_capital
    small = capital is not None and capital.currency == "CNY" and capital.amount <= page[keys.OWNERS_EXEMPT_CAPITAL]
    return small and unit.natural_holders_only and unit.exempt_promised

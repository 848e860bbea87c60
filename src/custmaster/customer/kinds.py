"""The kinds of what a customer's record holds: usages, roles, relationships and levels, each a closed list."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

__all__ = [
    "INVERSE",
    "AddressUsage",
    "AmlLevel",
    "ContactUsage",
    "NameUsage",
    "OwnerRelation",
    "RelationKind",
    "RepresentativeKind",
    "RiskLevel",
    "RoleKind",
    "Status",
]


class Status(StrEnum):
    """Where a customer stands in its life: active, logically deleted (逻辑删除; 销户客户 is the same), merged into another.

    Source: R-63, requirements.md B8.12.
    """

    ACTIVE = "ACTIVE"
    DELETED = "DELETED"
    MERGED = "MERGED"


class NameUsage(StrEnum):
    """What a name is: the legal one, a former one (曾用名), its Latin writing, or another."""

    LEGAL = "LEGAL"
    FORMER = "FORMER"
    LATIN = "LATIN"
    OTHER = "OTHER"


class AddressUsage(StrEnum):
    """What an address is used for; a unit's domicile (住所) is its REGISTERED one. Source: R-55."""

    RESIDENCE = "RESIDENCE"
    WORK = "WORK"
    MAILING = "MAILING"
    REGISTERED = "REGISTERED"
    BUSINESS = "BUSINESS"


class ContactUsage(StrEnum):
    """What a telephone number or a mail address is used for."""

    MOBILE = "MOBILE"
    HOME = "HOME"
    WORK = "WORK"
    EMAIL = "EMAIL"


class RoleKind(StrEnum):
    """The roles (客户角色) that a customer plays for the bank, many at a time. Source: R-64; the list is this library's."""

    DEPOSITOR = "DEPOSITOR"
    CARDHOLDER = "CARDHOLDER"
    BORROWER = "BORROWER"
    GUARANTOR = "GUARANTOR"
    INVESTOR = "INVESTOR"
    AGENT = "AGENT"
    CONTACT_PERSON = "CONTACT_PERSON"
    STAFF = "STAFF"
    SHAREHOLDER = "SHAREHOLDER"


class RelationKind(StrEnum):
    """How a customer is related to another (客户关系), read "this customer is ... the other". Source: R-52, R-64; B6."""

    MARRIED_TO = "MARRIED_TO"
    PARENT_OF = "PARENT_OF"
    CHILD_OF = "CHILD_OF"
    SIBLING_OF = "SIBLING_OF"
    GUARDIAN_OF = "GUARDIAN_OF"
    WARD_OF = "WARD_OF"
    SHARES_HOUSEHOLD_WITH = "SHARES_HOUSEHOLD_WITH"
    EMPLOYER_OF = "EMPLOYER_OF"
    EMPLOYEE_OF = "EMPLOYEE_OF"
    HAS_CONTACT_PERSON = "HAS_CONTACT_PERSON"
    CONTACT_PERSON_OF = "CONTACT_PERSON_OF"
    SHAREHOLDER_OF = "SHAREHOLDER_OF"
    OWNED_BY = "OWNED_BY"
    REPRESENTATIVE_OF = "REPRESENTATIVE_OF"
    REPRESENTED_BY = "REPRESENTED_BY"
    HEAD_OFFICE_OF = "HEAD_OFFICE_OF"
    BRANCH_OF = "BRANCH_OF"
    ASSOCIATED_WITH = "ASSOCIATED_WITH"


_K = RelationKind
INVERSE: Final[Mapping[RelationKind, RelationKind]] = MappingProxyType(
    {
        _K.MARRIED_TO: _K.MARRIED_TO,
        _K.PARENT_OF: _K.CHILD_OF,
        _K.CHILD_OF: _K.PARENT_OF,
        _K.SIBLING_OF: _K.SIBLING_OF,
        _K.GUARDIAN_OF: _K.WARD_OF,
        _K.WARD_OF: _K.GUARDIAN_OF,
        _K.SHARES_HOUSEHOLD_WITH: _K.SHARES_HOUSEHOLD_WITH,
        _K.EMPLOYER_OF: _K.EMPLOYEE_OF,
        _K.EMPLOYEE_OF: _K.EMPLOYER_OF,
        _K.HAS_CONTACT_PERSON: _K.CONTACT_PERSON_OF,
        _K.CONTACT_PERSON_OF: _K.HAS_CONTACT_PERSON,
        _K.SHAREHOLDER_OF: _K.OWNED_BY,
        _K.OWNED_BY: _K.SHAREHOLDER_OF,
        _K.REPRESENTATIVE_OF: _K.REPRESENTED_BY,
        _K.REPRESENTED_BY: _K.REPRESENTATIVE_OF,
        _K.HEAD_OFFICE_OF: _K.BRANCH_OF,
        _K.BRANCH_OF: _K.HEAD_OFFICE_OF,
        _K.ASSOCIATED_WITH: _K.ASSOCIATED_WITH,
    }
)
"""What the other customer is to this one; total, and its own inverse. A symmetric kind stands opposite itself."""


class RiskLevel(StrEnum):
    """How much risk a customer tolerates as an investor (风险测评), from C1 (least) to C5. Source: R-58."""

    C1 = "C1"
    C2 = "C2"
    C3 = "C3"
    C4 = "C4"
    C5 = "C5"


class AmlLevel(StrEnum):
    """The money-laundering risk rating (洗钱风险等级), lowest first; not to be confused with the investor's RiskLevel.

    Source: requirements.md B5 (one bank's five levels).
    """

    LOW = "LOW"
    MEDIUM_LOW = "MEDIUM_LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"
    HIGHEST = "HIGHEST"


class RepresentativeKind(StrEnum):
    """Who stands for a unit: 法定代表人, 负责人, 授权经办人, 控股股东或实际控制人. Source: requirements.md B5."""

    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    PRINCIPAL = "PRINCIPAL"
    AGENT = "AGENT"
    CONTROLLING_SHAREHOLDER = "CONTROLLING_SHAREHOLDER"


class OwnerRelation(StrEnum):
    """By what a person is a beneficial owner (受益所有人): equity, else income or votes, else actual control. Source: Order 2024-3."""

    EQUITY = "EQUITY"
    INCOME_OR_VOTES = "INCOME_OR_VOTES"
    CONTROL = "CONTROL"

"""The elements by which a bank identifies its customer (九要素 of a person, and those of a unit) and the state of each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

__all__ = ["ELEMENT_FIELDS", "ELEMENT_NAMES", "Element", "ElementCode", "ElementScore", "ElementState"]


class Element(StrEnum):
    """One element of identification; which are asked for, and with what weight, the handbook says. Source: requirements.md B5."""

    NAME = "NAME"
    SEX = "SEX"
    NATIONALITY = "NATIONALITY"
    OCCUPATION = "OCCUPATION"
    ADDRESS = "ADDRESS"
    CONTACT = "CONTACT"
    DOCUMENT_TYPE = "DOCUMENT_TYPE"
    DOCUMENT_NUMBER = "DOCUMENT_NUMBER"
    DOCUMENT_EXPIRY = "DOCUMENT_EXPIRY"
    SCOPE = "SCOPE"
    REPRESENTATIVE = "REPRESENTATIVE"
    AGENT = "AGENT"
    CONTROLLER = "CONTROLLER"
    OWNERS = "OWNERS"


ELEMENT_NAMES: Final[Mapping[Element, str]] = MappingProxyType(
    {
        Element.NAME: "姓名(名称)",
        Element.SEX: "性别",
        Element.NATIONALITY: "国籍",
        Element.OCCUPATION: "职业",
        Element.ADDRESS: "住所地或者工作单位地址",
        Element.CONTACT: "联系方式",
        Element.DOCUMENT_TYPE: "证件种类",
        Element.DOCUMENT_NUMBER: "证件号码",
        Element.DOCUMENT_EXPIRY: "证件有效期限",
        Element.SCOPE: "经营范围",
        Element.REPRESENTATIVE: "法定代表人或负责人",
        Element.AGENT: "授权经办人",
        Element.CONTROLLER: "控股股东或实际控制人",
        Element.OWNERS: "受益所有人",
    }
)
"""What the rules call each element; total."""

ELEMENT_FIELDS: Final[Mapping[Element, str]] = MappingProxyType(
    {
        Element.NAME: "name",
        Element.SEX: "sex",
        Element.NATIONALITY: "nationality",
        Element.OCCUPATION: "occupation",
        Element.ADDRESS: "addresses",
        Element.CONTACT: "phones",
        Element.DOCUMENT_TYPE: "documents[0].type",
        Element.DOCUMENT_NUMBER: "documents[0].number",
        Element.DOCUMENT_EXPIRY: "documents[0].expires_on",
        Element.SCOPE: "unit.scope",
        Element.REPRESENTATIVE: "representatives",
        Element.AGENT: "representatives",
        Element.CONTROLLER: "representatives",
        Element.OWNERS: "owners",
    }
)
"""Where a remark on each element points; total."""


class ElementState(StrEnum):
    """How an element stands, best first: there; there and its time over; there and at odds with the number; ill-formed; filler; absent."""

    PRESENT = "PRESENT"
    EXPIRED = "EXPIRED"
    INCONSISTENT = "INCONSISTENT"
    INVALID = "INVALID"
    PLACEHOLDER = "PLACEHOLDER"
    MISSING = "MISSING"


class ElementCode(StrEnum):
    """The codes of remarks on elements; a code is never reused for another meaning."""

    ELEMENT_EXPIRED = "ELEMENT_EXPIRED"
    ELEMENT_INCONSISTENT = "ELEMENT_INCONSISTENT"
    ELEMENT_INVALID = "ELEMENT_INVALID"
    ELEMENT_PLACEHOLDER = "ELEMENT_PLACEHOLDER"
    ELEMENT_MISSING = "ELEMENT_MISSING"


@frozen(kw_only=True)
class ElementScore:
    """An element, its state and its weight; only PRESENT earns the weight."""

    element: Element
    state: ElementState
    weight: Decimal

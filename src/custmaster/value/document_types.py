"""The kinds of document that a customer shows, in families that share one number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.value.identity.registry import NumberForm
from custmaster.value.party import PartyKind

__all__ = ["DOCUMENT_TYPES", "DUPLICATE", "DocumentType", "DocumentTypeRow", "Family", "parse_type"]

DUPLICATE: Final = "/DUPLICATE"
"""What follows a type's code for its 重号 variant: another person holds the same number."""


class DocumentType(StrEnum):
    """The documents that banks record; a bank's own codes are mapped onto these.

    Source: requirements.md B3 (codes of four systems and of the central bank's credit reports).
    """

    RESIDENT_ID = "RESIDENT_ID"
    TEMPORARY_RESIDENT_ID = "TEMPORARY_RESIDENT_ID"
    HOUSEHOLD_REGISTER = "HOUSEHOLD_REGISTER"
    HK_MACAO_RESIDENCE_PERMIT = "HK_MACAO_RESIDENCE_PERMIT"
    TAIWAN_RESIDENCE_PERMIT = "TAIWAN_RESIDENCE_PERMIT"
    PERMANENT_RESIDENCE = "PERMANENT_RESIDENCE"
    FOREIGN_RESIDENCE_PERMIT = "FOREIGN_RESIDENCE_PERMIT"
    HK_MACAO_PERMIT = "HK_MACAO_PERMIT"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    CHINESE_PASSPORT = "CHINESE_PASSPORT"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    HONG_KONG_ID = "HONG_KONG_ID"
    MACAO_ID = "MACAO_ID"
    TAIWAN_ID = "TAIWAN_ID"
    MILITARY_ID = "MILITARY_ID"
    OFFICER_ID = "OFFICER_ID"
    CIVIL_CADRE_ID = "CIVIL_CADRE_ID"
    SOLDIER_ID = "SOLDIER_ID"
    MILITARY_STUDENT_ID = "MILITARY_STUDENT_ID"
    RETIRED_OFFICER_ID = "RETIRED_OFFICER_ID"
    RETIRED_CIVIL_CADRE_ID = "RETIRED_CIVIL_CADRE_ID"
    RETIRED_CADRE_ID = "RETIRED_CADRE_ID"
    ARMED_POLICE_ID = "ARMED_POLICE_ID"
    ARMED_POLICE_SOLDIER_ID = "ARMED_POLICE_SOLDIER_ID"
    POLICE_ID = "POLICE_ID"
    OTHER_PERSON = "OTHER_PERSON"
    CREDIT_CODE = "CREDIT_CODE"
    BUSINESS_LICENCE = "BUSINESS_LICENCE"
    ORGANISATION_CODE = "ORGANISATION_CODE"
    LEI = "LEI"
    OTHER_UNIT = "OTHER_UNIT"


class Family(StrEnum):
    """Documents that carry one and the same number of their holder; equal numbers of one family mean one holder."""

    CITIZEN_NUMBER = "CITIZEN_NUMBER"
    RESIDENCE_PERMIT = "RESIDENCE_PERMIT"
    PERMANENT_RESIDENCE = "PERMANENT_RESIDENCE"
    FOREIGN_RESIDENCE_PERMIT = "FOREIGN_RESIDENCE_PERMIT"
    HK_MACAO_PERMIT = "HK_MACAO_PERMIT"
    TAIWAN_PERMIT = "TAIWAN_PERMIT"
    CHINESE_PASSPORT = "CHINESE_PASSPORT"
    FOREIGN_PASSPORT = "FOREIGN_PASSPORT"
    HONG_KONG_ID = "HONG_KONG_ID"
    MACAO_ID = "MACAO_ID"
    TAIWAN_ID = "TAIWAN_ID"
    MILITARY_ID = "MILITARY_ID"
    OFFICER_ID = "OFFICER_ID"
    CIVIL_CADRE_ID = "CIVIL_CADRE_ID"
    SOLDIER_ID = "SOLDIER_ID"
    MILITARY_STUDENT_ID = "MILITARY_STUDENT_ID"
    RETIRED_OFFICER_ID = "RETIRED_OFFICER_ID"
    RETIRED_CIVIL_CADRE_ID = "RETIRED_CIVIL_CADRE_ID"
    RETIRED_CADRE_ID = "RETIRED_CADRE_ID"
    ARMED_POLICE_ID = "ARMED_POLICE_ID"
    ARMED_POLICE_SOLDIER_ID = "ARMED_POLICE_SOLDIER_ID"
    POLICE_ID = "POLICE_ID"
    OTHER_PERSON = "OTHER_PERSON"
    CREDIT_CODE = "CREDIT_CODE"
    ORGANISATION_CODE = "ORGANISATION_CODE"
    LEI = "LEI"
    OTHER_UNIT = "OTHER_UNIT"


@frozen(kw_only=True)
class DocumentTypeRow:
    """One row of the table: the type's names, who holds it, its family and the form of its number."""

    zh: str
    en: str
    party: PartyKind
    family: Family
    form: NumberForm


def _person(zh: str, en: str, family: Family, form: NumberForm = NumberForm.FREE_FORM) -> DocumentTypeRow:
    return DocumentTypeRow(zh=zh, en=en, party=PartyKind.PERSON, family=family, form=form)


def _unit(zh: str, en: str, family: Family, form: NumberForm = NumberForm.FREE_FORM) -> DocumentTypeRow:
    return DocumentTypeRow(zh=zh, en=en, party=PartyKind.UNIT, family=family, form=form)


_T: Final = DocumentType
_F: Final = Family
_N: Final = NumberForm

DOCUMENT_TYPES: Final[Mapping[DocumentType, DocumentTypeRow]] = MappingProxyType(
    {
        _T.RESIDENT_ID: _person("居民身份证", "resident identity card", _F.CITIZEN_NUMBER, _N.RESIDENT),
        _T.TEMPORARY_RESIDENT_ID: _person(
            "临时居民身份证", "temporary resident identity card", _F.CITIZEN_NUMBER, _N.RESIDENT
        ),
        _T.HOUSEHOLD_REGISTER: _person("户口簿", "household register", _F.CITIZEN_NUMBER, _N.RESIDENT),
        _T.HK_MACAO_RESIDENCE_PERMIT: _person(
            "港澳居民居住证",
            "residence permit for Hong Kong and Macao residents",
            _F.RESIDENCE_PERMIT,
            _N.RESIDENCE_PERMIT,
        ),
        _T.TAIWAN_RESIDENCE_PERMIT: _person(
            "台湾居民居住证", "residence permit for Taiwan residents", _F.RESIDENCE_PERMIT, _N.RESIDENCE_PERMIT
        ),
        _T.PERMANENT_RESIDENCE: _person(
            "外国人永久居留身份证",
            "foreigner's permanent residence card",
            _F.PERMANENT_RESIDENCE,
            _N.PERMANENT_RESIDENCE,
        ),
        _T.FOREIGN_RESIDENCE_PERMIT: _person(
            "外国人居留证", "foreigner's residence permit", _F.FOREIGN_RESIDENCE_PERMIT
        ),
        _T.HK_MACAO_PERMIT: _person(
            "港澳居民来往内地通行证",
            "mainland travel permit for Hong Kong and Macao residents",
            _F.HK_MACAO_PERMIT,
            _N.HK_MACAO_PERMIT,
        ),
        _T.TAIWAN_PERMIT: _person(
            "台湾居民来往大陆通行证", "mainland travel permit for Taiwan residents", _F.TAIWAN_PERMIT, _N.TAIWAN_PERMIT
        ),
        _T.CHINESE_PASSPORT: _person("中国护照", "Chinese passport", _F.CHINESE_PASSPORT, _N.CHINESE_PASSPORT),
        _T.FOREIGN_PASSPORT: _person("外国护照", "foreign passport", _F.FOREIGN_PASSPORT, _N.FOREIGN_PASSPORT),
        _T.HONG_KONG_ID: _person("香港身份证", "Hong Kong identity card", _F.HONG_KONG_ID, _N.HONG_KONG_ID),
        _T.MACAO_ID: _person("澳门身份证", "Macao identity card", _F.MACAO_ID, _N.MACAO_ID),
        _T.TAIWAN_ID: _person("台湾身份证", "Taiwan identity card", _F.TAIWAN_ID, _N.TAIWAN_ID),
        _T.MILITARY_ID: _person("解放军军人身份证", "serviceman's identity card", _F.MILITARY_ID, _N.MILITARY),
        _T.OFFICER_ID: _person("军官证", "officer's card", _F.OFFICER_ID, _N.MILITARY),
        _T.CIVIL_CADRE_ID: _person("文职干部证", "civil cadre's card", _F.CIVIL_CADRE_ID, _N.MILITARY),
        _T.SOLDIER_ID: _person("军人士兵证", "soldier's card", _F.SOLDIER_ID, _N.MILITARY),
        _T.MILITARY_STUDENT_ID: _person(
            "军事院校学员证", "military student's card", _F.MILITARY_STUDENT_ID, _N.MILITARY
        ),
        _T.RETIRED_OFFICER_ID: _person("军官退休证", "retired officer's card", _F.RETIRED_OFFICER_ID, _N.MILITARY),
        _T.RETIRED_CIVIL_CADRE_ID: _person(
            "文职干部退休证", "retired civil cadre's card", _F.RETIRED_CIVIL_CADRE_ID, _N.MILITARY
        ),
        _T.RETIRED_CADRE_ID: _person(
            "离休干部荣誉证", "retired cadre's card of honour", _F.RETIRED_CADRE_ID, _N.MILITARY
        ),
        _T.ARMED_POLICE_ID: _person("武警身份证件", "armed police identity card", _F.ARMED_POLICE_ID, _N.MILITARY),
        _T.ARMED_POLICE_SOLDIER_ID: _person(
            "武警士兵证", "armed police soldier's card", _F.ARMED_POLICE_SOLDIER_ID, _N.MILITARY
        ),
        _T.POLICE_ID: _person("警官证", "police officer's card", _F.POLICE_ID, _N.MILITARY),
        _T.OTHER_PERSON: _person("其他个人证件", "other document of a person", _F.OTHER_PERSON),
        _T.CREDIT_CODE: _unit(
            "统一社会信用代码证", "certificate of the unified social credit code", _F.CREDIT_CODE, _N.CREDIT_CODE
        ),
        _T.BUSINESS_LICENCE: _unit("营业执照", "business licence", _F.CREDIT_CODE, _N.CREDIT_CODE),
        _T.ORGANISATION_CODE: _unit(
            "组织机构代码证", "organisation code certificate", _F.ORGANISATION_CODE, _N.ORGANISATION_CODE
        ),
        _T.LEI: _unit("全球法人识别编码", "legal entity identifier", _F.LEI, _N.LEI),
        _T.OTHER_UNIT: _unit("其他单位证照", "other document of a unit", _F.OTHER_UNIT),
    }
)
"""Every type, total. A law holds it: the types of one family have one form of number."""


def parse_type(code: str) -> tuple[DocumentType, bool]:
    """The type behind a code such as "RESIDENT_ID", and whether it is the 重号 variant, "RESIDENT_ID/DUPLICATE".

    Errors: InvalidValue UNKNOWN_CODE.

    >>> parse_type("RESIDENT_ID/DUPLICATE")
    (<DocumentType.RESIDENT_ID: 'RESIDENT_ID'>, True)
    """
    plain = code.removesuffix(DUPLICATE)
    if plain not in DocumentType.__members__:
        raise InvalidValue(
            Fault.UNKNOWN_CODE, length=len(code), remedy="see custmaster.value.document_types.DOCUMENT_TYPES"
        )
    return DocumentType[plain], plain != code

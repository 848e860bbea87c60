"""Where the form of each identity number is laid down, for the citation of a reason."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.value.identity.registry import NumberForm

__all__ = ["STANDARDS"]

STANDARDS: Final[Mapping[NumberForm, str]] = MappingProxyType(
    {
        NumberForm.RESIDENT: "GB 11643-1999",
        NumberForm.RESIDENCE_PERMIT: "港澳台居民居住证申领发放办法; GB 11643-1999",
        NumberForm.PERMANENT_RESIDENCE: "外国人永久居留身份证 (2017, 2023)",
        NumberForm.CREDIT_CODE: "GB 32100-2015",
        NumberForm.LEI: "ISO 17442-1:2020",
        NumberForm.ORGANISATION_CODE: "GB 11714-1997",
        NumberForm.HONG_KONG_ID: "香港身份證",
        NumberForm.TAIWAN_ID: "臺灣身分證統一編號",
        NumberForm.CARD_NUMBER: "ISO/IEC 7812-1:2017",
        NumberForm.HK_MACAO_PERMIT: "港澳居民来往内地通行证",
        NumberForm.CHINESE_PASSPORT: "中华人民共和国护照",
        NumberForm.MACAO_ID: "澳門居民身份證",
        NumberForm.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
        NumberForm.FOREIGN_PASSPORT: "ICAO Doc 9303",
        NumberForm.MILITARY: "军人、武警身份证件",
        NumberForm.FREE_FORM: "-",
    }
)
"""The standard, or the document where no standard of the number is public."""

"""One row of the fictional bank's customer file, and the codes that this bank writes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

__all__ = ["COLUMNS", "DOCUMENT_CODES", "KIND_CODES", "SEX_CODES", "FictionalCustomer"]

KIND_CODES: Final[Mapping[str, str]] = {"1": "PERSON", "2": "UNIT"}
SEX_CODES: Final[Mapping[str, str]] = {"1": "MALE", "2": "FEMALE"}
DOCUMENT_CODES: Final[Mapping[str, str]] = {
    "01": "RESIDENT_ID",
    "02": "TEMPORARY_RESIDENT_ID",
    "03": "HOUSEHOLD_REGISTER",
    "11": "HK_MACAO_PERMIT",
    "12": "TAIWAN_PERMIT",
    "13": "HK_MACAO_RESIDENCE_PERMIT",
    "14": "TAIWAN_RESIDENCE_PERMIT",
    "21": "CHINESE_PASSPORT",
    "22": "FOREIGN_PASSPORT",
    "23": "PERMANENT_RESIDENCE",
    "51": "CREDIT_CODE",
    "52": "ORGANISATION_CODE",
}
"""The fictional bank's own document codes -> document types of `custmaster.value.document_types`."""


@frozen(kw_only=True)
class FictionalCustomer:
    """A fictional customer as the text of each cell; an empty text is an empty cell.

    Days are ISO texts (expires_on may be 长期, long-term). `fault` is the truth: the name of the one fault that was put in, or
    None. It is no column of the file, so nothing that checks the file can see it.
    """

    row: int
    customer_number: str
    kind: str
    name: str
    document_type: str
    document_number: str
    issued_on: str = ""
    expires_on: str = ""
    sex: str = ""
    birth_date: str = ""
    mobile: str = ""
    address: str = ""
    nationality: str = "CHN"
    occupation: str = ""
    opened_on: str = ""
    fault: str | None = None


COLUMNS: Final = (
    ("customer_number", "客户号"),
    ("kind", "客户类型"),
    ("name", "客户名称"),
    ("document_type", "证件类型"),
    ("document_number", "证件号码"),
    ("issued_on", "签发日期"),
    ("expires_on", "证件到期日"),
    ("sex", "性别"),
    ("birth_date", "出生日期"),
    ("mobile", "手机号码"),
    ("address", "联系地址"),
    ("nationality", "国籍"),
    ("occupation", "职业"),
    ("opened_on", "开户日期"),
)
"""The columns in order: the field of FictionalCustomer, which is the English heading too, and the Chinese heading."""

"""What the machine of contracts plays with: a catalogue with every kind of product, and persons of whom most bear one name."""

from __future__ import annotations

from datetime import date
from typing import Final

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.kinds import Category, Effect, Flow, Level
from custmaster.contract.product import Exclusion, Product
from custmaster.customer.entry import Entry
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["CATALOGUE", "PEOPLE"]

_P: Final = Category.PRODUCT_SERVICE
_T: Final = Category.TRANSACTION_BEHAVIOUR
_C: Final = Category.COLLECTION_PAYMENT
_ACCOUNT: Final = Level.ACCOUNT

CATALOGUE: Final = Catalogue(
    version="kit",
    positions=2,
    products=[
        Product(number="01", zh="三方存管", en="securities custody", category=Category.THIRD_PARTY),
        Product(number="02", zh="水费代扣", en="water", category=_C, flow=Flow.COLLECT, transferable=True),
        Product(number="03", zh="代发工资", en="payroll", category=_C, flow=Flow.PAY, transferable=True),
        Product(number="04", zh="电子银行", en="e-banking", category=_P),
        Product(number="05", zh="手机银行", en="mobile", category=_P, needs=["04"], excludes=[Exclusion(product="06")]),
        Product(number="06", zh="电话银行", en="telephone", category=_P),
        Product(
            number="07",
            zh="短信通",
            en="alerts",
            category=_P,
            level=_ACCOUNT,
            reference_in_key=True,
            transferable=True,
        ),
        Product(number="08", zh="积分", en="points", category=_P, level=_ACCOUNT, needs=["07"], transferable=True),
        Product(
            number="09",
            zh="附属卡",
            en="cards beside",
            category=_P,
            level=_ACCOUNT,
            several_per_card=True,
            must_end=True,
            transferable=True,
        ),
        Product(number="10", zh="非柜面限额", en="limit", category=_T, resign_maintains=True),
        Product(number="11", zh="定期转账", en="standing order", category=_T, level=_ACCOUNT, transferable=True),
        Product(
            number="12",
            zh="信用卡还款",
            en="card repayment",
            category=_T,
            level=_ACCOUNT,
            repays=True,
            terminable=False,
        ),
        Product(
            number="13",
            zh="活期理财",
            en="sweep",
            category=_P,
            level=_ACCOUNT,
            closing=Effect.BLOCK,
            excludes=[Exclusion(product="14", priority=1)],
            transferable=True,
        ),
        Product(
            number="14",
            zh="定投",
            en="plan",
            category=_P,
            level=_ACCOUNT,
            excludes=[Exclusion(product="13", priority=2)],
            transferable=True,
        ),
    ],
)
"""One product of every kind: each flow and level, needs, exclusions with a stronger side, several for a card, limits, what must end."""


def _person(name: str, place: int, paper: DocumentType) -> Entry:
    """A person with one document; whoever bears one name was born on one day, so that a merge is a question for a person."""
    document = IdentityDocument(
        type=paper, number=DocumentNumber(f"E1234567{place}"), issued_on=date(2018, 3, 1), expires_on=date(2058, 3, 1)
    )
    return Entry(
        kind=PartyKind.PERSON,
        name=Name(name),
        documents=[document],
        sex=Sex.MALE,
        birth_date=date(1950, 1, 1),
        nationality="CHN",
        occupation="教师",
        phones=[Phone(f"1390000{1230 + place}")],
        addresses=[Address(f"北京市朝阳区桂影路{1 + place}号101室")],
    )


PEOPLE: Final = (
    _person("王伟", 0, DocumentType.CHINESE_PASSPORT),
    _person("王伟", 1, DocumentType.SOLDIER_ID),
    _person("王伟", 2, DocumentType.OTHER_PERSON),
    _person("李芳", 3, DocumentType.CHINESE_PASSPORT),
)
"""Persons as they apply: three bear one name, so that merging them is a question, and nobody merges the fourth."""

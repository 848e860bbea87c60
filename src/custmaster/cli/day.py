"""A bank's day for the demo: one fictional customer opens, is found again, changes, expires, is removed, comes back, is merged; with her contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, cast

from attrs import define, field, frozen

from custmaster.cli.contract_day import closed, limited, screened, signed
from custmaster.cli.merge_day import merged_and_parted
from custmaster.customer import Customer, Entry, change
from custmaster.customer import evolve as apply
from custmaster.customer.children import Reached
from custmaster.customer.completeness import score, score_remarks
from custmaster.customer.events import CustomerEvent
from custmaster.decision import Allowed, Decision, Occasion, Outcome, Reason
from custmaster.dedup import Candidate
from custmaster.desk import Opening, OpeningFacts, ReactivationFacts, RemovalFacts, reactivate, remove
from custmaster.desk import open as opening
from custmaster.errors import UnusableInput
from custmaster.handbook import Handbook, Page
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

__all__ = ["Scene", "bank_day"]

_SYSTEMS: Final = ("BP", "EUSP")
_ISSUED: Final = date(2018, 5, 6)
_EXPIRES: Final = date(2038, 5, 6)
_LATER: Final = date(2038, 12, 1)


@frozen(kw_only=True)
class Scene:
    """One question of the day, in both languages, and what it was answered with."""

    zh: str
    en: str
    outcome: str
    reasons: tuple[Reason, ...]


def bank_day(book: Handbook, day: date) -> tuple[Scene, ...]:
    """The scenes in their order; the people in them do not exist.

    Errors: UnusableInput for a day on which she is not opened, such as one before her document was issued.

    >>> from custmaster.handbook import default
    >>> [scene.outcome for scene in bank_day(default(), date(2026, 11, 23))][-5:]
    ['REFUSED', 'ALLOWED', 'REVIEW', 'ALLOWED', 'ALLOWED']
    """
    bank = _Bank(page=book.on(day), day=day)
    bank.open("张伟来开户", "a customer opens", _applicant())
    bank.refuse_to_go_on_without_her()
    bank.open("同一人再来开户,姓名中有空格", "she comes again, a space in her name", _applicant(name="张 伟"))
    bank.open(
        "换一本护照,同名同手机号",
        "a passport, the same name and mobile",
        _applicant(DocumentType.CHINESE_PASSPORT, "E12345678"),
    )
    bank.open(
        "只查了新核心",
        "another person, and only the new core was searched",
        _applicant(name="李娜", number="440524198801010046"),
        ("BP",),
    )
    bank.change("增加一个手机号", "a second mobile", change.AddChild(child=Reached(contact=Phone("13952706318"))))
    bank.contracts()
    bank.expire("多年以后证件过期", "years later the document has expired", book)
    bank.remove("要求销户,还有一个账户", "removal is asked for, with an open account", accounts=1)
    bank.remove("账户已销", "the account is closed", accounts=0)
    bank.open("销户后又来开户", "she comes to open again", _applicant())
    bank.reactivate("激活", "reactivated")
    bank.merge()
    return tuple(bank.scenes)


def _applicant(
    kind: DocumentType = DocumentType.RESIDENT_ID, number: str = "44052419880101002X", name: str = "张伟"
) -> Entry:
    card = IdentityDocument(type=kind, number=DocumentNumber(number), issued_on=_ISSUED, expires_on=_EXPIRES)
    return Entry(
        name=Name(name),
        documents=(card,),
        sex=Sex.FEMALE,
        birth_date=date(1988, 1, 1),
        nationality="CHN",
        occupation="教师",
        phones=(Phone("13651980247"),),
        addresses=(Address("北京市海淀区中关村大街27号"),),
    )


@define
class _Bank:
    """The host of the demo: it keeps one record, and hands out request ids and numbers."""

    page: Page
    day: date
    customer: Customer | None = None
    scenes: list[Scene] = field(factory=list[Scene])

    def open(self, zh: str, en: str, applicant: Entry, searched: tuple[str, ...] = _SYSTEMS) -> None:
        facts = OpeningFacts(candidates=self._found(), searched=searched)
        self._ask((zh, en), lambda when: opening.decide(Opening(applicant=applicant), facts, when, self.page))

    def refuse_to_go_on_without_her(self) -> None:
        if self.customer is None:
            codes = ", ".join(str(one.code) for one in self.scenes[-1].reasons if one.outcome is not Outcome.ALLOWED)
            remedy = f"ask for a day from {_ISSUED} to {_EXPIRES}, the days of her document, by a handbook that lets her open"
            raise UnusableInput(
                "--as-of", problem=f"the story's customer is not opened on {self.day}: {codes}", remedy=remedy
            )

    def change(self, zh: str, en: str, asked: change.Change) -> None:
        self._ask((zh, en), lambda when: change.decide(self._known(), asked, occasion=when, page=self.page))

    def remove(self, zh: str, en: str, accounts: int) -> None:
        facts = RemovalFacts(open_accounts=accounts, live_cards=0, live_contracts=(), roster_entries=0)
        self._ask((zh, en), lambda when: remove.decide(self._known(), facts, when, self.page))

    def reactivate(self, zh: str, en: str) -> None:
        facts = ReactivationFacts(candidates=self._found(), searched=_SYSTEMS)
        self._ask((zh, en), lambda when: reactivate.decide(self._known(), facts, when, self.page))

    def merge(self) -> None:
        for told in merged_and_parted(self._known(), self.page, self.day):
            self._tell(told)

    def contracts(self) -> None:
        number = self._known().number
        listed = _applicant(name="王芳", number="440524198801010126")
        self._tell(screened(listed, _SYSTEMS, self.page))
        answers = tuple(signed(number, self.page))
        _, held = answers[-1]
        for told in (
            *(told for told, _ in answers),
            *limited(number, held, self.page),
            *closed(number, held, self.page),
        ):
            self._tell(told)

    def _tell(self, told: tuple[str, str, Decision]) -> None:
        zh, en, answer = told
        self.scenes.append(Scene(zh=zh, en=en, outcome=answer.outcome.value, reasons=answer.reasons))

    def expire(self, zh: str, en: str, book: Handbook) -> None:
        known, page = self._known(), book.on(_LATER)
        remarks = score_remarks(score(known, page=page, day=_LATER), entry=known.entry(_LATER), page=page)
        reasons = tuple(remark.reason for remark in remarks)
        self.scenes.append(Scene(zh=zh, en=en, outcome="REVIEW" if reasons else "ALLOWED", reasons=reasons))

    def _known(self) -> Customer:
        return self.customer if self.customer is not None else Customer(number="6000000001", kind=_applicant().kind)

    def _found(self) -> tuple[Candidate, ...]:
        one = self.customer
        return () if one is None else (Candidate(number=one.number, status=one.status, entry=one.entry(self.day)),)

    def _ask(self, told: tuple[str, str], ask: Callable[[Occasion], Decision]) -> None:
        place = len(self.scenes) + 1
        when = Occasion(day=self.day, actor="S-0042", request_id=f"T-{place}", numbers=(f"{6000000000 + place}",))
        answer = ask(when)
        if isinstance(answer, Allowed):
            for event in answer.events:
                self.customer = apply(self.customer, cast("CustomerEvent", event))
        self.scenes.append(Scene(zh=told[0], en=told[1], outcome=answer.outcome.value, reasons=answer.reasons))

"""Rules on the characters of names and addresses, on phones and on card numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from custmaster.customer.codes import EntryCode
from custmaster.customer.entry import Entry
from custmaster.decision import Citation, Outcome, Reason, Remark
from custmaster.value.fold import Mark
from custmaster.value.identity import card_number
from custmaster.value.phone import Phone, PhoneKind

__all__ = ["MARK_CODES", "NUMBER_CODES", "card_remarks", "phone_remarks", "text_remarks"]

MARK_CODES: Final[Mapping[Mark, tuple[EntryCode, Outcome, bool]]] = {
    # mark: (code, how far it goes, whether an address is remarked on too)
    Mark.INVISIBLE: (EntryCode.TEXT_INVISIBLE, Outcome.REVIEW, True),
    Mark.BIDI: (EntryCode.TEXT_BIDI, Outcome.REVIEW, True),
    Mark.CONTROL: (EntryCode.TEXT_CONTROL, Outcome.REVIEW, True),
    Mark.DAMAGED: (EntryCode.TEXT_DAMAGED, Outcome.REVIEW, True),
    Mark.WIDTH: (EntryCode.TEXT_WIDTH, Outcome.ALLOWED, False),
    Mark.SPACES: (EntryCode.TEXT_SPACES, Outcome.ALLOWED, False),
}
_INVALID: Final = PhoneKind.INVALID  # looked up once: the member of an enumeration takes its time to reach
_TEXT: Final = Citation(article="B4")
_CARD: Final = Citation(article="B3")
_PHONE: Final = Citation(article="R-52")

NUMBER_CODES: Final[Mapping[EntryCode, tuple[str, Outcome, Citation]]] = {
    # code: (list of the entry, how far it goes, source)
    EntryCode.PHONE_INVALID: ("phones", Outcome.REVIEW, _PHONE),
    EntryCode.PHONE_SEVERAL: ("phones", Outcome.REVIEW, _PHONE),
    EntryCode.PHONE_PLACEHOLDER: ("phones", Outcome.REVIEW, _PHONE),
    EntryCode.CARD_CHECK_DIGIT: ("card_numbers", Outcome.REFUSED, _CARD),
}
"""What can be remarked on telephones and card numbers."""


def text_remarks(entry: Entry) -> Iterator[Remark]:
    """What a person should look at in the characters of the name and the addresses."""
    if entry.name is not None and (marks := entry.name.marks):
        yield from _marked(entry, "name", marks)
    for place, address in enumerate(entry.addresses):
        marks = address.marks
        if marks:
            yield from _marked(entry, f"addresses[{place}]", tuple(m for m in marks if MARK_CODES[m][2]))


def phone_remarks(entry: Entry) -> Iterator[Remark]:
    """Phones that cannot be called, hold several numbers, or were typed to fill the field."""
    for place, phone in enumerate(entry.phones):
        code = _phone_fault(phone)
        if code is not None:
            yield _numbered(entry, place, code)


def card_remarks(entry: Entry) -> Iterator[Remark]:
    """Card numbers whose check digit does not fit."""
    for place, card in enumerate(entry.card_numbers):
        if not card_number.is_valid(card.reveal()):
            yield _numbered(entry, place, EntryCode.CARD_CHECK_DIGIT)


def _phone_fault(phone: Phone) -> EntryCode | None:
    if phone.kind is not _INVALID:
        return EntryCode.PHONE_PLACEHOLDER if phone.is_filler else None
    return EntryCode.PHONE_SEVERAL if phone.is_several else EntryCode.PHONE_INVALID


def _numbered(entry: Entry, place: int, code: EntryCode) -> Remark:
    listed, outcome, citation = NUMBER_CODES[code]
    return _remark(entry, f"{listed}[{place}]", code, outcome, citation)


def _marked(entry: Entry, field: str, marks: tuple[Mark, ...]) -> Iterator[Remark]:
    for mark in marks:
        code, outcome, _ = MARK_CODES[mark]
        yield _remark(entry, field, code, outcome, _TEXT)


def _remark(entry: Entry, field: str, code: EntryCode, outcome: Outcome, citation: Citation) -> Remark:
    reason = Reason(code=code, outcome=outcome, citation=citation, subject=entry.customer_number)
    return Remark(field=field, reason=reason)

"""What a hit means for opening: the table by cause, the scope, and lists that were not asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve as changed

from custmaster.decision import Outcome
from custmaster.handbook import Page, default, default_text, parse
from custmaster.screening import (
    EVERY_HIT,
    OPENING,
    Identity,
    ListEntry,
    Origin,
    RestrictionCause,
    Scope,
    Screen,
    Screened,
    judge_opening,
    reasons_of,
)
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.span import Span

TODAY = date(2026, 11, 28)
PAGE = default().on(TODAY)
CARD = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002X"))
PERSON = Identity(names=[Name("张伟")], documents=[CARD])


def strict(day: date = TODAY) -> Page:
    head = "[[screening.before_opening]]"
    before, _, after = default_text().partition(head)
    return parse(before + head + after.replace("value = false", "value = true", 1), source="strict.toml").on(day)


def ask(asked: Identity, on: date = TODAY, **more: Any) -> Screened:
    entry = ListEntry(**{"origin": Origin.INTERNAL, "list_name": "A", "number": "7", "identity": PERSON} | more)
    return Screen(entries=[entry]).query(asked, on, lapsed=True)


def said(screened: Screened | None, page: Page = PAGE) -> list[tuple[str, str, bool]]:
    return [(str(one.code), str(one.outcome), one.liftable) for one in judge_opening(screened, page)]


@pytest.mark.parametrize("cause", RestrictionCause)
def test_a_document_refuses_by_the_table_and_a_name_alone_never(cause: RestrictionCause) -> None:
    assert set(OPENING) == set(EVERY_HIT) == set(RestrictionCause)
    by_document, by_name = OPENING[cause]
    assert by_name is not Outcome.REFUSED
    assert said(ask(PERSON, cause=cause)) == [("LISTED", str(by_document), True)]
    assert said(ask(Identity(names=[Name("张伟")]), cause=cause)) == [("LISTED", str(by_name), True)]
    assert said(ask(Identity(names=[Name("張偉")]), cause=cause)) == [("LISTED_PERHAPS", str(by_name), True)]


def test_no_new_account_refuses_and_a_ban_of_channels_alone_is_a_note() -> None:
    opening = {"cause": RestrictionCause.ACCOUNT_SALE_CONVICTED, "scope": Scope(actions=["OPEN_CUSTOMER"])}
    assert said(ask(PERSON, **opening)) == [("LISTED", "REFUSED", True)]
    transfers = ask(PERSON, scope=Scope(actions=["TRANSFER"]))
    assert said(transfers) == [("LISTED", "ALLOWED", True)]
    assert [one.outcome for one in reasons_of(transfers, None, EVERY_HIT)] == [Outcome.REFUSED]


def test_what_was_cleared_or_has_lapsed_is_a_note() -> None:
    younger = Identity(names=[Name("张伟")], birth_date=date(1990, 1, 1))
    (cleared,) = judge_opening(ask(younger), PAGE)
    assert (str(cleared.code), cleared.outcome, dict(cleared.facts)["against"]) == (
        "LISTED_CLEARED",
        Outcome.ALLOWED,
        "BIRTH_DATE",
    )
    assert said(ask(PERSON, valid=Span(None, TODAY))) == [("LISTED_LAPSED", "ALLOWED", True)]


def test_lists_that_were_not_asked_stand_in_the_way_where_the_handbook_says_so() -> None:
    not_screened = ("NOT_SCREENED", "REVIEW", False)
    nobody = Screened(on=TODAY)
    assert said(None) == []
    assert said(None, strict()) == [not_screened]
    assert said(nobody, strict()) == []
    assert said(nobody, strict(date(2026, 11, 29))) == [not_screened]
    assert said(ask(Identity()), strict()) == [not_screened]
    assert said(ask(PERSON), strict(date(2026, 11, 29))) == [("LISTED", "REFUSED", True), not_screened]


def test_a_bank_brings_its_own_table() -> None:
    lenient = {**OPENING, RestrictionCause.BLACKLIST: OPENING[RestrictionCause.ID_EXPIRED]}
    assert [one.outcome for one in judge_opening(ask(PERSON), PAGE, effects=lenient)] == [Outcome.ALLOWED]


def test_a_reason_cites_what_the_entry_rests_on() -> None:
    assert [one.citation.article for one in judge_opening(ask(PERSON, source="notice 7"), PAGE)] == ["notice 7"]
    (told,) = judge_opening(ask(PERSON), PAGE)
    assert told.citation.article == "A"
    assert dict(told.facts) == {"list": "A", "number": "7", "cause": "BLACKLIST", "how": "DOCUMENT NAME"}
    assert changed(told, subject=None) == told

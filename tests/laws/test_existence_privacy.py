"""No personal data in what the check says: plant a token in every field, look for it in verdict, evidence, reasons and errors."""

from __future__ import annotations

import json
import pprint
import traceback
from datetime import date

import attrs
import pytest

from custmaster.customer.entry import Entry
from custmaster.decision import Occasion
from custmaster.dedup import TABLES, Candidate, as_decision, check, keyed, keys
from custmaster.dedup.evidence import compare
from custmaster.dedup.keys import KeyText
from custmaster.errors import CustmasterError, InvalidValue
from custmaster.handbook import Language, default, render
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

# In every number and text below; 1973-09-11 holds it too.
CANARY = "7391"
BIRTH = date(1973, 9, 11)
DAY = date(2026, 11, 23)
FORBIDDEN = (CANARY, "1973", "9, 11", "09-11", "阿卜", "FEMALE", "女")


def customer(name: str = "阿卜杜7391买买提") -> Entry:
    return Entry(
        name=Name(name),
        documents=(
            IdentityDocument(type=DocumentType.OTHER_PERSON, number=DocumentNumber("AB739100001"), issuer="阿卜7391局"),
            IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("110105197309117391")),
        ),
        sex=Sex.FEMALE,
        birth_date=BIRTH,
        phones=(Phone("13873910123"),),
        addresses=(Address("阿卜市海淀区7391路1号"),),
    )


def shown(value: object) -> list[str]:
    return [repr(value), str(value), format(value), pprint.pformat(value), repr([value]), repr({"v": (value,)})]


def clean(text: str) -> bool:
    # An entry shows its sex, as any record does; what the check says of it must not.
    return not any(word in text for word in FORBIDDEN)


CASES = [customer(), customer("阿卜杜7391买买堤"), customer("阿卜杜7391?买提"), Entry(name=Name("阿卜7391"))]


@pytest.mark.parametrize("other", CASES)
@pytest.mark.parametrize("status", ["ACTIVE", "DELETED"])
def test_nothing_that_the_check_says_holds_personal_data(other: Entry, status: str) -> None:
    candidate = Candidate(number="7000000001", status=status, entry=other)
    found = check(customer(), [candidate], searched=("BP",), required=("BP", "EUSP"))
    decision = as_decision(found, Occasion(day=DAY, actor="S-1", request_id="T-1"), default().on(DAY))
    texts = [*shown(found), *shown(found.considered), *shown(found.reasons), *shown(decision)]
    texts += [json.dumps(attrs.asdict(found), default=str)]
    texts += [render(str(reason.code), reason.facts, lang) for reason in decision.reasons for lang in Language]
    assert [text for text in texts if not clean(text)] == []


def test_keys_sides_and_candidates_show_masks_alone() -> None:
    ready = keyed(customer(), former=(Name("阿卜7391"),))
    assert any(CANARY in key.reveal() for key in keys(ready)), "the canary is in the keys"
    values = [keys(ready), ready.keys[0], ready.keys[0].value, ready.side, ready.side.papers, ready.side.name]
    values.append(compare(ready, ready, TABLES[ready.side.kind]))
    assert [text for value in values for text in shown(value) if not clean(text)] == []
    candidate = Candidate(number="7000000001", entry=ready)
    for value in (ready, candidate):
        assert [text for text in shown(value) if CANARY in text or "1973" in text] == [], "an address shows its city"


def test_errors_hold_no_personal_data() -> None:
    def circle() -> object:
        entry = customer()
        one = Candidate(number="7000000001", status="MERGED", merged_into="7000000002", entry=entry)
        other = Candidate(number="7000000002", status="MERGED", merged_into="7000000001", entry=entry)
        return check(entry, [one, other], searched=(), required=())

    def no_such_status() -> object:
        return Candidate(number="7000000001", status="阿卜7391", entry=customer())

    for broken, kind in ((circle, CustmasterError), (no_such_status, InvalidValue)):
        with pytest.raises(kind) as caught:
            broken()
        assert clean("".join(traceback.format_exception(caught.value)).replace('阿卜7391",', ""))


def test_the_canary_would_be_seen() -> None:
    assert not clean(KeyText("7391").reveal())

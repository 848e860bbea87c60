"""Every labelled pair comes out as its label says. The labels are another reader's; see README.md beside them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.customer.entry import Entry
from custmaster.dedup import Candidate, Existence, Keyed, check, keyed, keys
from custmaster.value.address import Address
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

LINES = (Path(__file__).parent / "existence_pairs.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
SYSTEMS = ("BP", "EUSP")


def document(raw: dict[str, Any]) -> IdentityDocument:
    return IdentityDocument(
        type=DocumentType(raw["type"]), number=DocumentNumber(raw["number"]), duplicate=raw.get("duplicate", False)
    )


def party(raw: dict[str, Any]) -> Keyed:
    entry = Entry(
        kind=PartyKind(raw["kind"]),
        name=Name(raw["name"]) if raw.get("name") else None,
        documents=[document(one) for one in raw.get("documents", ())],
        sex=Sex(raw["sex"]) if raw.get("sex") else None,
        birth_date=date.fromisoformat(raw["birth_date"]) if raw.get("birth_date") else None,
        phones=[Phone(phone) for phone in raw.get("phones", ())],
        addresses=[Address(address) for address in raw.get("addresses", ())],
    )
    return keyed(entry, former=tuple(Name(name) for name in raw.get("former_names", ())))


def found(pair: dict[str, Any]) -> Existence:
    known = pair["candidate"]
    candidate = Candidate(
        number=known["customer_number"],
        status=known["status"],
        merged_into=known.get("merged_into"),
        entry=party(known),
    )
    return check(party(pair["applicant"]), [candidate], searched=pair["searched"], required=SYSTEMS)


@pytest.mark.parametrize("pair", [pytest.param(pair, id=f"{pair['id']}-{pair['scenario']}") for pair in PAIRS])
def test_the_verdict_is_the_label(pair: dict[str, Any]) -> None:
    assert found(pair).verdict == pair["verdict"], pair["note"]


def test_a_pair_that_is_more_than_new_would_have_been_looked_up() -> None:
    apart = [
        pair["id"]
        for pair in PAIRS
        if pair["verdict"] not in {"NEW", "UNDECIDABLE"}
        and not set(keys(party(pair["applicant"]))) & set(keys(party(pair["candidate"])))
    ]
    assert apart == []


def test_a_merged_candidate_leads_to_its_survivor() -> None:
    merged = [pair for pair in PAIRS if pair["verdict"] == "EXISTS_VIA_ALIAS"]
    assert merged
    assert all(found(pair).number == pair["candidate"]["merged_into"] for pair in merged)

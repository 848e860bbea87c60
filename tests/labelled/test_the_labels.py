"""The labelled pairs are well-formed, many and hard enough; no rule of the existence check or of the stock is evaluated here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.value import fold
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, Family
from custmaster.value.identity.registry import VERBS, faults
from custmaster.value.party import PartyKind
from custmaster.value.placeholder import is_placeholder_number

Pair = dict[str, Any]
HERE = Path(__file__).parent


def read(name: str) -> list[Pair]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


PAIRS = read("existence_pairs.jsonl")
STOCK = read("stock_pairs.jsonl")
README = (HERE / "README.md").read_text(encoding="utf-8")

FIELDS = {"id", "scenario", "source", "applicant", "candidate", "same", "verdict", "searched", "note"}
STOCK_FIELDS = {"id", "scenario", "source", "left", "right", "same", "link", "note"}
APPLICANT = {"kind", "name", "former_names", "documents", "sex", "birth_date", "phones", "addresses"}
CANDIDATE = APPLICANT | {"customer_number", "status", "merged_into"}
DOCUMENT = {"type", "number", "duplicate", "expires_on"}
VERDICTS = {
    "EXISTS",
    "EXISTS_VIA_ALIAS",
    "EXISTS_CLOSED",
    "CONFLICT_NAME",
    "SAME_NUMBER_OTHER_TYPE",
    "ID_UPGRADE",
    "SUSPECT",
    "NEW",
    "UNDECIDABLE",
}
LINKS = {"AUTOMATIC", "REVIEW", "CONFLICT", "NONE"}
STATUS_OF = {"EXISTS": "ACTIVE", "EXISTS_CLOSED": "DELETED", "EXISTS_VIA_ALIAS": "MERGED"}

# Scenarios whose story needs a number that is not well-formed.
MALFORMED_ON_PURPOSE = {
    "exact-three-elements",
    "household-booklet-number",
    "citizen-number-under-another-type",
    "upgraded-with-a-wrong-check-character",
    "number-mistyped",
    "old-licence-number",
    "register-number-of-its-own",
    "individual-business-and-its-owner",
    "old-licence-on-both",
    "collective-registers-and-dormitories",
}
MALFORMED_IN_THE_STOCK = {
    "citizen-number-digit-lost-or-doubled",
    "citizen-number-one-digit-wrong",
    "citizen-number-two-exchanged",
    "credit-code-slip",
    "equally-mistyped-on-both",
    "former-paper-and-licence",
    "household-booklets-own-number",
    "one-document-of-several-agrees",
    "permit-or-passport-with-a-slip",
    "slip-and-another-birth-date",
    "slip-and-another-name",
    "upgraded-but-for-the-check",
    "identity-card-of-the-regions-mistyped",
    "old-cards-one-digit-apart",
    "organisation-code-mistyped",
    "slip-behind-a-variant-or-former-name",
    "two-slips",
}


def parties(pair: Pair) -> Iterator[Pair]:
    yield from (pair[side] for side in ("applicant", "candidate", "left", "right") if side in pair)


def malformed(pair: Pair) -> list[str]:
    return [
        document["type"]
        for party in parties(pair)
        for document in party.get("documents", [])
        if not is_placeholder_number(document["number"])
        and faults(DOCUMENT_TYPES[DocumentType(document["type"])].form, document["number"])
    ]


def links(pair: Pair) -> list[str]:
    """The links that a stock pair allows: one, or two where the requirements leave both open."""
    link: str | list[str] = pair["link"]
    return [link] if isinstance(link, str) else link


def numbers(party: Pair) -> set[tuple[Family, str, bool]]:
    """Family, compact number (the holder's nine characters of a travel permit) and 重号 flag of each document."""
    found = set[tuple[Family, str, bool]]()
    for document in party.get("documents", []):
        row = DOCUMENT_TYPES[DocumentType(document["type"])]
        number = VERBS[row.form].compact(document["number"])
        holder = number[:9] if row.family is Family.HK_MACAO_PERMIT else number
        found.add((row.family, holder, document.get("duplicate", False)))
    return found


def holds_the_form(party: Pair) -> None:
    kind = PartyKind(party["kind"])
    assert party.get("name", "?") != ""
    assert party.get("sex", "MALE") in {"MALE", "FEMALE"}
    date.fromisoformat(party.get("birth_date", "2000-01-01"))
    for document in party.get("documents", []):
        assert set(document) <= DOCUMENT
        assert DOCUMENT_TYPES[DocumentType(document["type"])].party is kind
        date.fromisoformat(document.get("expires_on", "2000-01-01"))


def test_there_are_enough_pairs_and_half_are_different_people() -> None:
    assert len(PAIRS) >= 660
    assert len(PAIRS) + len(STOCK) >= 1000
    assert len({pair["scenario"] for pair in PAIRS}) >= 160
    assert sum(pair["same"] is False for pair in PAIRS) * 2 >= len(PAIRS)
    assert set(Counter(pair["verdict"] for pair in PAIRS)) == VERDICTS


def test_there_are_enough_pairs_of_the_stock_and_few_are_left_open() -> None:
    assert len(STOCK) >= 400
    assert len({pair["scenario"] for pair in STOCK}) >= 110
    assert sum(pair["same"] is not True for pair in STOCK) * 2 >= len(STOCK)
    assert {link for pair in STOCK for link in links(pair)} == LINKS
    assert sum(len(links(pair)) == 2 for pair in STOCK) * 100 <= len(STOCK) * 3


@pytest.mark.parametrize(("pairs", "letter"), [(PAIRS, "S"), (STOCK, "T")], ids=["existence", "stock"])
def test_each_id_is_given_once_and_names_its_scenario(pairs: list[Pair], letter: str) -> None:
    ids = [pair["id"] for pair in pairs]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(f"{letter}[0-9]{{3}}-[0-9]{{2}}", pair_id) for pair_id in ids)
    scenario_of = {(pair["id"][:4], pair["scenario"]) for pair in pairs}
    assert len(scenario_of) == len({number for number, _ in scenario_of}) == len({name for _, name in scenario_of})


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_pair_has_the_form_that_the_readme_states(pair: Pair) -> None:
    assert set(pair) == FIELDS
    assert pair["verdict"] in VERDICTS
    assert pair["same"] in {True, False, None}
    assert set(pair["searched"]) <= {"BP", "EUSP"}
    assert pair["note"]
    assert pair["source"]
    assert set(pair["applicant"]) <= APPLICANT
    assert set(pair["candidate"]) <= CANDIDATE
    for party in parties(pair):
        holds_the_form(party)
    candidate = pair["candidate"]
    assert re.fullmatch("[0-9]{10}", candidate["customer_number"])
    assert candidate["status"] in {"ACTIVE", "DELETED", "MERGED"}
    assert ("merged_into" in candidate) == (candidate["status"] == "MERGED")


@pytest.mark.parametrize("pair", STOCK, ids=lambda pair: pair["id"])
def test_a_pair_of_the_stock_has_the_form_that_the_readme_states(pair: Pair) -> None:
    assert set(pair) == STOCK_FIELDS
    assert set(links(pair)) <= LINKS
    assert 1 <= len(set(links(pair))) == len(links(pair)) <= 2
    assert pair["same"] in {True, False, None}
    assert pair["note"]
    assert pair["source"]
    for party in parties(pair):
        assert set(party) <= APPLICANT
        holds_the_form(party)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_verdict_status_and_search_do_not_contradict_one_another(pair: Pair) -> None:
    verdict = pair["verdict"]
    if verdict in STATUS_OF:
        assert pair["same"] is True
        assert pair["candidate"]["status"] == STATUS_OF[verdict]
    if verdict == "NEW":
        assert set(pair["searched"]) == {"BP", "EUSP"}
        assert pair["applicant"]["documents"]
    if verdict != "NEW" and pair["applicant"]["kind"] != pair["candidate"]["kind"]:
        pytest.fail("a person and a unit are two customers")


def test_what_may_be_merged_unattended_is_one_customer_of_one_name_and_one_number() -> None:
    automatic = [pair for pair in STOCK if "AUTOMATIC" in links(pair)]
    assert len(automatic) >= 30
    for pair in automatic:
        left, right = parties(pair)
        assert pair["same"] is True, pair["id"]
        assert fold.exact(left["name"]) == fold.exact(right["name"]), pair["id"]
        assert numbers(left) & numbers(right), pair["id"]


def test_a_conflict_shares_a_document_and_not_the_name() -> None:
    for pair in (pair for pair in STOCK if "CONFLICT" in links(pair)):
        left, right = parties(pair)
        assert numbers(left) & numbers(right), pair["id"]
        assert fold.exact(left.get("name", "")) != fold.exact(right.get("name", "")), pair["id"]


def test_numbers_are_well_formed_but_where_the_story_needs_otherwise() -> None:
    assert {pair["scenario"] for pair in PAIRS if malformed(pair)} == MALFORMED_ON_PURPOSE
    assert {pair["scenario"] for pair in STOCK if malformed(pair)} == MALFORMED_IN_THE_STOCK


@pytest.mark.parametrize(("pairs", "letter"), [(PAIRS, "S"), (STOCK, "T")], ids=["existence", "stock"])
def test_the_readme_has_a_row_for_each_scenario(pairs: list[Pair], letter: str) -> None:
    rows = re.findall(rf"^\| ({letter}[0-9]{{3}}) \| ([a-z-]+) \|", README, re.MULTILINE)
    assert rows == list(dict.fromkeys((pair["id"][:4], pair["scenario"]) for pair in pairs))

"""The labelled pairs are well-formed, many and hard enough; no rule of the existence check is evaluated here."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType
from custmaster.value.identity.registry import faults
from custmaster.value.party import PartyKind
from custmaster.value.placeholder import is_placeholder_number

HERE = Path(__file__).parent
LINES = (HERE / "existence_pairs.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS: list[dict[str, Any]] = [json.loads(line) for line in LINES]

FIELDS = {"id", "scenario", "source", "applicant", "candidate", "same", "verdict", "searched", "note"}
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
STATUS_OF = {"EXISTS": "ACTIVE", "EXISTS_CLOSED": "DELETED", "EXISTS_VIA_ALIAS": "MERGED"}

# Scenarios whose story needs a number that is not well-formed.
MALFORMED_ON_PURPOSE = {
    "exact-three-elements",
    "household-booklet-number",
    "citizen-number-under-another-type",
    "upgraded-with-a-wrong-check-character",
    "number-mistyped",
    "old-licence-number",
}


def parties(pair: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield pair["applicant"]
    yield pair["candidate"]


def malformed(pair: dict[str, Any]) -> list[str]:
    return [
        document["type"]
        for party in parties(pair)
        for document in party.get("documents", [])
        if not is_placeholder_number(document["number"])
        and faults(DOCUMENT_TYPES[DocumentType(document["type"])].form, document["number"])
    ]


def test_there_are_enough_pairs_and_half_are_different_people() -> None:
    assert len(PAIRS) >= 320
    assert len({pair["scenario"] for pair in PAIRS}) >= 64
    assert sum(pair["same"] is False for pair in PAIRS) * 2 >= len(PAIRS)
    assert set(Counter(pair["verdict"] for pair in PAIRS)) == VERDICTS


def test_each_id_is_given_once_and_names_its_scenario() -> None:
    ids = [pair["id"] for pair in PAIRS]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch("S[0-9]{3}-[0-9]{2}", pair_id) for pair_id in ids)
    scenario_of = {(pair["id"][:4], pair["scenario"]) for pair in PAIRS}
    assert len(scenario_of) == len({number for number, _ in scenario_of}) == len({name for _, name in scenario_of})


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_a_pair_has_the_form_that_the_readme_states(pair: dict[str, Any]) -> None:
    assert set(pair) == FIELDS
    assert pair["verdict"] in VERDICTS
    assert pair["same"] in {True, False, None}
    assert set(pair["searched"]) <= {"BP", "EUSP"}
    assert pair["note"]
    assert pair["source"]
    assert set(pair["applicant"]) <= APPLICANT
    assert set(pair["candidate"]) <= CANDIDATE
    for party in parties(pair):
        kind = PartyKind(party["kind"])
        assert party.get("name", "?") != ""
        assert party.get("sex", "MALE") in {"MALE", "FEMALE"}
        assert date.fromisoformat(party.get("birth_date", "2000-01-01"))
        for document in party.get("documents", []):
            assert set(document) <= DOCUMENT
            assert DOCUMENT_TYPES[DocumentType(document["type"])].party is kind
            assert date.fromisoformat(document.get("expires_on", "2000-01-01"))
    candidate = pair["candidate"]
    assert re.fullmatch("[0-9]{10}", candidate["customer_number"])
    assert candidate["status"] in {"ACTIVE", "DELETED", "MERGED"}
    assert ("merged_into" in candidate) == (candidate["status"] == "MERGED")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_verdict_status_and_search_do_not_contradict_one_another(pair: dict[str, Any]) -> None:
    verdict = pair["verdict"]
    if verdict in STATUS_OF:
        assert pair["same"] is True
        assert pair["candidate"]["status"] == STATUS_OF[verdict]
    if verdict == "NEW":
        assert set(pair["searched"]) == {"BP", "EUSP"}
        assert pair["applicant"]["documents"]
    if verdict != "NEW" and pair["applicant"]["kind"] != pair["candidate"]["kind"]:
        pytest.fail("a person and a unit are two customers")


def test_numbers_are_well_formed_but_where_the_story_needs_otherwise() -> None:
    wrong = {pair["scenario"] for pair in PAIRS if malformed(pair)}
    assert wrong == MALFORMED_ON_PURPOSE


def test_the_readme_has_a_row_for_each_scenario() -> None:
    rows = re.findall(
        r"^\| (S[0-9]{3}) \| ([a-z-]+) \|", (HERE / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == list(dict.fromkeys((pair["id"][:4], pair["scenario"]) for pair in PAIRS))

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from custmaster.dedup.alias_events import NumberStatus
from custmaster.desk import MergeField, MergeRecord, Side
from custmaster.errors import Fault, UnusableInput
from custmaster.wire import load_manifest
from custmaster.wire.merge_file import read_merge, read_undo
from custmaster.wire.merges import merge_plan_from_json

ONE: dict[str, Any] = {"schema": 1, "number": "6000000001", "kind": "PERSON"}
TWO: dict[str, Any] = {"schema": 1, "number": "6000000002", "kind": "PERSON"}
NOTHING: dict[str, Any] = {
    name: []
    for name in ("references", "looked_up", "online_wealth", "third_party_custody", "legal_holds", "blacklisted")
}
RECORD: dict[str, Any] = {
    "schema": 1,
    "request_id": "T-1",
    "on": "2026-11-23",
    "survivor": "6000000001",
    "absorbed": "6000000002",
}


def test_a_question_about_a_merge_is_read_with_what_it_states() -> None:
    more = {"references": [{"kind": "ACCOUNT", "id": "17"}], "choices": {"name": "ABSORBED", "sex": "SURVIVOR"}}
    asked = read_merge(json.dumps({"survivor": ONE, "absorbed": TWO} | NOTHING | more))
    assert asked.choices.choices == {MergeField.NAME: Side.ABSORBED, MergeField.SEX: Side.SURVIVOR}
    assert [one.kind for one in asked.facts.references] == ["ACCOUNT"]
    assert set(asked.facts.aliases.by_number) == {"6000000001", "6000000002"}


def test_the_ledger_is_what_the_records_say_unless_it_is_given() -> None:
    closed = TWO | {
        "status": "MERGED",
        "merged_into": "6000000001",
        "closed_on": "2026-11-23",
        "requests": ["T-0", "T-1"],
    }
    gone = ONE | {"status": "DELETED", "opened_on": "2020-01-01"}
    asked = read_merge(json.dumps({"survivor": gone, "absorbed": closed} | NOTHING))
    said = {life.number: [one.status for one in life.standings] for life in asked.facts.aliases.lives}
    assert said == {
        "6000000001": [NumberStatus.ACTIVE, NumberStatus.CLOSED],
        "6000000002": [NumberStatus.ACTIVE, NumberStatus.MERGED_INTO],
    }
    assert asked.facts.aliases.by_number["6000000002"].now.request_id == "T-1"
    elsewhere = closed | {"merged_into": "6000000009"}
    asked = read_merge(json.dumps({"survivor": ONE, "absorbed": elsewhere} | NOTHING))
    assert asked.facts.aliases.by_number["6000000009"].now.since == date(1, 1, 1)
    row = {
        "schema": 1,
        "number": "7",
        "standings": [{"status": "ACTIVE", "since": "2020-01-01", "request_id": "T"}],
    }
    asked = read_merge(json.dumps({"survivor": ONE, "absorbed": TWO, "aliases": [row]} | NOTHING))
    assert set(asked.facts.aliases.by_number) == {"7"}


def test_what_is_not_stated_is_missing_and_everything_is_told() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        read_merge(json.dumps({"survivor": ONE | {"sex": 1}, "absorbed": TWO, "name": "张伟"}))
    told = [(one.path, one.fault) for one in caught.value.exceptions]  # type: ignore[union-attr]
    assert ("survivor.sex", Fault.TYPE) in told
    assert ("looked_up", Fault.MISSING) in told
    assert told[-1] == ("name", Fault.UNKNOWN_FIELD)


def test_a_question_about_an_undoing_names_a_merge_of_its_journal() -> None:
    data = {"merge": "T-1", "journal": [RECORD], "survivor": ONE, "absorbed": TWO, "reason": "two persons"}
    asked = read_undo(json.dumps(data))
    assert asked.record == MergeRecord(
        request_id="T-1", on=date(2026, 11, 23), survivor="6000000001", absorbed="6000000002"
    )
    assert asked.facts.journal == (asked.record,)
    with pytest.raises(ExceptionGroup) as caught:
        read_undo(json.dumps(data | {"merge": "T-2"}))
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("journal", Fault.MISSING)]  # type: ignore[union-attr]


def test_the_plan_in_a_record_is_of_its_merge() -> None:
    plan = RECORD | {"actor": "S-1", "manifest": "1", "handbook": "1"}
    assert merge_plan_from_json(json.dumps(plan)).survivor == "6000000001"
    other = RECORD | {"request_id": "T-2", "plan": plan}
    with pytest.raises(ExceptionGroup) as caught:
        read_undo(json.dumps({"merge": "T-2", "journal": [other], "survivor": ONE, "absorbed": TWO, "reason": "r"}))
    assert [(one.path, one.fault) for one in caught.value.exceptions] == [("journal[0].plan", Fault.CONFLICT)]  # type: ignore[union-attr]


ACCOUNT = '[ACCOUNT]\nzh = "账户"\nen = "account"\ncolumns = ["account.customer_number"]\n'


def test_a_manifest_is_read_with_its_kinds() -> None:
    found = load_manifest('version = "1"\n' + ACCOUNT, "m.toml")
    assert (found.version, found.kinds[0].columns) == ("1", ("account.customer_number",))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[ACCOUNT", "this is no TOML"),
        (ACCOUNT, "the version of this list is missing"),
        ('version = "1"\nACCOUNT = 5', "means nothing here"),
        ('version = "1"\n' + ACCOUNT + "rows = 1", "means nothing here"),
        ('version = "1"\n' + ACCOUNT.replace('zh = "账户"', 'zh = ""'), "the name of the kind is missing"),
        ('version = "1"\n' + ACCOUNT.replace('["account.customer_number"]', "[]"), "name the columns"),
        ('version = "1"\n' + ACCOUNT.replace("ACCOUNT", "account"), "write it like ROSTER_ENTRY"),
    ],
)
def test_what_a_manifest_may_not_say_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(UnusableInput, match=problem):
        load_manifest(text, "m.toml")

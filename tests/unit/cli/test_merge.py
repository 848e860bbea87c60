"""`custmaster merge plan` and `custmaster merge undo`: the answer, what moves, and the plan as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from custmaster.customer.events import evolve
from custmaster.customer.record import Customer
from custmaster.desk import record_of
from custmaster.roster import Assignment, EntryState, Post, Posting, RosterEntry, Source, Staff
from custmaster.roster import evolve as after
from custmaster.wire import (
    merge_plan_from_json,
    merge_record_to_json,
    roster_entry_to_json,
    staff_to_json,
    structure_customer,
    unmerge_plan_from_json,
    unstructure_customer,
)

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "merge"
DAY = ("--as-of", "2026-11-23")
LIFT = ("--approve", "MERGE_BY_PERSON", "--approved-by", "S-7")


@pytest.fixture
def ask(run: Callable[..., Any]) -> Callable[..., Any]:
    def asks(file: Path, *words: object) -> Any:
        return run("merge", "plan", file, "--manifest", EXAMPLE / "manifest.toml", *DAY, *words)

    return asks


def test_the_example_waits_for_a_person_and_is_allowed_when_one_has_looked(ask: Callable[..., Any]) -> None:
    waiting = ask(EXAMPLE / "merge.json", "--json")
    told = json.loads(waiting.out)
    assert (waiting.code, told["outcome"], told["open"]) == (1, "REVIEW", ["MERGE_BY_PERSON"])
    assert told["plan"]["references"] == {"ACCOUNT": 2, "ROSTER_ENTRY": 1}
    lifted = ask(EXAMPLE / "merge.json", "--json", *LIFT)
    assert (lifted.code, json.loads(lifted.out)["outcome"]) == (0, "ALLOWED")


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "merge: 1000000005 into 6000000001"), ("zh", "归并: 1000000005 并入 6000000001")]
)
def test_people_are_shown_what_moves_and_no_value(ask: Callable[..., Any], lang: str, word: str) -> None:
    shown = ask(EXAMPLE / "merge.json", "--lang", lang).out
    assert word in shown
    assert "documents[1]" in shown
    for value in ("张伟", "110105491231002", "11010519491231002X", "62345678", "0200-17"):
        assert value not in shown
        assert value not in ask(EXAMPLE / "merge.json", "--lang", lang, "--json").out


def executed(plan_file: Path) -> tuple[Customer, Customer, bytes]:
    made = merge_plan_from_json(plan_file.read_bytes())
    asked = json.loads((EXAMPLE / "merge.json").read_text(encoding="utf-8"))
    survivor, absorbed = (structure_customer(asked[side]) for side in ("survivor", "absorbed"))
    gained, alias = made.events
    return evolve(survivor, gained), evolve(absorbed, alias), merge_record_to_json(record_of(made))


def test_a_plan_is_written_executed_and_undone(
    ask: Callable[..., Any], run: Callable[..., Any], tmp_path: Path
) -> None:
    out = tmp_path / "plan.json"
    assert ask(EXAMPLE / "merge.json", "--out", out).code == 1
    assert not out.exists()
    assert ask(EXAMPLE / "merge.json", "--out", out, "--request", "T-1", *LIFT).code == 0
    survivor, absorbed, record = executed(out)
    undo: dict[str, Any] = {
        "merge": "T-1",
        "journal": [json.loads(record)],
        "survivor": unstructure_customer(survivor),
        "absorbed": unstructure_customer(absorbed),
        "reason": "two persons",
    }
    question = tmp_path / "undo.json"
    question.write_text(json.dumps(undo), encoding="utf-8")
    back = tmp_path / "back.json"
    asked = run("merge", "undo", question, "--json", "--out", back, "--request", "T-2", *DAY)
    told = json.loads(asked.out)
    assert (asked.code, told["outcome"], told["plan"]["merge"]) == (0, "ALLOWED", "T-1")
    assert (told["plan"]["kept"], told["plan"]["ruling"]) == ([], "CANNOT_LINK")
    released, _ = unmerge_plan_from_json(back.read_bytes()).events
    before = structure_customer(json.loads((EXAMPLE / "merge.json").read_text(encoding="utf-8"))["survivor"])
    assert evolve(survivor, released).contacts == before.contacts
    for lang, word in (("en", "1000000005 leaves 6000000001"), ("zh", "1000000005 与 6000000001 分开")):
        assert word in run("merge", "undo", question, "--lang", lang, *DAY).out
    undo["journal"][0]["reversed_by"] = "T-2"
    question.write_text(json.dumps(undo), encoding="utf-8")
    again = run("merge", "undo", question, "--json", *DAY)
    assert (again.code, json.loads(again.out)["plan"]) == (0, None)


CONTRACTS = (
    "number,product,customer,organisation,reference,card,state\n"
    "C1,0300000001,1000000005,,13800001234,,ACTIVE\n"
    "C2,0100000002,6000000001,BROKER,88,6222000011112221,ACTIVE\n"
)


def register(folder: Path, text: str) -> tuple[object, ...]:
    place = folder / "contracts.csv"
    place.write_text(text, encoding="utf-8")
    return "--contracts", place, "--catalogue", EXAMPLE.parent / "catalogue.toml"


def test_contracts_go_along_and_come_back(ask: Callable[..., Any], run: Callable[..., Any], tmp_path: Path) -> None:
    out, question = tmp_path / "plan.json", tmp_path / "undo.json"
    made = ask(
        EXAMPLE / "merge.json", "--json", "--out", out, "--request", "T-1", *LIFT, *register(tmp_path, CONTRACTS)
    )
    assert (made.code, json.loads(made.out)["plan"]["contracts"]) == (0, ["C1"])
    assert "contract C1" in ask(EXAMPLE / "merge.json", *register(tmp_path, CONTRACTS)).out
    survivor, absorbed, record = executed(out)
    asked = {
        "merge": "T-1",
        "journal": [json.loads(record)],
        "survivor": unstructure_customer(survivor),
        "absorbed": unstructure_customer(absorbed),
        "reason": "two persons",
    }
    question.write_text(json.dumps(asked), encoding="utf-8")
    unknown = run("merge", "undo", question, *DAY)
    assert (unknown.code, "--contracts and --catalogue" in unknown.err) == (2, True)
    now = register(tmp_path, CONTRACTS.replace("1000000005", "6000000001"))
    undone = run("merge", "undo", question, "--json", *DAY, *now)
    assert (undone.code, json.loads(undone.out)["plan"]["contracts"]) == (0, ["C1"])


def test_contracts_that_would_be_the_same_stand_against_a_merge(ask: Callable[..., Any], tmp_path: Path) -> None:
    both = CONTRACTS + "C3,0300000001,6000000001,,13800001234,,ACTIVE\n"
    told = json.loads(ask(EXAMPLE / "merge.json", "--json", *LIFT, *register(tmp_path, both)).out)
    assert (told["outcome"], "CONTRACTS_SAME" in [one["code"] for one in told["reasons"]]) == ("REFUSED", True)


def test_a_register_and_its_catalogue_go_together(ask: Callable[..., Any], tmp_path: Path) -> None:
    told = ask(EXAMPLE / "merge.json", *register(tmp_path, CONTRACTS)[:2])
    assert (told.code, "go together" in told.err) == (2, True)


def entry(number: str, customer: str, staff: str | None) -> RosterEntry:
    since = date(2026, 1, 5)
    held = None if staff is None else Assignment(staff=staff, outlet="0101", since=since, by="S-9")
    state = EntryState.POOLED if held is None else EntryState.MAINTAINED
    basis: dict[str, Any] = {"level": "金卡", "source": Source.SYSTEM, "listed_on": since}
    return RosterEntry(number=number, customer=customer, state=state, maintainer=held, **basis)


def roster(folder: Path, *entries: RosterEntry) -> tuple[object, ...]:
    staff = [Staff(number=f"S-{n}", postings=[Posting(post=Post.TELLER, outlet="0101")]) for n in (1, 2)]
    files = {"roster": map(roster_entry_to_json, entries), "staff": map(staff_to_json, staff)}
    for name, lines in files.items():
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    return "--roster", folder / "roster.jsonl", "--staff", folder / "staff.jsonl"


def test_r17_roster_entries_go_together_and_come_apart(
    ask: Callable[..., Any], run: Callable[..., Any], tmp_path: Path
) -> None:
    out, question = tmp_path / "plan.json", tmp_path / "undo.json"
    mine, theirs = entry("E-1", "6000000001", None), entry("E-2", "1000000005", "S-2")
    asked = ("--out", out, "--request", "T-1", *LIFT, *roster(tmp_path, mine, theirs))
    made = ask(EXAMPLE / "merge.json", "--json", *asked)
    assert [(one["entry"], one["state"], one["maintainer"]) for one in json.loads(made.out)["plan"]["entries"]] == [
        ("E-1", "MAINTAINED", "S-2"),
        ("E-2", "STRUCK_OFF", None),
    ]
    told = ask(EXAMPLE / "merge.json", *asked[:-4], *roster(tmp_path, mine, theirs)).out
    assert "maintained by S-2" in told
    assert "struck off" in told
    survivor, absorbed, record = executed(out)
    basis = {"merge": "T-1", "journal": [json.loads(record)], "reason": "two persons"}
    sides = {"survivor": unstructure_customer(survivor), "absorbed": unstructure_customer(absorbed)}
    question.write_text(json.dumps(basis | sides), encoding="utf-8")
    for words in ((), roster(tmp_path, mine)):
        unknown = run("merge", "undo", question, *DAY, *words)
        assert (unknown.code, "--roster and --staff" in unknown.err) == (2, True)
    events = merge_plan_from_json(out.read_bytes()).roster_events
    now = roster(tmp_path, *(after(one, event) for one, event in zip((mine, theirs), events, strict=True)))
    undone = run("merge", "undo", question, "--json", *DAY, *now)
    assert undone.code == 0
    back = [(one["entry"], one["state"], one["maintainer"]) for one in json.loads(undone.out)["plan"]["entries"]]
    assert back == [("E-1", "POOLED", None), ("E-2", "MAINTAINED", "S-2")]
    assert "maintained by nobody" in run("merge", "undo", question, *DAY, *now).out


def test_the_only_roster_entry_goes_to_the_survivor(ask: Callable[..., Any], tmp_path: Path) -> None:
    told = ask(EXAMPLE / "merge.json", *roster(tmp_path, entry("E-2", "1000000005", "S-2"))).out
    assert "goes to 6000000001" in told


def test_a_roster_that_cannot_be_read_is_told_by_its_line(ask: Callable[..., Any], tmp_path: Path) -> None:
    one = entry("E-1", "6000000001", None)
    named = roster(tmp_path, one)
    twice = ask(EXAMPLE / "merge.json", *roster(tmp_path, one, one))
    assert (twice.code, "load each once" in twice.err) == (2, True)
    text = roster_entry_to_json(one).decode()
    for bad in ("{", text.replace("SYSTEM", "LOST"), text.replace('"E-1"', '""')):
        (tmp_path / "roster.jsonl").write_text(f"{text}\n{bad}\n", encoding="utf-8")
        told = ask(EXAMPLE / "merge.json", *named)
        assert (told.code, "line 2: " in " ".join(told.err.split())) == (2, True)
    alone = ask(EXAMPLE / "merge.json", *named[2:])
    assert (alone.code, "--roster FILE" in alone.err) == (2, True)


def test_what_was_changed_since_is_shown_as_kept(
    ask: Callable[..., Any], run: Callable[..., Any], tmp_path: Path
) -> None:
    out, question = tmp_path / "plan.json", tmp_path / "undo.json"
    ask(EXAMPLE / "merge.json", "--out", out, "--request", "T-1", *LIFT)
    survivor, absorbed, record = executed(out)
    changed = unstructure_customer(survivor) | {"sex": "MALE"}
    asked = {
        "merge": "T-1",
        "journal": [json.loads(record)],
        "survivor": changed,
        "absorbed": unstructure_customer(absorbed),
        "reason": "two persons",
    }
    question.write_text(json.dumps(asked), encoding="utf-8")
    shown = run("merge", "undo", question, *DAY)
    assert shown.code == 1
    assert "changed since the merge" in shown.out


def test_a_person_and_a_unit_have_no_plan(ask: Callable[..., Any], tmp_path: Path) -> None:
    asked = json.loads((EXAMPLE / "merge.json").read_text(encoding="utf-8"))
    asked["absorbed"] = {"schema": 1, "number": "1000000005", "kind": "UNIT"}
    file = tmp_path / "m.json"
    file.write_text(json.dumps(asked), encoding="utf-8")
    shown = ask(file)
    assert (shown.code, "never merged" in shown.out) == (1, True)


@pytest.mark.parametrize(
    ("text", "word"),
    [("{", "not JSON"), ("{}", "and 3 more"), ('{"survivor": "张伟"}', "survivor: wrong type")],
)
def test_a_file_that_cannot_be_used_is_told_without_its_values(
    ask: Callable[..., Any], tmp_path: Path, text: str, word: str
) -> None:
    file = tmp_path / "m.json"
    file.write_text(text, encoding="utf-8")
    told = ask(file)
    assert told.code == 2
    assert word in told.err
    assert "张伟" not in told.err


def test_a_plan_that_cannot_be_written_is_told(ask: Callable[..., Any], tmp_path: Path) -> None:
    told = ask(EXAMPLE / "merge.json", "--out", tmp_path / "no" / "plan.json", *LIFT)
    assert (told.code, "plan.json" in told.err) == (2, True)

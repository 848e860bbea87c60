"""The ledger takes no contradiction, says which rulings prove one, and forgets nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from custmaster.dedup.links import Fixed, FixedBy
from custmaster.dedup.steward import EMPTY_LEDGER, Contradiction, Ledger, Ruling, RulingKind
from custmaster.errors import Fault, InvalidValue

DAY = date(2026, 11, 24)
SAME, APART, UNSURE, LATER, BACK = RulingKind


def ruling(pair: str, kind: RulingKind = SAME, **more: Any) -> Ruling:
    until = {"until": DAY + timedelta(days=7)} if kind is LATER else {}
    return Ruling(**{"left": pair[0], "right": pair[1], "kind": kind, "by": "S-1", "day": DAY} | until | more)


def told(*rulings: Ruling) -> Ledger:
    made = EMPTY_LEDGER.extend(rulings)
    assert isinstance(made, Ledger)
    return made


def against(answer: Ledger | Contradiction) -> list[str]:
    assert isinstance(answer, Contradiction)
    return ["".join(one.pair) for one in answer.against]


@pytest.mark.parametrize(
    ("given", "path", "fault"),
    [
        ({"left": ""}, "left", Fault.EMPTY),
        ({"right": "x" * 201}, "right", Fault.LENGTH),
        ({"by": 5}, "by", Fault.TYPE),
        ({"reason": "x" * 201}, "reason", Fault.LENGTH),
        ({"right": "a"}, "right", Fault.CONFLICT),
        ({"kind": LATER}, "until", Fault.MISSING),
        ({"until": DAY + timedelta(days=1)}, "until", Fault.CONFLICT),
        ({"kind": LATER, "until": DAY}, "until", Fault.ORDER),
    ],
)
def test_a_ruling_that_says_nothing_sound_is_refused(given: dict[str, Any], path: str, fault: Fault) -> None:
    with pytest.raises(InvalidValue) as refused:
        Ruling(**{"left": "a", "right": "b", "kind": SAME, "by": "S-1", "day": DAY} | given)
    assert (refused.value.path, refused.value.fault) == (path, fault)


def test_the_reason_is_not_shown() -> None:
    assert "王伟" not in repr(ruling("ab", reason="王伟 was here"))


def test_the_longest_texts_are_taken() -> None:
    assert ruling("ab", by="x" * 200, reason="y" * 200).by == "x" * 200


@pytest.mark.parametrize("order", list(permutations([("ab", SAME), ("bc", SAME), ("ca", APART)])))
def test_whatever_the_order_the_last_of_three_is_refused_and_the_others_prove_it(order: Any) -> None:
    *first, last = (ruling(*one) for one in order)
    assert against(told(*first).add(last)) == sorted("".join(one.pair) for one in first) or set(
        against(told(*first).add(last))
    ) == {"".join(one.pair) for one in first}


def test_a_proof_is_a_chain_from_one_of_the_two_to_the_other() -> None:
    ledger = told(ruling("ab"), ruling("bc"), ruling("ef"), ruling("cd", APART), ruling("de"))
    assert against(ledger.add(ruling("fa"))) == ["ab", "bc", "cd", "de", "ef"]
    assert against(ledger.add(ruling("ca", APART))) == ["ab", "bc"]


def test_the_shortest_proof_is_told_and_of_two_the_first() -> None:
    ledger = told(
        ruling("ab"), ruling("bc"), ruling("ad"), ruling("dc"), ruling("cz", APART), ruling("xz"), ruling("bx", APART)
    )
    assert against(ledger.add(ruling("zb"))) == ["bc", "cz"]
    assert against(ledger.add(ruling("az"))) == ["ab", "bc", "cz"] or against(ledger.add(ruling("az"))) == [
        "ab",
        "bx",
        "xz",
    ]
    assert against(ledger.add(ruling("ac", APART))) == ["ab", "bc"]


@pytest.mark.parametrize("kind", [APART, UNSURE, LATER])
def test_what_was_answered_gives_way_to_a_withdrawal_alone(kind: RulingKind) -> None:
    ledger = told(ruling("ab"))
    assert against(ledger.add(ruling("ba", kind))) == ["ab"]
    back = ledger.add(ruling("ab", BACK))
    assert isinstance(back, Ledger)
    assert back.says("a", "b") is None
    after = back.add(ruling("ba", kind))
    assert isinstance(after, Ledger)
    assert [one.kind for one in after.entries] == [SAME, BACK, kind]


def test_a_contradiction_is_told_in_words() -> None:
    answer = told(ruling("ab"), ruling("cb", by="S-2")).add(ruling("ca", APART))
    assert isinstance(answer, Contradiction)
    assert answer.sentence == (
        "a and c: CANNOT_LINK contradicts a and b: MUST_LINK (S-1, 2026-11-24); b and c: MUST_LINK (S-2, 2026-11-24)"
    )


def test_a_doubt_about_what_others_answer_is_refused_and_named() -> None:
    assert against(told(ruling("ab"), ruling("bc")).add(ruling("ac", UNSURE))) == ["ab", "bc"]
    assert against(told(ruling("ab"), ruling("bc", APART)).add(ruling("ac", LATER))) == ["ab", "bc"]


def test_a_doubt_gives_way_to_an_answer() -> None:
    ledger = told(ruling("ab", UNSURE), ruling("ab", LATER), ruling("ba", APART))
    assert ledger.says("a", "b") is APART
    assert [one.kind for one in ledger.standing] == [APART]


def test_a_withdrawn_doubt_is_gone() -> None:
    assert told(ruling("ab", UNSURE), ruling("ab", BACK)).says("a", "b") is None


def test_what_is_said_already_changes_nothing() -> None:
    ledger = told(ruling("ab"), ruling("cd", UNSURE), ruling("ef", LATER))
    for again in (
        ruling("ba", by="S-2"),
        ruling("cd", UNSURE, by="S-2"),
        ruling("ef", LATER),
        ruling("xy", BACK),
    ):
        assert ledger.add(again) is ledger
    later = ledger.add(ruling("ef", LATER, until=DAY + timedelta(days=30)))
    assert isinstance(later, Ledger)
    assert later.postponed_until("f", "e") == DAY + timedelta(days=30)


def test_rulings_count_by_way_of_others() -> None:
    ledger = told(ruling("ab"), ruling("bc"), ruling("cd", APART), ruling("de"))
    assert ledger.says("a", "c") is SAME
    assert ledger.says("e", "a") is APART
    assert ledger.says("a", "x") is None
    assert ledger.postponed_until("a", "x") is None


def test_a_group_that_grows_keeps_those_that_stand_against_it() -> None:
    ledger = told(
        ruling("xa", APART), ruling("yb", APART), ruling("zx"), ruling("ab"), ruling("cd"), ruling("de"), ruling("eb")
    )
    assert {ledger.says(one, other) for one in "abcde" for other in "xyz"} == {APART}
    assert ledger.says("x", "y") is None


def test_all_are_taken_or_none() -> None:
    ledger = told(ruling("ab"))
    answer = ledger.extend([ruling("cd"), ruling("ab", APART), ruling("bc"), ruling("ac", APART)])
    assert isinstance(answer, tuple)
    assert [against(one) for one in answer] == [["ab"], ["ab", "bc"]]
    assert ledger.says("c", "d") is None


def test_entries_that_contradict_each_other_make_no_ledger() -> None:
    with pytest.raises(InvalidValue) as refused:
        Ledger(entries=[ruling("ab"), ruling("cd"), ruling("ab", APART)])
    assert (refused.value.path, refused.value.fault) == ("entries[2]", Fault.CONFLICT)


def test_clustering_is_given_what_stands() -> None:
    veto = Fixed("x", "y", FixedBy.VETO, "OTHER_SEX")
    ledger = told(
        ruling("ba"), ruling("cd", APART), ruling("ef", UNSURE), ruling("gh", LATER), ruling("ij"), ruling("ij", BACK)
    )
    given = ledger.fixed(DAY, vetoes=[veto])
    assert given.must == (Fixed("a", "b", FixedBy.RULING, "S-1"),)
    assert given.cannot == (Fixed("c", "d", FixedBy.RULING, "S-1"), veto)
    assert given.doubted == {("e", "f"), ("g", "h")}
    assert ledger.fixed(DAY + timedelta(days=7)).doubted == {("e", "f")}


def test_what_was_ruled_by_way_of_a_record_that_is_gone_holds_of_the_others() -> None:
    ledger = told(
        ruling("ab"), ruling("bc"), ruling("bd"), ruling("be", APART), ruling("ef"), ruling("gh", APART), ruling("ij")
    )
    given = ledger.fixed(DAY, records=set("acdfghk"))
    assert [one[:2] for one in given.must] == [("a", "c"), ("a", "d")]
    assert [one[:2] for one in given.cannot] == [("a", "f"), ("g", "h")]
    assert ledger.fixed(DAY, records=set("abcdf")).must[:3] == ledger.fixed(DAY).must[:3]
    assert ledger.fixed(DAY, records={"a", "g"}).cannot == ()

"""Each known-bad variant does one thing otherwise than the rules, in a scene written by hand, and nothing otherwise at a first edit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from attrs import define, evolve, field

from custmaster.sync import (
    ALONE,
    RULES,
    Catalogue,
    FieldRow,
    ForeignCreation,
    Message,
    Options,
    Replica,
    Rules,
    Setting,
    Share,
    Step,
    Surroundings,
    blank,
)
from custmaster.testing.known_bad import KNOWN_BAD, Need

NUMBER = "6000000001"
OTHER = "6000000002"
SETTING = Setting(
    catalogue=Catalogue(
        fields=[
            FieldRow(name="name", share=Share.KEY, group="person"),
            FieldRow(name="birth_date", share=Share.KEY, group="person"),
            FieldRow(name="phone", share=Share.KEY),
            FieldRow(name="status", share=Share.KEY, group="life"),
            FieldRow(name="merged_into", share=Share.KEY, group="life"),
            FieldRow(name="relationship", share=Share.KEY, family=True),
            FieldRow(name="occupation"),
        ]
    ),
    options=Options(foreign_creation=ForeignCreation.KEY_PROPOSAL),
)
STOCK = {"name": "n", "birth_date": "b", "phone": "p", "status": "ACTIVE", "occupation": "o"}
SYSTEMS = {"A": ("BP", "EUSP"), "B": ("EUSP", "BP")}


@define
class Scene:
    """Two systems and one customer, moved by words: A edits (`A:name=x`), posts what it owes (`A>m`), has it delivered (`m`)."""

    rules: Rules
    at: dict[str, Replica] = field(factory=dict)
    mail: dict[str, Message] = field(factory=dict)
    kept: dict[str, Replica] = field(factory=dict)
    lives: dict[str, int] = field(factory=lambda: {"A": 0, "B": 0})
    surroundings: Surroundings = ALONE
    seen: list[object] = field(factory=list)

    def play(self, words: str) -> None:
        for word in words.split():
            self._word(word)

    def _word(self, word: str) -> None:
        who, sign, rest = word[0], word[1:2], word[2:]
        if word == "@":
            self._exchange()
        elif who not in SYSTEMS:
            self._deliver(word)
        elif sign == ">":
            self._post(who, rest)
        elif sign == "[":
            self.kept[who] = self.at[who]
        elif sign == "]":
            self.lives[who] += 1
            self.at[who] = self.rules.resume(self.kept[who], self.lives[who])
        else:
            self._settle(who, self._deed(who, sign, rest))
        self._look()

    def _deed(self, who: str, sign: str, rest: str) -> Step:
        here = self.at[who]
        match sign:
            case "^":
                return self.rules.hand_over(here, SETTING)
            case "!":
                status, _, into = rest.partition(":")
                return self.rules.set_status(here, status, SETTING, merged_into=into or None)
            case "+":
                made, _, values = rest.partition(":")
                return self.rules.create(here, fields(values), made, SETTING)
            case ":":
                return self.rules.edit(here, fields(rest), SETTING)
            case _:
                raise AssertionError(f"no such word: {who}{sign}{rest}")

    def _settle(self, who: str, step: Step) -> None:
        self.at[who] = step.replica
        self.seen.append((step.reports, step.refused, step.replies))

    def _post(self, who: str, label: str) -> None:
        for count, message in enumerate(self.rules.outstanding(self.at[who], SETTING)):
            self.mail[label if count == 0 else f"{label}{count + 1}"] = message

    def _deliver(self, label: str) -> None:
        message = self.mail.get(label)
        if message is None:
            return
        who = next(one for one, (system, _) in SYSTEMS.items() if system == message.receiver)
        step = self.rules.deliver(self.at[who], message, SETTING, self.surroundings)
        self._settle(who, step)
        for reply in step.replies:
            self.mail[f"{label}'"] = reply

    def _exchange(self) -> None:
        for _ in range(12):
            for who in SYSTEMS:
                self._post(who, "@")
                for label in ("@", "@'", "@''", "@'''"):
                    self._deliver(label)
                self.mail = {label: message for label, message in self.mail.items() if not label.startswith("@")}

    def _look(self) -> None:
        for who in SYSTEMS:
            self.seen.append((self.at[who], self.rules.outstanding(self.at[who], SETTING)))


def fields(text: str) -> dict[str, str | None]:
    pairs = (one.split("=") for one in text.split(","))
    return {name: None if value == "-" else value for name, value in pairs}


@cache
def absent() -> Scene:
    made = Scene(rules=RULES)
    for who, (system, other) in SYSTEMS.items():
        made.at[who] = blank(number=NUMBER, system=system, other=other, owner=who == "A")
    return made


@cache
def stock() -> Scene:
    made = evolve(absent(), at=dict(absent().at), mail={}, seen=[])
    values = ",".join(f"{name}={value}" for name, value in STOCK.items())
    made.play(f"A+T-0:{values} @")
    assert made.at["A"].values == made.at["B"].values
    return made


def told(start: Scene, words: str, rules: Rules, surroundings: Surroundings = ALONE) -> Scene:
    scene = evolve(start, rules=rules, at=dict(start.at), mail={}, kept={}, lives={"A": 0, "B": 0}, seen=[])
    scene.surroundings = surroundings
    scene.play(words)
    return scene


# k, l, m: messages in the order in which they were posted; k' answers k, k'' answers k'.
SCENES = {
    "ACK_FALLS_BACK": "B:name=x B>k B:phone=y B>l l k",
    "OLD_KEY_PROCESSED_AGAIN": "B:name=x B>k k k' A:name=y k",
    "FIELD_NUMBER_IGNORED": "B:name=x B>k k A:name=y B:phone=z B>l l",
    "CONFLICT_BY_REV": "A:phone=x B:name=y B>k k",
    "APPLIED_EDIT_STAMPED": "A:occupation=x B:name=y B>k k B:name=z B>l l",
    "KEY_RAISES_REV": "B:name=x B>k B:name=y k B>l l",
    "PEER_ALWAYS_WINS": "A:name=x B:name=y B>k k",
    "REFUSED_EDIT_NOT_ACKNOWLEDGED": "A:name=x B:name=y B>k k",
    "SECOND_WRITE_UNSTAMPED": "A:name=x @ A:name=y B:name=z B>k k",
    "ONE_FIELD_STAMPED": "A:name=x,phone=y B:phone=z B>k k",
    "STALE_FULL_APPLIED": "A:name=x A>k A:name=y A>l l k",
    "STALE_BY_REV_ALONE": "B:name=x B>k k B:name=y B>l l l' k'",
    "FULL_CLOBBERS_PENDING": "B:name=x A:phone=y A>k k",
    "PENDING_WAITS_FOR_ECHO": "B:name=x A:name=y B>k k k'",
    "FULL_LAID_OVER": "A:occupation=- A>k k",
    "BASE_NOT_REFRESHED": "A:phone=x @ A[ A] A>k k k'",
    "REEDIT_TAKES_NEW_BASE": "B:name=x A:name=y A>k k B:name=z B>l l",
    "FULL_RENEWS_BASE": "B:name=x A:name=y A>k k B>l l",
    "REEDIT_KEEPS_NUMBER": "B:name=x B>k B:name=y k B>l l",
    "UNDO_FORGETS_EDIT": "B:name=x B>k B:name=n k B>l l",
    "KEY_AS_SNAPSHOT": "A:phone=x B:name=y B>k k",
    "KEY_AS_SNAPSHOT_WITHOUT_BASE": "A:phone=x B:name=y B>k k",
    "KEY_OF_LAST_EDIT_ONLY": "B:name=x B:phone=y B>k k",
    "EMPTY_NOT_PROPOSED": "B:phone=- B>k k",
    "STATUS_SENT_APART": "B:name=x B!DELETED B>k k k2",
    "PEER_HAS_AT_SEND": "B:name=x B>k k k' A:name=y k",
    "ACK_CONFIRMS_ALL": "A:name=x A>k k A:name=y k'",
    "ACK_LOWERS": "A:name=x A>k k k' A:name=y A>l l l' k'",
    "EDIT_REACTIVATES": "A!DELETED A:name=x",
    "ACTIVATE_UNDOES_UNSEEN_DELETE": "B!DELETED B!ACTIVE A!DELETED B>k k",
    "DELETE_ALWAYS_WINS": "A!DELETED A!ACTIVE B!DELETED B>k k",
    "STATUS_NOT_HELD": "B!DELETED A:name=x A>k k",
    "GROUP_TORN_AT_OWNER": "A:name=x B:birth_date=y B>k k",
    "GROUP_TORN_AT_PEER": "B:name=x A:birth_date=y A>k k",
    "SURVIVOR_TORN_FROM_STATUS": f"A!MERGED:{OTHER} B!DELETED B!MERGED:6000000003 B>k k",
    "EDGES_OVERWRITTEN": "A:relationship/SPOUSE/6000000002=Y B:relationship/PARENT/6000000003=Y B>k k",
    "EDGES_ONE_UNIT": "A:relationship/SPOUSE/6000000002=Y B:relationship/PARENT/6000000003=Y B>k k",
    "MERGE_CYCLE_UNSEEN": f"B!MERGED:{OTHER} B>k k",
    "CREATION_LEAVES_REV_AT_ZERO": "A+T-1:name=x",
    "CREATIONS_MERGED": "A+T-1:name=x B+T-2:name=y,phone=z B>k k",
    "CREATION_TAKEN_FOR_UPDATE": "A+T-1:name=x B+T-2:name=y,phone=z B>k k",
    "CREATION_COLLISION_UNTOLD": "A+T-1:name=x B+T-2:name=y,phone=z B>k k",
    "LOSS_UNTOLD": "A:name=x B:name=y B>k k",
    "PEER_TELLS_LOSS": "B:name=x B>k k A:name=y A>l l",
    "EQUAL_VALUE_TOLD": "A:name=x B:name=x B>k k",
    "SKIPPED_EDIT_TOLD": "B:name=x B>k k A:name=y B:phone=z B>l l",
    "LOSS_NAMED_BY_MESSAGE": "A:name=x B:name=y B:phone=z B>k k",
    "NONKEY_TOLD_ONLY_WHEN_ALONE": "B:name=x B:occupation=y",
    "PAYLOAD_READ_LIVE": "A^ A:occupation=x A>k k",
    "PAYLOAD_WITHOUT_STAMPS": "B:name=x A:name=y A^ A>k k",
    "HANDOFF_KEEPS_PSEQ": "B:name=x @ A^ @ A:name=y",
    "HANDOFF_DROPS_PENDING": "B:name=x A^ A>k k",
    "HANDOFF_APPLIES_UNSEEN": "B:name=x A:name=y A^ A>k k",
    "HANDOFF_KEEPS_NONKEY": "B:occupation=x A^ A>k k",
    "HANDOFF_TAKEN_AGAIN": "A^ A>k k B:name=x k",
    "HANDOFF_FORGETS_ACK": "B:name=x @ A^ A>k k",
    "HANDOFF_NEVER_CLOSED": "A^ A>k k k'",
    "HANDOFF_CLOSED_BY_ACK_ALONE": "B:name=x A^ A>k k k'",
    "HANDOFF_CLOSED_BY_OLD_ACK": "A:name=x A>k k A^ k'",
    "HANDOFF_CLOSED_BY_KEY": "B:name=x B>k A^ k",
    "OWNER_UNTIL_CONFIRMED": "A^",
    "KEY_OF_OLD_EPOCH_TAKEN": "B:name=x B>k A^ @ B^ @ k",
    "OLD_FULL_CLOSES_HANDOFF": "A:name=x A>k A^ @ B^ k",
    "RESTORE_UNNOTICED": "A[ A:name=x @ A]",
    "RECOVERING_OWNER_ACTS": "A[ A] A>k k B:name=x B>l l",
    "RECOVERING_EDITS": "A[ A] A:name=x",
    "SNAP_UNASKED": "A[ A] A>k k k' A:name=x A>l l l' k'",
    "SNAP_OLDER_ADOPTED": "A:name=x A[ A] A>k k k'",
    "SNAP_ROLE_KEPT": "A[ A^ @ A] A>k k k'",
    "SNAP_KEEPS_PENDING_OF_OLD_EPOCH": "B:name=x B[ A^ @ B^ @ B] B>k k k'",
    "SNAP_PSEQ_NOT_RAISED": "B[ B:name=x @ B] B>k k k'",
    "SNAP_DROPS_PENDING": "B:name=x B[ B] B>k k k'",
    "UNCERTAIN_UNTOLD": "B:name=x B[ A^ @ B] B>k k k'",
    "SNAP_FROM_PEERS_VALUES": "B:occupation=x A[ A] A>k k",
    "SNAP_WITHOUT_STAMPS": "A[ A] A>k k",
    "FULL_WITHOUT_STAMPS": "A:name=x A>k k",
    "RESYNC_UNANSWERED_WHILE_RECOVERING": "A[ B[ A] B] A>k k",
    "RESYNC_LOWERS_KNOWN": "B[ B] B>k k B] B>l l k",
    "INCARNATION_IGNORED": "A:name=x A>k A[ A] A>l l l' k",
    "INCARNATION_OF_RECEIVER_ALONE": "A:name=x A>k A[ A] A>l l l' k",
    "SNAP_OF_EARLIER_RESTORE_TAKEN": "A[ A] A>k k A] k'",
    "SNAP_OF_EARLIER_SENDER_TAKEN": "A[ B[ A] A>k k B] B>l l k'",
    "SNAP_INCARNATION_NOT_ADOPTED": "A[ B[ B] B>k k k' @ A] A>l l l'",
}
MERGED = Surroundings(survivors={OTHER: NUMBER})


def start_of(name: str) -> Scene:
    return absent() if Need.CREATION in KNOWN_BAD[name].scope.needs else stock()


@pytest.mark.parametrize("name", KNOWN_BAD)
def test_a_variant_differs_from_the_rules_in_its_scene(name: str) -> None:
    around = MERGED if name == "MERGE_CYCLE_UNSEEN" else ALONE
    right, wrong = (told(start_of(name), SCENES[name], rules, around) for rules in (RULES, KNOWN_BAD[name].rules))
    assert right.seen != wrong.seen


FIRST = ("A:name=x", "B:name=x", "A:occupation=x", "B:occupation=x", "A!DELETED", "B!DELETED", "A:phone=x", "B:phone=x")


@pytest.mark.parametrize("first", FIRST)
@pytest.mark.parametrize("name", KNOWN_BAD)
def test_a_variant_is_as_good_as_the_rules_at_a_first_edit(name: str, first: str) -> None:
    right, wrong = (told(stock(), f"{first} @", rules) for rules in (RULES, KNOWN_BAD[name].rules))
    assert wrong.at["A"].values == wrong.at["B"].values == right.at["A"].values
    assert [wrong.rules.outstanding(one, SETTING) for one in wrong.at.values()] == [(), ()]
    assert reports_of(wrong) == reports_of(right)


def reports_of(scene: Scene) -> list[object]:
    return [seen[0] for seen in scene.seen if len(seen) == 3 and seen[0]]  # type: ignore[arg-type, index]


def test_the_list_is_whole() -> None:
    assert set(SCENES) == set(KNOWN_BAD)
    assert all(name == one.name and re.fullmatch(r"[A-Z][A-Z_]+", name) for name, one in KNOWN_BAD.items())


def texts() -> Iterator[str]:
    for one in KNOWN_BAD.values():
        yield from (one.breaks, one.hole, one.why)


def test_each_variant_has_its_own_sentences() -> None:
    assert all(texts())
    assert len({one.hole for one in KNOWN_BAD.values()}) == len(KNOWN_BAD)
    assert all(one.hole.endswith(".") and one.why.endswith(".") for one in KNOWN_BAD.values())


def test_a_variant_changes_a_function_of_the_rules() -> None:
    assert all(one.rules != RULES for one in KNOWN_BAD.values())
    assert len({one.rules for one in KNOWN_BAD.values()}) == len(KNOWN_BAD)

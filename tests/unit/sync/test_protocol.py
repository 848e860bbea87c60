"""Edits, deliveries and what is owed, step by step; the search over all orders stands with the explorer."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from custmaster.errors import CustmasterError, InvalidValue
from custmaster.sync import (
    Ack,
    Catalogue,
    FieldRow,
    FieldValues,
    ForeignCreation,
    Full,
    InitialLoad,
    KeyInfo,
    Message,
    Options,
    PeerNonKey,
    Replica,
    Report,
    ReportCode,
    Setting,
    Share,
    Snapshot,
    StatusRule,
    Step,
    Surroundings,
    SyncCode,
    blank,
    create,
    deliver,
    edit,
    hand_over,
    load,
    outstanding,
    repair,
    request,
    resume,
    set_status,
)
from custmaster.sync.making import full

SHARED = Catalogue(
    fields=[
        FieldRow(name="name", share=Share.KEY, group="person"),
        FieldRow(name="birth_date", share=Share.KEY, group="person"),
        FieldRow(name="kind", share=Share.KEY),
        FieldRow(name="status", share=Share.KEY, group="status"),
        FieldRow(name="merged_into", share=Share.KEY, group="status"),
        FieldRow(name="relationship", share=Share.KEY, family=True),
        FieldRow(name="occupation"),
    ]
)
DEFAULT = Setting(catalogue=SHARED)
NUMBER = "6000000001"
FIRST = {"name": "n0", "birth_date": "b0", "status": "ACTIVE", "occupation": "o0", "kind": None}


def with_options(**options: object) -> Setting:
    return Setting(catalogue=SHARED, options=Options(**options))  # type: ignore[arg-type]


class Pair:
    """Two systems and one customer; every message of a drained network arrives once, in order."""

    def __init__(self, setting: Setting = DEFAULT) -> None:
        self.setting = setting
        self.bp = blank(number=NUMBER, system="BP", other="EUSP", owner=True)
        self.eusp = blank(number=NUMBER, system="EUSP", other="BP", owner=False)
        self.reports: list[Report] = []

    def take(self, step: Step) -> Step:
        assert (step.refused, step.parked) == (None, None)
        self.keep(step.replica)
        self.reports.extend(step.reports)
        return step

    def keep(self, replica: Replica) -> None:
        setattr(self, "bp" if replica.system == "BP" else "eusp", replica)

    def at(self, system: str) -> Replica:
        return self.bp if system == "BP" else self.eusp

    def deliver(self, message: Message, **more: Surroundings) -> Step:
        return self.take(deliver(self.at(message.receiver), message, self.setting, *more.values()))

    def drain(self) -> int:
        """How many messages it took until nothing was owed."""
        count = 0
        while waiting := [*outstanding(self.bp, self.setting), *outstanding(self.eusp, self.setting)]:
            while waiting:
                count += 1
                waiting.extend(self.deliver(waiting.pop(0)).replies)
        assert self.bp.recovering is self.eusp.recovering is False
        return count

    def equal(self) -> bool:
        return self.bp.values == self.eusp.values and self.eusp.base == (
            self.bp.values if self.bp.owner else self.eusp.base
        )

    def owed(self, system: str) -> Message:
        (message,) = outstanding(self.at(system), self.setting)
        return message

    def lost(self) -> list[tuple[str, str, int]]:
        return [(report.code.value, report.field, report.pseq) for report in self.reports]


@pytest.fixture
def pair() -> Pair:
    made = Pair()
    made.take(create(made.bp, FIRST, "T-1", made.setting))
    assert made.drain() == 2
    return made


def both(made: Pair, name: str) -> tuple[str | None, str | None]:
    return made.bp.values.get(name), made.eusp.values.get(name)


@pytest.mark.parametrize(("system", "messages"), [("BP", 2), ("EUSP", 3)])
def test_an_owners_edit_takes_two_messages_and_a_peers_three(pair: Pair, system: str, messages: int) -> None:
    pair.take(edit(pair.at(system), {"name": "n1"}, DEFAULT))
    assert pair.drain() == messages
    assert both(pair, "name") == ("n1", "n1")
    assert (pair.equal(), pair.reports) == (True, [])


def test_a_value_that_stands_already_is_no_edit(pair: Pair) -> None:
    for system in ("BP", "EUSP"):
        assert edit(pair.at(system), {"name": "n0"}, DEFAULT) == Step(replica=pair.at(system))
        assert set_status(pair.at(system), "ACTIVE", DEFAULT) == Step(replica=pair.at(system))


def test_the_owner_wins_a_whole_group_and_tells_once(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    pair.take(edit(pair.eusp, {"birth_date": "b2"}, DEFAULT))
    proposal = pair.owed("EUSP")
    pair.drain()
    assert (both(pair, "name"), both(pair, "birth_date")) == (("n1", "n1"), ("b0", "b0"))
    assert pair.lost() == [("EDIT_LOST", "birth_date", 1)]
    again = pair.deliver(proposal)
    assert (again.replica, pair.lost()) == (pair.bp, [("EDIT_LOST", "birth_date", 1)])


def test_equal_values_are_lost_by_nobody(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    pair.take(edit(pair.eusp, {"name": "n1"}, DEFAULT))
    pair.drain()
    assert (both(pair, "name"), pair.reports) == (("n1", "n1"), [])


def test_a_group_with_an_edit_under_way_is_held_whole_at_the_peer(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"birth_date": "b2"}, DEFAULT))
    pair.take(edit(pair.bp, {"name": "n1", "occupation": "o1"}, DEFAULT))
    pair.deliver(pair.owed("BP"))
    assert [pair.eusp.values.get(name) for name in ("name", "birth_date", "occupation")] == ["n0", "b2", "o1"]
    pair.take(edit(pair.eusp, {"name": "n3"}, DEFAULT))
    assert {one.field: one.base_rev for one in pair.eusp.pending} == {"name": 1, "birth_date": 1}
    pair.drain()
    assert sorted(pair.lost()) == [("EDIT_LOST", "birth_date", 1), ("EDIT_LOST", "name", 2)]
    assert pair.equal()


def test_the_peers_own_edits_in_a_row_do_not_conflict(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"name": "n1"}, DEFAULT))
    first = pair.owed("EUSP")
    pair.take(edit(pair.eusp, {"name": "n2"}, DEFAULT))
    pair.deliver(pair.owed("EUSP"))
    assert pair.deliver(first).replies != ()
    pair.drain()
    assert (both(pair, "name"), pair.reports) == (("n2", "n2"), [])


def test_a_peers_other_field_is_reported_when_it_is_edited_and_reverts(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"occupation": "o9"}, DEFAULT))
    assert pair.lost() == [("NONKEY_REVERTS", "occupation", 1)]
    assert pair.drain() == 3
    assert both(pair, "occupation") == ("o0", "o0")
    assert pair.lost() == [("NONKEY_REVERTS", "occupation", 1)]


def test_a_full_that_is_older_is_confirmed_and_not_taken(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    old = pair.owed("BP")
    pair.take(edit(pair.bp, {"name": "n2"}, DEFAULT))
    pair.deliver(pair.owed("BP"))
    (answer,) = pair.deliver(old).replies
    assert isinstance(answer, Ack)
    assert (answer.rev, pair.eusp.values.get("name")) == (3, "n2")


def test_an_old_ack_takes_nothing_back(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    (answer,) = deliver(pair.eusp, pair.owed("BP"), DEFAULT).replies
    pair.drain()
    assert pair.deliver(answer).replica is pair.bp


@pytest.mark.parametrize("rule", StatusRule)
def test_a_stale_deletion_under_each_rule(pair: Pair, rule: StatusRule) -> None:
    pair.setting = with_options(status=rule)
    pair.take(set_status(pair.bp, "DELETED", pair.setting))
    pair.drain()
    pair.take(set_status(pair.bp, "ACTIVE", pair.setting))
    pair.take(edit(pair.eusp, {"kind": "PERSON"}, pair.setting))
    pair.take(set_status(pair.bp, "DELETED", pair.setting))
    pair.take(set_status(pair.bp, "ACTIVE", pair.setting))
    step = set_status(evolve(pair.eusp, values=pair.eusp.values.changed({"status": "ACTIVE"})), "DELETED", pair.setting)
    if rule is StatusRule.OWNER_ONLY:
        assert step.refused is SyncCode.STATUS_OWNER_ONLY
        return
    pair.take(step)
    pair.drain()
    wins = rule is StatusRule.DELETE_WINS
    assert both(pair, "status") == (("DELETED",) * 2 if wins else ("ACTIVE",) * 2)
    assert pair.lost() == ([("STATUS_OVERRIDDEN", "status", 5)] if wins else [("EDIT_LOST", "status", 2)])
    assert [one.system for one in pair.reports] == (["BP"] if wins else ["EUSP"])


def test_a_merge_travels_with_its_survivor_and_a_circle_is_refused(pair: Pair) -> None:
    pair.take(set_status(pair.eusp, "MERGED", DEFAULT, merged_into="6000000002"))
    circle = deliver(pair.bp, pair.owed("EUSP"), DEFAULT, Surroundings(survivors={"6000000002": NUMBER}))
    assert [one.code for one in circle.reports] == [ReportCode.MERGE_CYCLE] * 2
    assert circle.replica.values.get("status") == "ACTIVE"
    pair.drain()
    assert (both(pair, "merged_into"), both(pair, "status")) == (("6000000002",) * 2, ("MERGED",) * 2)
    assert set_status(pair.bp, "MERGED", DEFAULT, merged_into=NUMBER).refused is SyncCode.MALFORMED


def test_stock_is_sent_when_it_is_modified_or_asked_for() -> None:
    made = Pair()
    made.take(load(made.bp, FIRST, "L-1", made.setting))
    assert outstanding(made.bp, DEFAULT) == ()
    made.keep(request(made.eusp))
    assert made.drain() == 3
    assert made.equal()
    every = Pair(with_options(initial_load=InitialLoad.FULL))
    every.take(load(every.bp, FIRST, "L-1", every.setting))
    assert every.drain() == 2
    assert load(every.eusp, FIRST, "L-1", DEFAULT).refused is SyncCode.NOT_THE_OWNER
    assert load(every.bp, FIRST, "L-1", DEFAULT).refused is SyncCode.ALREADY_PRESENT


def test_a_creation_at_the_peer_is_refused_or_proposed() -> None:
    made = Pair()
    assert create(made.eusp, FIRST, "T-9", DEFAULT).refused is SyncCode.FOREIGN_CREATION
    made.setting = with_options(foreign_creation=ForeignCreation.KEY_PROPOSAL)
    made.take(create(made.eusp, FIRST, "T-9", made.setting))
    assert made.lost() == [("NONKEY_REVERTS", "occupation", 1)]
    proposal = made.owed("EUSP")
    assert deliver(made.bp, proposal, DEFAULT).refused is SyncCode.FOREIGN_CREATION
    made.drain()
    assert made.equal()
    assert (made.bp.creation_id, made.eusp.creation_id, made.bp.rev) == ("T-9", "T-9", 1)
    assert both(made, "occupation") == (None, None)


def test_of_two_creations_the_peers_is_refused_whole() -> None:
    made = Pair(with_options(foreign_creation=ForeignCreation.KEY_PROPOSAL))
    made.take(create(made.eusp, {"name": "n9", "relationship/SPOUSE/6000000002": "ACTIVE"}, "T-9", made.setting))
    made.take(create(made.bp, FIRST, "T-1", made.setting))
    made.deliver(made.owed("BP"))
    assert made.eusp.creation_id == "T-9"
    made.drain()
    assert (made.equal(), made.eusp.creation_id) == (True, "T-1")
    assert made.lost() == [
        ("CREATION_COLLIDES", "name", 1),
        ("CREATION_COLLIDES", "relationship/SPOUSE/6000000002", 1),
    ]


def test_the_ownership_goes_over_with_the_peers_edits(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"kind": "PERSON", "name": "n5"}, DEFAULT))
    late = pair.owed("EUSP")
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    pair.take(hand_over(pair.bp, DEFAULT))
    (again,) = pair.deliver(late).replies
    assert again == pair.owed("BP")
    (answer,) = pair.deliver(again).replies
    assert isinstance(answer, Full)
    assert pair.lost() == [("EDIT_LOST", "name", 1)]
    assert [type(one) for one in pair.deliver(again).replies] == [Full]
    pair.drain()
    assert (pair.eusp.owner, pair.bp.owner, pair.bp.handoff, pair.bp.values) == (True, False, None, pair.eusp.values)
    assert both(pair, "kind") == ("PERSON", "PERSON")
    assert deliver(pair.bp, again, DEFAULT).refused is SyncCode.WRONG_SYSTEM


def test_a_quiet_ownership_is_confirmed_by_an_ack(pair: Pair) -> None:
    pair.take(hand_over(pair.bp, DEFAULT))
    handoff = pair.owed("BP")
    pair.take(edit(pair.bp, {"kind": "UNIT"}, DEFAULT))
    assert len(outstanding(pair.bp, DEFAULT)) == 2
    (answer,) = pair.deliver(handoff).replies
    assert isinstance(answer, Ack)
    assert pair.deliver(answer).replica.handoff is None
    assert pair.deliver(answer).replica == pair.bp
    assert [type(one) for one in pair.deliver(handoff).replies] == [Ack]
    pair.drain()
    assert both(pair, "kind") == ("UNIT", "UNIT")
    assert deliver(pair.eusp, evolve(handoff, epoch=0), DEFAULT).refused is SyncCode.OTHER_EPOCH


@pytest.mark.parametrize("restored", ["BP", "EUSP"])
def test_a_restore_goes_on_from_what_the_other_knows(pair: Pair, restored: str) -> None:
    backup = pair.at(restored)
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    pair.drain()
    late = full(pair.bp, DEFAULT)
    pair.keep(resume(backup, 1))
    assert edit(pair.at(restored), {"name": "n7"}, DEFAULT).refused is SyncCode.RECOVERING
    assert deliver(pair.at(late.receiver), late, DEFAULT).refused is (
        SyncCode.RECOVERING if restored == "EUSP" else None
    )
    pair.drain()
    assert (both(pair, "name"), pair.equal()) == (("n1", "n1"), True)
    assert deliver(pair.eusp, late, DEFAULT).refused is SyncCode.OTHER_INCARNATION


def test_a_restored_peer_keeps_its_unanswered_edits_and_an_old_snapshot_changes_nothing(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"birth_date": "b5"}, DEFAULT))
    backup = pair.eusp
    pair.take(edit(pair.bp, {"occupation": "o1"}, DEFAULT))
    pair.deliver(pair.owed("BP"))
    pair.keep(resume(backup, 1))
    (snapshot,) = pair.deliver(pair.owed("EUSP")).replies
    pair.deliver(snapshot)
    assert pair.deliver(snapshot).replica is pair.eusp
    pair.drain()
    assert (both(pair, "birth_date"), both(pair, "occupation")) == (("b5", "b5"), ("o1", "o1"))


def test_what_a_restore_makes_doubtful_is_reported(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"name": "n5"}, DEFAULT))
    backup = pair.eusp
    pair.drain()
    pair.take(hand_over(pair.bp, DEFAULT))
    pair.drain()
    pair.keep(resume(backup, 1))
    pair.drain()
    assert pair.lost() == [("UNCERTAIN_AFTER_RESTORE", "name", 1)]
    assert (pair.eusp.owner, pair.bp.owner, both(pair, "name")) == (True, False, ("n5", "n5"))


def test_a_peer_repairs_and_keeps_its_unanswered_edits(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"kind": "UNIT"}, DEFAULT))
    pair.keep(repair(evolve(pair.eusp, base=FieldValues({})), 1))
    pair.drain()
    assert (pair.equal(), both(pair, "kind")) == (True, ("UNIT", "UNIT"))


def test_a_second_repair_is_not_answered_by_the_answer_to_the_first(pair: Pair) -> None:
    pair.keep(repair(pair.eusp, 1))
    (old,) = pair.deliver(pair.owed("EUSP")).replies
    pair.deliver(old)
    pair.take(edit(pair.bp, {"kind": "UNIT"}, DEFAULT))
    pair.drain()
    pair.keep(repair(pair.eusp, 2))
    assert deliver(pair.eusp, old, DEFAULT).refused is SyncCode.OTHER_INCARNATION
    pair.drain()
    assert (pair.equal(), both(pair, "kind")) == (True, ("UNIT", "UNIT"))


def test_two_restored_systems_answer_each_other(pair: Pair) -> None:
    pair.keep(resume(pair.bp, 1))
    pair.keep(resume(pair.eusp, 4))
    pair.drain()
    assert (pair.equal(), pair.bp.known, pair.eusp.known) == (True, 4, 1)


def test_a_system_restored_to_before_the_creation_begins_again() -> None:
    made = Pair()
    made.keep(resume(made.bp, 1))
    made.drain()
    made.take(create(made.bp, FIRST, "T-1", DEFAULT))
    made.eusp = evolve(made.eusp, known=0)
    made.drain()
    assert (made.equal(), made.eusp.known) == (True, 1)


def test_the_callers_mistakes_are_told() -> None:
    made = Pair()
    with pytest.raises(CustmasterError, match="incarnation"):
        resume(made.bp, 0)
    with pytest.raises(CustmasterError, match="asks"):
        request(made.bp)
    with pytest.raises(CustmasterError, match="truth"):
        repair(made.bp, 1)
    with pytest.raises(InvalidValue, match="other"):
        blank(number=NUMBER, system="BP", other="BP", owner=True)
    with pytest.raises(InvalidValue, match="rev"):
        evolve(made.bp, rev=-1)


def refusals() -> Mapping[str, tuple[str, dict[str, object], SyncCode]]:
    return {
        # what is delivered: the kind of message, what is changed in it, what the receiver says
        "wrong system": ("FULL", {"receiver": "ZZ"}, SyncCode.WRONG_SYSTEM),
        "wrong sender": ("FULL", {"sender": "ZZ"}, SyncCode.WRONG_SYSTEM),
        "wrong customer": ("FULL", {"number": "6000000002"}, SyncCode.WRONG_CUSTOMER),
        "full of another epoch": ("FULL", {"epoch": 3}, SyncCode.OTHER_EPOCH),
        "full with an unknown field": ("FULL", {"values": FieldValues({"x": "1"})}, SyncCode.UNKNOWN_FIELD),
        "full of edits never made": ("FULL", {"ack": 9}, SyncCode.MALFORMED),
        "full repeated with other content": (
            "FULL",
            {"rev": 1, "values": FieldValues({"name": "x"})},
            SyncCode.REPEATED_WITH_OTHER_CONTENT,
        ),
        "key of a later epoch": ("KEY", {"epoch": 3}, SyncCode.OTHER_EPOCH),
        "key of a later revision": ("KEY", {"seen": 9}, SyncCode.PEER_AHEAD),
        "other incarnation": ("KEY", {"incarnations": (0, 2)}, SyncCode.OTHER_INCARNATION),
        "ack of another epoch": ("ACK", {"epoch": 3}, SyncCode.OTHER_EPOCH),
        "ack of the future": ("ACK", {"rev": 9}, SyncCode.PEER_AHEAD),
    }


@pytest.mark.parametrize("case", refusals())
def test_a_message_that_cannot_be_is_refused_and_changes_nothing(pair: Pair, case: str) -> None:
    kind, changes, code = refusals()[case]
    pair.take(edit(pair.bp, {"occupation": "o1"}, DEFAULT))
    pair.take(edit(pair.eusp, {"name": "n5"}, DEFAULT))
    kinds: dict[str, Message] = {"FULL": pair.owed("BP"), "KEY": pair.owed("EUSP")}
    (kinds["ACK"],) = deliver(pair.eusp, kinds["FULL"], DEFAULT).replies
    told = kinds[kind]
    before = pair.at(told.receiver)
    step = deliver(before, evolve(told, **changes), DEFAULT)  # type: ignore[arg-type]
    assert step == Step(replica=before, refused=code)
    assert step.replica is before


def proposal_faults() -> Mapping[str, tuple[dict[str, object], SyncCode]]:
    return {
        "unknown field": ({"field": "x"}, SyncCode.UNKNOWN_FIELD),
        "no key field": ({"field": "occupation"}, SyncCode.NOT_A_KEY_FIELD),
        "later than its message": ({"pseq": 7}, SyncCode.MALFORMED),
        "before the first": ({"pseq": 0}, SyncCode.MALFORMED),
        "seen before the first": ({"base_rev": -1}, SyncCode.MALFORMED),
        "seen what is not there yet": ({"base_rev": 9}, SyncCode.PEER_AHEAD),
    }


@pytest.mark.parametrize("case", proposal_faults())
def test_a_proposal_that_cannot_be_is_refused(pair: Pair, case: str) -> None:
    changes, code = proposal_faults()[case]
    pair.take(edit(pair.eusp, {"name": "n5"}, DEFAULT))
    told = pair.owed("EUSP")
    assert isinstance(told, KeyInfo)
    bad = evolve(told, proposals=[evolve(told.proposals[0], **changes)])  # type: ignore[arg-type]
    assert deliver(pair.bp, bad, DEFAULT) == Step(replica=pair.bp, refused=code)


def test_an_edit_repeated_with_other_content_is_refused(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"name": "n5"}, DEFAULT))
    told = pair.owed("EUSP")
    assert isinstance(told, KeyInfo)
    pair.drain()
    for value in ("n6", None):
        bad = evolve(told, proposals=[evolve(told.proposals[0], value=value)])
        assert deliver(pair.bp, bad, DEFAULT).refused is SyncCode.REPEATED_WITH_OTHER_CONTENT
    assert deliver(pair.bp, told, DEFAULT).refused is None


def test_who_is_not_the_owner_is_not_believed(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    full = pair.owed("BP")
    assert isinstance(full, Full)
    swapped = evolve(full, sender="EUSP", receiver="BP")
    assert deliver(pair.bp, swapped, DEFAULT).refused is SyncCode.FROM_NON_OWNER
    pair.take(edit(pair.eusp, {"name": "n2"}, DEFAULT))
    key = evolve(pair.owed("EUSP"), sender="BP", receiver="EUSP")
    assert deliver(pair.eusp, key, DEFAULT).refused is SyncCode.NOT_THE_OWNER
    given = hand_over(pair.bp, DEFAULT).replica.handoff
    assert given is not None
    for epoch, receiver in ((0, "EUSP"), (1, "BP")):
        sender = "BP" if receiver == "EUSP" else "EUSP"
        forged = evolve(given, epoch=epoch, sender=sender, receiver=receiver)
        assert deliver(pair.at(receiver), forged, DEFAULT).refused is SyncCode.FROM_NON_OWNER
    stranger = evolve(given, values=FieldValues({"x": "1"}))
    assert deliver(pair.eusp, stranger, DEFAULT).refused is SyncCode.UNKNOWN_FIELD


def test_another_catalogue_parks(pair: Pair) -> None:
    pair.take(edit(pair.bp, {"name": "n1"}, DEFAULT))
    other = Setting(catalogue=Catalogue(fields=SHARED.fields[1:]))
    assert deliver(pair.eusp, pair.owed("BP"), other) == Step(replica=pair.eusp, parked=SyncCode.OTHER_CATALOGUE)


def test_an_owner_without_the_record_does_not_guess(pair: Pair) -> None:
    pair.take(edit(pair.eusp, {"name": "n5"}, DEFAULT))
    setting = with_options(foreign_creation=ForeignCreation.KEY_PROPOSAL)
    purged = blank(number=NUMBER, system="BP", other="EUSP", owner=True)
    assert deliver(purged, pair.owed("EUSP"), setting).refused is SyncCode.NOT_PRESENT
    assert outstanding(purged, DEFAULT) == ()


def test_snapshots_and_resyncs_of_other_lives_are_refused(pair: Pair) -> None:
    pair.keep(resume(pair.eusp, 2))
    resync = pair.owed("EUSP")
    (snapshot,) = pair.deliver(resync).replies
    assert deliver(pair.bp, evolve(resync, incarnations=(1, 0)), DEFAULT).refused is SyncCode.OTHER_INCARNATION
    for incarnations in ((0, 1), (-1, 2)):
        step = deliver(pair.eusp, evolve(snapshot, incarnations=incarnations), DEFAULT)
        assert step.refused is SyncCode.OTHER_INCARNATION
    assert isinstance(snapshot, Snapshot)
    strange = evolve(snapshot, values=FieldValues({"x": "1"}))
    assert deliver(pair.eusp, strange, DEFAULT).refused is SyncCode.UNKNOWN_FIELD


@pytest.mark.parametrize("system", ["BP", "EUSP"])
def test_what_a_user_may_not_do(pair: Pair, system: str) -> None:
    held, setting = pair.at(system), with_options(peer_nonkey=PeerNonKey.FORBID)
    assert edit(held, {"x": "1"}, DEFAULT).refused is SyncCode.UNKNOWN_FIELD
    assert edit(held, {"status": "DELETED"}, DEFAULT).refused is SyncCode.STATUS_BY_ITS_OWN_OPERATION
    assert edit(held, {"merged_into": "1"}, DEFAULT).refused is SyncCode.STATUS_BY_ITS_OWN_OPERATION
    assert create(held, FIRST, "T-2", setting).refused is SyncCode.ALREADY_PRESENT
    owner = system == "BP"
    assert edit(held, {"occupation": "o3"}, setting).refused is (None if owner else SyncCode.EDIT_FORBIDDEN)
    assert edit(held, {"name": "n3"}, setting).refused is None
    assert hand_over(held, DEFAULT).refused is (None if owner else SyncCode.NOT_THE_OWNER)
    asleep = resume(held, 1)
    assert hand_over(asleep, DEFAULT).refused is SyncCode.RECOVERING
    assert create(asleep, FIRST, "T-2", DEFAULT).refused is SyncCode.RECOVERING


def test_what_nobody_may_do_to_a_customer_that_is_not_there() -> None:
    absent = Pair().bp
    assert edit(absent, {"name": "n"}, DEFAULT).refused is SyncCode.NOT_PRESENT
    assert set_status(absent, "DELETED", DEFAULT).refused is SyncCode.NOT_PRESENT
    assert hand_over(absent, DEFAULT).refused is SyncCode.NOT_PRESENT
    assert create(absent, {"x": "1"}, "T-1", DEFAULT).refused is SyncCode.UNKNOWN_FIELD

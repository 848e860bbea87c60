"""Each check of the oracle against a world made by hand that breaks exactly it, and one that does not."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from custmaster.sim.sync import _ending as ending
from custmaster.sim.sync import _oracle as oracle
from custmaster.sim.sync._book import GRANTED, Book, Deed, Doing, Edit, Element, Side, Told, text_of, writer_of
from custmaster.sim.sync._ending import End, History, ends_in_a_circle
from custmaster.sim.sync._evidence import Arrival, Kept, Pair, Sending, Writing
from custmaster.sim.sync.scope import Scope
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.fields import FieldValues
from custmaster.sync.messages import Ack, Full, Handoff, KeyInfo, Proposal, Resync, Snapshot
from custmaster.sync.options import Options, PeerNonKey, StatusRule
from custmaster.sync.replica import Replica, Report, Step

NUMBER = "6000000001"
SETTING = Scope().setting()
GROUPED = Scope(group=True).setting()
STATUS = Scope(status=True).setting()


def edit(book: Book, system: str, *fields: str, **more: Any) -> int:
    told = {"place": len(book._edits), "doing": Doing.CHANGE, "owner": system == "BP", "epoch": 0, "count": 1}
    shown = tuple(sorted((more.pop("shown", None) or dict.fromkeys(fields, 0)).items()))
    return book.enter(Edit(number=NUMBER, system=system, fields=fields, shown=shown, **{**told, **more}))


def values(*pairs: tuple[str, int]) -> FieldValues:
    return FieldValues({name: text_of(name, number) for name, number in pairs})


def owner(**more: Any) -> Side:
    return side("BP", owner=True, **more)


def side(system: str, *, owner: bool = False, told: Any = (), taken: Any = (), shown: Any = (), **more: Any) -> Side:
    other = "EUSP" if system == "BP" else "BP"
    replica = Replica(number=NUMBER, system=system, other=other, owner=owner, present=True, **{"rev": 1, **more})
    return Side(replica=replica, told=frozenset(told), taken=frozenset(taken), shown=tuple(shown))


def head(sender: str, **more: Any) -> dict[str, Any]:
    receiver = "EUSP" if sender == "BP" else "BP"
    told = {"number": NUMBER, "sender": sender, "receiver": receiver, "incarnations": (0, 0), "epoch": 0}
    return {**told, "catalogue": SETTING.catalogue.fingerprint, **more}


def key(*proposals: tuple[str, str | None], pseq: int = 1, **more: Any) -> KeyInfo:
    listed = [Proposal(field=name, value=text, pseq=pseq, base_rev=1) for name, text in proposals]
    return KeyInfo(**head("EUSP", pseq=pseq, proposals=listed, creation_id=None, seen=1, **more))


def full(sender: str = "BP", **more: Any) -> Full:
    told = {"rev": 1, "ack": 0, "values": FieldValues({}), "stamps": (), "creation_id": None}
    return Full(**head(sender, **{**told, **more}))


def ack(sender: str = "EUSP", **more: Any) -> Ack:
    return Ack(**head(sender, **{"rev": 1, "ack": 0, **more}))


def arrival(before: Side, message: Any, after: Side, **more: Any) -> Arrival:
    step = Step(replica=after.replica, replies=more.pop("replies", ()), reports=more.pop("reports", ()))
    step = evolve(step, refused=more.pop("refused", None))
    element = Element(message=message, notes=more.pop("notes", ()))
    told = {"again": step if not step.reports else evolve(step, reports=()), "setting": SETTING}
    return Arrival(before=before, element=element, step=step, after=after, **{**told, **more})


@pytest.fixture
def book() -> Book:
    return Book()


# Pairs.


def test_s1_two_owners(book: Book) -> None:
    two = Pair(one=owner(), other=side("EUSP", owner=True))
    assert not oracle.at_most_one_owner(two, book)
    assert oracle.at_most_one_owner(Pair(one=owner(), other=side("EUSP")), book)
    assert oracle.at_most_one_owner(Pair(one=owner(), other=side("EUSP", owner=True, recovering=True)), book)


def test_s2_a_peer_ahead(book: Book) -> None:
    assert not oracle.the_peer_is_never_ahead(Pair(one=owner(), other=side("EUSP", rev=2)), book)
    assert oracle.the_peer_is_never_ahead(Pair(one=owner(), other=side("EUSP", rev=1)), book)
    assert oracle.the_peer_is_never_ahead(Pair(one=owner(recovering=True), other=side("EUSP", rev=2)), book)


# What is kept.


def test_s3_a_phantom(book: Book) -> None:
    made = edit(book, "BP", "key1")
    for phantom in (FieldValues({"key1": "out of nowhere"}), values(("key2", made)), values(("key1", 9))):
        assert not oracle.every_value_was_written(Kept(side=owner(values=phantom), setting=SETTING), book)
        assert not oracle.every_value_was_written(Kept(side=side("EUSP", base=phantom), setting=SETTING), book)
    assert oracle.every_value_was_written(Kept(side=owner(values=values(("key1", made))), setting=SETTING), book)


def test_s4_a_peers_value_at_the_owner(book: Book) -> None:
    peers, owners = edit(book, "EUSP", "other1"), edit(book, "BP", "other1")
    leaked = values(("other1", peers))
    assert not oracle.an_owner_holds_only_owners_values(Kept(side=owner(values=leaked), setting=SETTING), book)
    assert not oracle.an_owner_holds_only_owners_values(Kept(side=side("EUSP", base=leaked), setting=SETTING), book)
    assert oracle.an_owner_holds_only_owners_values(Kept(side=side("EUSP", values=leaked), setting=SETTING), book)
    sound = Kept(side=owner(values=values(("other1", owners))), setting=SETTING)
    assert oracle.an_owner_holds_only_owners_values(sound, book)


def test_group_a_name_of_one_with_the_birth_date_of_another(book: Book) -> None:
    first = edit(book, "BP", "key1", "key2")
    peers = edit(book, "EUSP", "key1", shown={"key1": first, "key2": first})
    owners = edit(book, "BP", "key2", shown={"key1": first, "key2": first})
    torn = Kept(side=owner(values=values(("key1", peers), ("key2", owners))), setting=GROUPED)
    assert not oracle.a_group_is_one_authors_view(torn, book)
    assert oracle.a_group_is_one_authors_view(evolve(torn, setting=SETTING), book), (
        "without a group there is no such law"
    )
    whole = Kept(side=owner(values=values(("key1", peers), ("key2", first))), setting=GROUPED)
    assert oracle.a_group_is_one_authors_view(whole, book)


def test_group_a_record_of_two_creations(book: Book) -> None:
    one = edit(book, "BP", "key1", doing=Doing.CREATE)
    other = edit(book, "EUSP", "key1", "key2", doing=Doing.CREATE)
    mixed = owner(values=values(("key1", one), ("key2", other)))
    assert not oracle.an_owners_record_has_one_creation(Kept(side=mixed, setting=SETTING), book)
    later = edit(book, "EUSP", "key2")
    sound = owner(values=values(("key1", one), ("key2", later)))
    assert oracle.an_owners_record_has_one_creation(Kept(side=sound, setting=SETTING), book)


# What is sent.


@pytest.mark.parametrize(
    ("sender", "message", "cause"),
    [
        (owner(), key(("key1", None)), None),
        (side("EUSP"), key(("other1", None)), None),
        (side("EUSP"), full("EUSP"), None),
        (owner(), Handoff(**head("BP", rev=1, ack=0, values=FieldValues({}), stamps=(), creation_id=None)), None),
        (owner(), ack("BP"), None),
        (owner(), Resync(**head("BP")), None),
        (side("EUSP", recovering=True), ack(), None),
        (side("EUSP"), ack("EUSP", number="6000000009"), None),
        (
            side("EUSP"),
            Snapshot(
                **head(
                    "EUSP", owner=True, present=True, rev=1, ack=0, values=FieldValues({}), stamps=(), creation_id=None
                )
            ),
            Resync(**head("BP")),
        ),
    ],
    ids=[
        "key of owner",
        "not KEY",
        "full of peer",
        "handoff",
        "ack",
        "resync",
        "recovering",
        "other number",
        "snapshot",
    ],
)
def test_s9_a_message_that_is_not_its_senders(sender: Side, message: Any, cause: Any, book: Book) -> None:
    sending = Sending(sender=sender, element=Element(message=message), setting=SETTING, cause=cause)
    assert not oracle.each_role_sends_its_own(sending, book)


def test_s9_what_each_may_send(book: Book) -> None:
    handed = Handoff(**head("BP", rev=1, ack=0, values=FieldValues({}), stamps=(), creation_id=None))
    for sender, message, cause in (
        (side("EUSP"), key(("key1", None)), None),
        (owner(), full(), None),
        (side("BP", handoff=handed), handed, None),
        (side("EUSP"), ack(), full()),
        (side("EUSP", owner=True), ack("EUSP"), handed),
        (side("EUSP", recovering=True), Resync(**head("EUSP")), None),
    ):
        sending = Sending(sender=sender, element=Element(message=message), setting=SETTING, cause=cause)
        assert oracle.each_role_sends_its_own(sending, book)


def test_s3_s4_a_message_with_a_value_that_nobody_may_send(book: Book) -> None:
    peers = edit(book, "EUSP", "other1")
    for message in (key(("key1", "phantom")), full(values=values(("other1", peers))), full(values=values(("key1", 7)))):
        sending = Sending(sender=owner(), element=Element(message=message), setting=SETTING)
        assert not oracle.what_is_sent_was_written(sending, book)
    assert oracle.what_is_sent_was_written(
        Sending(sender=owner(), element=Element(message=ack()), setting=SETTING), book
    )


# Arrivals.


def test_s5_a_lost_update(book: Book) -> None:
    first = edit(book, "BP", "key1")
    owners = edit(book, "BP", "key1", shown={"key1": first})
    unseen = edit(book, "EUSP", "key1", shown={"key1": first})
    seen = edit(book, "EUSP", "key1", shown={"key1": owners})
    before = owner(values=values(("key1", owners)))

    def replaced(by: int, before: Side = before) -> Arrival:
        return arrival(before, key(("key1", text_of("key1", by))), owner(values=values(("key1", by)), ack=1))

    assert not oracle.nothing_unseen_is_replaced(replaced(unseen), book)
    assert oracle.nothing_unseen_is_replaced(replaced(seen), book)
    again = evolve(before, taken=frozenset({(seen, "key1")}))
    assert not oracle.nothing_unseen_is_replaced(replaced(seen, again), book), "no edit is taken twice"


def test_s3_a_key_that_changes_more_than_it_names(book: Book) -> None:
    first, made = edit(book, "BP", "key1", "key2"), edit(book, "EUSP", "key1")
    before = owner(values=values(("key1", first), ("key2", first)))
    message = key(("key1", text_of("key1", made)))
    sound = owner(values=values(("key1", made), ("key2", first)), ack=1)
    assert oracle.a_proposal_changes_what_it_names(arrival(before, message, sound), book)
    wiped = owner(values=values(("key1", made)), ack=1)
    assert not oracle.a_proposal_changes_what_it_names(arrival(before, message, wiped), book)


def test_s6_a_version_that_falls(book: Book) -> None:
    before = side("EUSP", rev=3, pseq=2, known=1)
    for fallen in ({"rev": 2}, {"pseq": 1}, {"known": 0}, {"incarnation": 1}):
        after = side("EUSP", **{"rev": 3, "pseq": 2, "known": 1, **fallen})
        assert not oracle.versions_never_fall(arrival(before, full(), after), book)
    assert oracle.versions_never_fall(arrival(before, full(), side("EUSP", rev=4, pseq=2, known=1)), book)
    assert oracle.versions_never_fall(arrival(before, full(), side("EUSP", epoch=1, known=1)), book)


def test_s7_an_answer_that_does_not_rank_below(book: Book) -> None:
    here = side("EUSP")
    for replies in ((full("EUSP"),), (ack(), ack()), (key(),)):
        assert not oracle.answers_rank_below(arrival(here, full(), here, replies=replies), book)
    assert oracle.answers_rank_below(arrival(here, full(), here, replies=(ack(),)), book)
    late = Handoff(**head("BP", epoch=1, rev=1, ack=0, values=FieldValues({}), stamps=(), creation_id=None))
    assert oracle.answers_rank_below(arrival(side("BP"), key(), side("BP"), replies=(late,)), book)
    assert not oracle.answers_rank_below(arrival(side("BP"), key(epoch=1), side("BP"), replies=(late,)), book)


def test_s8_a_second_time_that_changes_something(book: Book) -> None:
    here = side("EUSP")
    report = Report(code=ReportCode.EDIT_LOST, number=NUMBER, system="EUSP", epoch=0, pseq=1, field="key1")
    for again in (Step(replica=side("EUSP", rev=2).replica), Step(replica=here.replica, reports=(report,))):
        assert not oracle.a_second_time_changes_nothing(arrival(here, full(), here, again=again), book)
    assert oracle.a_second_time_changes_nothing(arrival(here, full(), here), book)


def test_untouched_a_refusal_that_leaves_a_trace(book: Book) -> None:
    here, there = side("EUSP"), side("EUSP", rev=2)
    refused = {"refused": SyncCode.OTHER_EPOCH}
    assert not oracle.what_is_refused_leaves_no_trace(arrival(here, full(), there, **refused), book)
    assert not oracle.what_is_refused_leaves_no_trace(arrival(here, full(), here, replies=(ack(),), **refused), book)
    assert oracle.what_is_refused_leaves_no_trace(arrival(here, full(), here, **refused), book)


def conflict(book: Book, *, seen: bool) -> tuple[Arrival, int]:
    owners = edit(book, "BP", "key1")
    lost = edit(book, "EUSP", "key1", shown={"key1": owners if seen else 0})
    report = Report(code=ReportCode.EDIT_LOST, number=NUMBER, system="EUSP", epoch=0, pseq=1, field="key1")
    told = Told(code=ReportCode.EDIT_LOST, edit=lost, field="key1")
    stands = values(("key1", owners))
    after = owner(values=stands, ack=1, told=[told])
    message = key(("key1", text_of("key1", lost)))
    return arrival(owner(values=stands), message, after, reports=(report,), new=(told,)), lost


def test_s10_a_false_conflict(book: Book) -> None:
    assert not oracle.lost_edits_met_one_unseen(conflict(book, seen=True)[0], book)
    assert oracle.lost_edits_met_one_unseen(conflict(book, seen=False)[0], book)


def test_s10_an_edit_that_was_granted_is_one_that_was_made(book: Book) -> None:
    false, _ = conflict(book, seen=True)
    unseen = edit(book, "BP", "key1")
    granted = Told(code=GRANTED, edit=unseen, field="key1")
    assert oracle.lost_edits_met_one_unseen(evolve(false, before=evolve(false.before, told=frozenset({granted}))), book)


def test_s11_reports_that_are_not_true(book: Book) -> None:
    sound, _ = conflict(book, seen=False)
    assert oracle.reports_are_true_and_told_once(sound, book)
    told, report = sound.new[0], sound.step.reports[0]
    by_peer = evolve(sound, after=evolve(sound.after, replica=side("BP").replica))
    twice = evolve(sound, before=evolve(sound.before, told=frozenset({told})))
    doubled = evolve(sound, new=(told, told), step=evolve(sound.step, reports=(report, report)))
    owners = evolve(sound, new=(evolve(told, edit=1),))
    untrue = evolve(sound, untrue=(report,))
    doubt = evolve(sound, new=(evolve(told, code=ReportCode.UNCERTAIN_AFTER_RESTORE),))
    equal = evolve(sound, after=evolve(sound.after, replica=owner(values=values(("key1", 2))).replica))
    for wrong in (by_peer, twice, doubled, owners, untrue, doubt, equal):
        assert not oracle.reports_are_true_and_told_once(wrong, book)


def overridden(book: Book, *, status: StatusRule, told: bool, seen: bool = False) -> Arrival:
    first = edit(book, "BP", "status")
    active = edit(book, "BP", "status", doing=Doing.ACTIVATE, shown={"status": first})
    deletion = edit(book, "EUSP", "status", doing=Doing.DELETE, shown={"status": active if seen else first})
    report = Report(code=ReportCode.STATUS_OVERRIDDEN, number=NUMBER, system="BP", epoch=0, pseq=1, field="status")
    new = (Told(code=ReportCode.STATUS_OVERRIDDEN, edit=active, field="status"),) if told else ()
    return arrival(
        owner(values=FieldValues({"status": "ACTIVE"}), shown=[("status", active)]),
        key(("status", "DELETED")),
        owner(values=FieldValues({"status": "DELETED"}), shown=[("status", deletion)], ack=1, told=new),
        notes=(("status", deletion),),
        new=new,
        reports=(report,) * told,
        setting=evolve(STATUS, options=Options(status=status)),
    )


@pytest.mark.parametrize(
    ("status", "told", "seen", "holds"),
    [
        (StatusRule.DELETE_WINS, True, False, True),
        (StatusRule.DELETE_WINS, False, False, False),
        (StatusRule.DELETE_WINS, True, True, False),
        (StatusRule.DELETE_WINS, False, True, True),
        (StatusRule.OWNER_WINS, True, False, False),
        (StatusRule.OWNER_WINS, False, True, True),
    ],
)
def test_s11_a_deletion_that_overrides(status: StatusRule, told: bool, seen: bool, holds: bool, book: Book) -> None:
    found = overridden(book, status=status, told=told, seen=seen)
    assert oracle.a_deletion_overrides_only_by_option(found, book) is holds


def test_s5_is_waived_for_a_deletion_by_option(book: Book) -> None:
    assert oracle.nothing_unseen_is_replaced(overridden(book, status=StatusRule.DELETE_WINS, told=True), book)
    assert not oracle.nothing_unseen_is_replaced(overridden(book, status=StatusRule.OWNER_WINS, told=False), book)


@pytest.mark.parametrize("seen", [True, False])
def test_s12_a_deletion_undone_unseen(seen: bool, book: Book) -> None:
    first = edit(book, "BP", "status")
    deletion = edit(book, "BP", "status", doing=Doing.DELETE, shown={"status": first})
    activation = edit(book, "EUSP", "status", doing=Doing.ACTIVATE, shown={"status": deletion if seen else first})
    found = arrival(
        owner(values=FieldValues({"status": "DELETED"}), shown=[("status", deletion)]),
        key(("status", "ACTIVE")),
        owner(values=FieldValues({"status": "ACTIVE"}), shown=[("status", activation)], ack=1),
        notes=(("status", activation),),
        setting=STATUS,
    )
    assert oracle.no_deletion_is_undone_unseen(found, book) is seen


def test_l5_an_edit_both_taken_and_lost(book: Book) -> None:
    found, lost = conflict(book, seen=False)
    assert oracle.what_was_taken_is_not_lost(found, book)
    both = evolve(found, after=evolve(found.after, taken=frozenset({(lost, "key1")})))
    assert not oracle.what_was_taken_is_not_lost(both, book)


# Writings.


def writing(book: Book, system: str, fields: tuple[str, ...], **more: Any) -> Writing:
    made = edit(book, system, *fields)
    before = owner() if system == "BP" else side("EUSP")
    wanted = {name: text_of(name, made) for name in fields}
    after = evolve(before.replica, values=FieldValues(wanted), rev=before.replica.rev + (system == "BP"))
    reports = tuple(
        Report(code=ReportCode.NONKEY_REVERTS, number=NUMBER, system=system, epoch=0, pseq=1, field=name)
        for name in fields
        if name == "other1" and system == "EUSP"
    )
    step = Step(replica=after, reports=reports)
    told = {"before": before, "edit": made, "values": wanted, "step": step, "after": evolve(before, replica=after)}
    return Writing(**{**told, "setting": SETTING, **more})


@pytest.mark.parametrize("system", ["BP", "EUSP"])
def test_edit_what_was_asked_is_done(system: str, book: Book) -> None:
    sound = writing(book, system, ("key1", "other1"))
    assert oracle.an_edit_does_what_was_asked(sound, book)
    refused = evolve(sound, step=evolve(sound.step, refused=SyncCode.EDIT_FORBIDDEN))
    half = evolve(sound, after=evolve(sound.after, replica=evolve(sound.after.replica, values=FieldValues({}))))
    recovering = evolve(sound, before=evolve(sound.before, replica=evolve(sound.before.replica, recovering=True)))
    for wrong in (refused, half, recovering):
        assert not oracle.an_edit_does_what_was_asked(wrong, book)


def test_edit_what_is_forbidden_is_refused(book: Book) -> None:
    forbidding = evolve(SETTING, options=Options(peer_nonkey=PeerNonKey.FORBID))
    made = writing(book, "EUSP", ("other1",), setting=forbidding)
    assert not oracle.an_edit_does_what_was_asked(made, book)
    refused = evolve(made, after=made.before, step=Step(replica=made.before.replica, refused=SyncCode.EDIT_FORBIDDEN))
    assert oracle.an_edit_does_what_was_asked(refused, book)


def test_s11_a_reverting_edit_that_is_not_told(book: Book) -> None:
    sound = writing(book, "EUSP", ("key1", "other1"))
    assert oracle.reverting_edits_are_told_at_once(sound, book)
    silent = evolve(sound, step=evolve(sound.step, reports=()))
    wrong = evolve(sound, step=evolve(sound.step, reports=(evolve(sound.step.reports[0], pseq=2),)))
    assert not oracle.reverting_edits_are_told_at_once(silent, book)
    assert not oracle.reverting_edits_are_told_at_once(wrong, book)
    owners = writing(book, "BP", ("other1",))
    assert oracle.reverting_edits_are_told_at_once(owners, book)


def test_s6_a_writing_that_leaves_the_version(book: Book) -> None:
    sound = writing(book, "BP", ("key1",))
    assert oracle.a_writing_never_lowers_the_version(sound, book)
    same = evolve(sound, after=evolve(sound.after, replica=evolve(sound.after.replica, rev=1)))
    assert not oracle.a_writing_never_lowers_the_version(same, book)


# Endings.


def rest(book: Book, **more: Any) -> End:
    told = {"one": owner(), "other": side("EUSP"), "rested": True}
    return End(**{**told, **more})


def test_l1_an_endless_exchange(book: Book) -> None:
    assert not ending.everything_comes_to_rest(rest(book, rested=False), book)
    assert ending.everything_comes_to_rest(rest(book), book)


def test_l2_unequal_at_rest(book: Book) -> None:
    assert ending.at_rest_both_are_equal(rest(book), book)
    made = values(("key1", edit(book, "BP", "key1")))
    for other in (
        side("EUSP", values=made),
        side("EUSP", rev=2),
        side("EUSP", creation_id="another"),
        side("EUSP", recovering=True),
        side("EUSP", owner=True),
    ):
        assert not ending.at_rest_both_are_equal(rest(book, other=other), book)


def test_l3_an_old_message_that_wakes(book: Book) -> None:
    assert not ending.old_messages_change_nothing(rest(book, woken=True), book)
    assert ending.old_messages_change_nothing(rest(book), book)


def test_l4_an_edit_that_vanished(book: Book) -> None:
    first = edit(book, "BP", "key1")
    lost = edit(book, "EUSP", "key1", shown={"key1": first})
    stands = rest(book, one=owner(values=values(("key1", first))), other=side("EUSP", values=values(("key1", first))))
    vanished = History(end=stands, made=(first, lost))
    assert not ending.every_edit_is_accounted_for(vanished, book)
    assert ending.unexplained(vanished, book) == (lost, "key1")
    told = Told(code=ReportCode.EDIT_LOST, edit=lost, field="key1")
    later = edit(book, "EUSP", "key1", shown={"key1": lost})
    collided = Told(code=ReportCode.CREATION_COLLIDES, edit=lost, field="key2")
    for sound in (
        evolve(vanished, told=frozenset({told})),
        evolve(vanished, told=frozenset({collided})),
        evolve(vanished, excused=frozenset({lost})),
        evolve(vanished, made=(first, lost, later), told=frozenset({evolve(told, edit=later)})),
    ):
        assert ending.every_edit_is_accounted_for(sound, book)


def test_merge_a_circle() -> None:
    assert ends_in_a_circle({"1": "2", "2": "1"})
    assert ends_in_a_circle({"0": "1", "1": "2", "2": "1"})
    assert not ends_in_a_circle({"1": "2", "2": "3"})
    assert not ends_in_a_circle({})


# The book.


def test_the_book_knows_what_an_author_had_seen(book: Book) -> None:
    first = edit(book, "BP", "key1")
    second = edit(book, "EUSP", "key1", shown={"key1": first})
    third = edit(book, "BP", "key1", shown={"key1": second})
    assert book.saw(third, "key1") == {first, second}
    assert book.saw(first, "key1") == frozenset()
    assert book.saw(third, "key2") == frozenset()
    assert book.concurrent(second, frozenset({first, third}), "key1") == {third}
    assert book.enter(book[first]) == first


@pytest.mark.parametrize(
    ("text", "writer"), [(None, 0), ("key1#12", 12), ("plain", -1), ("key1#", -1), ("key1#１", -1)]
)
def test_a_text_names_its_writer(text: str | None, writer: int) -> None:
    assert writer_of(text) == writer


def test_a_deed_says_what_it_does() -> None:
    assert Deed(doing=Doing.MERGE, fields=("status",), into="6000000003").into == "6000000003"

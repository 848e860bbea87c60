"""Scenes of plain use: who sends what to whom, conflicts, pending edits, groups, status, creation, faults of the network, bad input."""

from __future__ import annotations

from custmaster.sync import Ack, Full, KeyInfo
from custmaster.testing._sync_scenes import BP, EUSP, NEW, OLD, damaged, deliver_last, last, needs, newest, settled
from custmaster.testing.sync_adapter import KIT_CONFIG, Capability, HostConfig, SyncHost
from custmaster.testing.sync_pair import SyncPair

__all__ = ["PlainScenes", "Scenes"]


class Scenes:
    """How a scene comes to its pair of hosts."""

    config: HostConfig = KIT_CONFIG

    def make_host(self, system: str, config: HostConfig) -> SyncHost:
        """An empty host of the system."""
        raise NotImplementedError

    def pair(self, *capabilities: Capability) -> SyncPair:
        """Two new hosts; skips the test when they lack a capability."""
        pair = SyncPair(self.make_host, config=self.config)
        needs(pair, *capabilities)
        return pair


class PlainScenes(Scenes):
    """Edits, messages and faults of one customer or two."""

    def _costs(self, pair: SyncPair, most: int) -> None:
        taken = pair.drain()
        if taken > most:
            raise pair.fail("3.4, the cost of an edit", f"it took {taken} messages where {most} are enough")

    def test_what_the_owner_creates_reaches_the_peer(self) -> None:
        """R-69, R-71."""
        pair = self.pair()
        for number in (NEW, OLD):
            pair.create(pair.config.owner(number), number)
        pair.quiesce()

    def test_an_edit_of_the_owner_takes_two_messages(self) -> None:
        """FULL and its ACK."""
        for number in (NEW, OLD):
            pair = settled(self.pair(), number)
            pair.edit(pair.config.owner(number), number, "occupation", "name")
            self._costs(pair, 2)
            pair.quiesce()

    def test_a_key_edit_of_the_peer_takes_three_messages(self) -> None:
        """KEY, FULL and its ACK (R-70, R-72)."""
        for number in (NEW, OLD):
            pair = settled(self.pair(), number)
            pair.edit(pair.config.other(pair.config.owner(number)), number, "name")
            self._costs(pair, 3)
            pair.quiesce()

    def test_a_pair_at_rest_owes_nothing(self) -> None:
        """Also after an old ACK has come once more."""
        pair = settled(self.pair())
        pair.edit(BP, NEW, "name")
        pair.drain()
        for sent in newest(pair, BP, Ack):
            pair.deliver(BP, sent.data)
        if any(host.outgoing() for host in pair.hosts.values()):
            raise pair.fail("L1, both come to rest", "an old ACK makes the owner send again what has arrived")

    def test_an_old_ack_does_not_confirm_a_new_edit(self) -> None:
        """What is owed is owed until its own version is confirmed."""
        pair = settled(self.pair())
        pair.edit(BP, NEW, "name")
        deliver_last(pair, BP, Ack)
        last(pair, EUSP, Full)
        if not pair.hosts[BP].outgoing():
            raise pair.fail("L1, what is owed is sent until it arrives", "an old ACK made the owner forget a new edit")
        pair.quiesce()

    def test_an_answer_that_is_lost_is_owed_still(self) -> None:
        """Sending confirms nothing."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number")
        pair.drain()
        pair.edit(BP, NEW, "occupation")
        deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_asking_what_is_owed_changes_nothing(self) -> None:
        """`outgoing` is derived."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        host = pair.hosts[EUSP]
        before, first = host.state(), list(host.outgoing())
        if list(host.outgoing()) != first or host.state() != before:
            raise pair.fail("what is owed is derived", "EUSP: asking twice gives another answer or another state")

    def test_a_non_key_edit_of_the_peer_is_reported_at_once_and_reverts(self) -> None:
        """A5: the owner's echo overwrites it."""
        pair = settled(self.pair())
        kept = (pair.hosts[BP].record(NEW) or {}).get("occupation")
        pair.edit(EUSP, NEW, "occupation", "phone")
        pair.quiesce()
        if (pair.hosts[EUSP].record(NEW) or {}).get("occupation") != kept:
            raise pair.fail("A5, the owner's fields are the owner's", "the peer's edit of occupation stayed")

    def test_edits_in_a_row_do_not_conflict_with_each_other(self) -> None:
        """Rule 5: a conflict is one with the owner's own writes."""
        pair = settled(self.pair())
        for field in ("name", "document_number", "name"):
            pair.edit(EUSP, NEW, field)
            deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_the_owner_wins_a_concurrent_edit_and_reports_it_once(self) -> None:
        """S5, L4."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number")
        pair.edit(BP, NEW, "document_number")
        for _ in range(2):
            deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_edits_of_different_fields_both_stay(self) -> None:
        """A conflict is one of a unit, not of the record."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number")
        pair.edit(BP, NEW, "name", "occupation")
        pair.quiesce()

    def test_the_owners_second_write_counts_too(self) -> None:
        """The stamp of a unit rises with each own write."""
        pair = settled(self.pair())
        pair.edit(BP, NEW, "document_number")
        pair.drain()
        pair.edit(EUSP, NEW, "document_number")
        pair.edit(BP, NEW, "document_number")
        pair.quiesce()

    def test_every_field_of_an_edit_weighs(self) -> None:
        """An owner's edit of two fields stamps both."""
        for field in ("name", "document_number"):
            pair = settled(self.pair())
            pair.edit(EUSP, NEW, field)
            pair.edit(BP, NEW, "name", "document_number")
            pair.quiesce()

    def test_a_non_key_field_is_reported_beside_a_key_field(self) -> None:
        """A5: in an edit of both, and while a key edit waits for its answer."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name", "occupation")
        pair.edit(EUSP, NEW, "occupation")
        pair.quiesce()

    def test_an_edit_made_over_an_unanswered_one_keeps_its_base(self) -> None:
        """Rule 2: its author never saw what the owner wrote meanwhile."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number")
        pair.edit(BP, NEW, "document_number")
        deliver_last(pair, EUSP, Full)
        pair.edit(EUSP, NEW, "document_number")
        pair.quiesce()

    def test_an_edit_that_was_processed_is_not_weighed_again(self) -> None:
        """The number of each proposed field counts, not that of the message alone."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        deliver_last(pair, BP, KeyInfo)
        pair.edit(BP, NEW, "name")
        pair.edit(EUSP, NEW, "document_number")
        deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_a_full_message_leaves_the_edits_that_it_does_not_answer(self) -> None:
        """H7."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        deliver_last(pair, BP, KeyInfo)
        pair.edit(EUSP, NEW, "document_number")
        deliver_last(pair, EUSP, Full)
        pair.edit(BP, NEW, "occupation")
        deliver_last(pair, EUSP, Full)
        pair.quiesce()

    def test_a_stale_full_message_changes_nothing(self) -> None:
        """H2: also one of equal revision whose count of processed edits is lower."""
        pair = settled(self.pair())
        pair.edit(BP, NEW, "name")
        pair.edit(BP, NEW, "name", "occupation")
        pair.edit(EUSP, NEW, "document_number")
        deliver_last(pair, BP, KeyInfo)
        for sent in newest(pair, EUSP, Full):
            pair.deliver(EUSP, sent.data)
        pair.quiesce()

    def test_messages_may_arrive_twice_at_every_step(self) -> None:
        """S8."""
        pair = settled(self.pair(), NEW, OLD)
        for number in (NEW, OLD):
            for system in (BP, EUSP, BP):
                pair.edit(system, number, "name", "occupation")
                for sent in tuple(pair.network[-3:]):
                    pair.deliver(sent.receiver, sent.data)
                    pair.deliver(sent.receiver, sent.data)
        pair.quiesce()

    def test_an_old_proposal_after_a_newer_one_changes_nothing(self) -> None:
        """Reordered KEY messages."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        pair.edit(EUSP, NEW, "name")
        newer, older = newest(pair, BP, KeyInfo)[:2]
        pair.deliver(BP, newer.data)
        pair.deliver(BP, older.data)
        pair.quiesce()

    def test_a_group_is_refused_whole(self) -> None:
        """H9: never the name of one and the birth date of another."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "birth_date")
        pair.quiesce()

    def test_a_group_with_an_unanswered_edit_is_held_whole(self) -> None:
        """H9 at the peer."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "birth_date")
        deliver_last(pair, EUSP, Full)
        pair.edit(EUSP, NEW, "birth_date")
        pair.quiesce()

    def test_equal_values_from_both_sides_are_no_conflict(self) -> None:
        """Rule 3: processed without a report."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number", value="same")
        pair.edit(BP, NEW, "document_number", value="same")
        pair.quiesce()

    def test_an_edit_back_to_the_old_value_is_an_edit(self) -> None:
        """Its number must not be forgotten."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number", value="a")
        pair.drain()
        pair.edit(EUSP, NEW, "document_number", value="b")
        pair.edit(EUSP, NEW, "document_number", value="a")
        pair.quiesce()

    def test_a_value_that_is_taken_away_is_gone_at_both(self) -> None:
        """By the owner, and by the peer for KEY fields."""
        pair = settled(self.pair())
        pair.edit(BP, NEW, "occupation", "birth_date", value=None)
        pair.drain()
        pair.edit(EUSP, NEW, "document_number", value=None)
        pair.quiesce()

    def test_a_field_that_is_not_shared_is_refused_or_stays_at_home(self) -> None:
        """A10: a private field never travels."""
        pair = settled(self.pair())
        for host in pair.hosts.values():
            host.edit(NEW, {"teller_note": "tall"})
        pair.poll()
        pair.quiesce()

    def test_status_travels_and_no_edit_changes_it(self) -> None:
        """A3."""
        pair = settled(self.pair())
        pair.set_status(BP, NEW, "DELETED")
        pair.edit(EUSP, NEW, "name")
        pair.quiesce()
        pair.set_status(EUSP, NEW, "ACTIVE")
        pair.quiesce()
        if (pair.hosts[BP].record(NEW) or {}).get("status") != "ACTIVE":
            raise pair.fail("A3, the peer's reactivation travels", "BP still holds the customer as deleted")

    def test_a_reactivation_that_has_not_seen_the_deletion_undoes_nothing(self) -> None:
        """S12."""
        pair = settled(self.pair())
        pair.set_status(EUSP, NEW, "DELETED")
        pair.drain()
        pair.set_status(EUSP, NEW, "ACTIVE")
        pair.set_status(BP, NEW, "ACTIVE")
        pair.set_status(BP, NEW, "DELETED")
        pair.quiesce()
        if (pair.hosts[BP].record(NEW) or {}).get("status") != "DELETED":
            raise pair.fail("S12, no delete is undone unseen", "BP: the deletion is gone")

    def test_a_deletion_that_has_not_seen_the_owners_status_loses(self) -> None:
        """A3, the default reading: rule 3 for the status too."""
        pair = settled(self.pair())
        pair.set_status(EUSP, NEW, "DELETED")
        pair.set_status(BP, NEW, "DELETED")
        pair.set_status(BP, NEW, "ACTIVE")
        pair.quiesce()

    def test_status_and_fields_go_in_one_message(self) -> None:
        """A status of its own would be lost when a KEY without it raises the count of processed edits."""
        pair = settled(self.pair())
        pair.edit(EUSP, NEW, "document_number")
        pair.set_status(EUSP, NEW, "DELETED")
        pair.edit(EUSP, NEW, "name")
        pair.quiesce()

    def test_relationships_are_taken_one_by_one(self) -> None:
        """A4: two of them are no conflict."""
        pair = settled(self.pair(Capability.RELATIONS))
        pair.edit(EUSP, NEW, "relationship/SPOUSE/6000000009")
        pair.edit(BP, NEW, "relationship/PARENT/6000000008")
        pair.quiesce()
        pair.edit(EUSP, NEW, "relationship/SPOUSE/6000000009", value=None)
        pair.edit(BP, NEW, "relationship/SPOUSE/6000000009")
        pair.quiesce()

    def test_a_creation_at_the_peer_is_proposed_to_the_owner(self) -> None:
        """A2; what is edited before the answer goes with it."""
        pair = self.pair(Capability.FOREIGN_CREATE)
        pair.create(EUSP, NEW)
        pair.edit(EUSP, NEW, "document_number")
        deliver_last(pair, BP, KeyInfo)
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "occupation")
        pair.quiesce()

    def test_two_creations_of_one_number_are_not_merged(self) -> None:
        """A2: the peer's whole proposal is refused, and reported."""
        pair = self.pair(Capability.FOREIGN_CREATE)
        pair.create(EUSP, NEW, ("name", "document_number"))
        pair.create(BP, NEW, ("name", "occupation"))
        deliver_last(pair, BP, KeyInfo)
        pair.edit(EUSP, NEW, "birth_date")
        pair.quiesce()

    def test_bad_input_leaves_the_state_byte_for_byte(self) -> None:
        """Refused or parked, never half done, and never an exception."""
        pair = settled(self.pair(), NEW, OLD)
        pair.edit(BP, NEW, "name")
        pair.edit(EUSP, NEW, "document_number")
        for system, kind in ((EUSP, Full), (BP, KeyInfo)):
            sent, host = last(pair, system, kind), pair.hosts[system]
            if kind is Full:
                pair.deliver(system, sent.data)
            for wrong, data in damaged(sent.data):
                before = host.state()
                host.deliver(data)
                if host.state() != before:
                    raise pair.fail("bad input changes nothing", f"{system} acts on a message with {wrong}")
        pair.quiesce()

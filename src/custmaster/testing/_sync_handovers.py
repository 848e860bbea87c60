"""Scenes of the hand-over: the ownership of one customer goes to the other system, and perhaps back."""

from __future__ import annotations

from custmaster.sync import Ack, Full, Handoff, KeyInfo
from custmaster.testing._sync_plain import Scenes
from custmaster.testing._sync_scenes import BP, EUSP, NEW, deliver_last, newest, settled
from custmaster.testing.sync_adapter import Capability
from custmaster.testing.sync_pair import SyncPair

__all__ = ["HandoverScenes"]


class HandoverScenes(Scenes):
    """A7, rule 7."""

    def _handing(self) -> SyncPair:
        return settled(self.pair(Capability.HANDOFF))

    def test_the_ownership_goes_over(self) -> None:
        """And comes back."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        pair.quiesce()
        pair.edit(EUSP, NEW, "occupation")
        pair.edit(BP, NEW, "name")
        pair.quiesce()
        pair.hand_over(EUSP, NEW)
        pair.quiesce()
        pair.edit(EUSP, NEW, "name", "occupation")
        pair.quiesce()

    def test_the_peer_cannot_take_the_ownership(self) -> None:
        """Only the owner gives it."""
        pair = self._handing()
        pair.hand_over(EUSP, NEW)
        pair.quiesce()

    def test_pending_edits_are_taken_by_the_new_owner(self) -> None:
        """Each as an edit of the owner."""
        pair = self._handing()
        pair.edit(EUSP, NEW, "name")
        pair.hand_over(BP, NEW)
        deliver_last(pair, EUSP, Handoff)
        pair.quiesce()

    def test_pending_edits_that_had_not_seen_the_owners_are_reported(self) -> None:
        """S5 over the change of the owner."""
        pair = self._handing()
        pair.edit(EUSP, NEW, "name", "occupation")
        pair.edit(BP, NEW, "name")
        pair.hand_over(BP, NEW)
        pair.quiesce()

    def test_the_payload_is_frozen(self) -> None:
        """H11: edits of the former owner, now the peer, do not leak into it."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        pair.edit(BP, NEW, "name", "occupation")
        deliver_last(pair, EUSP, Handoff)
        pair.quiesce()

    def test_a_handoff_that_comes_twice_is_answered_and_changes_nothing(self) -> None:
        """Also after the new owner has edited."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        deliver_last(pair, EUSP, Handoff)
        pair.edit(EUSP, NEW, "name", "occupation")
        deliver_last(pair, EUSP, Handoff)
        pair.quiesce()

    def test_stamps_travel_with_the_ownership(self) -> None:
        """What the former owner wrote still weighs against an old proposal."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        pair.drain()
        pair.edit(EUSP, NEW, "document_number")
        pair.edit(BP, NEW, "document_number")
        pair.hand_over(EUSP, NEW)
        pair.quiesce()

    def test_a_late_key_message_is_answered_by_the_handoff(self) -> None:
        """The one answer that does not rank lower."""
        pair = self._handing()
        pair.edit(EUSP, NEW, "name")
        pair.hand_over(BP, NEW)
        deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_messages_of_an_old_epoch_change_nothing(self) -> None:
        """H12: the ownership has come back, and the old messages with it."""
        pair = self._handing()
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "occupation")
        pair.hand_over(BP, NEW)
        pair.drain()
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "document_number")
        pair.hand_over(EUSP, NEW)
        for sent in tuple(pair.network):
            pair.deliver(sent.receiver, sent.data)
        pair.edit(BP, NEW, "name")
        for sent in tuple(pair.network):
            pair.deliver(sent.receiver, sent.data)
        pair.quiesce()

    def test_an_old_ack_closes_no_handoff_and_confirms_nothing_of_a_new_epoch(self) -> None:
        """ACK counts for its own epoch."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        for sent in newest(pair, BP, Ack):
            pair.deliver(BP, sent.data)
        if not pair.hosts[BP].outgoing():
            raise pair.fail("L1, the handoff is owed until it is confirmed", "BP forgot it at an ACK of the old epoch")
        pair.drain()
        pair.hand_over(EUSP, NEW)
        pair.drain()
        pair.edit(BP, NEW, "name")
        for sent in newest(pair, BP, Ack):
            pair.deliver(BP, sent.data)
        if not pair.hosts[BP].outgoing() and pair.hosts[EUSP].record(NEW) != pair.hosts[BP].record(NEW):
            raise pair.fail("L1, what is owed is sent until it arrives", "BP forgot an edit at an ACK of another epoch")
        pair.quiesce()

    def test_an_old_full_message_closes_no_handoff(self) -> None:
        """Only one of the new epoch does."""
        pair = self._handing()
        pair.hand_over(BP, NEW)
        pair.drain()
        pair.edit(EUSP, NEW, "occupation")
        pair.drain()
        pair.hand_over(EUSP, NEW)
        pair.drain()
        pair.hand_over(BP, NEW)
        for sent in newest(pair, BP, Full):
            pair.deliver(BP, sent.data)
        if not pair.hosts[BP].outgoing():
            raise pair.fail("L1, the handoff is owed until it is confirmed", "BP forgot it at a FULL of an old epoch")
        pair.quiesce()

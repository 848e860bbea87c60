"""Scenes of crashes and of restores from a backup."""

from __future__ import annotations

from custmaster.sync import Handoff, KeyInfo, Resync, Snapshot
from custmaster.testing._sync_plain import Scenes
from custmaster.testing._sync_scenes import BP, EUSP, NEW, OLD, deliver_last, last, newest, settled
from custmaster.testing.sync_adapter import Capability, CrashPoint
from custmaster.testing.sync_pair import SyncPair

__all__ = ["LifeScenes"]


class LifeScenes(Scenes):
    """H10, H14; 3.6."""

    def _crashing_edit(self, point: CrashPoint) -> None:
        for system in (BP, EUSP):
            pair = settled(self.pair(Capability.CRASH))
            pair.crash_next(system, point)
            pair.edit(system, NEW, "name", "occupation")
            pair.quiesce()

    def _crashing_delivery(self, point: CrashPoint) -> None:
        pair = settled(self.pair(Capability.CRASH))
        pair.edit(EUSP, NEW, "name", "occupation")
        pair.edit(BP, NEW, "name")
        pair.crash_next(BP, point)
        deliver_last(pair, BP, KeyInfo)
        pair.quiesce()

    def test_an_edit_that_dies_before_its_commit_never_was(self) -> None:
        """BEFORE_COMMIT."""
        self._crashing_edit(CrashPoint.BEFORE_COMMIT)

    def test_a_commit_is_never_torn(self) -> None:
        """TORN_COMMIT: record and sync state are one transaction (H14)."""
        self._crashing_edit(CrashPoint.TORN_COMMIT)

    def test_an_edit_that_dies_after_its_commit_is_sent_all_the_same(self) -> None:
        """AFTER_COMMIT: what is owed is derived from what is stored."""
        self._crashing_edit(CrashPoint.AFTER_COMMIT)

    def test_a_delivery_that_dies_before_its_commit_is_done_again(self) -> None:
        """BEFORE_COMMIT."""
        self._crashing_delivery(CrashPoint.BEFORE_COMMIT)

    def test_a_delivery_is_never_torn(self) -> None:
        """TORN_COMMIT."""
        self._crashing_delivery(CrashPoint.TORN_COMMIT)

    def test_a_delivery_that_dies_after_its_commit_loses_its_answer_alone(self) -> None:
        """AFTER_COMMIT: the report was stored with it, once."""
        self._crashing_delivery(CrashPoint.AFTER_COMMIT)

    # --- restores ------------------------------------------------------------------------------------------------------------

    def _backed_up(self, system: str, *capabilities: Capability) -> SyncPair:
        pair = settled(self.pair(Capability.RESTORE, *capabilities), NEW, OLD)
        pair.backup(system)
        return pair

    def test_a_restored_owner_learns_what_it_had_sent(self) -> None:
        """H10: revisions are not given twice."""
        pair = self._backed_up(BP)
        pair.edit(BP, NEW, "name", "occupation")
        pair.drain()
        pair.restore(BP)
        pair.quiesce()
        pair.edit(BP, NEW, "name")
        pair.quiesce()

    def test_a_restored_peer_learns_what_it_had_received(self) -> None:
        """Its unanswered edits of the backup go on."""
        pair = settled(self.pair(Capability.RESTORE))
        pair.edit(EUSP, NEW, "document_number")
        pair.backup(EUSP)
        pair.edit(BP, NEW, "name")
        pair.edit(EUSP, NEW, "name")
        pair.drain()
        pair.restore(EUSP)
        pair.quiesce()

    def test_a_restored_system_does_nothing_but_ask(self) -> None:
        """No edit, no hand-over, no message but RESYNC, until it has been answered."""
        for system in (BP, EUSP):
            pair = self._backed_up(system)
            pair.restore(system)
            pair.edit(system, NEW, "name")
            pair.set_status(system, OLD, "DELETED")
            pair.quiesce()

    def test_what_the_restored_owner_had_sent_before_is_dropped(self) -> None:
        """Messages of another life, at both ends."""
        pair = self._backed_up(BP)
        pair.edit(BP, NEW, "name")
        pair.edit(EUSP, NEW, "document_number")
        pair.restore(BP)
        for sent in tuple(pair.network):
            pair.deliver(sent.receiver, sent.data)
        pair.edit(EUSP, NEW, "name")
        pair.quiesce()
        pair.edit(BP, NEW, "name")
        for sent in tuple(pair.network):
            pair.deliver(sent.receiver, sent.data)
        pair.quiesce()

    def test_what_was_sent_to_the_restored_peer_before_is_dropped(self) -> None:
        """The receiver's life counts too."""
        pair = self._backed_up(EUSP)
        pair.edit(EUSP, NEW, "name")
        deliver_last(pair, BP, KeyInfo)
        pair.edit(BP, NEW, "name")
        pair.restore(EUSP)
        for sent in tuple(pair.network):
            pair.deliver(sent.receiver, sent.data)
        pair.quiesce()

    def test_stamps_come_back_after_a_restore(self) -> None:
        """An edit whose author had not seen the owner's still loses."""
        pair = self._backed_up(BP)
        pair.edit(EUSP, NEW, "name")
        pair.edit(BP, NEW, "name")
        pair.poll()
        for sent in reversed(tuple(pair.network)):
            if sent.receiver == EUSP:
                pair.deliver(EUSP, sent.data)
        pair.restore(BP)
        deliver_last(pair, EUSP, Resync)
        deliver_last(pair, BP, Snapshot)
        pair.quiesce()

    def test_both_systems_are_restored_at_once(self) -> None:
        """A system that recovers answers, too."""
        pair = self._backed_up(BP)
        pair.backup(EUSP)
        pair.edit(BP, NEW, "name")
        pair.drain()
        pair.edit(EUSP, NEW, "document_number")
        pair.restore(BP)
        pair.restore(EUSP)
        pair.quiesce()

    def test_an_answer_to_an_earlier_restore_is_not_taken(self) -> None:
        """Two restores of one system."""
        pair = self._backed_up(BP)
        pair.restore(BP)
        deliver_last(pair, EUSP, Resync)
        early = last(pair, BP, Snapshot)
        pair.deliver(BP, early.data)
        pair.edit(BP, NEW, "name")
        pair.edit(BP, OLD, "name")
        pair.drain()
        pair.restore(BP)
        for sent in newest(pair, BP, Snapshot):
            pair.deliver(BP, sent.data)
        pair.quiesce()

    def test_an_answer_that_nobody_asked_for_changes_nothing(self) -> None:
        """SNAP after the recovery, in the same life."""
        pair = self._backed_up(EUSP)
        pair.restore(EUSP)
        deliver_last(pair, BP, Resync)
        pair.drain()
        pair.edit(EUSP, NEW, "name")
        pair.edit(EUSP, OLD, "occupation")
        for sent in newest(pair, EUSP, Snapshot):
            pair.deliver(EUSP, sent.data)
        pair.quiesce()

    def test_an_answer_to_a_repeated_question_is_not_taken_either(self) -> None:
        """It is newer than the first answer, and nobody is waiting for it."""
        pair = self._backed_up(EUSP)
        pair.restore(EUSP)
        asked = deliver_last(pair, BP, Resync)
        deliver_last(pair, EUSP, Snapshot)
        pair.edit(BP, asked.message.number, "occupation", "document_number")
        pair.deliver(BP, asked.data)
        deliver_last(pair, EUSP, Snapshot)
        pair.quiesce()

    def test_what_the_backup_holds_beyond_the_other_system_stays(self) -> None:
        """The newer of the two states goes on, also when it is the restored one."""
        pair = settled(self.pair(Capability.RESTORE))
        pair.edit(BP, NEW, "name", "occupation")
        pair.backup(BP)
        pair.restore(BP)
        pair.quiesce()

    def test_edits_are_numbered_on_after_a_restore(self) -> None:
        """No number is given twice, or the edit would count as processed."""
        pair = self._backed_up(EUSP)
        pair.edit(EUSP, NEW, "name")
        pair.drain()
        pair.restore(EUSP)
        pair.drain()
        pair.edit(EUSP, NEW, "document_number")
        pair.quiesce()

    def test_an_answer_from_before_the_others_restore_is_not_taken(self) -> None:
        """It speaks of edits that its sender has lost."""
        pair = self._backed_up(BP)
        pair.backup(EUSP)
        pair.edit(BP, NEW, "name")
        pair.edit(BP, OLD, "name")
        pair.restore(EUSP)
        for sent in newest(pair, BP, Resync):
            pair.deliver(BP, sent.data)
        early = newest(pair, EUSP, Snapshot)
        pair.restore(BP)
        for sent in newest(pair, EUSP, Resync):
            pair.deliver(EUSP, sent.data)
        for sent in early:
            pair.deliver(EUSP, sent.data)
        pair.quiesce()

    def test_the_others_life_is_learnt_from_its_answer(self) -> None:
        """The backup does not know that the other system was restored since."""
        pair = self._backed_up(BP)
        pair.backup(EUSP)
        pair.restore(BP)
        pair.drain()
        pair.restore(EUSP)
        pair.drain()
        pair.edit(BP, NEW, "name")
        pair.edit(EUSP, NEW, "document_number")
        pair.quiesce()

    def test_edits_of_an_earlier_ownership_are_doubtful_after_a_restore(self) -> None:
        """The ownership has come and gone since the backup."""
        pair = settled(self.pair(Capability.RESTORE, Capability.HANDOFF))
        pair.edit(EUSP, NEW, "name")
        pair.backup(EUSP)
        pair.hand_over(BP, NEW)
        pair.drain()
        pair.hand_over(EUSP, NEW)
        pair.drain()
        pair.restore(EUSP)
        pair.quiesce()

    def test_a_creation_that_is_not_answered_keeps_its_name_over_a_restore(self) -> None:
        """Or two creations of one number would be merged, field by field."""
        pair = self.pair(Capability.RESTORE, Capability.FOREIGN_CREATE, Capability.RELATIONS)
        pair.create(BP, OLD)
        pair.create(EUSP, NEW)
        pair.edit(EUSP, NEW, "relationship/SPOUSE/6000000009")
        pair.backup(EUSP)
        pair.create(BP, NEW)
        pair.restore(EUSP)
        pair.quiesce()

    def test_a_restore_forgets_a_hand_over(self) -> None:
        """The newer epoch decides who owns the customer."""
        pair = self._backed_up(BP, Capability.HANDOFF)
        pair.hand_over(BP, NEW)
        pair.drain()
        pair.edit(EUSP, NEW, "occupation")
        pair.restore(BP)
        pair.quiesce()
        pair.edit(BP, NEW, "name")
        pair.quiesce()

    def test_edits_that_a_restore_makes_doubtful_are_reported(self) -> None:
        """Pending in the backup, and the ownership has moved since."""
        pair = settled(self.pair(Capability.RESTORE, Capability.HANDOFF))
        pair.edit(EUSP, NEW, "name")
        pair.backup(EUSP)
        pair.hand_over(BP, NEW)
        deliver_last(pair, EUSP, Handoff)
        pair.drain()
        pair.restore(EUSP)
        pair.quiesce()

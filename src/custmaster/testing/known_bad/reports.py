"""Mistakes in what is told: an edit that was lost and nobody hears of it, or one reported that was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve

from custmaster.sync.codes import ReportCode
from custmaster.sync.messages import Full, KeyInfo, Message, Proposal
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Report, Step
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import idle, new_edits, on
from custmaster.testing.known_bad.peer import newer

__all__ = ["REPORTS"]


def _told_but(step: Step, code: ReportCode) -> tuple[Report, ...]:
    return tuple(report for report in step.reports if report.code is not code)


def _lost(edit: Proposal, replica: Replica, author: str) -> Report:
    return Report(
        code=ReportCode.EDIT_LOST,
        number=replica.number,
        system=author,
        epoch=replica.epoch,
        pseq=edit.pseq,
        field=edit.field,
    )


@on(KeyInfo)
def _untold(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return evolve(step, reports=_told_but(step, ReportCode.EDIT_LOST))


def _told_by_peer(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if isinstance(message, KeyInfo):
        return evolve(step, reports=_told_but(step, ReportCode.EDIT_LOST))
    if not isinstance(message, Full) or idle(step) or not newer(message, replica):
        return step
    lost = (p for p in replica.pending if p.pseq <= message.ack and message.values.get(p.field) != p.value)
    return evolve(step, reports=(*step.reports, *(_lost(one, replica, replica.system) for one in lost)))


@on(KeyInfo)
def _equal_told(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not step.replica.owner or message.pseq <= replica.ack:
        return step
    stamps = dict(replica.stamps)
    equal = (
        _lost(one, replica, message.sender)
        for one in new_edits(message.proposals, replica)
        if stamps.get(setting.catalogue.unit(one.field), 0) > one.base_rev
        and replica.values.get(one.field) == one.value
    )
    return evolve(step, reports=(*step.reports, *equal))


@on(KeyInfo)
def _skipped_told(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    if idle(step) or not step.replica.owner or message.pseq <= replica.ack:
        return step
    return evolve(step, reports=(*step.reports, *_skipped(replica, message)))


def _skipped(replica: Replica, message: KeyInfo) -> Iterator[Report]:
    for one in message.proposals:
        if one.pseq <= replica.ack and replica.values.get(one.field) != one.value:
            yield _lost(one, replica, message.sender)


@on(KeyInfo)
def _named_by_message(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = RULES.deliver(replica, message, setting, surroundings)
    return evolve(
        step,
        reports=tuple(
            evolve(report, pseq=message.pseq) if report.code is ReportCode.EDIT_LOST else report
            for report in step.reports
        ),
    )


def _nonkey_told_once(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
    step = RULES.edit(replica, changes, setting)
    return evolve(step, reports=_told_but(step, ReportCode.NONKEY_REVERTS)) if replica.pending else step


REPORTS: Final = (
    KnownBad(
        name="LOSS_UNTOLD",
        breaks="3.3 rule 3, L4: an edit that loses is reported",
        hole="The peer's teller corrected a name; the correction is gone, and nobody can know.",
        why="The owner wins: that is how it is, and not a fault to be reported.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_untold),
    ),
    KnownBad(
        name="PEER_TELLS_LOSS",
        breaks="3.3 rule 6: only the owner reports a lost key edit",
        hole="An edit that was applied and then followed by the owner's next one is reported as lost.",
        why="The peer knows what its teller typed and sees that something else came back.",
        scope=Reach(edits=2),
        rules=Rules(deliver=_told_by_peer),
    ),
    KnownBad(
        name="EQUAL_VALUE_TOLD",
        breaks="3.3 rule 3: a stale proposal of the value that stands is processed without a report",
        hole="Both systems entered the same correction, and one of them hears that its own was lost.",
        why="The base is older than the stamp: that is a conflict.",
        scope=Reach(edits=2, needs=(Need.RETURNING_VALUE,)),
        rules=Rules(deliver=_equal_told),
    ),
    KnownBad(
        name="SKIPPED_EDIT_TOLD",
        breaks="3.3 rules 3 and 8, S10: an edit that was processed is skipped, without a word",
        hole="An edit that was applied, then followed by another, comes again in a cumulative KEY and is reported as lost.",
        why="The proposal is not applied and differs from what stands: so it is lost.",
        scope=Reach(edits=3),
        rules=Rules(deliver=_skipped_told),
    ),
    KnownBad(
        name="LOSS_NAMED_BY_MESSAGE",
        breaks="3.3 rule 8: an edit is named by its own pseq, not by its message's",
        hole="The report names an edit that does not exist, or another one that was applied.",
        why="The message has a number; the report is about the message.",
        scope=Reach(edits=3),
        rules=Rules(deliver=_named_by_message),
    ),
    KnownBad(
        name="NONKEY_TOLD_ONLY_WHEN_ALONE",
        breaks="A5: each edit of a peer that will be reverted is reported when it is made",
        hole="While a key edit is pending the teller fills in an occupation, sees it saved, and loses it without a word.",
        why="The customer is marked `waiting for the owner` already; one notice is enough.",
        scope=Reach(edits=2),
        rules=Rules(edit=_nonkey_told_once),
    ),
)
"""The mistakes of this module."""

"""Mistakes about what goes together or apart: conflict groups, the status and the survivor of a merge, and the relationships of a customer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Final

from attrs import evolve

from custmaster.sync.catalogue import Catalogue
from custmaster.sync.messages import Full, KeyInfo, Message, Proposal
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Step, stamped
from custmaster.sync.rules import RULES, Rules
from custmaster.sync.weigh import ALONE, MERGED_INTO, STATUS, Surroundings
from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._parts import Deliver, anew, idle, new_edits, on, unsealed
from custmaster.testing.known_bad.proposing import key_made

__all__ = ["TOGETHER"]

_EDGE: Final = "relationship/"
_LIFE: Final = frozenset({STATUS, MERGED_INTO})
Apart = Callable[[Setting], Setting]


@cache
def _ungrouped(catalogue: Catalogue, life: bool) -> Catalogue:  # noqa: FBT001 - which of the groups, the one or the others
    rows = [evolve(row, group=None) if (row.name in _LIFE) is life else row for row in catalogue.fields]
    made = Catalogue(fields=rows)
    # The mistake is made inside one system: its messages say nothing of it.
    object.__setattr__(made, "fingerprint", catalogue.fingerprint)
    return made


def _groups_apart(setting: Setting) -> Setting:
    return evolve(setting, catalogue=_ungrouped(setting.catalogue, False))


def _life_apart(setting: Setting) -> Setting:
    return evolve(setting, catalogue=_ungrouped(setting.catalogue, True))


def _by_field(stamps: tuple[tuple[str, int], ...], setting: Setting) -> tuple[tuple[str, int], ...]:
    """Each field of a group stamped with its group, for replicas that were stamped by the rules."""
    held = {name: rev for unit, rev in stamps for name in setting.catalogue.members(unit)}
    return tuple(sorted((held | dict(stamps)).items()))


def _torn_at_owner(apart: Apart) -> Rules:
    @on(KeyInfo)
    def deliver(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
        if idle(RULES.deliver(replica, message, setting, surroundings)):
            return RULES.deliver(replica, message, setting, surroundings)
        torn = evolve(replica, stamps=_first_time(replica, setting))
        return RULES.deliver(torn, message, apart(setting), surroundings)

    def _first_time(replica: Replica, setting: Setting) -> tuple[tuple[str, int], ...]:
        missing = {name: rev for name, rev in _by_field(replica.stamps, setting) if name not in dict(replica.stamps)}
        return tuple(sorted((missing | dict(replica.stamps)).items()))

    def edit(replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step:
        if not replica.owner:
            return RULES.edit(replica, changes, setting)
        return RULES.edit(evolve(replica, stamps=_first_time(replica, setting)), changes, apart(setting))

    def set_status(replica: Replica, status: str, setting: Setting, /, *, merged_into: str | None = None) -> Step:
        if not replica.owner:
            return RULES.set_status(replica, status, setting, merged_into=merged_into)
        torn = evolve(replica, stamps=_first_time(replica, setting))
        return RULES.set_status(torn, status, apart(setting), merged_into=merged_into)

    return Rules(deliver=deliver, edit=edit, set_status=set_status)


def _torn_at_peer(apart: Apart) -> Deliver:
    @on(Full)
    def deliver(replica: Replica, message: Full, setting: Setting, surroundings: Surroundings) -> Step:
        return RULES.deliver(replica, message, apart(setting), surroundings)

    return deliver


def _whole_list(message: KeyInfo, replica: Replica, setting: Setting) -> Iterable[KeyInfo]:
    named = {one.field for one in message.proposals}
    if not any(name.startswith(_EDGE) for name in named):
        return (message,)
    others = [
        Proposal(field=name, value=value, pseq=message.pseq, base_rev=replica.rev)
        for name, value in replica.values.items()
        if name.startswith(_EDGE) and name not in named
    ]
    return (evolve(message, proposals=[*message.proposals, *others]),)


@on(KeyInfo)
def _edges_overwritten(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    step = unsealed(RULES.deliver(replica, message, setting, surroundings))
    named = {one.field for one in new_edits(message.proposals, replica) if one.field.startswith(_EDGE)}
    if idle(step) or not step.replica.owner or message.pseq <= replica.ack or not named:
        return step
    gone = {name: None for name in step.replica.values.names if name.startswith(_EDGE) and name not in named}
    return anew(step, evolve(step.replica, values=step.replica.values.changed(gone)), setting)


@on(KeyInfo)
def _edges_one_unit(replica: Replica, message: KeyInfo, setting: Setting, surroundings: Surroundings) -> Step:
    edges = [one.field for one in message.proposals if one.field.startswith(_EDGE)]
    last = max((rev for unit, rev in replica.stamps if unit.startswith(_EDGE)), default=0)
    step = RULES.deliver(evolve(replica, stamps=stamped(replica.stamps, edges, last)), message, setting, surroundings)
    return step if idle(step) else anew(step, evolve(step.replica, stamps=replica.stamps), setting)


def _alone(replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /) -> Step:
    return RULES.deliver(replica, message, setting, ALONE)


TOGETHER: Final = (
    KnownBad(
        name="GROUP_TORN_AT_OWNER",
        breaks="H9: the fields of a group are taken or refused together",
        hole="The name of one person with the birth date of another: each system wrote one of them.",
        why="Rule 3 says `per field`.",
        scope=Reach(edits=2, needs=(Need.GROUP,)),
        rules=_torn_at_owner(_groups_apart),
    ),
    KnownBad(
        name="GROUP_TORN_AT_PEER",
        breaks="H9, 3.3 rule 4: a group with a pending edit is held whole",
        hole="The peer shows its own name with the owner's new birth date, and its teller edits on upon that.",
        why="Only the field that was edited is pending.",
        scope=Reach(edits=2, needs=(Need.GROUP,)),
        rules=Rules(deliver=_torn_at_peer(_groups_apart)),
    ),
    KnownBad(
        name="SURVIVOR_TORN_FROM_STATUS",
        breaks="A8, H9: the status and the survivor of a merge go together",
        hole="A customer that is deleted and yet names a survivor, or is merged into nobody.",
        why="They are two columns.",
        scope=Reach(edits=2, needs=(Need.MERGE, Need.STATUS)),
        rules=_torn_at_owner(_life_apart),
    ),
    KnownBad(
        name="EDGES_OVERWRITTEN",
        breaks="A4: a relationship is a record of its own, and a KEY names the one that it changes",
        hole="A relationship that the owner entered meanwhile is wiped out by the peer's list.",
        why="The relationships of a customer are one list on the screen, and it is saved as one.",
        scope=Reach(edits=2, needs=(Need.RELATIONSHIP,)),
        rules=Rules(outstanding=key_made(_whole_list), deliver=_edges_overwritten),
    ),
    KnownBad(
        name="EDGES_ONE_UNIT",
        breaks="A4, 3.3 rule 5: each relationship conflicts with itself alone",
        hole="The peer's new relationship is refused since the owner entered quite another one.",
        why="The relationships of a customer are one field of the catalogue.",
        scope=Reach(edits=2, needs=(Need.RELATIONSHIP,)),
        rules=Rules(deliver=_edges_one_unit),
    ),
    KnownBad(
        name="MERGE_CYCLE_UNSEEN",
        breaks="A8, H13: a proposed merge that leads back to the customer is refused",
        hole="Two customers are merged into each other: neither is left.",
        why="A message is about one customer, so no other is looked at.",
        scope=Reach(edits=2, needs=(Need.MERGE,)),
        rules=Rules(deliver=_alone),
    ),
)
"""The mistakes of this module."""

"""Hypothesis strategies for sync: catalogues, customer numbers, streams of changes, messages, replicas, plans of faults.

All of them are deterministic and shrink to short plain values; nothing is shared between draws. A reachable replica or message is one that
the functions of `custmaster.sync` made in a short life of two systems; the others are merely well formed.

>>> from hypothesis import given
>>> from custmaster.sync import Replica
>>> @given(replica=replicas())
... def no_replica_is_behind_itself(replica: Replica) -> None:
...     assert replica.rev >= 0
>>> no_replica_is_behind_itself()
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from custmaster.sync import (
    RULES,
    Ack,
    Catalogue,
    Digest,
    FieldRow,
    FieldValues,
    ForeignCreation,
    Full,
    Handoff,
    KeyInfo,
    Message,
    Options,
    Proposal,
    Replica,
    Report,
    ReportCode,
    Resync,
    Setting,
    Share,
    Snapshot,
    Step,
    blank,
    digest,
)

__all__ = [
    "Change",
    "Fault",
    "acknowledgements",
    "catalogues",
    "change_streams",
    "changes",
    "customer_numbers",
    "digests",
    "fault_plans",
    "field_values",
    "full_messages",
    "handoffs",
    "key_messages",
    "messages",
    "proposals",
    "replicas",
    "resyncs",
    "snapshots",
    "sync_reports",
    "sync_settings",
]

_KEY_ROWS: Final = (
    FieldRow(name="name", share=Share.KEY, group="person"),
    FieldRow(name="birth_date", share=Share.KEY, group="person"),
    FieldRow(name="document_number", share=Share.KEY),
    FieldRow(name="relationship", share=Share.KEY, family=True),
)
_FULL_ROWS: Final = tuple(FieldRow(name=name) for name in ("occupation", "phone", "address"))
_LIFE: Final = (FieldRow(name="status", share=Share.KEY), FieldRow(name="merged_into", share=Share.KEY))
_TEXTS: Final = st.text(st.characters(codec="utf-8"), max_size=8)
_COUNTS: Final = st.integers(0, 9)
_SYSTEMS: Final = ("BP", "EUSP")


@frozen(kw_only=True)
class Change:
    """One user's change at one system; `status` alone for a deletion or reactivation."""

    system: str
    changes: Mapping[str, str | None]
    status: str | None = None


@frozen(kw_only=True)
class Fault:
    """What the network does with one message, in percent of the messages, and how many messages wait before one goes."""

    loss: int = 0
    duplication: int = 0
    delay: int = 0
    crash: int = 0


def catalogues() -> SearchStrategy[Catalogue]:
    """Catalogues with the fields of the lifecycle and any choice of other fields, KEY or not."""
    rows = st.tuples(
        st.lists(st.sampled_from(_KEY_ROWS), unique=True), st.lists(st.sampled_from(_FULL_ROWS), unique=True)
    )
    return rows.map(lambda both: Catalogue(fields=(*both[0], *both[1], *_LIFE)))


def sync_settings() -> SearchStrategy[Setting]:
    """A catalogue with one reading of each open place."""
    return st.builds(Setting, catalogue=catalogues(), options=st.builds(Options, merge_coordinator=st.just("BP")))


def customer_numbers(*, owner: str | None = None) -> SearchStrategy[str]:
    """Numbers of the kit's ranges: those that begin with 6 belong to BP, those with 1 to EUSP."""
    first = {"BP": st.just(6), "EUSP": st.just(1), None: st.sampled_from((6, 1))}[owner]
    return st.tuples(first, st.integers(0, 999_999_999)).map(lambda both: f"{both[0]}{both[1]:09}")


def _names(catalogue: Catalogue, *, key: bool | None) -> list[str]:
    return [
        f"{row.name}/SPOUSE/6000000009" if row.family else row.name
        for row in catalogue.fields
        if (key is None or key is (row.share is Share.KEY)) and row.name not in ("status", "merged_into")
    ]


def changes(catalogue: Catalogue, *, key: bool | None = None) -> SearchStrategy[dict[str, str | None]]:
    """Changes of one or two shared fields; KEY ones alone, others alone, or (None) either. A catalogue without any gives {}."""
    names = _names(catalogue, key=key)
    if not names:
        return st.just({})
    return st.dictionaries(st.sampled_from(names), st.none() | _TEXTS, min_size=1, max_size=2)


def change_streams(catalogue: Catalogue, *, most: int = 8) -> SearchStrategy[list[Change]]:
    """Changes at either system, in the order in which they are made."""
    system = st.sampled_from(_SYSTEMS)
    field = st.builds(Change, system=system, changes=changes(catalogue))
    status = st.builds(Change, system=system, changes=st.just({}), status=st.sampled_from(("DELETED", "ACTIVE")))
    return st.lists(field | status, max_size=most)


def fault_plans() -> SearchStrategy[Fault]:
    """What goes wrong on the way, and how often."""
    percent = st.integers(0, 60)
    return st.builds(Fault, loss=percent, duplication=percent, delay=percent, crash=st.integers(0, 10))


def field_values() -> SearchStrategy[FieldValues]:
    """The values of a record."""
    listed: tuple[str, ...] = ("name", "birth_date", "phone", "role/GUARANTOR", "relationship/SPOUSE/6000000002")
    return st.builds(FieldValues, st.dictionaries(st.sampled_from(listed), _TEXTS, max_size=4))


def proposals() -> SearchStrategy[Proposal]:
    """Pending key edits."""
    names = st.sampled_from(("name", "birth_date", "status", "relationship/SPOUSE/6000000002"))
    return st.builds(Proposal, field=names, value=st.none() | _TEXTS, pseq=_COUNTS, base_rev=_COUNTS)


def _stamps() -> SearchStrategy[tuple[tuple[str, int], ...]]:
    made = st.dictionaries(st.sampled_from(("name", "person", "status")), _COUNTS, max_size=3)
    return made.map(lambda held: tuple(sorted(held.items())))


def _heads() -> dict[str, SearchStrategy[Any]]:
    return {
        "number": customer_numbers(),
        "sender": st.just("BP"),
        "receiver": st.just("EUSP"),
        "catalogue": st.just("0a1b2c3d4e5f6071"),
        "incarnations": st.tuples(_COUNTS, _COUNTS),
        "epoch": _COUNTS,
    }


def _built(kind: type[Any]) -> SearchStrategy[Any]:
    parts = _heads() | {
        "rev": _COUNTS,
        "ack": _COUNTS,
        "pseq": _COUNTS,
        "seen": _COUNTS,
        "values": field_values(),
        "stamps": _stamps(),
        "creation_id": st.none() | st.just("T-1"),
        "owner": st.booleans(),
        "present": st.booleans(),
        "proposals": st.lists(proposals(), max_size=3, unique_by=lambda one: one.field),
    }
    return st.builds(kind, **{field.name: parts[field.name] for field in kind.__attrs_attrs__})


def messages(*, kind: type[Message] | None = None, reachable: bool = False) -> SearchStrategy[Message]:
    """Messages of one kind or of any; reachable ones were sent in a life of two systems."""
    if reachable:
        told = _lives().map(lambda life: [one for one in life[1] if kind is None or type(one) is kind])
        return told.filter(bool).flatmap(st.sampled_from)
    kinds: tuple[type[Any], ...] = (KeyInfo, Full, Ack, Handoff, Resync, Snapshot) if kind is None else (kind,)
    return st.one_of(*map(_built, kinds))


def key_messages() -> SearchStrategy[KeyInfo]:
    """KEY messages."""
    return _built(KeyInfo)


def full_messages() -> SearchStrategy[Full]:
    """FULL messages."""
    return _built(Full)


def acknowledgements() -> SearchStrategy[Ack]:
    """ACK messages."""
    return _built(Ack)


def handoffs() -> SearchStrategy[Handoff]:
    """HANDOFF messages."""
    return _built(Handoff)


def resyncs() -> SearchStrategy[Resync]:
    """RESYNC messages."""
    return _built(Resync)


def snapshots() -> SearchStrategy[Snapshot]:
    """SNAP messages."""
    return _built(Snapshot)


def replicas(*, reachable: bool = True) -> SearchStrategy[Replica]:
    """Replicas of a life of two systems; with `reachable=False` any that can be constructed."""
    if reachable:
        return _lives().flatmap(lambda life: st.sampled_from(life[0]))
    number = customer_numbers()
    return st.builds(
        Replica,
        number=number,
        system=st.just("BP"),
        other=st.just("EUSP"),
        owner=st.booleans(),
        epoch=_COUNTS,
        present=st.booleans(),
        creation_id=st.none() | st.just("T-1"),
        values=field_values(),
        base=field_values(),
        rev=_COUNTS,
        ack=_COUNTS,
        stamps=_stamps(),
        peer_has=st.none() | st.tuples(_COUNTS, _COUNTS),
        pseq=_COUNTS,
        pending=st.lists(proposals(), max_size=3, unique_by=lambda one: one.field),
        handoff=st.none() | _built(Handoff),
        seal=st.none() | st.just("0a"),
        incarnation=_COUNTS,
        known=_COUNTS,
        recovering=st.booleans(),
    )


def sync_reports() -> SearchStrategy[Report]:
    """Reports of edits that did not stay."""
    return st.builds(
        Report,
        code=st.sampled_from(ReportCode),
        number=customer_numbers(),
        system=st.sampled_from(_SYSTEMS),
        epoch=_COUNTS,
        pseq=_COUNTS,
        field=st.sampled_from(("name", "status", "relationship/SPOUSE/6000000002")),
    )


def digests() -> SearchStrategy[Digest]:
    """Digests of reachable replicas."""
    return replicas().map(digest)


_LIFE_SETTING: Final = Setting(
    catalogue=Catalogue(fields=(*_KEY_ROWS, *_FULL_ROWS, *_LIFE)),
    options=Options(foreign_creation=ForeignCreation.KEY_PROPOSAL),
)
_STEPS: Final = ("edit", "deliver", "deliver", "status", "restart", "hand over")


@st.composite
def _lives(draw: st.DrawFn) -> tuple[list[Replica], list[Message]]:
    """Every replica and message of a short life of one customer, over a network that keeps and repeats everything."""
    number = draw(customer_numbers())
    owner = draw(st.sampled_from(_SYSTEMS))
    here = {
        system: blank(number=number, system=system, other=other, owner=system == owner)
        for system, other in (_SYSTEMS, _SYSTEMS[::-1])
    }
    creator = draw(st.sampled_from(_SYSTEMS))
    here[creator] = RULES.create(here[creator], {"name": "a", "status": "ACTIVE"}, "T-1", _LIFE_SETTING).replica
    seen, sent = list(here.values()), list[Message]()
    for step in draw(st.lists(st.sampled_from(_STEPS), max_size=10)):
        system = draw(st.sampled_from(_SYSTEMS))
        sent.extend(one for each in here.values() for one in RULES.outstanding(each, _LIFE_SETTING) if one not in sent)
        here[system] = _lived(draw, here[system], step, sent)
        seen.append(here[system])
    sent.extend(one for each in here.values() for one in RULES.outstanding(each, _LIFE_SETTING))
    return seen, sent


def _lived(draw: st.DrawFn, replica: Replica, step: str, sent: list[Message]) -> Replica:
    if step == "restart":
        return RULES.resume(replica, replica.incarnation + 1)
    made: Step
    if step == "edit":
        made = RULES.edit(replica, draw(changes(_LIFE_SETTING.catalogue)), _LIFE_SETTING)
    elif step == "status":
        made = RULES.set_status(replica, draw(st.sampled_from(("DELETED", "ACTIVE"))), _LIFE_SETTING)
    elif step == "hand over":
        made = RULES.hand_over(replica, _LIFE_SETTING)
    else:
        mine = [one for one in sent if one.receiver == replica.system]
        made = RULES.deliver(replica, draw(st.sampled_from(mine)), _LIFE_SETTING) if mine else Step(replica=replica)
    sent.extend(one for one in made.replies if one not in sent)
    return made.replica

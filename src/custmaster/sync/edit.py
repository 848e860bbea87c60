"""What a user does at one system: creates a customer, changes fields, changes the status; and the initial load of stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve

from custmaster.sync.catalogue import Catalogue
from custmaster.sync.codes import ReportCode, SyncCode
from custmaster.sync.fields import FieldValues
from custmaster.sync.messages import Proposal
from custmaster.sync.options import ForeignCreation, InitialLoad, PeerNonKey, Setting, StatusRule
from custmaster.sync.replica import Replica, Report, Step, refused, stamped
from custmaster.sync.weigh import MERGED_INTO, STATUS

__all__ = ["create", "edit", "load", "set_status"]

Changes = Mapping[str, str | None]


def create(replica: Replica, values: Changes, creation_id: str, setting: Setting) -> Step:
    """The customer is created here; `creation_id` names this creation and no other, such as the request's id.

    A peer may do so only under the option KEY_PROPOSAL: its key fields become a proposal, of the others each is reported. Refused:
    RECOVERING, ALREADY_PRESENT, FOREIGN_CREATION, UNKNOWN_FIELD. Source: R-69, R-71; sync.md A2, 3.3 rule 1.

    >>> from custmaster.sync.catalogue import FieldRow, Share
    >>> from custmaster.sync.replica import blank
    >>> setting = Setting(catalogue=Catalogue(fields=[FieldRow(name="name", share=Share.KEY)]))
    >>> new = blank(number="6000000001", system="BP", other="EUSP", owner=True)
    >>> create(new, {"name": "张伟"}, "T-1", setting).replica.version
    (0, 1, 0)
    """
    problem = _no_creation(replica, values, setting)
    if problem is not None:
        return refused(replica, problem)
    if not replica.owner:
        return _proposed(replica, values, creation_id, setting)
    rev = replica.rev + 1
    made = evolve(
        replica,
        present=True,
        creation_id=creation_id,
        values=FieldValues(values),
        rev=rev,
        stamps=stamped(replica.stamps, key_units(setting.catalogue, values), rev),
    )
    return Step(replica=made)


def load(replica: Replica, values: Changes, creation_id: str, setting: Setting) -> Step:
    """A customer of the stock is loaded at its owner; by default nothing is sent until it is modified. Source: R-72.

    Refused as `create`; and NOT_THE_OWNER for a peer, which asks for stock with `request`.
    """
    if not replica.owner:
        return refused(replica, SyncCode.NOT_THE_OWNER)
    made = create(replica, values, creation_id, setting)
    if made.refused is not None or setting.options.initial_load is InitialLoad.FULL:
        return made
    return Step(replica=evolve(made.replica, peer_has=(made.replica.rev, made.replica.ack)))


def edit(replica: Replica, changes: Changes, setting: Setting) -> Step:
    """Fields of the customer are changed here; None takes a value away, a value that stands already is no change.

    The owner's edit stands at once. Of the peer's, key fields wait for the owner's answer, and each other field is reported
    (NONKEY_REVERTS) since that answer overwrites it. Refused: RECOVERING, NOT_PRESENT, UNKNOWN_FIELD, STATUS_BY_ITS_OWN_OPERATION,
    EDIT_FORBIDDEN. Source: R-70, R-71; sync.md A5, 3.3 rules 1 and 2.
    """
    wanted = {name: value for name, value in changes.items() if replica.values.get(name) != value}
    problem = _no_edit(replica, changes, wanted, setting)
    if problem is not None:
        return refused(replica, problem)
    return _written(replica, wanted, setting)


def set_status(replica: Replica, status: str, setting: Setting, *, merged_into: str | None = None) -> Step:
    """The customer is deleted logically, reactivated, or merged into another one; a status that stands already is no change.

    Refused: RECOVERING, NOT_PRESENT, UNKNOWN_FIELD, STATUS_OWNER_ONLY, and MALFORMED for a merge into itself. Source: R-64; sync.md A3, A8.
    """
    wanted = {
        name: value
        for name, value in ((STATUS, status), (MERGED_INTO, merged_into))
        if replica.values.get(name) != value
    }
    problem = _not_editable(replica, wanted, setting.catalogue)
    if problem is None and merged_into == replica.number:
        problem = SyncCode.MALFORMED
    if problem is None and not replica.owner and setting.options.status is StatusRule.OWNER_ONLY:
        problem = SyncCode.STATUS_OWNER_ONLY
    return refused(replica, problem) if problem is not None else _written(replica, wanted, setting)


def key_units(catalogue: Catalogue, names: Iterable[str]) -> frozenset[str]:
    """Every unit of single key fields, and those of `names` that belong to a family of key fields."""
    single = {catalogue.unit(row.name) for row in catalogue.fields if not row.family and catalogue.is_key(row.name)}
    return frozenset(single | {catalogue.unit(name) for name in names if catalogue.is_key(name)})


def _no_creation(replica: Replica, values: Changes, setting: Setting) -> SyncCode | None:
    if replica.recovering:
        return SyncCode.RECOVERING
    if replica.present:
        return SyncCode.ALREADY_PRESENT
    if not replica.owner and setting.options.foreign_creation is ForeignCreation.REJECT:
        return SyncCode.FOREIGN_CREATION
    return None if all(map(setting.catalogue.knows, values)) else SyncCode.UNKNOWN_FIELD


def _not_editable(replica: Replica, names: Iterable[str], catalogue: Catalogue) -> SyncCode | None:
    if replica.recovering:
        return SyncCode.RECOVERING
    if not replica.present:
        return SyncCode.NOT_PRESENT
    return None if all(map(catalogue.knows, names)) else SyncCode.UNKNOWN_FIELD


def _no_edit(replica: Replica, changes: Changes, wanted: Changes, setting: Setting) -> SyncCode | None:
    problem = _not_editable(replica, changes, setting.catalogue)
    if problem is not None:
        return problem
    if STATUS in changes or MERGED_INTO in changes:
        return SyncCode.STATUS_BY_ITS_OWN_OPERATION
    forbidden = not replica.owner and setting.options.peer_nonkey is PeerNonKey.FORBID
    if forbidden and not all(map(setting.catalogue.is_key, wanted)):
        return SyncCode.EDIT_FORBIDDEN
    return None


def _written(replica: Replica, wanted: Changes, setting: Setting) -> Step:
    if not wanted:
        return Step(replica=replica)
    if not replica.owner:
        return _asked(replica, wanted, setting)
    rev = replica.rev + 1
    units = {setting.catalogue.unit(name) for name in wanted if setting.catalogue.is_key(name)}
    values = replica.values.changed(wanted)
    return Step(replica=evolve(replica, rev=rev, values=values, stamps=stamped(replica.stamps, units, rev)))


def _asked(replica: Replica, wanted: Changes, setting: Setting) -> Step:
    """The peer's edit: its key fields are pending, with the base of what is pending in their unit already (rule 2)."""
    catalogue, pseq = setting.catalogue, replica.pseq + 1
    bases: dict[str, int] = {}
    for one in replica.pending:
        unit = catalogue.unit(one.field)
        bases[unit] = min(one.base_rev, bases.get(unit, one.base_rev))
    pending = {one.field: one for one in replica.pending}
    for name, value in wanted.items():
        if catalogue.is_key(name):
            base = bases.get(catalogue.unit(name), replica.rev)
            pending[name] = Proposal(field=name, value=value, pseq=pseq, base_rev=base)
    made = evolve(replica, pseq=pseq, pending=pending.values(), values=replica.values.changed(wanted))
    return Step(replica=made, reports=_reverting(made, wanted, catalogue))


def _reverting(replica: Replica, wanted: Iterable[str], catalogue: Catalogue) -> tuple[Report, ...]:
    return tuple(
        Report(
            code=ReportCode.NONKEY_REVERTS,
            number=replica.number,
            system=replica.system,
            epoch=replica.epoch,
            pseq=replica.pseq,
            field=name,
        )
        for name in sorted(wanted)
        if not catalogue.is_key(name)
    )


def _proposed(replica: Replica, values: Changes, creation_id: str, setting: Setting) -> Step:
    here = evolve(replica, present=True, creation_id=creation_id)
    return _asked(here, {name: value for name, value in values.items() if value is not None}, setting)

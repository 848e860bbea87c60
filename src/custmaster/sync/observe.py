"""For hosts that learn of changes from a trigger or from change data capture: whether sync wrote, or somebody else did."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica

__all__ = ["Echo", "LocalChange", "NoChange", "Observation", "observe"]


@frozen(kw_only=True)
class NoChange:
    """No shared field is different from before."""


@frozen(kw_only=True)
class Echo:
    """The record is as sync wrote it: the event is its own, and nothing is to be sent."""


@frozen(kw_only=True)
class LocalChange:
    """Somebody else wrote: `changes` is what `edit` (or, for the status, `set_status`) is to be given. Their values are not shown."""

    changes: Mapping[str, str | None] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that were changed, sorted."""
        return tuple(self.changes)


Observation = NoChange | Echo | LocalChange


def observe(
    replica: Replica, before: Mapping[str, str | None], record: Mapping[str, str | None], setting: Setting
) -> Observation:
    """What a change event of the host's record means to sync. Source: sync.md 3.3, H8.

    `before` is the record as the event saw it before the change. `record` must be the record as it stands NOW, read in the transaction that
    handles the event: an older image, compared with a newer replica, would look like a change back. Fields that are not shared do not count.

    >>> from custmaster.sync.catalogue import Catalogue, FieldRow
    >>> from custmaster.sync.fields import FieldValues
    >>> from custmaster.sync.replica import Replica
    >>> setting = Setting(catalogue=Catalogue(fields=[FieldRow(name="occupation")]))
    >>> held = FieldValues({"occupation": "teacher"})
    >>> replica = Replica(number="6000000001", system="BP", other="EUSP", owner=False, present=True, values=held)
    >>> observe(replica, {"occupation": None}, {"occupation": "teacher", "note": "tall"}, setting)
    Echo()
    >>> observe(replica, {"occupation": "teacher"}, {"occupation": "baker"}, setting).names
    ('occupation',)
    """
    shared = setting.catalogue.knows
    if all(before.get(name) == record.get(name) for name in {*before, *record} if shared(name)):
        return NoChange()
    names = sorted({*replica.values.names, *filter(shared, record)})
    changes = {name: record.get(name) for name in names if record.get(name) != replica.values.get(name)}
    return LocalChange(changes=changes) if changes else Echo()

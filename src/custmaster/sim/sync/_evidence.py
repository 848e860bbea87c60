"""What the oracle is shown: a pair of systems, one system's store, a message sent, a message arrived, an author's writing."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from custmaster.sim.sync._book import Element, Side, Told
from custmaster.sync.messages import Message
from custmaster.sync.options import Setting
from custmaster.sync.replica import Report, Step

__all__ = ["Arrival", "Kept", "Pair", "Sending", "Writing"]


@frozen(kw_only=True)
class Kept:
    """What one system has stored, and under which catalogue."""

    side: Side
    setting: Setting


@frozen(kw_only=True)
class Pair:
    """What the two systems hold of one customer at one moment."""

    one: Side
    other: Side


@frozen(kw_only=True)
class Sending:
    """A message that a system sends, unasked or as an answer to `cause`."""

    sender: Side
    element: Element
    setting: Setting
    cause: Message | None = None


@frozen(kw_only=True)
class Arrival:
    """A message was delivered, and once more right after: `again` is the second step.

    `new` are this step's reports with their edits, `untrue` those that name no edit.
    """

    before: Side
    element: Element
    step: Step
    after: Side
    again: Step
    setting: Setting
    new: tuple[Told, ...] = ()
    untrue: tuple[Report, ...] = ()


@frozen(kw_only=True)
class Writing:
    """An author wrote: `values` are what he asked for, `edit` is its number."""

    before: Side
    edit: int
    values: Mapping[str, str | None]
    step: Step
    after: Side
    setting: Setting

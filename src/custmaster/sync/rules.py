"""The functions of the protocol as one value, so that a search or a simulation can be given others in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from attrs import frozen

from custmaster.sync.deliver import deliver
from custmaster.sync.edit import create, edit, set_status
from custmaster.sync.handing import hand_over
from custmaster.sync.messages import Message
from custmaster.sync.options import Setting
from custmaster.sync.outstanding import outstanding
from custmaster.sync.recover import repair, request, resume
from custmaster.sync.replica import Replica, Step
from custmaster.sync.weigh import ALONE, Surroundings

__all__ = ["RULES", "Rules"]


class _Create(Protocol):
    def __call__(
        self, replica: Replica, values: Mapping[str, str | None], creation_id: str, setting: Setting, /
    ) -> Step: ...


class _Edit(Protocol):
    def __call__(self, replica: Replica, changes: Mapping[str, str | None], setting: Setting, /) -> Step: ...


class _SetStatus(Protocol):
    def __call__(
        self, replica: Replica, status: str, setting: Setting, /, *, merged_into: str | None = None
    ) -> Step: ...


class _Deliver(Protocol):
    def __call__(
        self, replica: Replica, message: Message, setting: Setting, surroundings: Surroundings = ALONE, /
    ) -> Step: ...


class _Outstanding(Protocol):
    def __call__(self, replica: Replica, setting: Setting, /) -> tuple[Message, ...]: ...


class _Resume(Protocol):
    def __call__(self, replica: Replica, incarnation: int, /) -> Replica: ...


class _Ask(Protocol):
    def __call__(self, replica: Replica, /) -> Replica: ...


class _HandOver(Protocol):
    def __call__(self, replica: Replica, setting: Setting, /) -> Step: ...


@frozen(kw_only=True)
class Rules:
    """Each function of the protocol; the defaults are those of this library."""

    create: _Create = create
    edit: _Edit = edit
    set_status: _SetStatus = set_status
    deliver: _Deliver = deliver
    outstanding: _Outstanding = outstanding
    resume: _Resume = resume
    request: _Ask = request
    repair: _Resume = repair
    hand_over: _HandOver = hand_over


RULES: Final = Rules()
"""The rules of this library."""

"""A bank's customer master as an embeddable domain library.

This is the face: every name that the library promises, loaded from its room when it is first asked for, so that
`import custmaster` stays cheap.

>>> import custmaster
>>> custmaster.Outcome.REVIEW
<Outcome.REVIEW: 'REVIEW'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from custmaster.decision import (
        Allowed,
        Approval,
        Citation,
        Decision,
        Occasion,
        Outcome,
        Reason,
        Refused,
        Review,
        decide,
    )
    from custmaster.errors import CustmasterError, Fault, InvalidValue, UnusableInput
    from custmaster.lifecycle import NoSuchStep, step

__all__ = [
    "Allowed",
    "Approval",
    "Citation",
    "CustmasterError",
    "Decision",
    "Fault",
    "InvalidValue",
    "NoSuchStep",
    "Occasion",
    "Outcome",
    "Reason",
    "Refused",
    "Review",
    "UnusableInput",
    "decide",
    "step",
]

_ROOM_OF: Final = {
    "Allowed": "custmaster.decision",
    "Approval": "custmaster.decision",
    "Citation": "custmaster.decision",
    "CustmasterError": "custmaster.errors",
    "Decision": "custmaster.decision",
    "Fault": "custmaster.errors",
    "InvalidValue": "custmaster.errors",
    "NoSuchStep": "custmaster.lifecycle",
    "Occasion": "custmaster.decision",
    "Outcome": "custmaster.decision",
    "Reason": "custmaster.decision",
    "Refused": "custmaster.decision",
    "Review": "custmaster.decision",
    "UnusableInput": "custmaster.errors",
    "decide": "custmaster.decision",
    "step": "custmaster.lifecycle",
}

if not TYPE_CHECKING:  # a type checker reads the imports above, and calls any other name an error

    def __getattr__(name: str) -> object:
        room = _ROOM_OF.get(name)
        if room is None:
            raise AttributeError(f"module 'custmaster' has no attribute {name!r}")
        value = getattr(import_module(room), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)

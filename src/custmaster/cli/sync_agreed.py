"""What the questions of `custmaster sync` ask of the handbook: shared fields, readings, number plan; and operations as they are typed."""

from __future__ import annotations

import argparse
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from custmaster.cli.inputs import as_of, load_handbook
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.sync.direction import Policy
from custmaster.sync.options import Setting
from custmaster.sync.settings import policy, setting

__all__ = ["Agreed", "a_code", "agreed", "typed"]

C = TypeVar("C", bound=StrEnum)


@frozen(kw_only=True)
class Agreed:
    """What the two systems go by on the day: the shared fields with the readings, and the policy of directions."""

    setting: Setting
    policy: Policy

    def known(self, system: str) -> str:
        """The system, when the number plan knows it; errors: UnusableInput."""
        systems = self.policy.plan.systems
        if system not in systems:
            raise UnusableInput(
                "--system", problem="the handbook's ranges know no such system", remedy=f"one of {', '.join(systems)}"
            )
        return system


def agreed(arguments: argparse.Namespace) -> Agreed:
    """From the handbook of the arguments on their day; errors: UnusableInput that names the key."""
    page = load_handbook(arguments).on(as_of(arguments))
    try:
        return Agreed(setting=setting(page), policy=policy(page))
    except InvalidValue as fault:
        bare = InvalidValue(fault.fault, length=fault.length)
        source = arguments.handbook or "default.toml"
        raise UnusableInput(source, problem=str(bare), where=fault.path, remedy=fault.remedy) from None


def typed(code: StrEnum) -> str:
    """A code as it is typed on the command line.

    >>> from custmaster.sync.codes import Operation
    >>> typed(Operation.CHANGE_NONKEY)
    'change-nonkey'
    """
    return code.value.lower().replace("_", "-")


def a_code(kind: type[C], text: str) -> C:
    """The code that was typed, which argparse has found among the choices."""
    return kind(text.upper().replace("-", "_"))

"""What is written down about a known-bad variant: the rule that it breaks, the hole, why somebody would write it, and where it shows."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from custmaster.sync.rules import Rules

__all__ = ["KnownBad", "Need", "Reach"]


class Need(StrEnum):
    """What the scenario must hold beside plain edits of single fields, for a variant to show."""

    GROUP = "GROUP"
    """A group of key fields that are taken or refused together."""
    TWO_FIELDS = "TWO_FIELDS"
    """An edit of two fields at once."""
    RETURNING_VALUE = "RETURNING_VALUE"
    """An edit that gives a field a value that it had, or that the other system writes too."""
    REMOVAL = "REMOVAL"
    """An edit that takes a value away."""
    STATUS = "STATUS"
    """Deletion and reactivation."""
    MERGE = "MERGE"
    """Two customers that are merged into each other."""
    RELATIONSHIP = "RELATIONSHIP"
    """Relationships to other customers."""
    CREATION = "CREATION"
    """Creation at both systems, with the option KEY_PROPOSAL."""


@frozen(kw_only=True)
class Reach:
    """A small search in which a variant must show: so many edits, handoffs and restores, and what the scenario holds beside them.

    It was foretold from the rules; five needed an edit, a restore or a feature more than that.

    >>> Reach(edits=2, handoffs=1).restores
    0
    """

    edits: int
    handoffs: int = 0
    restores: int = 0
    needs: tuple[Need, ...] = ()


@frozen(kw_only=True)
class KnownBad:
    """One mistake: `breaks` names the rule of the protocol, `hole` what goes wrong, `why` the thought that leads to it.

    >>> from custmaster.sync.rules import RULES
    >>> KnownBad(name="NONE", breaks="nothing", hole="none", why="It is right.", scope=Reach(edits=1), rules=RULES).name
    'NONE'
    """

    name: str
    breaks: str
    hole: str
    why: str
    scope: Reach
    rules: Rules

"""Known-bad rules of sync: each the real ones with one mistake that is really made, for a test kit to find.

They were written from the description of the protocol alone, before there was a kit. A kit that lets one of them pass tests too little;
`custmaster.sim` finds each of them within its `scope`. What none of them may do is fail at the first edit: such mistakes find themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from custmaster.testing.known_bad._kinds import KnownBad, Need, Reach
from custmaster.testing.known_bad._search import first_edit, search_of
from custmaster.testing.known_bad.creation import CREATIONS
from custmaster.testing.known_bad.epochs import EPOCHS
from custmaster.testing.known_bad.handing import HANDING
from custmaster.testing.known_bad.incarnations import INCARNATIONS
from custmaster.testing.known_bad.owing import OWING
from custmaster.testing.known_bad.owner import OWNER
from custmaster.testing.known_bad.peer import PEER
from custmaster.testing.known_bad.proposing import PROPOSING
from custmaster.testing.known_bad.recovery import RECOVERY
from custmaster.testing.known_bad.reports import REPORTS
from custmaster.testing.known_bad.status import STATUSES
from custmaster.testing.known_bad.together import TOGETHER

__all__ = ["KNOWN_BAD", "KnownBad", "Need", "Reach", "first_edit", "search_of"]

KNOWN_BAD: Final[Mapping[str, KnownBad]] = MappingProxyType(
    {
        one.name: one
        for subject in (
            OWNER,
            PEER,
            PROPOSING,
            OWING,
            STATUSES,
            TOGETHER,
            CREATIONS,
            REPORTS,
            HANDING,
            EPOCHS,
            RECOVERY,
            INCARNATIONS,
        )
        for one in subject
    }
)
"""Every variant by its name.

>>> KNOWN_BAD["REEDIT_TAKES_NEW_BASE"].scope
Reach(edits=3, handoffs=0, restores=0, needs=())
"""

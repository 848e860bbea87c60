"""The keys of keeping the roster (名单制): what may be kept of a prospect, and whether staff may help one another."""

from __future__ import annotations

from typing import Final

from custmaster.handbook._key import Key
from custmaster.handbook.kinds import SWITCH

__all__ = ["CO_MANAGERS", "PROSPECT_DOCUMENTS", "ROSTER_KEYS"]

PROSPECT_DOCUMENTS: Final[Key[bool]] = Key(
    name="roster.prospect_documents",
    kind=SWITCH,
    zh="潜在客户是否可留存证件号码",
    en="whether a prospect's identity document may be kept",
)
CO_MANAGERS: Final[Key[bool]] = Key(
    name="roster.co_managers", kind=SWITCH, zh="是否允许协管", en="whether staff may help with what others maintain"
)

ROSTER_KEYS: Final[tuple[Key[object], ...]] = (PROSPECT_DOCUMENTS, CO_MANAGERS)
"""All of them."""

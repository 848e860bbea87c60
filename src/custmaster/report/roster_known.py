"""The names that belong to the numbers of a roster, masked unless they may be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from custmaster.roster.review import Roster
from custmaster.value.name import Name

__all__ = ["HIDDEN", "Known", "known"]

HIDDEN: Final = "***"
"""What stands for free text, in which anything may have been typed: its length tells nothing."""


@frozen(kw_only=True)
class Known:
    """Names by number, those of staff and prospects as they may be shown; `reveal` says whether personal data may be read."""

    reveal: bool = False
    staff: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    prospects: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    outlets: Mapping[str, str] = field(factory=dict[str, str])

    def free(self, text: str | None) -> str:
        """What a person typed: hidden unless it may be read, empty where there is none."""
        return "" if not text else text if self.reveal else HIDDEN


def known(roster: Roster, *, reveal: bool) -> Known:
    """The names of a roster; of a number that stands twice the first by its text, so that the order of rows tells nothing.

    >>> from custmaster.roster.staff import Staff
    >>> known(Roster(staff=[Staff(number="S-1", name=Name("张伟"))]), reveal=False).staff["S-1"]
    '张*'
    """
    of_staff = [(one.number, one.name) for one in roster.staff]
    of_prospects = [(one.prospect.reference, one.prospect.name) for one in roster.entries if one.prospect is not None]
    outlets = sorted(((one.number, one.name) for one in roster.outlets), reverse=True)
    return Known(
        reveal=reveal, staff=_names(of_staff, reveal), prospects=_names(of_prospects, reveal), outlets=dict(outlets)
    )


def _names(pairs: list[tuple[str, Name | None]], reveal: bool) -> dict[str, str]:  # noqa: FBT001 -- private
    named = sorted(((number, name) for number, name in pairs if name is not None), key=_order, reverse=True)
    return {number: name.reveal() if reveal else name.mask() for number, name in named}


def _order(pair: tuple[str, Name]) -> tuple[str, str]:
    return pair[0], pair[1].reveal()

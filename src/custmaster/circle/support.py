"""Asking for support (支持申请): the centre gives place and resources, and where it cannot, the Marketing Dept (营销部) is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import Named
from custmaster.decision import Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page
from custmaster.handbook.circle_keys import CIRCLE_SUPPORT_BY
from custmaster.value._checks import each_of

__all__ = ["SUPPORT_KINDS", "SupportKind", "SupportRequest", "judge_support"]


class SupportKind(StrEnum):
    """What may be asked for. Source: R-35."""

    PLACE = "PLACE"
    RESOURCES = "RESOURCES"


SUPPORT_KINDS: Final[Mapping[SupportKind, Named]] = MappingProxyType(
    {
        SupportKind.PLACE: Named(zh="活动场所", en="a place to meet"),
        SupportKind.RESOURCES: Named(zh="资源", en="resources"),
    }
)
"""Every kind of support."""

if TYPE_CHECKING:

    def _kinds(values: Iterable[SupportKind]) -> tuple[SupportKind, ...]: ...

else:
    _kinds = tuple


@frozen(kw_only=True)
class SupportRequest:
    """A request of a circle to a department; nobody has to make one. Errors: InvalidValue (EMPTY) where it asks for nothing. Source: R-35."""

    schema: int = 1
    number: str
    circle: str
    on: date
    to: str
    asks: tuple[SupportKind, ...] = field(converter=_kinds, validator=each_of(SupportKind))
    why: str = field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.asks:
            raise InvalidValue(Fault.EMPTY, path="asks", remedy="say what is asked for")


def judge_support(request: SupportRequest, page: Page) -> tuple[Reason, ...]:
    """A warning where another department is asked than the one that the handbook names. Errors: NotInForce. Source: R-35."""
    expected = page[CIRCLE_SUPPORT_BY]
    if request.to == expected:
        return ()
    citation = page.cite(CIRCLE_SUPPORT_BY)
    return (ground(CircleCode.SUPPORT_ASKED_ELSEWHERE, request.number, {"expected": expected}, citation),)

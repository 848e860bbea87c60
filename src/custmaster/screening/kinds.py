"""What screening speaks of: where a list comes from, why somebody stands on it, what ends it, and what it covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.value._checks import codes
from custmaster.value.channel import EVERY, check_code, covers

__all__ = ["EVERYTHING", "LiftCondition", "Origin", "RestrictionCause", "Scope"]


class Origin(StrEnum):
    """Whose list it is: the bank's own (行内黑名单) or another's (行外黑名单), such as an authority's. Source: R-57."""

    INTERNAL = "INTERNAL"
    EXTERNAL = "EXTERNAL"


class RestrictionCause(StrEnum):
    """Why somebody is listed or a customer restricted; each cause stands for itself, and lifting one lifts no other.

    BLACKLIST: the list's own reasons. SANCTIONED: a list of sanctions. ACCOUNT_SALE_CONVICTED and ACCOUNT_SALE_IDENTIFIED: accounts
    sold, lent or opened in a false name, by a judgment or as the police found. NO_TRANSACTION: none since the account was opened.
    ID_EXPIRED: the document expired and was not renewed. KYC_INCOMPLETE: elements are missing. PHONE_SHARED: one telephone of several
    customers. COURT_FREEZE: a court's order. DECEASED: the customer died. Source: field.md, idea 6; requirements.md B5.
    """

    BLACKLIST = "BLACKLIST"
    SANCTIONED = "SANCTIONED"
    ACCOUNT_SALE_CONVICTED = "ACCOUNT_SALE_CONVICTED"
    ACCOUNT_SALE_IDENTIFIED = "ACCOUNT_SALE_IDENTIFIED"
    NO_TRANSACTION = "NO_TRANSACTION"
    ID_EXPIRED = "ID_EXPIRED"
    KYC_INCOMPLETE = "KYC_INCOMPLETE"
    PHONE_SHARED = "PHONE_SHARED"
    COURT_FREEZE = "COURT_FREEZE"
    DECEASED = "DECEASED"


class LiftCondition(StrEnum):
    """What ends a listing or a restriction before its last day.

    TERM: nothing but its last day. AUTHORITY: whoever gave it takes it back. COURT: a court's order. VERIFIED: the identity was
    verified again. RENEWED: a valid document was shown. COMPLETED: what was missing was given. PHONE_CONFIRMED: the telephone is the
    customer's own, or one of the exceptions holds. MISTAKEN: it should never have been; no restriction is made with it, any can be
    lifted by it.
    """

    TERM = "TERM"
    AUTHORITY = "AUTHORITY"
    COURT = "COURT"
    VERIFIED = "VERIFIED"
    RENEWED = "RENEWED"
    COMPLETED = "COMPLETED"
    PHONE_CONFIRMED = "PHONE_CONFIRMED"
    MISTAKEN = "MISTAKEN"


if TYPE_CHECKING:

    def _channels(values: Iterable[str]) -> tuple[str, ...]: ...

    def _actions(values: Iterable[str]) -> tuple[str, ...]: ...

    def _besides(values: Iterable[str]) -> tuple[str, ...]: ...

else:

    def _channels(values):  # noqa: ANN001, ANN202
        return codes(values, "channels")

    def _actions(values):  # noqa: ANN001, ANN202
        return codes(values, "actions")

    def _besides(values):  # noqa: ANN001, ANN202
        return codes(values, "besides")


@frozen(kw_only=True)
class Scope:
    """The channels and actions that are covered, each a code or `*` for all; `besides` are channels left out of `*`.

    So a ban of all but the counter names no other channel, and one that the bank opens next year is covered too. Kept sorted. Errors:
    InvalidRecord with every fault: a code that is none, one that stands there twice, no code at all, or `besides` without `*`.

    >>> ban = Scope(channels=["*"], besides=["COUNTER"])
    >>> ban.covers("MOBILE", "TRANSFER"), ban.covers("COUNTER", "TRANSFER")
    (True, False)
    """

    channels: tuple[str, ...] = field(default=(EVERY,), converter=_channels)
    actions: tuple[str, ...] = field(default=(EVERY,), converter=_actions)
    besides: tuple[str, ...] = field(default=(), converter=_besides)

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults) from None

    def covers(self, channel: str, action: str) -> bool:
        """Whether the action through the channel is covered."""
        through = channel not in self.besides and any(covers(row, channel) for row in self.channels)
        return through and self.covers_action(action)

    def covers_action(self, action: str) -> bool:
        """Whether the action is covered through some channel."""
        return any(covers(row, action) for row in self.actions)


def _faults(scope: Scope) -> Iterator[InvalidValue]:
    for name, every in (("channels", True), ("actions", True), ("besides", False)):
        listed: tuple[str, ...] = getattr(scope, name)
        if not listed and every:
            yield InvalidValue(Fault.EMPTY, path=name, remedy="name at least one, or * for all")
        for place, code in enumerate(listed):
            try:
                check_code(code, f"{name}[{place}]", every=every)
            except InvalidValue as fault:
                yield fault
            if code in listed[:place]:
                yield InvalidValue(Fault.DUPLICATE, path=f"{name}[{place}]")
    if scope.besides and scope.channels != (EVERY,):
        yield InvalidValue(Fault.CONFLICT, path="besides", remedy="channels are left out of * only")


EVERYTHING: Final = Scope()
"""All actions through all channels."""

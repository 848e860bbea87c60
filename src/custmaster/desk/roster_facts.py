"""What the host states when it is asked about the roster: the entries and the staff around the question; and the two forms of asking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.decision import Decision
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.roster.entry import RosterEntry
from custmaster.roster.staff import Outlet, Staff

__all__ = ["OfStaff", "RosterBook", "RosterFacts", "ToStaff"]

if TYPE_CHECKING:

    def _entries(values: Iterable[RosterEntry]) -> tuple[RosterEntry, ...]: ...

    def _staff(values: Iterable[Staff]) -> tuple[Staff, ...]: ...

    def _outlets(values: Iterable[Outlet]) -> tuple[Outlet, ...]: ...

else:

    def _entries(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda one: one.number))

    _staff = _outlets = _entries


@frozen(kw_only=True)
class RosterBook:
    """The entries, the staff and the outlets that the host loaded for a question, kept by number; their order says nothing.

    Load the entry that is asked about, every entry of the same customer or prospect, all that the staff members in question maintain, help
    with or are offered, and those staff members with their postings. Outlets need not be loaded: of one that is, it is judged whether it is open on the
    day; a bank that ends every posting with its outlet may leave them out. Errors: InvalidValue (DUPLICATE) for a number that stands twice.

    >>> RosterBook(entries=[], staff=[Staff(number="S-1")]).member("S-1").number
    'S-1'
    """

    entries: tuple[RosterEntry, ...] = field(default=(), converter=_entries)
    staff: tuple[Staff, ...] = field(default=(), converter=_staff)
    outlets: tuple[Outlet, ...] = field(default=(), converter=_outlets)

    def __attrs_post_init__(self) -> None:
        for path in ("entries", "staff", "outlets"):
            numbers = [one.number for one in getattr(self, path)]
            if len(set(numbers)) < len(numbers):
                raise InvalidValue(Fault.DUPLICATE, path=path, remedy="load each once")

    def entry(self, number: str) -> RosterEntry:
        """The entry of this number. Errors: CustmasterError where it was not loaded."""
        found = next((one for one in self.entries if one.number == number), None)
        if found is None:
            raise CustmasterError("the entry that is asked about was not loaded")
        return found

    def member(self, number: str) -> Staff | None:
        """The staff member of this number, None where there is none."""
        return next((one for one in self.staff if one.number == number), None)

    def is_on_post(self, staff: str, outlet: str, day: date) -> bool:
        """Whether the staff member holds a post at the outlet on the day."""
        member = self.member(staff)
        return member is not None and outlet in member.outlets_on(day)

    def is_closed(self, outlet: str, day: date) -> bool:
        """Whether the outlet was loaded and is not open on the day."""
        return any(one.number == outlet and not one.valid.contains(day) for one in self.outlets)

    def live_of(self, customer: str) -> RosterEntry | None:
        """The live entry of the customer. Errors: CustmasterError where there are two, which no question allows."""
        found = [one for one in self.entries if one.is_live and one.customer == customer]
        if len(found) > 1:
            raise CustmasterError("a customer has two live entries: strike one off")
        return found[0] if found else None

    def seats_of(self, staff: str, but: str) -> int:
        """How many seats the staff member has filled or promised: what is maintained or offered, without the entry `but`."""
        return sum(1 for one in self.entries if one.number != but and staff in _seated(one))

    def has_seat(self, staff: str) -> bool:
        """Whether the staff member is known and has a seat left."""
        member = self.member(staff)
        return member is not None and (member.capacity is None or self.seats_of(staff, but="") < member.capacity)


def _seated(entry: RosterEntry) -> tuple[str, ...]:
    return tuple(one.staff for one in (entry.maintainer, entry.proposal) if one is not None)


@frozen(kw_only=True)
class RosterFacts:
    """The book around the question, and the answer stored under the same request id."""

    book: RosterBook
    earlier: Decision | None = None


@frozen(kw_only=True)
class ToStaff:
    """The request that brings an entry to a staff member at an outlet.

    >>> ToStaff(entry="E-1", staff="S-1", outlet="0101").outlet
    '0101'
    """

    entry: str
    staff: str
    outlet: str


@frozen(kw_only=True)
class OfStaff:
    """The request about an entry and the staff member to whom it is offered, who maintains it or who helps; why, where that is told.

    >>> OfStaff(entry="E-1", staff="S-1").reason is None
    True
    """

    entry: str
    staff: str
    reason: str | None = field(default=None, repr=False)

"""Outlets (网点) and the staff on their posts, each post with the days for which it is held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.roster.kinds import Post
from custmaster.value._checks import each_of, of, texts
from custmaster.value.name import Name
from custmaster.value.span import ALWAYS, Span

__all__ = ["LONGEST_NUMBER", "Outlet", "Posting", "Staff", "check_number"]

LONGEST_NUMBER: Final = 40
"""The longest number of an outlet, a staff member or an entry."""


def check_number(number: str, path: str) -> None:
    """A number that the bank gave has 1 to 40 characters. Errors: InvalidValue (TYPE, LENGTH)."""
    if type(number) is not str:
        raise InvalidValue(Fault.TYPE, path=path, remedy="write the number as text")
    if not 0 < len(number.strip()) <= LONGEST_NUMBER:
        raise InvalidValue(Fault.LENGTH, path=path, length=len(number), remedy=f"1 to {LONGEST_NUMBER} characters")


if TYPE_CHECKING:

    def _postings(values: Iterable[Posting]) -> tuple[Posting, ...]: ...

    def _languages(values: Iterable[str]) -> tuple[str, ...]: ...

else:

    def _postings(values):  # noqa: ANN001, ANN202
        return tuple(values)

    def _languages(values):  # noqa: ANN001, ANN202
        return tuple(sorted(set(texts(values, "languages"))))


@frozen(kw_only=True)
class Outlet:
    """A place of business (营业网点) with its number and name, and the days on which it is open for business at all.

    Errors: InvalidValue (TYPE, LENGTH). Source: R-03, R-17.

    >>> Outlet(number="0101", name="城关支行").number
    '0101'
    """

    schema: int = 1
    number: str
    name: str = ""
    place: str | None = None
    valid: Span = field(default=ALWAYS, validator=of(Span))

    def __attrs_post_init__(self) -> None:
        check_number(self.number, "number")


@frozen(kw_only=True)
class Posting:
    """A post at an outlet and the days for which it is held. Errors: InvalidValue (TYPE, LENGTH).

    >>> Posting(post=Post.TELLER, outlet="0101").valid
    Span(start=None, end=None)
    """

    post: Post = field(validator=of(Post))
    outlet: str
    valid: Span = field(default=ALWAYS, validator=of(Span))

    def __attrs_post_init__(self) -> None:
        check_number(self.outlet, "outlet")


@frozen(kw_only=True)
class Staff:
    """A staff member under one number, with all postings; several posts at once are possible.

    `capacity`: how many entries at most; None sets no bound. `languages` and `place` help to fit. Errors: InvalidValue (TYPE, LENGTH, RANGE);
    (OVERLAP) where one post is held twice at one outlet on the same days. Source: R-17..R-22.

    >>> teller = Staff(number="S-1", postings=[Posting(post=Post.TELLER, outlet="0101")])
    >>> teller.posts_on(date(2026, 11, 28)), teller.outlets_on(date(2026, 11, 28))
    ((<Post.TELLER: 'TELLER'>,), ('0101',))
    """

    schema: int = 1
    number: str
    postings: tuple[Posting, ...] = field(default=(), converter=_postings, validator=each_of(Posting))
    name: Name | None = field(default=None, validator=of(Name, optional=True))
    capacity: int | None = None
    languages: tuple[str, ...] = field(default=(), converter=_languages)
    place: str | None = None

    def __attrs_post_init__(self) -> None:
        check_number(self.number, "number")
        if self.capacity is not None and (type(self.capacity) is not int or self.capacity < 0):
            raise InvalidValue(Fault.RANGE, path="capacity", remedy="a whole number, 0 or more")
        for place, one in enumerate(self.postings):
            for other in self.postings[:place]:
                if (one.post, one.outlet) == (other.post, other.outlet) and one.valid.overlaps(other.valid):
                    raise InvalidValue(
                        Fault.OVERLAP, path=f"postings[{place}]", remedy="join the two, or part their days"
                    )

    def on(self, day: date) -> tuple[Posting, ...]:
        """The postings that hold on the day, in the order of the posts."""
        order = tuple(Post)
        held = (one for one in self.postings if one.valid.contains(day))
        return tuple(sorted(held, key=lambda one: (order.index(one.post), one.outlet)))

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """The posts that are held on the day, each once, in the order of the enumeration."""
        return tuple(dict.fromkeys(one.post for one in self.on(day)))

    def outlets_on(self, day: date) -> tuple[str, ...]:
        """The outlets at which a post is held on the day, sorted, each once."""
        return tuple(sorted({one.outlet for one in self.on(day)}))

    def is_on_post(self, day: date) -> bool:
        """Whether any post is held on the day (在岗)."""
        return bool(self.on(day))

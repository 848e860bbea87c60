"""The floor of customers that everybody on a post maintains (户数下限): soft, since it holds in principle only (原则上)."""

from __future__ import annotations

from collections.abc import Iterable

from custmaster.decision import Approval
from custmaster.handbook import Key, Page
from custmaster.handbook.review_keys import TWO_POSTS
from custmaster.roster.figures import Figure, FigureKind
from custmaster.roster.judged import Counts, Target, judged
from custmaster.roster.kinds import POSTS, Post

__all__ = ["floor", "floor_of"]


def floor_of(posts: Iterable[Post], page: Page) -> Target:
    """The floor of somebody who holds these posts; None where no post has one, which is not a floor of 0.

    Two posts at once by the option `roster.two_posts`: HIGHER takes the highest floor, SUM adds them, FIRST takes the post that the rules name
    first. Source: R-18..R-22.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> page = default().on(date(2026, 11, 28))
    >>> floor_of([Post.TELLER, Post.LOBBY_MANAGER], page).value, floor_of([Post.ACCOUNT_MANAGER], page).value
    (25, None)
    """
    held = set(posts)
    keys = [key for post, row in POSTS.items() if post in held and (key := row.floor) is not None]
    option = page[TWO_POSTS]
    if not keys:
        return Target(value=None, citation=page.cite(TWO_POSTS))
    if option == "SUM" and len(keys) > 1:
        return Target(value=sum(page[key] for key in keys), citation=page.cite(TWO_POSTS))
    binding: Key[int] = keys[0] if option == "FIRST" else max(keys, key=page.__getitem__)
    return Target(value=page[binding], citation=page.cite(binding))


def floor(counts: Counts, posts: Iterable[Post], page: Page, approvals: Iterable[Approval] = ()) -> Figure:
    """Whether a staff member maintains as many as the post asks for; a shortfall is a REVIEW that an Approval of FLOOR_SHORT lifts.

    The figure stays missed when it is lifted: the approval is kept in it. Of several approvals the first by name and reason is kept.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.roster.figures import arithmetic
    >>> page = default().on(date(2026, 11, 28))
    >>> arithmetic(floor(Counts(subject="S-1", numerator=9), [Post.TELLER], page))
    '9 < 10'
    """
    target = floor_of(posts, page)
    found = judged(FigureKind.FLOOR, counts, target)
    for approval in sorted(approvals, key=lambda one: (one.by, one.reason, one.codes)):
        lifted = judged(FigureKind.FLOOR, counts, target, approval)
        if lifted.approval is not None:
            return lifted
    return found

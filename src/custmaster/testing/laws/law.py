"""A law as data: a sentence, where it comes from, the cases of which it speaks, and whether it holds of one.

A law judges *rules*: a frozen value that holds the functions, the handbook page and the lists that are under judgement, each with the library's own
as its default. A host puts its own in their places and asks the same laws. A set of laws is a tuple of rows:

    LAWS = (Law(name="...", says="...", source="R-66", cases=lambda rules: ..., holds=lambda rules, case: ...), ...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from attrs import field, frozen
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from custmaster.testing._machines import EmptyRun

__all__ = ["BrokenLaw", "EmptyRun", "Law", "LawReport", "check_laws"]

R = TypeVar("R")
C = TypeVar("C")


class BrokenLaw(AssertionError):
    """A case of which a law does not hold; Hypothesis tells the smallest one."""


@frozen(kw_only=True)
class Law(Generic[R, C]):
    """One law: `cases` gives a strategy for the rules under judgement, `holds` says of one case whether it is as the sentence says.

    `holds` answers None for a case of which the law says nothing: a run of nothing else has shown nothing, and is an EmptyRun.

    >>> from hypothesis import strategies as st
    >>> positive = Law(
    ...     name="a-sum-is-not-below-its-parts",
    ...     says="A sum is not below its parts.",
    ...     source="arithmetic",
    ...     cases=lambda add: st.tuples(st.integers(0), st.integers(0)),
    ...     holds=lambda add, case: add(*case) >= max(case),
    ... )
    >>> positive.check(lambda one, other: one + other)
    >>> positive.check(lambda one, other: one - other, max_examples=50)
    Traceback (most recent call last):
    custmaster.testing.laws.law.BrokenLaw: A sum is not below its parts.
    """

    name: str
    says: str
    source: str
    cases: Callable[[R], SearchStrategy[C]] = field(repr=False)
    holds: Callable[[R, C], bool | None] = field(repr=False)

    def __str__(self) -> str:
        """The name, so that `ids=str` names the tests of a set."""
        return self.name

    def check(self, rules: R, *, max_examples: int | None = None, shrink: bool = True) -> None:
        """Look for a case of which the law does not hold of these rules, in as many examples as the profile of Hypothesis says, or as given.

        Errors: BrokenLaw with the sentence, and the case beside it, the smallest one if `shrink`; EmptyRun when it said nothing of any case; and whatever the rules
        raise.
        """
        told: list[None] = []
        profile = settings(
            max_examples=max_examples or settings().max_examples,
            database=None,  # kept by the test's name, which all laws share
            deadline=None,
            phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
            report_multiple_bugs=False,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much),
        )

        @profile
        @given(self.cases(rules))
        def holds_of(case: Any) -> None:
            answer = self.holds(rules, case)
            if answer is False:
                raise BrokenLaw(f"{self.says} [{self.name}, {self.source}]")
            told.extend([] if answer is None else [None])

        holds_of()
        if not told:
            raise EmptyRun(f"{self.name} said nothing of any case: {self.says}")


@frozen(kw_only=True)
class LawReport:
    """What `check_laws` found: the names of the laws that hold, and those that do not, each with what was told of it.

    >>> print(LawReport(held=("a",), broken={}))
    1 held, 0 broken
    """

    held: tuple[str, ...]
    broken: Mapping[str, str]

    @property
    def lawful(self) -> bool:
        """Whether no law is broken and some hold."""
        return bool(self.held) and not self.broken

    def __str__(self) -> str:
        """A line of counts, and one for each law that is broken."""
        head = f"{len(self.held)} held, {len(self.broken)} broken"
        return "\n".join((head, *(f"{name}: {told}" for name, told in self.broken.items())))


def check_laws(laws: Iterable[Law[R, Any]], rules: R, *, max_examples: int | None = None) -> LawReport:
    """All laws of a set, without pytest. Rules that raise break the law that asked them.

    The report names the class of an error, never its message, nor a case: with a host's own lists they may hold data. `Law.check` tells both.

    >>> print(check_laws((), None))
    0 held, 0 broken
    """
    held: list[str] = []
    broken: dict[str, str] = {}
    for law in laws:
        try:
            law.check(rules, max_examples=max_examples, shrink=False)
        except (BrokenLaw, EmptyRun) as problem:
            broken[law.name] = str(problem)
        except Exception as problem:  # noqa: BLE001 -- whatever the host's own functions raise
            broken[law.name] = f"the rules raised {type(problem).__name__}"
        else:
            held.append(law.name)
    return LawReport(held=tuple(held), broken=broken)

"""What every machine does that asks a bank: each question under a request id of its own, its answer kept, and asked again at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from custmaster.decision import Allowed, Decision, Refused
from custmaster.testing._machines import Counting, hold
from custmaster.testing.contract_bank import ContractBank

__all__ = ["PLACE", "SELDOM", "Asking", "Question", "one_of_all"]

PLACE: Final = st.integers(0, 11)
SELDOM: Final = st.sampled_from((False, False, False, True))

Question = Callable[[str], Decision]
T = TypeVar("T")
Bank = TypeVar("Bank", bound=ContractBank)


class Asking(Counting, Generic[Bank]):
    """A bank, what was asked of it, and what was met."""

    factory: ClassVar[Any] = ContractBank

    def __init__(self) -> None:
        super().__init__()
        self.bank: Bank = type(self).factory()
        self.asked: list[tuple[str, str, Question, Decision]] = []

    def some(self, place: int) -> str:
        """One of the customers, whatever became of it."""
        return one_of_all(sorted(self.bank.books.customers), place)

    def ask(self, what: str, question: Question) -> Decision:
        """Ask under a new request id: an answer that is no Allowed changes nothing."""
        request = f"T-{len(self.asked)}"
        before = self.bank.books
        answer = question(request)
        if not isinstance(answer, Allowed):
            hold(self.bank.books == before, f"{what}: what is not allowed changes nothing")
        self.asked.append((request, what, question, answer))
        self.count(what, answer)
        return answer

    def count(self, what: str, answer: Decision) -> None:
        """Note what was met."""
        events = answer.events if isinstance(answer, Allowed) else ()
        met = [answer.outcome.value, *(reason.code.value for reason in answer.reasons)]
        self.met.update({f"{what} {name}" for name in (*met, *(type(event).__name__ for event in events))})

    @precondition(lambda self: self.asked)
    @rule(place=st.integers(0, 999))
    def a_request_comes_again(self, place: int) -> None:
        """The same answer, and nothing happens; a Review is asked anew once somebody approves."""
        request, what, question, answer = one_of_all(self.asked, -1 - place)
        if isinstance(answer, Allowed | Refused) or not self.bank.approvals:
            before = self.bank.books
            hold(question(request) == answer, f"{what}: the same request has the same answer")
            hold(self.bank.books == before, f"{what}: a request that comes again changes nothing")
            self.met["asked again"] += 1

    @precondition(lambda self: self.asked)
    @rule(place=st.integers(0, 999), other=st.integers(0, 999))
    def a_request_id_is_used_again(self, place: int, other: int) -> None:
        """For another question: nothing happens, and the answer that is stored stays."""
        request, _, first, answer = one_of_all(self.asked, -1 - place)
        _, what, question, _ = one_of_all(self.asked, -1 - other)
        if isinstance(answer, Allowed) and place % len(self.asked) != other % len(self.asked):
            before = self.bank.books
            question(request)
            hold(self.bank.books == before, f"{what}: an id that was used changes nothing")
            hold(first(request) == answer, f"{what}: an id that was used keeps its answer")
            self.met["id used again"] += 1


def one_of_all(listed: Sequence[T], place: int) -> T:
    return listed[place % len(listed)]

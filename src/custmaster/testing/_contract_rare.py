"""Steps that seek out what contracts taken at random seldom meet: one that becomes another, one that is needed, one that is kept."""

from __future__ import annotations

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.stateful import rule

from custmaster.contract.kinds import State
from custmaster.contract.record import Contract, ContractChange
from custmaster.decision import Allowed
from custmaster.desk.transfer import Transfer
from custmaster.testing._asking import PLACE, one_of_all
from custmaster.testing._contract_customers import CustomerSteps
from custmaster.testing._contract_watch import ENDED
from custmaster.testing._machines import hold

__all__ = ["RareSteps"]


class RareSteps(CustomerSteps):
    """The steps that look among the live contracts for those of interest."""

    @rule(which=st.integers(0, 99))
    def one_is_made_like_another(self, which: int) -> None:
        """Two contracts of one product and customer: by its channels or its card the first one would become the second."""
        live = self.plain.live(self.contracts.values())
        pairs = [
            (one, other)
            for one in live
            for other in live
            if (one.product, one.customer) == (other.product, other.customer)
            and (one.channels != other.channels or one.card != other.card)
        ]
        becoming = [(one, other) for one, other in pairs if self._becomes(one, other)]
        if not pairs:
            return
        there, like = one_of_all(becoming or pairs, which)
        if like.channels != there.channels:
            change = ContractChange(channels=like.channels)
            self.ask("amend", lambda request: self.bank.amend(request, there.number, change))
        start, goal = there.card, like.card
        if start is not None and goal is not None and goal != start and goal not in self.bank.shut:
            self.is_transferred(Transfer(start=start, goal=goal))

    def _becomes(self, one: Contract, other: Contract) -> bool:
        changed = evolve(one, channels=other.channels, card=other.card)
        return self.plain.key(changed) == self.plain.key(other) is not None

    @rule(which=PLACE, place=PLACE)
    def what_another_needs_is_transferred(self, which: int, place: int) -> None:
        """Alone, to another account or card: what needs it stays behind."""
        live = self.plain.live(self.contracts.values())
        needed = [
            (one, start)
            for one in live
            for start in (one.card, one.account)
            if start is not None and any(self._needs(other, one) for other in live)
        ]
        if needed:
            there, start = one_of_all(needed, which)
            goals = [one for one in self.open_at(there.customer, type(start)) if one != start]
            if goals:
                self.is_transferred(Transfer(start=start, goal=one_of_all(goals, place), contracts=[there.number]))

    def _needs(self, one: Contract, other: Contract) -> bool:
        return other.product in self.plain.products[one.product].needs and self.plain.side_by_side(one, other)

    @rule(which=PLACE)
    def what_another_needs_or_the_bank_keeps_is_terminated(self, which: int) -> None:
        """What needs it, or that its product is not terminable, stands in the way."""
        live = self.plain.live(self.contracts.values())
        kept = [one for one in live if not self.plain.products[one.product].terminable]
        needed = [one for one in live if any(self._needs(other, one) for other in live)]
        found = needed if which % 2 and needed else kept
        if found:
            self.is_terminated(one_of_all(found, which))

    def is_terminated(self, there: Contract) -> None:
        """Allowed exactly when it has not ended, nothing would miss it, and its product or a person lets it end."""
        rest = [one for one in self.contracts.values() if one != there]
        missed = self.plain.lacking(rest) - self.plain.lacking(self.contracts.values())
        lifted = self.plain.products[there.product].terminable or there.state is State.DRAFT or self.bank.approvals
        answer = self.ask("terminate", lambda request: self.bank.terminate(request, there.number))
        may = there.state not in ENDED and not missed and bool(lifted)
        hold(isinstance(answer, Allowed) is may, "what nobody misses may be ended")

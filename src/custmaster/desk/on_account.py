"""Which contracts stand on a card or an account: by its number, however it is written (R-50)."""

from __future__ import annotations

from custmaster.contract.record import Contract
from custmaster.value.account import AccountNumber, CardNumber, bare

__all__ = ["authorised_on", "held_on"]


def held_on(contract: Contract, number: AccountNumber | CardNumber) -> bool:
    """Whether the contract names the number as its account or card: a card's number may stand in either place.

    >>> held_on(Contract(number="C1", product="0000000001", customer="6000000001"), CardNumber("6222000011112222"))
    False
    """
    held = (contract.account, contract.card)
    return any(bare(one) == bare(number) for one in held if one is not None)


def authorised_on(contract: Contract, number: AccountNumber | CardNumber) -> bool:
    """Whether the payer authorised a collection from the number (付款账号)."""
    given = contract.authorisation
    return given is not None and given.account is not None and bare(given.account) == bare(number)

"""Contracts (签约): products in four categories, the record of a contract, its life, and when two contracts are the same one.

`Catalogue` holds the products, `Contract` is the record, `evolve` what an event makes of it, `same_as` finds the same contract among others
by the table `SAMENESS`, and `judge_signing` says what stands against signing. Contracts hold customers, accounts and cards by number only.
"""

from __future__ import annotations

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.events import (
    CONTRACT_TRANSITIONS,
    ContractActivated,
    ContractAmended,
    ContractEvent,
    ContractExpired,
    ContractReassigned,
    ContractResumed,
    ContractSigned,
    ContractSuspended,
    ContractTerminated,
    ContractTransferred,
    evolve,
)
from custmaster.contract.kinds import CATEGORY_NAMES, LIVE, Category, Effect, Flow, Level, Part, PartyRole, State
from custmaster.contract.product import Exclusion, Product
from custmaster.contract.record import (
    REQUESTED,
    Amendment,
    Authorisation,
    Contract,
    ContractChange,
    Party,
    Term,
)
from custmaster.contract.sameness import SAMENESS, KeyedContract, keyed_contract, overlapping, parts_of, same_as
from custmaster.contract.signing import GROUNDS, PAIR_RULES, SIGNING_RULES, judge_signing

__all__ = [
    "CATEGORY_NAMES",
    "CONTRACT_TRANSITIONS",
    "GROUNDS",
    "LIVE",
    "PAIR_RULES",
    "REQUESTED",
    "SAMENESS",
    "SIGNING_RULES",
    "Amendment",
    "Authorisation",
    "Catalogue",
    "Category",
    "Contract",
    "ContractActivated",
    "ContractAmended",
    "ContractChange",
    "ContractCode",
    "ContractEvent",
    "ContractExpired",
    "ContractReassigned",
    "ContractResumed",
    "ContractSigned",
    "ContractSuspended",
    "ContractTerminated",
    "ContractTransferred",
    "Effect",
    "Exclusion",
    "Flow",
    "KeyedContract",
    "Level",
    "Part",
    "Party",
    "PartyRole",
    "Product",
    "State",
    "Term",
    "evolve",
    "judge_signing",
    "keyed_contract",
    "overlapping",
    "parts_of",
    "same_as",
]

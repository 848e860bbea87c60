"""What the host states when it is asked about contracts that exist: the catalogue, and the contracts that may stand beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from custmaster.contract.catalogue import Catalogue
from custmaster.contract.codes import ContractCode
from custmaster.contract.record import Contract, number_key
from custmaster.decision import Citation, Decision, Outcome, Reason
from custmaster.errors import Fault, InvalidValue

__all__ = ["ContractFacts", "Register", "each_once", "judge_product", "with_contract"]


def each_once(contracts: Iterable[Contract]) -> tuple[Contract, ...]:
    """The contracts as a host loaded them, by number.

    Errors: InvalidValue (TYPE) for anything else, (DUPLICATE) for a number that stands twice, in whatever case it is written.

    >>> each_once([Contract(number=number, product="0000000001", customer="6000000001") for number in ("C1", "c1")])
    Traceback (most recent call last):
    custmaster.errors.InvalidValue: contracts: stands here twice (DUPLICATE); give each contract once, as it is now
    """
    held = tuple(map(_contract, contracts))
    if len({number_key(one.number) for one in held}) < len(held):
        raise InvalidValue(Fault.DUPLICATE, path="contracts", remedy="give each contract once, as it is now")
    return tuple(sorted(held, key=lambda one: one.number))


def _contract(given: object) -> Contract:
    if not isinstance(given, Contract):
        raise InvalidValue(Fault.TYPE, path="contracts", remedy="give a list of Contract")
    return given


@frozen(kw_only=True)
class Register:
    """The product catalogue, and the contracts that the host loaded for a question, kept by number; their order says nothing.

    Errors: as `each_once`.

    >>> Register(catalogue=Catalogue(version="1", positions=10, products=[]), contracts=[]).contracts
    ()
    """

    catalogue: Catalogue
    contracts: tuple[Contract, ...] = field(converter=each_once)


@frozen(kw_only=True)
class ContractFacts:
    """The register around the contract that is asked about, and the answer stored under the same request id.

    Of the contracts those count that may stand against it: all of its customers', and those of others with the same product, organisation
    and reference. The contract itself may be among them. Nothing is assumed of contracts that were not loaded.
    """

    register: Register
    earlier: Decision | None = None


def judge_product(contract: Contract, catalogue: Catalogue) -> Iterator[Reason]:
    """PRODUCT_UNKNOWN when the catalogue does not hold the contract's product: then nothing can be said of it. Source: R-68.

    >>> alone = Contract(number="C1", product="0000000001", customer="6000000001")
    >>> [str(reason.code) for reason in judge_product(alone, Catalogue(version="1", positions=10, products=[]))]
    ['PRODUCT_UNKNOWN']
    """
    if contract.product not in catalogue.by_number:
        yield Reason(
            code=ContractCode.PRODUCT_UNKNOWN,
            outcome=Outcome.REFUSED,
            citation=Citation(article="R-68"),
            subject=contract.product,
            facts={"version": catalogue.version},
        )


def with_contract(register: Register, contract: Contract) -> Register:
    """The register that holds the contract as it is given, in place of one of the same number."""
    others = [one for one in register.contracts if one.number != contract.number]
    return Register(catalogue=register.catalogue, contracts=[*others, contract])

"""Which column of a contract register (签约登记簿) feeds which field: the mapping file, and what holds without one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.contract.kinds import State
from custmaster.errors import UnusableInput
from custmaster.value.channel import check_code
from custmaster.wire._sections import opened
from custmaster.wire.mapping import Columns, FileMapping, TextSource

__all__ = ["CONTRACT_DATES", "CONTRACT_FIELDS", "ContractMapping", "contract_mapping", "load_contract_mapping"]

CONTRACT_DATES: Final[tuple[str, ...]] = ("valid_from", "valid_until", "signed_on", "ended_on")
"""The fields that hold days; `valid_until` is the printed last day."""
CONTRACT_FIELDS: Final[tuple[str, ...]] = (
    "number",
    "product",
    "customer",
    "state",
    "account",
    "card",
    "organisation",
    "reference",
    "instance",
    "channels",
    *CONTRACT_DATES,
)
"""The keys of `[fields]`, in the order of the docs."""
_REQUIRED: Final = ("number", "product", "customer", "state")
_SECTIONS: Final = ("source", "fields", "values", "dates")
_ISO: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({"default": ("YYYY-MM-DD",)})


@frozen(kw_only=True)
class ContractMapping:
    """The mapping of a contract register: the columns of each field, and what the file's own words for states and channels mean.

    `states` None: the words ACTIVE, SUSPENDED and so on; `channels` None: the bank's codes as they stand there.
    """

    file: FileMapping
    states: Mapping[str, State] | None = None
    channels: Mapping[str, str] | None = None


def load_contract_mapping(text: str, source: str) -> ContractMapping:
    r"""The mapping that a TOML text describes; `source` names it in errors.

    Errors: UnusableInput, naming every problem with its line and what to write instead. Source: R-48.

    >>> named = '[fields]\nnumber = "签约编号"\nproduct = "产品编号"\ncustomer = "客户号"\nstate = "状态"\n'
    >>> load_contract_mapping(named + '[values.state]\n"1" = "ACTIVE"', "m.toml").states
    {'1': <State.ACTIVE: 'ACTIVE'>}
    """
    data, by = opened(text, source)
    by.known(data, "", _SECTIONS)
    fields = by.fields(by.table(data, "fields"), CONTRACT_FIELDS)
    for key in _REQUIRED:
        if key not in fields and not by.complaints.gathered:
            by.complaints.add("fields", f"{key} is missing", f'write {key} = "the name of its column"')
    by.used_once((f"fields.{key}", one) for key, one in fields.items())
    dates, pivot = by.dates(by.table(data, "dates"), CONTRACT_DATES)
    values = by.table(data, "values")
    by.known(values, "values", ("state", "channel"))
    states = by.values(values["state"], "values.state", State, tuple(State)) if "state" in values else None
    channels = by.values(values["channel"], "values.channel", _channel, ("*",)) if "channel" in values else None
    made = ContractMapping(
        file=FileMapping(file=by.file(by.table(data, "source")), fields=fields, dates=dates, pivot=pivot),
        states=states,
        channels=channels,
    )
    by.complaints.raise_any()
    return made


def _channel(text: str) -> str:
    check_code(text, "values.channel", every=True)
    return text


def contract_mapping(header: Iterable[str], source: str) -> ContractMapping:
    """The mapping of a file whose columns are called as the fields are; columns of other names are passed over.

    Errors: UnusableInput when number, product, customer or state is not among them.

    >>> contract_mapping(["number", "product", "customer", "state", "branch"], "contracts.csv").file.columns
    ('number', 'product', 'customer', 'state')
    """
    there = frozenset(header)
    missing = [key for key in _REQUIRED if key not in there]
    if missing:
        remedy = "say which columns they are: --mapping FILE, or --contracts-mapping FILE of another verb"
        raise UnusableInput(source, problem=f"there is no column {', '.join(missing)}", remedy=remedy)
    fields = {key: TextSource(choices=(Columns(names=(key,)),)) for key in CONTRACT_FIELDS if key in there}
    return ContractMapping(file=FileMapping(fields=fields, dates=_ISO))

"""Rows of a contract register into contracts, each with what was wrong with its cells.

A cell that cannot be read never loses the row's number, and never goes into a key: a row with such a cell is told and not compared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from custmaster.contract.kinds import LIVE, State
from custmaster.contract.record import Contract
from custmaster.contract.register import RegisterCode, remark
from custmaster.decision import Remark
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.channel import check_code
from custmaster.value.reference import PartnerReference
from custmaster.value.span import Span
from custmaster.wire._cells import Cells, date_reader, expiry_reader, getter, label, plain_text, too_long
from custmaster.wire.codes import CellCode, remark_on
from custmaster.wire.contract_mapping import CONTRACT_DATES, ContractMapping
from custmaster.wire.table import Row

__all__ = ["ReadContract", "Reader", "compile_contracts", "day_reader", "read_channels", "read_state"]

_ISO: Final = "YYYY-MM-DD"
_BETWEEN: Final = re.compile(r"[,;|、，；\s]+")
_REQUIRED: Final = ("number", "product", "customer", "state")
_MAKERS: Final[Mapping[str, Callable[[str], object]]] = {
    "number": plain_text,
    "product": plain_text,
    "customer": plain_text,
    "account": AccountNumber,
    "card": CardNumber,
    "organisation": plain_text,
    "reference": PartnerReference,
    "instance": PartnerReference,
}

_HARMLESS: Final = frozenset({CellCode.DATE_AMBIGUOUS, CellCode.COLUMN_ABSENT})
"""What may be remarked on a row whose every cell was read."""

_WITH: Final[Mapping[tuple[str, Fault], tuple[str, ...]]] = MappingProxyType(
    {
        ("valid_until", Fault.ORDER): ("valid_from", "valid_until"),
        ("ended_on", Fault.ORDER): ("signed_on", "ended_on"),
        ("ended_on", Fault.CONFLICT): ("state", "ended_on"),
    }
)
"""The fields that do not go together, where a fault is not one of the field alone."""

Values = dict[str, Any]
Step = Callable[[Cells, Values, list[Remark]], None]
Reader = Callable[[Row], "ReadContract"]


@frozen(kw_only=True)
class ReadContract:
    """What a row became: the contract (None when a cell could not be read), its number where that could be, and the remarks."""

    contract: Contract | None
    number: str | None
    remarks: tuple[Remark, ...]


def compile_contracts(mapping: ContractMapping, header: Sequence[str], *, typed: bool = False) -> Reader:
    """The function that turns each row of a table with this header into a contract; `typed` as in `compile_structure`.

    >>> from custmaster.wire.contract_mapping import contract_mapping
    >>> header = ("number", "product", "customer", "state")
    >>> read = compile_contracts(contract_mapping(header, "c.csv"), header)
    >>> found = read(Row(line=2, cells=("C1", "0000000001", "6000000001", "LIVELY")))
    >>> found.contract, found.number, [str(one.reason.code) for one in found.remarks]
    (None, 'C1', ['CODE_UNKNOWN'])
    """
    steps = _Compiler(mapping=mapping, header=tuple(header), typed=typed).steps()
    columns = {key: label(source) for key, source in mapping.file.fields.items()}

    def read(row: Row) -> ReadContract:
        remarks = list(row.remarks)
        if not row.cells:
            return ReadContract(contract=None, number=None, remarks=tuple(remarks))
        values: Values = {}
        for step in steps:
            step(row.cells, values, remarks)
        contract = None if any(map(_spoils, remarks)) else _contract(values, remarks, columns)
        return ReadContract(contract=contract, number=values.get("number"), remarks=tuple(remarks))

    return read


def _spoils(remark: Remark) -> bool:
    return remark.reason.code not in _HARMLESS


def _contract(values: Values, remarks: list[Remark], columns: Mapping[str, str]) -> Contract | None:
    """The contract, if what was read goes together; an end day of a contract that lives is told and left out."""
    start, last = values.pop("valid_from", None), values.pop("valid_until", None)
    if values.get("ended_on") is not None and values["state"] in LIVE:
        remarks.append(remark("ended_on", RegisterCode.ENDED_BUT_LIVE, values["number"], {"day": values["ended_on"]}))
        del values["ended_on"]
    try:
        return Contract(valid=Span.through(start, last), **values)
    except InvalidRecord as problem:
        remarks.extend(_unfit(fault.path, fault.fault, columns) for fault in problem.faults)
    except InvalidValue as problem:
        remarks.append(_unfit("valid_until", problem.fault, columns))
    return None


def _unfit(field: str, fault: Fault, columns: Mapping[str, str]) -> Remark:
    named = ", ".join(columns[one] for one in _WITH.get((field, fault), (field,)))
    return remark_on(field, CellCode.CELL_UNFIT, column=named, fault=str(fault))


def read_state(text: str, states: Mapping[str, State] | None) -> State | None:
    """The state that a cell says; None when it says none.

    >>> read_state(" active ", None), read_state("1", {"1": State.EXPIRED})
    (<State.ACTIVE: 'ACTIVE'>, <State.EXPIRED: 'EXPIRED'>)
    """
    if states is not None:
        return states.get(text.strip())
    word = text.strip().upper()
    return State(word) if word in State.__members__ else None


def read_channels(text: str, channels: Mapping[str, str] | None) -> tuple[str, ...]:
    """The channels that a cell names, each once. Errors: InvalidValue for what is no channel's code.

    >>> read_channels("WEB, MOBILE;WEB", None)
    ('MOBILE', 'WEB')
    """
    named = [word for word in _BETWEEN.split(text) if word]
    if channels is not None:
        named = [channels.get(word, "") for word in named]
    for word in named:
        check_code(word, "channels", every=True)
    return tuple(sorted(set(named)))


@frozen(kw_only=True)
class _Compiler:
    mapping: ContractMapping
    header: tuple[str, ...]
    typed: bool

    def steps(self) -> tuple[Step, ...]:
        """One for each field."""
        return tuple(self._step(key) for key in self.mapping.file.fields)

    def _step(self, key: str) -> Step:
        if key in CONTRACT_DATES:
            return self._day(key)
        read = {"state": self._state, "channels": self._channels}.get(key)
        return self._text(key) if read is None else read()

    def _text(self, key: str) -> Step:
        source = self.mapping.file.fields[key]
        get, column, make = getter(source, self.header), label(source), _MAKERS[key]

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if not text or text.isspace():
                if key in _REQUIRED:
                    remarks.append(remark_on(key, CellCode.CELL_EMPTY, column=column))
                return
            try:
                values[key] = make(text)
            except InvalidValue:
                remarks.append(too_long(key, column, text))

        return step

    def _state(self) -> Step:
        source, states = self.mapping.file.fields["state"], self.mapping.states
        get, column = getter(source, self.header), label(source)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            state = read_state(text, states)
            if state is not None:
                values["state"] = state
            elif text.strip():
                remarks.append(remark_on("state", CellCode.CODE_UNKNOWN, column=column, length=len(text)))
            else:
                remarks.append(remark_on("state", CellCode.CELL_EMPTY, column=column))

        return step

    def _channels(self) -> Step:
        source, known = self.mapping.file.fields["channels"], self.mapping.channels
        get, column = getter(source, self.header), label(source)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            try:
                values["channels"] = read_channels(text, known)
            except InvalidValue:
                remarks.append(remark_on("channels", CellCode.CODE_UNKNOWN, column=column, length=len(text)))

        return step

    def _day(self, key: str) -> Step:
        source = self.mapping.file.fields[key]
        get, column, read = getter(source, self.header), label(source), day_reader(self.mapping, key, typed=self.typed)

        def step(cells: Cells, values: Values, remarks: list[Remark]) -> None:
            text = get(cells)
            if text and not text.isspace():
                values[key], code = read(text)
                if code is not None:
                    remarks.append(remark_on(key, code, column=column, length=len(text)))

        return step


def day_reader(
    mapping: ContractMapping, key: str, *, typed: bool
) -> Callable[[str], tuple[date | None, CellCode | None]]:
    """A function from a cell of a field to its day; of the last day none where the cell says 长期 (long-term).

    >>> from custmaster.wire.contract_mapping import contract_mapping
    >>> mapping = contract_mapping(["number", "product", "customer", "state"], "c.csv")
    >>> day_reader(mapping, "valid_until", typed=False)("长期")
    (None, None)
    """
    patterns, pivot = mapping.file.patterns(key), mapping.file.pivot
    patterns = (_ISO, *patterns) if typed and _ISO not in patterns else patterns
    if key != "valid_until":
        return date_reader(patterns, pivot)
    read = expiry_reader(patterns, pivot)

    def last(text: str) -> tuple[date | None, CellCode | None]:
        day, _, code = read(text.strip())
        return day, code

    return last

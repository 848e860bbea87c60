"""What several verbs ask of a register of contracts (签约登记簿): its file, its mapping, and the product catalogue."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from custmaster.cli.inputs import read_text
from custmaster.contract.catalogue import Catalogue
from custmaster.contract.record import Contract, number_key
from custmaster.desk.contract_facts import Register
from custmaster.errors import UnusableInput
from custmaster.handbook import Page
from custmaster.handbook.keys import PRODUCT_NUMBER_POSITIONS
from custmaster.wire import load_catalogue, open_table
from custmaster.wire.contract_mapping import ContractMapping, contract_mapping, load_contract_mapping
from custmaster.wire.contract_rows import compile_contracts

__all__ = ["add_register", "load_register", "the_catalogue", "the_mapping"]

_MOST_SHOWN: Final = 5


def add_register(verb: argparse.ArgumentParser, *, required: bool) -> None:
    """The options by which a register is named."""
    verb.add_argument(
        "--contracts", required=required, metavar="FILE", help="the contracts: CSV, JSON Lines, Parquet or .xlsx"
    )
    verb.add_argument(
        "--contracts-mapping", metavar="FILE", help="which column feeds which field (default: they are called alike)"
    )
    verb.add_argument("--catalogue", required=required, metavar="FILE", help="the product catalogue, .toml or .csv")
    verb.add_argument("--catalogue-version", metavar="VERSION", help="the version of a catalogue in CSV")


def the_catalogue(arguments: argparse.Namespace, page: Page) -> Catalogue:
    """The catalogue that was named. Errors: UnusableInput with every fault of it."""
    name, version = arguments.catalogue, arguments.catalogue_version
    if name.endswith(".csv") is (version is None):
        problem = "a catalogue in CSV needs --catalogue-version" if version is None else "it states its own version"
        raise UnusableInput(name, problem=problem)
    return load_catalogue(read_text(name), name, page[PRODUCT_NUMBER_POSITIONS], version)


def the_mapping(name: str | None, file: Path) -> ContractMapping:
    """The mapping of a register that was named, else that of columns which are called as the fields."""
    if name is not None:
        return load_contract_mapping(read_text(name), name)
    with open_table(file) as table:
        return contract_mapping(table.header, file.name)


def load_register(arguments: argparse.Namespace, page: Page) -> Register:
    """The catalogue and every contract of the file.

    Errors: UnusableInput when a contract cannot be read, or a number stands twice: what is not known would stand against nothing.
    """
    catalogue, file = the_catalogue(arguments, page), Path(arguments.contracts)
    contracts: dict[str, Contract] = {}
    faults: list[str] = []
    mapping = the_mapping(arguments.contracts_mapping, file)
    with open_table(file, mapping.file) as table:
        read = compile_contracts(mapping, table.header, typed=table.typed)
        for row in table.rows:
            found = read(row).contract
            if found is None:
                faults.append(f"line {row.line} cannot be read")
            elif number_key(found.number) in contracts:
                faults.append(f"line {row.line} has a number that stands above")
            else:
                contracts[number_key(found.number)] = found
    if faults:
        more = f"; and {len(faults) - _MOST_SHOWN} more" if len(faults) > _MOST_SHOWN else ""
        remedy = "see what is wrong: custmaster contracts check"
        raise UnusableInput(file.name, problem="; ".join(faults[:_MOST_SHOWN]) + more, remedy=remedy)
    return Register(catalogue=catalogue, contracts=contracts.values())

"""The fictional bank's customer file as CSV, the mapping that reads it, and apart from both the truth about its faults."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Final, TextIO

from custmaster.sim.fiction import fictional_customers
from custmaster.sim.record import COLUMNS, DOCUMENT_CODES, KIND_CODES, SEX_CODES, FictionalCustomer

__all__ = ["HEADER", "Headings", "sample_mapping", "write_customers", "write_sample"]


class Headings(StrEnum):
    """In which language the columns are headed."""

    ZH = "ZH"
    EN = "EN"


HEADER: Final = {
    Headings.ZH: tuple(chinese for _, chinese in COLUMNS),
    Headings.EN: tuple(field for field, _ in COLUMNS),
}
"""The first line of the file."""

_CELLS: Final = attrgetter(*(field for field, _ in COLUMNS))
_ENTRY_FIELDS: Final = (
    "customer_number",
    "name",
    "mobile",
    "address",
    "birth_date",
    "sex",
    "nationality",
    "occupation",
    "opened_on",
)


def write_sample(
    stream: TextIO, count: int, *, seed: int, faults: Decimal | int = 100, headings: Headings = Headings.ZH
) -> None:
    """Write `count` fictional customers as CSV to a text stream that the caller opened with `newline=""`.

    `faults` of a thousand carry one named fault. Errors: as `fictional_customers`.

    >>> import io
    >>> file = io.StringIO()
    >>> write_sample(file, 2, seed=1, headings=Headings.EN)
    >>> file.getvalue().splitlines()[0]
    'customer_number,kind,name,document_type,document_number,issued_on,expires_on,sex,birth_date,mobile,address,nationality,occupation,opened_on'
    """
    write_customers(stream, fictional_customers(count, seed=seed, faults=faults), headings=headings)


def write_customers(
    stream: TextIO,
    customers: Iterable[FictionalCustomer],
    *,
    headings: Headings = Headings.ZH,
    truth: TextIO | None = None,
) -> None:
    """Write the customers as CSV, and to `truth` the faulty ones: line of the file, customer number, name of the fault."""
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(HEADER[headings])
    answers = csv.writer(truth, lineterminator="\n") if truth is not None else None
    if answers is not None:
        answers.writerow(("line", "customer_number", "fault"))
    for line, customer in enumerate(customers, start=2):
        rows.writerow(_CELLS(customer))
        if answers is not None and customer.fault is not None:
            answers.writerow((line, customer.customer_number, customer.fault))


def _quoted(values: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'"{code}" = "{meaning}"' for code, meaning in values)


def sample_mapping(headings: Headings = Headings.ZH) -> str:
    """The mapping file (TOML) that reads the sample.

    >>> import tomllib
    >>> tomllib.loads(sample_mapping())["fields"]["name"]
    '客户名称'
    """
    column = dict(zip(HEADER[Headings.EN], HEADER[headings], strict=True))
    fields = "\n".join(f'{field} = "{column[field]}"' for field in _ENTRY_FIELDS)
    return f"""# How custmaster reads the file of the fictional bank.
[source]
format = "csv"
encoding = "utf-8"

[fields]
{fields}

[kind]
column = "{column["kind"]}"
values = {{ {_quoted(KIND_CODES.items())} }}

[[documents]]
type = {{ column = "{column["document_type"]}", values = {{ {_quoted(DOCUMENT_CODES.items())} }} }}
number = "{column["document_number"]}"
issued_on = "{column["issued_on"]}"
expires_on = "{column["expires_on"]}"

[sex]
values = {{ {_quoted(SEX_CODES.items())} }}

[dates]
default = ["YYYY-MM-DD"]
"""

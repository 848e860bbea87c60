from __future__ import annotations

import csv
import hashlib
import io
import tomllib

import pytest

from custmaster.sim import HEADER, Headings, fictional_customers, sample_mapping, write_customers, write_sample
from custmaster.wire.mapping_file import load_mapping


@pytest.mark.parametrize("headings", Headings)
def test_the_mapping_names_columns_of_the_header_only(headings: Headings) -> None:
    mapping = tomllib.loads(sample_mapping(headings))
    document = mapping["documents"][0]
    named = {*mapping["fields"].values(), mapping["kind"]["column"], document["type"]["column"]}
    named |= {document["number"], document["issued_on"], document["expires_on"]}
    assert named == set(HEADER[headings])
    assert load_mapping(sample_mapping(headings), "sample.toml") is not None


def test_the_file_has_a_header_and_a_line_for_each_customer() -> None:
    stream = io.StringIO()
    write_sample(stream, 30, seed=4, headings=Headings.EN)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    customers = list(fictional_customers(30, seed=4, faults=100))
    assert [row["document_number"] for row in rows] == [customer.document_number for customer in customers]
    assert tuple(rows[0]) == HEADER[Headings.EN]


def test_the_truth_goes_to_a_file_of_its_own() -> None:
    stream, truth = io.StringIO(), io.StringIO()
    customers = list(fictional_customers(200, seed=4, faults=100))
    write_customers(stream, customers, truth=truth)
    faulty = [customer for customer in customers if customer.fault is not None]
    rows = list(csv.DictReader(io.StringIO(truth.getvalue())))
    assert [row["fault"] for row in rows] == [customer.fault for customer in faulty]
    assert [int(row["line"]) for row in rows] == [customer.row + 2 for customer in faulty]
    assert not any(customer.fault in stream.getvalue() for customer in faulty)


def test_nothing_is_written_when_the_seed_cannot_be_used() -> None:
    stream = io.StringIO()
    with pytest.raises(ValueError, match="RANGE"):
        write_sample(stream, 3, seed=1, faults=5000)
    assert stream.getvalue() == ""


def test_an_empty_sample_is_a_header() -> None:
    stream = io.StringIO()
    write_sample(stream, 0, seed=1)
    assert stream.getvalue() == ",".join(HEADER[Headings.ZH]) + "\n"


def test_the_file_is_the_same_on_every_platform() -> None:
    stream = io.StringIO()
    write_sample(stream, 500, seed=2026)
    assert hashlib.sha256(stream.getvalue().encode()).hexdigest()[:16] == "cf58ac1d86777e41"

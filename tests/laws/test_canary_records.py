"""Law: no text of a customer, event, decision or reason, and no error of reading one, shows what it holds of a person.

The records are those of the golden files, with the canary planted in every text and in one text at a time. What is shown by design and
not tried: the bank's own numbers (of customers, requests, staff), keys of notes, codes, and days of validity.
"""

from __future__ import annotations

import copy
import json
import logging
import pickle
import pprint
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from custmaster.errors import InvalidValue
from custmaster.wire import (
    customer_from_json,
    customer_to_json,
    decision_from_json,
    event_from_json,
    structure_customer,
    structure_decision,
    structure_event,
)

CANARY = "7391"
GOLDEN = Path(__file__).parents[1] / "golden"
# What a record holds of a person: the name of its field on the wire.
PERSONAL = {
    "name", "address", "phone", "email", "contact", "nationality", "occupation", "employer", "industry", "education", "marital",
    "income_band", "text", "scope", "legal_form", "issuer", "value",
}  # fmt: skip
BIRTH = "1939-07-31"
READERS: list[tuple[str, Callable[[Any], Any]]] = [
    ("customers.1.jsonl", structure_customer),
    ("events.1.jsonl", structure_event),
    ("decisions.1.jsonl", structure_decision),
    ("decisions.2.jsonl", structure_decision),
]


def lines(name: str) -> list[Any]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def planted(data: Any, key: str = "", within: str = "") -> Any:
    """The data with the canary inside every personal text, and a birth date that is looked for."""
    if isinstance(data, dict):
        return {name: planted(value, name, key) for name, value in data.items()}
    if isinstance(data, list):
        return [planted(value, key, within) for value in data]
    if key == "birth_date" or (key == "value" and isinstance(data, str) and data[:2] == "19"):
        return BIRTH
    if key == "number" and within == "document":
        return f"x{CANARY * 3}x"
    if key in PERSONAL and isinstance(data, str) and not data.isupper():
        return f"某某{CANARY}某某"
    return data


RECORDS = [(read, planted(data)) for name, read in READERS for data in lines(name)]
EACH = pytest.mark.parametrize(("read", "data"), RECORDS)


def shown(value: Any) -> Iterator[str]:
    """Every way in which a program turns a record into text without meaning to show it."""
    yield from (repr(value), str(value), f"{value}", f"{value!r}", f"{value!s:>5}", ascii(value), pprint.pformat(value))
    yield from (repr([value]), repr({"v": value}), repr(copy.copy(value)), repr(copy.deepcopy(value)), str(hash(value)))
    yield logging.Formatter("%(message)s %(args)s").format(
        logging.LogRecord("x", 30, "", 0, "%r %s", (value, value), None)
    )
    for attempt in (lambda: pickle.dumps(value), lambda: json.dumps(value), lambda: value < value, lambda: value.nothing,
                    lambda: setattr(value, "schema", 5), lambda: json.dumps(value, default=vars)):  # fmt: skip
        yield from texts_of_error(attempt)


def texts_of_error(attempt: Callable[[], object]) -> Iterator[str]:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001
        yield from (
            "".join(traceback.format_exception(error)),
            repr(error),
            str(error),
            repr(error.args),
            repr(vars(error)),
        )
        for inner in getattr(error, "exceptions", ()):
            yield from (repr(inner), str(inner), repr(inner.args), repr(vars(inner)))


def leaks(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if CANARY in text or BIRTH in text or "1939, 7, 31" in text]


@EACH
def test_no_text_of_a_record_shows_it(read: Callable[[Any], Any], data: Any) -> None:
    value = read(data)
    texts = list(shown(value))
    assert len(texts) > 15
    assert leaks(iter(texts)) == []


@EACH
def test_a_traceback_that_captures_locals_shows_no_more(read: Callable[[Any], Any], data: Any) -> None:
    def fail(held: Any) -> None:
        raise RuntimeError

    try:
        fail(read(data))
    except RuntimeError as error:
        beyond = error.__traceback__ and error.__traceback__.tb_next
        stack = traceback.TracebackException(type(error), error, beyond, capture_locals=True)
        text = "".join(stack.format())
    assert "held = " in text
    assert leaks(iter([text])) == []


def test_what_is_planted_is_in_the_records() -> None:
    written = [json.dumps(data, ensure_ascii=False) for _, data in RECORDS]
    assert sum(CANARY in text for text in written) > 8
    assert sum(BIRTH in text for text in written) > 4


def every_damage(data: Any) -> Iterator[Any]:
    """The data with the canary, in several shapes, in the place of one thing at a time."""
    for path in places(data):
        for bad in (
            CANARY * 300,
            int(CANARY),
            1.7391,
            [CANARY],
            {CANARY: CANARY},
            {f"k_{CANARY}x": 1},
            f"{CANARY}-01-01",
            None,
        ):
            hurt = json.loads(json.dumps(data))
            place = hurt
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = bad
            yield hurt


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inner:
        yield (*path, key)
        yield from places(value, (*path, key))


@pytest.mark.parametrize(("name", "read"), READERS)
def test_no_error_of_reading_shows_what_was_given(name: str, read: Callable[[Any], Any]) -> None:
    tried = 0
    for data in lines(name)[:4]:
        for hurt in every_damage(data):
            texts = list(texts_of_error(lambda: read(hurt)))  # noqa: B023
            tried += bool(texts)
            assert leaks(iter(texts)) == []
    assert tried > 100


@pytest.mark.parametrize("read", [customer_from_json, event_from_json, decision_from_json])
@pytest.mark.parametrize(
    "text",
    [
        f'{{"name": "{CANARY}"',
        f'{{"{CANARY}": 1, "{CANARY}": 2}}',
        f'"{CANARY}',
        f'{{"x": {CANARY}e}}',
        f"\ufeff{CANARY}",
        CANARY * 2000,
    ],
)
def test_no_error_of_a_broken_text_shows_it(read: Callable[[Any], Any], text: str) -> None:
    for given in (text, text.encode(), text.encode("utf-16"), text.encode() + b"\xff"):
        texts = list(texts_of_error(lambda: read(given)))  # noqa: B023
        assert texts
        assert leaks(iter(texts)) == []


def test_the_storage_form_is_in_clear_text_and_says_so() -> None:
    customer = structure_customer(planted(lines("customers.1.jsonl")[1]))
    assert CANARY.encode() in customer_to_json(customer)
    assert "clear text" in (customer_to_json.__doc__ or "")


def test_a_leak_would_be_seen() -> None:
    @attrs.frozen
    class Leaking:
        name: str

    assert leaks(shown(Leaking(CANARY)))
    assert leaks(texts_of_error(lambda: int(f"x{CANARY}")))
    assert not leaks(texts_of_error(lambda: (_ for _ in ()).throw(InvalidValue)))

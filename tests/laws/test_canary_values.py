"""Law: no way of turning a value, or an error about it, into text shows more than its mask; pickle is refused.

Each text carries the canary in its middle, where no mask shows anything. What stays open by design, and is not tried: `.reveal()`,
the keys (`exact`, `compact`), the private slot, and a traceback that captures the local variables of a caller who holds raw text.
"""

from __future__ import annotations

import copy
import copyreg
import dataclasses
import inspect
import io
import json
import logging
import operator
import pickle
import pprint
import reprlib
import string
import traceback
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from custmaster.dedup.keys import KeyText
from custmaster.errors import InvalidValue
from custmaster.value import document, fold, placeholder  # noqa: F401  (document: to see its sealed type)
from custmaster.value._sealed import Sealed, keep_ends, reduce_revealing
from custmaster.value.account import AccountNumber, CardNumber
from custmaster.value.address import Address
from custmaster.value.email import Email
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.reference import PartnerReference

CANARY = "7391"
MADE: dict[str, str] = {
    "Name": "阿卜杜7391买买提",
    "Phone": "138739100001234",
    "Address": "北京市海淀区学院7391路",
    "AccountNumber": "622200739100001111",
    "CardNumber": "6228480739100000000",
    "PartnerReference": "0031_A739100001234",
}
VALUES = [Name(MADE["Name"]), Phone(MADE["Phone"]), Address(MADE["Address"]), AccountNumber(MADE["AccountNumber"]),
          CardNumber(MADE["CardNumber"]), PartnerReference(MADE["PartnerReference"]), Email("x7391x@7391.example"), KeyText("NAME:x7391x"), Sealed("x7391x")]  # fmt: skip
EACH = pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)


@attrs.frozen(kw_only=True)
class Record:
    value: Sealed
    many: tuple[Sealed, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plain:
    value: Sealed


def texts_of(value: Sealed) -> Iterator[str]:
    """Every way in which a program turns an object into text without meaning to show it."""
    record, plain = Record(value=value, many=(value,)), Plain(value=value)
    yield from (repr(value), str(value), ascii(value), format(value), format(value, ">40"), value.mask())
    yield from (
        f"{value}",
        f"{value!r}",
        f"{value!s:*^40}",
        f"{value=}",
        operator.mod("%s %r %a", (value, value, value)),
        str.format("{0} {0!r}", value),
    )
    yield from (
        string.Template("$v").substitute(v=value),
        repr([value]),
        str({value: value}),
        repr({"v": (value,)}),
        reprlib.repr(value),
    )
    yield from (
        pprint.pformat(value),
        pprint.pformat([{"v": value}]),
        repr(record),
        str(record),
        repr(plain),
        pprint.pformat(record),
    )
    yield from (
        repr(attrs.asdict(record)),
        repr(attrs.astuple(record)),
        repr(dataclasses.asdict(plain)),
        repr(dataclasses.astuple(plain)),
    )
    yield from (
        json.dumps(record, default=str),
        json.dumps({"v": value}, default=repr),
        repr(copy.copy(value)),
        repr(copy.deepcopy([value])),
    )
    yield from (repr(dir(value)), repr(type(value).__dict__), repr(inspect.signature(type(value))), str(hash(value)))
    for attempt in (
        vars, json.dumps, len, iter, int, float, bytes, list, sorted, "".join, value.__getstate__, value.__reduce__, copyreg.__reduce_ex__,
        lambda it: it.__reduce_ex__(4), lambda it: object.__reduce_ex__(it, 2),
        lambda it: setattr(it, "_text", "x"), lambda it: delattr(it, "_text"), lambda it: it.nothing, lambda it: it + "x", lambda it: it < it,
        lambda it: it[0], lambda it: format(it, "d"), lambda it: copyreg._reduce_ex(it, 0), ["x"].index, {}.__getitem__,
        lambda it: attrs.validators.instance_of(str)(None, attrs.fields(Record).value, it),
        lambda it: attrs.validators.matches_re("a")(None, attrs.fields(Record).value, it), lambda it: json.dumps(it, default=vars),
    ):  # fmt: skip
        yield from texts_of_error(attempt, value)


def refuse(error: Exception) -> None:
    raise error


def texts_of_error(attempt: Callable[..., Any], *arguments: object) -> Iterator[str]:
    """What the error that `attempt` ends in would put into a log: text, arguments, causes, contexts, traceback."""
    try:
        attempt(*arguments)
    except Exception as error:  # noqa: BLE001
        yield from (
            str(error),
            repr(error),
            repr(error.args),
            repr(vars(error)),
            "".join(traceback.format_exception(error)),
        )
        inner: BaseException | None = error
        while inner is not None:
            yield from (str(inner), repr(inner), repr(inner.args), *map(str, getattr(inner, "__notes__", ())))
            inner = inner.__cause__ or inner.__context__


@EACH
def test_no_text_of_a_value_shows_it(value: Sealed) -> None:
    shown = list(texts_of(value))
    assert len(shown) > 60
    assert [text for text in shown if CANARY in text] == []
    assert CANARY in value.reveal()


@EACH
def test_no_log_and_no_warning_shows_it(value: Sealed) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s %(args)s %(customer)s"))
    logger = logging.getLogger("canary")
    logger.handlers = [handler]
    logger.warning("seen %s %r", value, value, extra={"customer": value})
    try:
        refuse(ValueError(value))
    except ValueError:
        logger.exception("failed", extra={"customer": [value]})
    logger.handlers = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn(f"odd: {value}", stacklevel=1)
        warnings.warn(UserWarning(value), stacklevel=1)
    assert stream.getvalue().count("*") > 0
    assert CANARY not in stream.getvalue() + "".join(map(str, caught))


@EACH
def test_a_traceback_that_captures_locals_shows_the_mask(value: Sealed) -> None:
    def fail(held: Sealed) -> None:
        raise RuntimeError

    try:
        fail(value)
    except RuntimeError as error:
        text = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    assert "held = " in text
    assert CANARY not in text


@EACH
def test_pickle_is_refused_by_every_protocol(value: Sealed) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for subject in (value, [value], Record(value=value, many=()), Plain(value=value)):
            with pytest.raises(TypeError, match="personal data"):
                pickle.dumps(subject, protocol)
    assert type(value) not in copyreg.dispatch_table


@EACH
def test_pickle_works_for_a_pickler_that_opted_in_and_for_no_other(value: Sealed) -> None:
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream)
    pickler.dispatch_table = {**copyreg.dispatch_table, type(value): reduce_revealing}
    pickler.dump([value])
    assert pickle.loads(stream.getvalue()) == [value]
    with pytest.raises(TypeError):
        pickle.dumps(value)


@EACH
def test_copies_are_the_value_itself(value: Sealed) -> None:
    assert copy.copy(value) is value
    assert copy.deepcopy([value])[0] is value
    assert attrs.asdict(Record(value=value, many=()))["value"] is value


BAD: list[Any] = [
    CANARY * 2_000,
    CANARY.encode(),
    [CANARY],
    {CANARY: CANARY},
    type("Text", (str,), {})(CANARY),
    "",
    None,
    7391,
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: type(bad).__name__)
@pytest.mark.parametrize("kind", [type(value) for value in VALUES])
def test_no_error_of_a_constructor_shows_it(kind: type[Sealed], bad: Any) -> None:
    def within_another_error() -> None:
        try:
            refuse(KeyError("other"))
        except KeyError:
            kind(bad)

    for attempt in (lambda: kind(bad), within_another_error):
        with pytest.raises(InvalidValue):
            attempt()
        shown = list(texts_of_error(attempt))
        assert shown
        assert [text for text in shown if CANARY in text] == []


@pytest.mark.parametrize("text", [CANARY, "\ud800" + CANARY, CANARY + "\n", CANARY * 50])
def test_no_fold_and_no_question_fails_or_speaks(
    text: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ask in (fold.exact, fold.variant, fold.marks, placeholder.is_placeholder_name, placeholder.is_placeholder_phone,
                    placeholder.is_placeholder_number):  # fmt: skip
            ask(text)
        fold.exact_column([text])
        fold.variant_column([text])
        keep_ends(text, 1, 1)
        phone = Phone(text[:64])
        assert {phone.kind, phone.is_valid, phone.is_several, phone.compact}
    assert (capsys.readouterr(), caplog.text) == (("", ""), "")


@pytest.mark.parametrize("ask", [fold.exact, fold.variant, fold.exact_column, fold.variant_column, fold.marks])
@pytest.mark.parametrize("wrong", [None, [CANARY, 7391], (CANARY, None)])
def test_a_caller_who_hands_over_the_wrong_type_is_told_without_the_text(ask: Callable[..., Any], wrong: Any) -> None:
    assert [text for text in texts_of_error(ask, wrong) if CANARY in text] == []


def test_every_sealed_type_of_this_floor_is_planted_here_or_beside_the_numbers() -> None:
    known = {type(value).__name__ for value in VALUES} | {"DocumentNumber"}
    assert {kind.__name__ for kind in Sealed.__subclasses__() if kind.__module__.startswith("custmaster.")} <= known


def test_a_value_that_leaks_is_caught() -> None:
    class Leaking(Sealed):
        __slots__ = ()

        def __format__(self, spec: str) -> str:
            return self._text

    assert [text for text in texts_of(Leaking("x7391x")) if CANARY in text]

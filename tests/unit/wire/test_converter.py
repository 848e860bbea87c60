from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from typing import Any

import pytest
from attrs import frozen
from cattrs import Converter

from custmaster.customer.codes import EntryCode
from custmaster.customer.entry import Entry
from custmaster.decision import Allowed, Approval, Citation, Fact, Outcome, Reason, Refused
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.value.name import Name
from custmaster.wire import CellCode, revealing_dispatch_table
from custmaster.wire.converter import make_converter, structure, structure_decision


@frozen(kw_only=True)
class Everything:
    text: str = ""
    number: int = 0
    flag: bool = False
    ratio: float = 0.0
    amount: Decimal = Decimal(0)
    day: date = date(2024, 1, 1)
    outcome: Outcome = Outcome.ALLOWED
    name: Name | None = None
    many: tuple[int, ...] = ()
    pair: tuple[str, int] = ("", 0)
    table: Mapping[str, int] = {}
    seq: Sequence[str] = ()
    inner: Citation | None = None
    fact: Fact = ""


@frozen(kw_only=True)
class Plain:
    text: str = ""
    number: int = 0
    flag: bool = False
    many: tuple[int, ...] = ()
    seq: Sequence[str] = ()


def fault(**data: object) -> InvalidValue:
    with pytest.raises(ExceptionGroup) as caught:
        structure(data, Everything)
    (only,) = caught.value.exceptions
    assert isinstance(only, InvalidValue)
    return only


# libraries.md 7: what cattrs 26 does in silence, and what stands for it here.
TRAPS: list[tuple[str, object]] = [
    ("flag", "false"),
    ("flag", 1),
    ("flag", 0),
    ("flag", None),
    ("text", None),
    ("text", 5),
    ("text", True),
    ("text", 1.5),
    ("text", ["a"]),
    ("number", 1.9),
    ("number", True),
    ("number", "5"),
    ("number", None),
    ("number", "٥"),
    ("ratio", 1),
    ("ratio", "1.0"),
    ("amount", 1),
    ("amount", 1.1),
    ("amount", "NaN"),
    ("amount", "1e3"),
    ("amount", " 1"),
    ("amount", "1_000"),
    ("amount", "１"),
    ("amount", "1" * 100),
    ("day", "20240102"),
    ("day", "2024-W01-1"),
    ("day", "2024-02-30"),
    ("day", "2024-01-02T00:00:00"),
    ("day", 20240102),
    ("day", "２０２４-01-02"),
    ("outcome", "allowed"),
    ("outcome", 1),
    ("name", 5),
    ("name", ""),
    ("name", "x" * 501),
    ("many", "123"),
    ("many", {"1": 1}),
    ("many", ["1"]),
    ("many", None),
    ("pair", ["a"]),
    ("pair", ["a", 1, 2]),
    ("pair", "ab"),
    ("table", [["a", 1]]),
    ("table", {"a": "1"}),
    ("table", {5: 1}),
    ("seq", "abc"),
    ("inner", "article"),
    ("inner", []),
    ("fact", None),
    ("fact", 1.5),
    ("fact", {"decimal": 1}),
    ("fact", {"date": "x"}),
    ("fact", {"decimal": "1", "date": "2024-01-01"}),
    ("fact", {"other": "1"}),
]


@pytest.mark.parametrize(("field", "value"), TRAPS)
def test_nothing_is_coerced(field: str, value: object) -> None:
    found = fault(**{field: value})
    assert found.path.startswith(field)
    assert found.__cause__ is None


def test_plain_cattrs_falls_into_most_of_the_traps() -> None:
    """The list is worth its tests only while the default converter coerces: if cattrs turns strict, this tells us."""

    def coerces(field: str, value: object) -> bool:
        try:
            Converter().structure({field: value}, Plain)
        except Exception:  # noqa: BLE001 -- whatever it raises, it did not coerce
            return False
        return True

    plain = [(field, value) for field, value in TRAPS if field in {"flag", "text", "number", "many", "seq"}]
    assert sum(coerces(*trap) for trap in plain) >= 12


def test_right_data_is_read() -> None:
    data = {
        "text": "张",
        "number": 5,
        "flag": True,
        "ratio": 0.5,
        "amount": "12.50",
        "day": "2024-02-29",
        "outcome": "REVIEW",
        "name": "张伟",
        "many": [1, 2],
        "pair": ["a", 1],
        "table": {"a": 1},
        "seq": ["x"],
        "inner": {"article": "R-1", "key": None},
        "fact": {"decimal": "1.50"},
    }
    read = structure(data, Everything)
    assert read.amount == Decimal("12.50")
    assert (read.many, read.pair, read.table, read.seq) == ((1, 2), ("a", 1), {"a": 1}, ("x",))
    assert structure(json.loads(json.dumps(make_converter().unstructure(read))), Everything) == read


def test_all_faults_are_gathered_with_their_paths() -> None:
    data = {
        "number": "5",
        "many": [1, "2", None],
        "inner": {"article": 1, "extra": 2},
        "unknown": 1,
        "table": {"k": "v"},
    }
    with pytest.raises(ExceptionGroup) as caught:
        structure(data, Everything)
    found = {(one.path, one.fault) for one in caught.value.exceptions if isinstance(one, InvalidValue)}
    assert found == {
        ("number", Fault.TYPE),
        ("many[1]", Fault.TYPE),
        ("many[2]", Fault.TYPE),
        ("inner.article", Fault.TYPE),
        ("inner.extra", Fault.UNKNOWN_FIELD),
        ("unknown", Fault.UNKNOWN_FIELD),
        ("table[0]", Fault.TYPE),
    }
    assert str(caught.value) == "7 fields of Everything cannot be read (7 sub-exceptions)"


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        structure({"inner": {}}, Everything)
    (only,) = caught.value.exceptions
    assert isinstance(only, InvalidValue)
    assert (only.path, only.fault) == ("inner.article", Fault.MISSING)


def chain(problem: BaseException) -> list[BaseException]:
    below = [one for one in (problem.__cause__, problem.__context__) if one is not None]
    below += problem.exceptions if isinstance(problem, BaseExceptionGroup) else ()
    return [problem, *(found for one in below for found in chain(one))]


def test_no_error_holds_or_chains_the_data() -> None:
    canary = "CANARY110105"
    data = {
        **{
            field: [canary, {canary: canary}]
            for field in ("text", "number", "flag", "amount", "day", "outcome", "pair")
        },
        "name": canary * 100,
        "table": {canary: canary, "張 偉": 1},
        canary: 1,
    }
    with pytest.raises(ExceptionGroup) as caught:
        structure(data, Everything)
    for one in chain(caught.value):
        assert "CANARY" not in f"{one!r}{one}{one.args}{getattr(one, '__notes__', '')}"
        assert isinstance(one, InvalidValue | ExceptionGroup)


def test_the_top_of_the_data_may_be_wrong_too() -> None:
    for data in (None, [], "x", 5):
        with pytest.raises(ExceptionGroup, match="1 field of Entry"):
            structure(data, Entry)


def test_sealed_values_are_written_as_their_text() -> None:
    converter = make_converter()
    assert converter.unstructure(Name("张伟")) == "张伟"
    assert structure("张伟", Name) == Name("张伟")


class Other(StrEnum):
    MINE = "MINE"


class Clash(StrEnum):
    ROW_CELLS = "ROW_CELLS"


def reason(code: StrEnum, **facts: Fact) -> Reason:
    return Reason(code=code, outcome=Outcome.REVIEW, citation=Citation(article="R-1"), facts=facts)


def test_the_code_of_a_reason_is_looked_up_in_the_codes_given() -> None:
    data = make_converter().unstructure(
        reason(CellCode.ROW_CELLS, cells=1, day=date(2024, 1, 2), sum=Decimal("1.5"), ok=True)
    )
    read = structure(json.loads(json.dumps(data)), Reason)
    assert read.code is CellCode.ROW_CELLS
    assert read.facts == (("cells", 1), ("day", date(2024, 1, 2)), ("sum", Decimal("1.5")), ("ok", True))
    assert structure(data | {"code": "NAME_MISSING"}, Reason).code is EntryCode.NAME_MISSING
    with pytest.raises(ExceptionGroup):
        structure(data | {"code": "MINE"}, Reason)
    assert structure(data | {"code": "MINE"}, Reason, make_converter([Other])).code is Other.MINE


def test_two_enumerations_may_not_share_a_code() -> None:
    with pytest.raises(CustmasterError, match="share a code"):
        make_converter([CellCode, Clash])


def test_a_decision_tells_itself_apart_by_its_outcome() -> None:
    approval = Approval(by="S-1", reason="known", codes=["ROW_CELLS"])
    for decision in (
        Allowed(handbook="1"),
        Allowed(handbook="1", reasons=(reason(CellCode.ROW_CELLS, cells=2),), approvals=(approval,)),
        Refused(handbook="1", reasons=(reason(CellCode.ROW_CELLS),)),
    ):
        data = json.loads(json.dumps(make_converter().unstructure(decision)))
        assert structure_decision(data) == decision
        assert structure(data, type(decision)) == decision


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"outcome": "MAYBE", "handbook": "1"},
        {"outcome": 1},
        [],
        {"outcome": "ALLOWED", "handbook": "1", "x": 1},
        {"outcome": "ALLOWED"},
        {"outcome": "ALLOWED", "handbook": "1", "events": [{"a": 1}]},
    ],
)
def test_what_is_no_decision_is_refused(data: Any) -> None:
    with pytest.raises(ExceptionGroup):
        structure_decision(data)


def test_a_decision_of_another_outcome_is_refused() -> None:
    for data in ({"outcome": "REFUSED", "reasons": [], "handbook": "1"}, None):
        with pytest.raises(ExceptionGroup):
            structure(data, Allowed)


def test_pickle_is_refused_and_can_be_asked_for() -> None:
    entry = Entry(name=Name("张伟"), birth_date=date(1990, 1, 2))
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(entry)
    stream = BytesIO()
    pickler = pickle.Pickler(stream)
    table: dict[type, Callable[[Any], Any]] = revealing_dispatch_table()
    pickler.dispatch_table = table
    pickler.dump(entry)
    assert pickle.loads(stream.getvalue()) == entry
    with pytest.raises(TypeError):
        pickle.dumps(entry)

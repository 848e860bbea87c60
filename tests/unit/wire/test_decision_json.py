from __future__ import annotations

import importlib
import pkgutil
from enum import StrEnum
from typing import Any

import pytest

import custmaster
from custmaster.decision import Allowed, Citation, Outcome, Reason, Refused, Review
from custmaster.errors import Fault, InvalidValue
from custmaster.wire import decision_from_json, decision_to_json, structure_decision
from custmaster.wire._reason_codes import REASON_CODES

REASON: dict[str, Any] = {"code": "DOCUMENT_EXPIRED", "outcome": "REVIEW", "citation": {"article": "R-54"}}


class OwnCode(StrEnum):
    BRANCH_RULE = "BRANCH_RULE"


def faults_of(data: Any) -> dict[str, Fault]:
    with pytest.raises(ExceptionGroup) as caught:
        structure_decision(data)
    return {fault.path: fault.fault for fault in caught.value.exceptions if isinstance(fault, InvalidValue)}


ABOVE = ("sim", "report", "cli", "testing")  # rooms that decide nothing


def test_every_enumeration_of_codes_is_known() -> None:
    modules = [module.name for module in pkgutil.walk_packages(custmaster.__path__, "custmaster.")]
    names = [name for name in modules if name.split(".")[1] not in ABOVE]
    values = [value for name in names for value in vars(importlib.import_module(name)).values()]
    found = {v for v in values if isinstance(v, type) and issubclass(v, StrEnum) and v.__name__.endswith("Code")}
    assert {kind.__name__ for kind in found - set(REASON_CODES)} == set(), "add it to wire/_reason_codes.py"


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ({"outcome": "MAYBE"}, {"outcome": Fault.UNKNOWN_CODE}),
        ({"outcome": "REVIEW"}, {"reasons": Fault.MISSING}),
        ({"outcome": "ALLOWED", "reasons": [REASON | {"code": "NO_SUCH"}]}, {"reasons[0].code": Fault.UNKNOWN_CODE}),
        ({"outcome": "ALLOWED", "reasons": [REASON | {"facts": [["a"]]}]}, {"reasons[0].facts[0]": Fault.TYPE}),
        ({"outcome": "ALLOWED", "reasons": [REASON | {"facts": [["a", 1.5]]}]}, {"reasons[0].facts[0][1]": Fault.TYPE}),
        ({"outcome": "ALLOWED", "reasons": [REASON | {"facts": [[1, {"date": 1}]]}]},
         {"reasons[0].facts[0][0]": Fault.TYPE, "reasons[0].facts[0][1]": Fault.TYPE}),
        ({"outcome": "ALLOWED", "reasons": [REASON | {"facts": [["a", {"day": 1}]]}]}, {"reasons[0].facts[0][1]": Fault.TYPE}),
        ({"outcome": "ALLOWED", "events": [{"schema": 1}]}, {"events[0].event": Fault.MISSING}),
        ({"outcome": "ALLOWED", "schema": 9}, {"schema": Fault.RANGE}),
        ({"outcome": "REFUSED", "reasons": [], "events": []}, {"events": Fault.UNKNOWN_FIELD}),
    ],
)  # fmt: skip
def test_a_fault_of_a_decision_is_named(data: dict[str, Any], faults: dict[str, Fault]) -> None:
    assert faults_of({"schema": 1, "handbook": "2026.1"} | data) == faults


def test_a_bank_names_its_own_codes() -> None:
    reason = Reason(code=OwnCode.BRANCH_RULE, outcome=Outcome.REFUSED, citation=Citation(article="1"))
    written = decision_to_json(Refused(reasons=(reason,), handbook="1"))
    assert decision_from_json(written, (*REASON_CODES, OwnCode)) == Refused(reasons=(reason,), handbook="1")
    with pytest.raises(ExceptionGroup):
        decision_from_json(written)


@pytest.mark.parametrize("data", [None, [], 5, "ALLOWED"])
def test_what_is_no_object_is_refused(data: Any) -> None:
    assert faults_of(data) == {"": Fault.TYPE}


def test_a_decision_without_anything_is_one() -> None:
    for schema in (1, 2):
        assert structure_decision({"schema": schema, "outcome": "ALLOWED", "handbook": "1"}) == Allowed(handbook="1")


def test_a_decision_of_the_first_version_learns_what_no_approval_lifts() -> None:
    cited = {"outcome": "REVIEW", "citation": {"article": "R-72"}}
    reasons = [{"code": "SYSTEM_NOT_SEARCHED", **cited}, {"code": "SUSPECT", **cited}]
    old = structure_decision({"schema": 1, "outcome": "REVIEW", "handbook": "1", "reasons": reasons})
    assert isinstance(old, Review)
    assert (old.open_codes, old.fixed_codes) == (("SUSPECT",), ("SYSTEM_NOT_SEARCHED",))
    assert decision_from_json(decision_to_json(old)) == old
    assert b'"liftable":false' in decision_to_json(old)


@pytest.mark.parametrize("reasons", [5, {"code": 1}, ["SYSTEM_NOT_SEARCHED"], [{}]])
def test_a_broken_decision_of_the_first_version_is_told_as_any_other(reasons: Any) -> None:
    broken = {"outcome": "REVIEW", "handbook": "1", "reasons": reasons}
    assert faults_of({"schema": 1, **broken}) == faults_of({"schema": 2, **broken}) != {}

"""Products and the catalogue: checked as a whole before anything is signed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from custmaster.contract import Catalogue, Category, Exclusion, Flow, Product
from custmaster.errors import CustmasterError, Fault, InvalidRecord, InvalidValue
from custmaster.value.span import Span


def product(number: str, **more: Any) -> Product:
    return Product(**{"number": number, "zh": "产品", "en": "product", "category": Category.PRODUCT_SERVICE} | more)


def catalogue(*products: Product, **more: Any) -> Catalogue:
    return Catalogue(**{"version": "1", "positions": 10, "products": products} | more)


A, B, C = "0000000001", "0000000002", "0000000003"


def faults(problem: pytest.ExceptionInfo[InvalidRecord]) -> list[tuple[str, Fault]]:
    return [(fault.path, fault.fault) for fault in problem.value.faults]


@pytest.mark.parametrize("field", ["channels", "needs"])
def test_one_text_in_place_of_a_list_is_refused(field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        product(A, **{field: "MOBILE"})
    assert (caught.value.path, caught.value.fault) == (field, Fault.TYPE)


@pytest.mark.parametrize(
    ("more", "path", "fault"),
    [
        ({"number": "a"}, "number", Fault.FORMAT),
        ({"number": ""}, "number", Fault.FORMAT),
        ({"number": "１"}, "number", Fault.FORMAT),
        ({"zh": " "}, "zh", Fault.EMPTY),
        ({"en": ""}, "en", Fault.EMPTY),
        ({"flow": Flow.PAY}, "flow", Fault.CONFLICT),
        ({"category": Category.COLLECTION_PAYMENT}, "flow", Fault.CONFLICT),
        ({"terminable": False, "must_end": True}, "must_end", Fault.CONFLICT),
        ({"channels": []}, "channels", Fault.EMPTY),
        ({"channels": ["web"]}, "channels[0]", Fault.FORMAT),
        ({"channels": [7]}, "channels[0]", Fault.TYPE),
        ({"channels": ["WEB", "WEB"]}, "channels[1]", Fault.DUPLICATE),
        ({"needs": [B, B]}, "needs[1]", Fault.DUPLICATE),
        ({"excludes": [Exclusion(product=B), Exclusion(product=B, priority=2)]}, "excludes[1]", Fault.DUPLICATE),
    ],
)
def test_a_product_that_contradicts_itself_is_refused(more: dict[str, Any], path: str, fault: Fault) -> None:
    with pytest.raises(InvalidRecord) as caught:
        product(**{"number": A} | more)
    assert faults(caught) == [(path, fault)]


def test_priorities_are_counted_from_one() -> None:
    with pytest.raises(InvalidValue) as caught:
        Exclusion(product=B, priority=0)
    assert caught.value.fault is Fault.RANGE


def test_a_product_is_sold_over_its_channels_or_over_all() -> None:
    assert product(A).sold_over("ANYTHING")
    assert product(A, channels=["WEB"]).sold_over("WEB")
    assert not product(A, channels=["WEB"]).sold_over("MOBILE")


def test_the_days_on_which_it_is_offered_are_open_as_usual() -> None:
    assert product(A).offered == Span()
    assert product(A, offered=Span(date(2026, 1, 1))).offered.start == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("products", "more", "expected"),
    [
        ([product(A), product(A)], {}, [(f"{A}.number", Fault.DUPLICATE)]),
        ([product("1")], {}, [("1.number", Fault.LENGTH)]),
        ([product("1")], {"positions": 1}, None),
        ([], {"version": " "}, [("version", Fault.EMPTY)]),
        ([product(A, needs=[B])], {}, [(f"{A}.needs[0]", Fault.UNKNOWN_CODE)]),
        ([product(A, excludes=[Exclusion(product=B)])], {}, [(f"{A}.excludes[0]", Fault.UNKNOWN_CODE)]),
        ([product(A, needs=[A])], {}, [(f"{A}.needs[0]", Fault.CONFLICT)]),
        ([product(A, excludes=[Exclusion(product=A)])], {}, [(f"{A}.excludes[0]", Fault.CONFLICT)]),
        (
            [product(A, needs=[B]), product(B, needs=[A])],
            {},
            [(f"{A}.needs", Fault.CONFLICT), (f"{B}.needs", Fault.CONFLICT)],
        ),
        (
            [product(A, needs=[B], excludes=[Exclusion(product=B)]), product(B)],
            {},
            [(f"{A}.excludes", Fault.CONFLICT)],
        ),
        (
            [product(A, needs=[B, C]), product(B), product(C, excludes=[Exclusion(product=B)])],
            {},
            [(f"{A}.excludes", Fault.CONFLICT)],
        ),
        (
            [product(A, needs=[B]), product(B, needs=[C]), product(C, excludes=[Exclusion(product=A)])],
            {},
            [(f"{A}.excludes", Fault.CONFLICT)],
        ),
        ([product(A, needs=[B]), product(B, needs=[C]), product(C)], {}, None),
        ([product(A, needs=[B, C]), product(B, needs=[C]), product(C)], {}, None),
    ],
)
def test_a_catalogue_is_checked_as_a_whole(
    products: list[Product], more: dict[str, Any], expected: list[tuple[str, Fault]] | None
) -> None:
    if expected is None:
        assert catalogue(*products, **more).products == tuple(products)
        return
    with pytest.raises(InvalidRecord) as caught:
        catalogue(*products, **more)
    assert faults(caught) == expected


def test_a_circle_names_the_products_on_the_way() -> None:
    with pytest.raises(InvalidRecord) as caught:
        catalogue(product(A, needs=[B]), product(B, needs=[C]), product(C, needs=[A]))
    assert caught.value.faults[0].remedy == f"it needs itself by way of {B}, {C}"


def test_a_contradiction_names_both_products() -> None:
    with pytest.raises(InvalidRecord) as caught:
        catalogue(product(A, needs=[B, C]), product(B), product(C, excludes=[Exclusion(product=B)]))
    assert caught.value.faults[0].remedy == f"it needs {B} and {C} side by side, and these exclude one another"
    with pytest.raises(InvalidRecord) as caught:
        catalogue(product(A), product(B, needs=[A], excludes=[Exclusion(product=A)]))
    assert caught.value.faults[0].remedy == f"it needs {A}, and excludes it"


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(InvalidRecord) as caught:
        catalogue(product("1", needs=["9"]), product(B, needs=["8"]), version="")
    assert [path for path, _ in faults(caught)] == ["version", f"{B}.needs[0]", "1.number", "1.needs[0]"]


def test_products_are_found_by_number_and_stand_in_order() -> None:
    made = catalogue(product(B), product(A, needs=[B]))
    assert [one.number for one in made.products] == [A, B]
    assert made.product(B).number == B
    assert made.needed_by(B) == (A,)
    assert made.needed_by(A) == ()
    with pytest.raises(CustmasterError):
        made.product(C)


@pytest.mark.parametrize(
    ("mine", "theirs", "exclude", "prevails"),
    [
        (None, None, False, False),
        (1, None, True, False),
        (None, 1, True, False),
        (1, 2, True, True),
        (2, 1, True, False),
        (1, 1, True, False),
    ],
)
def test_of_two_that_exclude_one_another_the_smaller_priority_prevails(
    mine: int | None, theirs: int | None, exclude: bool, prevails: bool
) -> None:
    made = catalogue(
        product(A, excludes=[Exclusion(product=B, priority=mine)] if mine else []),
        product(B, excludes=[Exclusion(product=A, priority=theirs)] if theirs else []),
    )
    assert made.exclude(A, B) is made.exclude(B, A) is exclude
    assert made.prevails(A, B) is prevails

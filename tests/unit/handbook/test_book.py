"""The handbook and the page of a day."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from decimal import Decimal

import pytest

from custmaster import handbook
from custmaster.errors import CustmasterError, Fault, InvalidValue
from custmaster.handbook import (
    KEYS,
    Dated,
    Handbook,
    Key,
    NotInForce,
    Timeline,
    circle_keys,
    customer_number_plan,
    default,
    keys,
    limit_keys,
    review_keys,
    roster_fit_keys,
    roster_keys,
    screening_keys,
    sync_keys,
)
from custmaster.handbook.citation import Citation
from custmaster.handbook.kinds import TEXT, whole
from custmaster.value.number_plan import CheckScheme

ONE = Key(name="a.one", kind=whole(), zh="一", en="one")
TWO = Key(name="a.two", kind=TEXT, zh="二", en="two")
STRANGER = Key(name="a.three", kind=TEXT, zh="三", en="three")
START = date(2024, 1, 1)


def book(version: str = "1", article: str = "四", since: date = START, value: int = 10) -> Handbook:
    ones: list[Dated[int]] = [
        Dated(since=since, value=value, article=article),
        Dated(since=date(2025, 1, 1), until=date(2026, 1, 1), value=12, article="五"),
    ]
    twos = [Dated(since=START, value="x", article="六")]
    return Handbook(
        name="n", version=version, timelines={"a.two": Timeline(entries=twos), "a.one": Timeline(entries=ones)}
    )


def test_a_page_answers_typed_and_cites() -> None:
    page = book().on(date(2025, 6, 1))
    assert page[ONE] == page.get(ONE) == 12
    assert page.article(ONE) == "五"
    assert page.cite(ONE) == Citation(article="五", key="a.one")
    assert page.entry(ONE).cite() == Citation(article="五")
    assert [(key.name, entry.value) for key, entry in page.in_force([TWO, STRANGER, ONE])] == [
        ("a.two", "x"),
        ("a.one", 12),
    ]


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2026, 1, 1)])
def test_outside_the_days_of_a_key(day: date) -> None:
    page = book().on(day)
    assert page.get(ONE) is None
    with pytest.raises(NotInForce) as caught:
        page[ONE]
    assert (caught.value.key, caught.value.day) == ("a.one", day)
    assert str(caught.value) == f"the handbook has no value for a.one on {day}"
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    for ask in (page.article, page.cite, page.entry):
        with pytest.raises(NotInForce):
            ask(ONE)
    assert isinstance(caught.value, CustmasterError)


def test_a_key_that_was_never_read() -> None:
    page = book().on(START)
    assert page.get(STRANGER) is None
    with pytest.raises(CustmasterError, match=r"without the key a\.three") as caught:
        page[STRANGER]
    assert not isinstance(caught.value, NotInForce)
    with pytest.raises(CustmasterError):
        book().timeline(STRANGER)


def test_the_fingerprint_is_over_keys_days_values_and_articles() -> None:
    base = book()
    assert book().fingerprint == base.fingerprint
    assert book() == base
    assert hash(book()) == hash(base)
    others = [book(value=11), book(article="七"), book(since=START + timedelta(days=1))]
    assert len({base.fingerprint, *(other.fingerprint for other in others)}) == 4
    assert book(version="2").fingerprint == base.fingerprint
    assert book(version="2") != base
    assert base.stamp == f"1+{base.fingerprint[:12]}" == base.on(START).stamp
    noted = Timeline(entries=[Dated(since=START, value="x", article="六", note="remark", source="s")])
    assert Handbook(name="other", version="1", timelines={**base.timelines, "a.two": noted}) == base


def test_a_handbook_is_not_written_to() -> None:
    with pytest.raises(TypeError):
        book().timelines["a.one"] = book().timelines["a.two"]  # type: ignore[index]


def test_every_key_constant_stands_in_the_table_once_with_both_languages() -> None:
    rooms = (keys, limit_keys, sync_keys, screening_keys, review_keys, roster_fit_keys, roster_keys, circle_keys)
    constants = {name: value for room in rooms for name, value in vars(room).items() if isinstance(value, Key)}
    assert sorted(constants.values(), key=lambda key: key.name) == sorted(KEYS, key=lambda key: key.name)
    told = {name for room in rooms for name in room.__all__}
    others = {"Key", "FieldGroup", "PDCA_ORDER", "PROCEDURE", "ProcedureStep"}
    assert set(constants) == {name for name in told - others if not name.endswith("KEYS")}
    names = [key.name for key in KEYS]
    assert len(set(names)) == len(names)
    assert not any(other.startswith(f"{name}.") for name in names for other in names)
    assert not any(name.split(".")[0] == "handbook" for name in names)
    assert all(key.zh and key.en and not key.zh.isascii() and key.en.isascii() for key in KEYS)


# requirements: the figures that the seed states.
@pytest.mark.parametrize(
    ("key", "value", "article"),
    [
        (keys.GROWTH_TARGET, Decimal(15), "文一 二、1"),
        (keys.SHARE_TARGET, Decimal(1), "文一 二、2"),
        (keys.PER_HEAD_TARGET, 20, "文一 二、3"),
        (keys.FLOOR_OUTLET_HEAD, 25, "文一 四、2(1)"),
        (keys.FLOOR_LOBBY_MANAGER, 25, "文一 四、2(1)"),
        (keys.FLOOR_ACCOUNTING_SUPERVISOR, 20, "文一 四、2(1)"),
        (keys.FLOOR_TELLER, 10, "文一 四、2(1)"),
        (keys.FLOOR_BACK_OFFICE, 10, "文一 四、2(1)"),
        (keys.FLOOR_RURAL_MANAGER, 5, "文一 四、2(1)"),
        (keys.CIRCLE_IDLE_MONTHS, 6, "文二 第五条(三)"),
        (keys.CIRCLE_ACTIVITIES, 1, "文二 第五条(四)"),
        (keys.CIRCLE_PROJECTS, 1, "文二 第六条(二)"),
        (keys.CIRCLE_CASES, 1, "文二 第六条(二)"),
        (keys.CIRCLE_SCORING, True, "文二 第四条"),
        (keys.CIRCLE_APPRAISAL, False, "文二 第七条"),
        (keys.CIRCLE_POINTS, (), "文二 第七条、附件一"),
        (keys.PRODUCT_NUMBER_POSITIONS, 10, "文三 四"),
    ],
)
def test_the_figures_of_the_seed(key: Key[object], value: object, article: str) -> None:
    page = default().on(date(2026, 11, 23))
    assert (page[key], page.article(key)) == (value, article)


def test_the_packaged_handbook_begins_with_its_documents() -> None:
    assert default().timeline(keys.FLOOR_TELLER).first == date(2017, 12, 29)
    assert default().timeline(keys.PRODUCT_NUMBER_POSITIONS).first == date(2012, 8, 24)
    assert default().on(date(2017, 12, 28)).get(keys.FLOOR_TELLER) is None
    assert [default().on(day)[keys.RETENTION_YEARS] for day in (date(2024, 12, 31), date(2025, 1, 1))] == [5, 10]
    assert [(band.from_age, band.years) for band in default().on(date(2026, 1, 1))[keys.RESIDENT_ID_TERMS]] == [
        (0, 5),
        (16, 10),
        (26, 20),
        (46, None),
    ]


def test_what_is_not_in_the_seed_says_how_well_it_is_attested() -> None:
    for key, entry in default().on(date(2026, 11, 23)).in_force():
        from_seed = entry.article.startswith(("文一", "文二", "文三"))
        assert from_seed or entry.evidence, key.name
        assert entry.article
        assert entry.source


def test_the_packaged_number_plan_is_an_example() -> None:
    plan = customer_number_plan(default().on(date(2026, 11, 23)))
    assert plan.check is CheckScheme.NONE
    assert {one.owner for one in plan.ranges} == {"BP", "EUSP"}
    assert all(one.example for one in plan.ranges)
    with pytest.raises(NotInForce):
        customer_number_plan(default().on(date(2012, 8, 23)))


def test_the_face_names_what_it_has() -> None:
    assert sorted(handbook.__all__, key=str) == sorted(set(handbook.__all__), key=str)
    assert all(hasattr(handbook, name) for name in handbook.__all__)
    with pytest.raises(InvalidValue) as caught:
        handbook.Timeline(entries=())
    assert caught.value.fault is Fault.EMPTY

"""Each figure at its boundary: reached exactly at the target and missed one below, with the arithmetic that says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from custmaster.decision import Approval, Citation, Outcome
from custmaster.errors import InvalidValue
from custmaster.handbook import Language, Page, default, default_text, parse, render
from custmaster.roster import (
    Counts,
    Figure,
    FigureCode,
    FigureKind,
    Met,
    Post,
    Target,
    arithmetic,
    floor,
    floor_of,
    growth_of,
    level_names,
    pace,
    per_head,
    share_of,
    taking_part,
)
from custmaster.roster.figures import scale_of
from custmaster.roster.judged import judged

DAY = date(2026, 11, 28)
PAGE = default().on(DAY)


def page_with(key: str, value: str) -> Page:
    """The packaged handbook with another value for a key."""
    head, mark, tail = default_text().partition(f"[[{key}]]")
    line = next(line for line in tail.splitlines() if line.startswith("value = "))
    return parse(head + mark + tail.replace(line, f"value = {value}", 1)).on(DAY)


def code(figure: Figure) -> str:
    return str(figure.reasons[0].code)


# --- R-09 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "met", "missing"),
    [
        (10_000, 11_499, Met.NO, 1),  # 14.99 %
        (10_000, 11_500, Met.YES, 0),  # 15 %
        (100, 115, Met.YES, 0),
        (101, 116, Met.NO, 1),  # 14.85 %: 116.15 heads would be needed, that is 117
        (7, 8, Met.NO, 1),
        (7, 9, Met.YES, 0),
        (100, 90, Met.NO, 25),
        (1, 1, Met.NO, 1),
    ],
)
def test_r09_growth_is_tested_in_whole_numbers(begin: int, end: int, met: Met, missing: int) -> None:
    figure = growth_of(begin, end, PAGE)
    assert (figure.met, figure.missing, figure.numerator, figure.denominator) == (met, missing, end - begin, begin)
    assert growth_of(begin, end + missing, PAGE).met is Met.YES
    assert not missing or growth_of(begin, end + missing - 1, PAGE).met is Met.NO
    assert figure.reasons[0].outcome is (Outcome.ALLOWED if met is Met.YES else Outcome.REVIEW)


@pytest.mark.parametrize("end", [0, 1, 23])
def test_r09_from_a_base_of_zero_growth_is_not_computable_and_neither_0_nor_infinite(end: int) -> None:
    figure = growth_of(0, end, PAGE)
    assert (figure.met, figure.left, figure.right, figure.missing) == (Met.NOT_COMPUTABLE, None, None, None)
    assert arithmetic(figure) == f"({end} − 0) / 0"
    assert figure.reasons[0].outcome is Outcome.ALLOWED


def test_r09_a_running_year_is_a_progress_and_no_shortfall() -> None:
    figure = growth_of(100, 110, PAGE, running=True)
    assert (figure.met, code(figure), figure.reasons[0].outcome) == (Met.NO, "GROWTH_IN_PROGRESS", Outcome.ALLOWED)
    step = pace(figure, date(2026, 12, 1))
    assert (step.still_needed, step.by, step.days_left) == (5, date(2026, 12, 31), 30)
    assert code(growth_of(100, 115, PAGE, running=True)) == "GROWTH_REACHED"


def test_r09_a_target_with_places_after_the_point_stays_exact() -> None:
    page = page_with("roster.growth.target_percent", '"12.50"')
    figure = growth_of(40, 45, page)
    assert (figure.met, arithmetic(figure)) == (Met.YES, "1000 × (45 − 40) = 5000 ≥ 125 × 40 = 5000")
    assert growth_of(800, 899, page).missing == 1


# --- R-10 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quality", "everybody", "met", "missing"),
    [
        (1, 100, Met.YES, 0),
        (1, 101, Met.NO, 1),
        (0, 100, Met.NO, 1),
        (99, 10_000, Met.NO, 1),
        (100, 10_000, Met.YES, 0),
    ],
)
def test_r10_exactly_one_percent_is_enough(quality: int, everybody: int, met: Met, missing: int) -> None:
    figure = share_of(quality, everybody, PAGE)
    assert (figure.met, figure.missing) == (met, missing)


def test_r10_without_customers_there_is_no_share() -> None:
    figure = share_of(0, 0, PAGE)
    assert (figure.met, arithmetic(figure), code(figure)) == (Met.NOT_COMPUTABLE, "0 / 0", "SHARE_NOT_COMPUTABLE")


# --- R-11 ----------------------------------------------------------------------------------------------------------------


def test_r11_the_worked_example_a_team_exactly_at_its_floors_misses_the_average() -> None:
    team = [
        Post.OUTLET_HEAD,
        Post.LOBBY_MANAGER,
        Post.ACCOUNTING_SUPERVISOR,
        *[Post.TELLER] * 4,
        Post.RURAL_MANAGER,
    ]
    floors = [floor_of([post], PAGE).value or 0 for post in team]
    assert all(
        floor(Counts(numerator=int(n)), [post], PAGE).met is Met.YES for n, post in zip(floors, team, strict=True)
    )
    figure = per_head(Counts(subject="0101", numerator=int(sum(floors)), denominator=len(team)), PAGE)
    assert Fraction(figure.numerator, figure.denominator or 1) == Fraction(115, 8) == Fraction("14.375")
    assert (figure.met, figure.missing, arithmetic(figure)) == (Met.NO, 45, "115 < 20 × 8 = 160")


@pytest.mark.parametrize(("maintained", "heads", "met"), [(160, 8, Met.YES), (159, 8, Met.NO), (0, 1, Met.NO)])
def test_r11_the_average_counts_heads_in_whole_numbers(maintained: int, heads: int, met: Met) -> None:
    assert per_head(Counts(numerator=maintained, denominator=heads), PAGE).met is met


def test_r11_nobody_on_post_is_not_computable() -> None:
    figure = per_head(Counts(subject="0101", numerator=3, denominator=0, apart=2), PAGE)
    assert (figure.met, figure.missing) == (Met.NOT_COMPUTABLE, None)
    assert [str(one.code) for one in figure.reasons] == ["PER_HEAD_NOT_COMPUTABLE", "PROSPECTS_APART"]


# --- ..R-22 ----------------------------------------------------------------------------------------------------


def test_r16_everybody_on_post_takes_part() -> None:
    assert taking_part(Counts(numerator=1), PAGE).met is Met.YES
    nobody = taking_part(Counts(subject="S-1", numerator=0), PAGE)
    assert (nobody.met, nobody.missing, nobody.reasons[0].outcome) == (Met.NO, 1, Outcome.REVIEW)


@pytest.mark.parametrize(
    ("rule", "post", "least"),
    [
        ("R-18", Post.OUTLET_HEAD, 25),
        ("R-18", Post.LOBBY_MANAGER, 25),
        ("R-19", Post.ACCOUNTING_SUPERVISOR, 20),
        ("R-20", Post.TELLER, 10),
        ("R-20", Post.BACK_OFFICE, 10),
        ("R-21", Post.RURAL_MANAGER, 5),
    ],
)
def test_r18_to_r21_each_post_has_its_floor(rule: str, post: Post, least: int) -> None:
    reached, short = (floor(Counts(subject=rule, numerator=n), [post], PAGE) for n in (least, least - 1))
    assert (reached.met, short.met, short.missing) == (Met.YES, Met.NO, 1)
    assert (short.reasons[0].outcome, short.reasons[0].liftable) == (Outcome.REVIEW, True)
    assert short.citation.article == "文一 四、2(1)"
    assert arithmetic(short) == f"{least - 1} < {least}"


@pytest.mark.parametrize("posts", [[Post.ACCOUNT_MANAGER], [Post.WEALTH_MANAGER], []])
def test_r22_a_post_without_a_floor_has_none_rather_than_0(posts: list[Post]) -> None:
    figure = floor(Counts(subject="S-1", numerator=0), posts, PAGE)
    assert (figure.met, figure.target, figure.missing, code(figure)) == (Met.NO_TARGET, None, None, "FLOOR_NOT_SET")
    assert arithmetic(figure) == "0"


def test_r22_an_approval_lifts_a_shortfall_and_is_recorded() -> None:
    other = Approval(by="A", reason="another matter", codes=["TAKES_NO_PART"])
    given = Approval(by="S-9", reason="new at the counter", codes=["FLOOR_SHORT"])
    later = Approval(by="T-1", reason="the same", codes=["FLOOR_SHORT"])
    for listed in ([later, other, given], [given, later, other]):
        figure = floor(Counts(numerator=3), [Post.TELLER], PAGE, listed)
        assert (figure.met, figure.approval) == (Met.NO, given)
    assert floor(Counts(numerator=10), [Post.TELLER], PAGE, [given]).approval is None
    assert floor(Counts(numerator=3), [Post.TELLER], PAGE, [other]).approval is None


@pytest.mark.parametrize(
    ("option", "posts", "least"),
    [
        ("HIGHER", [Post.TELLER, Post.ACCOUNTING_SUPERVISOR], 20),
        ("SUM", [Post.TELLER, Post.ACCOUNTING_SUPERVISOR], 30),
        ("SUM", [Post.TELLER, Post.ACCOUNT_MANAGER], 10),
        ("FIRST", [Post.RURAL_MANAGER, Post.BACK_OFFICE], 10),
        ("FIRST", [Post.ACCOUNT_MANAGER, Post.RURAL_MANAGER], 5),
        ("HIGHER", [Post.ACCOUNT_MANAGER, Post.RURAL_MANAGER], 5),
    ],
)
def test_two_posts_at_once_by_the_option(option: str, posts: list[Post], least: int) -> None:
    page = page_with("roster.two_posts", f'"{option}"')
    assert floor_of(posts, page).value == floor_of(posts[::-1], page).value == least


def test_first_takes_the_post_that_the_rules_name_first_even_where_its_floor_is_lower() -> None:
    page = page_with("roster.floor.lobby_manager", "3")
    first = parse(_with(default_text(), page)).on(DAY)
    assert floor_of([Post.LOBBY_MANAGER, Post.TELLER], page).value == 10
    assert floor_of([Post.LOBBY_MANAGER, Post.TELLER], first).value == 3


def _with(text: str, _page: Page) -> str:
    head, mark, tail = text.partition("[[roster.floor.lobby_manager]]")
    text = head + mark + tail.replace("value = 25", "value = 3", 1)
    return text.replace('value = "HIGHER"', 'value = "FIRST"', 1)


# --- the shape -----------------------------------------------------------------------------------------------------------


FIGURES = [
    growth_of(100, 115, PAGE),
    growth_of(100, 114, PAGE),
    growth_of(0, 5, PAGE),
    growth_of(100, 114, PAGE, running=True),
    share_of(1, 100, PAGE),
    share_of(0, 100, PAGE),
    share_of(0, 0, PAGE),
    per_head(Counts(numerator=20, denominator=1), PAGE),
    per_head(Counts(numerator=19, denominator=1), PAGE),
    per_head(Counts(numerator=0, denominator=0, apart=1), PAGE),
    floor(Counts(numerator=10), [Post.TELLER], PAGE),
    floor(Counts(numerator=9), [Post.TELLER], PAGE),
    floor(Counts(numerator=9), [Post.ACCOUNT_MANAGER], PAGE),
    taking_part(Counts(numerator=1), PAGE),
    taking_part(Counts(numerator=0), PAGE),
]


def test_every_code_of_a_figure_comes_up_and_is_told_in_both_languages() -> None:
    reasons = [reason for figure in FIGURES for reason in figure.reasons]
    assert {reason.code for reason in reasons} == set(FigureCode)
    for reason in reasons:
        assert reason.outcome is not Outcome.REFUSED
        assert reason.citation.article
        assert all(render(reason.code, reason.facts, lang) for lang in Language)


def test_the_scale_of_a_target() -> None:
    assert [scale_of(one) for one in (None, 20, Decimal(15), Decimal("0.125"), Decimal("1E+2"))] == [1, 1, 1, 1000, 1]


def test_a_target_that_is_none_leaves_an_average_without_a_test() -> None:
    target = Target(value=None, citation=Citation(article="none"))
    figure = judged(FigureKind.FLOOR, Counts(numerator=4), target)
    assert (figure.met, figure.left) == (Met.NO_TARGET, None)


def test_the_names_of_levels_stand_beside_the_ladder() -> None:
    assert list(level_names(PAGE, Language.ZH).values()) == list(level_names(PAGE, Language.ZH))
    assert level_names(PAGE, Language.EN)["私人银行"] == "private banking"
    with pytest.raises(InvalidValue, match=r"roster\.levels_en"):
        level_names(page_with("roster.levels_en", '["ordinary"]'), Language.EN)

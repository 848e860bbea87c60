"""The page of a roster review: well formed, complete in both languages, true to its figures, and silent about persons unless asked."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmaster.decision import Approval, Citation, Outcome, Reason, Remark
from custmaster.handbook import Language, default
from custmaster.handbook.messages import messages
from custmaster.report import _roster_texts as roster_texts
from custmaster.report._page_style import STYLE
from custmaster.report._roster_texts import TEXTS, WORDS, column, said, word
from custmaster.report.roster_page import roster_page
from custmaster.report.roster_sheets import SHEETS
from custmaster.roster.figure_codes import CallCode, ChangeCode, FigureCode, RosterRowCode
from custmaster.roster.figures import Figure, FigureKind, Met
from custmaster.roster.kinds import EntryState, Post, Role, Segment, Source
from custmaster.roster.review import Call, Roster, RosterReview
from custmaster.roster.reviewing import review
from custmaster.roster.staff import Outlet, Posting, Staff
from custmaster.value.name import Name

sys.path.insert(0, str(Path(__file__).parent))
from made_up_bank import DAY, bank, floor

SMALL = bank(3)
LANGUAGES = ("zh", "en")


def read(page: str) -> ET.Element:
    return ET.fromstring(page)


def text_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def first_page(page: str) -> str:
    return next(text_of(one) for one in read(page).iter("section") if one.get("class") == "first")


class Balanced(HTMLParser):
    """What a browser's own rules make of the page: every element closed, in the order in which it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"meta", "br"}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_is_well_formed_and_needs_nothing_else(lang: str) -> None:
    page = roster_page(*SMALL, lang=lang)
    balanced = Balanced()
    balanced.feed(page)
    balanced.close()
    assert balanced.open == []
    root = read(page)
    assert root.get("lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert not {one.tag for one in root.iter()} & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    links = [one.get("href") for one in root.iter() if one.get("href") is not None]
    identifiers = [one.get("id") for one in root.iter() if one.get("id")]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(identifiers)
    assert len(set(identifiers)) == len(identifiers)
    assert not any(one.get(name) for one in root.iter() for name in ("src", "style", "onclick", "onload"))
    assert not re.search(r"https?:|//|url\(|@import", page)


def test_a_style_sheet_asks_for_the_viewers_own_fonts_and_prints_on_a4() -> None:
    assert "Microsoft YaHei" in STYLE
    assert "size: A4" in STYLE
    assert "table-header-group" in STYLE
    assert "<" not in STYLE
    assert "&" not in STYLE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_input_gives_equal_bytes(lang: str) -> None:
    other = bank(3)
    assert roster_page(*SMALL, lang=lang) == roster_page(*other, lang=lang)
    shuffled = attrs.evolve(other[1], staff=other[1].staff[::-1], entries=other[1].entries[::-1])
    assert roster_page(SMALL[0], shuffled, lang=lang) == roster_page(*SMALL, lang=lang)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        roster_page(*SMALL, lang="fr")


# --- what the first page answers -----------------------------------------------------------------------------------------


def test_the_first_page_says_who_is_short_by_how_many() -> None:
    told = first_page(roster_page(*SMALL, lang="en"))
    short = [
        one.floor.missing
        for outlet in SMALL[0].outlets
        for one in outlet.staff
        if one.floor.met is Met.NO and one.floor.approval is None
    ]
    assert short
    assert f"✗ missed {sum(short)} short" in told
    judged = sum(one.floor.target is not None for outlet in SMALL[0].outlets for one in outlet.staff)
    assert f"{len(short)} of {judged}" in told
    for outlet in SMALL[0].outlets:
        for one in outlet.staff:
            listed = f"{one.staff} " in told.split("Whom to call")[0]
            assert listed == (one.floor.met is Met.NO and one.floor.approval is None)


def test_a_year_in_progress_says_how_many_more_by_when_and_a_year_that_is_over_does_not() -> None:
    assert "year in progress 3 more by the year's end, 33 days left" in first_page(roster_page(*SMALL, lang="en"))
    over = attrs.evolve(SMALL[0], growth=SMALL[0].growth[:-1])
    told = text_of(read(roster_page(over, SMALL[1], lang="en")))
    assert "in progress" not in told
    assert "days left" not in told


def test_an_approved_shortfall_is_no_task_and_stands_in_the_drill_down_with_who_approved() -> None:
    page = roster_page(*SMALL, lang="en")
    assert "exception approved by S-9000" in page
    assert "exception approved" not in first_page(page)


def test_who_lacks_most_stands_first_and_who_sits_at_two_outlets_once() -> None:
    made = SMALL[0]
    twice = attrs.evolve(made.outlets[0].staff[0], outlet="0103")
    outlets = (*made.outlets[:2], attrs.evolve(made.outlets[2], staff=(twice,)))
    told = first_page(roster_page(attrs.evolve(made, outlets=outlets), SMALL[1], lang="en")).split("Whom to call")[0]
    assert told.count(twice.staff) == 1
    missing = [int(found) for found in re.findall(r"< \d+ (\d+) short", told)]
    assert missing == sorted(missing, reverse=True)


def test_the_first_page_says_whom_to_call_and_what_changed() -> None:
    for lang in LANGUAGES:
        spoken = Language(lang)
        told = first_page(roster_page(*SMALL, lang=lang))
        assert SMALL[0].calls[0].subject in told
        assert word(CallCode.CALL_FELL_BELOW, spoken) in told
        for code in ("NEW_ENTRY", "LEVEL_UP", "HANDED_OVER"):
            count = sum(one.code == code for one in SMALL[0].changes)
            assert f"{word(code, spoken)} {count}" in told


def test_nothing_to_say_is_said() -> None:
    nothing = attrs.evolve(SMALL[0], growth=(), outlets=(), calls=(), changes=(), levels=(), prospects=0)
    for lang in LANGUAGES:
        page = roster_page(nothing, Roster(), lang=lang)
        told = first_page(page)
        for key in ("no_one_short", "no_outlet_short", "no_calls", "no_changes"):
            assert said(key, Language(lang)) in told
        assert said("findings", Language(lang), all=0)[:4] not in text_of(read(page))


def test_long_lists_say_how_much_is_left_out() -> None:
    call = attrs.evolve(SMALL[0].calls[0], outlet="0101")
    elsewhere = attrs.evolve(call, outlet=None, staff=None)
    change = SMALL[0].changes[0]
    large = attrs.evolve(SMALL[0], calls=(call,) * 25 + (elsewhere,), changes=(change,) * 201)
    told = text_of(read(roster_page(large, SMALL[1], lang="en")))
    assert "26 in all, listed by outlet below." in told
    assert "The first 20 of 25" in told
    assert "The first 200 of 201" in told
    assert "(no outlet)" in told
    assert "(nobody)" in told


def test_many_outlets_are_folded_and_the_plot_shows_the_lowest() -> None:
    page = roster_page(*bank(20, seats=4), lang="en")
    assert "The lowest 16 of 20 outlets" in page
    assert not any(one.get("open") for one in read(page).iter("details"))
    assert all(one.get("open") for one in read(roster_page(*SMALL, lang="en")).iter("details") if one.get("id"))


def test_every_figure_stands_with_its_arithmetic_and_its_article() -> None:
    told = text_of(read(roster_page(*SMALL, lang="en")))
    for outlet in SMALL[0].outlets:
        for one in outlet.staff:
            if one.floor.target is not None:
                sign = "≥" if one.floor.met is Met.YES else "<"
                assert f"{one.floor.numerator} {sign} {one.floor.target} {one.floor.citation.article}" in told
    assert "100 × (121 − 107) = 1400 < 15 × 107 = 1605 文一 二、1" in told
    assert "100 × 1180 = 118000 ≥ 1 × 98304 = 98304 文一 二、2" in told


def test_bad_rows_are_named() -> None:
    reason = Reason(
        code=RosterRowCode.ROSTER_UNIT, outcome=Outcome.REFUSED, citation=Citation(article="R-02"), subject="E-7"
    )
    made = attrs.evolve(
        SMALL[0], findings=(Remark(field="entries.customer", reason=reason),), without_level=4, pooled=3
    )
    told = text_of(read(roster_page(made, SMALL[1], lang="en")))
    assert "E-7 entries.customer the roster is for individual customers" in told
    assert "without a level on the day: 4" in told
    assert "in the pool: 3" in told


def test_a_real_review_is_told_with_its_reasons() -> None:
    staff = [Staff(number="S-1", name=Name("张伟"), postings=[Posting(post=Post.TELLER, outlet="0101")])]
    roster = Roster(outlets=[Outlet(number="0101", name="城关支行")], staff=staff)
    made = review(roster, DAY, default().on(DAY))
    for lang in LANGUAGES:
        told = text_of(read(roster_page(made, roster, lang=lang)))
        assert word(FigureCode.SHARE_NOT_COMPUTABLE, Language(lang)) in told
        assert "S-1 张*" in told
    assert "0 < 10" in told


def test_what_is_said_of_the_banks_growth_names_its_year() -> None:
    review, roster = SMALL
    reason = Reason(code=FigureCode.SHARE_NOT_COMPUTABLE, outcome=Outcome.REVIEW, citation=Citation(article="R-09"))
    years = [attrs.evolve(one, figure=attrs.evolve(one.figure, reasons=(reason,))) for one in review.growth[-2:]]
    made = attrs.evolve(review, growth=tuple(years))
    for lang, shown in (("zh", "{} 年："), ("en", "{}: ")):
        told = text_of(read(roster_page(made, roster, lang=lang)))
        assert all(shown.format(one.year) in told for one in years)


def test_levels_are_called_as_the_review_has_them() -> None:
    own = {Language.ZH: {"普通": "大众"}, Language.EN: {"普通": "everyday"}}
    for lang, name in (("zh", "大众"), ("en", "everyday")):
        told = text_of(read(roster_page(attrs.evolve(SMALL[0], level_names=own), SMALL[1], lang=lang)))
        assert name in told
        # A level without a name stands as it is written.
        assert "金卡" in told
    assert "普通" in text_of(read(roster_page(attrs.evolve(SMALL[0], level_names={}), SMALL[1], lang="en")))


def test_a_post_with_two_floors_shows_no_line() -> None:
    outlet = SMALL[0].outlets[0]
    other = attrs.evolve(outlet.staff[3], floor=attrs.evolve(outlet.staff[3].floor, target=12), posts=())
    staff = (other, attrs.evolve(outlet.staff[4], posts=()))
    made = attrs.evolve(SMALL[0], outlets=(attrs.evolve(outlet, staff=staff),))
    drawn = next(
        one
        for one in read(roster_page(made, SMALL[1], lang="en")).iter("svg")
        if (one.get("aria-label") or "").startswith("Posts")
    )
    assert not [one for one in drawn.iter("line") if one.get("class") == "m"]


# --- personal data -------------------------------------------------------------------------------------------------------

CANARIES = ("金丝雀甲乙丙", "金丝雀丁戊己", "金丝雀理由庚", "金丝雀批准辛")


def canary_bank() -> tuple[RosterReview, Roster]:
    made, roster = bank(2, seats=4)
    first = made.outlets[0].staff[0]
    approval = Approval(by="S-9000", reason=CANARIES[3], codes=("FLOOR_SHORT",))
    lifted = attrs.evolve(first, floor=attrs.evolve(floor(first.staff, Post.OUTLET_HEAD, 3), approval=approval))
    outlets = (attrs.evolve(made.outlets[0], staff=(lifted, *made.outlets[0].staff[1:])), made.outlets[1])
    staff = (attrs.evolve(roster.staff[0], name=Name(CANARIES[0])), *roster.staff[1:])
    prospect = next(one for one in roster.entries if one.prospect is not None)
    held = attrs.evolve(prospect.prospect, name=Name(CANARIES[1]), consent=CANARIES[2])
    entries = (attrs.evolve(prospect, prospect=held), *(one for one in roster.entries if one.prospect is None))
    return attrs.evolve(made, outlets=outlets), attrs.evolve(roster, staff=staff, entries=entries)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_masked_page_names_nobody(lang: str) -> None:
    masked = roster_page(*canary_bank(), lang=lang)
    assert not [one for one in (*CANARIES, "诸葛", "13800001234") if one in masked]
    revealed = roster_page(*canary_bank(), lang=lang, reveal=True)
    assert CANARIES[0] in revealed
    assert CANARIES[3] in revealed
    assert said("revealed", Language(lang)) in revealed
    assert said("masked", Language(lang)) in masked


HOSTILE = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a&amp;b", "'", "</td></tr>", "<!--", "]]>", "\x00\x0b"]
) | st.text(min_size=1, max_size=20)


@settings(max_examples=60)
@given(HOSTILE, HOSTILE)
def test_no_name_ever_becomes_an_element(name: str, other: str) -> None:
    made, roster = bank(1, seats=3)
    outlet = attrs.evolve(made.outlets[0], name=other)
    staff = (attrs.evolve(roster.staff[0], name=Name(name)), *roster.staff[1:])
    call = Call(
        entry=other,
        subject=other,
        staff=roster.staff[0].number,
        outlet="0101",
        segment=Segment.UPGRADE,
        level=other,
        needs=(other,),
        why=other,
    )
    hostile = attrs.evolve(made, outlets=(outlet,), calls=(call,), levels=((other, 3), ("b", 1)), handbook=other)
    listed = attrs.evolve(roster, staff=staff, outlets=[Outlet(number="0101", name=other)])
    plain_call = attrs.evolve(call, entry="x", subject="x", level="x", needs=("x",), why="x")
    plain = attrs.evolve(made, calls=(plain_call,), levels=(("x", 3), ("b", 1)))
    got = [one.tag for one in read(roster_page(hostile, listed, lang="zh", reveal=True)).iter()]
    assert got == [one.tag for one in read(roster_page(plain, roster, lang="zh", reveal=True)).iter()]


# --- both languages ------------------------------------------------------------------------------------------------------


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def pairs() -> Iterator[tuple[str, tuple[str, str]]]:
    yield from TEXTS.items()
    yield from roster_texts._COLUMNS.items()
    yield from WORDS.items()


@pytest.mark.parametrize(("key", "pair"), list(pairs()))
def test_every_text_is_there_in_both_languages(key: str, pair: tuple[str, str]) -> None:
    zh, en = pair
    assert zh.strip()
    assert en.strip()
    assert re.search(r"[\u4e00-\u9fff]", zh) or not re.search("[a-z]", re.sub(r"{\w+}", "", zh))
    assert not re.search(r"[\u4e00-\u9fff]", en.replace("潜力客户", ""))
    assert fields(zh) == fields(en)


def test_every_code_and_column_has_its_words() -> None:
    for kinds in (FigureKind, Met, EntryState, Role, Post, Segment, Source):
        assert set(kinds) <= set(WORDS)
    for codes in (FigureCode, CallCode, ChangeCode, RosterRowCode):
        assert {str(one) for one in codes} <= set(messages())
    for key, columns in SHEETS.items():
        assert said(f"sheet_{key}", Language.ZH)
        assert all(column(one.key, Language.EN) for one in columns)


def test_every_text_is_used() -> None:
    told = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(roster_texts.__file__).parent.glob("*roster_*.py")
        if path.name != "_roster_texts.py"
    )
    unused = [
        key for key in TEXTS if f'"{key}"' not in told and f"'{key}'" not in told and not key.startswith("sheet_")
    ]
    assert unused == []


def test_a_figure_of_nothing_is_told_without_a_value() -> None:
    nobody = Figure(kind=FigureKind.SHARE, numerator=0, met=Met.NOT_COMPUTABLE, citation=Citation(article="R-10"))
    told = text_of(read(roster_page(attrs.evolve(SMALL[0], share=nobody), SMALL[1], lang="en")))
    assert "Share of gold and above – – not computable" in told

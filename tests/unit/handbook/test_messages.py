"""Sentences in both languages, rendered from code and facts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from custmaster.errors import CustmasterError, Fault
from custmaster.handbook.messages import Language, Message, fill, messages, parse_messages, render, title

ALL = sorted(messages())
HALF_WIDTH = re.compile(r"""[,:;!()"']|[\u3400-\u9fff][.?]| [，。：；（）！]|[，。：；（）！] """)
"""What no Chinese sentence has: the marks of English, or a space beside one of its own."""


@pytest.mark.parametrize("code", ALL)
def test_both_languages_name_the_same_facts(code: str) -> None:
    message = messages()[code]
    assert message.facts(Language.ZH) == message.facts(Language.EN)
    assert message.zh.strip()
    assert not message.zh.isascii()
    assert message.en.strip()
    assert message.code == code


@pytest.mark.parametrize("code", ALL)
def test_a_chinese_sentence_has_chinese_marks(code: str) -> None:
    assert HALF_WIDTH.search(messages()[code].zh) is None


@pytest.mark.parametrize(
    "sentence", ["客户号,请核对。", "缺:{parts}。", "确认(ACK)。", "没有变更.", "提醒： 请告知客户。"]
)
def test_the_marks_of_english_are_found(sentence: str) -> None:
    assert HALF_WIDTH.search(sentence) is not None


@pytest.mark.parametrize("fault", Fault)
@pytest.mark.parametrize("lang", Language)
def test_every_fault_has_its_sentence(fault: Fault, lang: Language) -> None:
    assert render(f"FAULT_{fault}", {}, lang) == title(f"FAULT_{fault}", lang) != ""


EVERYTHING = Message(
    code="X", zh="{day}:{n} 户,{share}%,{ok},{who}", en="{who}: {n} on {day}, {share} %, {ok}; {n} again {{n}}"
)
FACTS = {"day": date(2026, 11, 23), "n": 7, "share": Decimal("1E+1"), "ok": True, "who": "S-1", "spare": 1}


def test_facts_are_written_plainly() -> None:
    assert fill(EVERYTHING, FACTS, Language.ZH) == "2026-11-23:7 户,10%,是,S-1"
    assert fill(EVERYTHING, list(FACTS.items()), Language.EN) == "S-1: 7 on 2026-11-23, 10 %, yes; 7 again {n}"
    assert EVERYTHING.facts(Language.EN) == ("day", "n", "ok", "share", "who")


def test_a_fact_is_text_and_never_a_template() -> None:
    assert fill(Message(code="X", zh="{who}", en="{who}"), {"who": "{n}"}, Language.EN) == "{n}"


def test_a_missing_fact_and_an_unknown_code_are_bugs() -> None:
    with pytest.raises(CustmasterError, match="X names the fact who"):
        fill(EVERYTHING, {}, Language.EN)
    for ask in (lambda: render("NO_SUCH", {}, Language.EN), lambda: title("NO_SUCH", Language.ZH)):
        with pytest.raises(CustmasterError, match="NO_SUCH"):
            ask()


@pytest.mark.parametrize("template", ["{a.b}", "{a[0]}", "{0}", "{}", "{a!r}", "{a:>9}", "{a", "a}"])
def test_only_plain_names_in_braces(template: str) -> None:
    with pytest.raises(CustmasterError):
        fill(Message(code="X", zh=template, en=template), {"a": 1}, Language.EN)


@pytest.mark.parametrize(
    "text",
    [
        "[X]\nzh = 'a'",
        "[X]\nzh = 'a'\nen = 1",
        "[X]\nzh = 'a'\nen = 'b'\nfr = 'c'",
        "X = 1",
        "[X",
        "[X]\nzh='a'\nen='b'\n[X]\nzh='a'\nen='b'",
    ],
)
def test_messages_that_are_none(text: str) -> None:
    with pytest.raises(CustmasterError):
        parse_messages(text)


def test_messages_of_a_text() -> None:
    assert parse_messages("[X]\nzh = '甲'\nen = 'a'") == {"X": Message(code="X", zh="甲", en="a")}


def test_a_title_leaves_the_facts_open() -> None:
    with_facts = [message for message in messages().values() if message.facts(Language.EN)]
    assert with_facts
    for message in with_facts:
        assert title(message.code, Language.EN) == fill(
            message, dict.fromkeys(message.facts(Language.EN), "…"), Language.EN
        )

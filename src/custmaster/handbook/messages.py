"""The sentence that belongs to a code, in Chinese or English; rendered from the code and its facts, never parsed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Final, cast

from attrs import frozen

from custmaster.errors import CustmasterError
from custmaster.handbook.citation import Fact
from custmaster.value._packaged import read_text

__all__ = ["Language", "Message", "fill", "messages", "parse_messages", "render", "title"]


class Language(StrEnum):
    """The language of a sentence."""

    ZH = "zh"
    EN = "en"


_TRUTH: Final[Mapping[Language, tuple[str, str]]] = {Language.ZH: ("否", "是"), Language.EN: ("no", "yes")}


@frozen(kw_only=True)
class Message:
    """The sentence of one code in both languages, with {facts} in braces.

    >>> Message(code="X", zh="共 {count} 户", en="{count} customers").facts(Language.EN)
    ('count',)
    """

    code: str
    zh: str
    en: str

    def template(self, lang: Language) -> str:
        """The sentence with its braces."""
        return self.zh if lang is Language.ZH else self.en

    def facts(self, lang: Language) -> tuple[str, ...]:
        """The facts that the sentence names, sorted, each once."""
        return tuple(sorted({name for _, name in _pieces(self.template(lang)) if name is not None}))


@cache
def _pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """Literal text and the fact after it; only plain names may stand in braces."""
    try:
        parsed = tuple(Formatter().parse(template))
    except ValueError:
        raise CustmasterError("a message has an unmatched brace") from None
    for _, name, spec, conversion in parsed:
        if name is not None and (not name.isidentifier() or spec or conversion):
            raise CustmasterError("a message names its facts plainly, as in {count}")
    return tuple((text, name) for text, name, _, _ in parsed)


def parse_messages(text: str) -> Mapping[str, Message]:
    """The messages of a TOML text: one table a code with `zh` and `en`. Errors: CustmasterError, for it is our own file."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as failure:
        raise CustmasterError(f"the messages are not TOML: {failure}") from None
    found: dict[str, Message] = {}
    for code, raw in data.items():
        row = cast("dict[str, object]", raw) if isinstance(raw, dict) else {}
        zh, en = row.get("zh"), row.get("en")
        if len(row) != len(Language) or not isinstance(zh, str) or not isinstance(en, str):
            raise CustmasterError(f"the message {code} has exactly zh and en, both text")
        found[code] = Message(code=code, zh=zh, en=en)
    return MappingProxyType(found)


@cache
def messages() -> Mapping[str, Message]:
    """All packaged messages by code."""
    return parse_messages(read_text("messages.toml"))


def _of(code: str) -> Message:
    message = messages().get(str(code))
    if message is None:
        raise CustmasterError(f"there is no message for the code {code}")
    return message


def _said(value: Fact, lang: Language) -> str:
    if isinstance(value, bool):
        return _TRUTH[lang][value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def render(code: str, facts: Mapping[str, Fact] | Iterable[tuple[str, Fact]], lang: Language) -> str:
    """The sentence of the code in the language, its facts filled in; days as 2026-11-23, exact numbers plainly.

    `facts` are those of the Reason. Errors: CustmasterError for a code without a message, or a fact that the sentence names and
    the reason lacks.

    >>> render("FAULT_DATE", {}, Language.ZH)
    '没有这一天'
    """
    return fill(_of(code), facts, lang)


def fill(message: Message, facts: Mapping[str, Fact] | Iterable[tuple[str, Fact]], lang: Language) -> str:
    """The sentence of a message with its facts filled in; errors as `render`.

    >>> fill(Message(code="X", zh="自 {day} 起", en="from {day} on"), {"day": date(2026, 11, 23)}, Language.EN)
    'from 2026-11-23 on'
    """
    known = dict(facts)
    said: list[str] = []
    for text, name in _pieces(message.template(lang)):
        said.append(text)
        if name is not None:
            if name not in known:
                raise CustmasterError(f"the message {message.code} names the fact {name}, which the reason lacks")
            said.append(_said(known[name], lang))
    return "".join(said)


def title(code: str, lang: Language) -> str:
    """The sentence of the code with its facts left open, for a summary. Errors: CustmasterError for an unknown code.

    >>> title("FAULT_DATE", Language.EN)
    'no such day'
    """
    return "".join(text if name is None else f"{text}…" for text, name in _pieces(_of(code).template(lang)))

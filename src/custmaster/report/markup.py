"""HTML and SVG as text: elements whose every text and attribute is escaped, well formed for a reader of XML and of HTML alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Final

from attrs import frozen

__all__ = ["Inside", "Markup", "joined", "page_text", "tag", "trusted"]

# Elements that HTML forbids to close; all others are closed with a tag of their own.
_EMPTY: Final = frozenset({"br", "col", "hr", "meta"})
# What XML 1.0 does not know, and the controls that HTML calls an error.
_UNKNOWN: Final = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")


@frozen
class Markup:
    """Text that is markup already; only `tag`, `joined` and `trusted` make it, so nothing that a person typed is ever taken for it."""

    text: str


Inside = Markup | str | int | None
"""What may stand in an element: markup as it is, text and whole numbers escaped, None nothing at all."""


def trusted(text: str) -> Markup:
    """A literal of this library, such as a style sheet, as it stands; never call it with data."""
    return Markup(text)


def joined(parts: Iterable[Inside], between: str = "") -> Markup:
    """Parts after each other, `between` (which is escaped) among them.

    >>> joined(["a < b", None, Markup("<br/>")], " ").text
    'a &lt; b <br/>'
    """
    return Markup(_escaped(between).join(_text(part) for part in parts if part is not None))


def tag(element: str, *inside: Inside, **attributes: str | float | None) -> Markup:
    """An element; `class_` is written class, `stroke_width` stroke-width; an attribute of None is left out.

    Names of elements and attributes are literals of this library. A character that XML does not know becomes U+FFFD; numbers have two
    decimals at most.

    >>> tag("td", "<b>", Markup("<br/>"), class_="n", colspan=2, title=None).text
    '<td class="n" colspan="2">&lt;b&gt;<br/></td>'
    """
    told = "".join(f' {_name(name)}="{_value(value)}"' for name, value in attributes.items() if value is not None)
    if element in _EMPTY:
        return Markup(f"<{element}{told}/>")
    return Markup(f"<{element}{told}>{''.join(_text(part) for part in inside if part is not None)}</{element}>")


def page_text(language: str, head: Iterable[Markup], body: Iterable[Inside]) -> str:
    """A whole HTML document. `language` is a tag such as zh-CN."""
    whole = tag("html", "\n", tag("head", joined(head)), "\n", tag("body", joined(body)), "\n", lang=language)
    return f"<!DOCTYPE html>\n{whole.text}\n"


def _escaped(text: str) -> str:
    return escape(_UNKNOWN.sub("\ufffd", text), quote=True)


def _text(part: Inside) -> str:
    return part.text if isinstance(part, Markup) else _escaped(str(part))


def _name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _value(value: str | float) -> str:
    if isinstance(value, float):
        short = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if short == "-0" else short
    return _escaped(str(value))

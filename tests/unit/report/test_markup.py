"""Whatever is written into an element comes back as text, and never as an element."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.report.markup import joined, page_text, tag, trusted

ANYTHING = st.text() | st.sampled_from(
    ["<script>alert(1)</script>", "\" onload='x", "&lt;", "]]>", "<!--", "\x00\x08", "\ud800", "\u202e", "a\r\nb"]
)


class Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        assert [name for name, _ in attrs] in ([], ["title"])

    def handle_comment(self, data: str) -> None:
        self.opened.append("comment")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(ANYTHING, ANYTHING)
def test_text_is_never_a_tag_and_comes_back(text: str, title: str) -> None:
    made = tag("td", text, title=title).text
    seen = Elements()
    seen.feed(made)
    seen.close()
    assert seen.opened == ["td"]
    read = ET.fromstring(made)
    assert len(read) == 0
    if all(char in "\t\n" or " " <= char <= "~" or "\xa0" <= char < "\ud800" for char in text + title):
        assert (read.text or "") == text
        assert read.get("title") == title.replace("\n", " ").replace("\t", " ")  # as XML reads an attribute
        assert "".join(seen.texts) == text


@pytest.mark.parametrize("char", ["\x00", "\x08", "\r", "\x7f", "\x85", "\ud800", "\ufdd0", "\ufffe", "\uffff"])
def test_what_xml_does_not_know_is_replaced(char: str) -> None:
    assert tag("p", f"a{char}b", title=char).text == '<p title="\ufffd">a\ufffdb</p>'


def test_attributes_have_their_names_and_short_numbers() -> None:
    made = tag("line", x1=1.0, x2=-0.001, y1=2.5, stroke_width=2, class_="g", href=None).text
    assert made == '<line x1="1" x2="0" y1="2.5" stroke-width="2" class="g"></line>'
    assert tag("br").text == "<br/>"
    assert tag("td").text == "<td></td>"


def test_only_markup_is_taken_as_it_is() -> None:
    assert joined(["<", trusted("<br/>"), None, 3], "&").text == "&lt;&amp;<br/>&amp;3"
    whole = page_text("en", [tag("title", "<")], ["<"])
    assert ET.fromstring(whole).get("lang") == "en"

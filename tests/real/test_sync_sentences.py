"""Every sentence that the direction table quotes stands in the bank's own document, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from custmaster.sync.sentences import SENTENCES

pytestmark = pytest.mark.real


def plain(text: str) -> str:
    """Without the marks that hide a character in the document, and without spaces."""
    return re.sub(r"\s|角[*色]", "", text)


@pytest.mark.parametrize("source", sorted({one.source for one in SENTENCES if one.quoted}))
def test_a_quoted_sentence_stands_in_the_document(shared: Path, source: str) -> None:
    document = plain("\n".join(path.read_text("utf-8") for path in sorted((shared / "seed").glob("*.txt"))))
    quoted = [one for one in SENTENCES if one.quoted and one.source == source]
    assert quoted
    assert [one.zh for one in quoted if plain(one.zh) not in document] == []

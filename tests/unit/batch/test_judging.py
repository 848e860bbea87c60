"""Pairs of rows of two files: each side from its own file, the order of the columns kept, a row that could not be read passed over."""

from __future__ import annotations

import pytest

from custmaster.batch import STOCK
from custmaster.batch.judging import LARGEST_TANGLE, Found, apart_of, linked_pairs, tangles
from custmaster.customer.entry import Entry
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import Finding
from custmaster.dedup.keys import Side
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DocumentType
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex

EXISTS = Finding(Verdict.EXISTS, "+NAME+IDNO+TYPE", "SAME/AGREE")
SUSPECT = Finding(Verdict.SUSPECT, "+NAME+MOBILE", "NAME_MOBILE")


def person(name: str, number: str = "", mobile: str = "", sex: Sex | None = None) -> Side:
    card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber(number)) if number else None
    phones = (Phone(mobile),) if mobile else ()
    return Side(Entry(name=Name(name), documents=(card,) if card else (), phones=phones, sex=sex), ())


def test_each_side_is_of_its_own_file_and_strangers_are_left_out() -> None:
    new = {0: person("张伟", mobile="13800001234"), 1: person("李娜", mobile="13912341234")}
    stock = {0: person("王芳"), 1: person("张偉", mobile="13800001234")}
    found = list(linked_pairs([0, 1, 0], [1, 1, 0], new, stock, STOCK.table_of))
    assert [(one, other, finding.row) for one, other, finding in found] == [(0, 1, "NAME_MOBILE")]


def test_a_row_that_could_not_be_read_is_passed_over_on_either_side() -> None:
    one = {0: person("张伟", mobile="13800001234")}
    assert list(linked_pairs([0, 5], [5, 0], one, one, STOCK.table_of)) == []


def test_only_pairs_with_a_negative_row_are_apart_and_each_side_is_of_its_own_file() -> None:
    new = {0: person("张伟", sex=Sex.MALE), 1: person("张伟")}
    stock = {0: person("张伟"), 1: person("张伟", sex=Sex.FEMALE)}
    assert list(apart_of([0, 0, 1], [0, 1, 1], new, stock, STOCK.table_of)) == [(0, 1, "OTHER_SEX")]


def test_two_by_way_of_a_third_whom_nothing_keeps_apart_are_asked_once() -> None:
    """Whatever links they have, in whatever order these come: each pair once, the lesser row first, in order."""
    found: list[Found] = [(8, 9, SUSPECT), (2, 9, EXISTS), (2, 7, EXISTS), (3, 4, EXISTS)]
    for some in (found, found[::-1]):
        made = tangles(some)
        assert list(zip(made.left, made.right, strict=True)) == [(2, 8), (7, 8), (7, 9)]
        assert made.large == []


@pytest.mark.parametrize(("more", "large"), [(0, []), (1, [0])])
def test_a_tangle_is_too_large_with_one_row_more_than_the_largest(more: int, large: list[int]) -> None:
    found: list[Found] = [(0, row, EXISTS) for row in range(1, LARGEST_TANGLE + more)]
    made = tangles(found)
    pairs = 0 if more else (LARGEST_TANGLE - 1) * (LARGEST_TANGLE - 2) // 2
    assert (made.large, len(made.left), len(made.right)) == (large, pairs, pairs)
    assert LARGEST_TANGLE == 1000  # the pages say so

"""The two match keys: what is equal, what stays apart, what is marked."""

from __future__ import annotations

import pytest

from custmaster.value import fold
from custmaster.value.fold import Mark

SAME_EXACT = [
    (
        "separator",
        "阿卜杜拉\u00b7买买提",
        ["阿卜杜拉" + mark + "买买提" for mark in "\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387.\uff0e"],
    ),
    ("spaces", "张伟", [" 张伟", "张伟 ", "张 伟", "张\u3000伟", "张\u00a0 伟", "张\t伟", "张\n伟", "\u2028张伟\x1c"]),
    (
        "invisible",
        "张伟",
        [
            "张" + mark + "伟"
            for mark in "\u200b\u200c\u200d\u00ad\ufeff\u2060\u3164\u1160\u115f\uffa0\ufe0f\U000e0100\u034f"
        ],
    ),
    ("bidi", "张伟", ["张" + mark + "伟" for mark in "\u200e\u200f\u202a\u202e\u2066\u2069\u061c"]),
    ("control", "张伟", ["张\x00伟", "张伟\x7f", "\x9f张伟"]),
    ("width", "甲A1(中)", ["甲Ａ１（中）", "甲a1\ufe59中\ufe5a", "甲ａ1 (中)"]),
    ("latin", "ANNA LEE", ["Anna Lee", "anna  lee ", "ＡＮＮＡ\u3000ＬＥＥ", "Anna\u200b \u200bLee"]),
    ("composition", "\u00c9VA", ["e\u0301va", "\u00e9va", "E\u200b\u0301va"]),
    ("compatibility hanzi", "隆", ["\uf9dc"]),
    ("sharp s", "STRASSE", ["Straße", "STRASSE"]),
    ("punctuation", "SMITH,JOHN", ["Smith, John", "SMITH ,JOHN"]),
    ("kana and hangul", "김철수", ["김 철수"]),
    ("dot between spaces", "张·伟", ["张 . 伟", "张\u200b.伟"]),
    ("tag characters", "ANNA", ["Anna\U000e0041\U000e007f"]),
    ("astral case", "\U00010400", ["\U00010428"]),
]
APART_EXACT = [
    ("ANNA LEE", "ANNALEE"), ("ANNA LEE", "ANNAL EE"), ("①", "1"), ("㈱", "(株)"), ("张伟", "張偉"), ("北京(1)", "北京[1]"), ("A.B", "A·B"),
    ("某某有限公司", "某某有限责任公司"), ("1 23", "12 3"), ("Нур Султан", "НурСултан"), ("བོད་ པ", "བོདཔ"), ("កា", "ក"), ("ไทย", "ไท"), ("İ", "I"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text"), [(key, text) for _, key, texts in SAME_EXACT for text in texts])
def test_folds_to(key: str, text: str) -> None:
    assert fold.exact(text) == key


@pytest.mark.parametrize(("left", "right"), APART_EXACT)
def test_stays_apart(left: str, right: str) -> None:
    assert fold.exact(left) != fold.exact(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("張偉", "张伟"), ("鍾", "鐘"), ("\u4dae", "\u9f91"), ("\ue863", "\u4dae"), ("\u9814", "\U0002cc56"), ("\ue863", "\u9f91"),
     ("薴", "苎"), ("苧", "苎"), ("\ue863. 伟", "\u4dae伟".replace("伟", "·伟")), ("Ａ張 ", "a张")],
)  # fmt: skip
def test_variants_meet(left: str, right: str) -> None:
    assert fold.variant(left) == fold.variant(right)
    assert fold.exact(left) != fold.exact(right) or left == "Ａ張 "


@pytest.mark.parametrize("pair", ["衞卫", "粧妆", "吿告", "汚污", "靑青", "戸户", "囯国", "峩峨"])
def test_a_form_that_is_in_nobodys_general_list_meets_the_one_that_is(pair: str) -> None:
    assert fold.variant(pair[0]) == fold.variant(pair[1])


@pytest.mark.parametrize("pair", ["喆哲", "堃坤", "祐佑", "崧嵩", "甦稣", "犇奔", "已己", "玉王", "刋刊"])
def test_characters_that_are_in_general_use_or_read_otherwise_stay_two_names(pair: str) -> None:
    assert fold.variant(pair[0]) != fold.variant(pair[1])


def test_variant_never_guesses_a_wildcard() -> None:
    assert len({fold.variant(text) for text in ("张?", "张□", "张*", "张伟")}) == 4


def test_every_rare_pair_meets_and_nothing_right_stands_left() -> None:
    pairs = fold._han_pairs()
    assert not set(pairs) & set(pairs.values())
    assert len(pairs) > 4_000
    assert all(fold.variant(left) == fold.variant(right) for left, right in pairs.items())


@pytest.mark.parametrize("column", [fold.exact_column, fold.variant_column])
@pytest.mark.parametrize(
    "texts",
    [[], [""], ["", ""], ["\n"], ["a\nb", "张伟"], ["张伟"] * 3, ["张伟"] * 20_000 + ["張 伟\u200b", ""], ["a b"] * 9_000,
     ["\ud800", "张\udc00\u200b\udfff伟"], ["\u0301", "e", "\u0301"], ["张伟\r", "\r\n"]],
)  # fmt: skip
def test_a_column_is_its_texts(column, texts) -> None:
    one = fold.exact if column is fold.exact_column else fold.variant
    assert column(texts) == [one(text) for text in texts]
    assert column(tuple(texts)) == column(texts)


def test_a_column_is_not_written_to() -> None:
    texts = ["张伟", " 张\n伟", "a"]
    for column in (fold.exact_column, fold.variant_column):
        result = column(texts)
        result.append("x")
    assert texts == ["张伟", " 张\n伟", "a"]
    clean = ["张伟"]
    assert fold.exact_column(clean) is not clean


def test_what_is_taken_for_clean_is_its_own_key() -> None:
    for key in (fold._exact_key(), fold._variant_key()):
        clean = [chr(point) for point in range(0xA000) if not key.unclean_line.search(chr(point)) and point != 0x0A]
        assert len(clean) > 20_000
        assert [char for char in clean if fold._block(char, key) != char] == []
        assert [char for char in clean if not key.clean_text.fullmatch(char)] == []
        assert key.clean_text.fullmatch("".join(clean))
        assert not key.clean_text.fullmatch("a\n")


def test_a_plain_text_is_its_own_key_and_bears_no_mark() -> None:
    plain = "".join(char for char in map(chr, range(0x11000)) if fold.is_plain(char))
    assert len(plain) > 15_000
    assert fold.exact(plain) == fold.variant(plain) == fold._block(plain, fold._variant_key()) == plain
    assert fold.marks(plain) == ()
    assert all(fold.marks(char) == () for char in plain)


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("张伟", ()), ("ANNA LEE", ()), ("阿卜杜拉·买买提", ()), ("北京某某（集团）有限公司", ()), ("José Núñez", ()), ("", ()), ("\U00020000", ()),
        ("张\u200b伟", (Mark.INVISIBLE,)), ("张\ufe00", (Mark.INVISIBLE,)), ("张\U000e0041", (Mark.INVISIBLE,)), ("\u202e张", (Mark.BIDI,)),
        ("张\x00", (Mark.CONTROL,)), ("张\n伟", (Mark.CONTROL, Mark.SPACES)), ("张?", (Mark.DAMAGED,)), ("张？李", (Mark.DAMAGED,)),
        ("张□", (Mark.DAMAGED,)), ("张＊", (Mark.DAMAGED,)), ("A*", (Mark.DAMAGED,)), ("张\ue863", (Mark.DAMAGED,)), ("张\ufffd", (Mark.DAMAGED,)),
        ("李\ud800", (Mark.DAMAGED,)), ("张\uffff", (Mark.DAMAGED,)), ("张\U0001f600", (Mark.DAMAGED,)), ("张\U0010fffe", (Mark.DAMAGED,)),
        ("张\U000f0000", (Mark.DAMAGED,)), ("张\U0002fffe", (Mark.DAMAGED,)), ("Ａnna", (Mark.WIDTH,)), ("京Ａ1", (Mark.WIDTH,)),
        ("１", (Mark.WIDTH,)), ("(甲）", ()), ("ABC（DE）", (Mark.WIDTH,)), ("张 伟", (Mark.SPACES,)), (" 张", (Mark.SPACES,)), ("A ", (Mark.SPACES,)),
        ("A  B", (Mark.SPACES,)), ("张\u3000伟", (Mark.SPACES,)), ("A\u00a0B", (Mark.SPACES,)), ("José Ñandú", ()), ("José  Ñ", (Mark.SPACES,)),
        ("\u200b\u202e\x01?Ａ  ", tuple(Mark)),
    ],
)  # fmt: skip
def test_marks(text: str, marks: tuple[Mark, ...]) -> None:
    assert fold.marks(text) == marks


def test_the_sieves_before_the_marks_let_nothing_through() -> None:
    for char in map(chr, range(0x110000)):
        text = f"A{char}B"
        expected = tuple(mark for mark, pattern in fold._mark_patterns().items() if pattern.search(text))
        if expected:
            assert fold.marks(text) == expected, hex(ord(char))

"""Laws of the match keys: idempotent, the same by column and one by one, exact equality implies variant equality."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmaster.value import fold
from custmaster.value.phone import Phone, PhoneKind
from custmaster.value.placeholder import is_placeholder_name, is_placeholder_number, is_placeholder_phone

# What makes folds go wrong: characters that compose, change length in upper case, vanish, separate, or stand in two tables.
AWKWARD = (
    "aAzZ09 .·•‧・･∙⋅\u0387．。()（）Ａａ１\u3000\u00a0\t\n\r\x00\x1c\x85\u2028张伟張偉䶮龑\U0002cc56頔\ue863\U000f0001薴苧苎\uf9dc\uf900鍾鐘"
    "\u0301\u0307\u0308\u030a\u0323\u0338\u0345\u3099\u1161\u11a8\u1100\uac00\u200b\u200d\ufeff\u00ad\ufe0f\U000e0100\U000e0041\u202e\u3164\u1160\u034f"
    "ßẞıİiſŉǰΐάᾳᾼςσ\u1e9e\ufb01\u01c5\u212a\u212b\u00b5\u10d0\u1c90\U00010428\U0001d15e=<>?*□\ud800\udc00\uffff\ufffd\u1780\u17b6\u0f40\u0f0b\u0e01\u0e34"
)
TEXTS = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(codec=None)), max_size=12)
EACH = pytest.mark.parametrize("one", [fold.exact, fold.variant])


@EACH
@given(text=TEXTS)
def test_a_fold_is_idempotent(one, text: str) -> None:
    assert one(one(text)) == one(text)


@pytest.mark.parametrize(("one", "column"), [(fold.exact, fold.exact_column), (fold.variant, fold.variant_column)])
@given(texts=st.lists(TEXTS, max_size=30), clean=st.integers(0, 300))
def test_a_column_is_folded_as_its_texts_are(one, column, texts: list[str], clean: int) -> None:
    # Clean neighbours change which way the column goes: few unclean texts are picked out, many are folded together.
    texts = ["王芳"] * clean + texts
    assert column(texts) == [one(text) for text in texts]


@given(text=TEXTS)
def test_equal_exact_keys_have_equal_variant_keys(text: str) -> None:
    assert fold.variant(fold.exact(text)) == fold.variant(text)
    assert fold.exact(fold.variant(text)) == fold.variant(text)


@EACH
@given(text=TEXTS)
def test_a_key_is_composed_and_holds_nothing_that_folds(one, text: str) -> None:
    key = one(text)
    assert unicodedata.is_normalized("NFC", key)
    assert key == key.upper()
    assert key == key.strip()
    assert "\n" not in key
    assert "  " not in key


@EACH
@given(text=TEXTS)
def test_canonically_equal_texts_have_one_key(one, text: str) -> None:
    assert one(unicodedata.normalize("NFD", text)) == one(text) == one(unicodedata.normalize("NFC", text))


@given(text=TEXTS)
def test_an_exact_key_carries_no_mark_that_the_fold_removes(text: str) -> None:
    gone = {fold.Mark.INVISIBLE, fold.Mark.BIDI, fold.Mark.CONTROL, fold.Mark.WIDTH, fold.Mark.SPACES}
    assert not gone & set(fold.marks(fold.exact(text)))


@given(text=TEXTS)
def test_marks_stand_once_and_in_order(text: str) -> None:
    assert list(fold.marks(text)) == [mark for mark in fold.Mark if mark in fold.marks(text)]


@given(
    text=st.text(
        st.one_of(st.sampled_from("0123456789+-() .;/x转８－\u200b"), st.characters(codec=None)),
        min_size=1,
        max_size=24,
    )
)
def test_any_text_is_read_as_a_phone_and_a_valid_one_keeps_its_compact_form(text: str) -> None:
    phone = Phone(text)
    assert isinstance(phone.kind, PhoneKind)
    if phone.is_valid:
        again = Phone(phone.compact)
        assert (again.kind, again.compact) == (phone.kind, phone.compact)
        assert not phone.is_several


@given(text=TEXTS)
def test_a_placeholder_is_told_by_its_key(text: str) -> None:
    assert is_placeholder_name(text) == is_placeholder_name(fold.exact(text))
    assert isinstance(is_placeholder_phone(text), bool)
    assert is_placeholder_number(text) == is_placeholder_number(fold.exact(text))

"""Names of persons and units (姓名、名称): raw text kept, the match keys derived."""

from __future__ import annotations

import re
from typing import ClassVar, Final, final

from custmaster.value import fold
from custmaster.value._sealed import Sealed, keep_ends
from custmaster.value.placeholder import is_placeholder_key

__all__ = ["Name"]

# Six hanzi and no separator: no person of the Han naming custom is called so, but every registered firm is.
_UNIT_LIKE: Final = re.compile("[㐀-䶿一-鿿]{6}")


@final
class Name(Sealed):
    """The name of a person or a unit as it was written down, shown as 张* or, six hanzi and longer, 北京********.

    Length: 1 to 500 characters. The raw text is for display; `exact` and `variant` are for matching and never written back.
    Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: requirements.md B4.

    >>> name = Name("阿卜杜拉•买买提 ")
    >>> name, name.exact, name.marks
    (Name(阿********), '阿卜杜拉·买买提', (<Mark.SPACES: 'SPACES'>,))
    """

    __slots__ = ("_exact", "_filler", "_plain")
    _exact: str
    _filler: bool
    _plain: bool
    longest: ClassVar[int] = 500

    @property
    def exact(self) -> str:
        """The key that may decide that two names are equal; see `fold.exact`."""
        kept: str | None = getattr(self, "_exact", None)
        if kept is None:
            kept = self._text if self.is_plain else fold.exact(self._text)
            _keep_exact(self, kept)
        return kept

    @property
    def is_plain(self) -> bool:
        """Whether it is its own exact and variant key and bears no mark; see `fold.is_plain`."""
        kept: bool | None = getattr(self, "_plain", None)
        if kept is None:
            kept = fold.is_plain(self._text)
            _keep_plain(self, kept)
        return kept

    @property
    def is_filler(self) -> bool:
        """Whether it says only that there is no name, or is left over from a test; see `placeholder.is_placeholder_name`.

        >>> Name("不 详").is_filler
        True
        """
        kept: bool | None = getattr(self, "_filler", None)
        if kept is None:
            kept = is_placeholder_key(self.exact)
            _keep_filler(self, kept)
        return kept

    @property
    def variant(self) -> str:
        """The key that makes two names suspects at most; see `fold.variant`."""
        return self._text if self.is_plain else fold.variant(self._text)

    @property
    def marks(self) -> tuple[fold.Mark, ...]:
        """What a person should look at in this text."""
        return () if self.is_plain else fold.marks(self._text)

    def mask(self) -> str:
        """The first character and stars; of a unit's name the first two.

        >>> Name("张伟").mask(), Name("北京某某有限公司").mask(), Name("Anna").mask(), Name("丁").mask()
        ('张*', '北京******', 'A***', '*')
        """
        return keep_ends(self._text, 2 if _UNIT_LIKE.match(self._text) else 1, 0)


# The slots themselves: several rules ask, and each answer is worked out once.
_keep_exact = Name.__dict__["_exact"].__set__
_keep_plain = Name.__dict__["_plain"].__set__
_keep_filler = Name.__dict__["_filler"].__set__

"""The sealed text of a document's number."""

from __future__ import annotations

from custmaster.value._sealed import Sealed, keep_ends
from custmaster.value.identity import free_form

__all__ = ["DocumentNumber"]


class DocumentNumber(Sealed):
    """A document's number as it was written, shown as its first three and last two characters.

    Any text of 1 to 500 characters is taken: dirty stock must load. Errors: InvalidValue TYPE, EMPTY, LENGTH.

    >>> DocumentNumber("11010519491231002x"), DocumentNumber("11010519491231002x").exact
    (DocumentNumber(110*************2x), '11010519491231002X')
    """

    __slots__ = ()

    def mask(self) -> str:
        """The first three and the last two characters, the rest starred; a short number is starred whole."""
        return keep_ends(self._text, 3, 2)

    @property
    def exact(self) -> str:
        """The number in half width and upper case without spaces: equal keys are one number, whatever its form."""
        return free_form.compact(self._text)

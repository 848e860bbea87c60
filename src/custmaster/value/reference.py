"""What another organisation calls a customer: a securities account, a water meter, a credit card that is repaid, a payee."""

from __future__ import annotations

from typing import ClassVar, final

from custmaster.value._sealed import Sealed, keep_ends
from custmaster.value.identity import free_form
from custmaster.value.identity._common import LONGEST

__all__ = ["PartnerReference"]


@final
class PartnerReference(Sealed):
    """A customer's number or name at another organisation, shown by its last three characters; it may be personal data.

    Length: 1 to 64 characters. Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: requirements.md B7 (唯一识别标志).

    >>> PartnerReference("0031_A123456789"), PartnerReference("ａ１").exact
    (PartnerReference(************789), 'A1')
    """

    __slots__ = ()
    longest: ClassVar[int] = LONGEST

    def mask(self) -> str:
        """Stars and the last three characters."""
        return keep_ends(self._text, 0, 3)

    @property
    def exact(self) -> str:
        """The text in half width and upper case without spaces: equal keys are one reference."""
        return free_form.compact(self._text)

"""Account and card numbers (账号、卡号) as they were written down; whether a card number is right is asked of `identity.card_number`."""

from __future__ import annotations

from typing import ClassVar, final

from custmaster.value._sealed import Sealed, keep_ends
from custmaster.value.identity import free_form

__all__ = ["AccountNumber", "CardNumber", "bare"]


@final
class AccountNumber(Sealed):
    """The number of an account or passbook, shown by its last four characters; it has no check digit.

    Length: 1 to 64 characters. Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: requirements.md B3.

    >>> AccountNumber("6222000011112222")
    AccountNumber(************2222)
    """

    __slots__ = ()
    longest: ClassVar[int] = 64

    def mask(self) -> str:
        """Stars and the last four characters."""
        return keep_ends(self._text, 0, 4)


@final
class CardNumber(Sealed):
    """The number of a bank card, shown by its first six (the issuer) and its last four characters.

    Length: 1 to 64 characters; not checked here. Raises InvalidValue (TYPE, EMPTY, LENGTH). Source: requirements.md B3.

    >>> CardNumber("6228480000000000000")
    CardNumber(622848*********0000)
    """

    __slots__ = ()
    longest: ClassVar[int] = 64

    def mask(self) -> str:
        """The issuer's six digits, stars, the last four."""
        return keep_ends(self._text, 6, 4)


def bare(number: AccountNumber | CardNumber) -> str:
    """The number in clear, in half width and without spaces: for comparing, never shown.

    >>> bare(CardNumber("6222 0000 1111 2222")) == bare(AccountNumber("6222000011112222"))
    True
    """
    return free_form.compact(number.reveal())

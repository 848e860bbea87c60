"""An electronic mail address as entered: kept whole, shown masked."""

from __future__ import annotations

from custmaster.value._sealed import Sealed

__all__ = ["Email"]


class Email(Sealed):
    """A mail address; the mask shows the first character and nothing of the domain, which often names the employer.

    Errors: InvalidValue when empty or longer than 254 characters (RFC 5321, 4.5.3.1.3).

    >>> Email("zhang.wei@example.com")
    Email(z***@***)
    """

    __slots__ = ()
    longest = 254

    def mask(self) -> str:
        """The first character and stars of a fixed length, so that not even the length shows."""
        return f"{self._text[0]}***@***"

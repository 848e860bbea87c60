"""What a question is asked with: a record or request of the wrong kind is a bug of the calling program, and told as one."""

from __future__ import annotations

from custmaster.errors import CustmasterError

__all__ = ["expect"]


def expect(given: object, kind: type[object]) -> None:
    """The question is asked with one of the kind. Errors: CustmasterError, which never shows what was given.

    >>> expect("C2026000001", dict)
    Traceback (most recent call last):
    custmaster.errors.CustmasterError: the question is asked with a dict, not with a str
    """
    if not isinstance(given, kind):
        raise CustmasterError(f"the question is asked with a {kind.__name__}, not with a {type(given).__name__}")

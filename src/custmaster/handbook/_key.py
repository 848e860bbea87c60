"""The form of a key of the handbook."""

from __future__ import annotations

from typing import Generic, TypeVar

from attrs import frozen

from custmaster.handbook.kinds import Kind

__all__ = ["Key"]

T_co = TypeVar("T_co", covariant=True)


@frozen(kw_only=True)
class Key(Generic[T_co]):
    """A typed key: its dotted name, the kind of its value, its meaning in Chinese and English, and its unit.

    >>> from custmaster.handbook.keys import FLOOR_TELLER
    >>> FLOOR_TELLER.name, FLOOR_TELLER.unit
    ('roster.floor.teller', 'customers')
    """

    name: str
    kind: Kind[T_co]
    zh: str
    en: str
    unit: str = ""

"""Converters of the lists in a customer's record: any iterable in, a tuple out.

A type checker sees a named function for each kind, which says that a list may be given; at run time each is `tuple` itself, since a
record has many lists and is built for every line of a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from custmaster.customer.children import (
    AmlRating,
    Closed,
    Described,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.unit import BeneficialOwner, Representative

__all__ = [
    "aml",
    "closures",
    "described",
    "documents",
    "names",
    "notes",
    "owners",
    "reached",
    "related",
    "representatives",
    "residing",
    "risk",
    "roles",
    "texts",
]


if TYPE_CHECKING:

    def names(values: Iterable[NamedAs]) -> tuple[NamedAs, ...]: ...

    def documents(values: Iterable[Held]) -> tuple[Held, ...]: ...

    def residing(values: Iterable[Residing]) -> tuple[Residing, ...]: ...

    def reached(values: Iterable[Reached]) -> tuple[Reached, ...]: ...

    def described(values: Iterable[Described]) -> tuple[Described, ...]: ...

    def notes(values: Iterable[Noted]) -> tuple[Noted, ...]: ...

    def roles(values: Iterable[InRole]) -> tuple[InRole, ...]: ...

    def related(values: Iterable[Related]) -> tuple[Related, ...]: ...

    def risk(values: Iterable[RiskTolerance]) -> tuple[RiskTolerance, ...]: ...

    def aml(values: Iterable[AmlRating]) -> tuple[AmlRating, ...]: ...

    def representatives(values: Iterable[Representative]) -> tuple[Representative, ...]: ...

    def owners(values: Iterable[BeneficialOwner]) -> tuple[BeneficialOwner, ...]: ...

    def closures(values: Iterable[Closed]) -> tuple[Closed, ...]: ...

    def texts(values: Iterable[str]) -> tuple[str, ...]: ...

else:
    names = documents = residing = reached = described = notes = roles = tuple
    related = risk = aml = representatives = owners = closures = texts = tuple

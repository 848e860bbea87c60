"""The parts of a customer's record that events name: its lists of children, and its core fields with their types."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from custmaster.customer.children import (
    AmlRating,
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
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.value.sex import Sex

__all__ = ["CHILD_LISTS", "CORRECTABLE", "Child", "CoreField", "Correction"]

Child = (
    NamedAs
    | Held
    | Residing
    | Reached
    | Described
    | Noted
    | InRole
    | Related
    | RiskTolerance
    | AmlRating
    | Representative
    | BeneficialOwner
)
"""Whatever a record holds many of and a request may add, end or amend."""

CHILD_LISTS: Final[Mapping[type[Child], str]] = MappingProxyType(
    {
        NamedAs: "names",
        Held: "documents",
        Residing: "addresses",
        Reached: "contacts",
        Described: "described",
        Noted: "notes",
        InRole: "roles",
        Related: "relationships",
        RiskTolerance: "risk",
        AmlRating: "aml",
        Representative: "representatives",
        BeneficialOwner: "owners",
    }
)
"""The list of the record in which a child of each kind stands; total."""


class CoreField(StrEnum):
    """The fields that are corrected and not changed: they have no valid time. The value is the field's name."""

    SEX = "sex"
    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"
    SOURCE_KEY = "source_key"
    OPENED_ON = "opened_on"
    UNIT = "unit"


Correction = Sex | date | str | UnitDetails | None

CORRECTABLE: Final[Mapping[CoreField, type]] = MappingProxyType(
    {
        CoreField.SEX: Sex,
        CoreField.BIRTH_DATE: date,
        CoreField.NATIONALITY: str,
        CoreField.SOURCE_KEY: str,
        CoreField.OPENED_ON: date,
        CoreField.UNIT: UnitDetails,
    }
)
"""The type that a corrected field takes, beside None; total. Number, kind and status are not among them."""

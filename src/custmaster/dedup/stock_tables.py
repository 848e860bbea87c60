"""The verdict tables for cleaning a whole stock (存量清理): more comparisons than at the counter, and negative rows.

At the counter the applicant can be asked, so what differs takes no suspicion away. In a stock of millions homonyms (重名) meet by
chance and nobody can be asked; so a suspicion needs what two strangers seldom share, and another birth date or sex withdraws it. What
two documents give is the same as at the counter. Source: requirements.md R-54, B3, B4, B6, B8.9, B8.10; each row names its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from custmaster.dedup.codes import Verdict
from custmaster.dedup.compare import Level
from custmaster.dedup.papers import Tie
from custmaster.dedup.slips import number_slip, one_character, place
from custmaster.dedup.stock_keys import stock_keys
from custmaster.dedup.tables import BIRTH, MOBILE, SEX, Comparison, Suspicion, Table, Veto
from custmaster.value.party import PartyKind

__all__ = ["STOCK_PERSON", "STOCK_TABLES", "STOCK_UNIT"]

_SAME: Final = (Level.AGREE,)
_ALIKE: Final = (Level.AGREE, Level.NEAR)
_VARIANT: Final = (Level.NEAR,)
_SLIP: Final = (Level.NEAR,)
_ANOTHER: Final = (Level.DIFFER,)
_NO_OTHER: Final = (Level.AGREE, Level.NEAR, Level.MISSING)

ADDRESS: Final = Comparison(field="ADDRESS", values=attrgetter("addresses"), likeness=place)
DIGITS: Final = Comparison(field="DIGITS", values=attrgetter("written"), likeness=number_slip)
CHARACTER: Final = Comparison(field="CHARACTER", values=attrgetter("spellings"), likeness=one_character)
RECORDED_BIRTH: Final = Comparison(field="RECORDED_BIRTH", values=attrgetter("recorded_births"))
RECORDED_SEX: Final = Comparison(field="RECORDED_SEX", values=attrgetter("recorded_sexes"))

# Of every kind of customer: behind one document, or one that was mistyped.
_ON_DOCUMENTS: Final = (
    Suspicion(
        name="SAME_VARIANT_NAME",
        names=_VARIANT,
        ties=(Tie.SAME,),
        source="B8.10: variant name with the same document; B4: former name, legal form for suspicion",
    ),
    Suspicion(
        name="SAME_MOBILE",
        agree=("MOBILE",),
        ties=(Tie.SAME, Tie.UPGRADE),
        source="B6: same doc, different name: renamed person; the mobile agrees too",
    ),
    Suspicion(
        name="SAME_ADDRESS",
        where={"ADDRESS": _ALIKE},
        ties=(Tie.SAME, Tie.UPGRADE),
        source="B6: same doc, different name: renamed person; the address agrees too",
    ),
    Suspicion(
        name="SAME_CHARACTER",
        agree=("RECORDED_BIRTH",),
        where={"CHARACTER": _SLIP},
        ties=(Tie.SAME, Tie.UPGRADE),
        source="B6: same doc, different name: typo; the birth date was entered alike twice",
    ),
    Suspicion(
        name="SLIP_NAME",
        names=_ALIKE,
        where={"DIGITS": _SLIP},
        source="B3: the check digit tells a slip from another number; behind one name",
    ),
)

# Of every kind of customer: two numbers for life, each sound, are two customers.
_APART: Final = (
    Veto(
        name="OTHER_NUMBER",
        where={"DIGITS": _ANOTHER},
        source="B6: two documents of the same family that differ; B3: of two sound numbers neither was mistyped",
    ),
)

STOCK_PERSON: Final = Table(
    comparisons=(BIRTH, SEX, MOBILE, ADDRESS),
    late=(DIGITS, CHARACTER, RECORDED_BIRTH, RECORDED_SEX),
    suspicions=(
        # The one verdict for a merge beside an equal number: a number that fails its check is nobody's, so it was mistyped.
        Suspicion(
            name="ALL_BUT_A_SLIP",
            names=_SAME,
            agree=("BIRTH", "MOBILE"),
            where={"ADDRESS": _ALIKE, "DIGITS": _SLIP},
            verdict=Verdict.EXISTS,
            source="B6: the three elements, but for a slip that the check digit shows (B3); birth date, mobile and address agree too",
        ),
        *_ON_DOCUMENTS,
        Suspicion(name="NAME_MOBILE", names=_ALIKE, agree=("MOBILE",), source="B6: same name + mobile"),
        Suspicion(
            name="NAME_BIRTH_ADDRESS",
            names=_ALIKE,
            agree=("BIRTH",),
            where={"ADDRESS": _ALIKE},
            source="B6: address never alone, but with name and birth date",
        ),
        Suspicion(
            name="NAME_BIRTH_SEX",
            names=_ALIKE,
            agree=("BIRTH", "SEX"),
            where={"DIGITS": _NO_OTHER},
            source="B6: same name+sex+birth date with different doc",
        ),
        Suspicion(
            name="NAME_BIRTH_UNDOCUMENTED",
            names=_ALIKE,
            agree=("BIRTH",),
            undocumented=True,
            source="B6: same name + birth date, no document on one side to tell otherwise",
        ),
        Suspicion(
            name="NAME_SERIES",
            names=_ALIKE,
            ties=(Tie.SERIES,),
            source="B8.10: old and new permanent-residence numbers",
        ),
        Suspicion(
            name="SLIP_BIRTH_MOBILE",
            agree=("BIRTH", "MOBILE"),
            where={"DIGITS": _SLIP},
            source="B3: a slip in the number, whatever the name (as behind one document); birth date and mobile agree",
        ),
        Suspicion(
            name="SLIP_BIRTH_ADDRESS",
            agree=("BIRTH",),
            where={"ADDRESS": _ALIKE, "DIGITS": _SLIP},
            source="B3: a slip in the number, whatever the name (as behind one document); birth date and address agree",
        ),
        Suspicion(
            name="CHARACTER_UNDOCUMENTED",
            agree=("BIRTH", "MOBILE"),
            where={"ADDRESS": _ALIKE, "CHARACTER": _SLIP},
            undocumented=True,
            source="R-54: a record without a document is looked at anyway; all but one character of the name agrees",
        ),
    ),
    vetoes=(
        Veto(name="OTHER_BIRTH", where={"BIRTH": _ANOTHER}, source="B6: another birth date behind equal names"),
        Veto(name="OTHER_SEX", where={"SEX": _ANOTHER}, source="B6: another sex behind equal names"),
        Veto(
            name="OTHER_RECORDED_BIRTH",
            where={"RECORDED_BIRTH": _ANOTHER},
            source="B6: the paper belongs to one of two, who were born on two days",
        ),
        Veto(
            name="OTHER_RECORDED_SEX",
            where={"RECORDED_SEX": _ANOTHER},
            source="B6: the paper belongs to one of two, a man and a woman",
        ),
    ),
    apart=_APART,
    keys=stock_keys,
    needs_shared_key=False,
)
"""A person; mobile, name and address alone never count (B6), nor does a name one character apart (twins) unless a number or all else agrees."""

STOCK_UNIT: Final = Table(
    comparisons=(BIRTH, MOBILE, ADDRESS),
    late=(DIGITS, CHARACTER, RECORDED_BIRTH),
    suspicions=(
        *_ON_DOCUMENTS,
        Suspicion(
            name="NAME_MOBILE",
            names=_ALIKE,
            agree=("MOBILE",),
            where={"DIGITS": _NO_OTHER},
            source="B6: same name + mobile; B4: two credit codes are two units",
        ),
        Suspicion(
            name="NAME_BIRTH_ADDRESS",
            names=_ALIKE,
            agree=("BIRTH",),
            where={"ADDRESS": _ALIKE, "DIGITS": _NO_OTHER},
            source="B6: address never alone, but with name and day of establishment; B4: two credit codes are two units",
        ),
    ),
    vetoes=(
        Veto(name="OTHER_BIRTH", where={"BIRTH": _ANOTHER}, source="B4: another day of establishment is another unit"),
    ),
    apart=_APART,
    keys=stock_keys,
    needs_shared_key=False,
)
"""A unit: a credit code is never corrected, so two sound ones are two units."""

STOCK_TABLES: Final[Mapping[PartyKind, Table]] = MappingProxyType(
    {PartyKind.PERSON: STOCK_PERSON, PartyKind.UNIT: STOCK_UNIT}
)
"""The table of each kind of customer for a whole stock; those of the counter are `custmaster.dedup.tables.TABLES`."""

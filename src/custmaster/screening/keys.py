"""Who is meant, made ready for looking up: text keys of names and documents, computed once for each entry and each customer.

Whoever matches shares a key, so one question costs a few look-ups however long the list is, and a whole file is an equality join on the
same texts: `NAME:` is the variant key of a name (see `custmaster.value.called`; equal exact keys have equal variant keys), `DOCUMENT:` family
and number. A damaged name is looked up by its two ends, or by the one that can be read and the birth date. Source: requirements.md B4, B8.10.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from custmaster.customer.entry import Entry
from custmaster.errors import InvalidValue
from custmaster.screening.listing import Identity, identity_of
from custmaster.value.called import DAMAGED, Called, called
from custmaster.value.document import IdentityDocument
from custmaster.value.document_types import Family
from custmaster.value.holder import holders
from custmaster.value.identity.registry import Reading
from custmaster.value.sex import Sex

__all__ = ["LIFELONG", "Paper", "Wanted", "document_key", "ends", "name_key", "wanted", "weak_ends"]

LIFELONG: Final = frozenset(
    map(
        str,
        (
            Family.CITIZEN_NUMBER,
            Family.RESIDENCE_PERMIT,
            Family.HK_MACAO_PERMIT,
            Family.HONG_KONG_ID,
            Family.MACAO_ID,
            Family.TAIWAN_ID,
            Family.CREDIT_CODE,
            Family.ORGANISATION_CODE,
            Family.LEI,
        ),
    )
)
"""The families whose number stays with its holder: another well-formed number speaks against one and the same holder."""

Paper = tuple[str, str, bool]
"""Family, number, and whether it is marked 重号: what a bank takes for the key of a document (B3)."""

_SEXES: Final = frozenset({Sex.MALE, Sex.FEMALE})


class Wanted:
    """Somebody made ready for screening; shows nothing.

    `names` can be read at least in part; `papers` identify somebody, `numbers` are they without their flags, `upgraded` are those that a citizen's 15 digits become; `births` and `sexes` are those stated and those that the numbers
    state; `lifelong` the well-formed numbers of each family of LIFELONG.
    """

    __slots__ = ("births", "kind", "lifelong", "names", "numbers", "papers", "sexes", "upgraded")

    def __init__(self, identity: Identity) -> None:
        self.kind: Final = str(identity.kind)
        made = (called(name, identity.kind) for name in identity.names)
        self.names: Final[tuple[Called, ...]] = tuple(name for name in made if name is not None)
        births = set[date]() if identity.birth_date is None else {identity.birth_date}
        sexes = {identity.sex} & _SEXES
        papers, upgraded, lifelong = list[Paper](), set[tuple[str, str]](), dict[str, set[str]]()
        for document in identity.documents:
            found = holders(document)
            if found:
                papers.append((*found[0], document.duplicate))
                upgraded.update(found[1:])
                reading = _reading(document)
                if reading is not None:
                    _state(reading, births, sexes)
                    _keep(found, lifelong)
        self.papers: Final = tuple(dict.fromkeys(papers))
        self.numbers: Final = frozenset((family, number) for family, number, _ in papers)
        self.upgraded: Final = frozenset(upgraded)
        self.births: Final = frozenset(births)
        self.sexes: Final = frozenset(sexes)
        self.lifelong: Final[Mapping[str, set[str]]] = lifelong

    def keys(self) -> list[str]:
        """The keys under which it is found and looked up, names first; weak ends apart."""
        texts = [name_key(self.kind, name.loose) for name in self.names]
        texts += [document_key(self.kind, family, number) for family, number, _ in self.papers]
        texts += [document_key(self.kind, family, number) for family, number in sorted(self.upgraded)]
        return texts


def wanted(asked: Entry | Identity | Wanted) -> Wanted:
    """Whoever is asked about, made ready; one who is ready comes back as it is.

    >>> from custmaster.value.name import Name
    >>> wanted(Identity(names=[Name("張 偉")])).keys()
    ['NAME:PERSON:张伟']
    """
    if isinstance(asked, Wanted):
        return asked
    return Wanted(identity_of(asked) if isinstance(asked, Entry) else asked)


def name_key(kind: str, loose: str) -> str:
    """The key of a name by its loose text: of a column of undamaged names, `fold.variant_column` of it."""
    return f"NAME:{kind}:{loose}"


def document_key(kind: str, family: str, number: str) -> str:
    """The key of a document by what `custmaster.value.holder.holders` gives."""
    return f"DOCUMENT:{kind}:{family}:{number}"


def ends(asked: Wanted, name: Called) -> list[str]:
    """Every key by which a damaged name may find this one: both ends, and each end with a birth date."""
    first, last = name.loose[0], name.loose[-1]
    texts = [f"ENDS:{asked.kind}:{first}{last}"] if DAMAGED not in (first, last) else []
    for side, end in (("F", first), ("L", last)):
        if end != DAMAGED:
            texts += [f"END:{asked.kind}:{side}{end}:{birth}" for birth in sorted(asked.births)]
    return texts


def weak_ends(asked: Wanted, name: Called) -> list[str]:
    """The keys by which a damaged name on a list is found by one that is not: its two ends if both can be read, else the one with a birth date.

    So a surname and a box find nobody but those of the same birth date: alone they would find everyone of that surname.
    """
    found = ends(asked, name)
    return found[:1] if found and found[0].startswith("ENDS:") else found


def _reading(document: IdentityDocument) -> Reading | None:
    """What the number says; None when it is not well-formed, and so says nothing."""
    try:
        return document.reading()
    except InvalidValue:
        return None


def _state(reading: Reading, births: set[date], sexes: set[Sex | None]) -> None:
    if reading.birth_date is not None:
        births.add(reading.birth_date)
    if reading.sex in _SEXES:
        sexes.add(reading.sex)


def _keep(found: tuple[tuple[str, str], ...], lifelong: dict[str, set[str]]) -> None:
    for family, number in found:
        if family in LIFELONG:
            lifelong.setdefault(family, set()).add(number)

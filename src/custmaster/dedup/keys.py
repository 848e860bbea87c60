"""What the host must look up: stable text keys of a customer, computed once and kept beside the record.

Two customers whose verdict is anything but NEW share at least one key. So the host indexes the keys of its customers, asks for
those of an applicant, and hands over whoever it finds: the library has no database. Source: requirements.md R-54, B6.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar, Final, final

from attrs import field, frozen

from custmaster.customer.entry import Entry
from custmaster.dedup.papers import Paper, paper
from custmaster.dedup.slips import door
from custmaster.value._sealed import Sealed
from custmaster.value.called import Called, called
from custmaster.value.name import Name
from custmaster.value.phone import Phone, PhoneKind
from custmaster.value.sex import Sex

__all__ = [
    "BROAD",
    "MOBILE_KINDS",
    "SEXES",
    "Key",
    "KeyKind",
    "KeyText",
    "Keyed",
    "Side",
    "keyed",
    "keys",
    "numbers_of",
]


class KeyKind(StrEnum):
    """What a key is made of.

    DOCUMENT: family and number, of 15 digits also the upgraded 18. NUMBER: the number whatever its family. ORGANISATION: the
    organisation code, also the one within a credit code. NAME_BIRTH: variant name, birth date and sex. NAME_MOBILE: variant name
    and mobile. NAME_RESIDENCE: variant name of a holder of permanent residence. BIRTH, MOBILE, RESIDENCE: the same without the
    name, see `BROAD`.
    """

    DOCUMENT = "DOCUMENT"
    NUMBER = "NUMBER"
    ORGANISATION = "ORGANISATION"
    NAME_BIRTH = "NAME_BIRTH"
    NAME_MOBILE = "NAME_MOBILE"
    NAME_RESIDENCE = "NAME_RESIDENCE"
    BIRTH = "BIRTH"
    MOBILE = "MOBILE"
    RESIDENCE = "RESIDENCE"


BROAD: Final = frozenset({KeyKind.BIRTH, KeyKind.MOBILE, KeyKind.RESIDENCE})
"""Keys that strangers share. They find nothing new unless one of the two names is damaged (`Keyed.damaged`): a host may ask
for them, and a check of a whole file may join on them, for damaged names only."""

MOBILE_KINDS: Final = (
    PhoneKind.MOBILE,
    # Abroad the number does not tell a mobile from a landline.
    PhoneKind.HONG_KONG,
    PhoneKind.MACAO,
    PhoneKind.TAIWAN,
    PhoneKind.FOREIGN,
)
"""The telephone numbers that count as one person's own; a landline is shared by a household or an office."""


@final
class KeyText(Sealed):
    """The text of a key, starred whole: it holds names and numbers."""

    __slots__ = ()
    longest: ClassVar[int] = 4096


@frozen(kw_only=True)
class Key:
    """One key: its kind and its text, which is the same for every spelling that the folds hold equal.

    >>> key = Key(kind=KeyKind.MOBILE, value=KeyText("PERSON:13800001234"))
    >>> key, key.reveal()
    (Key(kind=<KeyKind.MOBILE: 'MOBILE'>, value=KeyText(******************)), 'MOBILE:PERSON:13800001234')
    """

    kind: KeyKind
    value: KeyText

    def reveal(self) -> str:
        """Kind and text in clear, for the host's index."""
        return f"{self.kind}:{self.value.reveal()}"


class Side:
    """A customer made ready for comparing, every fold and reading done once; shows nothing.

    `names` are the present name, if there is one, and the former names.
    """

    __slots__ = (
        "_addresses", "_broad", "_entry", "_index", "_narrow",
        "births", "former", "kind", "mobiles", "name", "names", "papers", "sexes",
    )  # fmt: skip
    # No `__getattr__` here, however handy: it slows every other attribute down.
    _addresses: tuple[str, ...]
    _broad: tuple[str, ...]
    _index: frozenset[str]
    _narrow: tuple[str, ...]

    def __init__(self, entry: Entry, former: tuple[Name, ...]) -> None:
        kind = entry.kind
        # What a number states counts as much as what was entered: a slip in one must not hide the other.
        papers, born, sexes = list[Paper](), [entry.birth_date], [entry.sex]
        for document in entry.documents:
            found = paper(document)
            if found is not None:
                papers.append(found)
                if found.born not in born:
                    born.append(found.born)
                if found.sex not in sexes:
                    sexes.append(found.sex)
        self.kind: Final = kind
        self.name: Final[Called | None] = called(entry.name, kind)
        self.former: Final = (
            tuple([one for name in former if (one := called(name, kind)) is not None]) if former else ()
        )
        self.names: Final = self.former if self.name is None else (self.name, *self.former)
        self.papers: Final[tuple[Paper, ...]] = tuple(papers)
        self.births: Final = tuple([day.isoformat() for day in born if day is not None])
        self.sexes: Final = tuple([SEXES[sex] for sex in sexes if sex in SEXES])
        self.mobiles: Final = _each_once([number for phone in entry.phones if (number := _mobile(phone)) is not None])
        self._entry: Final = entry

    @property
    def addresses(self) -> tuple[str, ...]:
        """The exact keys of its addresses that lead to a door, each once; the counter never asks for them."""
        kept: tuple[str, ...] | None = getattr(self, "_addresses", None)
        if kept is None:
            found = [line for one in self._entry.addresses if (line := door(one.exact)) is not None]
            kept = self._addresses = _each_once(found)
        return kept

    @property
    def recorded_births(self) -> tuple[str, ...]:
        """The birth date as it was entered, whatever a number states."""
        return () if self._entry.birth_date is None else self.births[:1]

    @property
    def recorded_sexes(self) -> tuple[str, ...]:
        """The sex as it was entered, whatever a number states."""
        return self.sexes[:1] if self._entry.sex in SEXES else ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The loose texts of its names."""
        return tuple([one.loose for one in self.names])

    @property
    def written(self) -> tuple[str, ...]:
        """The numbers of its documents as `custmaster.dedup.slips.number_slip` compares them."""
        return tuple([number for one in self.papers for number in one.written])

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of its documents without separators, also the upgraded ones; two keys of a number are equal only if these are."""
        return numbers_of(self.papers)

    @property
    def narrow(self) -> tuple[str, ...]:
        """The keys in clear that are not of a kind in `BROAD`, in order."""
        kept: tuple[str, ...] | None = getattr(self, "_narrow", None)
        if kept is None:
            party = str(self.kind)
            kept = self._narrow = _each_once(_of_papers(self.papers, party) + _of_names(self, party))
        return kept

    @property
    def broad(self) -> tuple[str, ...]:
        """The keys in clear of the kinds in `BROAD`, in order."""
        kept: tuple[str, ...] | None = getattr(self, "_broad", None)
        if kept is None:
            kept = self._broad = _of_strangers(self, str(self.kind))
        return kept

    @property
    def texts(self) -> tuple[str, ...]:
        """All keys in clear, in order."""
        return self.narrow + self.broad

    @property
    def index(self) -> frozenset[str]:
        """All keys in clear, as a set."""
        kept: frozenset[str] | None = getattr(self, "_index", None)
        if kept is None:
            kept = self._index = frozenset(self.narrow + self.broad)
        return kept

    @property
    def damaged(self) -> bool:
        """Whether a character of a name cannot be read."""
        for name in self.names:  # noqa: SIM110 - asked of every row of a file, and a generator costs more than the answer
            if name.damaged:
                return True
        return False

    @property
    def meeting(self) -> tuple[str, ...]:
        """Fewer texts than `narrow`, and they bring together whoever shares one of those, and seldom anybody else.

        A key of a document is told by its number alone, whatever its family.

        >>> from custmaster.value.document import DocumentNumber, IdentityDocument
        >>> from custmaster.value.document_types import DocumentType
        >>> card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("11010519491231002x"))
        >>> keyed(Entry(documents=(card,))).side.meeting
        ('PERSON:11010519491231002X',)
        """
        party = str(self.kind)
        texts = [f"{party}:{number}" for number in self.numbers]
        texts += [f"ORGANISATION:{party}:{one.code}" for one in self.papers if one.code is not None]
        return _each_once(texts + _of_names(self, party))


@frozen(kw_only=True)
class Keyed:
    """A customer with its keys, computed once; made by `keyed`.

    >>> from custmaster.value.name import Name
    >>> keyed(Entry(name=Name("王伟"), phones=(Phone("13800001234"),))).keys[0].kind
    <KeyKind.NAME_MOBILE: 'NAME_MOBILE'>
    """

    record: Entry
    side: Side = field(eq=False, repr=False)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys, sealed; see `keys`."""
        parts = (text.partition(":") for text in self.side.texts)
        return tuple(Key(kind=KeyKind(kind), value=KeyText(text)) for kind, _, text in parts)

    @property
    def damaged(self) -> bool:
        """Whether a character of the name cannot be read, so that `BROAD` keys must be asked for."""
        return self.side.damaged


def keyed(entry: Entry | Keyed, *, former: tuple[Name, ...] = ()) -> Keyed:
    """The entry with its keys; one that has them already comes back as it is.

    `former` are former names (曾用名), which an entry does not hold: they bring suspects together and never decide.
    """
    return entry if isinstance(entry, Keyed) else Keyed(record=entry, side=Side(entry, former))


def keys(entry: Entry | Keyed) -> tuple[Key, ...]:
    """The keys under which this customer is to be looked up, and under which it is to be found.

    Order and texts depend on the entry alone. Placeholders and unreadable values give no key; nothing is validated.

    >>> from custmaster.value.document import DocumentNumber, IdentityDocument
    >>> from custmaster.value.document_types import DocumentType
    >>> card = IdentityDocument(type=DocumentType.RESIDENT_ID, number=DocumentNumber("110105491231002"))
    >>> [str(key.kind) for key in keys(Entry(documents=(card,)))]
    ['DOCUMENT', 'DOCUMENT', 'NUMBER', 'BIRTH']
    """
    return keyed(entry).keys


SEXES: Final[Mapping[Sex | None, str]] = {Sex.MALE: "MALE", Sex.FEMALE: "FEMALE"}
"""The sexes that tell one customer from another."""


# A key is of one kind of customer, for a person and a unit never match.


def _of_names(side: Side, party: str) -> list[str]:
    texts, shared = list[str](), side.broad
    resides = _resides(side)
    if resides:
        shared = shared[:-1]
    for name in side.names:
        loose = name.loose
        texts += [f"NAME_{text}:{loose}" for text in shared]
        if resides:
            texts.append(f"NAME_RESIDENCE:{party}:{loose}")
    return texts


def _of_strangers(side: Side, party: str) -> tuple[str, ...]:
    texts = [f"BIRTH:{party}:{birth}:{sex}" for birth in side.births for sex in side.sexes]
    texts += [f"MOBILE:{party}:{mobile}" for mobile in side.mobiles]
    if _resides(side):
        texts.append(f"RESIDENCE:{party}:HOLDER")  # the last, see `_of_names`
    return tuple(texts)


def _resides(side: Side) -> bool:
    """Whether a document is one of permanent residence."""
    for one in side.papers:  # noqa: SIM110 - as `Side.damaged`
        if one.old_series is not None:
            return True
    return False


def numbers_of(papers: tuple[Paper, ...]) -> tuple[str, ...]:
    """The numbers of documents that were made ready; see `Side.numbers`."""
    numbers: list[str] = []
    for one in papers:
        bare, upgraded = one.bare, one.upgraded
        numbers += sorted(bare) if len(bare) > 1 else bare
        if upgraded is not None and upgraded not in bare:
            numbers.append(upgraded)
    return _each_once(numbers)


def _of_papers(papers: tuple[Paper, ...], party: str) -> list[str]:
    texts: list[str] = []
    for one in papers:
        family, number = one.holder
        texts.append(f"DOCUMENT:{party}:{family}:{number}")
        if one.upgraded is not None:
            texts.append(f"DOCUMENT:{party}:{family}:{one.upgraded}")
        bare = one.bare
        texts += [f"NUMBER:{party}:{number}" for number in (sorted(bare) if len(bare) > 1 else bare)]
        if one.code is not None:
            texts.append(f"ORGANISATION:{party}:{one.code}")
    return texts


def _mobile(phone: Phone) -> str | None:
    if phone.kind not in MOBILE_KINDS:
        return None
    return None if phone.is_filler else phone.compact


def _each_once(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(texts) if len(texts) < _SEVERAL else tuple(dict.fromkeys(texts))


_SEVERAL: Final = 2

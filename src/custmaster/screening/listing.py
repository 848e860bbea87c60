"""An entry of a blacklist (黑名单): who is meant, why, what it covers, and from when to when. Whoever is meant need be no customer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from custmaster.customer.children import ALWAYS
from custmaster.customer.entry import Entry
from custmaster.errors import Fault, InvalidRecord, InvalidValue
from custmaster.screening.kinds import EVERYTHING, LiftCondition, Origin, RestrictionCause, Scope
from custmaster.value._checks import a_day, each_of, of
from custmaster.value.document import IdentityDocument
from custmaster.value.name import Name
from custmaster.value.party import PartyKind
from custmaster.value.sex import Sex
from custmaster.value.span import Span

__all__ = ["LONGEST_NUMBER", "LONGEST_SOURCE", "Identity", "ListEntry", "identity_of"]

LONGEST_NUMBER: Final = 100
"""Characters of a list's name and of the number of an entry there, at most."""

LONGEST_SOURCE: Final = 500
"""Characters of what an entry rests on, at most."""

_MOST: Final = 100

if TYPE_CHECKING:

    def _names(values: Iterable[Name]) -> tuple[Name, ...]: ...

    def _documents(values: Iterable[IdentityDocument]) -> tuple[IdentityDocument, ...]: ...

else:
    _names = _documents = tuple


@frozen(kw_only=True)
class Identity:
    """Who is meant: every name that is borne or was (former, native, other), documents, and what else tells people apart.

    Nothing is validated but the kind and the number of each, for lists are as dirty as stock. `birth_date` of a unit (单位) is its day of
    establishment. Errors: InvalidValue (TYPE); InvalidRecord (LENGTH) above 100 of a kind. Source: R-57.

    >>> Identity(names=[Name("张伟"), Name("張偉")]).names
    (Name(张*), Name(張*))
    """

    kind: PartyKind = field(default=PartyKind.PERSON, validator=of(PartyKind))
    names: tuple[Name, ...] = field(default=(), converter=_names, validator=each_of(Name))
    documents: tuple[IdentityDocument, ...] = field(
        default=(), converter=_documents, validator=each_of(IdentityDocument)
    )
    birth_date: date | None = field(default=None, repr=False, validator=a_day)
    sex: Sex | None = field(default=None, repr=False, validator=of(Sex, optional=True))

    def __attrs_post_init__(self) -> None:
        long = [name for name in ("names", "documents") if len(getattr(self, name)) > _MOST]
        if long:
            raise InvalidRecord(InvalidValue(Fault.LENGTH, path=name, remedy=f"at most {_MOST}") for name in long)


def identity_of(entry: Entry, *, former: Iterable[Name] = ()) -> Identity:
    """Who is meant by a customer as entered; `former` are former and other names, which an entry does not hold.

    >>> identity_of(Entry(name=Name("张伟")), former=[Name("张三")]).names
    (Name(张*), Name(张*))
    """
    own = () if entry.name is None else (entry.name,)
    return Identity(
        kind=entry.kind,
        names=(*own, *former),
        documents=entry.documents,
        birth_date=entry.birth_date,
        sex=entry.sex,
    )


@frozen(kw_only=True)
class ListEntry:
    """One entry of a list, under its number there. It is in force on the days of `valid`.

    `list_name` and `number` together name it; `source` says where it stands written (the notice, its date), never who is meant. `lift` is what ends
    it. Errors: InvalidValue (TYPE) for a field of another kind, such as a text in place of a code; InvalidRecord with all that is wrong: an empty or
    overlong text, or an identity with neither name nor document.
    Source: R-57; field.md, idea 6.

    >>> ListEntry(origin=Origin.EXTERNAL, list_name="police", number="7", identity=Identity(names=[Name("张伟")])).key
    ('police', '7')
    """

    schema: int = 1
    origin: Origin = field(validator=of(Origin))
    list_name: str = field(validator=of(str))
    number: str = field(validator=of(str))
    identity: Identity = field(validator=of(Identity))
    cause: RestrictionCause = field(default=RestrictionCause.BLACKLIST, validator=of(RestrictionCause))
    scope: Scope = field(default=EVERYTHING, validator=of(Scope))
    valid: Span = field(default=ALWAYS, validator=of(Span))
    lift: LiftCondition = field(default=LiftCondition.AUTHORITY, validator=of(LiftCondition))
    source: str = field(default="", validator=of(str))

    def __attrs_post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidRecord(faults)

    @property
    def key(self) -> tuple[str, str]:
        """The name of the list and the number there."""
        return self.list_name, self.number


def _faults(entry: ListEntry) -> Iterator[InvalidValue]:
    for path, text in (("list_name", entry.list_name), ("number", entry.number)):
        if not text.strip():
            yield InvalidValue(Fault.EMPTY, path=path)
        elif len(text) > LONGEST_NUMBER:
            yield InvalidValue(Fault.LENGTH, path=path, length=len(text), remedy=f"at most {LONGEST_NUMBER} characters")
    if len(entry.source) > LONGEST_SOURCE:
        yield InvalidValue(Fault.LENGTH, path="source", length=len(entry.source))
    if not entry.identity.names and not entry.identity.documents:
        yield InvalidValue(Fault.MISSING, path="identity", remedy="an entry has a name or a document")
    if entry.lift is LiftCondition.MISTAKEN:
        yield InvalidValue(Fault.CONFLICT, path="lift", remedy="nothing is listed to be lifted as a mistake")

"""What moves onto the survivor's record, list by list: nothing twice, nothing that contradicts what the survivor has, nothing lost.

The absorbed customer's own record is not touched. Each of its children is either moved (as it is, as a former name, without its mark as the
primary or preferred one, or into the days of an equal child) or left with a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar, cast

import attrs

from custmaster.customer.children import (
    AddressUse,
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
from custmaster.customer.kinds import NameUsage
from custmaster.customer.moves import ChildMove, FieldMove, list_of
from custmaster.customer.parts import CHILD_LISTS, Child, CoreField
from custmaster.customer.record import Customer
from custmaster.customer.unit import BeneficialOwner, Representative
from custmaster.desk._days import covers, together
from custmaster.desk._ratings import laxer_than
from custmaster.desk._residents import upgrades
from custmaster.desk.merge_plan import LeftBehind, MergeField, Side, Why
from custmaster.value.document import IdentityDocument
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.value.span import Span

__all__ = ["MOVERS", "Pairing", "child_moves", "field_moves", "known"]

C = TypeVar("C", bound=Child)
Key = tuple[object, ...]

_UNKNOWN: Final = (None, Sex.UNKNOWN, Sex.UNSTATED)
_FILLED: Final = frozenset({CoreField.SEX, CoreField.BIRTH_DATE, CoreField.NATIONALITY, CoreField.UNIT})
"""The fields that the survivor takes from the absorbed customer without being told to, where it has none."""


@attrs.frozen(kw_only=True)
class Pairing:
    """The two customers on the day, which side was chosen for what, and where numbers lead (`aliases.resolutions`)."""

    survivor: Customer
    absorbed: Customer
    day: date
    choices: Mapping[MergeField, Side] = attrs.field(factory=dict[MergeField, Side])
    numbers: Mapping[str, str] = attrs.field(factory=dict[str, str])

    def chosen(self, choice: MergeField) -> bool:
        """Whether the absorbed customer's was chosen."""
        return self.choices.get(choice) is Side.ABSORBED


def known(value: object) -> bool:
    """Whether a core field says anything: a sex of 未知 or 未说明 does not.

    >>> known(Sex.MALE), known(Sex.UNSTATED)
    (True, False)
    """
    return value not in _UNKNOWN


def field_moves(pair: Pairing) -> tuple[FieldMove, ...]:
    """The core fields that the survivor takes: those chosen from the absorbed customer, and those that it lacks.

    >>> from custmaster.value.party import PartyKind
    >>> one, other = (Customer(number=n, kind=PartyKind.PERSON, sex=s) for n, s in (("1", None), ("2", Sex.MALE)))
    >>> [str(move.field) for move in field_moves(Pairing(survivor=one, absorbed=other, day=date(2026, 11, 23)))]
    ['sex']
    """
    return tuple(_field_moves(pair))


def _field_moves(pair: Pairing) -> Iterator[FieldMove]:
    for core in CoreField:
        mine, theirs = getattr(pair.survivor, core), getattr(pair.absorbed, core)
        if not known(theirs) or mine == theirs:
            continue
        fills = MergeField(core.value) not in pair.choices and core in _FILLED and not known(mine)
        if fills or pair.chosen(MergeField(core.value)):
            yield FieldMove(field=core, before=mine, after=theirs)


def child_moves(pair: Pairing) -> tuple[tuple[ChildMove, ...], tuple[LeftBehind, ...]]:
    """What moves from the lists of the absorbed customer, in the order in which it is applied, and what is left with a reason."""
    onto = _Onto(pair)
    for mover in MOVERS.values():
        mover(onto)
    return tuple(onto.moves), tuple(onto.left)


def _list_name(kind: type[object]) -> str:
    return cast("Mapping[type[object], str]", CHILD_LISTS)[kind]


class _Onto:
    """The survivor's lists while moves are made; every change is a move, so that the list of moves is the whole change."""

    def __init__(self, pair: Pairing) -> None:
        self.pair: Final = pair
        self._lists: Final = {name: list(list_of(pair.survivor, name)) for name in CHILD_LISTS.values()}
        self.moves: Final[list[ChildMove]] = []
        self.left: Final[list[LeftBehind]] = []

    def mine(self, kind: type[C]) -> list[C]:
        return cast("list[C]", self._lists[_list_name(kind)])

    def theirs(self, kind: type[C]) -> Iterator[tuple[int, C]]:
        return enumerate(cast("tuple[C, ...]", list_of(self.pair.absorbed, _list_name(kind))))

    def add(self, child: Child) -> None:
        listed = self._lists[CHILD_LISTS[type(child)]]
        self.moves.append(ChildMove(after=child, place=len(listed)))
        listed.append(child)

    def put(self, place: int, child: Child) -> None:
        listed = self._lists[CHILD_LISTS[type(child)]]
        self.moves.append(ChildMove(before=listed[place], after=child, place=place))
        listed[place] = child

    def drop(self, kind: type[object], place: int) -> None:
        self.moves.append(ChildMove(before=self._lists[_list_name(kind)].pop(place), place=place))

    def leave(self, kind: type[object], place: int, why: Why) -> None:
        self.left.append(LeftBehind(list=_list_name(kind), place=place, why=why))


def _days_apart(child: Child) -> Child:
    return attrs.evolve(child, valid=Span())


def _joined(onto: _Onto, place: int, child: C, alike: Callable[[C], object]) -> None:
    """Add the child, unless the survivor has one like it: then that one's days are widened, or nothing moves."""
    kind = type(child)
    like = [(at, held) for at, held in enumerate(onto.mine(kind)) if alike(held) == alike(child)]
    if any(covers(held.valid, child.valid) for _, held in like):
        return onto.leave(kind, place, Why.HELD)
    for at, held in like:
        if held.valid.overlaps(child.valid):
            return onto.put(at, attrs.evolve(held, valid=together(held.valid, child.valid)))
    return onto.add(child)


def _plainly(kind: type[C]) -> Callable[[_Onto], None]:
    def move(onto: _Onto) -> None:
        for place, child in onto.theirs(kind):
            _joined(onto, place, child, _days_apart)

    return move


# --- names and documents: one legal name, one primary document ------------------------------------------------------------


def _move_names(onto: _Onto) -> None:
    day, swap = onto.pair.day, onto.pair.chosen(MergeField.NAME)
    for place, named in onto.theirs(NamedAs):
        if swap and named.usage is NameUsage.LEGAL and named.valid.contains(day) and _is_another(onto, named):
            for at, held in enumerate(onto.mine(NamedAs)):
                if held.usage is NameUsage.LEGAL and held.valid.overlaps(named.valid):
                    onto.put(at, attrs.evolve(held, usage=NameUsage.FORMER))
            onto.add(named)
        elif any(_bears(held, named) for held in onto.mine(NamedAs)):
            onto.leave(NamedAs, place, Why.HELD)
        elif named.usage is NameUsage.LEGAL and any(
            held.usage is NameUsage.LEGAL and held.valid.overlaps(named.valid) for held in onto.mine(NamedAs)
        ):
            onto.add(attrs.evolve(named, usage=NameUsage.FORMER))
        else:
            onto.add(named)


def _is_another(onto: _Onto, named: NamedAs) -> bool:
    legal = onto.pair.survivor.legal_name(onto.pair.day)
    return legal is None or legal.exact != named.name.exact


def _bears(held: NamedAs, named: NamedAs) -> bool:
    """Whether the name is known with the survivor: as what it is, or as the legal one."""
    same = held.name.exact == named.name.exact
    return same and (held.usage is named.usage or held.usage is NameUsage.LEGAL or named.usage is NameUsage.LEGAL)


def _move_documents(onto: _Onto) -> None:
    taken = _primary(onto)
    if taken is not None:
        for at, held in enumerate(onto.mine(Held)):
            if held.primary and held.valid.overlaps(taken.valid) and not _one_document(held, taken):
                onto.put(at, attrs.evolve(held, primary=False))
    for place, held in onto.theirs(Held):
        _move_document(onto, place, attrs.evolve(held, primary=held is taken))


def _primary(onto: _Onto) -> Held | None:
    """The document that becomes the survivor's primary one: when it was chosen, when the survivor has none, or only a 15-digit one of it."""
    current = [held for _, held in onto.theirs(Held) if held.valid.contains(onto.pair.day)]
    current.sort(key=lambda held: not held.primary)
    if not current or not (onto.pair.chosen(MergeField.DOCUMENT) or current[0].primary):
        return None
    here = [held for held in onto.mine(Held) if held.primary and held.valid.overlaps(current[0].valid)]
    better = all(upgrades(held.document, current[0].document) for held in here)
    return current[0] if better or onto.pair.chosen(MergeField.DOCUMENT) else None


def _move_document(onto: _Onto, place: int, held: Held) -> None:
    at = next((index for index, mine in enumerate(onto.mine(Held)) if _one_document(mine, held)), None)
    if at is None:
        return onto.add(held)
    mine = onto.mine(Held)[at]
    newer = _end(held.document) > _end(mine.document)
    document = held.document if newer else mine.document
    becomes = attrs.evolve(mine, document=document, primary=mine.primary or held.primary)
    return onto.leave(Held, place, Why.HELD) if becomes == mine else onto.put(at, becomes)


def _one_document(one: Held, other: Held) -> bool:
    """One identifier is never held twice: type, family, number and 重号 flag are those of one document, whatever its days (pain 11)."""
    return _identifier(one.document) == _identifier(other.document)


def _identifier(document: IdentityDocument) -> Key:
    return document.type, document.key(), document.duplicate


def _end(document: IdentityDocument) -> date:
    return date.max if document.long_term else document.expires_on or date.min


# --- addresses and contacts: one preferred for each usage -----------------------------------------------------------------


def _move_addresses(onto: _Onto) -> None:
    preferred = {use.usage for held in onto.pair.survivor.addresses for use in held.usages if use.preferred}
    for place, residing in onto.theirs(Residing):
        uses = tuple(
            attrs.evolve(use, preferred=use.preferred and use.usage not in preferred) for use in residing.usages
        )
        at = next((i for i, held in enumerate(onto.mine(Residing)) if _one_place(held, residing)), None)
        if at is None:
            onto.add(attrs.evolve(residing, usages=uses))
        else:
            _join_address(onto, (place, at), uses)


def _one_place(held: Residing, residing: Residing) -> bool:
    return held.address.exact == residing.address.exact and held.valid.overlaps(residing.valid)


def _join_address(onto: _Onto, places: tuple[int, int], uses: tuple[AddressUse, ...]) -> None:
    place, at = places
    held = onto.mine(Residing)[at]
    known_uses = {use.usage for use in held.usages}
    new = tuple(attrs.evolve(use, preferred=False) for use in uses if use.usage not in known_uses)
    widened = held.valid
    if not any(use.preferred for use in held.usages):  # a preferred one would be so on days that were not looked at
        widened = together(held.valid, onto.pair.absorbed.addresses[place].valid)
    becomes = attrs.evolve(held, usages=(*held.usages, *new), valid=widened)
    if becomes == held:
        onto.leave(Residing, place, Why.HELD)
    else:
        onto.put(at, becomes)


def _move_contacts(onto: _Onto) -> None:
    preferred = {held.usage for held in onto.pair.survivor.contacts if held.preferred}
    for place, reached in onto.theirs(Reached):
        like = [held for held in onto.mine(Reached) if _way(held) == _way(reached)]
        if any(held.preferred for held in like):
            onto.leave(Reached, place, Why.HELD)
            continue
        chosen = reached.preferred and not like and reached.usage not in preferred
        _joined(onto, place, attrs.evolve(reached, preferred=chosen), _way)


def _way(reached: Reached) -> Key:
    contact = reached.contact
    text = (contact.compact if isinstance(contact, Phone) else "") or contact.reveal()
    return reached.usage, type(contact), text


# --- relationships and ratings --------------------------------------------------------------------------------------------


def _move_relationships(onto: _Onto) -> None:
    pair, numbers = onto.pair, onto.pair.numbers
    both = {pair.survivor.number, pair.absorbed.number}
    for at in reversed(range(len(onto.mine(Related)))):
        to = onto.mine(Related)[at].to
        if numbers.get(to, to) in both:
            onto.drop(Related, at)
    for place, related in onto.theirs(Related):
        to = numbers.get(related.to, related.to)
        if to in both:
            onto.leave(Related, place, Why.SELF_RELATION)
        else:
            _joined(onto, place, attrs.evolve(related, to=to), _days_apart)


def _move_ratings(kind: type[RiskTolerance | AmlRating]) -> Callable[[_Onto], None]:
    """Of two ratings that hold on the day the stricter goes on; the other one ends with this day, on its own record or here."""

    def move(onto: _Onto) -> None:
        day = onto.pair.day
        for place, rating in onto.theirs(kind):
            mine = [(at, held) for at, held in enumerate(onto.mine(kind)) if held.valid.contains(day)]
            if not rating.valid.contains(day) or not mine:
                _joined(onto, place, rating, _days_apart)
            elif not all(laxer_than(held, rating) for _, held in mine):
                onto.leave(kind, place, Why.HELD if any(held == rating for _, held in mine) else Why.LAXER)
            else:
                for at, held in reversed(mine):
                    _end_rating(onto, at, held)
                onto.add(rating)

    return move


def _end_rating(onto: _Onto, at: int, held: RiskTolerance | AmlRating) -> None:
    day = onto.pair.day
    if held.valid.start is not None and held.valid.start >= day:
        onto.drop(type(held), at)
    else:
        onto.put(at, attrs.evolve(held, valid=Span(held.valid.start, day)))


MOVERS: Final[Mapping[str, Callable[[_Onto], None]]] = MappingProxyType(
    {
        "names": _move_names,
        "documents": _move_documents,
        "addresses": _move_addresses,
        "contacts": _move_contacts,
        "described": _plainly(Described),
        "notes": _plainly(Noted),
        "roles": _plainly(InRole),
        "relationships": _move_relationships,
        "risk": _move_ratings(RiskTolerance),
        "aml": _move_ratings(AmlRating),
        "representatives": _plainly(Representative),
        "owners": _plainly(BeneficialOwner),
    }
)
"""How each list of a record moves; total."""

"""The name of each cluster: the one it had, where it had one; else that of its first member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

__all__ = ["names_of"]


def names_of(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> list[str]:
    """A name for each of the groups, which stand in the order of their first members, and their members in order.

    `known` gives for a record the cluster that it was in. A name goes to the group of the record that it is taken from, if that record
    was in the cluster; else to the one with most of its members; of equally many, to the first. A group to which several names would go
    keeps that of its earliest member, and each of the others goes to the next that had it. No name of `known` goes to anybody else.
    """
    kept = _kept(groups, known)
    taken = set(known.values())
    made: list[str] = []
    for place, members in enumerate(groups):
        name = kept.get(place)
        if name is None:
            name = next(one for one in _fresh(members) if one not in taken)
            taken.add(name)
        made.append(name)
    return made


def _fresh(members: Sequence[str]) -> Iterator[str]:
    yield from members
    yield from (f"{members[0]}~{number}" for number in count(2))


def _kept(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[int, str]:
    """The known name that each group keeps, if any: names ask, groups choose (Gale and Shapley, 1962)."""
    home = {member: place for place, members in enumerate(groups) for member in members}
    wish: dict[int, dict[str, int]] = {}  # for each group its names, in the order of their first members
    asking: dict[str, list[tuple[bool, int, int]]] = {}  # for each name the groups that had it, the best last
    for place, members in enumerate(groups):
        held = Counter(known[member] for member in members if member in known)
        wish[place] = {name: order for order, name in enumerate(held)}
        for name, size in held.items():
            namesake = home.get(name) == place and known.get(name) == name
            asking.setdefault(name, []).append((namesake, size, -place))
    for groups_of_name in asking.values():
        groups_of_name.sort()
    kept: dict[int, str] = {}
    waiting = list(asking)
    while waiting:
        name = waiting.pop()
        if asking[name]:
            place = -asking[name].pop()[2]
            rival = kept.setdefault(place, name)
            if rival != name:
                kept[place], loser = sorted((rival, name), key=wish[place].__getitem__)
                waiting.append(loser)
    return kept

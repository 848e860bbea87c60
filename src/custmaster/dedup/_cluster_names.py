"""The name of each cluster: the one it had, where it had one; else that of its first member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

__all__ = ["names_of"]


def names_of(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> list[str]:
    """A name for each of the groups, which stand in the order of their first members, and their members in order.

    `known` gives for a record the cluster that it was in. A name stays with the group of the record that it is taken from, if that
    record was in the cluster; else with most of its members; of equally many, with the first group. No name of `known` goes to others.
    """
    kept = _kept(groups, known)
    taken = {*known.values(), *kept.values()}
    made: list[str] = []
    for place, members in enumerate(groups):
        old = (known[member] for member in members if member in known)
        name = next((name for name in old if kept[name] == place), None)
        if name is None:
            name = next(one for one in _fresh(members) if one not in taken)
            taken.add(name)
        made.append(name)
    return made


def _fresh(members: Sequence[str]) -> Iterator[str]:
    yield from members
    yield from (f"{members[0]}~{number}" for number in count(2))


def _kept(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[str, int]:
    """For each known name the group that keeps it; a group may keep several, and is then called by that of its first member."""
    home = {member: place for place, members in enumerate(groups) for member in members}
    claims: dict[str, dict[int, tuple[bool, int]]] = {}
    for place, members in enumerate(groups):
        held = Counter(known[member] for member in members if member in known)
        for name, size in held.items():
            namesake = home.get(name) == place and known.get(name) == name
            claims.setdefault(name, {})[place] = (namesake, size)
    return {name: max(sizes, key=lambda place: (*sizes[place], -place)) for name, sizes in claims.items()}

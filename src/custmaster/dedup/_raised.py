"""What a run of clustering asks of a steward: the items it raises, before anybody's answers are looked at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

from custmaster.dedup.clusters import Cluster, Clusterings, Conflict
from custmaster.dedup.codes import Link
from custmaster.dedup.items import Item, ItemType, Question, item_of
from custmaster.dedup.links import JOINING, Edge, grade, in_order

__all__ = ["above", "below_and_margin", "updates"]

Edges = Mapping[tuple[str, str], Edge]
_Near = Mapping[str, Mapping[str, Edge]]


def _asked(edge: Edge) -> Question:
    return Question(left=edge.left, right=edge.right, evidence=edge.evidence, row=edge.row)


def above(edges: Edges, both: Clusterings, day: date) -> Iterator[Item]:
    """One document under two names; and links that join nothing, since they contradict what is fixed."""
    for edge in edges.values():
        if edge.link is Link.CONFLICT:
            yield item_of(ItemType.ABOVE, [_asked(edge)], day)
    conflicts = [*both.automatic.conflicts, *both.review.conflicts]
    yield from (item_of(ItemType.ABOVE, _chain(conflict), day) for conflict in conflicts)


def _chain(conflict: Conflict) -> Iterator[Question]:
    """The links, each of which a steward may break; then what forbids, unless it is the only link itself."""
    yield from map(_asked, conflict.links)
    bar = conflict.forbidden
    if in_order(bar.left, bar.right) not in {in_order(link.left, link.right) for link in conflict.links}:
        yield Question(left=bar.left, right=bar.right, row=f"{bar.by}:{bar.name}" if bar.name else bar.by)


def below_and_margin(edges: Edges, both: Clusterings, day: date, closeness: float) -> Iterator[Item]:
    """The links between automatic clusters that a person must judge, those first that compete."""
    told = {in_order(link.left, link.right) for one in both.review.conflicts for link in one.links}
    told |= {in_order(link.left, link.right) for one in both.automatic.conflicts for link in one.links}
    near: dict[str, dict[str, Edge]] = {}
    loose: list[Edge] = []
    for pair, edge in edges.items():
        one, other = both.automatic.id_of(edge.left), both.automatic.id_of(edge.right)
        if edge.link in JOINING and one != other:
            _nearest(near, one, other, edge)
            _nearest(near, other, one, edge)
            if pair not in told:
                loose.append(edge)
    competing: set[tuple[str, str]] = set()
    for rivals in _rivals(near, told, closeness):
        yield item_of(ItemType.MARGIN, map(_asked, rivals), day)
        competing.update(in_order(edge.left, edge.right) for edge in rivals)
    for edge in loose:
        if in_order(edge.left, edge.right) not in competing:
            yield item_of(ItemType.BELOW, [_asked(edge)], day)


def _nearest(near: dict[str, dict[str, Edge]], one: str, other: str, edge: Edge) -> None:
    held = near.setdefault(one, {}).setdefault(other, edge)
    if _weight(edge) < _weight(held):
        near[one][other] = edge


def _weight(edge: Edge) -> tuple[object, ...]:
    return (grade(edge), -(edge.score or 0.0), *in_order(edge.left, edge.right))


def _rivals(near: _Near, told: Container[tuple[str, str]], closeness: float) -> Iterator[list[Edge]]:
    """For each cluster its equally strong links to clusters that are not all linked with each other; what a conflict asks is left to it."""
    for all_near in near.values():
        others = {other: edge for other, edge in all_near.items() if in_order(edge.left, edge.right) not in told}
        best = min(map(grade, others.values()), default=None)
        level = {other: edge for other, edge in others.items() if grade(edge) == best}
        top = max((edge.score or 0.0 for edge in level.values()), default=0.0)
        close = {other: edge for other, edge in level.items() if top - (edge.score or 0.0) <= closeness}
        if any(rival not in near[one] for one in close for rival in close if rival != one):
            yield sorted(close.values(), key=lambda edge: in_order(edge.left, edge.right))


def updates(clusters: Iterable[Cluster], known: Mapping[str, str], edges: Edges, day: date) -> Iterator[Item]:
    """The clusters that had their names before, and have gained members, or lost some that are still there."""
    home = {member: one.id for one in clusters for member in one.members}
    lost: dict[str, list[str]] = {}
    for record, name in known.items():
        if home.get(record, name) != name:
            lost.setdefault(name, []).append(record)
    for one in clusters:
        stayed = [member for member in one.members if known.get(member) == one.id]
        gained = [member for member in one.members if known.get(member) != one.id]
        if stayed and (gained or one.id in lost):
            rows = [("GAINED", record) for record in gained] + [
                ("LOST", record) for record in sorted(lost.get(one.id, ()))
            ]
            yield item_of(ItemType.UPDATE, [_changed(stayed[0], record, row, edges) for row, record in rows], day)


def _changed(first: str, record: str, row: str, edges: Edges) -> Question:
    edge = edges.get(in_order(first, record))
    return Question(left=first, right=record, evidence=edge.evidence if edge is not None else "", row=row)

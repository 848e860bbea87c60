"""What belongs to one circle: its record, its topics, the records of their activities; and lines of several files put together by circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle
from custmaster.circle.topic import Topic
from custmaster.value._checks import of

__all__ = ["CircleFolder", "Sorted", "folders"]

if TYPE_CHECKING:

    def _topics(values: Iterable[Topic]) -> tuple[Topic, ...]: ...

    def _activities(values: Iterable[ActivityRecord]) -> tuple[ActivityRecord, ...]: ...

else:

    def _topics(values):  # noqa: ANN001, ANN202
        return tuple(sorted(values, key=lambda one: (one.number, one.circle)))

    def _activities(values):  # noqa: ANN001, ANN202
        return tuple(sorted(dict.fromkeys(values), key=lambda one: (one.topic, one.on, one.number, one.sequence)))


def _many(values: tuple[object, ...]) -> str:
    return str(len(values))


@frozen(kw_only=True)
class CircleFolder:
    """One circle with all that is reviewed of it; the order of topics and activities does not matter, and a record that is there twice is one.

    Errors: InvalidValue (TYPE) for a circle that is none.
    """

    circle: Circle = field(validator=of(Circle))
    topics: tuple[Topic, ...] = field(default=(), converter=_topics, repr=_many)
    activities: tuple[ActivityRecord, ...] = field(default=(), converter=_activities, repr=_many)

    def by_topic(self) -> Mapping[str, list[ActivityRecord]]:
        """The records of each topic, by day."""
        found: dict[str, list[ActivityRecord]] = {topic.number: [] for topic in self.topics}
        for record in self.activities:
            found.setdefault(record.topic, []).append(record)
        return found


@frozen(kw_only=True)
class Sorted:
    """The folders by the circles' numbers, the topics of no circle that is there, and the activities of no topic that is there."""

    folders: tuple[CircleFolder, ...] = field(repr=False)
    stray_topics: tuple[Topic, ...] = field(default=(), repr=False)
    stray_activities: tuple[ActivityRecord, ...] = field(default=(), repr=False)


def folders(circles: Iterable[Circle], topics: Iterable[Topic], activities: Iterable[ActivityRecord]) -> Sorted:
    """Everything in its circle's folder, in whatever order it came.

    >>> folders([], [], []).folders
    ()
    """
    by_number = {one.number: one for one in circles}
    listed = list(topics)
    circle_of = {one.number: one.circle for one in listed}
    held: dict[str, tuple[list[Topic], list[ActivityRecord]]] = {number: ([], []) for number in by_number}
    stray_topics = [one for one in listed if one.circle not in held]
    stray_activities: list[ActivityRecord] = []
    for topic in listed:
        if topic.circle in held:
            held[topic.circle][0].append(topic)
    for record in activities:
        home = held.get(circle_of.get(record.topic, ""))
        (stray_activities if home is None else home[1]).append(record)
    return Sorted(
        folders=tuple(_each(by_number, held)),
        stray_topics=_topics(stray_topics),
        stray_activities=_activities(stray_activities),
    )


def _each(
    circles: Mapping[str, Circle], held: Mapping[str, tuple[list[Topic], list[ActivityRecord]]]
) -> Iterator[CircleFolder]:
    for number in sorted(circles):
        topics, activities = held[number]
        yield CircleFolder(circle=circles[number], topics=topics, activities=activities)

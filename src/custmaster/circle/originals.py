"""Whether the originals (原始资料) of a topic are all kept; judged over the topic, while the speeches belong to each activity's record."""

from __future__ import annotations

from custmaster.circle.codes import CircleCode
from custmaster.circle.grounds import ground
from custmaster.circle.kinds import ORIGINALS, Original
from custmaster.circle.topic import Topic
from custmaster.decision import Reason

__all__ = ["judge_originals", "missing_originals"]


def missing_originals(topic: Topic) -> tuple[Original, ...]:
    """The required originals of which none is kept: two kinds of data, and three comparisons, each of its own.

    Suggestions and revised standards are kept where there are any. Source: R-37.

    >>> from custmaster.circle.kinds import TopicSource, TopicType
    >>> topic = Topic(number="T-1", circle="QC-01", title="", type=TopicType.SERVICE, source=TopicSource.OWN_CHOICE)
    >>> len(missing_originals(topic))
    5
    """
    kept = {one.kind for one in topic.originals}
    return tuple(kind for kind, row in ORIGINALS.items() if row.required and kind not in kept)


def judge_originals(topic: Topic) -> tuple[Reason, ...]:
    """A warning for each required original of which none is kept."""
    return tuple(
        ground(CircleCode.ORIGINAL_MISSING, topic.number, {"original": ORIGINALS[kind].zh})
        for kind in missing_originals(topic)
    )

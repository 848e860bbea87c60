"""How long the review of a bank's circles takes: 1,000 circles with 100,000 activities, streamed circle by circle; the best of three.

    python tests/bench/circles.py

Each circle has two topics of 50 activities within four and a half years, each with every member's speech; some records are incomplete, some pauses are too
long. Only the review is timed, the records are made before. Ends with 1 when it takes more than 10 seconds.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date, timedelta

from custmaster.circle.activity import ActivityRecord, Speech
from custmaster.circle.circle import Circle, Member
from custmaster.circle.clocks import ClockTerms
from custmaster.circle.folder import CircleFolder
from custmaster.circle.kinds import STEPS, CircleKind, TopicSource, TopicState, TopicType
from custmaster.circle.review import review
from custmaster.circle.topic import Topic
from custmaster.handbook import default

CIRCLES, TOPICS, ACTIVITIES = 1_000, 2, 50
AIM = 10.0
START = date(2022, 1, 3)


def record(topic: str, at: int, staff: list[str]) -> ActivityRecord:
    said = [Speech(staff=one, said="同意。") for one in (staff[1:] if at % 37 == 5 else staff)]
    return ActivityRecord(
        number=f"{topic}-{at}",
        topic=topic,
        sequence=at + 1,
        on=START + timedelta(days=33 * at + (200 if at > 25 else 1)),
        place="会议室",
        step=list(STEPS)[at % 4],
        attending=staff,
        chair=staff[0],
        recorder=staff[-1],
        content="讨论对策。",
        speeches=said,
        tools=["柏拉图"],
        conclusion="下月复查。",
    )


def folder(n: int) -> CircleFolder:
    circle, staff = f"QC-{n:04d}", [f"S-{n:04d}-{k}" for k in range(6)]
    numbers = [f"{circle}-T{k}" for k in range(TOPICS)]
    return CircleFolder(
        circle=Circle(
            number=circle,
            name="晨曦",
            kind=CircleKind.INDOOR,
            centre=f"C-{n % 20}",
            founded_on=START,
            members=[Member(staff=one, team=one[-1]) for one in staff],
        ),
        topics=[
            Topic(
                number=number,
                circle=circle,
                title="缩短开户时间",
                type=TopicType.SERVICE,
                source=TopicSource.OWN_CHOICE,
                state=TopicState.REGISTERED,
                registration=number,
                registered_on=START,
            )
            for number in numbers
        ],
        activities=[record(number, at, staff) for number in numbers for at in range(ACTIVITIES)],
    )


def main() -> int:
    folders = [folder(n) for n in range(CIRCLES)]
    activities = sum(len(one.activities) for one in folders)
    terms = ClockTerms(handbook=default(), day=START + timedelta(days=33 * ACTIVITIES + 300))
    best = float("inf")
    for _ in range(3):
        since, outcomes = time.perf_counter(), Counter[str]()
        for one in review(folders, terms):
            outcomes[one.outcome] += 1
        best = min(best, time.perf_counter() - since)
    print(f"{CIRCLES:,} circles, {activities:,} activities: {best:.1f} s (aim {AIM:.0f} s); {dict(outcomes)}")
    return 0 if best <= AIM and activities >= 100_000 else 1


if __name__ == "__main__":
    sys.exit(main())

r"""The files of QC circles (QC小组): circles, members, topics, their history and activities; what is wrong is told with its line, the rest is read.

>>> import tempfile
>>> with tempfile.TemporaryDirectory() as folder:
...     circles, held = Path(folder, "c.csv"), Path(folder, "a.csv")
...     _ = circles.write_text(
...         "小组编号,小组名称,小组类型,客户中心,成立日期,课题编号,课题名称,课题类型,课题来源,注册日期\n"
...         "QC-01,晨曦,室内,C-1,2026-01-05,T-1,缩短开户时间,服务型,自选,2026-02-02\n",
...         encoding="utf-8",
...     )
...     _ = held.write_text("课题编号,活动日期,阶段\nT-1,2026-03-05,计划\nT-9,2026-03-06,计划\n", encoding="utf-8")
...     found = read_circles(CirclePaths(circles=circles, activities=held))
>>> [len(one.activities) for one in found.sorted.folders], [(one.line, one.field) for one in found.findings]
([1], [(3, 'activities.topic')])
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from attrs import evolve, field, frozen

from custmaster.circle.activity import ActivityRecord
from custmaster.circle.circle import Circle, Member
from custmaster.circle.codes import CircleCode
from custmaster.circle.folder import Sorted, folders
from custmaster.circle.grounds import ground
from custmaster.circle.project import Project
from custmaster.circle.topic import Topic
from custmaster.decision import Remark
from custmaster.errors import InvalidValue
from custmaster.wire._circle_projects import project_of
from custmaster.wire._circle_rows import (
    CircleSheet,
    Told,
    activity_of,
    circle_of,
    history_of,
    member_of,
    topic_of,
    with_history,
)
from custmaster.wire._sheets import opened_by_header, recognised
from custmaster.wire.circle_codes import CircleFileCode, circle_remark
from custmaster.wire.circle_words import CIRCLE_DATES, CIRCLE_HEADS, CIRCLE_REQUIRED, CircleFile
from custmaster.wire.findings import Finding
from custmaster.wire.mapping import FileMapping, SourceFormat
from custmaster.wire.table import Row

__all__ = ["CirclePaths", "CirclesRead", "read_circles"]

V = TypeVar("V")
_KEYS: Final = ("number", "topic", "staff", "circle")


@frozen(kw_only=True)
class CirclePaths:
    """Where the files lie: CSV, JSON Lines, .xlsx or Parquet. Without one of topics, the file of circles has a row for each topic."""

    circles: Path
    activities: Path
    topics: Path | None = None
    members: Path | None = None
    history: Path | None = None
    projects: Path | None = None


@frozen(kw_only=True)
class CirclesRead:
    """What the files hold, circle by circle, and the projects of the centres; on which line each number stands; how many rows there are; what was found wrong, as it was read."""

    sorted: Sorted = field(repr=False)
    projects: tuple[Project, ...] = field(default=(), repr=False)
    lines: Mapping[tuple[CircleFile, str], int] = field(repr=False)
    rows: int
    findings: tuple[Finding, ...] = field(repr=False)


def read_circles(paths: CirclePaths) -> CirclesRead:
    """All that the files say. Columns are recognised by their headings, Chinese or English.

    Errors: UnusableInput for a file that cannot be used as a whole; anything smaller is a finding. Source: R-28..R-37, B2.
    """
    return _Reading(paths).read()


def _topic_beside(sheet: CircleSheet) -> Callable[[Row], Topic | None]:
    """As `topic_of`, for a file of circles: a row without a topic says something of its circle alone."""
    number, read = sheet.text("topic"), topic_of(sheet)
    return lambda row: read(row) if number(row.cells).strip() else None


class _Reading:
    """The files as they are read one after the other."""

    def __init__(self, paths: CirclePaths) -> None:
        self.paths = paths
        self.findings: list[Finding] = []
        self.lines: dict[tuple[CircleFile, str], int] = {}
        self.registered: dict[str, str] = {}
        self.rows = 0

    def read(self) -> CirclesRead:
        """Circles first, so that whatever names one that is not there can be told."""
        circles = self._members(self._circles())
        topics = self._history(self._topics(circles))
        held = folders(circles.values(), topics.values(), self._activities(topics))
        projects = tuple(self._projects(topics))
        told = tuple(self.findings)
        return CirclesRead(sorted=held, projects=projects, lines=self.lines, rows=self.rows, findings=told)

    @contextmanager
    def _open(self, path: Path, name: CircleFile) -> Generator[CircleSheet]:
        def mapped(header: tuple[str, ...]) -> FileMapping:
            how = "head it so, as docs/how-to/review-circles.md lists it"
            if name is CircleFile.TOPICS and self.paths.topics is None:
                how += ", or give the topics in a file of their own"
            fields = recognised(CIRCLE_HEADS[name], CIRCLE_REQUIRED[name], header, path.name, how)
            return FileMapping(fields=fields, dates=CIRCLE_DATES)

        with opened_by_header(path, SourceFormat(), mapped) as (table, file):
            yield CircleSheet(name=name, table=table, file=file, tell=self.findings.append, keys=_KEYS)

    def _each(
        self, path: Path, name: CircleFile, reader: Callable[[CircleSheet], Callable[..., V | None]]
    ) -> Iterator[tuple[CircleSheet, int, V]]:
        """What the reader makes of each row, with the row's line."""
        with self._open(path, name) as sheet:
            read = reader(sheet)
            for row in sheet.rows():
                self.rows += name is not CircleFile.TOPICS or self.paths.topics is not None
                found = read(row)
                if found is not None:
                    yield sheet, row.line, found

    def _once(self, sheet: CircleSheet, line: int, key: tuple[CircleFile, str]) -> bool:
        """Whether a number stands there for the first time; else that is told."""
        first = self.lines.setdefault(key, line)
        if first != line:
            sheet.told(line, circle_remark("", CircleFileCode.CIRCLE_ROW_TWICE, key[1], first=first))
        return first == line

    def _circles(self) -> dict[str, Circle]:
        found: dict[str, Circle] = {}
        path, name = self.paths.circles, CircleFile.CIRCLES
        for sheet, line, (number, circle) in self._each(path, name, circle_of):
            if circle is None or found.get(number) == circle:  # the same circle again, for its next topic
                continue
            if self._once(sheet, line, (name, number)):
                found[number] = circle
        return found

    def _members(self, circles: dict[str, Circle]) -> dict[str, Circle]:
        if self.paths.members is None:
            return circles
        held: dict[str, list[Member]] = {number: [] for number in circles}
        for sheet, line, (circle, member) in self._each(self.paths.members, CircleFile.MEMBERS, member_of):
            if circle not in held:
                told = circle_remark("circle", CircleFileCode.CIRCLE_NOT_LISTED, member.staff, circle=circle)
                sheet.told(line, told)
                continue
            try:
                evolve(circles[circle], members=[*held[circle], member])
            except InvalidValue as fault:
                code, words = CircleFileCode.CIRCLE_CELL_UNFIT, {"cell": "staff", "fault": str(fault.fault)}
                sheet.told(line, circle_remark("staff", code, member.staff, **words))
                continue
            held[circle].append(member)
        return {number: evolve(one, members=held[number] or one.members) for number, one in circles.items()}

    def _topics(self, circles: dict[str, Circle]) -> dict[str, Topic]:
        found: dict[str, Topic] = {}
        path, name = self.paths.topics or self.paths.circles, CircleFile.TOPICS
        reader = topic_of if self.paths.topics else _topic_beside
        for sheet, line, topic in self._each(path, name, reader):
            if topic.circle not in circles:
                told = circle_remark("circle", CircleFileCode.CIRCLE_NOT_LISTED, topic.number, circle=topic.circle)
                sheet.told(line, told)
            elif self._once(sheet, line, (name, topic.number)):
                found[topic.number] = topic
                self._registration(sheet, line, topic)
        return found

    def _registration(self, sheet: CircleSheet, line: int, topic: Topic) -> None:
        """A registration has its day, and its number is that of one topic. Source: R-29."""
        if topic.registration is None:
            return
        if topic.registered_on is None:
            reason = ground(CircleCode.TOPIC_NOT_REGISTERED, topic.number)
            sheet.told(line, Remark(field="registered_on", reason=reason))
        if self.registered.setdefault(topic.registration, topic.number) != topic.number:
            reason = ground(CircleCode.REGISTRATION_TAKEN, topic.number, {"registration": topic.registration})
            sheet.told(line, Remark(field="registration", reason=reason))

    def _history(self, topics: dict[str, Topic]) -> dict[str, Topic]:
        if self.paths.history is None:
            return topics
        told: dict[str, list[Told]] = {}
        for sheet, line, (topic, happened) in self._each(self.paths.history, CircleFile.HISTORY, history_of):
            if self._listed(sheet, line, topic, topics):
                told.setdefault(topic, []).append(happened)
        return topics | {number: with_history(topics[number], rows) for number, rows in told.items()}

    def _listed(self, sheet: CircleSheet, line: int, topic: str, topics: dict[str, Topic]) -> bool:
        if topic not in topics:
            sheet.told(line, circle_remark("topic", CircleFileCode.TOPIC_NOT_LISTED, None, topic=topic))
        return topic in topics

    def _activities(self, topics: dict[str, Topic]) -> Iterator[ActivityRecord]:
        path, name = self.paths.activities, CircleFile.ACTIVITIES
        for sheet, line, record in self._each(path, name, activity_of):
            if self._listed(sheet, line, record.topic, topics) and self._once(sheet, line, (name, record.number)):
                yield record

    def _projects(self, topics: dict[str, Topic]) -> Iterator[Project]:
        """Each project once; a case that is no topic is told, and the project is judged without it."""
        path, name = self.paths.projects, CircleFile.PROJECTS
        if path is None:
            return
        for sheet, line, project in self._each(path, name, project_of):
            for case in project.cases:
                self._listed(sheet, line, case, topics)
            if self._once(sheet, line, (name, project.number)):
                yield project

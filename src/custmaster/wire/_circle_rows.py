"""Rows of the files of QC circles (QC小组) into members, topics, history and activities; what no value can be made of is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar, cast

from attrs import evolve

from custmaster.circle.activity import Absence, ActivityRecord, Speech
from custmaster.circle.circle import Circle, Member
from custmaster.circle.kinds import Original, Step, TopicState
from custmaster.circle.topic import Explanation, OriginalKept, StepTaken, Topic
from custmaster.errors import Fault, InvalidValue
from custmaster.value.span import Span
from custmaster.wire._sheets import Sheet, listed_words
from custmaster.wire._words import plain_word
from custmaster.wire.circle_codes import CircleFileCode, circle_remark
from custmaster.wire.circle_words import CIRCLE_REQUIRED, CircleFile, Happening, meaning_of
from custmaster.wire.table import Row

__all__ = [
    "CircleSheet",
    "activity_of",
    "circle_of",
    "member_of",
    "speech_cell",
    "speeches_of",
    "topic_of",
    "with_history",
]

V = TypeVar("V")
_SPEAKER: Final = re.compile(r"^\s*([^:：\s]{1,40})\s*[:：]\s?(.*)$")
_BRACKETED: Final = re.compile(r"([^:：(（]+)[(（](.*)[)）]\Z", re.DOTALL)  # S-3(病假), as many write it
_DAYS: Final = re.compile(r"[,;|、，；\s]+")
_LARGEST: Final = 9


class CircleSheet(Sheet):
    """An open file of circles, whose readers give one field of a row each."""

    def needed(self, row: Row, values: dict[str, Any], subject: str | None) -> bool:
        """Whether every field that has to be there is; which is empty is told unless its cell was told already."""
        fine = True
        for key in CIRCLE_REQUIRED[cast("CircleFile", self.name)]:
            if values.get(key) is None:
                fine = False
                if not self.text(key)(row.cells).strip():
                    missing = CircleFileCode.CIRCLE_CELL_MISSING
                    named = subject or self.record(row)
                    self.told(row.line, circle_remark(key, missing, named, column=self.column(key)))
        return fine

    def word(self, key: str) -> Callable[[Row], StrEnum | bool | None]:
        """What the field's word means; None where the cell is empty or means nothing known, which is told."""
        get, known = self.text(key), meaning_of(key)

        def word(row: Row) -> StrEnum | bool | None:
            text = get(row.cells).strip()
            meant = known.get(plain_word(text)) if text else None
            if meant is None and text:
                code = CircleFileCode.CIRCLE_WORD_UNKNOWN
                told = circle_remark(key, code, self.record(row), column=self.column(key), length=len(text))
                self.told(row.line, told)
            return meant

        return word

    def words(self, key: str) -> Callable[[Row], tuple[str, ...]]:
        """The texts of a cell that holds several."""
        get = self.text(key)
        return lambda row: listed_words(get(row.cells))

    def days(self, key: str) -> Callable[[Row], tuple[date, ...]]:
        """The days of a cell that holds several, sorted, each once; one that cannot be read is told and left out."""
        get, read = self.text(key), self.day_of(key)

        def days(row: Row) -> tuple[date, ...]:
            found = (read(row, text) for text in _DAYS.split(get(row.cells)) if text)
            return tuple(sorted({day for day in found if day is not None}))

        return days

    def long(self, key: str) -> Callable[[Row], str]:
        """The field's text of any length, without spaces around it."""
        get = self.text(key)
        return lambda row: get(row.cells).strip()

    def made(self, row: Row, subject: str | None, make: Callable[[], V]) -> V | None:
        """What is made of a row; None where that cannot be, which is told."""
        try:
            return make()
        except InvalidValue as fault:
            code = CircleFileCode.CIRCLE_CELL_UNFIT
            cell = fault.path or self.name.value
            self.told(row.line, circle_remark(fault.path, code, subject, cell=cell, fault=str(fault.fault)))
            return None


def circle_of(sheet: CircleSheet) -> Callable[[Row], tuple[str, Circle | None] | None]:
    """A row's circle under its number; None where it has no number, a circle of None where no circle can be made."""
    plain = {key: sheet.plain(key) for key in ("circle", "name", "centre")}
    days = {key: sheet.day(key) for key in ("founded_on", "closed_on")}
    kind, members = sheet.word("kind"), sheet.words("members")

    def read(row: Row) -> tuple[str, Circle | None] | None:
        said: dict[str, Any] = {key: get(row) for key, get in (plain | days).items()} | {"kind": kind(row)}
        number = said["circle"]
        if not sheet.needed(row, said, number):
            return None if number is None else (number, None)
        listed = [Member(staff=staff, team="") for staff in dict.fromkeys(members(row))]
        fields = {key: value for key, value in said.items() if key != "circle"}
        return number, sheet.made(row, number, lambda: Circle(number=number, members=listed, **fields))

    return read


def member_of(sheet: CircleSheet) -> Callable[[Row], tuple[str, Member] | None]:
    """A row's member and the number of its circle; None where none can be made."""
    plain = {key: sheet.plain(key) for key in ("circle", "staff", "team")}
    leads, start, end = sheet.word("leads"), sheet.day("from"), sheet.day("until")

    def read(row: Row) -> tuple[str, Member] | None:
        said = {key: get(row) for key, get in plain.items()}
        if not sheet.needed(row, said, said["staff"]):
            return None
        circle, staff, team = (cast("str", said[key]) for key in ("circle", "staff", "team"))
        first, last, leading = start(row), end(row), bool(leads(row))
        made = sheet.made(row, staff, lambda: Member(staff=staff, team=team, leads=leading, valid=Span(first, last)))
        return None if made is None else (circle, made)

    return read


_TEXTS: Final = ("baseline", "target", "countermeasures", "action", "owner")


def topic_of(sheet: CircleSheet) -> Callable[[Row], Topic | None]:
    """A row's topic, its state told by its days; None where none can be made."""
    plain = {key: sheet.plain(key) for key in ("topic", "circle", "registration", "report")}
    words = {key: sheet.word(key) for key in ("type", "source")}
    days = {key: sheet.day(key) for key in ("registered_on", "compiled_on", "filed_on", "topic_closed_on")}
    texts = {key: sheet.long(key) for key in ("title", *_TEXTS)}
    themes, plan, explained = sheet.words("themes"), sheet.days("plan"), sheet.days("explained_on")

    def read(row: Row) -> Topic | None:
        said: dict[str, Any] = {key: get(row) for key, get in (plain | words | days | texts).items()}
        if not sheet.needed(row, said | {"title": said["title"] or None}, said["topic"]):
            return None
        said["number"], said["closed_on"] = said.pop("topic"), said.pop("topic_closed_on")
        told = [Explanation(on=day, by="", reason="") for day in explained(row)]
        more: dict[str, Any] = {"themes": themes(row), "plan": plan(row), "explanations": told, "state": _state(said)}
        return sheet.made(row, said["number"], lambda: Topic(**said, **more))

    return read


def _state(fields: dict[str, Any]) -> TopicState:
    """The state that the days tell."""
    reached = (
        ("closed_on", TopicState.CLOSED),
        ("filed_on", TopicState.FILED),
        ("compiled_on", TopicState.COMPILED),
        ("registered_on", TopicState.REGISTERED),
    )
    return next((state for key, state in reached if fields[key] is not None), TopicState.DRAFT)


# --- the history of topics ------------------------------------------------------------------------------------------------

Told = tuple[date, int, StrEnum, str, str, str]
"""A row of the history: its day and line, what happened, by whom, the reference of an original, the reason of a pause."""


def history_of(sheet: CircleSheet) -> Callable[[Row], tuple[str, Told] | None]:
    """A row's happening and the number of its topic; None where none can be made."""
    topic, on, what = sheet.plain("topic"), sheet.day("on"), sheet.word("what")
    texts = [sheet.long(key) for key in ("by", "reference", "reason")]

    def read(row: Row) -> tuple[str, Told] | None:
        said: dict[str, Any] = {"topic": topic(row), "on": on(row), "what": what(row)}
        if not sheet.needed(row, said, said["topic"]):
            return None
        by, reference, reason = (get(row) for get in texts)
        return said["topic"], (said["on"], row.line, said["what"], by, reference, reason)

    return read


def with_history(topic: Topic, told: Iterable[Told]) -> Topic:
    """The topic with its steps, originals and explanations in the order of their days, then of their lines."""
    steps: list[StepTaken] = list(topic.steps)
    originals, explanations = list(topic.originals), list(topic.explanations)
    for on, _, what, by, reference, reason in sorted(told, key=lambda one: one[:2]):
        match what:
            case Original():
                originals.append(OriginalKept(kind=what, reference=reference, on=on))
            case Happening.EXPLAINED:
                explanations.append(Explanation(on=on, by=by, reason=reason))
            case _:
                _step(steps, Happening(what), on)
    return evolve(topic, steps=steps, originals=originals, explanations=explanations)


_ANSWERS: Final = {Happening.CHECK_MET: True, Happening.CHECK_NOT_MET: False}


def _step(steps: list[StepTaken], what: Happening, on: date) -> None:
    """A step more; an answer goes to the check before it that waits for one, else it is a check of its own."""
    met = _ANSWERS.get(what)
    if met is None:
        steps.append(StepTaken(step=Step(what.value), on=on))
    elif steps and steps[-1].step is Step.CHECK and steps[-1].met is None:
        steps[-1] = evolve(steps[-1], met=met)
    else:
        steps.append(StepTaken(step=Step.CHECK, on=on, met=met))


# --- activities -----------------------------------------------------------------------------------------------------------


def speeches_of(text: str, staff: Iterable[str]) -> tuple[tuple[Speech, ...], bool]:
    r"""The speeches of a cell and whether each has its speaker: a line that begins with a staff number and a colon begins a speech.

    Any other line goes on with the speech before it. `staff` are those who can speak; what stands before the first speaker is lost, and said so.

    >>> found, whole = speeches_of("S-1: 同意\n再查一次\nS-2:好", ["S-1", "S-2"])
    >>> [one.said for one in found], whole
    (['同意\n再查一次', '好'], True)
    """
    known, found, whole = frozenset(staff), dict[str, list[str]](), True
    speaker: str | None = None
    for line in text.splitlines():
        begins = _SPEAKER.match(line)
        if begins is not None and begins[1] in known:
            speaker = str(begins[1])
            found.setdefault(speaker, []).append(begins[2])
        elif speaker is not None:
            found[speaker].append(line)
        elif line.strip():
            whole = False
    return tuple(Speech(staff=one, said="\n".join(lines)) for one, lines in found.items()), whole


def speech_cell(speeches: Iterable[Speech], staff: Iterable[str]) -> str:
    r"""The speeches as a cell of which `speeches_of` makes them again; a line that would begin another's speech is marked … before it.

    >>> speech_cell([Speech(staff="S-1", said="同意\nS-2: 不")], ["S-1", "S-2"])
    'S-1: 同意\n… S-2: 不'
    """
    known = frozenset(staff)
    lines = (f"{one.staff}: {_quoted(one.said, known)}" for one in speeches)
    return "\n".join(lines)


def _quoted(said: str, known: Collection[str]) -> str:
    first, *more = said.splitlines() or [""]
    begins = [(line, _SPEAKER.match(line)) for line in more]
    return "\n".join([first, *(f"… {line}" if found and found[1] in known else line for line, found in begins)])


def _absences(texts: Iterable[str]) -> Iterator[Absence]:
    for text in texts:
        bracketed = _BRACKETED.match(text)
        staff, why = bracketed.groups() if bracketed else text.replace("：", ":").partition(":")[::2]
        yield Absence(staff=staff.strip(), why=why.strip())


def activity_of(sheet: CircleSheet) -> Callable[[Row], ActivityRecord | None]:
    """A row's record of an activity; None where none can be made. Without a number or a sequence they are counted by topic.

    A row without a number that stands there again, word by word, bears the number of the first.
    """
    plain = {key: sheet.plain(key) for key in ("number", "topic")}
    texts = {key: sheet.long(key) for key in ("place", "chair", "recorder", "content", "conclusion")}
    lists = {key: sheet.words(key) for key in ("attending", "absences", "tools", "attachments")}
    on, step, sequence, speeches = sheet.day("on"), sheet.word("step"), sheet.plain("sequence"), sheet.long("speeches")
    counted: dict[str, int] = {}
    numbered: dict[tuple[str, ...], str] = {}

    def read(row: Row) -> ActivityRecord | None:
        said: dict[str, Any] = {key: get(row) for key, get in plain.items()} | {"on": on(row), "step": step(row)}
        if not sheet.needed(row, said, said["number"]):
            return None
        topic = said["topic"]
        counted[topic] = counted.get(topic, 0) + 1
        several = {key: get(row) for key, get in lists.items()}
        absent = tuple(_absences(several.pop("absences")))
        spoken, whole = speeches_of(speeches(row), (*several["attending"], *(one.staff for one in absent)))
        if not whole:
            code, column = CircleFileCode.SPEAKER_UNKNOWN, sheet.column("speeches")
            sheet.told(row.line, circle_remark("speeches", code, said["number"], column=column))
        number = said["number"] or numbered.setdefault(row.cells, f"{topic}/{counted[topic]}")
        free: dict[str, Any] = {key: get(row) for key, get in texts.items()} | several
        fields: dict[str, Any] = free | {"topic": topic, "on": said["on"], "step": said["step"], "absences": absent}
        nth = sequence(row)

        def make() -> ActivityRecord:
            return ActivityRecord(number=number, sequence=_whole(nth, counted[topic]), speeches=spoken, **fields)

        return sheet.made(row, number, make)

    return read


def _whole(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) <= _LARGEST):
        raise InvalidValue(Fault.RANGE, path="sequence", length=len(text), remedy="a whole number, 1 or more")
    return int(text)

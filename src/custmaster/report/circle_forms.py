"""The record of an activity 《QC小组活动记录表》 and the registration of a topic 《QC小组注册登记表》 as Excel forms: printed, filled in, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from custmaster.circle.activity import Absence, ActivityRecord, Speech
from custmaster.circle.circle import Circle, Member
from custmaster.circle.kinds import CIRCLE_KINDS, STEPS, TOPIC_SOURCES, TOPIC_TYPES, TopicState
from custmaster.circle.records import RECORD_FORM
from custmaster.circle.topic import Topic
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import Language
from custmaster.report.excel_form import Form, FormField, Lines, read_form, write_form
from custmaster.value.span import Span
from custmaster.wire._cells import date_reader
from custmaster.wire._words import plain_word
from custmaster.wire.circle_words import CIRCLE_DATES, meaning_of

__all__ = [
    "ACTIVITY_FORM",
    "REGISTRATION_FORM",
    "Registration",
    "read_activity_form",
    "read_registration_form",
    "write_activity_form",
    "write_registration_form",
]

V = TypeVar("V")
_READ_DAY: Final = date_reader(CIRCLE_DATES["default"], None)
_STAFF: Final = ("工号", "staff")
_COLUMNS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = MappingProxyType(
    {"absences": (_STAFF, ("原因", "why")), "speeches": (_STAFF, ("发言", "said"))}
)
_LISTS: Final = frozenset({"attending", "absences", "speeches", "tools", "attachments"})
ACTIVITY_FORM: Final = Form(
    zh="QC小组活动记录表",
    en="Record of an activity",
    fields=MappingProxyType(
        {
            name: FormField(zh=row.zh, en=row.en, columns=_COLUMNS.get(name, ()), many=name in _LISTS)
            for name, row in RECORD_FORM.items()
        }
    ),
)
"""The form of an activity, line by line as `circle.records` has it. Source: R-36, B2."""

_MEMBER: Final = (_STAFF, ("班组", "team"), ("组长", "leads"), ("加入日期", "from"), ("退出日期", "until"))


def _one(zh: str, en: str) -> FormField:
    return FormField(zh=zh, en=en)


REGISTRATION_FORM: Final = Form(
    zh="QC小组注册登记表",
    en="Registration of a topic",
    fields=MappingProxyType(
        {
            # c. the circle, t. the topic
            "c.number": _one("小组编号", "number of the circle"),
            "c.name": _one("小组名称", "name of the circle"),
            "c.kind": _one("小组类型", "kind of circle"),
            "c.centre": _one("客户中心", "centre"),
            "c.founded_on": _one("成立日期", "founded on"),
            "c.closed_on": _one("撤销日期", "circle closed on"),
            "c.members": FormField(zh="小组成员", en="members", columns=_MEMBER, many=True),
            "t.number": _one("课题编号", "number of the topic"),
            "t.title": _one("课题名称", "title of the topic"),
            "t.type": _one("课题类型", "type of topic"),
            "t.source": _one("课题来源", "source of the topic"),
            "t.themes": FormField(zh="主题", en="themes", many=True),
            "t.baseline": _one("现状", "what is"),
            "t.target": _one("目标", "target"),
            "t.countermeasures": _one("对策", "countermeasures"),
            "t.action": _one("措施落实", "what is carried out"),
            "t.owner": _one("责任人", "who answers for it"),
            "t.plan": FormField(zh="活动计划", en="plan of activities", many=True),
            "t.registration": _one("注册编号", "registration number"),
            "t.registered_on": _one("注册日期", "registered on"),
        }
    ),
)
"""The form of a registration, line by line. Source: R-29, R-32, B2."""


@frozen(kw_only=True)
class Registration:
    """A circle and the topic that it registers, as far as the form holds them: no evaluations, no steps, originals or results."""

    circle: Circle
    topic: Topic = field()


# --- an activity ----------------------------------------------------------------------------------------------------------


def write_activity_form(path: Path, record: ActivityRecord | None = None, *, lang: Language = Language.ZH) -> None:
    """The form of an activity, filled in; an empty one to be filled in where there is no record. Errors: UnusableInput. Source: R-36.

    It holds all that is said in it: keep it as the originals are kept (R-37).
    """
    write_form(path, ACTIVITY_FORM, _EMPTY_ACTIVITY if record is None else _activity_lines(record), lang)


def _activity_lines(record: ActivityRecord) -> dict[str, Lines]:
    return {
        **{name: ((getattr(record, name),),) for name in _RECORD_TEXTS},
        **{name: _column(getattr(record, name)) for name in _RECORD_LISTS},
        "sequence": ((str(record.sequence),),),
        "on": ((record.on.isoformat(),),),
        "step": ((STEPS[record.step].zh,),),
        "absences": tuple((one.staff, one.why) for one in record.absences),
        "speeches": tuple((one.staff, one.said) for one in record.speeches),
    }


def _column(texts: Iterable[str]) -> Lines:
    return tuple((text,) for text in texts)


def _empty(form: Form) -> Mapping[str, Lines]:
    return MappingProxyType(dict.fromkeys(form.fields, ()))


_EMPTY_ACTIVITY: Final = _empty(ACTIVITY_FORM)


def read_activity_form(path: Path) -> ActivityRecord:
    """The record that stands in a filled-in form; whether it is complete is judged elsewhere. Errors: UnusableInput, naming the line of the form.

    Equal to what was written, but for the schema. Source: R-36.
    """
    reader = _Reader(path, ACTIVITY_FORM)
    return reader.made(lambda: _record(reader))


_RECORD_TEXTS: Final = ("number", "topic", "place", "chair", "recorder", "content", "conclusion")
_RECORD_LISTS: Final = ("attending", "tools", "attachments")


def _record(reader: _Reader) -> ActivityRecord:
    texts: dict[str, Any] = {name: reader.text(name) for name in _RECORD_TEXTS}
    lists: dict[str, Any] = {name: reader.texts(name) for name in _RECORD_LISTS}
    return ActivityRecord(
        **texts,
        **lists,
        sequence=reader.whole("sequence"),
        on=reader.needed_day("on"),
        step=reader.word("step", "step"),
        absences=[Absence(staff=staff, why=why) for staff, why in reader.lines["absences"]],
        speeches=[Speech(staff=staff, said=said) for staff, said in reader.lines["speeches"]],
    )


# --- a registration -------------------------------------------------------------------------------------------------------


def write_registration_form(path: Path, asked: Registration | None = None, *, lang: Language = Language.ZH) -> None:
    """The form of a registration, filled in, or an empty one. Errors: UnusableInput. Source: R-29."""
    write_form(path, REGISTRATION_FORM, _EMPTY_REGISTRATION if asked is None else _registration_lines(asked), lang)


_EMPTY_REGISTRATION: Final = _empty(REGISTRATION_FORM)
_TOPIC_TEXTS: Final = ("number", "title", "baseline", "target", "countermeasures", "action", "owner")


def _registration_lines(asked: Registration) -> dict[str, Lines]:
    circle, topic = asked.circle, asked.topic
    return {
        **{f"c.{name}": ((getattr(circle, name),),) for name in ("number", "name", "centre")},
        "c.kind": ((CIRCLE_KINDS[circle.kind].zh,),),
        **{f"c.{name}": ((_day(getattr(circle, name)),),) for name in ("founded_on", "closed_on")},
        "c.members": tuple(map(_member, circle.members)),
        **{f"t.{name}": ((getattr(topic, name),),) for name in _TOPIC_TEXTS},
        "t.type": ((TOPIC_TYPES[topic.type].zh,),),
        "t.source": ((TOPIC_SOURCES[topic.source].zh,),),
        "t.themes": _column(topic.themes),
        "t.plan": _column(map(_day, topic.plan)),
        "t.registration": ((topic.registration or "",),),
        "t.registered_on": ((_day(topic.registered_on),),),
    }


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _member(one: Member) -> tuple[str, ...]:
    return one.staff, one.team, "是" if one.leads else "", _day(one.valid.start), _day(one.valid.end)


def read_registration_form(path: Path) -> Registration:
    """The circle and the topic that stand in a filled-in form; the topic is registered where it has its day, else a draft. Errors: UnusableInput.

    Source: R-29.
    """
    reader = _Reader(path, REGISTRATION_FORM)
    return Registration(circle=reader.made(lambda: _circle(reader)), topic=reader.made(lambda: _topic(reader)))


def _circle(reader: _Reader) -> Circle:
    texts: dict[str, Any] = {name: reader.text(f"c.{name}") for name in ("number", "name", "centre")}
    return Circle(
        **texts,
        kind=reader.word("c.kind", "kind"),
        founded_on=reader.needed_day("c.founded_on"),
        closed_on=reader.day("c.closed_on"),
        members=[_read_member(reader, cells) for cells in reader.lines["c.members"]],
    )


def _read_member(reader: _Reader, cells: tuple[str, ...]) -> Member:
    staff, team, leads, start, end = cells
    leading = meaning_of("leads").get(plain_word(leads))
    if leading is None and leads.strip():
        raise reader.unfit("c.members", "write 是 for the one who leads")
    days = [None if not text.strip() else reader.as_day("c.members", text) for text in (start, end)]
    return Member(staff=staff, team=team, leads=bool(leading), valid=Span(*days))


def _topic(reader: _Reader) -> Topic:
    registered = reader.day("t.registered_on")
    texts: dict[str, Any] = {name: reader.text(f"t.{name}") for name in _TOPIC_TEXTS}
    topic = Topic(
        **texts,
        circle=reader.text("c.number"),
        type=reader.word("t.type", "type"),
        source=reader.word("t.source", "source"),
        themes=reader.texts("t.themes"),
        plan=[reader.as_day("t.plan", text) for text in reader.texts("t.plan")],
        registration=reader.text("t.registration") or None,
    )
    return topic if registered is None else evolve(topic, registered_on=registered, state=TopicState.REGISTERED)


class _Reader:
    """A form that was read: one value of a line each, with the line's name in what it complains of."""

    def __init__(self, path: Path, form: Form) -> None:
        self.path, self.fields = path, form.fields
        self.lines = read_form(path, form)

    def unfit(self, key: str, remedy: str) -> UnusableInput:
        """That a line cannot be read."""
        one = self.fields[key]
        problem = f"the line {one.zh} ({one.en}) cannot be read"
        return UnusableInput(self.path.name, problem=problem, remedy=remedy)

    def text(self, key: str) -> str:
        """A single text."""
        return self.lines[key][0][0]

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        return [cells[0] for cells in self.lines[key]]

    def whole(self, key: str) -> int:
        """A whole number."""
        text = self.text(key).strip()
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise self.unfit(key, "write a whole number, 1 or more")
        return int(text)

    def as_day(self, key: str, text: str) -> date:
        """A day, in every way in which the files of circles have it."""
        day, _ = _READ_DAY(text)
        if day is None:
            raise self.unfit(key, "write the day as 2026-03-05")
        return day

    def day(self, key: str) -> date | None:
        """A day, or None where the line is empty."""
        return self.as_day(key, self.text(key)) if self.text(key).strip() else None

    def needed_day(self, key: str) -> date:
        """A day that must be there."""
        return self.as_day(key, self.text(key))

    def word(self, key: str, table: str) -> Any:
        """What a word means."""
        meant = meaning_of(table).get(plain_word(self.text(key)))
        if meant is None:
            raise self.unfit(key, "use a word that the docs list")
        return meant

    def made(self, make: Callable[[], V]) -> V:
        """What is made of the lines. Errors: UnusableInput for lines that contradict each other."""
        try:
            return make()
        except InvalidValue as fault:
            raise UnusableInput(self.path.name, problem=str(fault), remedy="mend the form") from None

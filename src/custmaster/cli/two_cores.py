"""The demo's second part: one customer at two cores, while messages are lost and repeated and a core crashes; step by step to the same record."""

from __future__ import annotations

from typing import Final

from attrs import define, field, frozen

from custmaster.sim.sync.trace import label
from custmaster.sync import RULES, Replica, Setting, Step, blank
from custmaster.sync.messages import Ack, Message

__all__ = ["CoreScene", "Ending", "two_cores"]

_NUMBER: Final = "6000000001"
_OTHER: Final = {"BP": "EUSP", "EUSP": "BP"}
_NEW: Final = {
    "name": "张伟",
    "birth_date": "1988-08-08",
    "document.type": "RESIDENT_ID",
    "document.expiry": "2038-05-07",
    "kind": "PERSON",
    "status": "ACTIVE",
    "mobile": "13800001234",
}


@frozen(kw_only=True)
class CoreScene:
    """One thing that happened at a system, in both languages; the message that arrived or was lost; what it led to."""

    system: str
    zh: str
    en: str
    message: str = ""
    led_to: str = ""


@frozen(kw_only=True)
class Ending:
    """How it ended: whether the two records are equal, and on how many fields."""

    equal: bool
    fields: int
    sent: int


def two_cores(setting: Setting) -> tuple[tuple[CoreScene, ...], Ending]:
    """The scenes in their order, and how it ended; nobody in them exists.

    >>> from datetime import date
    >>> from custmaster.handbook import default
    >>> from custmaster.sync.settings import setting
    >>> scenes, ending = two_cores(setting(default().on(date(2026, 11, 23))))
    >>> [scene.led_to for scene in scenes if "EDIT_LOST" in scene.led_to], ending.equal
    (['EDIT_LOST name; FULL e0 r2 a1'], True)
    """
    cores = _Cores(setting)
    cores.create("BP", "在新核心建客户(号段属 BP)", "a customer is created at BP, which owns the range")
    cores.lose("BP", "全字段报文在途中丢失", "the full message is lost on its way")
    cores.arrive("BP", "未获确认,BP 再发", "not acknowledged: BP sends it again")
    cores.edit(
        "EUSP",
        {"name": "张玮", "mobile": "13800005678"},
        ("EUSP 改姓名和手机;手机不属关键信息", "EUSP changes name and mobile; a mobile is no KEY field"),
    )
    cores.edit(
        "BP",
        {"birth_date": "1988-08-18"},
        ("同时 BP 改出生日期,与姓名同组", "meanwhile BP changes the birth date, of one group with the name"),
    )
    cores.arrive(
        "EUSP", "关键信息到 BP:同组字段已改,不采纳并报告", "KEY arrives at BP: its group was changed unseen; told, once"
    )
    cores.arrive("BP", "全字段到 EUSP,两边相同", "FULL arrives at EUSP, which takes it")
    cores.arrive("BP", "同一报文再次到达,不变", "the same message once more: nothing changes", again=True)
    cores.edit(
        "EUSP", {"document.expiry": "2048-05-07"}, ("EUSP 改证件有效期", "EUSP changes the expiry of the document")
    )
    cores.crash(
        "BP",
        "BP 收到后、提交前宕机,什么也没有发生",
        "BP crashes with the message, before it is stored: nothing happened",
    )
    cores.arrive("EUSP", "EUSP 仍欠此报文,再发;BP 采纳", "EUSP still owes it and sends it again; BP takes it")
    cores.arrive("BP", "全字段回到 EUSP", "and answers with all fields")
    return tuple(cores.scenes), cores.ending()


@define
class _Cores:
    """Two replicas, the messages under way between them, and what is told of it."""

    setting: Setting
    scenes: list[CoreScene] = field(factory=list[CoreScene])
    sent: int = 0
    _held: dict[str, Replica] = field(factory=dict[str, Replica])
    _last: dict[str, Message] = field(factory=dict[str, Message])

    def __attrs_post_init__(self) -> None:
        for system, other in _OTHER.items():
            self._held[system] = blank(number=_NUMBER, system=system, other=other, owner=system == "BP")

    def create(self, system: str, zh: str, en: str) -> None:
        step = RULES.create(self._held[system], _NEW, "T-1", self.setting)
        self._store(system, step, (zh, en), None)

    def edit(self, system: str, changes: dict[str, str], told: tuple[str, str]) -> None:
        self._store(system, RULES.edit(self._held[system], changes, self.setting), told, None)

    def lose(self, sender: str, zh: str, en: str) -> None:
        message = self._owed(sender)
        self.scenes.append(CoreScene(system=sender, zh=zh, en=en, message=label(message)))

    def arrive(self, sender: str, zh: str, en: str, *, again: bool = False) -> None:
        message = self._last[sender] if again else self._owed(sender)
        receiver = _OTHER[sender]
        step = RULES.deliver(self._held[receiver], message, self.setting)
        self._store(receiver, step, (zh, en), message)
        for answer in step.replies:
            if isinstance(answer, Ack):  # a FULL is owed until it is acknowledged: it is sent as such
                self.sent += 1
                self._held[sender] = RULES.deliver(self._held[sender], answer, self.setting).replica

    def crash(self, receiver: str, zh: str, en: str) -> None:
        message = self._owed(_OTHER[receiver])
        self.scenes.append(CoreScene(system=receiver, zh=zh, en=en, message=label(message)))

    def _owed(self, sender: str) -> Message:
        """What the sender owes, as it says itself: there is no list of messages to send that a crash could lose."""
        self.sent += 1
        self._last[sender] = RULES.outstanding(self._held[sender], self.setting)[0]
        return self._last[sender]

    def _store(self, system: str, step: Step, told: tuple[str, str], message: Message | None) -> None:
        self._held[system] = step.replica
        came = [f"{report.code} {report.field}" for report in step.reports] + [label(reply) for reply in step.replies]
        self.scenes.append(
            CoreScene(
                system=system,
                zh=told[0],
                en=told[1],
                message="" if message is None else label(message),
                led_to="; ".join(came),
            )
        )

    def ending(self) -> Ending:
        one, other = self._held["BP"], self._held["EUSP"]
        equal = one.values == other.values and one.version == other.version
        still_owed = [message for side in (one, other) for message in RULES.outstanding(side, self.setting)]
        return Ending(equal=equal and not still_owed, fields=len(one.values), sent=self.sent)

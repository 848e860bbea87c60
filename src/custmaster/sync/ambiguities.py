"""The places that the document leaves open (A1 to A11): the question, the reading that this library takes, the others, and why.

Only readings under which the two systems end equal can be chosen: of the rest the row says why they are not offered.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from custmaster.handbook._key import Key
from custmaster.handbook.sync_keys import (
    SYNC_FOREIGN_CREATION,
    SYNC_KEY_FIELDS,
    SYNC_MERGE_COORDINATOR,
    SYNC_OTHER_FIELDS,
    SYNC_PEER_NONKEY,
    SYNC_STATUS,
)

__all__ = ["AMBIGUITIES", "Ambiguity", "option_of"]


@frozen(kw_only=True)
class Ambiguity:
    """One open place. `key` is the handbook key of its option, None where one reading alone is offered; `others` are its other values."""

    name: str
    zh: str
    en: str
    key: Key[object] | None = None
    default: str
    others: tuple[str, ...] = ()
    reason: str
    source: str


AMBIGUITIES: Final = (
    Ambiguity(
        name="A1",
        zh="老系统号段:bp 发送关键信息之后,eusp 是否以全字段应答?",
        en="In ranges of the old core: does EUSP answer BP's key information with all fields?",
        default="It always answers.",
        reason="Applying a key change is itself a change at the owner, which sends all fields. Not to answer is not offered: BP's other "
        "fields would differ for ever after one edit.",
        source="R-70, R-71",
    ),
    Ambiguity(
        name="A2",
        zh="能否在非归属系统创建客户?",
        en="May a customer be created at the system that does not own the range?",
        key=SYNC_FOREIGN_CREATION,
        default="REJECT",
        others=("KEY_PROPOSAL",),
        reason="Creation is spoken of at the owner alone. With KEY_PROPOSAL the owner creates from the key fields and answers in full; what "
        "else was entered is lost and reported, and of two creations the whole proposal is refused, never mixed.",
        source="R-69, R-71",
    ),
    Ambiguity(
        name="A3",
        zh="逻辑删除与激活如何同步?",
        en="How do logical removal and reactivation travel?",
        key=SYNC_STATUS,
        default="OWNER_WINS",
        others=("DELETE_WINS", "OWNER_ONLY"),
        reason="The status is one more key field, changed by its own operation: a stale removal loses to the owner's unseen write and is "
        "reported. With DELETE_WINS it overrides the owner's reactivation, which is then reported; with OWNER_ONLY a peer does neither.",
        source="R-63, R-70",
    ),
    Ambiguity(
        name="A4",
        zh="客户关系归哪个系统,跨号段时何时写入?",
        en="Who owns a relationship, and when is one across ranges written?",
        default="The owner of the customer that it starts from.",
        reason="A relationship is a field of its first customer. It travels at once and is held; it is shown when the other customer is "
        "known too. To hold the message back is not offered: two customers that point at each other would wait for ever.",
        source="R-64",
    ),
    Ambiguity(
        name="A5",
        zh="非归属系统修改非关键字段会怎样?",
        en="What becomes of a change of another than a key field at the system that does not own the range?",
        key=SYNC_PEER_NONKEY,
        default="REPORT",
        others=("FORBID",),
        reason="The owner's full answer overwrites it, so it is reported when it is made. To keep it is not offered: the systems would not "
        "end equal.",
        source="R-70, R-75",
    ),
    Ambiguity(
        name="A6",
        zh="客户号不在任何号段,或号段重叠?",
        en="A number in no range, or in two?",
        default="Refused; an incoming message is parked.",
        reason="The owner is never guessed, since two systems that guess differently both own the customer. Ranges that overlap are an error "
        "of the handbook.",
        source="R-73",
    ),
    Ambiguity(
        name="A7",
        zh="客户能否改变归属?",
        en="May a customer change its owner?",
        default="By the present owner's explicit hand-over.",
        reason="Any other way makes two owners for a while. Where a migration gives a new number, that is a new customer and a merge.",
        source="R-73",
    ),
    Ambiguity(
        name="A8",
        zh="归属不同的两个客户,由谁归并?",
        en="Who merges two customers of different owners?",
        key=SYNC_MERGE_COORDINATOR,
        default="BP",
        others=("EUSP",),
        reason="Merges started at both systems in opposite directions lead in a circle. To let both start one is not offered.",
        source="R-45",
    ),
    Ambiguity(
        name="A9",
        zh="哪些字段是关键信息?",
        en="Which fields are key information?",
        key=SYNC_KEY_FIELDS,
        default="name, birth_date, document.type, document.number, document.expiry, kind, status",
        others=("any list", "none: key information then only asks the owner for its answer"),
        reason="Key fields are not listed in the document. The number always belongs to them, and never changes. Both readings end equal.",
        source="R-74",
    ),
    Ambiguity(
        name="A10",
        zh="哪些字段是全字段?",
        en="Which fields are all fields?",
        key=SYNC_OTHER_FIELDS,
        default="The key fields and the other shared fields; roles and relationships.",
        others=("any list",),
        reason="All that both systems share. A field in neither list is private to its system: it never travels and is never erased.",
        source="R-69, R-71",
    ),
    Ambiguity(
        name="A11",
        zh="关键信息没有变化时,对方如何处理?",
        en="What does the owner do with key information in which nothing changed?",
        default="It answers all the same.",
        reason="So comes the answer that sets a peer's other fields right. To be silent is not offered: they would differ for ever.",
        source="R-70, R-75",
    ),
)
"""In their order."""

_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {row.name: row.key.name for row in AMBIGUITIES if row.key is not None}
)


def option_of(mark: str | None) -> str | None:
    """The handbook key that settles a mark of the direction table; None where there is no choice.

    >>> option_of("A5"), option_of("A1"), option_of(None)
    ('sync.peer_nonkey', None, None)
    """
    return None if mark is None else _OPTIONS.get(mark)

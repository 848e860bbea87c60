"""Rulings of stewards and items of their worklist as JSON: one of them a line, with its version.

They name records by the host's keys. A ruling holds the steward's own words, which may say more than they should: keep the file as you keep
the records. Reading is strict, as everywhere in `wire`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, Final, cast

from custmaster.dedup.items import Item
from custmaster.dedup.rulings import Ruling
from custmaster.dedup.steward import Ledger
from custmaster.wire._codec import Codec
from custmaster.wire._compiler import Compiler
from custmaster.wire._json import parsed, structured, written
from custmaster.wire.versions import CURRENT, UPCASTERS, Form, versioned

__all__ = [
    "item_from_json",
    "item_to_json",
    "items_from_jsonl",
    "items_to_jsonl",
    "ruling_from_json",
    "ruling_to_json",
    "rulings_from_jsonl",
    "rulings_to_jsonl",
]

_STORED: Final[dict[Form, type[Any]]] = {Form.RULING: Ruling, Form.WORKLIST_ITEM: Item}


@cache
def _codec(form: Form) -> Codec:
    return versioned(Compiler({}, {}).codec(_STORED[form]), CURRENT[form], UPCASTERS[form], carried=True)


def ruling_to_json(ruling: Ruling) -> bytes:
    """The ruling as JSON in UTF-8.

    >>> from datetime import date
    >>> from custmaster.dedup.rulings import RulingKind
    >>> ruling_to_json(Ruling(left="a", right="b", kind=RulingKind.UNSURE, by="S-1", day=date(2026, 11, 24)))
    b'{"schema":1,"left":"a","right":"b","kind":"UNSURE","by":"S-1","day":"2026-11-24"}'
    """
    return written(_codec(Form.RULING).write(ruling))


def ruling_from_json(data: bytes | str) -> Ruling:
    """The ruling that the JSON text says. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path."""
    return cast("Ruling", structured(_codec(Form.RULING), parsed(data), "ruling"))


def rulings_to_jsonl(ledger: Ledger) -> bytes:
    """The ledger as JSON Lines: its entries in the order in which they were taken; the empty ledger is no bytes."""
    return b"".join(ruling_to_json(ruling) + b"\n" for ruling in ledger.entries)


def rulings_from_jsonl(data: bytes) -> Ledger:
    """The ledger that the lines say; their order is that of the rulings.

    Errors: as `ruling_from_json`, of the first line with a fault; InvalidValue (CONFLICT) at the first entry that contradicts those before.
    """
    return Ledger(entries=[ruling_from_json(line) for line in data.splitlines() if line])


def item_to_json(item: Item) -> bytes:
    """The item of a worklist as JSON in UTF-8; it holds no personal data.

    >>> from datetime import date
    >>> from custmaster.dedup.items import ItemType, Question, item_of
    >>> item_to_json(item_of(ItemType.BELOW, [Question(left="a", right="b")], date(2026, 11, 24)))
    b'{"schema":1,"id":"BELOW-dcf5d70736694b4b","type":"BELOW","questions":[{"left":"a","right":"b"}],"opened_on":"2026-11-24"}'
    """
    return written(_codec(Form.WORKLIST_ITEM).write(item))


def item_from_json(data: bytes | str) -> Item:
    """The item that the JSON text says; errors as `ruling_from_json`."""
    return cast("Item", structured(_codec(Form.WORKLIST_ITEM), parsed(data), "item"))


def items_to_jsonl(items: Iterable[Item]) -> bytes:
    """A worklist as JSON Lines, for the next run to take up as `before`."""
    return b"".join(item_to_json(item) + b"\n" for item in items)


def items_from_jsonl(data: bytes) -> tuple[Item, ...]:
    """The worklist that the lines say; errors as `ruling_from_json`, of the first line with a fault."""
    return tuple(item_from_json(line) for line in data.splitlines() if line)

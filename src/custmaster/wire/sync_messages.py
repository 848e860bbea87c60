"""Messages of sync as bytes, and what a host stores for sync as JSON: replicas, reports, digests; all of them with versions.

A message is one JSON object in UTF-8: `schema`, under `message` its kind (KEY, FULL, ACK, HANDOFF, RESYNC, SNAP), then the fields of its
class in their order; the bytes of equal messages are equal. Fields of the customer stand as {"name": "张伟", ...}, **in clear text**: a
message is as confidential as the record, and its way from one system to the other is the hosts' to protect.

Reading is strict, as everywhere in `wire`: an unknown field or kind, a text cut short, a key that stands twice, a field proposed twice or a
counter below zero is refused, all faults at once, as an ExceptionGroup of InvalidValue with paths and never with values.
"""

from __future__ import annotations

from typing import cast

from custmaster.sync.digest import Digest
from custmaster.sync.messages import Message
from custmaster.sync.replica import Replica, Report
from custmaster.wire._json import parsed, structured, written
from custmaster.wire._sync_codecs import codec_of, messages
from custmaster.wire.versions import Form

__all__ = [
    "digest_from_json",
    "digest_to_json",
    "message_from_bytes",
    "message_to_bytes",
    "replica_from_json",
    "replica_to_json",
    "report_from_json",
    "report_to_json",
]


def message_to_bytes(message: Message) -> bytes:
    """The bytes of a message, in clear text.

    >>> from custmaster.sync.messages import Resync
    >>> told = Resync(number="6000000001", sender="BP", receiver="EUSP", catalogue="0a", incarnations=(1, 0), epoch=0)
    >>> message_to_bytes(told)[:62]
    b'{"schema":1,"message":"RESYNC","number":"6000000001","sender":'
    """
    return written(messages().write(message))


def message_from_bytes(data: bytes | str) -> Message:
    """The message that the bytes say. Errors: an ExceptionGroup of InvalidValue, one for every fault, with its path.

    Whether the message is for this system and this customer is asked by `sync.admit` and `sync.deliver`.

    >>> try:
    ...     message_from_bytes(b'{"schema":1,"message":"RESYNC","number":"6000000001","epoch":-1,"note":"x"}')
    ... except ExceptionGroup as problem:
    ...     [(fault.path, str(fault.fault)) for fault in problem.exceptions][:2]
    [('epoch', 'RANGE'), ('sender', 'MISSING')]
    """
    return cast("Message", structured(messages(), parsed(data), "message"))


def replica_to_json(replica: Replica) -> bytes:
    """The replica as JSON in UTF-8, in clear text, for the host to store in one transaction with the record.

    >>> from custmaster.sync.replica import blank
    >>> replica_to_json(blank(number="6000000001", system="BP", other="EUSP", owner=True))
    b'{"schema":1,"number":"6000000001","system":"BP","other":"EUSP","owner":true}'
    """
    return written(codec_of(Form.REPLICA).write(replica))


def replica_from_json(data: bytes | str) -> Replica:
    """The replica that the JSON text says; errors as `message_from_bytes`."""
    return cast("Replica", structured(codec_of(Form.REPLICA), parsed(data), "replica"))


def report_to_json(report: Report) -> bytes:
    """The report as JSON in UTF-8; it holds no value of a field."""
    return written(codec_of(Form.SYNC_REPORT).write(report))


def report_from_json(data: bytes | str) -> Report:
    """The report that the JSON text says; errors as `message_from_bytes`."""
    return cast("Report", structured(codec_of(Form.SYNC_REPORT), parsed(data), "report"))


def digest_to_json(digest: Digest) -> bytes:
    """The digest of one customer as JSON in UTF-8, for the periodic exchange.

    >>> digest_to_json(Digest(number="6000000001", epoch=0, rev=3, ack=1, seal="0a"))
    b'{"schema":1,"number":"6000000001","epoch":0,"rev":3,"ack":1,"seal":"0a"}'
    """
    return written(codec_of(Form.DIGEST).write(digest))


def digest_from_json(data: bytes | str) -> Digest:
    """The digest that the JSON text says; errors as `message_from_bytes`."""
    return cast("Digest", structured(codec_of(Form.DIGEST), parsed(data), "digest"))

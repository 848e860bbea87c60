"""What every event on a customer, a contract, a usage or a restriction says of its happening; events are never made of this alone."""

from __future__ import annotations

from datetime import date

from attrs import frozen

__all__ = ["Happened"]


@frozen(kw_only=True)
class Happened:
    """The bank's business day, who did it, under which request, and the version of the event's form."""

    schema: int = 1
    on: date
    actor: str
    request_id: str

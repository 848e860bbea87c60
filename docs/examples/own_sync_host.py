"""A bank's own host of sync: the protocol written from its description, on SQLite, without a function of `custmaster.sync`.

It claims the status and relationships, and no hand-over, restore or crash. `Host` is right. `HostWithAFault` asks the wrong question when it
looks for a conflict: whether the record has changed since the proposal's author saw it, and not whether the OWNER changed it.
"""

# ruff: noqa: D102, D103, ARG002

from __future__ import annotations

import json
import sqlite3
from typing import Any

from custmaster.sync import Report, ReportCode
from custmaster.testing.sync_adapter import Capability, EditResult, HostConfig

Customer = dict[str, Any]


class Host:
    """One system: a table of customers, each with all that sync must remember in one JSON document, and a table of reports."""

    capabilities = frozenset({Capability.RELATIONS})

    def __init__(self, system: str, config: HostConfig) -> None:
        self.system, self.other, self.config = system, config.other(system), config
        self.shared = config.setting.catalogue
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.execute("create table customer (number text primary key, document text not null)")
        self.db.execute("create table report (place integer primary key, code, number, system, epoch, pseq, field)")

    # --- storage: one transaction for the record, what sync remembers, and the reports ---------------------------------------

    def load(self, number: str) -> Customer:
        row = self.db.execute("select document from customer where number = ?", (number,)).fetchone()
        if row:
            return json.loads(row[0])
        owner = self.config.owner(number) == self.system
        return {"number": number, "owner": owner, "present": False, "creation": None, "values": {}, "base": {}, "rev": 0,
                "ack": 0, "stamps": {}, "peer_has": None, "pseq": 0, "pending": {}}  # fmt: skip

    def store(self, customer: Customer, reports: list[tuple[str, str, int, str]] = []) -> None:  # noqa: B006
        self.db.execute("begin immediate")
        text = json.dumps(customer, ensure_ascii=False, sort_keys=True)
        self.db.execute("insert or replace into customer values (?, ?)", (customer["number"], text))
        for code, system, pseq, field in reports:
            row = (code, customer["number"], system, 0, pseq, field)
            self.db.execute(
                "insert into report (code, number, system, epoch, pseq, field) values (?, ?, ?, ?, ?, ?)", row
            )
        self.db.execute("commit")

    def record(self, number: str) -> dict[str, str] | None:
        customer = self.load(number)
        return customer["values"] if customer["present"] else None

    def reports(self) -> list[Report]:
        rows = self.db.execute("select code, number, system, epoch, pseq, field from report order by place")
        names = ("code", "number", "system", "epoch", "pseq", "field")
        return [Report(**dict(zip(names, (ReportCode(row[0]), *row[1:]), strict=True))) for row in rows]

    def state(self) -> bytes:
        return "\n".join(self.db.iterdump()).encode()

    # --- users ---------------------------------------------------------------------------------------------------------------

    def create(self, number: str, values: dict[str, str], creation_id: str) -> EditResult:
        customer = self.load(number)
        if customer["present"] or not customer["owner"]:
            return EditResult(refused="ALREADY_PRESENT" if customer["present"] else "FOREIGN_CREATION")
        rev = customer["rev"] + 1
        keys = [row.name for row in self.shared.fields if not row.family and self.shared.is_key(row.name)]
        units = {self.shared.unit(name) for name in (*keys, *filter(self.shared.is_key, values))}
        stamps = dict.fromkeys(units, rev)
        self.store(
            customer | {"present": True, "creation": creation_id, "values": dict(values), "rev": rev, "stamps": stamps}
        )
        return EditResult()

    def edit(self, number: str, changes: dict[str, str | None]) -> EditResult:
        customer = self.load(number)
        if not customer["present"]:
            return EditResult(refused="NOT_PRESENT")
        if not all(self.shared.knows(name) for name in changes):
            return EditResult(refused="UNKNOWN_FIELD")
        wanted = {name: value for name, value in changes.items() if customer["values"].get(name) != value}
        if wanted and customer["owner"]:
            self.edit_as_owner(customer, wanted)
        elif wanted:
            self.edit_as_peer(customer, wanted)
        return EditResult()

    def set_status(self, number: str, status: str) -> EditResult:
        return self.edit(number, {"status": status})

    def hand_over(self, number: str) -> EditResult:
        return EditResult(refused="NOT_OFFERED")

    def edit_as_owner(self, customer: Customer, wanted: dict[str, str | None]) -> None:
        customer["rev"] += 1
        for name in filter(self.shared.is_key, wanted):
            customer["stamps"][self.shared.unit(name)] = customer["rev"]
        lay(customer["values"], wanted)
        self.store(customer)

    def edit_as_peer(self, customer: Customer, wanted: dict[str, str | None]) -> None:
        customer["pseq"] += 1
        pending = customer["pending"]
        # An edit made over one that is not answered keeps its base: its author never saw what the owner wrote meanwhile.
        bases = {self.shared.unit(name): base for name, (_, _, base) in pending.items()}
        reverting = []
        for name, value in wanted.items():
            if self.shared.is_key(name):
                pending[name] = (value, customer["pseq"], bases.get(self.shared.unit(name), customer["rev"]))
            else:
                reverting.append(("NONKEY_REVERTS", self.system, customer["pseq"], name))
        lay(customer["values"], wanted)
        self.store(customer, reverting)

    # --- messages ------------------------------------------------------------------------------------------------------------

    def outgoing(self) -> list[bytes]:
        numbers = [row[0] for row in self.db.execute("select number from customer order by number")]
        owed = []
        for customer in map(self.load, numbers):
            if customer["owner"] and customer["peer_has"] != [customer["rev"], customer["ack"]]:
                owed.append(self.full(customer))
            elif not customer["owner"] and customer["pseq"] > customer["ack"]:
                owed.append(self.key(customer))
        return owed

    def message(self, kind: str, customer: Customer, more: dict[str, Any]) -> bytes:
        head = {"schema": 1, "message": kind, "number": customer["number"], "sender": self.system, "receiver": self.other,
                "catalogue": self.shared.fingerprint, "incarnations": [0, 0], "epoch": 0}  # fmt: skip
        return json.dumps(head | more, ensure_ascii=False, separators=(",", ":")).encode()

    def full(self, customer: Customer) -> bytes:
        body = {name: customer[name] for name in ("rev", "ack", "values", "stamps")}
        ordered = {name: dict(sorted(one.items())) if isinstance(one, dict) else one for name, one in body.items()}
        return self.message("FULL", customer, ordered | {"creation_id": customer["creation"]})

    def key(self, customer: Customer) -> bytes:
        proposals = [
            {"field": name, "value": value, "pseq": pseq, "base_rev": base}
            for name, (value, pseq, base) in sorted(customer["pending"].items())
        ]
        told = {"pseq": customer["pseq"], "seen": customer["rev"], "proposals": proposals}
        return self.message("KEY", customer, told | {"creation_id": customer["creation"]})

    def ack(self, customer: Customer) -> bytes:
        return self.message("ACK", customer, {"rev": customer["rev"], "ack": customer["ack"]})

    def deliver(self, message: bytes) -> list[bytes]:
        try:
            told = json.loads(message, object_pairs_hook=each_once)
            self.check(told)
        except (ValueError, KeyError, TypeError, AttributeError):
            return []
        customer = self.load(told["number"])
        match told["message"]:
            case "KEY" if customer["owner"] and customer["present"]:
                return self.on_key(customer, told)
            case "FULL" if not customer["owner"]:
                return self.on_full(customer, told)
            case "ACK" if customer["owner"] and customer["present"]:
                self.on_ack(customer, told)
        return []

    def check(self, told: dict[str, Any]) -> None:
        """Refuse, by ValueError, what is no message for this system."""
        head = {"schema", "message", "number", "sender", "receiver", "catalogue", "incarnations", "epoch"}
        version, creation = {"rev": int, "ack": int}, {"creation_id"}
        body = {
            "KEY": {"pseq", "seen", "proposals"} | creation,
            "FULL": {*version, "values", "stamps"} | creation,
            "ACK": {*version},
        }
        if set(told) != head | body[told["message"]] or told["schema"] != 1:
            raise ValueError
        if (told["sender"], told["receiver"]) != (self.other, self.system) or told[
            "catalogue"
        ] != self.shared.fingerprint:
            raise ValueError
        if told["incarnations"] != [0, 0] or self.config.plan.range_of(told["number"]) is None:
            raise ValueError
        counters = [told["epoch"], *(told[name] for name in ("rev", "ack", "pseq", "seen") if name in told)]
        if told["epoch"] != 0 or any(type(one) is not int or one < 0 for one in counters):
            raise ValueError
        for name, value in told.get("values", {}).items():
            if type(value) is not str or not self.shared.knows(name):
                raise ValueError
        fields = [one["field"] for one in told.get("proposals", ())]
        if len(set(fields)) < len(fields) or not all(map(self.shared.is_key, fields)):
            raise ValueError

    def on_key(self, customer: Customer, told: dict[str, Any]) -> list[bytes]:
        new = {one["field"]: one for one in told["proposals"] if one["pseq"] > customer["ack"]}
        if told["pseq"] <= customer["ack"]:
            return [self.full(customer)]
        reports = []
        for unit in sorted({self.shared.unit(name) for name in new}):
            edits = [one for name, one in new.items() if self.shared.unit(name) == unit]
            if self.conflicts(customer, unit, min(one["base_rev"] for one in edits)):
                lost = [one for one in edits if customer["values"].get(one["field"]) != one["value"]]
                reports += [("EDIT_LOST", self.other, one["pseq"], one["field"]) for one in lost]
            else:
                lay(customer["values"], {one["field"]: one["value"] for one in edits})
        customer["ack"] = told["pseq"]
        self.store(customer, reports)
        return [self.full(customer)]

    def conflicts(self, customer: Customer, unit: str, base: int) -> bool:
        """Whether the owner itself wrote the unit after what the author of the proposal had seen."""
        return customer["stamps"].get(unit, 0) > base

    def on_full(self, customer: Customer, told: dict[str, Any]) -> list[bytes]:
        version, mine = (told["rev"], told["ack"]), (customer["rev"], customer["ack"])
        if customer["present"] and version == mine and told["values"] != customer["base"]:
            return []
        if not customer["present"] or version > mine:
            waiting = {name: one for name, one in customer["pending"].items() if one[1] > told["ack"]}
            units = {self.shared.unit(name) for name in waiting}
            values = {name: value for name, value in told["values"].items() if self.shared.unit(name) not in units}
            values |= {name: one for name, one in customer["values"].items() if self.shared.unit(name) in units}
            customer |= {"present": True, "creation": told["creation_id"], "rev": told["rev"], "ack": told["ack"],
                         "values": values, "base": told["values"], "pending": waiting}  # fmt: skip
            self.store(customer)
        return [self.ack(customer)]

    def on_ack(self, customer: Customer, told: dict[str, Any]) -> None:
        arrived = [told["rev"], told["ack"]]
        if (customer["peer_has"] or [-1, -1]) < arrived <= [customer["rev"], customer["ack"]]:
            self.store(customer | {"peer_has": arrived})


class HostWithAFault(Host):
    """As `Host`, with one mistake that is often made: every change of the record counts as a conflict, whoever made it."""

    def conflicts(self, customer: Customer, unit: str, base: int) -> bool:
        return customer["rev"] + customer["ack"] > base


def lay(values: dict[str, str], changes: dict[str, str | None]) -> None:
    for name, value in changes.items():
        if value is None:
            values.pop(name, None)
        else:
            values[name] = value


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)

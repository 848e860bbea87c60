"""A bank's own host of merging, on SQLite: it executes a plan in one transaction, and undoes it in one transaction.

Tables hold customers as JSON, whatever refers to them, the roster of quality customers with its staff, what each used, the ledger of restrictions, the
journal of merges, the rows of the alias ledger and the stewards' rulings. Contracts and sync are kept elsewhere. The
reference manifest beside this file lists every column that holds a customer number; `forgotten_columns` compares it with the foreign keys.
"""

# ruff: noqa: D102, S608

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from custmaster.customer import evolve
from custmaster.dedup.aliases import AliasLedger
from custmaster.dedup.aliases import evolve as number_after
from custmaster.dedup.steward import Ledger
from custmaster.desk import (
    Merge,
    MergeFacts,
    Reference,
    RosterBook,
    Unmerge,
    UnmergeFacts,
    joint,
    record_of,
    unlisted_columns,
)
from custmaster.desk.merge import plan
from custmaster.desk.unmerge import unplan
from custmaster.limits import Usage, UsagesJoined, UsagesParted, combined, parted
from custmaster.roster import evolve as entry_after
from custmaster.screening import RestrictionLedger, RestrictionsJoined, RestrictionsParted
from custmaster.value.account import AccountNumber
from custmaster.wire import (
    alias_event_to_json,
    customer_from_json,
    customer_to_json,
    event_to_json,
    load_manifest,
    merge_record_from_json,
    merge_record_to_json,
    number_life_from_json,
    number_life_to_json,
    restriction_event_from_json,
    restriction_event_to_json,
    roster_entry_from_json,
    roster_entry_to_json,
    roster_event_to_json,
    ruling_from_json,
    ruling_to_json,
    staff_from_json,
    staff_to_json,
    usage_from_json,
    usage_to_json,
)

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from custmaster.customer import Customer
    from custmaster.decision import Occasion
    from custmaster.dedup.rulings import Ruling
    from custmaster.desk import MergeAnswer, MergeRecord, UnmergeAnswer
    from custmaster.handbook import Page
    from custmaster.roster import RosterEvent, Staff
    from custmaster.screening import RestrictionEvent

MANIFEST_FILE = Path(__file__).parent / "merge" / "manifest.toml"
SCHEMA = """
create table customer (number text primary key, record text not null);
create table account (id text primary key, customer_number text not null references customer);
create table card (id text primary key, customer_number text not null references customer);
create table roster_entry (id text primary key, customer_number text not null references customer, record text);
create table staff (number text primary key, record text not null);
create table journal (place integer primary key, request_id text unique, survivor text, absorbed text, record text not null);
create table alias (number text primary key, life text not null);
create table ruling (place integer primary key, ruling text not null);
create table usage (customer text primary key, usage text not null);
create table restriction (place integer primary key, event text not null);
create table outbox (place integer primary key, event text not null);
"""


class MergeHost:
    """One database. The facts that are not in it (online wealth, custody, holds, blacklists) come from other systems as `known`."""

    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(f"pragma foreign_keys = on; {SCHEMA}")
        self.manifest = load_manifest(MANIFEST_FILE.read_text(encoding="utf-8"), source=MANIFEST_FILE.name)
        self.known: dict[str, tuple[str, ...]] = dict.fromkeys(
            ("online_wealth", "third_party_custody", "legal_holds", "blacklisted"), ()
        )

    # --- the manifest against the schema ------------------------------------------------------------------------------------

    def forgotten_columns(self) -> tuple[str, ...]:
        tables = [
            row[0] for row in self.db.execute("select name from sqlite_master where type = 'table' order by name")
        ]
        keys = [
            f"{table}.{row[3]}"
            for table in tables
            for row in self.db.execute(f"pragma foreign_key_list({table})")
            if row[2] == "customer"
        ]
        return unlisted_columns(self.manifest, keys)

    # --- loading ------------------------------------------------------------------------------------------------------------

    def customer(self, number: str) -> Customer:
        return customer_from_json(self._one("select record from customer where number = ?", number))

    def _one(self, sql: str, *values: str) -> str:
        (text,) = self.db.execute(sql, values).fetchone()
        return str(text)

    def ledger(self) -> AliasLedger:
        """Here the whole table; a bank loads the two numbers and whatever leads to or from them."""
        return AliasLedger(lives=[number_life_from_json(row[0]) for row in self.db.execute("select life from alias")])

    def journal(self) -> tuple[MergeRecord, ...]:
        rows = self.db.execute("select record from journal order by place")
        return tuple(merge_record_from_json(row[0]) for row in rows)

    def rulings(self) -> Ledger:
        rows = self.db.execute("select ruling from ruling order by place")
        return Ledger(entries=[ruling_from_json(row[0]) for row in rows])

    def usage(self, number: str) -> Usage:
        row = self.db.execute("select usage from usage where customer = ?", (number,)).fetchone()
        return Usage.of(number) if row is None else usage_from_json(row[0])

    def restrictions(self) -> RestrictionLedger:
        """Here the whole table; a bank loads the events of both customers and of whom they absorbed."""
        rows = self.db.execute("select event from restriction order by place")
        return RestrictionLedger(entries=[restriction_event_from_json(row[0]) for row in rows])

    def book(self, *customers: str) -> RosterBook:
        """The entries of these customers, and here the whole staff; a bank loads who stands at the entries."""
        marks = ", ".join("?" * len(customers))
        held = f"select record from roster_entry where record is not null and customer_number in ({marks})"
        return RosterBook(
            entries=[roster_entry_from_json(row[0]) for row in self.db.execute(held, customers)],
            staff=[staff_from_json(row[0]) for row in self.db.execute("select record from staff")],
        )

    def references(self, number: str) -> list[Reference]:
        """What refers to the customer, but for the entries whose records are here: those go by their own events."""
        return [
            Reference(kind=kind.name, id=row[0])
            for kind in self.manifest.kinds
            for table, column in _places(kind.columns)
            for row in self.db.execute(f"select id from {table} where {column} = ?", (number,))
            if kind.name != "ROSTER_ENTRY" or not self._is_kept(row[0])
        ]

    def _is_kept(self, entry: str) -> bool:
        row = self.db.execute("select record from roster_entry where id = ?", (entry,)).fetchone()
        return row is not None and row[0] is not None

    # --- merging and undoing ------------------------------------------------------------------------------------------------

    def merge(self, survivor: str, absorbed: str, occasion: Occasion, page: Page) -> MergeAnswer:
        with self._transaction():
            asked = Merge(
                survivor=self.customer(survivor), absorbed=self.customer(absorbed), manifest=self.manifest, system="BP"
            )
            facts = MergeFacts(
                references=self.references(absorbed),
                looked_up=self.manifest.names,
                aliases=self.ledger(),
                rulings=self.rulings(),
                book=self.book(survivor, absorbed),
                **self.known,
            )
            answer = plan(asked, facts, occasion, page)
            made = answer.plan
            if made is not None:
                self._happened(made.events)
                self._listed(made.roster_events)
                self._refer(made.references, before=absorbed, after=survivor)
                self.db.execute(
                    "insert into journal (request_id, survivor, absorbed, record) values (?, ?, ?, ?)",
                    (made.request_id, survivor, absorbed, merge_record_to_json(record_of(made)).decode()),
                )
            return answer

    def undo(self, request_id: str, reason: str, occasion: Occasion, page: Page) -> UnmergeAnswer:
        with self._transaction():
            record = merge_record_from_json(self._one("select record from journal where request_id = ?", request_id))
            asked = Unmerge(
                record=record,
                survivor=self.customer(record.survivor),
                absorbed=self.customer(record.absorbed),
                reason=reason,
                system="BP",
            )
            facts = UnmergeFacts(
                journal=self.journal(),
                aliases=self.ledger(),
                rulings=self.rulings(),
                book=self.book(record.survivor, record.absorbed),
            )
            answer = unplan(asked, facts, occasion, page)
            made = answer.plan
            if made is not None:
                back = [AccountNumber(one.id) for one in made.references if one.kind == "ACCOUNT"]
                self._happened(made.events, accounts=back)
                self._listed(made.roster_events)
                self._refer(made.references, before=record.survivor, after=record.absorbed)
                self._ruled(made.ruling)
                undone = merge_record_to_json(attrs.evolve(record, reversed_by=made.request_id)).decode()
                self.db.execute("update journal set record = ? where request_id = ?", (undone, request_id))
            return answer

    # --- storing: everything of one answer, or nothing ----------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self.db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self.db.execute("rollback")
            raise
        self.db.execute("commit")

    def open(self, event: Any) -> None:
        with self._transaction():
            self._happened([event])

    def store_staff(self, staff: Staff) -> None:
        self.db.execute("insert or replace into staff values (?, ?)", (staff.number, staff_to_json(staff).decode()))

    def enlist(self, event: RosterEvent) -> None:
        with self._transaction():
            self._listed([event])

    def store_usage(self, usage: Usage) -> None:
        text = usage_to_json(usage).decode()
        self.db.execute("insert or replace into usage values (?, ?)", (usage.customer, text))

    def restrict(self, event: RestrictionEvent) -> None:
        """One more event of the ledger. Errors: InvalidValue for one that cannot follow those before; then nothing is stored."""
        self.restrictions().extend([event])
        text = restriction_event_to_json(event).decode()
        self.db.execute("insert into restriction (event) values (?)", (text,))

    def _happened(self, events: Iterable[Any], accounts: Iterable[AccountNumber] = ()) -> None:
        """Each event, and all that it forces; `accounts` are those that go back to a customer whose merge is undone."""
        back = tuple(accounts)
        for event in events:
            row = self.db.execute("select record from customer where number = ?", (event.number,)).fetchone()
            after = evolve(None if row is None else customer_from_json(row[0]), event)
            self.db.execute(
                "insert into customer values (?, ?) on conflict (number) do update set record = excluded.record",
                (after.number, customer_to_json(after).decode()),
            )
            self._tell(event_to_json(event))
            for forced in joint.consequences([event]):
                self._forced(forced, back)

    def _listed(self, events: Iterable[RosterEvent]) -> None:
        """What happened to entries of the roster, each stored under the customer of whom it now is."""
        for event in events:
            row = self.db.execute("select record from roster_entry where id = ?", (event.number,)).fetchone()
            after = entry_after(None if row is None else roster_entry_from_json(row[0]), event)
            self.db.execute(
                "insert or replace into roster_entry values (?, ?, ?)",
                (after.number, after.customer, roster_entry_to_json(after).decode()),
            )
            self._tell(roster_event_to_json(event))

    def _forced(self, forced: joint.Forced, back: tuple[AccountNumber, ...]) -> None:
        """One consequence; what is of sync and of contracts is kept elsewhere, and passed over."""
        effect: Any = forced.effect
        match effect:
            case UsagesJoined():
                self.store_usage(combined(self.usage(effect.into), self.usage(effect.customer)))
                self.db.execute("delete from usage where customer = ?", (effect.customer,))
            case UsagesParted():
                for usage in parted(self.usage(effect.into), effect.customer, back):
                    self.store_usage(usage)
            case RestrictionsJoined() | RestrictionsParted():
                self.restrict(effect)
            case _ if forced.noun is joint.Noun.NUMBER:
                self._renumber(forced.number, effect)
            case _:
                pass

    def _renumber(self, number: str, effect: Any) -> None:
        ledger = number_after(self.ledger(), effect)
        life = number_life_to_json(ledger.by_number[number]).decode()
        self.db.execute("insert or replace into alias values (?, ?)", (number, life))
        self._tell(alias_event_to_json(effect))

    def _tell(self, event: bytes) -> None:
        self.db.execute("insert into outbox (event) values (?)", (event.decode(),))

    def _refer(self, moved: Iterable[Reference], *, before: str, after: str) -> None:
        columns = {kind.name: kind.columns for kind in self.manifest.kinds}
        for one in moved:
            for table, column in _places(columns[one.kind]):
                self.db.execute(
                    f"update {table} set {column} = ? where id = ? and {column} = ?", (after, one.id, before)
                )

    def _ruled(self, ruling: Ruling) -> None:
        self.db.execute("insert into ruling (ruling) values (?)", (ruling_to_json(ruling).decode(),))

    def number_events(self) -> list[bytes]:
        """What downstream systems replay: the events on numbers, in which there is no personal data."""
        told = [row[0] for row in self.db.execute("select event from outbox order by place")]
        return [text.encode() for text in told if json.loads(text)["event"].startswith("NUMBER_")]


def _places(columns: Iterable[str]) -> list[tuple[str, str]]:
    return [(table, column) for table, _, column in (name.partition(".") for name in columns)]

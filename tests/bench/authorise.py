"""How long it takes to authorise a transaction, and the same decided by plain SQL in DuckDB: microseconds, the best of many short runs.

    python tests/bench/authorise.py

One customer with regulation and a bank's pack of twenty rows (31 limits, of which 10 cover the transaction), two agreed limits, three restrictions
of which one covers another channel, and twelve ways used that day and that year. What is about the customer and the day is prepared once.
The statement adds up the same usage, joins it with the same limits, and looks the restrictions up; DuckDB keeps its tables in memory, and the
statement is prepared once as well. Both are asked about the same transactions and have to agree, limit by limit. Ends with 1 when they do not, or
when deciding takes more than 30 microseconds.
"""

from __future__ import annotations

import sys
import timeit
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import product

import duckdb

from custmaster.contract import Catalogue, Category, Contract, Product, Term
from custmaster.decision import Citation, Decision, Occasion
from custmaster.dedup.alias_events import NumberOpened
from custmaster.dedup.aliases import replay, resolve
from custmaster.desk.authorise import CustomerDay, CustomerFacts, decide, prepare
from custmaster.desk.contract_facts import Register
from custmaster.handbook import default
from custmaster.limits import Counterparty, LimitRow, Measure, Scope, Slot, Transaction, Usage, evolve, reserve
from custmaster.screening import (
    LiftCondition,
    Restriction,
    RestrictionCause,
    RestrictionImposed,
    RestrictionLedger,
)
from custmaster.screening import Scope as Covered
from custmaster.value.money import Money
from custmaster.value.party import PartyKind
from custmaster.value.span import Span

NUMBER, DAY = "6000000001", date(2026, 11, 23)
AIM = 30.0
CHANNELS, ACTIONS = ("MOBILE", "WEB", "POS", "ATM"), ("SPEND", "TRANSFER_OUT", "CASH_OUT")
MEASURES = (Measure.SINGLE, Measure.DAY_AMOUNT, Measure.DAY_COUNT, Measure.YEAR_AMOUNT)
LIMIT = Product(number="0000000001", zh="限额", en="limit", category=Category.TRANSACTION_BEHAVIOUR)
TABLES = """
CREATE TABLE used (channel TEXT, action TEXT, counterparty TEXT, day DATE, year INT, amount DECIMAL(17, 2), n BIGINT);
CREATE TABLE stands (code TEXT, measure TEXT, figure DECIMAL(17, 2), apart BOOLEAN);
CREATE TABLE of_channel (code TEXT, channel TEXT);
CREATE TABLE of_action (code TEXT, action TEXT);
CREATE TABLE of_counterparty (code TEXT, counterparty TEXT);
CREATE TABLE restriction (number TEXT, channel TEXT, since DATE);
"""
STATEMENT = """
WITH covering AS (
    SELECT s.* FROM stands s
    JOIN of_channel c ON c.code = s.code AND c.channel = $1
    JOIN of_action a ON a.code = s.code AND a.action = $2
    JOIN of_counterparty o ON o.code = s.code AND o.counterparty = $3),
gone AS (
    SELECT s.code,
        sum(u.amount) FILTER (u.day = $4) AS day_amount,
        sum(u.n) FILTER (u.day = $4) AS day_count,
        sum(u.amount) FILTER (u.year = year($4::DATE)) AS year_amount
    FROM covering s
    JOIN of_channel c USING (code) JOIN of_action a USING (code) JOIN of_counterparty o USING (code)
    JOIN used u ON u.channel = c.channel AND u.action = a.action AND u.counterparty = o.counterparty
    GROUP BY s.code)
SELECT s.code FROM covering s LEFT JOIN gone g USING (code)
WHERE CASE s.measure
    WHEN 'SINGLE' THEN $5::DECIMAL(17, 2)
    WHEN 'DAY_AMOUNT' THEN coalesce(day_amount, 0) + $5::DECIMAL(17, 2)
    WHEN 'DAY_COUNT' THEN coalesce(day_count, 0) + 1
    ELSE coalesce(year_amount, 0) + $5::DECIMAL(17, 2) END > s.figure
UNION ALL SELECT number FROM restriction WHERE channel = $1 AND since <= $4
ORDER BY 1
"""


def microseconds(call: Callable[[], object], runs: int, repeats: int) -> float:
    return min(timeit.repeat(call, number=runs, repeat=repeats)) / runs * 1e6


def pack() -> list[LimitRow]:
    cited = Citation(article="a bank's rule")
    pairs = product(MEASURES, (*CHANNELS, "*"))
    return [
        LimitRow(code=f"ROW_{n}", measure=measure, figure=Decimal(50_000), channels=[channel], citation=cited)
        for n, (measure, channel) in enumerate(pairs)
    ]


def customer() -> CustomerDay:
    terms = [Term(name="day_amount", value=Decimal(20_000)), Term(name="day_count", value=9)]
    signed = Contract(number="C1", product=LIMIT.number, customer=NUMBER, channels=["MOBILE"], terms=terms)
    stood = [
        Restriction(
            number=f"R{n}",
            customer=NUMBER,
            cause=cause,
            scope=Covered(channels=[channel]),
            valid=Span(date(2026, 1, 1), None),
            lift=LiftCondition.AUTHORITY,
        )
        for n, (cause, channel) in enumerate(zip(RestrictionCause, ("WEB", "KIOSK", "PHONE"), strict=False))
    ]
    imposed = [RestrictionImposed(on=DAY, actor="S-1", request_id=one.number, restriction=one) for one in stood]
    facts = CustomerFacts(
        number=NUMBER,
        party=PartyKind.PERSON,
        resolution=resolve(replay([NumberOpened(number=NUMBER, on=DAY, request_id="T-0")]), NUMBER, DAY),
        pack=pack(),
        register=Register(catalogue=Catalogue(version="1", positions=10, products=[LIMIT]), contracts=[signed]),
        restrictions=RestrictionLedger(entries=imposed),
    )
    return prepare(facts, default().on(DAY))


def ways() -> list[Slot]:
    return [Slot(channel=c, action=a, counterparty=Counterparty.OTHER_NAME) for c in CHANNELS for a in ACTIONS]


def paid(name: str, way: Slot, amount: int) -> Transaction:
    return Transaction(id=name, customer=NUMBER, day=DAY, slot=way, amount=Money(Decimal(amount)))


def in_sql(known: CustomerDay, usage: Usage) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect(config={"threads": 1})
    base.execute(TABLES)
    for row in known.limits.rows:
        if row.account_classes or row.party not in (None, PartyKind.PERSON):
            continue  # the transactions are over accounts without a class
        assert row.scope is Scope.CUSTOMER
        base.execute("INSERT INTO stands VALUES (?, ?, ?, false)", [row.code, row.measure.value, row.figure])
        for table, codes, every in (
            ("of_channel", row.channels, CHANNELS),
            ("of_action", row.actions, ACTIONS),
            ("of_counterparty", row.counterparties, tuple(Counterparty)),
        ):
            for code in every if codes in ((), ("*",)) else codes:
                base.execute(f"INSERT INTO {table} VALUES (?, ?)", [row.code, str(code)])
    for bucket in usage.buckets:
        way = bucket.slot
        cells = [way.channel, way.action, way.counterparty.value, bucket.day, bucket.year, bucket.amount.amount]
        base.execute("INSERT INTO used VALUES (?, ?, ?, ?, ?, ?, ?)", [*cells, bucket.count])
    for one in known.restrictions:
        for channel in one.scope.channels:
            base.execute("INSERT INTO restriction VALUES (?, ?, ?)", [one.number, channel, one.valid.start])
    base.execute(f"PREPARE ask AS {STATEMENT}")
    return base


def asked(base: duckdb.DuckDBPyConnection, one: Transaction) -> list[str]:
    way = one.slot
    said = f"'{way.channel}', '{way.action}', '{way.counterparty}', DATE '{one.day}', {one.amount.amount}"
    return [code for (code,) in base.execute(f"EXECUTE ask({said})").fetchall()]


def told(answer: Decision) -> list[str]:
    facts = [dict(reason.facts) for reason in answer.reasons]
    return sorted(str(fact.get("row", fact.get("number"))) for fact in facts)


def agree(base: duckdb.DuckDBPyConnection, known: CustomerDay, usage: Usage, several: Iterable[Transaction]) -> bool:
    answers = [(told(decide(one, usage, known, occasion(one))), asked(base, one)) for one in several]
    refused = sum(bool(mine) for mine, _ in answers)
    print(f"{len(answers)} transactions, {refused} with something against them: ", end="")
    same = all(mine == theirs for mine, theirs in answers) and 0 < refused < len(answers)
    print("both say the same of each" if same else "THEY DIFFER")
    return same


def occasion(one: Transaction) -> Occasion:
    return Occasion(day=DAY, actor=one.slot.channel, request_id=one.id)


def main() -> int:
    known, usage = customer(), Usage.of(NUMBER)
    for n, way in enumerate(ways()):
        usage = reserve(usage, paid(f"T-{n}", way, 5))
    base = in_sql(known, usage)
    amounts = (1, 19_990, 20_001, 49_996, 50_001, 400_000)
    several = [paid(f"N-{n}", way, amount) for n, (way, amount) in enumerate(product(ways(), amounts))]
    same = agree(base, known, usage, several)
    new = paid("T-NEW", ways()[0], 5)
    when, covering = occasion(new), len(known.limits.over(new.slot).rows)
    event = decide(new, usage, known, when).events[0]  # type: ignore[union-attr]
    one = microseconds(lambda: decide(new, usage, known, when), 200, 200)
    two = microseconds(lambda: evolve(usage, event), 200, 200)  # type: ignore[arg-type]
    sql = microseconds(lambda: asked(base, new), 10, 30)
    print(f"decide {one:7.1f} us   ({covering} of {len(known.limits.rows)} limits cover it)")
    print(f"evolve {two:7.1f} us")
    print(f"SQL    {sql:7.1f} us   (decides only)")
    return 0 if same and one <= AIM else 1


if __name__ == "__main__":
    sys.exit(main())

"""`custmaster close-check CUSTOMER --contracts FILE --catalogue FILE`: what stands against closing an account, a card or a customer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from custmaster.cli.inputs import as_of, load_handbook
from custmaster.cli.ledger import load_ledger
from custmaster.cli.register import add_register, load_register
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Occasion, Outcome
from custmaster.dedup.alias_events import NumberStatus
from custmaster.dedup.aliases import Resolution, resolutions, resolve
from custmaster.desk import close
from custmaster.desk.closing_facts import Closing, ClosingFacts, ClosingHit, ClosingReport, Pending
from custmaster.desk.contract_facts import Register
from custmaster.desk.on_account import held_on
from custmaster.errors import CustmasterError, InvalidValue, UnusableInput
from custmaster.handbook import Page, customer_number_plan, render
from custmaster.value.account import AccountNumber, CardNumber

__all__ = ["add", "run"]

_EFFECTS: Final = {
    Outcome.REFUSED: ("强制控制", "bars"),
    Outcome.REVIEW: ("须人工核对", "a person looks"),
    Outcome.ALLOWED: ("提醒", "reminder"),
}
_WORST_FIRST: Final = tuple(_EFFECTS)

N = TypeVar("N", AccountNumber, CardNumber)


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "close-check",
        parents=[common],
        help="what stands against closing an account, a card or a customer",
        allow_abbrev=False,
    )
    verb.add_argument("customer", metavar="CUSTOMER", help="the customer number")
    add_register(verb, required=True)
    verb.add_argument(
        "--ledger", metavar="FILE", help="the ledger of customer numbers (.jsonl): merged ones are followed"
    )
    closed = verb.add_mutually_exclusive_group()
    closed.add_argument("--account", metavar="NUMBER", help="the account that is closed (default: the customer)")
    closed.add_argument("--card", metavar="NUMBER", help="the card that is closed")
    verb.add_argument(
        "--pending",
        action="append",
        default=[],
        type=_a_pending,
        metavar="CONTRACT[:DAY]",
        help="a contract with items under way, and the day of the last one (default: somebody looked and found none)",
    )
    verb.set_defaults(run=run)


def _a_pending(text: str) -> Pending:
    """A contract with items under way, among the arguments."""
    number, _, day = text.partition(":")
    try:
        return Pending(contract=number, last=date.fromisoformat(day) if day else None)
    except ValueError:
        raise argparse.ArgumentTypeError("it is written CONTRACT or CONTRACT:YYYY-MM-DD") from None


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when it may be closed, 1 when something stands against it, 2 (by the caller) when the input cannot be used."""
    day, book = as_of(arguments), load_handbook(arguments)
    _customer_number(arguments.customer, book.on(day))
    found, numbers = _followed(arguments, day)
    facts = _facts(arguments, load_register(arguments, book.on(day)), numbers)
    occasion = Occasion(day=day, actor="-", request_id="-")
    report = close.decide(_closing(arguments), facts, occasion, book.on(day))
    hits = sorted(report.hits, key=lambda hit: _WORST_FIRST.index(hit.reason.outcome))
    screen.result(_as_json(report, hits, screen) | _standing(found))
    _show_standing(found, screen)
    _show(report, hits, screen)
    if not hits and not _is_named(report.closing, facts):
        screen.say(
            "登记簿中没有与其有关的签约:请核对号码", "the register holds no contract of it: look at the number again"
        )
    return 0 if report.decision.outcome is Outcome.ALLOWED else 1


def _customer_number(number: str, page: Page) -> None:
    """A number that the bank's number plan does not hold is told, and not repeated."""
    try:
        customer_number_plan(page).validate(number)
    except InvalidValue as fault:
        raise UnusableInput("CUSTOMER", problem=str(fault), remedy="give the customer number") from None


def _followed(arguments: argparse.Namespace, day: date) -> tuple[Resolution | None, Mapping[str, str]]:
    """What became of the number by the day, and where merged numbers lead; nobody asks without a ledger."""
    if arguments.ledger is None:
        return None, {}
    ledger = load_ledger(Path(arguments.ledger))
    try:
        found, numbers = resolve(ledger, arguments.customer, day), resolutions(ledger, day)
    except CustmasterError as problem:
        raise UnusableInput(arguments.ledger, problem=str(problem)) from None
    if not found.chain:
        raise UnusableInput("CUSTOMER", problem="the ledger holds no such number on this day")
    if found.end is None:
        parts = ", ".join(found.ends)
        raise UnusableInput("CUSTOMER", problem=f"it was split into {parts}", remedy="ask for one of them")
    return found, numbers


def _facts(arguments: argparse.Namespace, register: Register, numbers: Mapping[str, str]) -> ClosingFacts:
    """The register with what is pending. Errors: UnusableInput for a contract that is not there, or can have no items under way."""
    facts = ClosingFacts(register=register, pending=arguments.pending, numbers=numbers)
    unknown = {one.contract for one in facts.pending} - {one.number for one in register.contracts}
    if unknown:
        raise UnusableInput("--pending", problem=f"{len(unknown)} of these contracts are not in the register")
    without = close.without_items(facts)
    if without:
        problem = f"these contracts neither collect nor pay, and have no items under way: {', '.join(without)}"
        raise UnusableInput("--pending", problem=problem, remedy="name contracts of collection or payment (代收付)")
    return facts


def _closing(arguments: argparse.Namespace) -> Closing:
    """What is closed; a number that cannot be one is told by its option, and not repeated."""
    account, card = arguments.account, arguments.card
    return Closing(
        customer=arguments.customer,
        account=None if account is None else _number(AccountNumber, account, "--account"),
        card=None if card is None else _number(CardNumber, card, "--card"),
    )


def _is_named(closing: Closing, facts: ClosingFacts) -> bool:
    """Whether a contract, live or ended, is about what is closed: where none is, the number may be mistyped."""
    end = facts.numbers.get(closing.customer, closing.customer)
    closed = closing.account if closing.account is not None else closing.card
    return any(
        end in (facts.numbers.get(number, number) for number in one.customers)
        and (closed is None or held_on(one, closed))
        for one in facts.register.contracts
    )


def _number(kind: Callable[[str], N], text: str, option: str) -> N:
    try:
        return kind(text)
    except InvalidValue as fault:
        raise UnusableInput(option, problem=str(fault)) from None


def _as_json(report: ClosingReport, hits: Iterable[ClosingHit], screen: Screen) -> dict[str, object]:
    return {
        "customer": report.closing.customer,
        "closes": _what(report.closing),
        "as_of": report.day,
        "outcome": report.decision.outcome.value,
        "handbook": report.decision.handbook,
        "earliest": report.earliest,
        "to_end": list(report.to_end),
        "hits": [
            {
                "contract": hit.reason.subject,
                "code": str(hit.reason.code),
                "outcome": hit.reason.outcome.value,
                "message": _told(hit, screen),
                "article": hit.reason.citation.article,
                "earliest": hit.earliest,
            }
            for hit in hits
        ],
    }


def _standing(found: Resolution | None) -> dict[str, object]:
    """What the ledger says of the number."""
    return {} if found is None else {"resolved": found.end, "status": str(found.status)}


def _show_standing(found: Resolution | None, screen: Screen) -> None:
    if found is None:
        return
    if found.end != found.number:
        screen.say(f"客户号已归并,现为 {found.end}", f"the number was merged and leads to {found.end}")
    if found.status is not NumberStatus.ACTIVE:
        screen.say(f"客户号状态: {found.status}", f"the customer number is {found.status}")


def _what(closing: Closing) -> str:
    if closing.account is not None:
        return "ACCOUNT"
    return "CUSTOMER" if closing.card is None else "CARD"


def _told(hit: ClosingHit, screen: Screen) -> str:
    return render(str(hit.reason.code), hit.reason.facts, screen.lang)


def _show(report: ClosingReport, hits: Iterable[ClosingHit], screen: Screen) -> None:
    heads = (("合约", "contract"), ("效果", "effect"), ("如何处理", "what to do"), ("最早日期", "earliest"))
    rows = list(_rows(hits, screen))
    if rows:
        title = screen.pick("销户检查", "what a closing meets")
        screen.table(title, [screen.pick(*head) for head in heads], rows)
    if report.decision.outcome is Outcome.ALLOWED:
        screen.say("可以办理", "it may be closed")
    elif report.earliest is None:
        screen.say("不能办理,最早日期未知", "it may not be closed, and nobody knows from which day")
    else:
        screen.say(f"不能办理,最早 {report.earliest}", f"it may not be closed before {report.earliest}")
    if report.to_end:
        order = ", ".join(report.to_end)
        screen.say(f"解约顺序: {order}", f"end the contracts in this order: {order}")


def _rows(hits: Iterable[ClosingHit], screen: Screen) -> Iterator[tuple[object, ...]]:
    for hit in hits:
        effect = screen.pick(*_EFFECTS[hit.reason.outcome])
        yield hit.reason.subject or "-", effect, _told(hit, screen), hit.earliest or "-"

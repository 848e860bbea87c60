"""`custmaster close-check CUSTOMER --contracts FILE --catalogue FILE`: what stands against closing an account, a card or a customer."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from custmaster.cli.inputs import as_of, load_handbook
from custmaster.cli.register import add_register, load_register
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Occasion, Outcome
from custmaster.desk import close
from custmaster.desk.closing_facts import Closing, ClosingFacts, ClosingHit, ClosingReport, Pending
from custmaster.desk.contract_facts import Register
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import render
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
    register = load_register(arguments, book.on(day))
    unknown = sorted({one.contract for one in arguments.pending} - {one.number for one in register.contracts})
    if unknown:
        raise UnusableInput("--pending", problem=f"{len(unknown)} of these contracts are not in the register")
    facts = ClosingFacts(register=register, pending=arguments.pending)
    occasion = Occasion(day=day, actor="-", request_id="-")
    report = close.decide(_closing(arguments), facts, occasion, book.on(day))
    hits = sorted(report.hits, key=lambda hit: _WORST_FIRST.index(hit.reason.outcome))
    screen.result(_as_json(report, hits, screen))
    _show(report, hits, screen)
    if not hits and not _is_named(report.closing, register):
        screen.say(
            "登记簿中没有与其有关的签约:请核对号码", "the register holds no contract of it: look at the number again"
        )
    return 0 if report.decision.outcome is Outcome.ALLOWED else 1


def _closing(arguments: argparse.Namespace) -> Closing:
    """What is closed; a number that cannot be one is told by its option, and not repeated."""
    account, card = arguments.account, arguments.card
    return Closing(
        customer=arguments.customer,
        account=None if account is None else _number(AccountNumber, account, "--account"),
        card=None if card is None else _number(CardNumber, card, "--card"),
    )


def _is_named(closing: Closing, register: Register) -> bool:
    """Whether a contract, live or ended, is about what is closed: where none is, the number may be mistyped."""
    return any(
        closing.customer in one.customers
        and closing.account in (None, one.account)
        and closing.card in (None, one.card)
        for one in register.contracts
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

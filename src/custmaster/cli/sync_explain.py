"""`custmaster sync explain NUMBER --system BP --operation change-nonkey`: the cell, the sentence it comes from, what happens next."""

from __future__ import annotations

import argparse

from custmaster.cli.screen import Screen
from custmaster.cli.sync_agreed import Agreed, a_code, agreed, typed
from custmaster.cli.verbs import Parser, Verbs
from custmaster.decision import Reason
from custmaster.errors import UnusableInput
from custmaster.handbook import render
from custmaster.sync.ambiguities import option_of
from custmaster.sync.codes import Cause, Operation, Scope
from custmaster.sync.direction import Direction, decide, decide_merge
from custmaster.value.number_plan import NumberRange

__all__ = ["add", "run"]


def add(questions: Verbs, common: Parser) -> None:
    """Declare the question."""
    question = questions.add_parser(
        "explain", parents=[common], help="what is sent for a change of one customer, and why", allow_abbrev=False
    )
    question.add_argument("number", help="the customer's number")
    question.add_argument("--system", required=True, metavar="SYSTEM", help="where it was done, such as BP or EUSP")
    question.add_argument("--operation", required=True, choices=[typed(one) for one in Operation])
    question.add_argument(
        "--cause", choices=[typed(one) for one in Cause], default=typed(Cause.USER), help="who did it (default: user)"
    )
    question.add_argument("--survivor", metavar="NUMBER", help="with --operation merge: into which number")
    question.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when something or nothing is sent, 1 when it is refused or the number lies in no range, 2 (by the caller) otherwise."""
    by = agreed(arguments)
    found = _asked(arguments, by)
    held = by.policy.plan.range_of(found.number)
    screen.result(_as_data(found, held, screen))
    _show(found, held, screen)
    return 1 if found.scope is Scope.REJECT else 0


def _asked(arguments: argparse.Namespace, by: Agreed) -> Direction:
    system = by.known(arguments.system)
    operation, cause = a_code(Operation, arguments.operation), a_code(Cause, arguments.cause)
    if arguments.survivor is None:
        return decide(arguments.number, system, operation, cause, by.policy)
    if operation is not Operation.MERGE or cause is not Cause.USER:
        raise UnusableInput("--survivor", problem="only a user's merge has one", remedy="add --operation merge")
    return decide_merge(arguments.number, arguments.survivor, system, by.policy)


def _told(reason: Reason, screen: Screen) -> str:
    return render(str(reason.code), reason.facts, screen.lang)


def _as_data(found: Direction, held: NumberRange | None, screen: Screen) -> dict[str, object]:
    """A number in no range is not repeated: it may be anything that was typed."""
    mark = found.ruling.cell.mark if found.ruling.cell else None
    return {
        "number": found.number if held else None,
        "range": held.name if held else None,
        "owner": held.owner if held else None,
        "system": found.ruling.system,
        "role": found.role.value if found.role else None,
        "operation": found.ruling.operation.value,
        "cause": found.ruling.cause.value,
        "scope": found.scope.value,
        "sender": found.sender,
        "receiver": found.receiver,
        "local_nonkey_survives": found.local_nonkey_survives,
        "mark": mark,
        "option": option_of(mark),
        "reasons": [
            {
                "code": str(one.code),
                "message": _told(one, screen),
                "article": one.citation.article,
                "key": one.citation.key,
            }
            for one in found.reasons
        ],
        "sentences": [
            {"source": one.source, "zh": one.zh, "en": one.en, "quoted": one.quoted} for one in found.sentences
        ],
        "next": {"code": found.next.value, "message": render(found.next, found.ruling.facts, screen.lang)},
        "handbook": found.handbook,
    }


def _show(found: Direction, held: NumberRange | None, screen: Screen) -> None:
    if held is not None:
        screen.say(
            f"号段: {held.name},归属系统 {held.owner}",
            f"range: {held.name}, owned by {held.owner}",
        )
    way = f"{found.scope}  {found.sender} -> {found.receiver}" if found.sender else found.scope.value
    screen.say(f"发送: {way}", f"sent: {way}")
    for reason in found.reasons:
        screen.say(f"- {_told(reason, screen)}", f"- {_told(reason, screen)}")
    for one in found.sentences:
        screen.say(f"依据: {one.source} {one.zh}", f"from: {one.source} {one.zh}\n      {one.en}")
    _show_mark(found, screen)
    after = render(found.next, found.ruling.facts, screen.lang)
    screen.say(f"随后: {after}", f"next: {after}")


def _show_mark(found: Direction, screen: Screen) -> None:
    mark = found.ruling.cell.mark if found.ruling.cell else None
    if mark is None:
        return
    option = option_of(mark)
    if option is None:
        screen.say(f"原文未尽之处 {mark}: 只有一种读法成立", f"open place {mark}: one reading alone is offered")
    else:
        screen.say(
            f"原文未尽之处 {mark}: 由手册 {option} 决定", f"open place {mark}: settled by {option} of the handbook"
        )

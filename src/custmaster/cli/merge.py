"""`custmaster merge plan FILE` and `custmaster merge undo FILE`: everything that a merge or its undoing moves, and what stands against it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from attrs import evolve

from custmaster.cli.inputs import as_of, faults_of, load_handbook, read_text
from custmaster.cli.register import add_register, load_register
from custmaster.cli.roster_book import add_book, load_book
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.customer.moves import ChildMove
from custmaster.decision import Approval, Decision, Occasion, Outcome, Reason, Review
from custmaster.desk import Merge, MergePlan, Reference, Unmerge, UnmergePlan
from custmaster.desk.contract_facts import Register
from custmaster.desk.merge import plan
from custmaster.desk.merge_plan import SyncStep, Why
from custmaster.desk.roster_facts import RosterBook
from custmaster.desk.unmerge import unplan
from custmaster.errors import UnusableInput
from custmaster.handbook import Page, render
from custmaster.roster import EntryMove, EntryState
from custmaster.wire import load_manifest, merge_plan_to_json, unmerge_plan_to_json
from custmaster.wire.merge_file import read_merge, read_undo

__all__ = ["add", "run_plan", "run_undo"]

_WHY: Final = {
    Why.HELD: ("存续客户已有", "the survivor holds it already"),
    Why.SELF_RELATION: ("两者之间的关系", "it relates the two to each other"),
    Why.LAXER: ("存续客户的评级更严", "the survivor's rating is stricter"),
}
_MARKS: Final = {Outcome.REFUSED: "x", Outcome.REVIEW: "?", Outcome.ALLOWED: "-"}
_FORTH: Final = {"ADDED": ("移入", "added"), "DROPPED": ("去除", "dropped"), "REPLACED": ("改写", "changed")}
_BACK: Final = {"ADDED": ("移出", "taken back"), "DROPPED": ("恢复", "restored"), "REPLACED": ("还原", "changed back")}

Q = TypeVar("Q")


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its two questions."""
    verb = verbs.add_parser(
        "merge", help="what merging two customers moves, and what undoing it does", allow_abbrev=False
    )
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    asked = questions.add_parser(
        "plan", parents=[common], help="plan the merge of two customers that are one", allow_abbrev=False
    )
    asked.add_argument("file", metavar="FILE", help="JSON: survivor, absorbed, and what the host states of them")
    asked.add_argument("--manifest", required=True, metavar="FILE", help="TOML: which things hold customer numbers")
    asked.set_defaults(run=run_plan)
    undone = questions.add_parser(
        "undo", parents=[common], help="plan the undoing of a merge that was made", allow_abbrev=False
    )
    undone.add_argument("file", metavar="FILE", help="JSON: the merge, its journal, and both customers as they are now")
    undone.set_defaults(run=run_undo)
    for question in (asked, undone):
        add_register(question, required=False)
        add_book(question)
        question.add_argument("--system", default="BP", help="the system at which it is asked (default: BP)")
        question.add_argument("--request", default="R-1", metavar="ID", help="the request's id (default: R-1)")
        question.add_argument("--actor", default="S-1", metavar="ID", help="who asks (default: S-1)")
        question.add_argument(
            "--approve", action="append", default=[], metavar="CODE", help="a reason under review that somebody lifts"
        )
        question.add_argument("--approved-by", default="-", metavar="ID", help="who lifts them")
        question.add_argument(
            "--out", metavar="FILE", help="write the plan there, IN CLEAR TEXT, when it may be executed"
        )


def run_plan(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when the merge may be made, 1 when something stands against it, 2 (by the caller) when the input cannot be used."""
    manifest = load_manifest(read_text(arguments.manifest), source=arguments.manifest)
    asked = _read(arguments.file, read_merge)
    page = load_handbook(arguments).on(as_of(arguments))
    merge = Merge(
        survivor=asked.survivor,
        absorbed=asked.absorbed,
        manifest=manifest,
        system=arguments.system,
        choices=asked.choices.choices,
    )
    facts = evolve(asked.facts, register=_register(arguments, page), book=load_book(arguments))
    answer = plan(merge, facts, _occasion(arguments), page)
    if answer.plan is not None:
        _write(arguments.out, merge_plan_to_json(answer.plan))
    screen.result(_answered(answer.decision, answer.preview, page, screen))
    _show(answer.decision, answer.preview, screen)
    return 0 if answer.plan is not None else 1


def run_undo(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when the merge may be undone or was undone already, 1 when something stands against it; 2 as for `run_plan`."""
    asked = _read(arguments.file, read_undo)
    page = load_handbook(arguments).on(as_of(arguments))
    undo = Unmerge(
        record=asked.record,
        survivor=asked.survivor,
        absorbed=asked.absorbed,
        reason=asked.reason,
        system=arguments.system,
    )
    register = _register(arguments, page)
    made = asked.record.plan
    if made is not None and made.contracts and register is None:
        problem = "the merge moved contracts, and nobody says how they are now"
        raise UnusableInput(arguments.file, problem=problem, remedy="name the register: --contracts and --catalogue")
    book = load_book(arguments)
    _refuse_unloaded(() if made is None else made.entries, book, arguments)
    answer = unplan(undo, evolve(asked.facts, register=register, book=book), _occasion(arguments), page)
    if answer.plan is not None:
        _write(arguments.out, unmerge_plan_to_json(answer.plan))
    screen.result(_answered(answer.decision, answer.preview, page, screen))
    _show(answer.decision, answer.preview, screen)
    return 0 if answer.decision.outcome is Outcome.ALLOWED else 1


def _refuse_unloaded(moved: Iterable[EntryMove], book: RosterBook | None, arguments: argparse.Namespace) -> None:
    """The entries that the merge moved are needed as they are now."""
    known = {one.number for one in (() if book is None else book.entries)}
    if not known.issuperset(one.entry for one in moved):
        problem = "the merge moved roster entries, and nobody says how they are now"
        raise UnusableInput(
            arguments.file, problem=problem, remedy="name the roster with its staff: --roster and --staff"
        )


def _register(arguments: argparse.Namespace, page: Page) -> Register | None:
    """The contracts of both, if they are named; None says that contracts are not kept by this library."""
    if (arguments.contracts is None) is not (arguments.catalogue is None):
        raise UnusableInput("--contracts", problem="a register and its catalogue go together", remedy="name both")
    return None if arguments.contracts is None else load_register(arguments, page)


def _read(name: str, reader: Callable[[str], Q]) -> Q:
    """The question in a file. Errors: UnusableInput with every fault and its path, and never with a value."""
    try:
        return reader(read_text(name))
    except ExceptionGroup as group:
        raise UnusableInput(name, problem=faults_of(group), remedy="see the docs for an example") from None


def _occasion(arguments: argparse.Namespace) -> Occasion:
    codes: list[str] = arguments.approve
    lifted = [Approval(by=arguments.approved_by, reason="by the command", codes=codes)] if codes else []
    return Occasion(day=as_of(arguments), actor=arguments.actor, request_id=arguments.request, approvals=lifted)


def _write(out: str | None, plan_text: bytes) -> None:
    if out is None:
        return
    try:
        Path(out).write_bytes(plan_text + b"\n")
    except OSError as failure:
        problem = failure.strerror or "cannot be written"
        raise UnusableInput(out, problem=problem, remedy="choose another place") from None


Preview = MergePlan | UnmergePlan


def _answered(decision: Decision, preview: Preview | None, page: Page, screen: Screen) -> dict[str, object]:
    return {
        "handbook": page.stamp,
        "outcome": decision.outcome.value,
        "reasons": [
            {
                "code": str(reason.code),
                "outcome": reason.outcome.value,
                "subject": reason.subject,
                "message": _told(reason, screen),
                "article": reason.citation.article,
            }
            for reason in decision.reasons
        ],
        "open": list(decision.open_codes) if isinstance(decision, Review) else [],
        "plan": None if preview is None else _planned(preview),
    }


def _planned(preview: Preview) -> dict[str, object]:
    """The plan without a value of any field: what is moved where, and how many references."""
    told: dict[str, object] = {
        "survivor": preview.survivor,
        "absorbed": preview.absorbed,
        "fields": [str(move.field) for move in preview.fields],
        "children": [{"list": move.list, "place": move.place, "move": _kind(move)} for move in preview.children],
        "references": _counted(preview.references),
        "contracts": list(preview.contracts),
        "entries": [_entry(move) for move in preview.entries],
        "sync": [_step(step) for step in preview.sync],
    }
    if isinstance(preview, UnmergePlan):
        return told | {"merge": preview.merge, "kept": list(preview.kept), "ruling": preview.ruling.kind.value}
    left = [{"list": one.list, "place": one.place, "why": one.why.value} for one in preview.left]
    return told | {"owner": preview.owner, "manifest": preview.manifest, "left": left}


def _entry(move: EntryMove) -> dict[str, object]:
    held = move.after.maintainer
    return {
        "entry": move.entry,
        "becomes": move.becomes,
        "state": move.after.state.value,
        "maintainer": None if held is None else held.staff,
    }


def _kind(move: ChildMove) -> str:
    if move.before is None:
        return "ADDED"
    return "DROPPED" if move.after is None else "REPLACED"


def _counted(references: Iterable[Reference]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in references:
        counts[one.kind] = counts.get(one.kind, 0) + one.count
    return counts


def _step(step: SyncStep) -> dict[str, object]:
    return {
        "number": step.number,
        "operation": step.operation.value,
        "scope": step.scope.value,
        "sender": step.sender,
        "receiver": step.receiver,
    }


def _told(reason: Reason, screen: Screen) -> str:
    return render(str(reason.code), reason.facts, screen.lang)


def _show(decision: Decision, preview: Preview | None, screen: Screen) -> None:
    screen.say(f"答复: {decision.outcome}", f"answer: {decision.outcome}")
    for reason in decision.reasons:
        line = f"{_MARKS[reason.outcome]} {reason.subject or ''} {_told(reason, screen)}"
        screen.say(line, line)
    if preview is None:
        return
    heads = [screen.pick(*head) for head in (("内容", "what"), ("处理", "becomes of it"), ("说明", "how"))]
    rows = [*_moved_rows(preview, screen), *_other_rows(preview, screen), *_outside_rows(preview, screen)]
    screen.table(_title(preview, screen), heads, rows)


def _title(preview: Preview, screen: Screen) -> str:
    one, other = preview.absorbed, preview.survivor
    if isinstance(preview, UnmergePlan):
        return screen.pick(f"撤销归并: {one} 与 {other} 分开", f"undoing a merge: {one} leaves {other}")
    return screen.pick(f"归并: {one} 并入 {other}", f"merge: {one} into {other}")


def _moved_rows(preview: Preview, screen: Screen) -> Iterator[tuple[str, str, str]]:
    back = isinstance(preview, UnmergePlan)
    for move in preview.fields:
        yield str(move.field), screen.pick("恢复" if back else "采用", "restored" if back else "taken"), "-"
    for child in preview.children:
        shown = _BACK[_kind(child)] if back else _FORTH[_kind(child)]
        yield f"{child.list}[{child.place}]", screen.pick(*shown), "-"


def _other_rows(preview: Preview, screen: Screen) -> Iterator[tuple[str, str, str]]:
    if isinstance(preview, UnmergePlan):
        for path in preview.kept:
            yield path, screen.pick("保留", "kept"), screen.pick("归并后有变更", "changed since the merge")
        return
    for one in preview.left:
        yield f"{one.list}[{one.place}]", screen.pick("不移", "left"), screen.pick(*_WHY[one.why])


def _outside_rows(preview: Preview, screen: Screen) -> Iterator[tuple[str, str, str]]:
    to = preview.absorbed if isinstance(preview, UnmergePlan) else preview.survivor
    for kind, count in _counted(preview.references).items():
        yield kind, screen.pick(f"改指 {to}", f"refers to {to}"), str(count)
    for number in preview.contracts:
        yield screen.pick(f"签约 {number}", f"contract {number}"), screen.pick(f"改归 {to}", f"goes to {to}"), "-"
    for move in preview.entries:
        yield screen.pick(f"名单 {move.entry}", f"roster entry {move.entry}"), _becomes(move, screen), "-"
    for step in preview.sync:
        way = f"{step.sender} > {step.receiver}" if step.sender else "-"
        yield f"sync {step.number}", f"{step.operation} {step.scope}", way


def _becomes(move: EntryMove, screen: Screen) -> str:
    held = move.after.maintainer
    if move.becomes is not None:
        return screen.pick(f"改归 {move.becomes}", f"goes to {move.becomes}")
    if move.after.state is EntryState.STRUCK_OFF:
        return screen.pick("移出名单", "struck off")
    if held is None:
        return screen.pick("无主维护人", "maintained by nobody")
    return screen.pick(f"主维护人 {held.staff}", f"maintained by {held.staff}")

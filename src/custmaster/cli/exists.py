"""`custmaster exists --name ... --type ... --number ... --in FILE --mapping M.toml`: whether we know this customer already, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from custmaster.cli.inputs import a_day, as_of, load_handbook, read_text
from custmaster.cli.screen import Screen
from custmaster.cli.verbs import Parser, Verbs
from custmaster.customer import Entry
from custmaster.decision import Reason
from custmaster.dedup import Candidate, Existence, Keyed, Verdict, check, keyed
from custmaster.errors import InvalidValue, UnusableInput
from custmaster.handbook import render
from custmaster.report.in_file import candidates_of, record_of
from custmaster.value.document import DocumentNumber, IdentityDocument
from custmaster.value.document_types import DOCUMENT_TYPES, DocumentType, parse_type
from custmaster.value.name import Name
from custmaster.value.phone import Phone
from custmaster.value.sex import Sex
from custmaster.wire import FileMapping, compile_structure, load_mapping, open_table

__all__ = ["add", "run"]

_SCOPE: Final = ("FILE",)
_MOST: Final = 1000
"""Candidates that are compared; more than these share a key with one customer only in a broken file, and that is told."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb."""
    verb = verbs.add_parser(
        "exists", parents=[common], help="look one customer up in a customer file, and say why", allow_abbrev=False
    )
    verb.add_argument("--in", dest="file", required=True, metavar="FILE", help="the customer file that is searched")
    verb.add_argument("--mapping", required=True, metavar="FILE", help="which column feeds which field")
    verb.add_argument("--name", help="name of the person or unit")
    verb.add_argument(
        "--type", default="RESIDENT_ID", metavar="CODE", help="type of the document (default: RESIDENT_ID)"
    )
    verb.add_argument("--number", help="number of the document")
    verb.add_argument("--birth-date", type=a_day, metavar="DAY", help="YYYY-MM-DD")
    verb.add_argument("--sex", choices=[sex.value for sex in (Sex.MALE, Sex.FEMALE)])
    verb.add_argument("--mobile", help="mobile number")
    verb.set_defaults(run=run)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """0 when nobody in the file is this customer, 1 for any other verdict, 2 (by the caller) when the input cannot be used."""
    applicant = keyed(_applicant(arguments))
    mapping = load_mapping(read_text(arguments.mapping), source=arguments.mapping)
    candidates = _candidates(applicant, Path(arguments.file), mapping)
    found = check(applicant, candidates, searched=_SCOPE, required=_SCOPE)
    page = load_handbook(arguments).on(as_of(arguments))
    screen.result(
        {
            "file": arguments.file,
            "handbook": page.stamp,
            "verdict": found.verdict.value,
            "record": found.number,
            "evidence": found.evidence,
            "missing": list(found.missing),
            "reasons": [{"code": str(reason.code), "message": _told(reason, screen)} for reason in found.reasons],
            "considered": [
                {"record": one.number, "verdict": one.verdict.value, "evidence": one.evidence}
                for one in found.considered
            ],
        }
    )
    _show(found, screen)
    return 0 if found.verdict is Verdict.NEW else 1


def _applicant(arguments: argparse.Namespace) -> Entry:
    kind, duplicate = _type(arguments.type)
    given: str | None = arguments.number
    documents = [IdentityDocument(type=kind, number=DocumentNumber(given), duplicate=duplicate)] if given else []
    return Entry(
        kind=DOCUMENT_TYPES[kind].party,
        name=Name(arguments.name) if arguments.name else None,
        documents=tuple(documents),
        sex=Sex(arguments.sex) if arguments.sex else None,
        birth_date=arguments.birth_date,
        phones=(Phone(arguments.mobile),) if arguments.mobile else (),
    )


def _type(code: str) -> tuple[DocumentType, bool]:
    try:
        return parse_type(code)
    except InvalidValue:
        listed = ", ".join(DocumentType)
        raise UnusableInput("--type", problem="there is no such type of document", remedy=f"one of {listed}") from None


def _candidates(applicant: Keyed, file: Path, mapping: FileMapping) -> list[Candidate]:
    """Every row of the file that shares a key with the applicant, in memory that does not grow with the file."""
    found: list[Candidate] = []
    with open_table(file, mapping) as table:
        structure = compile_structure(mapping, table.header, typed=table.typed)
        for row in table.rows:
            structured = structure(row)
            if structured.entry is None or (ready := keyed(structured.entry)).side.index.isdisjoint(
                applicant.side.index
            ):
                continue
            one = Candidate(number=record_of(row.line, structured.record), entry=ready)
            if candidates_of(applicant, dict.fromkeys(ready.side.texts, (one,))):
                found.append(one)
            if len(found) > _MOST:
                problem = f"more than {_MOST:,} rows share a key with this customer"
                raise UnusableInput(file.name, problem=problem, remedy="give the number of the document")
    return found


def _told(reason: Reason, screen: Screen) -> str:
    return render(str(reason.code), dict(reason.facts), screen.lang)


def _show(found: Existence, screen: Screen) -> None:
    screen.say(f"结论: {found.verdict}", f"verdict: {found.verdict}")
    for reason in found.reasons:
        screen.say(f"- {_told(reason, screen)}", f"- {_told(reason, screen)}")
    if found.considered:
        heads = [screen.pick(*head) for head in (("记录", "record"), ("结论", "verdict"), ("证据", "evidence"))]
        rows = [(one.number, one.verdict.value, one.evidence or "-") for one in found.considered]
        screen.table(screen.pick("比对过的记录", "records compared"), heads, rows)

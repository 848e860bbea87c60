"""`custmaster sync QUESTION`: what two systems send each other about a customer; one module for each question.

A question is a module with `add(questions, common)`, as a verb is: it declares its parser with `parents=[common]` and sets
`run=(arguments, screen) -> exit code`.
"""

from __future__ import annotations

from types import ModuleType
from typing import Final

from custmaster.cli import sync_explain, sync_explore, sync_replay, sync_simulate, sync_table
from custmaster.cli.verbs import Parser, Verbs

__all__ = ["QUESTIONS", "add"]

QUESTIONS: Final[tuple[ModuleType, ...]] = (sync_explain, sync_table, sync_replay, sync_explore, sync_simulate)
"""In the order in which the help shows them."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its questions."""
    verb = verbs.add_parser("sync", help="what two systems send each other about a customer", allow_abbrev=False)
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    for question in QUESTIONS:
        question.add(questions, common)

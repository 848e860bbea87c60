"""`custmaster roster QUESTION`: what is asked of a roster (名单) of quality customers; one module for each question."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from custmaster.cli import roster_assign, roster_diff, roster_review
from custmaster.cli.verbs import Parser, Verbs

__all__ = ["QUESTIONS", "add"]

QUESTIONS: Final[tuple[ModuleType, ...]] = (roster_review, roster_assign, roster_diff)
"""In the order in which the help shows them."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its questions."""
    verb = verbs.add_parser("roster", help="ask about a roster of quality customers", allow_abbrev=False)
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    for question in QUESTIONS:
        question.add(questions, common)

"""`custmaster circle QUESTION`: what is asked of QC circles (QC小组); one module for each question."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from custmaster.cli import circle_form, circle_review
from custmaster.cli.verbs import Parser, Verbs

__all__ = ["QUESTIONS", "add"]

QUESTIONS: Final[tuple[ModuleType, ...]] = (circle_review, circle_form)
"""In the order in which the help shows them."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its questions."""
    verb = verbs.add_parser("circle", help="review QC circles, print and read their forms", allow_abbrev=False)
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    for question in QUESTIONS:
        question.add(questions, common)

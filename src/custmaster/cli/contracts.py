"""`custmaster contracts QUESTION`: what is asked of a register of contracts (签约登记簿); one module for each question."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from custmaster.cli import contracts_check
from custmaster.cli.verbs import Parser, Verbs

__all__ = ["QUESTIONS", "add"]

QUESTIONS: Final[tuple[ModuleType, ...]] = (contracts_check,)
"""In the order in which the help shows them."""


def add(verbs: Verbs, common: Parser) -> None:
    """Declare the verb and its questions."""
    verb = verbs.add_parser("contracts", help="ask about a register of contracts", allow_abbrev=False)
    questions = verb.add_subparsers(dest="question", required=True, metavar="QUESTION")
    for question in QUESTIONS:
        question.add(questions, common)

"""The handbook: dated figures with the article that each comes from, and the sentences that reasons are told in."""

from __future__ import annotations

from custmaster.handbook import circle_keys, keys, limit_keys, screening_keys, sync_keys
from custmaster.handbook.book import Handbook, NotInForce, Page, customer_number_plan
from custmaster.handbook.citation import Citation, Fact
from custmaster.handbook.diff import Difference, diff
from custmaster.handbook.keys import KEYS, Key
from custmaster.handbook.kinds import AgeBand, Kind, Weight, plain, plain_value
from custmaster.handbook.messages import Language, Message, messages, render, title
from custmaster.handbook.parse import Problem, UnusableHandbook, check, default, default_text, parse
from custmaster.handbook.timeline import Dated, Timeline

__all__ = [
    "KEYS",
    "AgeBand",
    "Citation",
    "Dated",
    "Difference",
    "Fact",
    "Handbook",
    "Key",
    "Kind",
    "Language",
    "Message",
    "NotInForce",
    "Page",
    "Problem",
    "Timeline",
    "UnusableHandbook",
    "Weight",
    "check",
    "circle_keys",
    "customer_number_plan",
    "default",
    "default_text",
    "diff",
    "keys",
    "limit_keys",
    "messages",
    "parse",
    "plain",
    "plain_value",
    "render",
    "screening_keys",
    "sync_keys",
    "title",
]

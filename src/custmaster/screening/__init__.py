"""Screening (黑名单): entries of internal and external lists, hits on them, and restrictions by cause."""

from __future__ import annotations

from custmaster.screening.codes import ScreeningCode
from custmaster.screening.effects import EVERY_HIT, OPENING, Effect, judge_opening, reasons_of
from custmaster.screening.impose import Lifting, impose, lift
from custmaster.screening.keys import Wanted, wanted
from custmaster.screening.kinds import EVERYTHING, LiftCondition, Origin, RestrictionCause, Scope
from custmaster.screening.ledger import EMPTY_RESTRICTIONS, RestrictionLedger, against, explain, standing
from custmaster.screening.listing import Identity, ListEntry, identity_of
from custmaster.screening.match import ANSWERS, STEPS, Answer, How, Match, Trait, match
from custmaster.screening.restriction import (
    Restriction,
    RestrictionEvent,
    RestrictionImposed,
    RestrictionLifted,
    RestrictionsJoined,
    RestrictionsParted,
    combined,
)
from custmaster.screening.sanctions import SANCTIONS, Measure, Sanction, no_transaction_since, sanctions
from custmaster.screening.screen import Hit, Screen, Screened

__all__ = [
    "ANSWERS",
    "EMPTY_RESTRICTIONS",
    "EVERYTHING",
    "EVERY_HIT",
    "OPENING",
    "SANCTIONS",
    "STEPS",
    "Answer",
    "Effect",
    "Hit",
    "How",
    "Identity",
    "LiftCondition",
    "Lifting",
    "ListEntry",
    "Match",
    "Measure",
    "Origin",
    "Restriction",
    "RestrictionCause",
    "RestrictionEvent",
    "RestrictionImposed",
    "RestrictionLedger",
    "RestrictionLifted",
    "RestrictionsJoined",
    "RestrictionsParted",
    "Sanction",
    "Scope",
    "Screen",
    "Screened",
    "ScreeningCode",
    "Trait",
    "Wanted",
    "against",
    "combined",
    "explain",
    "identity_of",
    "impose",
    "judge_opening",
    "lift",
    "match",
    "no_transaction_since",
    "reasons_of",
    "sanctions",
    "standing",
    "wanted",
]

"""The desk: questions that touch several rooms, one file each: `open`, `remove`, `reactivate`.

Each file has its facts, which the host states, and `decide(what, facts, occasion, page)`, which answers with a Decision.
"""

from __future__ import annotations

from custmaster.desk.codes import DeskCode
from custmaster.desk.open import APPLICANT, Opening, OpeningFacts
from custmaster.desk.reactivate import ReactivationFacts
from custmaster.desk.remove import RemovalFacts

__all__ = ["APPLICANT", "DeskCode", "Opening", "OpeningFacts", "ReactivationFacts", "RemovalFacts"]

"""The desk: questions that touch several rooms, one file each: `open`, `remove`, `reactivate`, `merge`, `unmerge`, `sign`.

Each file has its facts, which the host states, and `decide(what, facts, occasion, page)`, which answers with a Decision; `merge.plan` and
`unmerge.unplan` answer with the plan beside it. `joint` says what these events force upon other nouns.
"""

from __future__ import annotations

from custmaster.desk.codes import DeskCode
from custmaster.desk.manifest import EntityKind, Reference, ReferenceManifest, unlisted_columns
from custmaster.desk.merge_choices import choices_by
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeAnswer, MergeFacts, Unmerge, UnmergeAnswer, UnmergeFacts
from custmaster.desk.merge_plan import MergeField, MergePlan, MergeRecord, Side, UnmergePlan, record_of
from custmaster.desk.open import APPLICANT, Opening, OpeningFacts
from custmaster.desk.reactivate import ReactivationFacts
from custmaster.desk.remove import RemovalFacts
from custmaster.desk.sign import Signing, SigningFacts

__all__ = [
    "APPLICANT",
    "MergeField",
    "DeskCode",
    "EntityKind",
    "Merge",
    "MergeAnswer",
    "MergeCode",
    "MergeFacts",
    "MergePlan",
    "MergeRecord",
    "Opening",
    "OpeningFacts",
    "ReactivationFacts",
    "Reference",
    "ReferenceManifest",
    "RemovalFacts",
    "Side",
    "Signing",
    "SigningFacts",
    "Unmerge",
    "UnmergeAnswer",
    "UnmergeFacts",
    "UnmergePlan",
    "choices_by",
    "record_of",
    "unlisted_columns",
]

"""The desk: questions that touch several rooms, one file each.

Of customers: `open`, `remove`, `reactivate`, `merge`, `unmerge`. Of contracts: `sign`, `amend`, `suspend`, `resume`, `terminate`, `expire`,
`transfer`, `close`, and the `overview` of a customer. Of transactions: `authorise`, `reverse`. `due` says which restrictions are to be imposed.
Of the roster: `enlist`, `propose`, `accept`, `reject`, `withdraw`, `assign_to`, `hand_over`, `return_to_pool`, `add_helper`, `drop_helper`, `revise`,
`convert`, `strike_off`, `leave_post`, `erase_due`.

Each file has its facts, which the host states, and `decide(what, facts, occasion, page)`, which answers with a Decision; `merge.plan` and
`unmerge.unplan` answer with the plan beside it. `joint` says what these events force upon other nouns.
"""

from __future__ import annotations

from custmaster.desk.agreed import Agreed, agreed_rows
from custmaster.desk.authorise import CustomerDay, CustomerFacts
from custmaster.desk.closing_codes import ClosingCode
from custmaster.desk.closing_facts import Check, Closing, ClosingCase, ClosingFacts, ClosingHit, ClosingReport, Pending
from custmaster.desk.codes import DeskCode
from custmaster.desk.contract_facts import ContractFacts, Register
from custmaster.desk.convert import Conversion
from custmaster.desk.due import AccountLife
from custmaster.desk.enlist import EnlistFacts, Enlisting
from custmaster.desk.hand_over import HandOver
from custmaster.desk.leave_post import LeavePost
from custmaster.desk.manifest import EntityKind, Reference, ReferenceManifest, unlisted_columns
from custmaster.desk.merge_choices import choices_by
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeAnswer, MergeFacts, Unmerge, UnmergeAnswer, UnmergeFacts
from custmaster.desk.merge_plan import MergeField, MergePlan, MergeRecord, Side, UnmergePlan, record_of
from custmaster.desk.open import APPLICANT, Opening, OpeningFacts
from custmaster.desk.overview import Listed, Overview
from custmaster.desk.reactivate import ReactivationFacts
from custmaster.desk.remove import RemovalFacts
from custmaster.desk.revise import Revision
from custmaster.desk.roster_facts import OfStaff, RosterBook, RosterFacts, ToStaff
from custmaster.desk.sign import Signing, SigningFacts
from custmaster.desk.strike_off import StrikeOff
from custmaster.desk.transfer import Transfer

__all__ = [
    "Conversion",
    "EnlistFacts",
    "Enlisting",
    "HandOver",
    "LeavePost",
    "OfStaff",
    "Revision",
    "RosterBook",
    "RosterFacts",
    "StrikeOff",
    "ToStaff",
    "APPLICANT",
    "AccountLife",
    "Agreed",
    "Check",
    "Closing",
    "ClosingCase",
    "ClosingCode",
    "ClosingFacts",
    "ClosingHit",
    "ClosingReport",
    "ContractFacts",
    "CustomerDay",
    "CustomerFacts",
    "Listed",
    "Overview",
    "Pending",
    "Register",
    "Transfer",
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
    "agreed_rows",
    "choices_by",
    "record_of",
    "unlisted_columns",
]

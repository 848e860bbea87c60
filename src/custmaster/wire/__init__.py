r"""The border: files and plain data in, values out; findings and plain data out. Nothing is coerced in silence.

>>> from custmaster.wire import load_mapping
>>> sorted(load_mapping('[fields]\nname = "户名"', "m.toml").carried)
['name']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from custmaster.wire._later import LATER
from custmaster.wire.codes import CellCode
from custmaster.wire.drafting import draft
from custmaster.wire.encoding import recognise
from custmaster.wire.findings import Finding, write_findings
from custmaster.wire.mapping import FileMapping
from custmaster.wire.mapping_file import load_mapping
from custmaster.wire.readers import open_table, rows
from custmaster.wire.structure import Structured, compile_structure
from custmaster.wire.table import Row, Table

if TYPE_CHECKING:
    from custmaster.wire.aliases import (
        alias_event_from_json,
        alias_event_to_json,
        ledger_from_jsonl,
        ledger_to_jsonl,
        number_life_from_json,
        number_life_to_json,
    )
    from custmaster.wire.catalogue_file import load_catalogue
    from custmaster.wire.circles import (
        activity_from_json,
        activity_to_json,
        circle_event_from_json,
        circle_event_to_json,
        circle_from_json,
        circle_to_json,
        leader_decision_from_json,
        leader_decision_to_json,
        project_from_json,
        project_to_json,
        support_request_from_json,
        support_request_to_json,
        topic_from_json,
        topic_to_json,
    )
    from custmaster.wire.contract_mapping import (
        ContractMapping,
        load_contract_mapping,
    )
    from custmaster.wire.contracts import (
        contract_event_from_json,
        contract_event_to_json,
        contract_from_json,
        contract_to_json,
        structure_contract,
        unstructure_contract,
    )
    from custmaster.wire.handbooks import (
        handbook_from_json,
        handbook_to_json,
        structure_handbook,
        unstructure_handbook,
    )
    from custmaster.wire.limits import (
        headroom_from_json,
        headroom_to_json,
        limit_event_from_json,
        limit_event_to_json,
        limit_pack_from_json,
        limit_pack_to_json,
        limit_row_from_json,
        limit_row_to_json,
        usage_from_json,
        usage_to_json,
    )
    from custmaster.wire.limits_file import (
        load_limits,
    )
    from custmaster.wire.list_mapping import (
        ListMapping,
        load_list_mapping,
    )
    from custmaster.wire.lists import (
        ListRead,
        hit_findings,
        read_list,
    )
    from custmaster.wire.manifest_file import load_manifest
    from custmaster.wire.merges import (
        merge_plan_from_json,
        merge_plan_to_json,
        merge_record_from_json,
        merge_record_to_json,
        unmerge_plan_from_json,
        unmerge_plan_to_json,
    )
    from custmaster.wire.pickling import revealing_dispatch_table
    from custmaster.wire.predictions import read_predictions
    from custmaster.wire.records import (
        customer_from_json,
        customer_to_json,
        decision_from_json,
        decision_to_json,
        event_from_json,
        event_to_json,
        structure_customer,
        structure_decision,
        structure_event,
        unstructure_customer,
        unstructure_decision,
        unstructure_event,
    )
    from custmaster.wire.restrictions import (
        list_entries_from_jsonl,
        list_entries_to_jsonl,
        list_entry_from_json,
        list_entry_to_json,
        restriction_event_from_json,
        restriction_event_to_json,
        restrictions_from_jsonl,
        restrictions_to_jsonl,
    )
    from custmaster.wire.roster_files import RosterPaths, RosterRead, read_roster
    from custmaster.wire.roster_mapping import RosterMapping, load_roster_mapping
    from custmaster.wire.roster_proposals import read_candidates
    from custmaster.wire.roster_terms import RosterTerms
    from custmaster.wire.rosters import (
        outlet_from_json,
        outlet_to_json,
        roster_entry_from_json,
        roster_entry_to_json,
        roster_event_from_json,
        roster_event_to_json,
        staff_from_json,
        staff_to_json,
    )
    from custmaster.wire.steward import (
        item_from_json,
        item_to_json,
        items_from_jsonl,
        items_to_jsonl,
        ruling_from_json,
        ruling_to_json,
        rulings_from_jsonl,
        rulings_to_jsonl,
    )
    from custmaster.wire.sync_messages import (
        digest_from_json,
        digest_to_json,
        message_from_bytes,
        message_to_bytes,
        replica_from_json,
        replica_to_json,
        report_from_json,
        report_to_json,
    )
    from custmaster.wire.worklist import Shown, apply_decision_file, read_answers, write_worklist

__all__ = [
    "headroom_from_json",
    "headroom_to_json",
    "limit_event_from_json",
    "limit_event_to_json",
    "limit_pack_from_json",
    "limit_pack_to_json",
    "limit_row_from_json",
    "limit_row_to_json",
    "usage_from_json",
    "usage_to_json",
    "load_limits",
    "ContractMapping",
    "load_contract_mapping",
    "CellCode",
    "FileMapping",
    "Finding",
    "ListMapping",
    "ListRead",
    "RosterMapping",
    "RosterPaths",
    "RosterRead",
    "RosterTerms",
    "Row",
    "Shown",
    "Structured",
    "Table",
    "alias_event_from_json",
    "alias_event_to_json",
    "apply_decision_file",
    "compile_structure",
    "customer_from_json",
    "customer_to_json",
    "decision_from_json",
    "decision_to_json",
    "digest_from_json",
    "digest_to_json",
    "draft",
    "event_from_json",
    "event_to_json",
    "handbook_from_json",
    "handbook_to_json",
    "hit_findings",
    "item_from_json",
    "item_to_json",
    "items_from_jsonl",
    "items_to_jsonl",
    "ledger_from_jsonl",
    "ledger_to_jsonl",
    "list_entries_from_jsonl",
    "list_entries_to_jsonl",
    "list_entry_from_json",
    "list_entry_to_json",
    "load_list_mapping",
    "load_manifest",
    "load_mapping",
    "load_roster_mapping",
    "merge_plan_from_json",
    "merge_plan_to_json",
    "merge_record_from_json",
    "merge_record_to_json",
    "message_from_bytes",
    "message_to_bytes",
    "number_life_from_json",
    "number_life_to_json",
    "open_table",
    "read_answers",
    "read_candidates",
    "read_list",
    "read_predictions",
    "read_roster",
    "recognise",
    "replica_from_json",
    "replica_to_json",
    "report_from_json",
    "report_to_json",
    "restriction_event_from_json",
    "restriction_event_to_json",
    "restrictions_from_jsonl",
    "restrictions_to_jsonl",
    "revealing_dispatch_table",
    "rows",
    "ruling_from_json",
    "ruling_to_json",
    "rulings_from_jsonl",
    "rulings_to_jsonl",
    "structure_customer",
    "structure_decision",
    "structure_event",
    "structure_handbook",
    "unmerge_plan_from_json",
    "unmerge_plan_to_json",
    "unstructure_customer",
    "unstructure_decision",
    "unstructure_event",
    "unstructure_handbook",
    "write_findings",
    "write_worklist",
    "activity_from_json",
    "activity_to_json",
    "circle_event_from_json",
    "circle_event_to_json",
    "circle_from_json",
    "circle_to_json",
    "leader_decision_from_json",
    "leader_decision_to_json",
    "project_from_json",
    "project_to_json",
    "support_request_from_json",
    "support_request_to_json",
    "topic_from_json",
    "topic_to_json",
    "contract_event_from_json",
    "outlet_from_json",
    "outlet_to_json",
    "roster_entry_from_json",
    "roster_entry_to_json",
    "roster_event_from_json",
    "roster_event_to_json",
    "staff_from_json",
    "staff_to_json",
    "contract_event_to_json",
    "contract_from_json",
    "contract_to_json",
    "structure_contract",
    "unstructure_contract",
    "load_catalogue",
]


def __getattr__(name: str) -> object:
    """What checking a file does not need is loaded when it is first asked for."""
    if name in LATER:
        return getattr(import_module(f"custmaster.wire.{LATER[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Which module of the border holds what is loaded when it is first asked for: what checking a file does not need."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["LATER"]

_HELD: Final = {
    "aliases": (
        "alias_event_from_json alias_event_to_json ledger_from_jsonl ledger_to_jsonl number_life_from_json "
        "number_life_to_json"
    ),
    "catalogue_file": "load_catalogue",
    "circles": (
        "activity_from_json activity_to_json circle_event_from_json circle_event_to_json circle_from_json "
        "circle_to_json leader_decision_from_json leader_decision_to_json project_from_json project_to_json "
        "support_request_from_json support_request_to_json topic_from_json topic_to_json"
    ),
    "contract_mapping": "ContractMapping load_contract_mapping",
    "contracts": (
        "contract_event_from_json contract_event_to_json contract_from_json contract_to_json "
        "structure_contract unstructure_contract"
    ),
    "handbooks": "handbook_from_json handbook_to_json structure_handbook unstructure_handbook",
    "limits": (
        "headroom_from_json headroom_to_json limit_event_from_json limit_event_to_json limit_pack_from_json "
        "limit_pack_to_json limit_row_from_json limit_row_to_json usage_from_json usage_to_json"
    ),
    "limits_file": "load_limits",
    "list_mapping": "ListMapping load_list_mapping",
    "lists": "ListRead hit_findings read_list",
    "manifest_file": "load_manifest",
    "merges": (
        "merge_plan_from_json merge_plan_to_json merge_record_from_json merge_record_to_json "
        "unmerge_plan_from_json unmerge_plan_to_json"
    ),
    "pickling": "revealing_dispatch_table",
    "predictions": "read_predictions",
    "records": (
        "customer_from_json customer_to_json decision_from_json decision_to_json event_from_json "
        "event_to_json structure_customer structure_decision structure_event unstructure_customer "
        "unstructure_decision unstructure_event"
    ),
    "restrictions": (
        "list_entries_from_jsonl list_entries_to_jsonl list_entry_from_json list_entry_to_json "
        "restriction_event_from_json restriction_event_to_json restrictions_from_jsonl restrictions_to_jsonl"
    ),
    "roster_files": "RosterPaths RosterRead read_roster",
    "roster_mapping": "RosterMapping load_roster_mapping",
    "roster_proposals": "read_candidates",
    "roster_terms": "RosterTerms",
    "rosters": (
        "outlet_from_json outlet_to_json roster_entry_from_json roster_entry_to_json roster_event_from_json "
        "roster_event_to_json staff_from_json staff_to_json"
    ),
    "steward": (
        "item_from_json item_to_json items_from_jsonl items_to_jsonl ruling_from_json ruling_to_json "
        "rulings_from_jsonl rulings_to_jsonl"
    ),
    "sync_messages": (
        "digest_from_json digest_to_json message_from_bytes message_to_bytes replica_from_json "
        "replica_to_json report_from_json report_to_json"
    ),
    "worklist": "Shown apply_decision_file read_answers write_worklist",
}

LATER: Final[Mapping[str, str]] = MappingProxyType(
    {name: module for module, names in _HELD.items() for name in names.split()}
)
"""The name of the module, by each name that it offers."""

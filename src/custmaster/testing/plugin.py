"""The `hypothesis` entry point: makes `st.from_type` work on the public values.

Hypothesis calls `register` whenever it is imported, in every project of the environment. So the types are imported here, but the
strategies only when one is asked for. And Hypothesis is imported in the function: imported above, by somebody who imports this
module first, it would ask for a `register` that is not there yet.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any, Final

__all__ = ["REGISTERED", "register"]

REGISTERED: Final = (
    ("custmaster.value.account", "AccountNumber", "account_numbers"),
    ("custmaster.value.account", "CardNumber", "sealed_card_numbers"),
    ("custmaster.value.address", "Address", "addresses"),
    ("custmaster.value.email", "Email", "emails"),
    ("custmaster.value.name", "Name", "names"),
    ("custmaster.value.phone", "Phone", "phones"),
    ("custmaster.value.document", "DocumentNumber", "document_numbers"),
    ("custmaster.value.document", "IdentityDocument", "identity_documents"),
    ("custmaster.value.identity.registry", "Reading", "readings"),
    ("custmaster.value.money", "Money", "money"),
    ("custmaster.value.span", "Span", "spans"),
    ("custmaster.value.number_plan", "NumberRange", "number_ranges"),
    ("custmaster.value.number_plan", "NumberPlan", "number_plans"),
    ("custmaster.value.number_plan", "Block", "blocks"),
    ("custmaster.handbook.timeline", "Timeline", "timelines"),
    ("custmaster.decision", "Citation", "citations"),
    ("custmaster.decision", "Reason", "reasons"),
    ("custmaster.decision", "Remark", "remarks"),
    ("custmaster.decision", "Approval", "approvals"),
    ("custmaster.decision", "Occasion", "occasions"),
    ("custmaster.customer.entry", "Entry", "entries"),
    ("custmaster.customer.children", "NamedAs", "names_borne"),
    ("custmaster.customer.children", "Held", "documents_held"),
    ("custmaster.customer.children", "Residing", "addresses_used"),
    ("custmaster.customer.children", "Reached", "contacts_reached"),
    ("custmaster.customer.children", "Described", "descriptions"),
    ("custmaster.customer.children", "Noted", "notes"),
    ("custmaster.customer.children", "InRole", "roles"),
    ("custmaster.customer.children", "Related", "relationships"),
    ("custmaster.customer.children", "RiskTolerance", "risk_tolerances"),
    ("custmaster.customer.children", "AmlRating", "aml_ratings"),
    ("custmaster.customer.children", "Closed", "closures"),
    ("custmaster.customer.unit", "UnitDetails", "unit_details"),
    ("custmaster.customer.unit", "Representative", "representatives"),
    ("custmaster.customer.unit", "BeneficialOwner", "beneficial_owners"),
    ("custmaster.customer.record", "Customer", "customers"),
    ("custmaster.customer.events", "Opened", "openings"),
    ("custmaster.customer.events", "Amended", "amendments"),
    ("custmaster.customer.events", "Corrected", "corrections"),
    ("custmaster.contract.product", "Product", "products"),
    ("custmaster.contract.catalogue", "Catalogue", "product_catalogues"),
    ("custmaster.contract.record", "Contract", "contracts"),
    ("custmaster.roster.staff", "Outlet", "outlets"),
    ("custmaster.roster.staff", "Staff", "staff_members"),
    ("custmaster.roster.entry", "RosterEntry", "roster_entries"),
    ("custmaster.roster.levels", "LevelHistory", "level_histories"),
    ("custmaster.roster.review", "Roster", "rosters"),
    ("custmaster.circle.circle", "Circle", "circles"),
    ("custmaster.circle.topic", "Topic", "topics"),
    ("custmaster.circle.activity", "ActivityRecord", "activity_records"),
    ("custmaster.circle.folder", "CircleFolder", "circle_folders"),
    ("custmaster.dedup.alias_records", "AliasLedger", "alias_ledgers"),
    ("custmaster.dedup.links", "Edge", "edges"),
    ("custmaster.dedup.rulings", "Ruling", "rulings"),
    ("custmaster.dedup.steward", "Ledger", "steward_ledgers"),
    ("custmaster.dedup.items", "Item", "worklist_items"),
    ("custmaster.limits.row", "LimitRow", "limit_rows"),
    ("custmaster.limits.transaction", "Slot", "slots"),
    ("custmaster.limits.transaction", "Transaction", "transactions"),
    ("custmaster.limits.usage", "Usage", "usages"),
    ("custmaster.desk.merge_plan", "MergePlan", "merge_plans"),
    ("custmaster.desk.merge_plan", "MergeRecord", "merge_records"),
    ("custmaster.desk.merge_plan", "UnmergePlan", "unmerge_plans"),
    ("custmaster.sync.fields", "FieldValues", "field_values"),
    ("custmaster.sync.catalogue", "Catalogue", "catalogues"),
    ("custmaster.sync.options", "Setting", "sync_settings"),
    ("custmaster.sync.messages", "Proposal", "proposals"),
    ("custmaster.sync.messages", "KeyInfo", "key_messages"),
    ("custmaster.sync.messages", "Full", "full_messages"),
    ("custmaster.sync.messages", "Ack", "acknowledgements"),
    ("custmaster.sync.messages", "Handoff", "handoffs"),
    ("custmaster.sync.messages", "Resync", "resyncs"),
    ("custmaster.sync.messages", "Snapshot", "snapshots"),
    ("custmaster.sync.replica", "Replica", "replicas"),
    ("custmaster.sync.replica", "Report", "sync_reports"),
    ("custmaster.sync.digest", "Digest", "digests"),
)
"""Module and name of each type, and the function of `strategies` that makes its values."""


def register() -> None:
    """Register a strategy for each public value; called by Hypothesis when it is imported.

    >>> from custmaster.value.name import Name
    >>> from hypothesis import strategies as st
    >>> st.from_type(Name)
    builds(Name, ...)
    """
    from hypothesis import strategies as st

    for module, name, maker in REGISTERED:
        st.register_type_strategy(getattr(import_module(module), name), _asked_for(maker))


def _asked_for(maker: str) -> Any:
    def strategy(thing: Any) -> Any:
        """The type that Hypothesis passes is the registered one."""
        del thing
        return getattr(import_module("custmaster.testing.strategies"), maker)()

    return strategy

"""Hypothesis strategies for every public value, in three grades (see `Grade`).

A strategy says what is valid, never how it is distributed. All arguments are keyword-only and are checked when the strategy is
made. Everything is built up from integers, letters and days, so that examples shrink to short plain ones.

>>> from hypothesis import given
>>> from custmaster.value.identity import resident
>>> @given(resident_ids())
... def every_generated_number_is_valid(number):
...     assert resident.validate(number) == number
>>> every_generated_number_is_valid()
"""

from __future__ import annotations

from hypothesis.strategies import SearchStrategy

from custmaster.testing._alias_histories import alias_events, alias_histories, alias_ledgers
from custmaster.testing._circle_clocks import ClockCase, circle_clocks
from custmaster.testing._circles import (
    CalendarCase,
    activity_records,
    activity_streams,
    circle_calendars,
    circle_folders,
    circles,
    topics,
)
from custmaster.testing._contracts import contract_events, contract_requests, contracts, product_catalogues, products
from custmaster.testing._customers import customers
from custmaster.testing._entries import entries, identity_documents, person_of, unit_of
from custmaster.testing._grade import Grade, NearFault
from custmaster.testing._graded import hostile, near_valid, numbers_of, refused_as, texts_of
from custmaster.testing._histories import (
    amendments,
    corrections,
    customer_events,
    histories,
    openings,
    record_children,
)
from custmaster.testing._limits import limit_rows, slots, transactions, usages
from custmaster.testing._look_alikes import LookAlike, look_alike_pairs
from custmaster.testing._merges import merge_plans, merge_records, one_person_customers, unmerge_plans
from custmaster.testing._near_customers import NearRecord, near_valid_customers
from custmaster.testing._numbers import resident_15
from custmaster.testing._pairs import EntryPair
from custmaster.testing._records import (
    approvals,
    blocks,
    citations,
    days,
    money,
    near_valid_periods,
    near_valid_ranges,
    near_valid_spans,
    number_plans,
    number_ranges,
    occasions,
    reasons,
    remarks,
    spans,
    timelines,
)
from custmaster.testing._roster import (
    level_histories,
    outlets,
    roster_entries,
    roster_events,
    rosters,
    staff_members,
)
from custmaster.testing._same_person import Mutation, same_person_pairs
from custmaster.testing._screening import (
    identities,
    list_entries,
    restriction_events,
    restriction_ledgers,
    restrictions,
    scopes,
    screening_lists,
)
from custmaster.testing._sealed_values import (
    account_numbers,
    addresses,
    document_numbers,
    emails,
    names,
    phones,
    readings,
    sealed_card_numbers,
    unit_names,
)
from custmaster.testing._single_children import (
    addresses_used,
    aml_ratings,
    beneficial_owners,
    closures,
    contacts_reached,
    descriptions,
    documents_held,
    names_borne,
    notes,
    relationships,
    representatives,
    risk_tolerances,
    roles,
    unit_details,
)
from custmaster.testing._stewards import edges, rulings, steward_ledgers, vetoes, worklist_items
from custmaster.testing._texts import TextKind
from custmaster.testing.sync_strategies import (
    acknowledgements,
    catalogues,
    digests,
    field_values,
    full_messages,
    handoffs,
    key_messages,
    proposals,
    replicas,
    resyncs,
    snapshots,
    sync_reports,
    sync_settings,
)
from custmaster.value.identity.registry import NumberForm

__all__ = [
    "CalendarCase",
    "ClockCase",
    "EntryPair",
    "Grade",
    "LookAlike",
    "Mutation",
    "NearFault",
    "NearRecord",
    "TextKind",
    "account_numbers",
    "acknowledgements",
    "activity_records",
    "activity_streams",
    "addresses",
    "addresses_used",
    "alias_events",
    "alias_histories",
    "alias_ledgers",
    "amendments",
    "aml_ratings",
    "approvals",
    "beneficial_owners",
    "blocks",
    "card_numbers",
    "catalogues",
    "circle_calendars",
    "circle_clocks",
    "circle_folders",
    "circles",
    "citations",
    "closures",
    "contacts_reached",
    "contract_events",
    "contract_requests",
    "contracts",
    "corrections",
    "credit_codes",
    "customer_events",
    "customers",
    "days",
    "descriptions",
    "digests",
    "document_numbers",
    "documents_held",
    "edges",
    "emails",
    "entries",
    "field_values",
    "full_messages",
    "handoffs",
    "historical_resident_ids",
    "histories",
    "hk_macao_permits",
    "hong_kong_ids",
    "hostile",
    "identities",
    "identity_documents",
    "key_messages",
    "leis",
    "list_entries",
    "level_histories",
    "limit_rows",
    "look_alike_pairs",
    "macao_ids",
    "merge_plans",
    "merge_records",
    "money",
    "names",
    "names_borne",
    "near_valid",
    "near_valid_customers",
    "near_valid_periods",
    "near_valid_ranges",
    "near_valid_spans",
    "notes",
    "number_plans",
    "number_ranges",
    "numbers_of",
    "occasions",
    "one_person_customers",
    "openings",
    "organisation_codes",
    "outlets",
    "passports",
    "permanent_residence_numbers",
    "person_of",
    "phones",
    "product_catalogues",
    "products",
    "proposals",
    "readings",
    "reasons",
    "record_children",
    "refused_as",
    "relationships",
    "remarks",
    "replicas",
    "representatives",
    "residence_permits",
    "resident_ids",
    "restriction_events",
    "restriction_ledgers",
    "restrictions",
    "resyncs",
    "risk_tolerances",
    "roles",
    "roster_entries",
    "roster_events",
    "rosters",
    "rulings",
    "same_person_pairs",
    "scopes",
    "screening_lists",
    "sealed_card_numbers",
    "slots",
    "snapshots",
    "spans",
    "staff_members",
    "steward_ledgers",
    "sync_reports",
    "sync_settings",
    "taiwan_ids",
    "taiwan_permits",
    "texts_of",
    "timelines",
    "topics",
    "transactions",
    "unit_details",
    "unit_names",
    "unit_of",
    "unmerge_plans",
    "usages",
    "vetoes",
    "worklist_items",
]


def resident_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Resident identity numbers (公民身份号码) of 18 digits and of the historical 15."""
    return numbers_of(NumberForm.RESIDENT, grade=grade)


def residence_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Residence permit numbers of Hong Kong, Macao and Taiwan residents (港澳台居民居住证)."""
    return numbers_of(NumberForm.RESIDENCE_PERMIT, grade=grade)


def permanent_residence_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permanent-residence numbers of foreigners (外国人永久居留身份证), old and new."""
    return numbers_of(NumberForm.PERMANENT_RESIDENCE, grade=grade)


def credit_codes(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Unified social credit codes (统一社会信用代码), none of the Fujian pilot."""
    return numbers_of(NumberForm.CREDIT_CODE, grade=grade)


def organisation_codes(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Organisation codes (组织机构代码)."""
    return numbers_of(NumberForm.ORGANISATION_CODE, grade=grade)


def hk_macao_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permits of Hong Kong and Macao residents (港澳居民来往内地通行证), whole or the holder's nine."""
    return numbers_of(NumberForm.HK_MACAO_PERMIT, grade=grade)


def taiwan_permits(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Permits of Taiwan residents (台湾居民来往大陆通行证)."""
    return numbers_of(NumberForm.TAIWAN_PERMIT, grade=grade)


def passports(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Chinese passport numbers of the series E, G and E with a letter."""
    return numbers_of(NumberForm.CHINESE_PASSPORT, grade=grade)


def hong_kong_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Hong Kong identity card numbers."""
    return numbers_of(NumberForm.HONG_KONG_ID, grade=grade)


def macao_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Macao identity card numbers."""
    return numbers_of(NumberForm.MACAO_ID, grade=grade)


def taiwan_ids(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Taiwan identity card numbers."""
    return numbers_of(NumberForm.TAIWAN_ID, grade=grade)


def leis(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Legal entity identifiers (ISO 17442)."""
    return numbers_of(NumberForm.LEI, grade=grade)


def card_numbers(*, grade: Grade = Grade.VALID) -> SearchStrategy[str]:
    """Payment card numbers of 16 to 19 digits as texts; `sealed_card_numbers` gives CardNumber."""
    return numbers_of(NumberForm.CARD_NUMBER, grade=grade)


def historical_resident_ids() -> SearchStrategy[str]:
    """Resident numbers of 15 digits alone."""
    return resident_15()

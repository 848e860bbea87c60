"""Each child of a customer's record alone, for `st.from_type`."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from custmaster.customer.children import (
    AddressUse,
    AmlRating,
    Closed,
    Described,
    Held,
    InRole,
    NamedAs,
    Noted,
    Reached,
    Related,
    Residing,
    RiskTolerance,
)
from custmaster.customer.kinds import AddressUsage, ContactUsage, NameUsage, Status
from custmaster.customer.unit import BeneficialOwner, Representative, UnitDetails
from custmaster.testing import _children as children
from custmaster.testing._entries import identity_documents
from custmaster.testing._grade import Grade
from custmaster.testing._records import spans
from custmaster.testing._sealed_values import addresses, emails, names, phones, unit_names
from custmaster.value.party import PartyKind

__all__ = [
    "addresses_used",
    "aml_ratings",
    "beneficial_owners",
    "closures",
    "contacts_reached",
    "descriptions",
    "documents_held",
    "names_borne",
    "notes",
    "relationships",
    "representatives",
    "risk_tolerances",
    "roles",
    "unit_details",
]

_VALID: Final = Grade.VALID
_SPANS: Final = spans()
_YES_OR_NO: Final = st.booleans()
_CALLED: Final = tuple(usage for usage in ContactUsage if usage is not ContactUsage.EMAIL)


def names_borne() -> SearchStrategy[NamedAs]:
    """Names of persons and units, legal and other."""
    return st.builds(NamedAs, name=names() | unit_names(), usage=st.sampled_from(NameUsage), valid=_SPANS)


def documents_held() -> SearchStrategy[Held]:
    """Documents of every type on record."""
    return st.builds(Held, document=identity_documents(), primary=_YES_OR_NO, valid=_SPANS)


def addresses_used() -> SearchStrategy[Residing]:
    """Addresses with up to two usages."""
    use = st.builds(AddressUse, usage=st.sampled_from(AddressUsage), preferred=_YES_OR_NO, valid=_SPANS)
    used = st.lists(use, max_size=2, unique_by=lambda each: each.usage)
    return st.builds(Residing, address=addresses(), usages=used, valid=_SPANS)


def contacts_reached() -> SearchStrategy[Reached]:
    """Telephone numbers and mail addresses with a usage that fits."""
    return st.builds(
        Reached, contact=phones(), usage=st.sampled_from(_CALLED), preferred=_YES_OR_NO, valid=_SPANS
    ) | st.builds(Reached, contact=emails(), usage=st.just(ContactUsage.EMAIL), preferred=_YES_OR_NO, valid=_SPANS)


def descriptions() -> SearchStrategy[Described]:
    """Socio-economic information of persons."""
    return children.described(PartyKind.PERSON, _VALID)


def notes() -> SearchStrategy[Noted]:
    """Auxiliary information."""
    return children.notes(_VALID)


def roles() -> SearchStrategy[InRole]:
    """Roles that a customer plays."""
    return children.roles()


def relationships() -> SearchStrategy[Related]:
    """Relationships to customers that these strategies do not make."""
    return children.related(PartyKind.PERSON)


def risk_tolerances() -> SearchStrategy[RiskTolerance]:
    """Results of risk questionnaires."""
    return children.risk_tolerances()


def aml_ratings() -> SearchStrategy[AmlRating]:
    """Money-laundering risk ratings."""
    return children.aml_ratings()


def representatives() -> SearchStrategy[Representative]:
    """People who stand for a unit."""
    return children.representatives(_VALID)


def beneficial_owners() -> SearchStrategy[BeneficialOwner]:
    """People who own a unit in the end."""
    return children.beneficial_owners(_VALID)


def unit_details() -> SearchStrategy[UnitDetails]:
    """Particulars of a unit."""
    return children.unit_details(_VALID)


@st.composite
def _closure(draw: DrawFn) -> Closed:
    into = draw(st.none() | children.other_customers())
    return Closed(status=Status.DELETED if into is None else Status.MERGED, into=into, valid=draw(_SPANS))


def closures() -> SearchStrategy[Closed]:
    """Times in which a customer was deleted or merged."""
    return _closure()

"""How far a search goes: which fields, which operations, how many of each; and the scopes that the documentation names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve, field, frozen

from custmaster.errors import Fault, InvalidValue
from custmaster.sync.catalogue import Catalogue, FieldRow, Share, relationship_field
from custmaster.sync.options import ForeignCreation, Options, Setting, StatusRule

__all__ = ["NEW", "NEXT", "NUMBERS", "OLD", "OTHER", "RELATIONS", "SCOPES", "SYSTEMS", "Scope"]

SYSTEMS: Final = ("BP", "EUSP")
NEW: Final = "6000000001"
OLD: Final = "1000000001"
NEXT: Final = "6000000003"
NUMBERS: Final = (NEW, OLD)
OTHER: Final = "6000000002"
RELATIONS: Final = (relationship_field("SPOUSE", OTHER), relationship_field("GUARANTOR", OTHER))
_GROUP: Final = "person"


@frozen(kw_only=True)
class Scope:
    """The bounds of one search. Errors: InvalidValue (RANGE) for a count below zero, or more than two customers.

    `edits`, `handovers`, `restores`, `repairs`, `upgrades`: how many of each in one history, over all customers. `keys`, `others`: how many
    KEY fields and fields that are not. `relations`: how many
    relationships. `group`: the KEY fields are taken or refused together. `creation`: no system has the customer yet;
    `stock`: its owner alone has it. `one_range`: two
    customers have one owner.
    """

    edits: int = 3
    handovers: int = 0
    restores: int = 0
    repairs: int = 0
    upgrades: int = 0
    customers: int = 1
    keys: int = 2
    others: int = 1
    two_field_edits: bool = False
    group: bool = False
    creation: bool = False
    stock: bool = False
    status: bool = False
    merge: bool = False
    one_range: bool = False
    relations: int = 0
    options: Options = field(factory=Options)

    def __attrs_post_init__(self) -> None:
        spent = (self.edits, self.handovers, self.restores, self.repairs, self.upgrades)
        counts = (*spent, self.keys, self.others, self.relations)
        if min(counts) < 0:
            raise InvalidValue(Fault.RANGE, path="edits", remedy="counts begin at 0")
        if not 1 <= self.customers <= len(NUMBERS):
            raise InvalidValue(Fault.RANGE, path="customers", remedy="one customer or two")

    @property
    def plain_fields(self) -> tuple[str, ...]:
        """The fields whose values name their author: the KEY ones first."""
        return (*(f"key{n}" for n in range(1, self.keys + 1)), *(f"other{n}" for n in range(1, self.others + 1)))

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that an edit may touch."""
        status = ("status",) if self.status or self.merge else ()
        return (*self.plain_fields, *status, *self.related)

    @property
    def related(self) -> tuple[str, ...]:
        """The relationships that an edit may set or take away."""
        return RELATIONS[: self.relations]

    @property
    def created(self) -> tuple[str, ...]:
        """The fields that a creation fills."""
        return (*self.plain_fields, *(("status",) if self.status or self.merge else ()))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The customers: one of the new range, whose owner is BP, and perhaps one of the old range."""
        return (NEW, NEXT)[: self.customers] if self.one_range else NUMBERS[: self.customers]

    def setting(self, *, upgraded: bool = False) -> Setting:
        """What the two systems agreed on; `upgraded`, with one field more."""
        rows = [FieldRow(name=name, share=Share.FULL) for name in self.plain_fields[self.keys :]]
        group = _GROUP if self.group else None
        rows += [FieldRow(name=name, share=Share.KEY, group=group) for name in self.plain_fields[: self.keys]]
        if self.status or self.merge:
            rows += [FieldRow(name=name, share=Share.KEY, group="state") for name in ("status", "merged_into")]
        if self.relations:
            rows.append(FieldRow(name="relationship", share=Share.KEY, family=True))
        if upgraded:
            rows.append(FieldRow(name="later"))
        return Setting(catalogue=Catalogue(fields=rows), options=self.options)


_PROPOSED: Final = Options(foreign_creation=ForeignCreation.KEY_PROPOSAL)
_PLAIN: Final = Scope()

SCOPES: Final[Mapping[str, Scope]] = {
    "one-edit": evolve(_PLAIN, edits=1),
    "two-edits": evolve(_PLAIN, edits=2),
    "three-edits": _PLAIN,
    "four-edits": evolve(_PLAIN, edits=4),
    "number-only": Scope(keys=0, others=2),
    "two-field-edits": evolve(_PLAIN, edits=2, two_field_edits=True),
    "three-two-field-edits": evolve(_PLAIN, two_field_edits=True),
    "group": evolve(_PLAIN, group=True, two_field_edits=True, edits=2),
    "three-in-a-group": evolve(_PLAIN, group=True, others=0),
    "creation-refused": evolve(_PLAIN, creation=True),
    "creation-proposed": evolve(_PLAIN, creation=True, options=_PROPOSED),
    "stock": evolve(_PLAIN, edits=2, stock=True),
    "two-customers": evolve(_PLAIN, edits=2, customers=2),
    "merge": Scope(edits=3, customers=2, keys=0, others=0, merge=True),
    "merge-in-one-range": Scope(edits=3, customers=2, keys=0, others=0, merge=True, one_range=True),
    "merge-and-status": Scope(customers=2, keys=0, others=0, merge=True, status=True, one_range=True),
    "status": Scope(keys=1, others=1, status=True),
    "status-delete-wins": Scope(keys=1, others=0, status=True, options=Options(status=StatusRule.DELETE_WINS)),
    "status-owner-only": Scope(keys=1, others=0, status=True, options=Options(status=StatusRule.OWNER_ONLY)),
    "relation": Scope(keys=1, others=1, relations=1),
    "two-relations": Scope(keys=0, others=1, relations=2),
    "handover": evolve(_PLAIN, edits=2, handovers=1),
    "three-edits-and-a-handover": evolve(_PLAIN, handovers=1),
    "two-handovers": evolve(_PLAIN, edits=2, handovers=2),
    "group-handover": Scope(edits=2, handovers=1, others=0, group=True),
    "status-handover": Scope(edits=2, handovers=2, keys=0, others=1, status=True),
    "repair": evolve(_PLAIN, edits=2, repairs=1),
    "two-repairs": Scope(edits=2, repairs=2, keys=1, others=1),
    "repair-handover": Scope(edits=2, repairs=1, handovers=1, keys=1, others=0),
    "repair-restore": Scope(edits=2, repairs=1, restores=1, keys=1, others=0),
    "upgrade": evolve(_PLAIN, edits=2, upgrades=1),
    "restore": evolve(_PLAIN, edits=2, restores=1, keys=1),
    "restore-three": evolve(_PLAIN, edits=3, restores=1, keys=1),
    "restore-status": Scope(edits=2, restores=1, keys=1, others=0, status=True),
    "restore-group": Scope(edits=2, restores=1, others=0, group=True),
    "restore-relation": Scope(edits=2, restores=1, keys=0, others=1, relations=1),
    "restore-parked": Scope(edits=2, restores=1, upgrades=1, keys=1, others=0),
    "restore-creation": Scope(edits=2, restores=1, keys=1, others=0, creation=True, options=_PROPOSED),
    "restore-handover": Scope(edits=1, restores=1, handovers=1, keys=1, others=1),
    "restore-two-handovers": Scope(edits=1, restores=1, handovers=2, keys=1, others=0),
    "two-restores": Scope(edits=2, restores=2, keys=1, others=0),
}
"""The scopes that the documentation names; the tests pin how many states each has."""

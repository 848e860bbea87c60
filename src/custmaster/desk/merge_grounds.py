"""What stands against a merge: the rows of BLOCKERS, each with its code, how far it goes and its article.

The bank's published list (B6): either customer is closed, the names differ, the 15-digit number does not become the 18-digit one, the
18-digit card has expired, both hold online wealth accounts, the 15-digit customer has securities funds in third-party custody (三方存管).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from custmaster.customer.kinds import NameUsage, Status
from custmaster.customer.record import Customer
from custmaster.decision import Citation, Fact, Outcome, Reason
from custmaster.dedup.codes import Verdict
from custmaster.dedup.evidence import compare
from custmaster.dedup.keys import keyed
from custmaster.dedup.rulings import Ruling, RulingKind
from custmaster.dedup.steward import Contradiction
from custmaster.dedup.tables import TABLES
from custmaster.desk._residents import Shown, citizen_cards
from custmaster.desk.codes import DeskCode
from custmaster.desk.merge_codes import MergeCode
from custmaster.desk.merge_facts import Merge, MergeFacts
from custmaster.desk.merge_moves import Pairing, known
from custmaster.value.identity import resident

__all__ = ["BLOCKERS", "Blocker", "Case", "judge_merge"]

Hit = tuple[str | None, Mapping[str, Fact]]
"""Whom a ground is about, and its facts."""


@frozen(kw_only=True)
class Case:
    """All that is looked at: what is asked, what the host states, and the two on the day."""

    merge: Merge
    facts: MergeFacts
    pair: Pairing

    @property
    def both(self) -> tuple[Customer, Customer]:
        """The survivor and the absorbed customer."""
        return self.pair.survivor, self.pair.absorbed

    def of_both(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """Those of the numbers that are the two customers', the survivor's first."""
        listed = frozenset(numbers)
        return tuple(one.number for one in self.both if one.number in listed)


@frozen(kw_only=True)
class Blocker:
    """One row: a ground and what it is to a merge; `finds` gives its hits, and its name says what must not be so."""

    code: MergeCode | DeskCode
    outcome: Outcome
    article: str
    finds: Callable[[Case], Iterable[Hit]]
    liftable: bool = True
    published: bool = False
    """Whether it stands on the bank's published list."""


def it_is_merged_into_itself(case: Case) -> Iterator[Hit]:
    """Both are one customer."""
    if case.pair.survivor.number == case.pair.absorbed.number:
        yield case.pair.survivor.number, {}


def a_person_meets_a_unit(case: Case) -> Iterator[Hit]:
    """One is a person and the other is a unit: never the same customer."""
    if case.pair.survivor.kind is not case.pair.absorbed.kind:
        yield case.pair.absorbed.number, {}


def one_is_merged_already(case: Case) -> Iterator[Hit]:
    """One was merged before: its survivor is meant."""
    for one in case.both:
        if one.merged_into is not None:
            yield one.number, {"number": one.merged_into}


def one_is_closed(case: Case) -> Iterator[Hit]:
    """One was removed."""
    for one in case.both:
        if one.status is Status.DELETED:
            yield one.number, {"status": one.status.value}


def the_day_lies_before_the_last_event(case: Case) -> Iterator[Hit]:
    """One was opened, closed or opened again after the day."""
    for one in case.both:
        ends = [closed.valid.end for closed in one.closures]
        last = max((day for day in (one.opened_on, *ends) if day is not None), default=case.pair.day)
        if case.pair.day < last:
            yield one.number, {"last": last}


def the_names_differ(case: Case) -> Iterator[Hit]:
    """The legal names differ, and neither stands on the other's record as a former one."""
    if _names(case) is MergeCode.MERGE_NAMES_DIFFER:
        yield case.pair.absorbed.number, {}


def the_names_are_only_alike(case: Case) -> Iterator[Hit]:
    """The legal names are equal but for variant characters: that is no proof (B8.10)."""
    if _names(case) is MergeCode.MERGE_NAMES_ALIKE:
        yield case.pair.absorbed.number, {}


def a_name_is_missing(case: Case) -> Iterator[Hit]:
    """One has no legal name on record."""
    for one in case.both:
        if one.legal_name(case.pair.day) is None:
            yield one.number, {}


def _names(case: Case) -> MergeCode | None:
    survivor, absorbed = case.both
    mine, theirs = survivor.legal_name(case.pair.day), absorbed.legal_name(case.pair.day)
    if mine is None or theirs is None or mine.exact == theirs.exact:
        return None
    if theirs.exact in _former(survivor) or mine.exact in _former(absorbed):
        return None
    return MergeCode.MERGE_NAMES_ALIKE if mine.variant == theirs.variant else MergeCode.MERGE_NAMES_DIFFER


def _former(customer: Customer) -> frozenset[str]:
    usages = (NameUsage.LEGAL, NameUsage.FORMER)
    return frozenset(named.name.exact for named in customer.names if named.usage in usages)


def the_upgrade_fails(case: Case) -> Iterator[Hit]:
    """One shows 15 digits and the other 18, and the 15 do not become the 18."""
    for old, new in _upgrade_pairs(case):
        if not _upgraded(old) & {number for number, _ in new}:
            yield case.pair.absorbed.number, {}


def the_new_card_has_expired(case: Case) -> Iterator[Hit]:
    """Of such a pair the 18-digit card is no longer valid: renew it first."""
    for _, new in _upgrade_pairs(case):
        for _, card in new:
            if card.expires_on is not None and not card.long_term and card.expires_on < case.pair.day:
                yield None, {"expired": card.expires_on}


def the_old_card_holder_has_custody(case: Case) -> Iterator[Hit]:
    """Of such a pair the one with 15 digits has securities funds in third-party custody (三方存管)."""
    for one in case.of_both(case.facts.third_party_custody):
        if any(_is_old_side(case, one) for _ in _upgrade_pairs(case)):
            yield one, {}


def _upgrade_pairs(case: Case) -> Iterator[tuple[tuple[Shown, ...], tuple[Shown, ...]]]:
    """The cards of a pair of which one shows only 15 digits and the other 18."""
    cards = [citizen_cards(one, case.pair.day) for one in case.both]
    for (old, none), (_, new) in (cards, cards[::-1]):
        if old and not none and new:
            yield old, new


def _is_old_side(case: Case, number: str) -> bool:
    one = next(one for one in case.both if one.number == number)
    old, new = citizen_cards(one, case.pair.day)
    return bool(old) and not new


def _upgraded(old: Iterable[Shown]) -> frozenset[str]:
    return frozenset(resident.upgrade(number) for number, _ in old)


def both_hold_online_wealth(case: Case) -> Iterator[Hit]:
    """Both hold online wealth accounts (网上理财), of which one customer has one."""
    if len(case.of_both(case.facts.online_wealth)) == len(case.both):
        yield case.pair.absorbed.number, {}


def a_legal_hold_stands(case: Case) -> Iterator[Hit]:
    """An authority has frozen or reserved one of them."""
    return ((number, {}) for number in case.of_both(case.facts.legal_holds))


def one_is_blacklisted(case: Case) -> Iterator[Hit]:
    """One stands on a blacklist (黑名单): the survivor would stand on it too, which a person has to see."""
    return ((number, {}) for number in case.of_both(case.facts.blacklisted))


def a_steward_forbids_it(case: Case) -> Iterator[Hit]:
    """A steward ruled that the two are not one customer, be it by way of others; each ruling that says so together is told."""
    survivor, absorbed = case.both
    if survivor.number == absorbed.number:
        return
    one = Ruling(
        left=survivor.number, right=absorbed.number, kind=RulingKind.MUST_LINK, by="desk.merge", day=case.pair.day
    )
    answer = case.facts.rulings.add(one)
    if isinstance(answer, Contradiction):
        for ruling in answer.against:
            yield absorbed.number, {"by": ruling.by, "on": ruling.day}


def a_core_field_differs(case: Case) -> Iterator[Hit]:
    """Sex, birth date or nationality are known of both and differ."""
    survivor, absorbed = case.both
    for name in ("sex", "birth_date", "nationality"):
        mine, theirs = getattr(survivor, name), getattr(absorbed, name)
        if known(mine) and known(theirs) and mine != theirs:
            yield absorbed.number, {"field": name}


def the_evidence_needs_a_person(case: Case) -> Iterator[Hit]:
    """The records say less than EXISTS, such as ID_UPGRADE, which always goes to a person (B8.9), and no steward ruled MUST_LINK."""
    survivor, absorbed = case.both
    if survivor.kind is not absorbed.kind or survivor.number == absorbed.number:
        return
    if case.facts.rulings.says(survivor.number, absorbed.number) is RulingKind.MUST_LINK:
        return
    day = case.pair.day
    found = compare(keyed(survivor.entry(day)), keyed(absorbed.entry(day)), TABLES[survivor.kind])
    if found.verdict is not Verdict.EXISTS:
        yield absorbed.number, {"verdict": found.verdict.value, "evidence": found.evidence or "-"}


def a_reference_is_of_no_listed_kind(case: Case) -> Iterator[Hit]:
    """Something refers to the absorbed customer that the manifest does not know."""
    unknown = {one.kind for one in case.facts.references} - set(case.merge.manifest.names)
    return ((case.pair.absorbed.number, {"kind": kind}) for kind in sorted(unknown))


def a_listed_kind_was_not_looked_up(case: Case) -> Iterator[Hit]:
    """Of a kind in the manifest nobody looked for references: what was not looked up is not none."""
    missing = [kind for kind in case.merge.manifest.names if kind not in case.facts.looked_up]
    return ((case.pair.absorbed.number, {"kind": kind}) for kind in missing)


_NO, _ASK = Outcome.REFUSED, Outcome.REVIEW
_C = MergeCode
BLOCKERS: Final[tuple[Blocker, ...]] = (
    Blocker(code=_C.MERGE_INTO_ITSELF, outcome=_NO, article="B6", finds=it_is_merged_into_itself),
    Blocker(code=_C.MERGE_KINDS_DIFFER, outcome=_NO, article="B6", finds=a_person_meets_a_unit),
    Blocker(code=DeskCode.MERGED_INTO, outcome=_NO, article="B8.8", finds=one_is_merged_already),
    Blocker(code=_C.MERGE_SIDE_CLOSED, outcome=_NO, article="B6", finds=one_is_closed, published=True),
    Blocker(code=DeskCode.DAY_TOO_EARLY, outcome=_NO, article="R-63", finds=the_day_lies_before_the_last_event),
    Blocker(code=_C.MERGE_NAMES_DIFFER, outcome=_NO, article="B6", finds=the_names_differ, published=True),
    Blocker(code=_C.MERGE_NAMES_ALIKE, outcome=_ASK, article="B8.10", finds=the_names_are_only_alike),
    Blocker(code=_C.MERGE_NAME_MISSING, outcome=_ASK, article="B6", finds=a_name_is_missing),
    Blocker(code=_C.MERGE_UPGRADE_FAILS, outcome=_NO, article="B6", finds=the_upgrade_fails, published=True),
    Blocker(code=_C.MERGE_CARD_EXPIRED, outcome=_NO, article="B6", finds=the_new_card_has_expired, published=True),
    Blocker(code=_C.MERGE_ONLINE_WEALTH, outcome=_NO, article="B6", finds=both_hold_online_wealth, published=True),
    Blocker(code=_C.MERGE_CUSTODY, outcome=_NO, article="B6", finds=the_old_card_holder_has_custody, published=True),
    Blocker(code=_C.MERGE_LEGAL_HOLD, outcome=_NO, article="B6", finds=a_legal_hold_stands),
    Blocker(code=_C.MERGE_BLACKLISTED, outcome=_ASK, article="B6", finds=one_is_blacklisted),
    Blocker(code=_C.MERGE_CANNOT_LINK, outcome=_NO, article="B6", finds=a_steward_forbids_it),
    Blocker(code=_C.MERGE_FIELD_DIFFERS, outcome=_ASK, article="B6", finds=a_core_field_differs),
    Blocker(code=_C.MERGE_BY_PERSON, outcome=_ASK, article="B8.9", finds=the_evidence_needs_a_person),
    Blocker(code=_C.REFERENCE_KIND_UNLISTED, outcome=_NO, article="B6", finds=a_reference_is_of_no_listed_kind),
    Blocker(
        code=_C.REFERENCE_KIND_NOT_LOOKED_UP,
        outcome=_ASK,
        article="B6",
        finds=a_listed_kind_was_not_looked_up,
        liftable=False,
    ),
)
"""Everything that stands against a merge of its own, in the order of the reasons. What other nouns say is asked by `desk.joint`."""


def judge_merge(case: Case) -> tuple[Reason, ...]:
    """Every hit of every row, in table order."""
    return tuple(
        Reason(
            code=row.code,
            outcome=row.outcome,
            citation=Citation(article=row.article),
            subject=subject,
            facts=facts,
            liftable=row.liftable,
        )
        for row in BLOCKERS
        for subject, facts in row.finds(case)
    )

"""The rules run one step at a time under the oracle's eyes: after each step, who wrote what is known and everything is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from attrs import evolve, frozen

from custmaster.customer.kinds import Status
from custmaster.sim.sync._book import (
    GRANTED,
    Book,
    Deed,
    Doing,
    Edit,
    Element,
    Notes,
    Side,
    Told,
    is_worn,
    text_of,
    writer_of,
)
from custmaster.sim.sync._evidence import Arrival, Kept, Sending, Writing
from custmaster.sim.sync._oracle import OF_ARRIVALS, OF_SENDINGS, OF_SIDES, OF_WRITINGS
from custmaster.sim.sync.trace import Invariant
from custmaster.sync.catalogue import Catalogue
from custmaster.sync.messages import Full, Handoff, KeyInfo, Message, Snapshot
from custmaster.sync.options import Setting
from custmaster.sync.replica import Replica, Report, Step
from custmaster.sync.rules import Rules
from custmaster.sync.weigh import Surroundings

__all__ = ["Act", "Fault", "Watch", "broken"]

E = TypeVar("E")
_STATUS: Final[Mapping[Doing, str]] = {
    Doing.DELETE: str(Status.DELETED),
    Doing.ACTIVATE: str(Status.ACTIVE),
    Doing.MERGE: str(Status.MERGED),
}
Survivors = tuple[tuple[str, str], ...]


@frozen(kw_only=True)
class Fault:
    """An invariant that does not hold, and the sentence that does not."""

    invariant: Invariant
    sentence: str


@frozen(kw_only=True)
class Act:
    """One step: what is stored afterwards, what was answered, whether it was refused, and what was wrong with it."""

    after: Side
    sent: tuple[Element, ...] = ()
    refused: str | None = None
    new: tuple[Told, ...] = ()
    edit: int = 0
    faults: tuple[Fault, ...] = ()


def broken(
    checks: Mapping[Invariant, tuple[Callable[[E, Book], bool], ...]], evidence: E, book: Book
) -> tuple[Fault, ...]:
    """The checks that the evidence does not pass."""
    return tuple(
        Fault(invariant=invariant, sentence=check.__name__.replace("_", " "))
        for invariant, listed in checks.items()
        for check in listed
        if not check(evidence, book)
    )


class Watch:
    """Runs `rules` and watches them; `book` is the causal history, to be shared by all steps of one search or run."""

    def __init__(self, rules: Rules, book: Book) -> None:
        self.rules = rules
        self.book = book

    # What an author does.

    def write(self, before: Side, deed: Deed, place: int, setting: Setting) -> Act:
        """An author at this system does `deed`, as the `place`-th thing that anybody does there."""
        wanted = _wanted(before.replica, deed)
        edit = self.book.enter(_edit(before, deed, (place, tuple(wanted.items())), setting.catalogue))
        values = {name: value if is_worn(name) else text_of(name, edit) for name, value in wanted.items()}
        try:
            step = self._done(before.replica, deed, (edit, values), setting)
        except Exception as fault:  # noqa: BLE001  # rules under test may raise anything: that is a finding, not an end
            return _raised(before, fault)
        if step.refused is not None:
            after = before
        else:
            shown = _noted(before.shown, {name: edit for name in values if is_worn(name)})
            told = {Told(code=one.code, edit=edit, field=one.field) for one in step.reports}
            after = evolve(before, replica=step.replica, shown=shown, told=before.told | told)
        writing = Writing(before=before, edit=edit, values=values, step=step, after=after, setting=setting)
        faults = broken(OF_WRITINGS, writing, self.book)
        return Act(after=after, refused=step.refused, edit=edit, faults=faults)

    def _done(self, replica: Replica, deed: Deed, what: tuple[int, Mapping[str, str | None]], setting: Setting) -> Step:
        edit, values = what
        if deed.doing is Doing.CREATE:
            return self.rules.create(replica, values, text_of("creation", edit), setting)
        if deed.doing is Doing.CHANGE:
            return self.rules.edit(replica, values, setting)
        return self.rules.set_status(replica, _STATUS[deed.doing], setting, merged_into=deed.into)

    # What a message does.

    def deliver(self, before: Side, element: Element, setting: Setting, survivors: Survivors = ()) -> Act:
        """The message arrives, and once more right after."""
        around = Surroundings(survivors=dict(survivors))
        try:
            step = self.rules.deliver(before.replica, element.message, setting, around)
            again = self.rules.deliver(step.replica, element.message, setting, around)
        except Exception as fault:  # noqa: BLE001  # as above
            return _raised(before, fault)
        new, untrue = self._named(before, element, step.reports)
        after = self._followed(before, element, step, setting)
        granted = self._granted(before, element, after)
        after = evolve(
            after, told=before.told.union(new, granted), taken=before.taken | self._taken(before, element, after)
        )
        arrival = Arrival(
            before=before,
            element=element,
            step=step,
            after=after,
            again=again,
            setting=setting,
            new=new,
            untrue=untrue,
        )
        sent, faults = self._sent(after, step.replies, setting, element.message)
        why = step.refused or step.parked
        return Act(
            after=after, sent=sent, refused=why, new=new, faults=(*broken(OF_ARRIVALS, arrival, self.book), *faults)
        )

    def owed(self, side: Side, setting: Setting) -> Act:
        """What the system owes now, unasked."""
        try:
            messages = self.rules.outstanding(side.replica, setting)
        except Exception as fault:  # noqa: BLE001  # as above
            return _raised(side, fault)
        sent, faults = self._sent(side, messages, setting, None)
        return Act(after=side, sent=sent, faults=faults)

    def kept(self, side: Side, setting: Setting) -> tuple[Fault, ...]:
        """What is wrong with what a system has stored."""
        return broken(OF_SIDES, Kept(side=side, setting=setting), self.book)

    # What an operator does.

    def hand_over(self, before: Side, setting: Setting) -> Act:
        """The owner gives the customer away; no act but a refusal when it may not."""
        try:
            step = self.rules.hand_over(before.replica, setting)
        except Exception as fault:  # noqa: BLE001  # as above
            return _raised(before, fault)
        after = before if step.refused else evolve(before, replica=step.replica, base=before.shown)
        return Act(after=after, refused=step.refused)

    def resume(self, backup: Side, incarnation: int) -> Act:
        """The system was restored from the backup."""
        return self._asking(backup, lambda replica: self.rules.resume(replica, incarnation))

    def request(self, before: Side) -> Act:
        """A peer asks for a customer of the other's stock."""
        return self._asking(before, self.rules.request)

    def repair(self, before: Side) -> Act:
        """A peer's copy was found to differ."""
        life = before.replica.incarnation + 1
        return self._asking(before, lambda replica: self.rules.repair(replica, life))

    def _asking(self, before: Side, ask: Callable[[Replica], Replica]) -> Act:
        try:
            return Act(after=evolve(before, replica=ask(before.replica)))
        except Exception as fault:  # noqa: BLE001  # as above
            return _raised(before, fault)

    # Who wrote it.

    def _sent(
        self, sender: Side, messages: Iterable[Message], setting: Setting, cause: Message | None
    ) -> tuple[tuple[Element, ...], tuple[Fault, ...]]:
        elements = tuple(Element(message=message, notes=_notes(sender, message)) for message in messages)
        sendings = (Sending(sender=sender, element=one, setting=setting, cause=cause) for one in elements)
        return elements, tuple(fault for one in sendings for fault in broken(OF_SENDINGS, one, self.book))

    def _named(
        self, before: Side, element: Element, reports: tuple[Report, ...]
    ) -> tuple[tuple[Told, ...], tuple[Report, ...]]:
        new: list[Told] = []
        untrue: list[Report] = []
        for report in reports:
            meant = {_meant(before, element, report), before.writer(report.field)}
            named = sorted(edit for edit in meant if self.book.names(edit, report))
            if named and report.number == before.replica.number:
                new.append(Told(code=report.code, edit=named[0], field=report.field))
            else:
                untrue.append(report)
        return tuple(new), tuple(untrue)

    def _taken(self, before: Side, element: Element, after: Side) -> frozenset[tuple[int, str]]:
        """The peer's edits whose value stands at the owner through this message."""
        if after.replica == before.replica:
            return frozenset()
        message = element.message
        match message:
            case KeyInfo(proposals=proposals):
                held = {one.field: before.writer(one.field) for one in proposals}
            case Handoff() if message.epoch > before.replica.epoch:
                held = {
                    one.field: -1
                    for one in before.replica.pending
                    if after.writer(one.field) == before.writer(one.field)
                }
            case _:
                return frozenset()
        pairs = {(after.writer(name), name) for name, old in held.items() if after.writer(name) != old}
        return frozenset(pair for pair in pairs if pair[0] in self.book and not self.book[pair[0]].owner)

    def _granted(self, before: Side, element: Element, after: Side) -> frozenset[Told]:
        """The peer's edits of worn fields whose value stands at the owner after this message, whoever wrote it first."""
        message = element.message
        if after.replica == before.replica:
            return frozenset()
        match message:
            case KeyInfo(proposals=proposals) if after.replica.owner:
                notes = dict(element.notes)
            case Handoff() if message.epoch > before.replica.epoch:
                proposals, notes = before.replica.pending, dict(before.shown)
            case _:
                return frozenset()
        stands = after.replica.values
        return frozenset(
            Told(code=GRANTED, edit=notes[one.field], field=one.field)
            for one in proposals
            if one.field in notes and stands.get(one.field) == one.value
        )

    def _followed(self, before: Side, element: Element, step: Step, setting: Setting) -> Side:
        """The receiver's side with the authors of the worn values, as far as they came or went with this message."""
        after = step.replica
        if after == before.replica or not (element.notes or before.shown):
            return evolve(before, replica=after)
        message, notes = element.message, dict(element.notes)
        shown, base = dict(before.shown), before.base
        if isinstance(message, KeyInfo):
            came = {one.field: one.value for one in message.proposals}
            changed = {name for name in notes if after.values.get(name) != before.replica.values.get(name)}
            shown |= {name: notes[name] for name in changed if after.values.get(name) == came[name]}
        elif isinstance(message, Full | Snapshot | Handoff) and _arrived(before.replica, message, after):
            waiting = {setting.catalogue.unit(one.field) for one in after.pending}
            kept = {
                name
                for name in {*shown, *notes}
                if setting.catalogue.unit(name) in waiting or after.values.get(name) != message.values.get(name)
            }
            shown = {name: edit for name, edit in notes.items() if name not in kept}
            shown |= {name: edit for name, edit in before.shown if name in kept}
            base = () if after.owner else element.notes
        return evolve(before, replica=after, shown=tuple(sorted(shown.items())), base=base)


def _arrived(before: Replica, message: Full | Snapshot | Handoff, after: Replica) -> bool:
    """Whether the message's values are those that the receiver now builds on."""
    here = (after.epoch, after.ack) == (message.epoch, message.ack) and after.rev in {message.rev, message.rev + 1}
    return here and after.version != before.version


def _raised(before: Side, fault: Exception) -> Act:
    sentence = f"the rules raised {type(fault).__name__}"
    return Act(after=before, refused=sentence, faults=(Fault(invariant=Invariant.RAISED, sentence=sentence),))


def _wanted(replica: Replica, deed: Deed) -> dict[str, str | None]:
    """What the deed writes: of plain fields the text is still to come, of worn ones it is known; what stands already is left out."""
    match deed.doing:
        case Doing.CREATE:
            return {name: str(Status.ACTIVE) if name == "status" else None for name in deed.fields}
        case Doing.CHANGE:
            return {name: None if name in replica.values or not is_worn(name) else "ACTIVE" for name in deed.fields}
        case Doing.DELETE | Doing.ACTIVATE | Doing.MERGE:
            wanted = {"status": _STATUS[deed.doing], "merged_into": deed.into}
            return {name: value for name, value in sorted(wanted.items()) if replica.values.get(name) != value}


def _edit(before: Side, deed: Deed, what: tuple[int, tuple[tuple[str, str | None], ...]], catalogue: Catalogue) -> Edit:
    replica, (place, wanted) = before.replica, what
    touched = sorted({member for name, _ in wanted for member in catalogue.members(catalogue.unit(name))})
    return Edit(
        number=replica.number,
        system=replica.system,
        place=place,
        doing=deed.doing,
        owner=replica.owner,
        epoch=replica.epoch,
        count=replica.rev + 1 if replica.owner else replica.pseq + 1,
        fields=tuple(name for name, _ in wanted),
        shown=tuple((name, before.writer(name)) for name in touched),
        worn=tuple(item for item in wanted if is_worn(item[0])),
    )


def _notes(sender: Side, message: Message) -> Notes:
    match message:
        case KeyInfo(proposals=proposals):
            shown = dict(sender.shown)
            return tuple((one.field, shown[one.field]) for one in proposals if one.field in shown)
        case Full():
            return sender.shown
        case Snapshot():
            return sender.shown if message.owner else sender.base
        case Handoff():
            return sender.base
        case _:
            return ()


def _noted(notes: Notes, more: Mapping[str, int]) -> Notes:
    return tuple(sorted({**dict(notes), **more}.items())) if more else notes


def _meant(before: Side, element: Element, report: Report) -> int:
    """The edit that a report at this arrival is about: one of the proposals that were weighed."""
    message = element.message
    proposals = message.proposals if isinstance(message, KeyInfo) else before.replica.pending
    notes = dict(element.notes if isinstance(message, KeyInfo) else before.shown)
    for one in proposals:
        if one.field == report.field and one.pseq == report.pseq:
            return notes.get(one.field, -1) if is_worn(one.field) else writer_of(one.value)
    return -1

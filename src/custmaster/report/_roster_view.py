"""What every part of the page of a roster review asks for: words in its language, names as they may be shown, tables, the sign of a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import field, frozen

from custmaster.decision import Reason
from custmaster.handbook.messages import Language
from custmaster.report._roster_texts import column, said, word
from custmaster.report._roster_told import reason_said
from custmaster.report.markup import Inside, Markup, joined, tag
from custmaster.report.roster_known import Known
from custmaster.roster.figures import Figure, Met, arithmetic
from custmaster.roster.review import RosterReview

__all__ = ["View", "is_short", "notes", "result", "sign", "table", "told_sum"]

_BETWEEN: Final[Mapping[Language, str]] = {Language.ZH: "、", Language.EN: ", "}
_SHORT: Final = 18
_KEPT: Final = frozenset(
    {"article", "at", "entry", "figure", "missing", "per_head", "person", "subject", "target", "value", "year"}
)
_CLASSES: Final[Mapping[Met, str]] = {Met.YES: "yes", Met.NO: "no", Met.NOT_COMPUTABLE: "non", Met.NO_TARGET: "non"}


@frozen(kw_only=True)
class View:
    """A review, the names of its numbers, and the language in which it is told."""

    review: RosterReview = field(repr=False)
    names: Known = field(repr=False)
    lang: Language

    def says(self, key: str, **facts: object) -> str:
        """A text of `_roster_texts.TEXTS`."""
        return said(key, self.lang, **facts)

    def listed(self, parts: Iterable[str]) -> str:
        """Parts one after the other, as the language parts them."""
        return _BETWEEN[self.lang].join(parts)

    def level(self, name: str) -> str:
        """A level's name as the review has it from the bank's handbook; one that it does not know as it is written."""
        return self.review.level_names.get(self.lang, {}).get(name, name)

    def levels(self, counts: Iterable[tuple[str, int]]) -> str:
        """Levels with their counts, those of nobody left out."""
        return self.listed(f"{self.level(name)} {heads:,}" for name, heads in counts if heads)

    def who(self, staff: str | None) -> str:
        """A staff member's number and name as it may be shown."""
        if staff is None:
            return self.says("unassigned")
        return f"{staff} {self.names.staff.get(staff, '')}".strip()

    def place(self, outlet: str | None) -> str:
        """An outlet's number and name."""
        if outlet is None:
            return self.says("no_outlet")
        return f"{outlet} {self.names.outlets.get(outlet, '')}".strip()


def is_short(figure: Figure) -> bool:
    """Whether a target is missed and nobody has approved of it."""
    return figure.met is Met.NO and figure.approval is None


def sign(view: View, met: Met) -> Markup:
    """The sign and word of a result."""
    return tag("span", word(met, view.lang), class_=_CLASSES[met])


def result(view: View, figure: Figure) -> Markup:
    """The sign and word of a result, by how many it is missed, and who approved of that."""
    parts: list[Inside] = [sign(view, figure.met)]
    if figure.missing:
        parts.append(tag("span", view.says("short_of", count=f"{figure.missing:,}"), class_="by"))
    if figure.approval is not None:
        lifted = view.says("lifted", by=figure.approval.by)
        why = view.names.free(figure.approval.reason) if view.names.reveal else ""
        parts.append(tag("span", f"{lifted} {why}".strip(), class_="soft"))
    return joined(parts, " ")


def told_sum(figure: Figure) -> Markup:
    """The arithmetic of a figure; a short one is never broken into two lines."""
    told = arithmetic(figure)
    return tag("span", told, class_="sum keep" if len(told) <= _SHORT else "sum")


def notes(view: View, figures: Iterable[tuple[int | None, Figure]]) -> Markup | None:
    """What the figures give as reasons, in sentences, each once and with the year that it is of, if any; None where they give none."""
    told = dict.fromkeys(_note(view, year, one) for year, figure in figures for one in figure.reasons)
    return tag("ul", *(tag("li", one) for one in told), class_="notes") if told else None


def _note(view: View, year: int | None, reason: Reason) -> str:
    told = reason_said(reason, view.lang)
    return told if year is None else view.says("of_year", year=year, told=told)


def table(view: View, columns: Sequence[str], rows: Iterable[Sequence[Inside]]) -> Markup:
    """A table whose head is repeated on each printed page; whole numbers stand to the right."""
    listed = list(rows)
    right = [isinstance(cell, int) for cell in listed[0]] if listed else [False] * len(columns)
    heads = zip(columns, right, strict=True)
    head = tag("tr", *(tag("th", column(key, view.lang), scope="col", class_="n" if n else None) for key, n in heads))
    body = joined((_row(columns, cells) for cells in listed), "\n")
    return tag("div", tag("table", tag("thead", head), "\n", tag("tbody", body)), class_="wide")


def _row(columns: Sequence[str], cells: Sequence[Inside]) -> Markup:
    return tag("tr", *(tag("td", cell, class_=_class(key, cell)) for key, cell in zip(columns, cells, strict=True)))


def _class(key: str, cell: Inside) -> str | None:
    """Whole numbers stand to the right; what is short and reads as one is not broken."""
    if isinstance(cell, int):
        return "n"
    return "roomy" if key == "levels" else "keep" if key in _KEPT else None

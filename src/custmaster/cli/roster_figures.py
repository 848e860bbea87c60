"""The figures of a roster review (名单评审) as plain values, as rows of a table, and as a table for people."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from custmaster.cli.screen import Screen
from custmaster.roster import arithmetic
from custmaster.roster.figures import Figure, FigureKind, Met
from custmaster.roster.review import RosterReview, YearGrowth
from custmaster.wire.findings import safe_cell

__all__ = ["FIGURE_COLUMNS", "all_figures", "figures_as_json", "show_figures", "write_figures"]

FIGURE_COLUMNS: Final = (
    "kind",
    "year",
    "outlet",
    "staff",
    "numerator",
    "denominator",
    "target",
    "left",
    "right",
    "met",
    "missing",
    "prospects_apart",
    "arithmetic",
    "article",
)
"""The columns of figures.csv."""

Placed = tuple[Figure, dict[str, object]]
_KINDS: Final = {
    FigureKind.GROWTH: ("年增长率", "annual growth"),
    FigureKind.SHARE: ("占比", "share"),
    FigureKind.PER_HEAD: ("人均户数", "per head"),
    FigureKind.FLOOR: ("户数下限", "floors"),
    FigureKind.TAKING_PART: ("人人参与", "taking part"),
}
_MET: Final = {
    Met.YES: ("达标", "met"),
    Met.NO: ("未达标", "not met"),
    Met.NOT_COMPUTABLE: ("无法计算", "not computable"),
    Met.NO_TARGET: ("无要求", "no target"),
}
_MOST_SHOWN: Final = 12


def all_figures(review: RosterReview) -> Iterator[Placed]:
    """Every figure of the bank, its outlets and its staff, with the year, outlet and staff member that it is about.

    Somebody on post at two outlets has one floor, which stands at the first of them.
    """
    for year in review.growth:
        yield year.figure, {"year": year.year}
    yield review.share, {}
    seen: set[str] = set()
    for outlet in review.outlets:
        yield outlet.per_head, {"outlet": outlet.outlet}
        for year in outlet.growth:
            yield year.figure, {"year": year.year, "outlet": outlet.outlet}
        for one in outlet.staff:
            if one.staff not in seen:
                seen.add(one.staff)
                yield one.floor, {"outlet": outlet.outlet, "staff": one.staff}
                yield one.taking_part, {"outlet": outlet.outlet, "staff": one.staff}


def _plain(figure: Figure, place: dict[str, object]) -> dict[str, object]:
    return {
        **place,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "target": figure.target,
        "left": figure.left,
        "right": figure.right,
        "met": figure.met.value,
        "missing": figure.missing,
        "prospects_apart": figure.apart,
        "arithmetic": arithmetic(figure),
        "article": figure.citation.article,
    }


def _year(one: YearGrowth) -> dict[str, object]:
    return {
        "year": one.year,
        "begin": one.begin,
        "end": one.end,
        "gained": one.gained,
        "lost": one.lost,
        "in_progress": one.in_progress,
        "still_needed": one.still_needed,
        "days_left": one.days_left,
        **_plain(one.figure, {}),
    }


def figures_as_json(review: RosterReview) -> dict[str, object]:
    """Growth, share, per head, floors and taking part with numerators, denominators and whether each is met; then what was counted."""
    by_kind: dict[FigureKind, list[dict[str, object]]] = {}
    for figure, place in all_figures(review):
        by_kind.setdefault(figure.kind, []).append(_plain(figure, place))
    return {
        "as_of": review.day,
        "handbook": review.handbook,
        "growth": [_year(one) for one in review.growth],
        "growth_by_outlet": [one for one in by_kind.get(FigureKind.GROWTH, []) if "outlet" in one],
        "share": _plain(review.share, {}),
        "per_head": by_kind.get(FigureKind.PER_HEAD, []),
        "floors": by_kind.get(FigureKind.FLOOR, []),
        "taking_part": by_kind.get(FigureKind.TAKING_PART, []),
        "levels": dict(review.levels),
        "without_level": review.without_level,
        "segments": {str(segment): count for segment, count in review.segments.items()},
        "prospects": review.prospects,
        "pooled": review.pooled,
        "calls": len(review.calls),
        "changes": dict(sorted(Counter(str(one.code) for one in review.changes).items())),
    }


def write_figures(path: Path, review: RosterReview) -> None:
    """Every figure a row: UTF-8 with byte order mark, CRLF, safe for spreadsheets."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        rows = csv.writer(stream, lineterminator="\r\n")
        rows.writerow(FIGURE_COLUMNS)
        for figure, place in all_figures(review):
            told: dict[str, object] = {"kind": figure.kind.value, **_plain(figure, place)}
            rows.writerow([_cell(told.get(column)) for column in FIGURE_COLUMNS])


def _cell(value: object) -> object:
    return safe_cell(value) if isinstance(value, str) else "" if value is None else value


def show_figures(review: RosterReview, screen: Screen) -> None:
    """For people: growth and share of the bank, then the outlets that are short, the worst first, then whose floor is missed."""
    heads = (("指标", "figure"), ("计算", "arithmetic"), ("结果", "result"), ("差", "short by"), ("依据", "source"))
    rows: list[tuple[object, ...]] = []
    for one in review.growth:
        name = f"{screen.pick(*_KINDS[FigureKind.GROWTH])} {one.year}"
        rows.append(
            _shown(f"{name}{screen.pick('(进行中)', ' (so far)') if one.in_progress else ''}", one.figure, screen)
        )
    rows.append(_shown(screen.pick(*_KINDS[FigureKind.SHARE]), review.share, screen))
    screen.table(screen.pick("全行", "the bank"), [screen.pick(*head) for head in heads], rows)
    _show_counts(review, screen)
    _show_short(review, screen)


def _shown(name: str, figure: Figure, screen: Screen) -> tuple[object, ...]:
    missing = "-" if figure.missing is None else figure.missing
    return name, arithmetic(figure), screen.pick(*_MET[figure.met]), missing, figure.citation.article


def _show_counts(review: RosterReview, screen: Screen) -> None:
    counts = Counter[tuple[FigureKind, Met]]()
    for figure, place in all_figures(review):
        if place.keys() & {"outlet", "staff"}:
            counts[figure.kind, figure.met] += 1
    heads = [screen.pick("网点和员工", "outlets and staff"), *(screen.pick(*names) for names in _MET.values())]
    kinds = [kind for kind in FigureKind if any(counted is kind for counted, _ in counts)]
    rows = [(screen.pick(*_KINDS[kind]), *(counts[kind, met] for met in Met)) for kind in kinds]
    if rows:
        screen.table(screen.pick("按结果计数", "how many are met"), heads, rows)


def _show_short(review: RosterReview, screen: Screen) -> None:
    """Who is short by how many, the most first."""
    wanted = (FigureKind.PER_HEAD, FigureKind.FLOOR)
    short = [(figure, place) for figure, place in all_figures(review) if figure.met is Met.NO and figure.kind in wanted]
    short.sort(key=lambda one: (-(one[0].missing or 0), one[0].kind.value, one[0].subject))
    rows: list[tuple[Any, ...]] = [
        (
            screen.pick(*_KINDS[figure.kind]),
            place["outlet"],
            place.get("staff", "-"),
            arithmetic(figure),
            figure.missing,
        )
        for figure, place in short[:_MOST_SHOWN]
    ]
    if rows:
        heads = (("指标", "figure"), ("网点", "outlet"), ("员工", "staff"), ("计算", "arithmetic"), ("差", "short by"))
        title = screen.pick(
            f"差距最大的 {len(rows)} 项(共 {len(short)} 项)", f"the {len(rows)} furthest short, of {len(short)}"
        )
        screen.table(title, [screen.pick(*head) for head in heads], rows)

"""Rules of another data set as a TOML file: which columns, how they are folded, what is compared, which rows or points decide.

The file becomes a `Table` like those of the customers, and each record a side that the same `judge` compares, so that foreign data need a
table and no code. `parse` is pure; whoever has the file reads it. See docs/examples/rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, Final, cast

from attrs import frozen

from custmaster.dedup.codes import Verdict
from custmaster.dedup.compare import Level
from custmaster.dedup.feature_folds import Fold, fold_of
from custmaster.dedup.likenesses import likeness_of
from custmaster.dedup.papers import Paper
from custmaster.dedup.tables import Comparison, Points, Suspicion, Table, Veto
from custmaster.errors import UnusableInput
from custmaster.value.party import PartyKind

__all__ = ["Feature", "Features", "TableFile", "parse"]


@frozen(kw_only=True)
class Feature:
    """One thing that is compared or that keys are made of: its columns, joined by a blank, and the folds one after the other."""

    name: str
    columns: tuple[str, ...]
    folds: tuple[Fold, ...]

    def values(self, record: Mapping[str, str | None]) -> tuple[str, ...]:
        """Its values in a record, each once; none when the columns are empty.

        >>> Feature(name="zip", columns=("Zip",), folds=(fold_of("digits", "here"),)).values({"Zip": "NV-89132"})
        ('89132',)
        """
        found: list[str] = [" ".join(text for one in self.columns if (text := (record.get(one) or "").strip()))]
        for fold in self.folds:
            found = [text for one in found for text in fold(one) if text]
        return tuple(dict.fromkeys(one for one in found if one))


class Features:
    """One record of a foreign data set, made ready for comparing; shows nothing."""

    __slots__ = ("cells", "index", "kind", "papers")

    def __init__(self, cells: tuple[tuple[str, ...], ...]) -> None:
        self.cells: Final = cells
        # What every side has, so that one comparison serves all: one kind, no documents.
        self.kind: Final = PartyKind.PERSON
        self.papers: Final[tuple[Paper, ...]] = ()
        self.index: Final[frozenset[str]] = frozenset()


@frozen(kw_only=True, eq=False)
class TableFile:
    """What a rules file says: its table, and how a record becomes a side.

    `table.keys` gives the texts of a side under which two records meet.
    """

    features: tuple[Feature, ...]
    table: Table

    def side(self, record: Mapping[str, str | None]) -> Features:
        """A record, column by column, made ready for comparing. A column that the record does not have is empty."""
        return Features(tuple([feature.values(record) for feature in self.features]))


def parse(text: str, source: str) -> TableFile:
    """The rules of a data set. Errors: UnusableInput naming the place, for anything that is not understood.

    >>> rules = parse(
    ...     '''
    ... keys = [["zip"]]
    ... [features]
    ... zip = { columns = ["Zip"], folds = ["digits"] }
    ... [[comparisons]]
    ... field = "ZIP"
    ... feature = "zip"
    ... [[rows]]
    ... name = "ZIP"
    ... where = { ZIP = ["AGREE"] }
    ... source = "an example"
    ... ''',
    ...     "example.toml",
    ... )
    >>> one, other = rules.side({"Zip": "89132"}), rules.side({"Zip": "NV 89132"})
    >>> from custmaster.dedup.evidence import judge
    >>> judge(one, other, rules.table).row, rules.table.keys(one)
    ('ZIP', ('zip:89132',))
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise UnusableInput(source, problem="it is not TOML", remedy="see docs/examples/rules") from None
    return _Reader(raw, source).read()


_PARTS: Final = {"features", "keys", "comparisons", "rows", "vetoes", "apart", "points"}
_LEAST: Final = {"exists": Verdict.EXISTS, "suspect": Verdict.SUSPECT}


class _Reader:
    """Reads one file, part by part; every complaint names its place."""

    def __init__(self, raw: Mapping[str, Any], source: str) -> None:
        self._raw = raw
        self._source = source
        self._places: dict[str, int] = {}
        self._fields: list[str] = []

    def read(self) -> TableFile:
        self._only("the file", self._raw, _PARTS)
        features = [self._feature(name, given) for name, given in self._part("features", dict).items()]
        self._places = {feature.name: at for at, feature in enumerate(features)}
        comparisons = [self._comparison(one) for one in self._part("comparisons", list)]
        self._fields = [one.field for one in comparisons]
        if len(set(self._fields)) < len(self._fields):
            raise self._wrong("comparisons", "a field is compared twice")
        table = Table(
            names=_no_names,
            comparisons=tuple(comparisons),
            suspicions=tuple([self._row("rows", one) for one in self._raw.get("rows", ())]),
            vetoes=tuple([self._veto("vetoes", one) for one in self._raw.get("vetoes", ())]),
            apart=tuple([self._veto("apart", one) for one in self._raw.get("apart", ())]),
            points=self._points(self._raw["points"]) if "points" in self._raw else None,
            keys=self._keys(self._part("keys", list)),
            needs_shared_key=False,
        )
        return TableFile(features=tuple(features), table=table)

    def _feature(self, name: str, given: Mapping[str, Any]) -> Feature:
        place = f"features.{name}"
        self._only(place, given, {"columns", "folds"})
        folds = given.get("folds", ["exact"])
        if not given.get("columns"):
            raise self._wrong(place, "it names no column")
        return Feature(
            name=name,
            columns=tuple(given["columns"]),
            folds=tuple([fold_of(fold, f"{self._source}: {place}") for fold in folds]),
        )

    def _comparison(self, given: Mapping[str, Any]) -> Comparison:
        place = f"comparisons.{given.get('field')}"
        self._only(place, given, {"field", "feature", "by"})
        at = self._place_of(given.get("feature"), place)
        likeness = likeness_of(given.get("by", "equal"), f"{self._source}: {place}")
        return Comparison(field=str(given["field"]), values=_cell(at), likeness=likeness)

    def _row(self, part: str, given: Mapping[str, Any]) -> Suspicion:
        place = f"{part}.{given.get('name')}"
        self._only(place, given, {"name", "where", "verdict", "source"})
        if given.get("verdict", "SUSPECT") not in ("EXISTS", "SUSPECT"):
            raise self._wrong(place, "the verdict of a row is EXISTS or SUSPECT")
        return Suspicion(
            name=str(given["name"]),
            where=self._where(given.get("where", {}), place),
            verdict=Verdict(given.get("verdict", "SUSPECT")),
            source=str(given.get("source", "")),
        )

    def _veto(self, part: str, given: Mapping[str, Any]) -> Veto:
        row = self._row(part, given)
        return Veto(name=row.name, where=row.where, source=row.source)

    def _where(self, given: Mapping[str, Any], place: str) -> dict[str, tuple[Level, ...]]:
        return {
            self._field(field, place): tuple([self._level(one, place) for one in levels])
            for field, levels in given.items()
        }

    def _points(self, given: Mapping[str, Any]) -> Points:
        self._only("points", given, {"worth", *_LEAST})
        worth = {
            self._field(field, "points"): {
                self._level(level, "points"): float(points) for level, points in levels.items()
            }
            for field, levels in given.get("worth", {}).items()
        }
        least = {verdict: float(given[word]) for word, verdict in _LEAST.items() if word in given}
        if not least:
            raise self._wrong("points", "neither `exists` nor `suspect` says from how many points")
        return Points(worth=worth, least=least)

    def _keys(self, given: Sequence[Sequence[str]]) -> Callable[[Features], tuple[str, ...]]:
        plan = [(f"{'+'.join(names)}:", [self._place_of(name, "keys") for name in names]) for names in given]

        def keys(side: Features) -> tuple[str, ...]:
            found = [
                head + "|".join(parts) for head, places in plan for parts in product(*(side.cells[at] for at in places))
            ]
            return tuple(dict.fromkeys(found))

        return keys

    def _part(self, name: str, kind: type) -> Any:
        part = self._raw.get(name)
        if not isinstance(part, kind) or not part:
            raise self._wrong(name, "it is missing or empty")
        return part

    def _place_of(self, name: object, place: str) -> int:
        if name not in self._places:
            raise self._wrong(place, "it names a feature that is not in [features]")
        return self._places[str(name)]

    def _field(self, field: str, place: str) -> str:
        if field not in self._fields:
            raise self._wrong(place, "it names a field that is not compared")
        return field

    def _level(self, name: object, place: str) -> Level:
        if name not in Level.__members__:
            raise self._wrong(place, "a level is AGREE, NEAR, DIFFER or MISSING")
        return Level[str(name)]

    def _only(self, place: str, given: object, allowed: set[str]) -> None:
        if not isinstance(given, dict) or not set(cast("dict[str, object]", given)) <= allowed:
            raise self._wrong(place, f"it may hold {', '.join(sorted(allowed))} and nothing else")

    def _wrong(self, place: str, problem: str) -> UnusableInput:
        return UnusableInput(self._source, problem=f"{place}: {problem}", remedy="see docs/examples/rules")


def _cell(at: int) -> Callable[[Features], tuple[str, ...]]:
    def values(side: Features) -> tuple[str, ...]:
        return side.cells[at]

    return values


def _no_names(left: object, right: object) -> Level:
    """A foreign record has no name apart from its features."""
    del left, right
    return Level.MISSING

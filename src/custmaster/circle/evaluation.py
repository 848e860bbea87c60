"""The evaluation of a circle (评估): weights that total 100, of which results are never all; scores that are stored; the bank's own points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING

from attrs import field, frozen

from custmaster.circle.asking import answer, head
from custmaster.circle.circle import FULL_MARKS, Circle, Evaluation, Score
from custmaster.circle.codes import CircleCode
from custmaster.circle.events import CircleEvaluated
from custmaster.circle.grounds import ground
from custmaster.decision import Decision, Occasion, Reason
from custmaster.errors import Fault, InvalidValue
from custmaster.handbook import Page, Weight, keys
from custmaster.value._checks import each_of, texts
from custmaster.value.money import EXACT

__all__ = ["EvaluationScheme", "Reward", "evaluate_circle", "reward", "scheme_of"]

if TYPE_CHECKING:

    def _weights(values: Iterable[Weight]) -> tuple[Weight, ...]: ...

else:
    _weights = tuple


def _results(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(texts(values, "results"))))


@frozen(kw_only=True)
class EvaluationScheme:
    """What a circle is scored by; `results` names the rows that are about results (成果).

    Errors: InvalidValue (RANGE) unless the weights total 100, (DUPLICATE) for a row that stands twice, (UNKNOWN_CODE) for a result that is no
    row, (MISSING) where results weigh nothing, since they are a main basis, and (CONFLICT) where they are all, since they are one of several.
    Source: R-26, R-39, B2.

    >>> rows = [Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))]
    >>> EvaluationScheme(weights=rows, results=["成果"]).results
    ('成果',)
    """

    weights: tuple[Weight, ...] = field(converter=_weights, validator=each_of(Weight))
    results: tuple[str, ...] = field(converter=_results)

    def __attrs_post_init__(self) -> None:
        names = [one.name for one in self.weights]
        if len(set(names)) != len(names):
            raise InvalidValue(Fault.DUPLICATE, path="weights", remedy="name each row once")
        if _sum(one.weight for one in self.weights) != FULL_MARKS:
            raise InvalidValue(Fault.RANGE, path="weights", remedy="the weights total 100")
        if not set(self.results) <= set(names):
            raise InvalidValue(Fault.UNKNOWN_CODE, path="results", remedy="name rows of the scheme")
        share = _sum(one.weight for one in self.weights if one.name in self.results)
        if share == 0:
            raise InvalidValue(Fault.MISSING, path="results", remedy="results are one of the main bases")
        if share == FULL_MARKS:
            raise InvalidValue(Fault.CONFLICT, path="results", remedy="results are never the only basis")


def scheme_of(page: Page, results: Iterable[str]) -> EvaluationScheme:
    """The scheme of the bank's own handbook; the packaged one has no weights, since the document gives none. Errors: InvalidValue as `EvaluationScheme`."""
    return EvaluationScheme(weights=page[keys.CIRCLE_WEIGHTS], results=tuple(results))


def evaluate_circle(
    circle: Circle, scores: Iterable[Score], scheme: EvaluationScheme, occasion: Occasion, page: Page
) -> Decision:
    """Whether the circle is scored; Allowed carries CircleEvaluated with the weighted total, from 0 to 100.

    While R-43 holds (`circle.appraisal` is off on the day) the score is stored, is marked as not appraised, and a note says so; no penalty is
    computed anywhere. Errors: NotInForce. Source: R-26, R-39, R-43.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import CircleKind
    >>> from custmaster.handbook import default
    >>> circle = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> rows = [Weight(name="成果", weight=Decimal(60)), Weight(name="活动", weight=Decimal(40))]
    >>> scores = [Score(name="成果", points=Decimal(90)), Score(name="活动", points=Decimal(80))]
    >>> occasion = Occasion(day=date(2026, 7, 1), actor="S-9", request_id="R-1")
    >>> scheme = EvaluationScheme(weights=rows, results=["成果"])
    >>> answer = evaluate_circle(circle, scores, scheme, occasion, default().on(occasion.day))
    >>> answer.events[0].evaluation.total, answer.events[0].evaluation.appraised
    (Decimal('86'), False)
    """
    listed = tuple(scores)
    reasons = tuple(_against(circle, listed, scheme, occasion, page))
    evaluation = Evaluation(
        on=occasion.day, scores=listed, total=_total(listed, scheme), appraised=page[keys.CIRCLE_APPRAISAL]
    )
    event = CircleEvaluated(**head(occasion), number=circle.number, evaluation=evaluation)
    return answer(reasons, event, occasion, page)


def _against(
    circle: Circle, scores: tuple[Score, ...], scheme: EvaluationScheme, occasion: Occasion, page: Page
) -> Iterator[Reason]:
    if not circle.is_open(occasion.day):
        yield ground(CircleCode.CIRCLE_ENDED, circle.number, {"circle": circle.number})
    if not page[keys.CIRCLE_SCORING]:
        yield ground(CircleCode.SCORING_OFF, circle.number, citation=page.cite(keys.CIRCLE_SCORING))
    scored = [one.name for one in scores]
    weighed = [one.name for one in scheme.weights]
    for name in sorted(set(weighed) - set(scored)):
        yield ground(CircleCode.SCORE_MISSING, circle.number, {"name": name})
    for name in sorted(set(scored) - set(weighed)):
        yield ground(CircleCode.SCORE_WITHOUT_WEIGHT, circle.number, {"name": name})
    for name in sorted({name for name in scored if scored.count(name) > 1}):
        yield ground(CircleCode.SCORE_TWICE, circle.number, {"name": name})
    if not page[keys.CIRCLE_APPRAISAL]:
        yield ground(CircleCode.APPRAISAL_OFF, circle.number, citation=page.cite(keys.CIRCLE_APPRAISAL))


def _total(scores: Iterable[Score], scheme: EvaluationScheme) -> Decimal:
    weight = {one.name: one.weight for one in scheme.weights}
    weighed = (EXACT.multiply(one.points, weight.get(one.name, Decimal(0))) for one in scores)
    return EXACT.divide(_sum(weighed), Decimal(FULL_MARKS))


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum, whatever precision the caller's thread has set."""
    return reduce(EXACT.add, numbers, Decimal(0))


@frozen(kw_only=True)
class Reward:
    """The points earned by the bank's own table, and a note for each deed that the table does not hold."""

    points: Decimal
    reasons: tuple[Reason, ...] = ()


def reward(circle: Circle, earned: Iterable[str], page: Page) -> Reward:
    """The points of what was earned, each time that it is named; the packaged table is empty and gives none. Errors: NotInForce. Source: R-26, R-43.

    >>> from datetime import date
    >>> from custmaster.circle.kinds import CircleKind
    >>> from custmaster.handbook import default
    >>> circle = Circle(number="QC-01", name="晨曦", kind=CircleKind.INDOOR, centre="C-1", founded_on=date(2026, 1, 5))
    >>> reward(circle, ["成果报备"], default().on(date(2026, 7, 1))).points
    Decimal('0')
    """
    table = {row.name: row.weight for row in page[keys.CIRCLE_POINTS]}
    deeds = texts(earned, "earned")
    absent = sorted(set(deeds) - set(table))
    citation = page.cite(keys.CIRCLE_POINTS)
    return Reward(
        points=_sum(table.get(deed, Decimal(0)) for deed in deeds),
        reasons=tuple(ground(CircleCode.POINTS_NOT_LISTED, circle.number, {"name": name}, citation) for name in absent),
    )

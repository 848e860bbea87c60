"""What was found in a file, counted: a summary whose size does not grow with the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import define, evolve, field, frozen

from custmaster.decision import Outcome, Remark
from custmaster.wire.findings import Finding

__all__ = ["Counted", "FindingCounter", "Tally", "TallyCounter"]

_WORST_FIRST: Final = (Outcome.REFUSED, Outcome.REVIEW, Outcome.ALLOWED)


@frozen(kw_only=True)
class Counted:
    """How often one code was found, and on which line first."""

    code: str
    outcome: Outcome
    count: int
    first_line: int


@frozen(kw_only=True)
class Tally:
    """The rows read, the rows with at least one finding, and every code found: the worst outcome first, then the most frequent.

    >>> Tally(rows=2, rows_with_findings=0, counted=()).findings
    0
    """

    rows: int
    rows_with_findings: int
    counted: tuple[Counted, ...]

    @property
    def findings(self) -> int:
        """How many findings there are altogether."""
        return sum(row.count for row in self.counted)

    def as_plain(self) -> dict[str, object]:
        """Plain values for another process.

        >>> Tally(rows=2, rows_with_findings=0, counted=()).as_plain()
        {'rows': 2, 'rows_with_findings': 0, 'counted': []}
        """
        counted = [(row.code, row.outcome.value, row.count, row.first_line) for row in self.counted]
        return {"rows": self.rows, "rows_with_findings": self.rows_with_findings, "counted": counted}


@define
class TallyCounter:
    """Counts remarks row by row; `tally()` gives the summary so far."""

    _rows: int = 0
    _faulty: int = 0
    _codes: dict[tuple[str, Outcome], list[int]] = field(factory=dict[tuple[str, Outcome], list[int]])

    def add(self, line: int, remarks: Iterable[Remark]) -> None:
        """Count the remarks of the row that begins on `line`."""
        self._rows += 1
        found = False
        for remark in remarks:
            found = True
            place = self._codes.setdefault((remark.reason.code.value, remark.reason.outcome), [0, line])
            place[:] = place[0] + 1, min(place[1], line)
        self._faulty += found

    def pass_over(self, rows: int) -> None:
        """Count rows that nothing was remarked on."""
        self._rows += rows

    @property
    def rows(self) -> int:
        """The rows counted so far."""
        return self._rows

    def take(self, plain: Mapping[str, Any]) -> None:
        """What was counted elsewhere, of other rows of the same file; see `Tally.as_plain`."""
        self._rows += plain["rows"]
        self._faulty += plain["rows_with_findings"]
        for code, outcome, count, first in plain["counted"]:
            place = self._codes.setdefault((code, Outcome(outcome)), [0, first])
            place[:] = place[0] + count, min(place[1], first)

    def tally(self) -> Tally:
        """The summary of all rows so far."""
        counted = (
            Counted(code=code, outcome=outcome, count=count, first_line=first)
            for (code, outcome), (count, first) in self._codes.items()
        )
        order = sorted(counted, key=lambda row: (_WORST_FIRST.index(row.outcome), -row.count, row.code))
        return Tally(rows=self._rows, rows_with_findings=self._faulty, counted=tuple(order))


@define
class FindingCounter:
    """Counts findings one by one, in whatever order they come; `tally()` gives the summary so far."""

    _lines: set[int] = field(factory=set[int])
    _codes: TallyCounter = field(factory=TallyCounter)

    def add(self, finding: Finding) -> None:
        """Count one finding more."""
        self._lines.add(finding.line)
        self._codes.add(finding.line, (Remark(field=finding.field, reason=finding.reason),))

    def tally(self, rows: int) -> Tally:
        """The summary of so many rows."""
        return evolve(self._codes.tally(), rows=rows, rows_with_findings=len(self._lines))

"""What was found in the files of a roster (名单), counted by file and code; in a finding the field begins with the file's option."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define

from custmaster.cli.check import severity
from custmaster.cli.screen import Screen
from custmaster.decision import Outcome
from custmaster.handbook import title
from custmaster.wire.findings import SEVERITY, Finding

__all__ = ["counted", "found_as_json", "is_bad", "show_found"]

_WORST_FIRST = (Outcome.REFUSED, Outcome.REVIEW, Outcome.ALLOWED)


@define
class _Count:
    file: str
    code: str
    outcome: Outcome
    count: int
    first: int


def is_bad(finding: Finding) -> bool:
    """Whether it is more than a note."""
    return finding.reason.outcome is not Outcome.ALLOWED


def counted(findings: Iterable[Finding]) -> list[_Count]:
    """By file and code: how many, and on which line first; the worst first, then the most."""
    found: dict[tuple[str, str], _Count] = {}
    for one in findings:
        file, code = one.field.partition(".")[0], str(one.reason.code)
        count = found.setdefault((file, code), _Count(file, code, one.reason.outcome, 0, one.line))
        count.count, count.first = count.count + 1, min(count.first, one.line)
    return sorted(found.values(), key=lambda one: (_WORST_FIRST.index(one.outcome), -one.count, one.file, one.code))


def found_as_json(findings: Iterable[Finding], screen: Screen) -> dict[str, object]:
    """The counts as plain values."""
    counts = counted(findings)
    return {
        "findings": sum(one.count for one in counts),
        "codes": [
            {
                "file": one.file,
                "code": one.code,
                "severity": SEVERITY[one.outcome],
                "count": one.count,
                "first_line": one.first,
                "meaning": title(one.code, screen.lang),
            }
            for one in counts
        ],
    }


def show_found(findings: Iterable[Finding], screen: Screen) -> None:
    """The counts as a table for people; a sentence where there is nothing."""
    counts = counted(findings)
    if not counts:
        screen.say("各行均无问题", "no row has anything wrong")
        return
    heads = (
        ("文件", "file"),
        ("程度", "severity"),
        ("代码", "code"),
        ("数量", "count"),
        ("首行", "first line"),
        ("含义", "meaning"),
    )
    rows = [
        (one.file, severity(one.outcome, screen.lang), one.code, one.count, one.first, title(one.code, screen.lang))
        for one in counts
    ]
    screen.table(screen.pick("各行的问题", "rows with something wrong"), [screen.pick(*head) for head in heads], rows)

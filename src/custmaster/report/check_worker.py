"""One worker process of a check: `python -m custmaster.report.check_worker`, spoken to by `custmaster.report.check_crew` and by nobody else."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from typing import Any, Final

from custmaster.report.check_share import CheckShare
from custmaster.wire._hands import serve, tell_progress

__all__ = ["main"]

_COLLECTED: Final = 50_000
"""Objects made and not yet gone before the collector looks for cycles, of which rows make none."""


def main() -> None:
    """Takes a share of a check, then does each task that comes until there are no more."""
    gc.set_threshold(_COLLECTED, *gc.get_threshold()[1:])
    serve(_begin)


def _begin(told: Mapping[str, Any]) -> Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, object]]]:
    return CheckShare(told, tell_progress if told["index"] == 0 else _silent).tasks()


def _silent(done: int) -> None:
    """The first process tells for all: their shares are of one size."""


if __name__ == "__main__":
    main()

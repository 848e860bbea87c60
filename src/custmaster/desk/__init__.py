"""The desk: questions that touch several rooms, one file each: `open`, `remove`, `reactivate`."""

from __future__ import annotations

__all__: list[str] = []

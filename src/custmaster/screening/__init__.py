"""Screening (黑名单): entries of internal and external lists, hits on them, and restrictions by cause."""

from __future__ import annotations

__all__: list[str] = []

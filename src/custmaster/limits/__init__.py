"""Limits (交易限额): account classes, channel limits of a customer, usage, and what is left: sums only."""

from __future__ import annotations

__all__: list[str] = []

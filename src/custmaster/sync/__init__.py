"""Sync (同步): which of two systems sends what of a customer to the other, and how both end equal; pure functions over frozen values."""

from __future__ import annotations

__all__: list[str] = []

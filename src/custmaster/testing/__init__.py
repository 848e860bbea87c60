"""Hypothesis strategies for the public values, and the plugin that registers them (extra: testing)."""

from __future__ import annotations

__all__: list[str] = []

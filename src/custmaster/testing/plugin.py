"""The `hypothesis` entry point: makes `st.from_type` work on the public values."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Register a strategy for each public value; called by Hypothesis when it is imported."""

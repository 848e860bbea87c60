"""Identity numbers: one small module a number, each with compact, validate, is_valid and format."""

from __future__ import annotations

__all__: list[str] = []

"""What a bank writes down: numbers, names, phones, addresses, money, days; one module for each, and the match keys of text."""

from __future__ import annotations

__all__: list[str] = []

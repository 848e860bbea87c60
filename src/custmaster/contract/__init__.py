"""Contracts (签约): products in four categories, the record of a contract, its life, and when two contracts are the same one."""

from __future__ import annotations

__all__: list[str] = []

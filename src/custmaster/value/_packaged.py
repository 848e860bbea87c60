"""The one reader of the data files that are shipped inside the package."""

from __future__ import annotations

from importlib import resources

__all__ = ["read_text"]


def read_text(name: str) -> str:
    """The whole text of one packaged data file, UTF-8.

    >>> read_text("rare_pairs.txt").startswith("#")
    True
    """
    return resources.files("custmaster").joinpath("_data", name).read_text(encoding="utf-8")

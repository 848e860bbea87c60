"""The one reader of the data files that are shipped inside the package."""

from __future__ import annotations

__all__ = ["read_text"]


def read_text(name: str) -> str:
    """The whole text of one packaged data file, UTF-8; FileNotFoundError when none of that name is shipped.

    >>> read_text("rare_pairs.txt").startswith("#")
    True
    """
    from importlib import resources  # noqa: PLC0415  (8 ms, and whoever folds nothing and asks no handbook never needs it)

    return resources.files("custmaster").joinpath("_data", name).read_text(encoding="utf-8")

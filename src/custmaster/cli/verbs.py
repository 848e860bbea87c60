"""What a verb is declared with."""

from __future__ import annotations

import argparse
from typing import TypeAlias

__all__ = ["Parser", "Verbs"]

Parser: TypeAlias = argparse.ArgumentParser
# argparse has no public name for what add_subparsers gives, and only type checkers know it as generic.
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

"""The `custmaster` command: argparse, one file per verb, no rules in it."""

from __future__ import annotations

from custmaster.cli.main import command, main

__all__ = ["command", "main"]

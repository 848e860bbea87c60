"""Summaries of what was found: tallies, and the check of a whole file."""

from custmaster.report.file_check import Checked, FileCheck, check_table, checked_rows
from custmaster.report.tally import Counted, Tally

__all__ = ["Checked", "Counted", "FileCheck", "Tally", "check_table", "checked_rows"]

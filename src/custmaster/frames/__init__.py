"""Tables in memory in and out, of pandas, polars or Arrow (extra `frames`): the questions of `custmaster.batch`, asked of a table."""

from custmaster.frames.dedupe import CheckedFrame, DedupedFrame, check_new_frame, dedupe_frame

__all__ = ["CheckedFrame", "DedupedFrame", "check_new_frame", "dedupe_frame"]

"""The questions over millions of rows, asked of tables in memory (extra `frames`)."""

from custmaster.frames.dedupe import DedupedFrame, dedupe_frame

__all__ = ["DedupedFrame", "dedupe_frame"]

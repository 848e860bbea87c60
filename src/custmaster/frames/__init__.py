"""Tables in memory in and out, of pandas, polars or Arrow (extra `frames`): the questions of `custmaster.batch`, and a roster review."""

from custmaster.frames.dedupe import CheckedFrame, DedupedFrame, check_new_frame, dedupe_frame
from custmaster.frames.roster import roster_frames

__all__ = ["CheckedFrame", "DedupedFrame", "check_new_frame", "dedupe_frame", "roster_frames"]

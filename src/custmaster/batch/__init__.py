"""The same questions over millions of rows: texts in Python, joins in an engine, verdicts in Python."""

from custmaster.batch.dedupe import LARGEST_BLOCK, Block, Deduped, Run, dedupe
from custmaster.batch.engines import EngineName
from custmaster.batch.quality import Quality, pairwise
from custmaster.batch.results import write_clusters
from custmaster.batch.rules import STOCK, CustomerRules, OtherRules, Rules, rules_file

__all__ = [
    "LARGEST_BLOCK",
    "STOCK",
    "Block",
    "CustomerRules",
    "Deduped",
    "EngineName",
    "OtherRules",
    "Quality",
    "Rules",
    "Run",
    "dedupe",
    "pairwise",
    "rules_file",
    "write_clusters",
]

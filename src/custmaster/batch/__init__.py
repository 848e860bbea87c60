"""The same questions over millions of rows: texts in Python, joins in an engine, verdicts in Python."""

from custmaster.batch.check_new import CheckedNew, check_new
from custmaster.batch.dedupe import Deduped, dedupe
from custmaster.batch.engines import EngineName
from custmaster.batch.optimum import assign_optimal
from custmaster.batch.quality import Quality, pairwise
from custmaster.batch.results import write_clusters, write_new
from custmaster.batch.rules import STOCK, CustomerRules, OtherRules, Rules, rules_file
from custmaster.batch.steps import LARGEST_BLOCK, Block, Run
from custmaster.batch.survivors import write_survivors

__all__ = [
    "LARGEST_BLOCK",
    "STOCK",
    "Block",
    "CheckedNew",
    "CustomerRules",
    "Deduped",
    "EngineName",
    "OtherRules",
    "Quality",
    "Rules",
    "Run",
    "assign_optimal",
    "check_new",
    "dedupe",
    "pairwise",
    "rules_file",
    "write_clusters",
    "write_new",
    "write_survivors",
]

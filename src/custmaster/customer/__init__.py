"""The customer: what was entered, and the rules on that noun alone."""

from custmaster.customer.entry import Entry
from custmaster.customer.judge import judge

__all__ = ["Entry", "judge"]

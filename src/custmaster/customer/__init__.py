"""The customer: one person or unit under one number, its record, its events, and the rules on that noun alone."""

from custmaster.customer.entry import Entry
from custmaster.customer.events import CustomerEvent, evolve
from custmaster.customer.judge import judge
from custmaster.customer.kinds import Status
from custmaster.customer.record import Customer
from custmaster.errors import InvalidRecord

__all__ = ["Customer", "CustomerEvent", "Entry", "InvalidRecord", "Status", "evolve", "judge"]

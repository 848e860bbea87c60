"""Fictional data by seed, and faults put in by name; without Hypothesis, so that the command may use it."""

from custmaster.sim.faults import FAULTS, SampleFault
from custmaster.sim.fiction import FICTIONAL_DAY, customer_of_row, fictional_customers
from custmaster.sim.record import FictionalCustomer
from custmaster.sim.sample import HEADER, Headings, sample_mapping, write_customers, write_sample

__all__ = [
    "FAULTS",
    "FICTIONAL_DAY",
    "HEADER",
    "FictionalCustomer",
    "Headings",
    "SampleFault",
    "customer_of_row",
    "fictional_customers",
    "sample_mapping",
    "write_customers",
    "write_sample",
]

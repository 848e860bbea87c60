"""The sync rules searched and shaken: an exhaustive search of small worlds, a simulation with faults by seed, and the oracle of both.

The rules come in as one value (`custmaster.sync.rules.Rules`), so that others than this library's can be searched. No Hypothesis here.
"""

from __future__ import annotations

from custmaster.sim.sync.chart import chart
from custmaster.sim.sync.explore import ExploreResult, explore
from custmaster.sim.sync.faults import CrashPoint, FaultPlan
from custmaster.sim.sync.scope import SCOPES, Scope
from custmaster.sim.sync.simulate import SimulationResult, simulate
from custmaster.sim.sync.trace import Invariant, TraceStep, Violation

__all__ = [
    "SCOPES",
    "CrashPoint",
    "ExploreResult",
    "FaultPlan",
    "Invariant",
    "Scope",
    "SimulationResult",
    "TraceStep",
    "Violation",
    "chart",
    "explore",
    "simulate",
]

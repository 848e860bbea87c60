"""The conformance tests for the host that `--sync-adapter` names; see `pytest_plugin` for the command."""

from __future__ import annotations

from typing import Any

import pytest

from custmaster.testing.pytest_plugin import load_factory
from custmaster.testing.sync_adapter import HostConfig, SyncHost
from custmaster.testing.sync_conformance import SyncConformance

__all__ = ["TestYourHost"]


class TestYourHost(SyncConformance):
    """Every conformance test, on hosts made by the factory of the command line."""

    _factory: Any = None
    machine_seed: int = 0

    @pytest.fixture(autouse=True)
    def _asked_for(self, request: pytest.FixtureRequest) -> None:
        """Take the factory and the seed from the command line."""
        named = request.config.getoption("--sync-adapter", None)
        if not named:
            pytest.skip("--sync-adapter=module:factory names no host")
        self._factory = load_factory(named)
        self.machine_seed = int(request.config.getoption("--sync-seed", 0) or 0)

    def make_host(self, system: str, config: HostConfig) -> SyncHost:
        """As SyncConformance."""
        host: SyncHost = self._factory(system, config)
        return host

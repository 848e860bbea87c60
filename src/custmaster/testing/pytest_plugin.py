"""The pytest plugin of the conformance kit: `--sync-adapter=module:factory` says which host is tested, `--sync-seed` where the search begins.

    pytest -p custmaster.testing.pytest_plugin --sync-adapter=mybank.sync:Host --pyargs custmaster.testing.sync_suite

Loading it costs nothing: neither the kit nor Hypothesis is imported before a host is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["load_factory", "pytest_addoption"]


def pytest_addoption(parser: Any) -> None:
    """Add the two options; called by pytest."""
    group = parser.getgroup("custmaster")
    group.addoption("--sync-adapter", metavar="MODULE:FACTORY", help="what makes the host of sync under test")
    group.addoption(
        "--sync-seed", type=int, default=0, metavar="N", help="where the search of its state machine begins"
    )


def load_factory(named: str) -> Any:
    """The factory that `module:name` names. Errors: ValueError without a colon, ImportError, AttributeError.

    >>> load_factory("custmaster.testing.reference_host:ReferenceHost").__name__
    'ReferenceHost'
    """
    module, colon, name = named.partition(":")
    if not colon:
        raise ValueError("write it as module:factory")
    return getattr(import_module(module), name)

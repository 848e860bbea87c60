"""The tree under inspection."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def source() -> Path:
    return ROOT / "src" / "custmaster"


@pytest.fixture(scope="session")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `module_path` runs once for each module of the package."""
    if "module_path" in metafunc.fixturenames:
        package = ROOT / "src" / "custmaster"
        paths = sorted(package.rglob("*.py"))
        metafunc.parametrize("module_path", paths, ids=[path.relative_to(package).as_posix() for path in paths])

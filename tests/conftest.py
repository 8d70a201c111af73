"""What every test stands on: a cache of its own, no colours, and the same examples each time."""

from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: a busy machine is no bug. Derandomized: what passed here passes in CI.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("house")

pytest_plugins = ["tests.pictures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--thorough`."""
    parser.addoption(
        "--thorough", action="store_true", help="try every sample in every size: minutes more"
    )


@pytest.fixture
def thorough(pytestconfig: pytest.Config) -> bool:
    """Return whether time does not matter."""
    return bool(pytestconfig.getoption("--thorough"))


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own cache and settings out of the tests, and the tests out of them."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    for name in ("NO_COLOR", "FORCE_COLOR", "THREADPRESS_STOCK"):
        monkeypatch.delenv(name, raising=False)

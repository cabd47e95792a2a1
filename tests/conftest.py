"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Times differ between machines, and what was drawn must not: a failure should come back when it is rerun.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the source tree."""
    return Path(__file__).resolve().parents[1]

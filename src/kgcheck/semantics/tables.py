"""The tables beside this package, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """The TOML table `name` ("hedges.toml", "policies/default.toml") of this package.

    Raises FileNotFoundError for a table that is not there.
    """
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))

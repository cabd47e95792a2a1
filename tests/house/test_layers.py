"""Imports go down only, and each heavy library has one home."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_import_contracts_hold(checkout: Path) -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Imports go down only KEPT" in done.stdout

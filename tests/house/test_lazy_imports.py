"""Starting costs little: heavy libraries are imported when they are first needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("networkx", "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib", "rich", "starlette", "uvicorn")
PROGRAMS = {
    "import kgcheck": "import kgcheck",
    "import kgcheck.cli": "import kgcheck.cli",
    "kgcheck --help": "import sys, runpy; sys.argv = ['kgcheck', '--help']\n"
    "try: runpy.run_module('kgcheck', run_name='__main__')\n"
    "except SystemExit as end: assert not end.code, end.code",
    "kgcheck --version": "import sys, runpy; sys.argv = ['kgcheck', '--version']\n"
    "try: runpy.run_module('kgcheck', run_name='__main__')\n"
    "except SystemExit as end: assert not end.code, end.code",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_heavy_is_imported(name: str) -> None:
    program = (
        f"{PROGRAMS[name]}\n"
        "import sys\n"
        f"print('imported:', *(module for module in {HEAVY} if module in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].split() == ["imported:"]

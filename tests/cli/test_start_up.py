"""Starting costs no more than click: nothing heavy is imported for help."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("rdflib", "pyshacl", "networkx", "pyoxigraph", "rich", "rapidfuzz", "edtf")

PROBE = """
import sys
from kgcheck.cli.run import run
code = run({arguments!r})
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(code)
"""

BARE = """
import sys, click

@click.group()
def program(): pass

try:
    program.main(["--help"])
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


def _modules(source: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["export", "--help"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    modules = _modules(PROBE.format(arguments=arguments))
    assert not {name.split(".")[0] for name in modules}.intersection(HEAVY)


def test_help_imports_little_beside_click() -> None:
    """Modules are counted, not seconds: a busy machine must not fail this."""
    own = _modules(PROBE.format(arguments=["--help"]))
    more = own - _modules(BARE)
    assert len(more) <= 25, sorted(more)
    assert "kgcheck.cli.commands" not in own


def test_importing_the_package_imports_nothing_heavy() -> None:
    modules = _modules("import sys, kgcheck; print(*sys.modules, file=sys.stderr)")
    assert not {name.split(".")[0] for name in modules}.intersection({*HEAVY, "click"})

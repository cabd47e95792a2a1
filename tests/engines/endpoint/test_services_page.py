"""The commands that the page on services shows, run on a service of this machine."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

PAGE = Path(__file__).resolve().parents[3] / "docs" / "services.md"
EXAMPLE = "https://example.org/sparql"


def test_commands(oxigraph: Callable[..., Any], tmp_path: Path) -> None:
    block = re.search(r"^```\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block is not None
    lines = block[1].splitlines()
    assert len(lines) == 2
    data = PAGE.parents[1] / "data" / "kent"
    file = tmp_path / "kent.nq"
    quads = []
    for path in sorted(data.rglob("*.ttl")):
        found = list(ox.parse(path=str(path)))
        document = next((q.object for q in found if q.predicate.value.endswith("#inDocument")), None)
        # The second command names this graph: here it holds all that the first one finds in many.
        graph = (
            ox.NamedNode("https://example.org/2021") if document is not None else ox.NamedNode("urn:agents")
        )
        quads += [ox.Quad(q.subject, q.predicate, q.object, graph) for q in found]
    ox.serialize(quads, str(file), ox.RdfFormat.N_QUADS)
    with oxigraph(file) as url:
        for line in lines:
            words = shlex.split(line.replace(EXAMPLE, url))
            assert words[:2] == ["kgcheck", "check"]
            done = subprocess.run(
                [sys.executable, "-m", *words, "--fail-on", "none"],
                capture_output=True,
                text=True,
                cwd=tmp_path,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            assert re.search(r"· \d+ claims ·", done.stdout)

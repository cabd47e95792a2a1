"""Reference pages are what the program says of itself."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from kgcheck.checks.registry import load_checks
from kgcheck.cli.program import COMMANDS


@pytest.mark.parametrize(
    "name", ["generate_commands", "generate_checks", "generate_shapes", "generate_schema"]
)
def test_page_is_in_step(script: Callable[[str], ModuleType], name: str) -> None:
    generator = script(name)
    written = generator.PAGE.read_text(encoding="utf-8")
    assert written == generator.render(), f"run: python docs/{name}.py"


def test_every_shape_has_its_row(script: Callable[[str], ModuleType]) -> None:
    from rdflib import RDF, SH, Graph, URIRef

    generator = script("generate_shapes")
    text = generator.PAGE.read_text(encoding="utf-8")
    rows = sum(line.startswith("| ") and "---" not in line for line in text.splitlines())
    heads = text.count("| what | property | says | otherwise |")
    graph = Graph()
    for path in generator.SHAPES.glob("*.ttl"):
        graph.parse(path)
    used = {shape for shape in graph.objects(None, SH.property) if isinstance(shape, URIRef)}
    assert len(used) > 80
    for shape in used:
        assert str(graph.value(shape, SH.name)).replace("|", "\\|") in text
    own = {s for s in graph.subjects(RDF.type, SH.NodeShape) if (s, SH.message, None) in graph}
    assert rows - heads >= len(used) + len({shape for shape in own if isinstance(shape, URIRef)})


def test_every_command_has_its_section(script: Callable[[str], ModuleType]) -> None:
    text = script("generate_commands").PAGE.read_text(encoding="utf-8")
    assert len(COMMANDS) >= 10
    for name in COMMANDS:
        assert f"\n## kgcheck {name}\n" in text
        assert f"Usage: kgcheck {name} [OPTIONS]" in text


def test_every_check_has_its_section(script: Callable[[str], ModuleType]) -> None:
    text = script("generate_checks").PAGE.read_text(encoding="utf-8")
    checks = load_checks()
    assert len(checks) >= 32
    for check in checks:
        assert f"\n## {check}\n" in text

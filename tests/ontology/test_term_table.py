"""ontology/README.md is what docs/generate_terms.py makes of the Turtle files."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_terms", ROOT / "docs" / "generate_terms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_term_table_is_in_step(generator: ModuleType) -> None:
    written = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    assert written == generator.render(), "run: python docs/generate_terms.py"


def test_the_page_follows_the_files_alone(generator: ModuleType, tmp_path: Path) -> None:
    """A new domain file makes a section, with what it says of its concepts."""
    core = (ROOT / "ontology" / "kgcheck.ttl").read_text(encoding="utf-8")
    (tmp_path / "kgcheck.ttl").write_text(core, encoding="utf-8")
    (tmp_path / "tides.ttl").write_text(
        """
        @prefix kgc: <https://w3id.org/kgcheck/ontology#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix sea: <https://example.org/tides#> .
        <https://example.org/tides> a owl:Ontology ; rdfs:comment "Tides."@en .
        sea:gauges a skos:ConceptScheme ;
            skos:prefLabel "Gauges"@en ; skos:definition "Where tides are read."@en .
        sea:north a kgc:Area, skos:Concept ; skos:inScheme sea:gauges ; skos:prefLabel "north | pier"@en ;
            skos:altLabel "the pier"@en ; skos:definition "The gauge."@en ; kgc:size 3 .
        """,
        encoding="utf-8",
    )
    page = generator.render(tmp_path)
    assert page[page.index("## `tides.ttl`") :].splitlines() == [
        "## `tides.ttl`",
        "",
        "Tides.",
        "",
        "### Gauges",
        "",
        "Where tides are read.",
        "",
        "| Concept | Label | Meaning | Also called | Behaviour |",
        "|---|---|---|---|---|",
        "| `sea:north` | north \\| pier | The gauge. | the pier | size 3 |",
    ]

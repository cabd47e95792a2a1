"""Write ontology/README.md, the table of all terms, from the Turtle files beside it.

    python docs/generate_terms.py

A test compares the file with what `render` gives, so that the two cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
CORE = ONTOLOGY / "kgcheck.ttl"
KGC = Namespace("https://w3id.org/kgcheck/ontology#")

_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso)
_INTRODUCTION = """\
# The ontology

This page is made from the Turtle files of this folder by `python docs/generate_terms.py`.

`kgcheck.ttl` holds the core terms (`kgc:`). Every other file is the vocabulary of one domain; checks and
shapes know none of them, so a domain is added by adding a file. A `kgc:partOf` b says that the cases
of a are among the cases of b, which sums may rely on; `skos:broader` is only for finding things.
"""


def render(folder: Path = ONTOLOGY) -> str:
    """The whole page as Markdown. `folder` holds kgcheck.ttl and the domain vocabularies."""
    core = Graph().parse(folder / CORE.name)
    parts = [_INTRODUCTION, *_core(core)]
    for path in sorted(folder.glob("*.ttl")):
        if path.name != CORE.name:
            parts += _domain(Graph().parse(path), path.name)
    return "\n".join(parts)


def _core(graph: Graph) -> Iterator[str]:
    classes = _named(graph, (OWL.Class, RDFS.Datatype))
    yield "## Classes of `kgcheck.ttl`\n"
    yield from _table(
        ("Class", "Meaning", "Aligned with"),
        ((_code(graph, c), _text(graph, c, RDFS.comment), _aligned(graph, c)) for c in classes),
    )
    properties = _named(graph, _PROPERTIES)
    yield "## Properties of `kgcheck.ttl`\n"
    yield from _table(
        ("Property", "Meaning", "From → to", "Aligned with"),
        (
            (_code(graph, p), _text(graph, p, RDFS.comment), _signature(graph, p), _aligned(graph, p))
            for p in properties
        ),
    )
    graphs = [g for g in (KGC.ontology, KGC.derived) if (g, RDFS.comment, None) in graph]
    yield "## Graphs\n"
    rows = ((_code(graph, g), _text(graph, g, RDFS.comment)) for g in graphs)
    yield from _table(("Graph", "Meaning"), rows)


def _domain(graph: Graph, name: str) -> Iterator[str]:
    header = next(graph.subjects(RDF.type, OWL.Ontology))
    yield f"## `{name}`\n"
    yield f"{_text(graph, header, RDFS.comment)}\n"
    schemes = sorted(
        {s for s in graph.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, URIRef)},
        key=lambda s: _text(graph, s, SKOS.prefLabel),
    )
    for scheme in schemes:
        members = _sorted(graph, graph.subjects(SKOS.inScheme, scheme))
        yield f"### {_text(graph, scheme, SKOS.prefLabel)}\n"
        yield f"{_text(graph, scheme, SKOS.definition)}\n"
        yield from _concepts(graph, members)
    placed = set(graph.subjects(SKOS.inScheme, None)) | set(schemes)
    rest = _sorted(graph, (s for s in graph.subjects(SKOS.prefLabel, None) if s not in placed))
    if rest:
        yield "### Programmes and roles\n"
        yield from _concepts(graph, rest)


def _concepts(graph: Graph, concepts: Sequence[URIRef]) -> Iterator[str]:
    def row(concept: URIRef) -> tuple[str, ...]:
        also = sorted(str(label) for label in graph.objects(concept, SKOS.altLabel))
        return (
            _code(graph, concept),
            _text(graph, concept, SKOS.prefLabel),
            _text(graph, concept, SKOS.definition),
            "; ".join(also),
            _behaviour(graph, concept),
        )

    yield from _table(("Concept", "Label", "Meaning", "Also called", "Behaviour"), map(row, concepts))


def _behaviour(graph: Graph, concept: URIRef) -> str:
    """Everything that the domain file says of a concept in kgc: terms, and its codes."""
    found = []
    for predicate in sorted({str(p) for p in graph.predicates(concept, None)}):
        values = sorted(_term(graph, value) for value in graph.objects(concept, URIRef(predicate)))
        if predicate == str(SKOS.notation):
            found.append(f"code {', '.join(values)}")
        elif predicate.startswith(KGC):
            found.append(f"{predicate.removeprefix(KGC)} {', '.join(values)}")
    return "; ".join(found)


def _aligned(graph: Graph, term: URIRef) -> str:
    found = {_term(graph, other) for relation in _ALIGNMENTS for other in graph.objects(term, relation)}
    roles = (t for t in graph.objects(term, RDF.type) if t not in (*_PROPERTIES, OWL.Class, RDFS.Datatype))
    return ", ".join(sorted(found | {_term(graph, role) for role in roles}))


def _signature(graph: Graph, term: URIRef) -> str:
    ends = (graph.value(term, RDFS.domain), graph.value(term, RDFS.range))
    return " → ".join("any" if end is None else _term(graph, end) for end in ends)


def _named(graph: Graph, types: Iterable[URIRef]) -> list[URIRef]:
    return _sorted(graph, (s for t in types for s in graph.subjects(RDF.type, t)))


def _sorted(graph: Graph, terms: Iterable[object]) -> list[URIRef]:
    return sorted({t for t in terms if isinstance(t, URIRef)}, key=lambda t: _term(graph, t).lower())


def _term(graph: Graph, node: object) -> str:
    return graph.namespace_manager.qname(str(node)) if isinstance(node, URIRef) else str(node)


def _code(graph: Graph, term: URIRef) -> str:
    return f"`{_term(graph, term)}`"


def _text(graph: Graph, term: object, predicate: URIRef) -> str:
    assert isinstance(term, URIRef)
    return str(graph.value(term, predicate) or "")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A Markdown table as lines, followed by an empty one."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


if __name__ == "__main__":
    (ONTOLOGY / "README.md").write_text(render(), encoding="utf-8")

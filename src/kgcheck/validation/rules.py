"""What SHACL Core cannot see: which graph a triple stands in, arithmetic, circles, spelling of terms.

Each rule takes `Data` and yields problems; `kgs:Graph-…` names the rule in a violation as a shape
would be named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kgcheck.errors import MeaningError
from kgcheck.model.report import Violation
from kgcheck.namespaces import DERIVED, KGC, PREFIXES, expand, kgc, shorten
from kgcheck.semantics.periods import parse_edtf
from kgcheck.store import ONTOLOGY, Term
from kgcheck.validation.compiled.terms import from_oxigraph
from kgcheck.validation.compiled.terms import name as name_of
from kgcheck.validation.focus import label, owner
from kgcheck.validation.nearest import nearest
from kgcheck.validation.union import Union

_TYPE = ox.NamedNode(expand("rdf:type"))
_IN_DOCUMENT = ox.NamedNode(kgc("inDocument"))
_BEHAVIOUR = tuple(
    expand(term)
    for term in (
        "kgc:partOf",
        "kgc:additiveOver",
        "kgc:boundedBy",
        "kgc:complementOf",
        "kgc:incompatibleWith",
        "kgc:strainedWith",
        "kgc:rateOf",
        "kgc:requires",
        "kgc:unitKind",
        "skos:broader",
        "skos:narrower",
    )
)
_MOMENTS = (kgc("periodEdtf"), kgc("issuedEdtf"))
_ORDERS = (kgc("partOf"), expand("skos:broader"))


@dataclass(frozen=True, slots=True)
class Problem:
    """One place that breaks a rule; `value` is the object at fault, where there is one."""

    focus: Term
    message: str
    path: str | None = None
    value: Term | None = None


class Data:
    """The quads of a store, and what several rules ask of them."""

    def __init__(self, quads: ox.Store) -> None:
        self.quads = quads

    def loaded(self, predicate: ox.NamedNode | None = None, value: Term | None = None) -> Iterator[ox.Quad]:
        """The quads of this form that came from files other than vocabularies."""
        for quad in self.quads.quads_for_pattern(None, predicate, value, None):
            if _name(quad.graph_name) not in (ONTOLOGY, DERIVED):
                yield quad

    @cached_property
    def documents(self) -> frozenset[str]:
        """The graphs that hold a document or a claim; other files may hold vocabularies of their own."""
        return frozenset(_name(row["graph"]) for row in _rows(self, _DOCUMENTS)) - {DERIVED}

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms of kgcheck's own namespace that a vocabulary declares."""
        graph = ox.NamedNode(ONTOLOGY)
        subjects = (_name(quad.subject) for quad in self.quads.quads_for_pattern(None, None, None, graph))
        return frozenset(iri for iri in subjects if iri.startswith(KGC))


def behaviour(data: Data) -> Iterator[Problem]:
    """How concepts hang together is the ontology's to say, not a document's."""
    for iri in _BEHAVIOUR:
        for quad in data.quads.quads_for_pattern(None, ox.NamedNode(iri), None, None):
            if _name(quad.graph_name) in data.documents:
                yield Problem(
                    quad.subject,
                    f"The file of the document {shorten(_name(quad.graph_name))} may not say how concepts "
                    f"hang together ({shorten(iri)}): move the statement to an ontology file.",
                    shorten(iri),
                    quad.object,
                )


def document(data: Data) -> Iterator[Problem]:
    """A claim stands in the file of one document."""
    (count,) = _rows(data, _COUNTS)
    if count["rows"] == count["claims"]:
        return
    graphs: dict[Term, set[str]] = {}
    for quad in data.quads.quads_for_pattern(None, _IN_DOCUMENT, None, None):
        if _name(quad.graph_name) != DERIVED:
            graphs.setdefault(quad.subject, set()).add(_name(quad.graph_name))
    for claim, names in graphs.items():
        if len(names) > 1:
            yield Problem(
                claim,
                f"The same claim IRI is used in {len(names)} documents "
                f"({', '.join(map(shorten, sorted(names)))}): "
                "give each document's claim an IRI of its own.",
                "kgc:inDocument",
            )


def name(data: Data) -> Iterator[Problem]:
    """The graph of a document bears the document's name, and its claims say that they are in it."""
    for quad in data.quads.quads_for_pattern(None, _TYPE, ox.NamedNode(kgc("Document")), None):
        if _name(quad.graph_name) not in (_name(quad.subject), ONTOLOGY, DERIVED):
            yield Problem(
                quad.subject,
                f"The document is described in the graph {shorten(_name(quad.graph_name))}: "
                "keep one document in each file, in the graph of its own name.",
            )
    for row in _rows(data, _ELSEWHERE):
        graph = _name(row["graph"])
        if graph not in (_name(row["document"]), DERIVED):
            yield Problem(
                row["claim"],
                f"The claim stands in the file of {shorten(graph)} "
                "and says that it is in another document: let kgc:inDocument name the document of its file.",
                "kgc:inDocument",
                row["document"],
            )


def term(data: Data) -> Iterator[Problem]:
    """A term that the vocabularies do not declare is a misspelling."""
    # Oxigraph goes through all quads several times faster than Python would.
    for row in _rows(data, _PREDICATES):
        predicate = row["term"]
        if isinstance(predicate, ox.NamedNode) and predicate.value not in data.terms:
            for quad in data.loaded(predicate):
                message = _unknown("property", predicate.value, data.terms)
                yield Problem(quad.subject, message, shorten(predicate.value))
    for row in _rows(data, _OBJECTS):
        value = row["term"]
        if isinstance(value, ox.NamedNode) and value.value not in data.terms:
            for quad in data.loaded(value=value):
                what = "class" if quad.predicate == _TYPE else "term"
                message = _unknown(what, value.value, data.terms)
                yield Problem(quad.subject, message, shorten(quad.predicate.value), value)


def identifier(data: Data) -> Iterator[Problem]:
    """The identifier finds a document's text, so no two documents share one."""
    holders: dict[Term, set[Term]] = {}
    predicate = ox.NamedNode(expand("dct:identifier"))
    for quad in data.quads.quads_for_pattern(None, predicate, None, None):
        if any(data.quads.quads_for_pattern(quad.subject, _TYPE, ox.NamedNode(kgc("Document")), None)):
            holders.setdefault(quad.object, set()).add(quad.subject)
    for value, documents in holders.items():
        if len(documents) > 1:
            for holder in documents:
                yield Problem(
                    holder,
                    f"{len(documents)} documents have this identifier: give each one of its own.",
                    "dct:identifier",
                    value,
                )


def length(data: Data) -> Iterator[Problem]:
    """The offsets of a quote span as many code points as it has.

    What is wrong with the offsets or the quote alone, shapes tell.
    """
    for row in _rows(data, _SPANS):
        quote, start, end = row["quote"], _whole(row["start"]), _whole(row["end"])
        if not isinstance(quote, ox.Literal) or not quote.value or start is None or end is None:
            continue
        if end > start and end - start != len(quote.value):
            yield Problem(
                row["claim"],
                f"The quote has {len(quote.value)} code points and its offsets span {end - start} "
                f"({start} to {end}): correct oa:start and oa:end (the end is exclusive).",
                "kgc:evidence",
            )


def circle(data: Data) -> Iterator[Problem]:
    """Hierarchies do not come back to where they began."""
    for iri in _ORDERS:
        above: dict[Term, set[Term]] = {}
        for quad in data.quads.quads_for_pattern(None, ox.NamedNode(iri), None, None):
            # What stands directly above itself is told by the shape of concepts.
            if quad.subject != quad.object:
                above.setdefault(quad.subject, set()).add(quad.object)
        for concept in above:
            if concept in _reached(concept, above):
                yield Problem(
                    concept,
                    f"Following {shorten(iri)} from here leads back here: take one link of the circle out.",
                    shorten(iri),
                )


def moment(data: Data) -> Iterator[Problem]:
    """An EDTF expression names days of the calendar, in order.

    What does not look like EDTF at all, shapes tell; here they cannot count days.
    """
    for iri in _MOMENTS:
        for quad in data.quads.quads_for_pattern(None, ox.NamedNode(iri), None, None):
            if isinstance(quad.object, ox.Literal) and _name(quad.graph_name) != DERIVED:
                try:
                    parse_edtf(quad.object.value)
                except MeaningError as error:
                    yield Problem(quad.subject, f"{error}.", shorten(iri), quad.object)


MOMENT = "kgs:Graph-moment"
"""Told only where no shape has told of the same property already."""

RULES: dict[str, Callable[[Data], Iterator[Problem]]] = {
    "kgs:Graph-behaviour": behaviour,
    "kgs:Graph-document": document,
    "kgs:Graph-name": name,
    "kgs:Graph-term": term,
    "kgs:Graph-identifier": identifier,
    "kgs:Graph-length": length,
    "kgs:Graph-circle": circle,
    MOMENT: moment,
}
"""All rules, by the name under which a violation tells of them."""

_PREDICATES = """
SELECT DISTINCT ?term WHERE {
  { ?s ?term ?o } UNION { GRAPH ?graph { ?s ?term ?o } }
  FILTER(STRSTARTS(STR(?term), STR(kgc:)))
}
"""

_OBJECTS = """
SELECT ?term WHERE {
  {
    SELECT DISTINCT ?term WHERE {
      { ?s ?p ?term } UNION { GRAPH ?graph { ?s ?p ?term } }
      FILTER(isIRI(?term))
    }
  }
  FILTER(STRSTARTS(STR(?term), STR(kgc:)))
}
"""

# Oxigraph begins with the first pattern: few things have a place, and each is one selector's.
_SPANS = """
SELECT DISTINCT ?claim ?quote ?start ?end WHERE {
  GRAPH ?graph {
    ?place oa:start ?start ; oa:end ?end .
    ?evidence oa:hasSelector ?place , ?words .
    ?words oa:exact ?quote .
    ?claim kgc:evidence ?evidence .
  }
  FILTER(STRLEN(STR(?quote)) != xsd:integer(STR(?end)) - xsd:integer(STR(?start)))
}
"""

_DOCUMENTS = """
SELECT DISTINCT ?graph WHERE {
  { GRAPH ?graph { ?claim kgc:inDocument ?document } } UNION { GRAPH ?graph { ?document a kgc:Document } }
}
"""

_COUNTS = """
SELECT (COUNT(*) AS ?rows) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  { ?claim kgc:inDocument ?document } UNION { GRAPH ?graph { ?claim kgc:inDocument ?document } }
}
"""

_ELSEWHERE = """
SELECT ?claim ?graph ?document WHERE {
  GRAPH ?graph { ?claim kgc:inDocument ?document }
  FILTER(!sameTerm(?graph, ?document))
}
"""


def broken_rules(quads: ox.Store, union: Union) -> tuple[Violation, ...]:
    """Every violation of every rule, each once, in no particular order.

    `union` are the same quads; labels and owners of nameless nodes are looked up there.
    """
    data = Data(quads)
    return tuple(
        {_violation(problem, shape, union): None for shape, rule in RULES.items() for problem in rule(data)}
    )


def _violation(problem: Problem, shape: str, union: Union) -> Violation:
    focus = owner(union, from_oxigraph(problem.focus))
    value = problem.value
    return Violation(
        severity="Violation",
        focus=name_of(focus),
        path=problem.path,
        message=f"{label(union, focus)}: {problem.message}",
        shape=shape,
        value=None if value is None else _name(value),
    )


def _unknown(what: str, iri: str, terms: frozenset[str]) -> str:
    similar = nearest(iri, terms)
    hint = f"did you mean {shorten(similar)}?" if similar else "see the table of terms."
    return f"No vocabulary declares the {what} {shorten(iri)}: {hint}"


def _reached(start: Term, above: dict[Term, set[Term]]) -> set[Term]:
    reached: set[Term] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        concept = waiting.pop()
        if concept not in reached:
            reached.add(concept)
            waiting.extend(above.get(concept, ()))
    return reached


def _rows(data: Data, query: str) -> Iterator[ox.QuerySolution]:
    result = data.quads.query(query, prefixes={key: PREFIXES[key] for key in ("kgc", "oa", "rdf", "xsd")})
    assert isinstance(result, ox.QuerySolutions)
    return iter(result)


def _whole(term: Term) -> int | None:
    text = _name(term)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _name(term: Term | ox.DefaultGraph) -> str:
    """The IRI of a named node, the words of a literal, the id of a blank node."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else ""

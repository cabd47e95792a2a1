"""The embedded store: Oxigraph, with documents in graphs of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kgcheck.assets import folder
from kgcheck.errors import UsageError
from kgcheck.namespaces import DERIVED, PREFIXES, expand, kgc
from kgcheck.store.loading import LoadReport, find_files, report, source, store_lines
from kgcheck.store.placing import ONTOLOGY
from kgcheck.store.quarantine import load_apart
from kgcheck.store.querying import Query
from kgcheck.store.workers.limits import Limits

if TYPE_CHECKING:
    from rdflib import Graph

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Store:
    """Claims, agents, vocabularies and what is derived from them, in named graphs.

    A document's graph bears the name of the document, vocabularies stand in
    `https://w3id.org/kgcheck/ontology#ontology`, derived statements in `…#derived`, and what belongs
    to no document in `urn:kgcheck:common`. `raw` is the Oxigraph store underneath.
    """

    def __init__(self, path: Path | None = None) -> None:
        """An empty store in memory, or the one kept in the folder `path`."""
        self.raw = ox.Store(path) if path else ox.Store()

    def load(self, paths: Iterable[Path], *, limits: Limits | None = None) -> LoadReport:
        """Add files and folders of RDF: with `limits` in a worker process, as is right for strangers'.

        Nothing is added when any of them has a mistake. What the ontology says already, as in a file
        that was exported together with its terms, is not said again by a document. Raises InputError
        for what cannot be read, SyntaxInFile, with line and column, for what does not parse, and
        LimitError where a worker could not read to the end.
        """
        said = list(self.raw.quads_for_pattern(None, None, None, _ONTOLOGY))
        done = self._read(find_files(paths), limits)
        for subject, predicate, value, _ in said:
            for twin in list(self.raw.quads_for_pattern(subject, predicate, value)):
                if twin.graph_name != _ONTOLOGY:
                    self.raw.remove(twin)
        return done

    def _read(self, files: Sequence[Path], limits: Limits | None, *, ontology: bool = False) -> LoadReport:
        if limits is not None:
            done = load_apart(self.raw, files, limits, ontology=ontology)
        else:
            sources = [source(path) for path in files]
            lines = (text for each in sources for text in each.lines(ontology=ontology))
            store_lines(self.raw, lines, bulk=False)
            done = report(sources)
        self._forget()
        return done

    def load_ontology(
        self, paths: Iterable[Path] | None = None, *, limits: Limits | None = None
    ) -> LoadReport:
        """Add vocabularies to the graph of the ontology: those of `paths`, or the packaged ones.

        A folder may be empty, as that of a new project is. Raises as `load` does.
        """
        places = [folder("ontology")] if paths is None else paths
        return self._read(find_files(places, empty=True), limits, ontology=True)

    def _forget(self) -> None:
        self.__dict__.pop("_repeats", None)

    def documents(self) -> list[str]:
        """The IRIs of all documents, sorted."""
        quads = self.raw.quads_for_pattern(
            None, ox.NamedNode(expand("rdf:type")), ox.NamedNode(kgc("Document")), None
        )
        return sorted({quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)})

    def select(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT, each with the variables that are bound.

        `bindings` gives variables that the query projects their values; text is never put together
        into a query. Without a FROM of its own the query sees the union of all graphs. Raises
        UsageError for a query that does not parse, is no SELECT, does not project what is bound, or
        asks for what is never done (see `Query`).
        """
        results = self.query(sparql, bindings)
        if not isinstance(results, ox.QuerySolutions):
            raise UsageError("the query is not a SELECT")
        names = [variable.value for variable in results.variables]
        return [
            {name: term for name in names if (term := solution[name]) is not None} for solution in results
        ]

    def ask(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> bool:
        """The answer to an ASK. Raises as `select` does."""
        results = self.query(sparql, bindings)
        if not isinstance(results, ox.QueryBoolean):
            raise UsageError("the query is not an ASK")
        return bool(results)

    def construct(self, sparql: str, bindings: Mapping[str, Term] | None = None) -> list[ox.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE. Raises as `select` does."""
        results = self.query(sparql, bindings)
        if not isinstance(results, ox.QueryTriples):
            raise UsageError("the query is not a CONSTRUCT or DESCRIBE")
        return list(results)

    def query(
        self, sparql: str, bindings: Mapping[str, Term] | None = None, *, network: bool = False
    ) -> Results:
        """What Oxigraph answers to a SELECT, ASK, CONSTRUCT or DESCRIBE. Raises as `select` does.

        With `network` a SERVICE is let through, and Oxigraph fetches it over HTTP.
        """
        query = Query(sparql, network=network)
        values = {ox.Variable(name): term for name, term in (bindings or {}).items()}
        target = self.raw if query.names_graphs or not self._repeats else self._merged()
        try:
            return target.query(
                query.text,
                prefixes=PREFIXES,
                # An explicit FROM must hold, and Oxigraph lets the union overrule it.
                use_default_graph_as_union=not query.names_graphs and target is self.raw,
                substitutions=values,
            )
        except SyntaxError as error:
            raise query.refusal(error) from None
        except RuntimeError as error:
            raise UsageError(f"the query cannot be run: {error}", "query") from None

    @cached_property
    def _repeats(self) -> bool:
        """Whether a triple stands in two graphs: Oxigraph's union would then count it twice."""
        return bool(self.raw.query("ASK { GRAPH ?a { ?s ?p ?o } GRAPH ?b { ?s ?p ?o } FILTER(?a != ?b) }"))

    def _merged(self) -> ox.Store:
        merged = ox.Store()
        merged.bulk_extend(self.raw)
        merged.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in self.raw)
        return merged

    def union_graph(self) -> Graph:
        """All triples but the derived ones as one rdflib graph, the words of literals untouched."""
        from kgcheck.store.dataset import merge

        return merge(quad for quad in self.raw if quad.graph_name != _DERIVED)


_DERIVED = ox.NamedNode(DERIVED)
_ONTOLOGY = ox.NamedNode(ONTOLOGY)

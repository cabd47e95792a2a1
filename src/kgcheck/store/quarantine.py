"""Files and queries from strangers, read and run in worker processes.

The parent receives statements as N-Quads that the worker wrote itself: a grammar without nesting, of
terms that have passed all limits. It loads them while the worker writes on, so that with two
processors a load takes no longer than it would in one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kgcheck.assets import folder
from kgcheck.store.formats import is_compressed
from kgcheck.store.lines import write_lines
from kgcheck.store.loading import LoadReport, report, source, store_lines
from kgcheck.store.workers.entry import Channel
from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.process import Worker

if TYPE_CHECKING:
    from kgcheck.store.store import Results

_SECONDS_PER_BYTE = 4e-6
_SECONDS_PER_COMPRESSED_BYTE = 60e-6
"""Ten times what it took into a store on disk when it was measured, for machines that are slower or busy."""


def load_apart(
    raw: ox.Store,
    files: Sequence[Path],
    limits: Limits,
    *,
    ontology: bool = False,
    prefix: str = "",
    accept: Accept | None = None,
    bulk: bool = False,
) -> LoadReport:
    """Read `files` in a worker and add their statements to `raw`, with `ontology` all to its graph.

    The names of graphs get the `prefix`. `accept` is called with the report before anything is kept.
    `bulk` is for stores on disk.
    Nothing is added when a file has a mistake or could not be read to the end. Raises InputError,
    SyntaxInFile, LimitError, and what `accept` raises.
    """
    done = LoadReport()
    if not files:
        return done
    arguments = {
        "files": [str(file) for file in files],
        "ontology": ontology,
        "prefix": prefix,
        "most": limits.output(sum(size for size, _ in _sizes(files))),
    }

    def lines() -> Iterator[bytes]:
        nonlocal done
        yield from worker
        told = worker.result()
        done = LoadReport(
            files=tuple(files),
            documents=tuple(told["documents"]),
            triples=told["triples"],
            vocabularies=tuple(map(Path, told["vocabularies"])),
            graphs=tuple(told["graphs"]),
        )
        if accept is not None:
            yield from write_lines(accept(done))

    with _reading("kgcheck.store.quarantine:read", arguments, files, limits) as worker:
        worker.feed()
        store_lines(raw, lines(), bulk=bulk)
    return done


Accept = Callable[[LoadReport], Iterable[ox.Quad]]
"""Sees what has been read, may refuse it by an error, and says what is to be stored with it."""


def read(arguments: Mapping[str, Any], channel: Channel) -> Any:
    """The worker's part of `load_apart`."""
    sources = []
    with channel.data() as out:
        for name in arguments["files"]:
            channel.at("reading", name)
            sources.append(source(Path(name), arguments["most"]))
            for text in sources[-1].lines(ontology=arguments["ontology"], prefix=arguments["prefix"]):
                out.write(text)
    done = report(sources)
    return {
        "documents": done.documents,
        "triples": done.triples,
        "vocabularies": [str(path) for path in done.vocabularies],
        "graphs": done.graphs,
    }


def ask_apart(
    query: str,
    paths: Sequence[Path] | None,
    vocabulary: Sequence[Path],
    limits: Limits,
    *,
    network: bool = False,
) -> Results:
    """What a worker answers to a query over `paths` (None: the packaged data) and the ontology.

    The worker reads the files by itself, so nothing of them but the answer comes into this process.
    With `network` the query may ask other endpoints with SERVICE. Raises as `Store.load` and
    `Store.query` do, and LimitError.
    """
    arguments = {
        "query": query,
        "paths": None if paths is None else [str(path) for path in paths],
        "vocabulary": [str(path) for path in vocabulary],
        "network": network,
    }
    files = [file for path in paths or () for file in (path.rglob("*") if path.is_dir() else (path,))]
    with _reading("kgcheck.store.quarantine:answer", arguments, files, limits, network=network) as worker:
        worker.feed()
        content = b"".join(worker)
        if worker.result() == "graph":
            store = ox.Store()
            store.bulk_load(content, ox.RdfFormat.N_TRIPLES, lenient=True)
            graph = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            assert isinstance(graph, ox.QueryTriples)
            return graph
        return ox.parse_query_results(content, ox.QueryResultsFormat.JSON)


def answer(arguments: Mapping[str, Any], channel: Channel) -> Any:
    """The worker's part of `ask_apart`."""
    from kgcheck.store.store import Store

    channel.at("reading the data for the query")
    store = Store()
    store.load_ontology()
    if arguments["vocabulary"]:
        store.load_ontology(map(Path, arguments["vocabulary"]))
    store.load([folder("data")] if arguments["paths"] is None else map(Path, arguments["paths"]))
    channel.at("the query")
    answer = store.query(arguments["query"], network=arguments["network"])
    with channel.data() as out:
        if isinstance(answer, ox.QueryTriples):
            ox.serialize(answer, out, ox.RdfFormat.N_TRIPLES)
            return "graph"
        answer.serialize(out, ox.QueryResultsFormat.JSON)
        return "rows"


def _reading(
    task: str,
    arguments: Mapping[str, Any],
    files: Sequence[Path],
    limits: Limits,
    *,
    network: bool = False,
) -> Worker:
    sizes = _sizes(files)
    seconds = sum(
        size * (_SECONDS_PER_COMPRESSED_BYTE if packed else _SECONDS_PER_BYTE) for size, packed in sizes
    )
    return Worker(
        task,
        arguments,
        limits.for_work(seconds),
        doing="reading",
        given=sum(size for size, _ in sizes),
        network=network,
    )


def _sizes(files: Iterable[Path]) -> list[tuple[int, bool]]:
    """The bytes of each file, and whether it is compressed."""
    return [(file.stat().st_size, is_compressed(file)) for file in files if file.is_file()]

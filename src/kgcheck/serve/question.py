"""What is asked of the graph, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the forms in which its answer may come.

    `rows`, `truth` and `graph` name a form (see `forms`) for a SELECT, an ASK, and a CONSTRUCT or
    DESCRIBE; None where the one who asks takes none of these. `default_graphs` and `named_graphs` are
    the dataset of the SPARQL protocol, which goes before FROM; without either the query says it, or
    sees everything. `base` is what relative IRIs are resolved against.
    """

    text: str
    rows: str | None = "json"
    truth: str | None = "json"
    graph: str | None = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `kind` is rows, truth or graph, `form` the one that `content` is written in."""

    kind: str
    form: str
    content: bytes

"""Which part of a graph to export: around a node, of documents, of verdicts, of a time."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import networkx as nx

from kgcheck.errors import MeaningError, UsageError
from kgcheck.export.network import network
from kgcheck.findings.rdf import finding_iri
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.period import Period, Span
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.semantics.edtf import parse_edtf

Links = Iterable[tuple[str, str, str]]

ABOUT = frozenset(
    {"measure", "subject", "topic", "population", "question", "grade", "inspection", "proposition"}
)
"""Relations to what half of the graph is about: a step leads there, and back only from the node named."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, slots=True)
class Selection:
    """What to keep; all that is given must hold. Nothing given keeps everything.

    `around` names nodes by IRI, identifier, label or the end of their IRI, and `depth` says how many
    steps lead away from them. `documents` are identifiers or IRIs. `start` and `end` are a first and a
    last day; a claim fits when the time that it speaks of has a day between them, or with `issued` that
    on which its document came out.
    """

    around: tuple[str, ...] = ()
    depth: int = 2
    documents: tuple[str, ...] = ()
    verdicts: frozenset[Verdict] = frozenset()
    start: date | None = None
    end: date | None = None
    issued: bool = False

    def __bool__(self) -> bool:
        return bool(self.around or self.documents or self.verdicts or self.start or self.end)


@dataclass(frozen=True, slots=True)
class Part:
    """What a selection keeps: nodes of the network by name, claims and documents among them, findings.

    `undated` claims were left out because nobody can say whether they fit the time asked for.
    """

    nodes: frozenset[str]
    claims: frozenset[str]
    documents: frozenset[str]
    findings: tuple[Finding, ...]
    undated: int
    of: int

    @property
    def says(self) -> str:
        """How much it is, on one line."""
        claims, documents = _counted(self.of, "claim"), _counted(len(self.documents), "document")
        line = f"{len(self.claims):,} of {claims}, {documents}"
        if self.findings:
            line += f", {_counted(len(self.findings), 'finding')}"
        if self.undated:
            line += f"; {_counted(self.undated, 'claim')} left out because their time is not known"
        return line


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def day(text: str, *, last: bool = False) -> date:
    """The first (or last) day of a year, month or day such as 2018, 2018-04 or 2018-04-05.

    Raises UsageError for anything else.
    """
    hull = None
    if _DATE.fullmatch(text):
        try:
            hull = parse_edtf(text).hull
        except MeaningError:
            hull = None
    if hull is None:
        raise UsageError(f"{text!r} is no date", remedy="write 2018, 2018-04 or 2018-04-05")
    return hull.end if last else hull.start


def choose(report: Report, links: Links, selection: Selection, *, with_findings: bool = False) -> Part:
    """The part of a report that a selection keeps.

    A claim comes with its document, its speaker and what it is about; where findings are shown, or asked
    for by verdict, each comes with all of its claims: half of it would mislead. Raises UsageError for a
    name that nothing has or several things have, and where nothing is left.
    """
    documents = {_document(name, report) for name in selection.documents}
    span = _span(selection)
    claims, undated = set[str](), 0
    for claim in report.claims.values():
        if documents and claim.document not in documents:
            continue
        fits = span is None or _fits(claim, report, span, issued=selection.issued)
        undated += fits is None
        if fits:
            claims.add(claim.iri)
    findings = [
        finding
        for finding in report.findings
        if (not selection.verdicts or finding.verdict in selection.verdicts)
        and any(party.claim.iri in claims for party in finding.parties)
    ]
    whole = with_findings or bool(selection.verdicts)
    if selection.verdicts:
        claims &= _parties(findings)
    graph = network(report, links, with_findings=True)
    reached: frozenset[str] | None = None
    if selection.around:
        found = {finding_iri(finding.id) for finding in findings}
        allowed = claims | found | (_parties(findings) if whole else set())
        starts = [_node(name, graph) for name in selection.around]
        reached = _reached(graph, starts, selection.depth, allowed)
        claims &= reached
        findings = [finding for finding in findings if finding_iri(finding.id) in reached]
    if whole:
        claims |= _parties(findings)
    if not (claims or documents or findings):
        raise UsageError("nothing is left of the graph", remedy="ask for less at once, or for a wider time")
    nodes = _framed(graph, claims, documents, reached)
    return Part(
        nodes=nodes | {finding_iri(finding.id) for finding in findings},
        claims=frozenset(claims),
        documents=frozenset(name for name in report.documents if name in nodes),
        findings=tuple(findings) if whole else (),
        undated=undated,
        of=len(report.claims),
    )


def _parties(findings: Iterable[Finding]) -> set[str]:
    return {party.claim.iri for finding in findings for party in finding.parties}


def _span(selection: Selection) -> Span | None:
    start, end = selection.start, selection.end
    if start is None and end is None:
        return None
    if start and end and start > end:
        raise UsageError(f"{start} is after {end}", remedy="give the earlier day to --from")
    return Span(start or date.min, end or date.max)


def _fits(claim: Claim, report: Report, span: Span, *, issued: bool) -> bool | None:
    """Whether a claim's time has a day in `span`; None where it is not known."""
    document = report.documents.get(claim.document)
    period: Period | None = (document.issued if document else None) if issued else claim.scope.period
    hull = period.hull if period else None
    return None if hull is None else hull.start <= span.end and span.start <= hull.end


def _reached(
    graph: nx.MultiDiGraph[str], starts: Collection[str], depth: int, allowed: Collection[str]
) -> frozenset[str]:
    """What so many steps lead to, whichever way edges point."""
    seen = set(starts)
    layer = list(seen)
    for _ in range(depth):
        following = {
            other
            for name in layer
            for other in _beside(graph, name, back=name in starts)
            if other not in seen and (other in allowed or graph.nodes[other]["kind"] not in _JUDGED)
        }
        seen |= following
        layer = sorted(following)
    return frozenset(seen)


_JUDGED = frozenset({"claim", "finding"})
"""Kinds of nodes that other parts of a selection may have ruled out."""


def _beside(graph: nx.MultiDiGraph[str], name: str, *, back: bool) -> Iterator[str]:
    yield from graph.successors(name)
    for start, _, data in graph.in_edges(name, data=True):
        if back or data["relation"] not in ABOUT:
            yield start


def _framed(
    graph: nx.MultiDiGraph[str], claims: set[str], documents: set[str], reached: frozenset[str] | None
) -> frozenset[str]:
    """The claims with all that they are tied to, and where their sources come from."""
    nodes = {*claims, *documents}
    if reached is not None:
        nodes |= {name for name in reached if graph.nodes[name]["kind"] not in _JUDGED}
    waiting = sorted(nodes)
    while waiting:
        name = waiting.pop()
        if reached is not None and name not in claims:
            continue  # a neighbourhood ends where it ends
        for other in graph.successors(name):
            if other not in nodes and graph.nodes[other]["kind"] not in _JUDGED:
                nodes.add(other)
                waiting.append(other)
    return frozenset(nodes)


def _document(name: str, report: Report) -> str:
    """The IRI of the document that is called so."""
    name = name.strip("<>")
    if name in report.documents:
        return name
    found = [iri for iri, document in report.documents.items() if document.identifier == name]
    known = {document.identifier: iri for iri, document in report.documents.items()}
    return _only(name, found, "document", known)


def _node(name: str, graph: nx.MultiDiGraph[str]) -> str:
    """The node that is called so."""
    name = name.strip("<>")
    if name in graph:
        return name
    if (finding := finding_iri(name)) in graph:
        return finding
    found = [iri for iri in graph if iri.endswith((f"#{name}", f"/{name}"))]
    labels = {iri: str(label) for iri, label in graph.nodes(data="label")}
    if not found:
        found = [iri for iri, label in labels.items() if label.casefold() == name.casefold()]
    ends = {re.split(r"[#/]", iri)[-1]: iri for iri in graph}
    return _only(name, found, "node", ends | {label: iri for iri, label in labels.items()})


def _only(name: str, found: list[str], what: str, known: Mapping[str, str]) -> str:
    if len(found) == 1:
        return found[0]
    if found:
        some = ", ".join(sorted(found)[:3])
        raise UsageError(f"{len(found)} {what}s are called {name!r}", remedy=f"name one whole: {some}")
    near = difflib.get_close_matches(name, known, 3)
    remedy = f"did you mean {', '.join(near)}?" if near else f"give the {what}'s IRI"
    raise UsageError(f"there is no {what} called {name!r}", remedy=remedy)

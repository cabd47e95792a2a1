"""A finding's neighbourhood as a graph that draws itself: its claims and the findings around them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from html import unescape

from kgcheck.export.html import render
from kgcheck.export.network import network
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.page import Missing

_CLAIMS = 300
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def drawn(explorer: Explorer, name: str) -> tuple[bytes, str]:
    """The page of the graph around a finding, and the policy that it brings. Raises Missing."""
    finding = explorer.catalogue.by_id.get(name)
    if finding is None:
        raise Missing("There is no finding of this id", [("Findings", "/findings")])
    content = render(network(*_around(explorer, finding), with_findings=True))
    policy = _POLICY.search(content.decode("utf-8"))
    assert policy is not None, "the page of a graph brings its policy"
    return content, unescape(policy[1])


def _around(explorer: Explorer, finding: Finding) -> tuple[Report, list[tuple[str, str, str]]]:
    report, catalogue = explorer.report, explorer.catalogue
    chosen = {f.id: f for p in finding.parties[:_CLAIMS] for f in catalogue.standing.get(p.claim.iri, ())}
    kept = [finding]
    claims = {party.claim.iri: party.claim for party in finding.parties[:_CLAIMS]}
    for other in chosen.values():
        more = {party.claim.iri: party.claim for party in other.parties}
        if other is not finding and len(claims | more) <= _CLAIMS:
            claims |= more
            kept.append(other)
    documents = {
        c.document: report.documents[c.document] for c in claims.values() if c.document in report.documents
    }
    part = replace(report, claims=claims, documents=documents, findings=tuple(kept), groups=())
    starts = [iri for claim in claims.values() for iri in claim.sources]
    starts += [iri for document in documents.values() for iri in (document.iri, *document.sources)]
    return part, _links(explorer, starts)


def _links(explorer: Explorer, starts: list[str]) -> list[tuple[str, str, str]]:
    """The citations that lead on from sources and documents."""
    onward: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for link in explorer.report.links:
        if link[0] not in explorer.report.claims:
            onward[link[0]].append(link)
    found: list[tuple[str, str, str]] = []
    seen, waiting = set(starts), list(starts)
    while waiting and len(found) < _CLAIMS:
        for link in onward.get(waiting.pop(), ()):
            found.append(link)
            if link[2] not in seen:
                seen.add(link[2])
                waiting.append(link[2])
    return found

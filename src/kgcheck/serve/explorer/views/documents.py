"""Documents: all of them, and one with its claims in the order of the text."""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.model.claim import Document
from kgcheck.model.finding import Finding
from kgcheck.namespaces import expand, kgc
from kgcheck.report.figures import issued
from kgcheck.report.html.element import Content, Place, h, is_address
from kgcheck.report.plain import counted, plain, shortened
from kgcheck.report.record import claim_record
from kgcheck.serve.explorer import rows
from kgcheck.serve.explorer.asked import Asked
from kgcheck.serve.explorer.describing import described
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.listing import listed
from kgcheck.serve.explorer.page import Json, Missing, Page
from kgcheck.serve.explorer.paging import pager, slice_of
from kgcheck.serve.explorer.places import address
from kgcheck.serve.explorer.wording import spaced

_FINDINGS = 20
_LONGEST = 400


def documents(explorer: Explorer, asked: Asked) -> Page:
    """All documents, oldest first."""
    part = slice_of(explorer.catalogue.documents, asked.get("page"))

    def body() -> Iterator[Content]:
        yield h("h1", "Documents")
        yield h(
            "p", "Every source text with what it claims, oldest first; undated ones come last.", class_="lead"
        )
        yield rows.documents(explorer, part.items)
        yield pager(part, asked.path, {}, "documents")

    return Page(
        "Documents",
        lambda: list(body()),
        lambda: {**part.record, "documents": [record(explorer, asked, d) for d in part.items]},
        lambda: listed(explorer, asked, part, [d.iri for d in part.items], {}),
        section="documents",
    )


def document(explorer: Explorer, asked: Asked) -> Page:
    """The document with an identifier."""
    iri = explorer.places.by_identifier.get(asked.names[1])
    if iri is None:
        raise Missing(
            f"There is no document {shortened(plain(asked.names[1]), 80)!r}",
            explorer.finder.near(asked.names[1], "document"),
        )
    return of_document(explorer, asked, explorer.report.documents[iri])


def of_document(explorer: Explorer, asked: Asked, found: Document) -> Page:
    """The page of a document."""
    members = explorer.catalogue.claims_of.get(found.iri, [])
    part = slice_of(members, asked.get("page"))
    title = explorer.catalogue.label(found.iri)
    standing = _findings(explorer, found)

    def body() -> Iterator[Content]:
        yield h("p", "Document", class_="kicker")
        yield h("h1", shortened(title, _LONGEST))
        yield _facts(explorer, found)
        yield rows.titled(
            "Claims",
            len(members),
            [
                rows.claims(explorer, part.items, source=False),
                pager(part, asked.path, asked.kept("iri"), "claims"),
            ],
            "In the order of the text. Each is a fragment of it, and who says so.",
            "claims",
        )
        if not members:
            yield h("p", "No claim of this document could be read.", class_="silence")
        hidden = len(standing) - _FINDINGS
        all_of_them = Place(address("/findings", {"source": found.identifier[:200]}))
        yield rows.titled(
            "Findings",
            len(standing),
            [
                rows.findings(explorer, standing[:_FINDINGS]),
                h("p", h("a", f"All {len(standing):,} findings", href=all_of_them), class_="more")
                if hidden > 0
                else None,
            ],
            "What its claims take part in, the strongest first.",
            "findings",
        )

    return Page(
        title,
        lambda: list(body()),
        lambda: {
            **record(explorer, asked, found),
            **part.record,
            "claims": [claim_record(claim, explorer.report) for claim in part.items],
            "findings": [finding.id for finding in standing],
        },
        lambda: [
            *described(explorer.store, found.iri),
            *listed(explorer, asked, part, [claim.iri for claim in part.items], asked.kept("iri")),
        ],
        section="documents",
    )


def _findings(explorer: Explorer, found: Document) -> list[Finding]:
    standing = explorer.catalogue.standing
    members = explorer.catalogue.claims_of.get(found.iri, [])
    ids = {finding.id for claim in members for finding in standing.get(claim.iri, ())}
    return [finding for finding in explorer.catalogue.findings if finding.id in ids]


def _facts(explorer: Explorer, found: Document) -> Content:
    web = plain(found.address) if found.address else None
    whole = [value.value for value in explorer.values(found.iri, kgc("textLength"))]
    text = [counted(int(number), "character") for number in whole if number.isdecimal() and len(number) < 12]
    if found.sha256:
        text.append(f"SHA-256 {shortened(plain(found.sha256), 70)}")
    kinds = [iri for iri in explorer.types(found.iri) if iri != kgc("Document")]
    mentions = [value.value for value in explorer.values(found.iri, expand("schema:mentions"))]
    return rows.facts(
        [
            ("Published by", explorer.link(found.publisher)),
            ("Date", issued(found.issued, found.date_basis)),
            ("Kind", ", ".join(spaced(explorer.catalogue.label(iri)) for iri in kinds)),
            ("Identifier", h("code", shortened(plain(found.identifier), _LONGEST))),
            (
                "Address",
                h("a", shortened(web, _LONGEST), href=web, rel="noreferrer external")
                if web and is_address(web)
                else None,
            ),
            ("Rests on", explorer.links(found.sources)),
            ("Mentions", explorer.links(mentions)),
            ("Text as read", ", ".join(text)),
        ]
    )


def record(explorer: Explorer, asked: Asked, found: Document) -> Json:
    """A document as plain data."""
    publisher = found.publisher
    path = explorer.places.of(found.iri)
    return {
        "iri": found.iri,
        "identifier": found.identifier,
        "title": found.title,
        "publisher": {"iri": publisher, "label": explorer.report.vocabulary.label(publisher)}
        if publisher
        else None,
        "issued": issued(found.issued, found.date_basis),
        "dateBasis": found.date_basis,
        "address": found.address,
        "sha256": found.sha256,
        "claimCount": len(explorer.catalogue.claims_of.get(found.iri, ())),
        "page": asked.absolute(path) if path else None,
    }

"""The files that an import writes, laid out for people: one for each document, one for new concepts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from kgcheck.interchange.claims import Draft
from kgcheck.interchange.concepts import Concepts, Minted, roles
from kgcheck.interchange.documents import SheetDocument
from kgcheck.interchange.gradings import Gradings, Scale, grade_iri
from kgcheck.interchange.ties import Computation
from kgcheck.interchange.turtle import Date, Iri, Pair, Prefixes, Term, Text, quoted
from kgcheck.model.claim import Kind
from kgcheck.namespaces import kgc

WIDTH = 97
DOCUMENT_CLASSES = ("kgc:Document", "schema:CreativeWork")
NAMED_BY_LABEL = frozenset({"agent", "person", "post", "inspection", "source"})
"""What is no concept of a scheme, and so has an rdfs:label."""


def document_file(
    document: SheetDocument,
    drafts: Sequence[Draft],
    computations: Sequence[Computation],
    prefixes: Prefixes,
    heading: str,
) -> str:
    """A document and its claims as Turtle. The order of the sheet's rows has no say in it."""
    parts = [prefixes.statement(document.iri, DOCUMENT_CLASSES, prefixes.lines(_document_pairs(document)))]
    grouped: dict[Kind, list[Draft]] = defaultdict(list)
    for draft in drafts:
        grouped[draft.form.kind].append(draft)
    for kind in Kind:
        members = sorted(grouped[kind], key=_place)
        if members:
            parts.append(_rule(members[0].form.heading))
            parts += [_claim(draft, prefixes) for draft in members]
    if computations:
        parts.append(_rule("What follows from what"))
        parts += [
            _computation(item, document, prefixes) for item in sorted(computations, key=lambda c: c.iri)
        ]
    body = "\n".join(parts)
    return f"{heading}\n{prefixes.declarations()}\n{body}"


def vocabulary_file(
    concepts: Concepts, gradings: Gradings, scheme: str, prefixes: Prefixes, name: str, before: str | None
) -> str:
    """The concepts that a sheet brought in, added to what the file held `before`."""
    parts = []
    by_folder: dict[str, list[Minted]] = defaultdict(list)
    for minted in concepts.minted.values():
        by_folder[minted.role.heading].append(minted)
    for role_heading in dict.fromkeys(role.heading for role in roles().values()):
        members = sorted(by_folder[role_heading], key=lambda minted: minted.iri)
        if members:
            parts.append(_rule(role_heading))
            parts += [_concept(minted, gradings, scheme, prefixes) for minted in members]
    if before is None:
        title = (("skos:prefLabel", (Text(f"{name}: concepts that came with claim sheets"),)),)
        top = prefixes.statement(scheme, ("skos:ConceptScheme",), prefixes.lines(title))
        parts.insert(0, top)
        head = (
            "# Concepts that claim sheets brought in. `kgcheck import` adds what is missing and leaves\n"
            "# the rest alone: labels, hierarchies (kgc:partOf) and how measures behave are yours to edit.\n"
        )
        return head + "\n" + prefixes.declarations() + "\n" + "\n".join(parts)
    known = re.findall(r"(?mi)^\s*@?prefix\s+([\w-]*):\s*<[^>]*>", before)
    declared = prefixes.declarations(known)
    joint = "\n" if before.endswith("\n") else "\n\n"
    return before + joint + (declared + "\n" if declared else "") + "\n".join(parts)


def _document_pairs(document: SheetDocument) -> Iterable[Pair]:
    issued = document.issued
    pairs: list[tuple[str, Term | None]] = [
        ("dct:identifier", Text(document.identifier)),
        ("dct:title", Text(document.title) if document.title else None),
        ("dct:publisher", Iri(document.publisher) if document.publisher else None),
        ("dct:issued", Date(issued.day) if issued.day else None),
        ("kgc:issuedEdtf", Text(issued.edtf) if issued.edtf else None),
        ("kgc:dateBasis", Text(issued.basis)),
        ("schema:url", Iri(document.address) if document.address else None),
        ("kgc:textSha256", Text(document.sha256) if document.sha256 else None),
        ("kgc:textLength", len(document.text) if document.text else None),
    ]
    return [(predicate, (term,)) for predicate, term in pairs if term is not None]


def _place(draft: Draft) -> tuple[float, list[tuple[int, str]]]:
    """By place in the text, then by name, numbers in names by size."""
    start = draft.evidence.start
    name = [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", draft.local)]
    return (float("inf") if start is None else start, name)


def _claim(draft: Draft, prefixes: Prefixes) -> str:
    lines = [
        ("kgc:inDocument", prefixes.iri(draft.document.iri)),
        ("kgc:evidence", _evidence(draft, prefixes)),
        *prefixes.lines(draft.pairs),
    ]
    return prefixes.statement(draft.iri, (f"kgc:{draft.form.kind.value}",), lines)


def _evidence(draft: Draft, prefixes: Prefixes) -> str:
    oa = prefixes.curie
    evidence = draft.evidence
    selector = f"[ a {oa('oa:TextQuoteSelector')} ; {oa('oa:exact')} {quoted(evidence.quote)} ]"
    if evidence.start is not None and evidence.end is not None:
        place = f"{oa('oa:start')} {evidence.start} ; {oa('oa:end')} {evidence.end}"
        selector += f" ,\n                       [ a {oa('oa:TextPositionSelector')} ; {place} ]"
    source = f"{oa('oa:hasSource')} {prefixes.iri(draft.document.iri)}"
    return f"[ a {oa('oa:SpecificResource')} ; {source} ;\n        {oa('oa:hasSelector')} {selector} ]"


def _computation(item: Computation, document: SheetDocument, prefixes: Prefixes) -> str:
    operands = " ".join(prefixes.iri(operand.iri) for operand in item.operands)
    lines = [
        ("kgc:inDocument", prefixes.iri(document.iri)),
        ("kgc:operation", quoted(item.operation)),
        ("kgc:result", prefixes.iri(item.result.iri)),
        ("kgc:operands", f"( {operands} )"),
        ("kgc:basis", quoted(item.basis)),
    ]
    return prefixes.statement(item.iri, ("kgc:Computation",), lines)


def _concept(minted: Minted, gradings: Gradings, scheme: str, prefixes: Prefixes) -> str:
    role = minted.role.name
    pairs: list[Pair] = []
    if role in NAMED_BY_LABEL:
        pairs.append(("rdfs:label", (Text(minted.label),)))
    else:
        pairs.append(("skos:prefLabel", (Text(minted.label),)))
        if role != "scheme":
            pairs.append(("skos:inScheme", (Iri(scheme),)))
    pairs += _facts(minted)
    told = prefixes.statement(minted.iri, minted.role.made, prefixes.lines(pairs))
    if role == "scheme":
        told += "".join("\n" + text for text in _grades(minted, gradings.scales[minted.iri], prefixes))
    return told


def _facts(minted: Minted) -> Iterable[Pair]:
    facts: Mapping[str, list[str]] = {name: sorted(values) for name, values in minted.facts.items()}
    if minted.role.name == "measure":
        yield "kgc:unitKind", tuple(map(Text, facts.get("unitKind", ())))
        yield "kgc:requires", (Iri(kgc("area")), Iri(kgc("period")))
    if "madeBy" in facts:
        yield "prov:wasAttributedTo", tuple(map(Iri, facts["madeBy"]))
    if "postIn" in facts:
        yield "org:postIn", tuple(map(Iri, facts["postIn"]))
    if "singleHolder" in facts:
        yield "kgc:singleHolder", (facts["singleHolder"] == ["true"],)
    if "inspected" in facts:
        yield "kgc:inspected", tuple(map(Iri, facts["inspected"]))
    for issued in facts.get("issued", ()):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", issued):
            yield "dct:issued", (Date(date.fromisoformat(issued)),)
        else:
            yield "kgc:issuedEdtf", (Text(issued),)


def _grades(minted: Minted, scale: Scale, prefixes: Prefixes) -> Iterable[str]:
    for place, grade in enumerate(scale.grades):
        name = grade.upper() if len(grade) <= 2 else grade
        valence = scale.valence(grade)
        pairs: list[Pair] = [
            ("skos:prefLabel", (Text(f"{name} ({minted.label})"),)),
            ("skos:inScheme", (Iri(minted.iri),)),
            ("kgc:ordinal", (len(scale.grades) - place,)),
            ("kgc:gradeName", (Text(name),)),
        ]
        if valence:
            pairs.append(("kgc:valence", (Text(valence),)))
        yield prefixes.statement(
            grade_iri(minted.iri, grade), ("kgc:Grade", "skos:Concept"), prefixes.lines(pairs)
        )


def _rule(heading: str) -> str:
    return f"\n### {heading} {'#' * (WIDTH - len(heading) - 5)}\n"

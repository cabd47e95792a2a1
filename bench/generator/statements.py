"""Documents and agents as statements, and statements as Turtle, TriG and N-Quads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bench.generator.beats import SOURCES, SPEAKERS, Beat
from bench.generator.claims import Claim, Document, Statement
from bench.generator.vocabulary import AREAS, PREFIXES

Described = tuple[str, list[Statement]]
"""A subject and what is said of it; a value that is a list is a blank node, a tuple an RDF list."""


def document_statements(document: Document, beat: Beat) -> Iterator[tuple[str, list[object]]]:
    """Subjects and alternating properties and values; a nested list stands for a blank node."""
    iri = f"<{document.iri}>"
    text = hashlib.sha256(document.iri.encode()).hexdigest()
    yield (
        iri,
        [
            *("a", "kgc:Document"),
            *("a", "schema:NewsArticle"),
            *("dct:identifier", f'"{document.identifier}"'),
            *("dct:title", f'"Document {document.identifier}"'),
            *("dct:publisher", f"b:speaker-{document.publisher}"),
            *("dct:issued", f'"{document.issued}"^^xsd:date'),
            *("kgc:dateBasis", '"stated"'),
            *("kgc:textSha256", f'"{text}"'),
            *("kgc:textLength", "100000"),
        ],
    )
    for place, claim in enumerate(document.claims):
        yield f"<{claim.iri}>", _claim(claim, iri, place * 100, beat)
    for number, (result, *operands) in enumerate(document.totals):
        yield (
            f"<{document.iri}#sum-{number}>",
            [
                *("a", "kgc:Computation"),
                *("kgc:inDocument", iri),
                *("kgc:operation", '"sum"'),
                *("kgc:result", f"<{result.iri}>"),
                "kgc:operands",
                tuple(f"<{operand.iri}>" for operand in operands),
                *("kgc:basis", '"stated"'),
            ],
        )


def _claim(claim: Claim, document: str, start: int, beat: Beat) -> list[object]:
    said: list[object] = ["a", f"kgc:{claim.kind}", "kgc:inDocument", document]
    if claim.quote is not None:
        end = start + len(claim.quote)
        if claim.backwards:
            start, end = end, start
        said += ["kgc:evidence", _evidence(document, claim.quote, start, end)]
    said += ["prov:wasAttributedTo", f"b:speaker-{claim.speaker}"]
    for source in claim.sources:
        said += ["prov:hadPrimarySource", f"b:source-{beat.number}-{source}"]
    for name, value in claim.said:
        said += [name, value]
    if claim.restates is not None:
        said += ["kgc:restates", f"<{claim.restates.iri}>"]
    return said


def _evidence(document: str, quote: str, start: int, end: int) -> list[object]:
    words: list[object] = ["a", "oa:TextQuoteSelector", "oa:exact", f'"{quote}"']
    place: list[object] = ["a", "oa:TextPositionSelector", "oa:start", str(start), "oa:end", str(end)]
    evidence: list[object] = ["a", "oa:SpecificResource", "oa:hasSource", document]
    return [*evidence, "oa:hasSelector", words, "oa:hasSelector", place]


def speakers() -> Iterator[tuple[str, list[object]]]:
    """Those who speak and publish, for all beats."""
    for number in range(SPEAKERS):
        name = f'"Speaker {number}"'
        yield f"b:speaker-{number}", ["a", "org:Organization", "foaf:name", name]


def bodies(group: int) -> Iterator[tuple[str, list[object]]]:
    """The bodies of a group of areas, with a post and a person for each."""
    for number in range(AREAS):
        key = f"{group}-{number}"
        yield f"b:body-{key}", ["a", "org:Organization", "foaf:name", f'"Body {key}"']
        yield f"b:person-{key}", ["a", "foaf:Person", "foaf:name", f'"Person {key}"']
        yield (
            f"b:post-{key}",
            [
                *("a", "org:Post"),
                *("skos:prefLabel", f'"head of body {key}"@en'),
                *("org:postIn", f"b:body-{key}"),
                *("kgc:singleHolder", "true"),
            ],
        )


def background(beat: Beat) -> Iterator[tuple[str, list[object]]]:
    """The inspections of a beat, and the sources that its documents cite."""
    for number in range(AREAS):
        yield (
            f"b:inspection-{beat.number}-{number}",
            [
                *("a", "kgc:Inspection"),
                *("skos:prefLabel", f'"inspection of {beat.year}, {number}"'),
                *("kgc:inspected", f"b:body-{beat.areas}-{number}"),
                *("kgc:programme", "b:programme"),
                *("kgc:round", f'"{beat.year}"'),
                *("dct:issued", f'"{beat.year}-12-31"^^xsd:date'),
            ],
        )
    for number in range(SOURCES):
        said: list[object] = ["a", "kgc:Source", "dct:title", f'"Source {beat.number}-{number}"']
        if number >= SOURCES // 2:  # half of them rest on another one
            said += ["prov:wasDerivedFrom", f"b:source-{beat.number}-{number - SOURCES // 2}"]
        else:
            said += ["prov:wasAttributedTo", f"b:speaker-{(beat.number * 7 + number) % SPEAKERS}"]
        yield f"b:source-{beat.number}-{number}", said


def turtle(described: Iterable[tuple[str, list[object]]]) -> Iterator[str]:
    """The statements as Turtle, without prefixes."""
    for subject, said in described:
        yield f"{subject} {_turtle(said)} .\n"


def _turtle(said: list[object]) -> str:
    return " ;\n    ".join(
        f"{name} {_value(value)}" for name, value in zip(said[::2], said[1::2], strict=True)
    )


def _value(value: object) -> str:
    if isinstance(value, list):
        return (
            "[ " + " ; ".join(f"{n} {_value(v)}" for n, v in zip(value[::2], value[1::2], strict=True)) + " ]"
        )
    if isinstance(value, tuple):
        return "( " + " ".join(value) + " )"
    return str(value)


def nquads(described: Iterable[tuple[str, list[object]]], graph: str, mark: str) -> Iterator[str]:
    """The statements as N-Quads; blank nodes are named after `mark`, which no other call may use."""
    ends = f" <{graph}> .\n"
    count = 0
    for subject, said in described:
        lines: list[str] = []
        waiting = [(_expand(subject), said)]
        while waiting:
            node, own = waiting.pop()
            for name, value in zip(own[::2], own[1::2], strict=True):
                assert isinstance(name, str)
                if isinstance(value, str):
                    target = _expand(value)
                elif isinstance(value, list):
                    target = f"_:{mark}n{count}"
                    count += 1
                    waiting.append((target, value))
                else:
                    assert isinstance(value, tuple)
                    target = f"_:{mark}n{count}"
                    for place, item in enumerate(value):
                        here = f"_:{mark}n{count}"
                        count += 1
                        rest = f"_:{mark}n{count}" if place + 1 < len(value) else _expand("rdf:nil")
                        lines.append(f"{here} {_expand('rdf:first')} {_expand(item)}{ends}")
                        lines.append(f"{here} {_expand('rdf:rest')} {rest}{ends}")
                lines.append(f"{node} {_expand(name)} {target}{ends}")
        yield "".join(lines)


@lru_cache(maxsize=200_000)
def _expand(term: str) -> str:
    """A term as N-Triples writes it."""
    if term == "a":
        return _expand("rdf:type")
    if term.startswith(("<", "_:")):
        return term
    if term.startswith('"'):
        words, quote, kind = term.rpartition('"')
        return f"{words}{quote}^^{_expand(kind[2:])}" if kind.startswith("^^") else term
    if term in ("true", "false"):
        return f'"{term}"^^{_expand("xsd:boolean")}'
    if term.isdigit():
        return f'"{term}"^^{_expand("xsd:integer")}'
    prefix, _, name = term.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"

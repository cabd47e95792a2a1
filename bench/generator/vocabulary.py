"""The vocabulary of the made-up claims: measures, areas, topics, questions, grades, propositions.

Areas and topics come in groups. The first of a group is the whole, the others are its parts.
"""

from __future__ import annotations

from collections.abc import Iterator

AREAS = 20
"""Areas in a group, the whole among them."""

TOPICS = 6
"""Topics in a group, the whole among them."""

QUESTIONS = 8
PROPOSITIONS = 40

PREFIXES = {
    "b": "https://example.org/bench/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kgc": "https://w3id.org/kgcheck/ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_MEASURES = """
b:attendance-rate a kgc:Measure, skos:Concept ; skos:prefLabel "attendance rate"@en ;
    kgc:unitKind "ratio" ; kgc:naturalMinimum 0 ; kgc:naturalMaximum 1 ;
    kgc:requires kgc:area, kgc:topic, kgc:period .
b:pass-rate a kgc:Measure, skos:Concept ; skos:prefLabel "pass rate"@en ;
    kgc:unitKind "ratio" ; kgc:naturalMinimum 0 ; kgc:naturalMaximum 1 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:complementOf b:fail-rate .
b:fail-rate a kgc:Measure, skos:Concept ; skos:prefLabel "fail rate"@en ;
    kgc:unitKind "ratio" ; kgc:naturalMinimum 0 ; kgc:naturalMaximum 1 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:complementOf b:pass-rate .
b:distinction-rate a kgc:Measure, skos:Concept ; skos:prefLabel "distinction rate"@en ;
    kgc:unitKind "ratio" ; kgc:naturalMinimum 0 ; kgc:naturalMaximum 1 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:boundedBy b:pass-rate .
b:pupil-count a kgc:Measure, skos:Concept ; skos:prefLabel "number of pupils"@en ;
    kgc:unitKind "count" ; kgc:naturalMinimum 0 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:additiveOver kgc:area, kgc:topic .
b:visit-count a kgc:Measure, skos:Concept ; skos:prefLabel "number of visits"@en ;
    kgc:unitKind "count" ; kgc:naturalMinimum 0 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:additiveOver kgc:period .
b:place-count a kgc:Measure, skos:Concept ; skos:prefLabel "number of places"@en ;
    kgc:unitKind "count" ; kgc:naturalMinimum 0 ;
    kgc:requires kgc:area, kgc:topic, kgc:period ; kgc:additiveOver kgc:area .
b:cost a kgc:Measure, skos:Concept ; skos:prefLabel "cost"@en ;
    kgc:unitKind "money" ; kgc:naturalMinimum 0 ;
    kgc:requires kgc:area, kgc:topic, kgc:period .
b:satisfaction a kgc:Measure, skos:Concept ; skos:prefLabel "satisfaction"@en ;
    kgc:unitKind "ratio" ; kgc:naturalMinimum 0 ; kgc:naturalMaximum 1 ;
    kgc:requires kgc:area, kgc:topic, kgc:period .
b:demand a kgc:Measure, skos:Concept ; skos:prefLabel "demand"@en ;
    kgc:unitKind "quantity" ; kgc:requires kgc:area, kgc:topic, kgc:period .
"""

_GRADES = ("outstanding", "good", "requires improvement", "inadequate")


def vocabulary(area_groups: int, topic_groups: int) -> Iterator[str]:
    """The vocabulary as Turtle, piece by piece, with so many groups of areas and of topics."""
    yield turtle_prefixes()
    yield '\n<https://example.org/bench> a owl:Ontology ; dct:title "Made-up claims" .\n'
    yield _MEASURES
    for group in range(area_groups):
        yield from _group("area", "Area", group, AREAS)
        yield (
            f"b:areas-{group} a kgc:Population, skos:Concept ;"
            f' skos:prefLabel "areas of group {group}"@en ; kgc:size {AREAS} .\n'
        )
    for group in range(topic_groups):
        yield from _group("topic", "Topic", group, TOPICS)
    yield 'b:programme a kgc:Programme ; skos:prefLabel "inspections"@en .\n'
    for number in range(QUESTIONS):
        yield (
            f"b:question-{number} a kgc:Question, skos:Concept ;"
            f' skos:prefLabel "question {number}"@en ; kgc:programme b:programme .\n'
        )
    yield (
        'b:grades a kgc:GradingScheme, skos:ConceptScheme ; skos:prefLabel "grades"@en ;'
        ' kgc:programme b:programme ; owl:versionInfo "1" .\n'
    )
    for place, name in enumerate(_GRADES):
        valence = "favourable" if place < 2 else "unfavourable"
        yield (
            f'b:grade-{place} a kgc:Grade, skos:Concept ; skos:prefLabel "{name}"@en ;'
            f" skos:inScheme b:grades ; kgc:ordinal {4 - place} ;"
            f' kgc:gradeName "{name}" ; kgc:valence "{valence}" .\n'
        )
    for number in range(PROPOSITIONS):
        yield (
            f"b:proposition-{number} a kgc:Proposition, skos:Concept ;"
            f' skos:prefLabel "statement {number}"@en .\n'
        )


def grade_name(place: int) -> str:
    """The name of a grade, 0 for the best."""
    return _GRADES[place]


def turtle_prefixes() -> str:
    """The prefixes, as Turtle and TriG declare them."""
    return "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())


def _group(name: str, kind: str, group: int, size: int) -> Iterator[str]:
    whole = f"b:{name}-{group}-0"
    yield f'{whole} a kgc:{kind}, skos:Concept ; skos:prefLabel "{name} {group}"@en .\n'
    for number in range(1, size):
        yield (
            f"b:{name}-{group}-{number} a kgc:{kind}, skos:Concept ;"
            f' skos:prefLabel "{name} {group}, part {number}"@en ;'
            f" skos:broader {whole} ; kgc:partOf {whole} .\n"
        )

"""Claims made up for the engines to agree on."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

_PREFIXES = """\
@prefix kgc: <https://w3id.org/kgcheck/ontology#> . @prefix pol: <https://w3id.org/kgcheck/policing#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://example.org/> .
"""


def made_up(claims: int, per_document: int = 50) -> str:
    """So many claims about rates in few areas and years, hence with conflicts, as TriG."""
    draw = random.Random(1)
    words = ["2.8%", "12%", "13%", "about 12%", "less than 3%", "30%", "one in three"]
    areas = " ".join(
        f'ex:area{n} a kgc:Area, skos:Concept ; skos:prefLabel "Area {n}"@en .' for n in range(40)
    )
    agents = " ".join(f'ex:o{n} a org:Organization ; foaf:name "Organisation {n}" .' for n in range(50))
    parts = [_PREFIXES, f"ex:areas {{ {areas} }}\n", f"ex:agents {{ {agents} }}\n"]
    for number in range(-(-claims // per_document)):
        document = f"<https://example.org/d{number}>"
        parts.append(
            f"{document} {{ {document} a kgc:Document, schema:NewsArticle ; "
            f'dct:identifier "d{number}" ; dct:title "Document {number}" ; dct:publisher ex:o{number % 50} ; '
            f'dct:issued "2021-01-01"^^xsd:date ; kgc:dateBasis "stated" ; kgc:textLength 100000 ; '
            f'kgc:textSha256 "{number:064x}" .\n'
        )
        for place in range(per_document):
            year = draw.randint(1600, 2019)
            value = draw.choice(words) if draw.random() < 0.5 else f"{draw.randint(10, 990) / 10}%"
            parts.append(
                f"<https://example.org/d{number}#c{place}> a kgc:StatisticalClaim ; "
                f"kgc:inDocument {document} ; kgc:evidence [ a oa:SpecificResource ; "
                f"oa:hasSource {document} ; "
                f'oa:hasSelector [ a oa:TextQuoteSelector ; oa:exact "{value}" ] , '
                f"[ a oa:TextPositionSelector ; oa:start {place * 20} ; "
                f"oa:end {place * 20 + len(value)} ] ] ; "
                f'prov:wasAttributedTo ex:o{number * 7 % 50} ; kgc:statedValue "{value}" ; '
                f"kgc:measure pol:{draw.choice(['solved-rate', 'charge-rate'])} ; "
                f"kgc:topic pol:{draw.choice(['rape', 'theft', 'public-order'])} ; "
                f'kgc:area ex:area{draw.randint(0, 39)} ; kgc:statedPeriod "{year}" ; '
                f'kgc:periodStart "{year}-01-01"^^xsd:date ; kgc:periodEnd "{year}-12-31"^^xsd:date .\n'
            )
        parts.append("}\n")
    return "".join(parts)


@pytest.fixture(scope="session")
def synthetic() -> Callable[[int], str]:
    """So many made-up claims as TriG, the same ones each time."""
    return made_up

"""As many claims in one block as in blocks of their own: what crowding costs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bench.generator.beats import Beat
from bench.generator.claims import Claim, Document
from bench.generator.statements import document_statements, nquads, speakers
from bench.generator.vocabulary import AREAS, vocabulary

_PER_DOCUMENT = 50


def one_block(folder: Path, count: int) -> tuple[Path, Path]:
    """So many claims about one thing, each with a value of its own: data and vocabulary."""
    return _written(folder, count, lambda number: 0, lambda number: 100_001 + 100 * number)


def many_blocks(folder: Path, count: int) -> tuple[Path, Path]:
    """As many claims, each about an area of its own, with one value."""
    return _written(folder, count, lambda number: number, lambda number: 100_001)


def _written(
    folder: Path, count: int, area: Callable[[int], int], value: Callable[[int], int]
) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    words, data = folder / "vocabulary.ttl", folder / "claims.nq"
    words.write_text("".join(vocabulary(1 + area(count - 1) // AREAS, 1)), encoding="utf-8")
    beat = Beat(1, 0)
    with data.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(nquads(speakers(), "https://example.org/bench/agents", "s"))
        for first in range(0, count, _PER_DOCUMENT):
            name = f"d{first // _PER_DOCUMENT}"
            document = Document(f"https://example.org/bench/{name}", name, 0, "2021-02-01")
            for number in range(first, min(first + _PER_DOCUMENT, count)):
                claim = _claim(number, area(number), value(number))
                claim.iri = f"{document.iri}#c{number}"
                document.claims.append(claim)
            file.writelines(nquads(document_statements(document, beat), document.iri, name))
    return data, words


def _claim(number: int, area: int, value: int) -> Claim:
    group, place = divmod(area, AREAS)
    words = f"£{value:,}"
    return Claim(
        "StatisticalClaim",
        [
            ("kgc:statedValue", f'"{words}"'),
            ("kgc:measure", "b:cost"),
            ("kgc:topic", "b:topic-0-0"),
            ("kgc:area", f"b:area-{group}-{place}"),
            ("kgc:statedPeriod", '"2020"'),
            ("kgc:periodStart", '"2020-01-01"^^xsd:date'),
            ("kgc:periodEnd", '"2020-12-31"^^xsd:date'),
        ],
        number % 500,
        words,
    )

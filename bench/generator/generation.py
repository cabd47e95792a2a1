"""Writing made-up claims to files, with what is planted in them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TextIO

from bench.generator.beats import GROUPS, LIMIT, SIZE, Beat
from bench.generator.claims import Claim, Document, Unit
from bench.generator.statements import (
    background,
    bodies,
    document_statements,
    nquads,
    speakers,
    turtle,
)
from bench.generator.vocabulary import turtle_prefixes, vocabulary

PER_DOCUMENT = 50
DOCUMENTS = SIZE // PER_DOCUMENT
AGENTS = "https://example.org/bench/agents"

Format = Literal["nquads", "trig", "turtle"]
FORMATS: tuple[Format, ...] = ("nquads", "trig", "turtle")


@dataclass(frozen=True, slots=True)
class Generated:
    """Where things are: `data` is a file or a folder to check, `later` the documents held back."""

    data: Path
    vocabulary: Path
    truth: Path
    later: tuple[Path, ...]


def generate(
    folder: Path, count: int, *, seed: int = 1, form: Format = "nquads", later: int = 0
) -> Generated:
    """Write `count` claims to a folder: data, vocabulary and truth.json.

    The last `later` documents go to files of their own in place of the data; the truth is that of
    all of them together. The same arguments give the same bytes. Raises ValueError for more claims
    than there are beats.
    """
    if not 0 < count <= LIMIT:
        raise ValueError(f"between 1 and {LIMIT:,} claims, not {count:,}")
    folder.mkdir(parents=True, exist_ok=True)
    beats = -(-count // SIZE)
    words = folder / "vocabulary.ttl"
    groups = {(beat % GROUPS, (beat // GROUPS + beat) % GROUPS) for beat in range(beats)}
    words.write_text(
        "".join(vocabulary(1 + max(a for a, _ in groups), 1 + max(t for _, t in groups))), encoding="utf-8"
    )
    total = sum(-(-min(SIZE, count - beat * SIZE) // PER_DOCUMENT) for beat in range(beats))
    held: list[Path] = []
    with ExitStack() as stack:
        writer = _Writer(folder, form, stack)
        truth = stack.enter_context((folder / "truth.json").open("w", encoding="utf-8", newline="\n"))
        writer.common(speakers(), "s")
        for group in range(min(beats, GROUPS)):
            writer.common(bodies(group), f"g{group}")
        truth.write(f'{{"seed": {seed}, "claims": {count}, "documents": {total}')
        conflicts, malformed = _Entries(), _Entries()
        number = 0
        for index in range(beats):
            beat = Beat(seed, index)
            size = min(SIZE, count - index * SIZE)
            units = beat.units(size)
            writer.common(background(beat), f"b{index}")
            for document in _placed(units, beat, size):
                number += 1
                if number > total - later:
                    held.append(writer.apart(document, beat))
                else:
                    writer.document(document, beat)
            for unit in units:
                conflicts.add(_conflict(unit))
                malformed.add(_malformed(unit))
        truth.write(f', "conflicts": {conflicts}, "malformed": {malformed}}}\n')
    return Generated(writer.data, words, folder / "truth.json", tuple(held))


def _placed(units: list[Unit], beat: Beat, size: int) -> Iterator[Document]:
    """The documents of a beat, all but the last of 50 claims or nearly so."""
    documents = []
    for index in range(-(-size // PER_DOCUMENT)):
        number = beat.number * DOCUMENTS + index
        documents.append(
            Document(
                f"https://example.org/bench/d{number}",
                f"d{number}",
                (number * 31) % 200,
                f"{beat.year + 1}-{1 + number % 12:02}-{1 + number % 28:02}",
            )
        )
    together = [unit for unit in units if unit.together]
    for index, unit in enumerate(together):
        document = documents[index % len(documents)]
        document.claims += unit.claims
        if unit.total:
            document.totals.append(unit.total)
    loose = beat.shuffled([claim for unit in units if not unit.together for claim in unit.claims])
    for document in documents:
        room = max(0, PER_DOCUMENT - len(document.claims))
        document.claims += loose[:room]
        del loose[:room]
    documents[-1].claims += loose
    for document in documents:
        for place, claim in enumerate(document.claims):
            claim.iri = f"{document.iri}#c{place}"
        yield document


class _Writer:
    """Data in one of the forms."""

    def __init__(self, folder: Path, form: Format, stack: ExitStack) -> None:
        self._folder, self._form = folder, form
        name = {"nquads": "claims.nq", "trig": "claims.trig", "turtle": "claims"}[form]
        self.data = folder / name
        if form == "turtle":
            self.data.mkdir(exist_ok=True)
            self._file: TextIO = stack.enter_context(_open(self.data / "agents.ttl"))
        else:
            self._file = stack.enter_context(_open(self.data))
        if form != "nquads":
            self._file.write(turtle_prefixes())

    def common(self, described: Iterable[tuple[str, list[object]]], mark: str) -> None:
        """What belongs to no document."""
        if self._form == "nquads":
            self._file.writelines(nquads(described, AGENTS, mark))
        elif self._form == "trig":
            self._file.write(f"<{AGENTS}> {{\n{''.join(turtle(described))}}}\n")
        else:
            self._file.writelines(turtle(described))

    def document(self, document: Document, beat: Beat) -> None:
        """A document, in the data."""
        if self._form == "turtle":
            self._turtle(self.data / f"{document.identifier}.ttl", document, beat)
        elif self._form == "trig":
            said = "".join(turtle(document_statements(document, beat)))
            self._file.write(f"<{document.iri}> {{\n{said}}}\n")
        else:
            self._file.writelines(
                nquads(document_statements(document, beat), document.iri, document.identifier)
            )

    def apart(self, document: Document, beat: Beat) -> Path:
        """A document that is held back, as Turtle."""
        path = self._folder / f"{document.identifier}.ttl"
        self._turtle(path, document, beat)
        return path

    def _turtle(self, path: Path, document: Document, beat: Beat) -> None:
        with _open(path) as file:
            file.write(turtle_prefixes())
            file.writelines(turtle(document_statements(document, beat)))


def _open(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="\n")


class _Entries:
    """A list in JSON, as text, which takes a tenth of the memory that objects take."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, entry: dict[str, object] | None) -> None:
        if entry is not None:
            self._lines.append(json.dumps(entry))

    def __str__(self) -> str:
        return "[\n" + ",\n".join(self._lines) + "\n]"


def _conflict(unit: Unit) -> dict[str, object] | None:
    if unit.planted is None:
        return None
    sides = [_iris(side) for side in unit.planted.sides]
    return {"check": unit.planted.check, "verdict": unit.planted.verdict, "sides": sides}


def _malformed(unit: Unit) -> dict[str, object] | None:
    if unit.malformed is None:
        return None
    fault = unit.malformed
    return {"kind": fault.kind, "shape": fault.shape, "claim": fault.claim.iri}


def _iris(claims: Iterable[Claim]) -> list[str]:
    return sorted(claim.iri for claim in claims)

"""The concepts that a sheet speaks of: those that are known, and those that it brings in."""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from kgcheck.interchange.cells import Cells
from kgcheck.interchange.linking import THRESHOLD, Candidate, Index, Match, folded
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import expand

_SPELLED = {"&": "and", "+": "plus", "%": "percent", "£": "pounds", "$": "dollars", "<": "under", ">": "over"}


@dataclass(frozen=True, slots=True)
class Role:
    """What the labels of a column may name; see `concepts.toml`."""

    name: str
    classes: frozenset[str]
    made: tuple[str, ...]
    folder: str
    heading: str


@dataclass(frozen=True, slots=True)
class Link:
    """A label that led to a concept that was there. `how` is exact, alternative or fuzzy."""

    role: str
    label: str
    iri: str
    concept: str
    how: str
    score: float


@dataclass(slots=True)
class Minted:
    """A concept that the sheet brings in. `labels` counts its spellings, `rows` where they stand."""

    role: Role
    iri: str
    labels: Counter[str] = field(default_factory=Counter)
    rows: set[int] = field(default_factory=set)
    facts: dict[str, set[str]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The spelling used most; of several, the first by alphabet. Row order has no say."""
        return min(self.labels, key=lambda label: (-self.labels[label], label))

    def note(self, fact: str, value: str) -> None:
        """Remember something that the sheet says of it, such as a measure's unit kind."""
        self.facts.setdefault(fact, set()).add(value)


class Concepts:
    """Finds the concept that a cell's label names, or brings it in."""

    def __init__(self, vocabulary: Vocabulary, namespace: str, threshold: float = THRESHOLD) -> None:
        """`namespace` is the project's own; new concepts are put below it."""
        self.vocabulary = vocabulary
        self.minted: dict[str, Minted] = {}
        self.links: dict[tuple[str, str], Link] = {}
        self._namespace = namespace
        self._threshold = threshold
        self._indexes: dict[str, Index] = {}
        self._found: dict[tuple[str, str], Match | tuple[Candidate, ...] | None] = {}

    def find(self, cells: Cells, column: str, role_name: str, label: str | None = None) -> str | None:
        """The IRI that the cell's label (or `label`) names, None for a blank cell.

        A label that fits several concepts alike is noted as a problem.
        """
        label = label if label is not None else cells.text(column)
        if label is None:
            return None
        role = roles()[role_name]
        if re.match(r"(https?|urn):\S+$", label):
            return self._known(cells, column, role, label)
        match = self._match(role, label)
        if isinstance(match, Match):
            self.links[role.name, label] = Link(
                role.name, label, match.iri, match.label, match.how, round(match.score, 1)
            )
            return match.iri
        if match is not None:
            names = " or ".join(f"{candidate.label} <{candidate.iri}>" for candidate in match)
            cells.refuse(column, f"{label!r} may mean {names}", "write the IRI of the one that is meant")
            return None
        return self.mint(role, label, cells.row.number)

    def knows(self, role_name: str, label: str) -> bool:
        """Whether a label leads to a concept that was there."""
        return isinstance(self._match(roles()[role_name], label), Match)

    def mint(self, role: Role, label: str, row: int) -> str:
        """The IRI of a concept of the project's own with this label."""
        iri = f"{self.folder(role)}{slug(label)}"
        minted = self.minted.setdefault(iri, Minted(role, iri))
        if "person" in (role.name, minted.role.name):
            minted.role = roles()["person"]
        minted.labels[label] += 1
        minted.rows.add(row)
        return iri

    def folder(self, role: Role) -> str:
        """The namespace of the project's own concepts of that role."""
        return f"{self._namespace}vocabulary/{role.folder}#"

    def label(self, iri: str) -> str:
        """A concept's label, wherever it comes from."""
        minted = self.minted.get(iri)
        return minted.label if minted else self.vocabulary.label(iri)

    def _match(self, role: Role, label: str) -> Match | tuple[Candidate, ...] | None:
        if (role.name, label) not in self._found:
            self._found[role.name, label] = self._index(role).find(label, self._threshold)
        return self._found[role.name, label]

    def _index(self, role: Role) -> Index:
        if role.name not in self._indexes:
            known = self.vocabulary
            iris = [iri for iri, types in known.types.items() if types & role.classes]
            self._indexes[role.name] = Index.of(iris, known.labels, known.alternatives)
        return self._indexes[role.name]

    def _known(self, cells: Cells, column: str, role: Role, iri: str) -> str | None:
        if self.vocabulary.types.get(iri, frozenset()) & role.classes:
            return iri
        cells.refuse(column, f"<{iri}> is no known {role.name}", "write a label, or mend the IRI")
        return None


def slug(label: str) -> str:
    """A label as the last part of an IRI, the same for spellings that `folded` takes as one.

    Where letters are lost a short hash keeps different labels apart.
    """
    key = folded(label)
    spelled = "".join(f" {_SPELLED[char]} " if char in _SPELLED else char for char in key)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    short = "-".join(parts)
    kept = re.sub(r"[\s'.,:;()/-]", "", spelled)
    if len(short) <= 60 and kept == short.replace("-", ""):
        return short
    digest = hashlib.sha256(key.encode()).hexdigest()[:6]
    return f"{short[:50].strip('-')}-{digest}".lstrip("-")


@cache
def roles() -> Mapping[str, Role]:
    """All roles of `concepts.toml` by name."""
    table = tomllib.loads(files("kgcheck.interchange").joinpath("concepts.toml").read_text("utf-8"))
    return {
        name: Role(
            name, _expanded(entry["classes"]), tuple(entry["class"]), entry["folder"], entry["heading"]
        )
        for name, entry in table.items()
    }


def _expanded(curies: Iterable[str]) -> frozenset[str]:
    return frozenset(expand(curie) for curie in curies)

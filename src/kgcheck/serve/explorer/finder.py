"""Search over quotes, names and titles.

All words must be there; whole names come before beginnings of names, whole words before parts of words,
things before what is said of them. Words that nothing has are taken for the nearest that something has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from kgcheck.checks.registry import Check
from kgcheck.findings.rdf import finding_iri
from kgcheck.report.plain import plain, shortened
from kgcheck.serve.explorer.catalogue import PERSON, Catalogue
from kgcheck.serve.explorer.places import Places, local_name, part

_LONGEST = 1000
"""Of a longer text only so much is searched."""

_WORDS = 8
_NEAR = 75
_KINDS = {"document": 5, "agent": 6, "concept": 6, "check": 4, "finding": 2, "claim": 3}
_WORD = re.compile(r"\w[\w.,%'’-]*\w%?|\w")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: what it is called, what else is known of it, where it stands."""

    kind: str
    iri: str
    name: str
    says: str
    name_key: str
    text_key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and how well it fits."""

    entry: Entry
    score: float


@dataclass(slots=True)
class Finder:
    """All entries, and the words that are in them."""

    entries: list[Entry]
    places: Places
    words: list[str] = field(init=False)
    names: dict[str, dict[str, Entry]] = field(init=False)

    def __post_init__(self) -> None:
        found: set[str] = set()
        self.names = {}
        for entry in self.entries:
            found.update(_WORD.findall(entry.text_key))
            if entry.kind != "finding" and len(self.names.setdefault(entry.kind, {})) < 100_000:
                self.names[entry.kind].setdefault(key(local_name(entry.iri)), entry)
        self.words = sorted(word for word in found if 2 < len(word) < 40)

    @classmethod
    def over(cls, catalogue: Catalogue, places: Places, checks: Mapping[str, Check]) -> Finder:
        """Everything that the explorer has a page for."""
        return cls(list(_entries(catalogue, checks)), places)

    def find(self, words: str, kind: str = "") -> tuple[list[Hit], str | None]:
        """What fits best comes first; and the words that were taken instead, where none were found."""
        sought = _sought(words)
        if not sought:
            return [], None
        hits = self._all(sought, kind)
        if hits:
            return hits, None
        nearest = [self._nearest(word) for word in sought]
        if None in nearest or nearest == sought:
            return [], None
        instead = [word for word in nearest if word]
        return self._all(instead, kind), " ".join(instead)

    def near(self, name: str, kind: str) -> list[tuple[str, str]]:
        """Names and addresses of things of a kind that are called much the same."""
        known = self.names.get(kind, {})
        found = process.extract(
            key(name)[:100], known.keys(), scorer=fuzz.WRatio, limit=5, score_cutoff=_NEAR
        )
        entries = [known[match] for match, _, _ in found]
        return [(entry.name, path) for entry in entries if (path := self.address(entry))]

    def address(self, entry: Entry) -> str | None:
        """Where the page of an entry is."""
        return f"/checks/{part(entry.iri)}" if entry.kind == "check" else self.places.of(entry.iri)

    def _all(self, sought: list[str], kind: str) -> list[Hit]:
        whole = " ".join(sought)
        hits = [
            Hit(entry, _score(entry, sought, whole))
            for entry in self.entries
            if (not kind or entry.kind == kind) and all(word in entry.text_key for word in sought)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, len(hit.entry.name), hit.entry.name, hit.entry.iri))

    def _nearest(self, word: str) -> str | None:
        found = process.extractOne(word, self.words, scorer=fuzz.ratio, score_cutoff=_NEAR)
        return found[0] if found else None


def _score(entry: Entry, sought: list[str], whole: str) -> float:
    name, text = entry.name_key, entry.text_key
    score = float(_KINDS[entry.kind])
    if name == whole:
        score += 100
    elif name.startswith(whole):
        score += 50
    elif whole in name:
        score += 30
    elif whole in text:
        score += 15
    for word in sought:
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", name):
            score += 8
        elif re.search(rf"(?<!\w){re.escape(word)}", name):
            score += 5
        elif re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
            score += 3
    return score


def _entries(catalogue: Catalogue, checks: Mapping[str, Check]) -> Iterator[Entry]:
    vocabulary = catalogue.report.vocabulary
    for document in catalogue.documents:
        publisher = catalogue.label(document.publisher) if document.publisher else ""
        yield _entry("document", document.iri, catalogue.label(document.iri), publisher, document.identifier)
    for iri, kind in catalogue.agents.items():
        also = vocabulary.alternatives.get(iri, ())
        yield _entry(
            "agent", iri, catalogue.label(iri), "person" if kind == PERSON else "organisation", *also
        )
    for iri, kind in catalogue.concepts.items():
        yield _entry(
            "concept", iri, catalogue.label(iri), kind.lower(), *vocabulary.alternatives.get(iri, ())
        )
    for claim in catalogue.claims:
        said = catalogue.label(claim.speaker) if claim.speaker else ""
        title = catalogue.label(claim.document)
        about = [
            catalogue.label(iri)
            for iri in (claim.scope.measure, claim.scope.topic, claim.scope.question)
            if iri
        ]
        yield _entry(
            "claim",
            claim.iri,
            f"«{plain(claim.evidence.quote[:_LONGEST])}»",
            " · ".join(text for text in (said, title) if text),
            claim.stated or "",
            *about,
            key_of=plain(claim.evidence.quote[:_LONGEST]),
        )
    for finding in catalogue.findings:
        yield _entry(
            "finding", finding_iri(finding.id), plain(finding.message[:_LONGEST]), finding.check, finding.id
        )
    for check in checks.values():
        yield _entry("check", check.id, check.id, check.summary)


def _entry(kind: str, iri: str, name: str, says: str, *others: str, key_of: str | None = None) -> Entry:
    name_key = key(key_of if key_of is not None else name)
    text = " ".join([name_key, key(says), *(key(plain(other[:_LONGEST])) for other in others)])
    return Entry(kind, iri, shortened(name, 300), shortened(says, 200), name_key, text)


def key(text: str) -> str:
    """Text as it is compared: without capitals and accents."""
    folded = unicodedata.normalize("NFKD", text[:_LONGEST].casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)) if not folded.isascii() else folded


def _sought(words: str) -> list[str]:
    return list(dict.fromkeys(key(words).replace("«", " ").replace("»", " ").split()))[:_WORDS]


def kinds() -> Iterable[str]:
    """The kinds of things that can be found."""
    return _KINDS

"""Names that a project knows, found in running text: measures, topics, areas, people and bodies."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kgcheck.extract.tables import read_table
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import expand

_TABLE = read_table("linking.toml")
ROLES = {role: frozenset(map(expand, classes)) for role, classes in _TABLE["roles"].items()}
_IDLE = frozenset(_TABLE["idle"])
_GENERIC = frozenset(_TABLE["generic"])
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text. `role` is measure, topic, area, agent, question or population."""

    start: int
    end: int
    role: str
    iri: str


class Gazetteer:
    """All names of a vocabulary, by their first word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._names: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        self._generic: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.contents: dict[str, list[frozenset[str]]] = defaultdict(list)
        for iri, types in vocabulary.types.items():
            for role, classes in ROLES.items():
                if types & classes:
                    self._add(role, iri)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name[0]))

    def _add(self, role: str, iri: str) -> None:
        known = self.vocabulary
        for label in (known.labels.get(iri), *known.alternatives.get(iri, ())):
            if not label:
                continue
            if label.casefold() in _GENERIC:
                self._generic[stem(label)].append((role, iri))
                continue
            stems = tuple(stem(word) for word in _WORD.findall(label))
            if not stems:
                continue
            self._names[stems[0]].append((stems, role, iri))
            if role == "measure" and (content := frozenset(stems) - _IDLE):
                self.contents[iri].append(content)

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """The names in `text[start:end]`, the longest at each place; one place may have several roles."""
        words = [
            (stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(text, start, end)
        ]
        index = 0
        while index < len(words):
            length = 0
            for name, role, iri in self._names.get(words[index][0], ()):
                if len(name) < length:
                    break
                if tuple(word[0] for word in words[index : index + len(name)]) == name:
                    if role in {"area", "agent"} and not text[words[index][1]].isupper():
                        continue
                    length = len(name)
                    yield Hit(words[index][1], words[index + length - 1][2], role, iri)
            index += max(1, length)

    def find_generic(self, text: str, start: int, end: int, role: str) -> Iterator[Hit]:
        """The names of one word that mean something else in every text."""
        for match in _WORD.finditer(text, start, end):
            for kind, iri in self._generic.get(stem(match.group()), ()):
                if kind == role:
                    yield Hit(match.start(), match.end(), role, iri)


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without case, accents, possessive and plural."""
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"['’]s$", "", plain or word.casefold())
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if len(plain) > len(ending) + 3 and plain.endswith(ending) and not plain.endswith("ss"):
            return plain[: -len(ending)].rstrip("e")
    return plain.rstrip("e") if len(plain) > 4 else plain


def content_words(text: str, start: int, end: int) -> frozenset[str]:
    """The stems of the telling words of a stretch of text."""
    return frozenset(stem(match.group()) for match in _WORD.finditer(text, start, end)) - _IDLE


def best_measure(
    contents: dict[str, list[frozenset[str]]], iris: Sequence[str], words: frozenset[str]
) -> tuple[str, int] | None:
    """The measure of which all telling words of some name are among `words`, most words first."""
    found: list[tuple[int, str]] = []
    for iri in iris:
        sizes = [len(content) for content in contents.get(iri, ()) if content <= words]
        if sizes:
            found.append((max(sizes), iri))
    if not found:
        return None
    best = max(size for size, _ in found)
    names = sorted(iri for size, iri in found if size == best)
    return (names[0], best) if len(names) == 1 else None

"""Names that a project knows, found in running text: measures, topics, areas, people and bodies."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kgcheck.extract.tables import read_table
from kgcheck.model.meaning import UnitKind
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.namespaces import expand

_TABLE = read_table("linking.toml")
ROLES = {role: frozenset(map(expand, classes)) for role, classes in _TABLE["roles"].items()}
_IDLE = frozenset(_TABLE["idle"])
_GENERIC = frozenset(_TABLE["generic"])
_JOINTS = frozenset({"a", "an", "the", "of", "for", "in", "to"})
_KEPT = 4
"""Texts of which the generic names are kept: a document and the sentence that is being read."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?|&")


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in the text. `role` is measure, topic, area, agent, question or population."""

    start: int
    end: int
    role: str
    iri: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `folded` without case, `plain` without plural, `stem` without endings of verbs."""

    start: int
    end: int
    folded: str
    plain: str
    stem: str
    idle: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a measure: its words in order, and the stems of those that tell it from others."""

    iri: str
    words: tuple[str, ...]
    plain: tuple[str, ...]
    content: frozenset[str]


class Gazetteer:
    """All names of a vocabulary, by their first word.

    A name of one word is found only as it stands, with its number: "targets" is no name for a target.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._names: dict[str, list[tuple[tuple[str, ...], str, str, str]]] = defaultdict(list)
        self._generic: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._scanned: dict[str, list[Hit]] = {}
        self.measures_by_stem: dict[str, list[Name]] = defaultdict(list)
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
            words = _WORD.findall(label)
            stems = tuple(stem(word) for word in words)
            if not stems:
                continue
            self._names[stems[0]].append((stems, role, iri, fold(words[0]) if len(words) == 1 else ""))
            if role == "measure" and (content := frozenset(stems) - _IDLE):
                self.measures_by_stem[min(content)].append(self._measure_name(iri, words, content))

    def _measure_name(self, iri: str, words: list[str], content: frozenset[str]) -> Name:
        """What is counted need not be called a number; a rate is called one."""
        measure = self.vocabulary.measures.get(iri)
        counts = measure is not None and measure.kind is UnitKind.COUNT
        telling = [
            word for word in words if (stem(word) not in _IDLE if counts else fold(word) not in _JOINTS)
        ]
        one = len(words) == 1
        plain = tuple(fold(word) if one else singular(word) for word in telling)
        return Name(iri, tuple(words), plain, content)

    def words(self, text: str, start: int, end: int) -> list[Word]:
        """The words of `text[start:end]` in the forms in which names are looked for."""
        return _read_words(text, start, end)

    def find(self, text: str, start: int, end: int) -> Iterator[Hit]:
        """The names in `text[start:end]`, the longest at each place; one place may have several roles."""
        words = [
            (stem(match.group()), match.start(), match.end()) for match in _WORD.finditer(text, start, end)
        ]
        index = 0
        while index < len(words):
            length = 0
            for name, role, iri, as_written in self._names.get(words[index][0], ()):
                if len(name) < length:
                    break
                if tuple(word[0] for word in words[index : index + len(name)]) == name:
                    if role in {"area", "agent"} and not text[words[index][1]].isupper():
                        continue
                    if as_written and fold(text[words[index][1] : words[index][2]]) != as_written:
                        continue
                    length = len(name)
                    yield Hit(words[index][1], words[index + length - 1][2], role, iri)
            index += max(1, length)

    def named(self, name: str, role: str) -> str | None:
        """The one thing of that role of which the words are a name, all of them."""
        found = {
            hit.iri
            for hit in self.find(name, 0, len(name))
            if hit.role == role and not name[: hit.start].strip() and not name[hit.end :].strip()
        }
        return found.pop() if len(found) == 1 else None

    def find_generic(self, text: str, start: int, end: int, role: str) -> Iterator[Hit]:
        """The names of one word that mean something else in every text."""
        hits = self._generic_in(text)
        for hit in hits[bisect_left(hits, start, key=lambda hit: hit.start) :]:
            if hit.end > end:
                return
            if hit.role == role:
                yield hit

    def _generic_in(self, text: str) -> list[Hit]:
        """All such names in a text, kept for the next claim of the same text."""
        if text not in self._scanned:
            if len(self._scanned) >= _KEPT:
                self._scanned.clear()
            self._scanned[text] = [
                Hit(match.start(), match.end(), kind, iri)
                for match in _WORD.finditer(text)
                for kind, iri in self._generic.get(stem(match.group()), ())
            ]
        return self._scanned[text]


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """A word without case, accents, possessive and plural; "&" is "and"."""
    if word == "&":
        return "and"
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"['’]s$", "", plain or word.casefold())
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    for ending in ("ing", "ed", "es", "s"):
        if len(plain) > len(ending) + 3 and plain.endswith(ending) and not plain.endswith("ss"):
            return plain[: -len(ending)].rstrip("e")
    return plain.rstrip("e") if len(plain) > 4 else plain


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """A word without case, accents and possessive; "&" is "and"."""
    if word == "&":
        return "and"
    plain = unicodedata.normalize("NFKD", word.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"['’]s?$", "", plain or word.casefold())


def singular(word: str) -> str:
    """A folded word without the ending of a plural."""
    plain = fold(word)
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    return plain[:-1] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else plain


def read_name_words(words: str) -> list[Word]:
    """The words of a name, a head or a quote."""
    return _read_words(words, 0, len(words))


def _read_words(text: str, start: int, end: int) -> list[Word]:
    found = []
    for match in _WORD.finditer(text, start, end):
        word = match.group()
        base = stem(word)
        found.append(Word(match.start(), match.end(), fold(word), singular(word), base, base in _IDLE))
    return found

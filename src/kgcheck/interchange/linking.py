"""Labels to concepts: by exact label, then by a label that differs in spelling alone.

A link is never guessed across types: a measure's label meets measures only. A fuzzy link needs a
score above the threshold *and* words that pair up one by one, because long labels that differ in
one telling word ("not", "male", "2016/17") score higher than short ones with a slip of the pen.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

THRESHOLD = 92.0
"""The least score, of 100, of a fuzzy link."""

FILLERS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"})
"""Words that a label may gain or lose. "Not" and its like are none of them."""

DIRECTED = frozenset({"by", "from", "per", "than", "to"})
"""Words whose two sides are not to be swapped: births per death are not deaths per birth."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A concept that a label may mean."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Match:
    """Where a label leads. `how` is exact, alternative or fuzzy; `score` is 100 for the first two."""

    iri: str
    label: str
    how: str
    score: float = 100.0


@dataclass(slots=True)
class Index:
    """The labels of all concepts of one type."""

    preferred: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    alternative: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    labels: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, iris: Iterable[str], labels: Mapping[str, str], alternatives: Mapping[str, tuple[str, ...]]
    ) -> Index:
        """The index of the concepts `iris`."""
        index = cls()
        for iri in sorted(iris):
            if iri in labels:
                index.preferred[folded(labels[iri])].add(iri)
                index.labels[iri] = labels[iri]
            for other in alternatives.get(iri, ()):
                index.alternative[folded(other)].add(iri)
        return index

    def find(self, label: str, threshold: float = THRESHOLD) -> Match | tuple[Candidate, ...] | None:
        """The concept that `label` means; several candidates where it fits them alike; or None."""
        key = folded(label)
        for how, table in (("exact", self.preferred), ("alternative", self.alternative)):
            if key in table:
                return self._one(table[key], how, 100.0)
        return self._near(key, threshold)

    def _one(self, iris: Iterable[str], how: str, score: float) -> Match | tuple[Candidate, ...]:
        found = [Candidate(iri, self.labels.get(iri, iri)) for iri in sorted(iris)]
        if len(found) == 1:
            return Match(found[0].iri, found[0].label, how, score)
        return tuple(found)

    def _near(self, key: str, threshold: float) -> Match | tuple[Candidate, ...] | None:
        choices = [*self.preferred, *self.alternative]
        scorer = fuzz.ratio if DIRECTED & set(_words(key)) else fuzz.token_sort_ratio
        near = process.extract(key, choices, scorer=scorer, score_cutoff=threshold, limit=None)
        fitting = [(choice, score) for choice, score, _ in near if same_words(key, choice)]
        if not fitting:
            return None
        best = max(score for _, score in fitting)
        iris = {
            iri
            for choice, score in fitting
            if score == best
            for table in (self.preferred, self.alternative)
            for iri in table.get(choice, ())
        }
        return self._one(iris, "fuzzy", best)


def folded(label: str) -> str:
    """A label as labels are compared: no case, one kind of space, hyphen and apostrophe."""
    text = unicodedata.normalize("NFKC", label).casefold()
    text = re.sub("[\u2010-\u2015\u2212]", "-", text)
    text = re.sub("[\u2018\u2019\u02bc`]", "'", text)
    return re.sub(r"[\s_-]+", " ", text).strip(" .,;:")


def same_words(a: str, b: str) -> bool:
    """Whether two folded labels consist of the same words, slips of spelling and fillers aside.

    Words with a digit must be the same, so "2015/16" never meets "2016/17". Other words may differ
    by a plural or, keeping their first letter, by one letter (two from eight letters on).
    """
    left, right = _words(a), _words(b)
    for word in list(left):
        if word in right:
            left.remove(word)
            right.remove(word)
    for word in list(left):
        twin = next((other for other in right if _alike(word, other)), None)
        if twin is not None:
            left.remove(word)
            right.remove(twin)
    return all(word in FILLERS for word in (*left, *right))


def _words(label: str) -> list[str]:
    return sorted(re.findall(r"[^\s,;:()]+", label))


def _alike(a: str, b: str) -> bool:
    if re.search(r"\d", a + b) or a[0] != b[0]:
        return False
    if a in (b + "s", b + "es", b + "'s") or b in (a + "s", a + "es", a + "'s"):
        return True
    shorter = min(len(a), len(b))
    return shorter >= 4 and OSA.distance(a, b) <= (2 if shorter >= 8 else 1)

"""Changes and comparisons that name a factor: "doubled", "more than halved", "twice as many"."""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.errors import MeaningError
from kgcheck.extract.figures import APPROXIMATE, COMPARATORS
from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table
from kgcheck.semantics.directions import FACTOR_WORDS, find_factor, find_multiple
from kgcheck.semantics.hedges import read_hedge_before

_TABLE = read_table("statistics.toml")["multiples"]
_BARE, _AFTER_BARE = frozenset(_TABLE["bare"]), frozenset(_TABLE["after_bare"])
_COMPARING = frozenset(_TABLE["comparing"])


def find_multiples(sentence: Sentence) -> Iterator[Proposal]:
    """ "Doubled", "more than halved", "has almost trebled" as changes."""
    if FACTOR_WORDS.isdisjoint(sentence.forms):
        return
    words = sentence.words
    index = 0
    while index < len(words):
        found = find_multiple(words.tokens[index : index + 1])
        if found is not None:
            factor = found[1]
            if words.text(index) in _BARE and words.text(index + 1) not in _AFTER_BARE:
                index += 1
                continue
            yield _multiple(sentence, index, float(factor))
        elif words.text(index + 1) in _COMPARING and (twice := find_factor(words.tokens[index : index + 1])):
            proposal = _multiple(sentence, index, float(twice[1]))
            proposal.kind, proposal.direction = "statistic", None
            yield proposal
        index += 1


def _multiple(sentence: Sentence, index: int, factor: float) -> Proposal:
    words, text = sentence.words, sentence.text
    try:
        hedge, first = read_hedge_before(words.tokens, index, max(0, index - 5))
    except MeaningError:
        hedge, first = None, index
    first = first if hedge else index
    start, end = words.starts[first], words.ends[index]
    value = int(factor) if factor >= 1 else factor
    return Proposal(
        start, end, text[start:end], "trend", value,
        COMPARATORS[hedge.sense] if hedge else "=", bool(hedge and hedge.sense in APPROXIMATE), "times",
        direction="up" if factor > 1 else "down", stated=text[start:end], confidence=0.7,
    )  # fmt: skip

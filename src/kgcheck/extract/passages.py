"""A text cut into what extractors read: sentences with their words, times and figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kgcheck.extract.figures import Figure, find_figures, may_count, opens_figures
from kgcheck.extract.layout import Block, BlockKind
from kgcheck.extract.sentences import read_sentences
from kgcheck.extract.skipping import find_skips
from kgcheck.extract.times import Time, find_times
from kgcheck.extract.words import Words, read_forms, read_words


@dataclass(frozen=True)
class Sentence:
    """A sentence of `text`; `number` counts sentences from the top, `headline` marks the title."""

    text: str
    start: int
    end: int
    block: Block
    number: int
    headline: bool = False

    @property
    def words_as_written(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]

    @cached_property
    def words(self) -> Words:
        """Its words with their places."""
        return read_words(self.text, self.start, self.end)

    @cached_property
    def forms(self) -> frozenset[str]:
        """The words and signs that occur in it, in lower case; cheap to ask before a pattern is tried."""
        return read_forms(self.text, self.start, self.end)

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times that it names."""
        return tuple(find_times(self.text, self.start, self.end, self.forms))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that it states, times and what only looks like a figure left out."""
        if not (may_count(self.text, self.start, self.end, self.forms) and opens_figures(self.words)):
            return ()
        skips = find_skips(self.text, self.start, self.end, self.forms)
        skips += [(time.start, time.end) for time in self.times if not time.rate]
        return tuple(find_figures(self.words, sorted(skips)))

    def forget(self) -> None:
        """Let go of the words and figures, of which a long text has millions."""
        for name in ("words", "figures", "forms"):
            self.__dict__.pop(name, None)

    def place(self, figure: Figure) -> tuple[int, int]:
        """Where a figure stands in the text."""
        return self.words.starts[figure.first], self.words.ends[figure.last - 1]


def read_passages(text: str, blocks: list[Block]) -> Iterator[Sentence]:
    """The sentences of all blocks but the furniture of the page."""
    number = 0
    body = [block for block in blocks if block.kind is not BlockKind.FURNITURE]
    for place, block in enumerate(body):
        headline = place == 0 and block.kind is BlockKind.HEADING and len(body) > 1
        for start, end in read_sentences(text, block.start, block.end):
            yield Sentence(text, start, end, block, number, headline)
            number += 1

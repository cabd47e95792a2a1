"""The built-in extractor: grammar and gazetteers, deterministic and offline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kgcheck.extract.cells import find_tables
from kgcheck.extract.documents import SourceText
from kgcheck.extract.durations import run_of_years
from kgcheck.extract.grades import find_grades, speaks_of_inspections
from kgcheck.extract.layout import Block, BlockKind, read_blocks
from kgcheck.extract.multiples import find_multiples
from kgcheck.extract.passages import Sentence, read_passages
from kgcheck.extract.people import Cast, gather_cast, strip_title
from kgcheck.extract.periods import Periods
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.ranks import find_ranks
from kgcheck.extract.speech import Voices, find_voices
from kgcheck.extract.statements import find_statements
from kgcheck.extract.statistics import find_statistics
from kgcheck.extract.tabular import read_cells
from kgcheck.extract.trends import find_trends
from kgcheck.model.period import Period, Span

_NEW = re.compile(
    r"\b(?:new|latest|newly|just released|fresh) (?:\w+ )?(?:figures|data|statistics|"
    r"analysis|numbers|results)\b",
    re.IGNORECASE,
)
_OPENING = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the rules have read it."""

    sentences: tuple[Sentence, ...]
    cast: Cast
    voices: Voices
    proposals: list[Proposal]
    periods: Periods

    def issued_by_figures(self) -> Period | None:
        """When a text came out that calls the figures of a stated year new: within the year after it."""
        if not any(_NEW.search(sentence.words_as_written) for sentence in self.sentences[:_OPENING]):
            return None
        span = self.periods.prevailing
        if span is None:
            return None
        first = span.end + timedelta(days=1)
        return Period(None, Span(first, first + timedelta(days=364)))


def read(source: SourceText) -> Reading:
    """All that the rules find in a document."""
    text = source.text
    cells: list[Proposal] = []
    blocks: list[Block] = []
    place = 0
    for table in find_tables(text):
        blocks += read_blocks(text, place, table.start)
        cells += read_cells(text, table, _heading(text, blocks))
        place = table.end
    blocks += read_blocks(text, place)
    sentences = list(read_passages(text, blocks))
    cast = gather_cast(text, sentences)
    voices = find_voices(text, sentences, cast, source.publisher)
    proposals = [*_roles(text, cast), *cells]
    inspected = speaks_of_inspections(text)
    for sentence in sentences:
        proposals += _sentence_claims(sentence, inspected, voices)
        sentence.forget()
    periods = Periods(sentences, source.issued)
    for proposal in proposals:
        if proposal.speaker is None:
            _attribute(proposal, voices)
        periods.assign(proposal)
    proposals.sort(key=lambda claim: (claim.start, claim.end, claim.kind))
    return Reading(tuple(sentences), cast, voices, proposals, periods)


def _heading(text: str, blocks: Sequence[Block]) -> str | None:
    """The heading over a table that begins after the last of the blocks."""
    for block in reversed(blocks):
        if block.kind is BlockKind.HEADING:
            return text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and block.end - block.start > 200:
            continue
    return None


def _sentence_claims(sentence: Sentence, inspected: bool, voices: Voices) -> list[Proposal]:
    found = [*find_statistics(sentence), *find_multiples(sentence), *find_ranks(sentence)]
    found = _without_repeats(found)
    found += find_grades(sentence, inspected)
    found += find_trends(sentence, found)
    found += find_statements(sentence, found, voices)
    held = any(claim.kind in {"grade", "rank"} for claim in found)
    run = run_of_years(sentence) if held else None
    for claim in found:
        claim.headline = sentence.headline
        if run and claim.kind in {"grade", "rank"}:
            claim.notes["run_length"], claim.notes["run_unit"] = run
    return found


def _without_repeats(found: Sequence[Proposal]) -> list[Proposal]:
    """Without the numbers that a rank has told already: "17th out of 122", "the top ten"."""
    ranks = [claim for claim in found if claim.kind == "rank"]
    return [
        claim
        for claim in found
        if not (
            claim.kind == "statistic"
            and claim.unit == "count"
            and any(
                (
                    rank.start <= claim.start < rank.end
                    and claim.value in (rank.value, rank.notes.get("population_size"))
                )
                or (
                    claim.measure is None
                    and 0 <= claim.start - rank.end <= 12
                    and claim.value == rank.notes.get("population_size")
                )
                for rank in ranks
            )
        )
    ]


def _roles(text: str, cast: Cast) -> list[Proposal]:
    """Each person in each post once, where the text first says so."""
    seen: set[tuple[str, str]] = set()
    roles = []
    for mention in cast.mentions:
        name = strip_title(mention.name)
        if (name, mention.tense) in seen:
            continue
        seen.add((name, mention.tense))
        notes = {
            "person": name,
            "post": mention.post,
            "organisation": mention.organisation,
            "tense": mention.tense,
        }
        quote = text[mention.start : mention.end]
        roles.append(
            Proposal(
                mention.start, mention.end, quote, "role", confidence=0.8, speaker="article", notes=notes
            )
        )
    return roles


def _attribute(claim: Proposal, voices: Voices) -> None:
    voice = voices.at(claim.start)
    claim.speaker = voice.speaker
    if voice.inferred:
        claim.confidence *= 0.95
    if voice.quoted:
        claim.notes["quoted"] = True

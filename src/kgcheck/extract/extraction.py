"""A document in, proposals out: the rules, further extractors, and the gate that all of them pass."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from kgcheck.extract.confidence import rate
from kgcheck.extract.documents import SourceText
from kgcheck.extract.fronts import read_front
from kgcheck.extract.gate import Gate
from kgcheck.extract.gazetteer import Gazetteer
from kgcheck.extract.inspections import gather_inspections
from kgcheck.extract.people import Cast, strip_title
from kgcheck.extract.plugins import Extractor
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.rules import read
from kgcheck.extract.scopes import Scopes
from kgcheck.model.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says, as proposals. `dropped` counts what did not pass the gate, by reason."""

    source: SourceText
    proposals: tuple[Proposal, ...]
    cast: Cast
    dropped: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The JSON form of `kgcheck extract`."""
        source = self.source
        return {
            "document": {
                "identifier": source.identifier,
                "title": source.title,
                "publisher": source.publisher,
                "byline": source.byline,
                "published": source.date_words,
                "dateBasis": source.date_basis,
                "address": source.address,
                "length": len(source.text),
            },
            "claims": [_told(claim, self.proposals) for claim in self.proposals],
            "people": _people(self.cast),
            "organisations": sorted(self.cast.organisations, key=lambda name: self.cast.organisations[name]),
            "inspections": gather_inspections(self.proposals, self.cast),
            "dropped": dict(self.dropped),
        }


def extract(
    source: SourceText, extractors: Sequence[Extractor] = (), gazetteer: Gazetteer | None = None
) -> Extraction:
    """The claims of a document, drafts all of them, in the order of the text.

    With a `gazetteer` the claims link to the concepts that a project knows.

    `extractors` propose more; where two proposals say the same of overlapping words the first stays,
    the rules before all others.
    """
    source = read_front(source)
    reading = read(source)
    if source.issued.unknown and (issued := reading.issued_by_figures()):
        source = replace(source, issued=issued, date_basis="inferred")
    gate = Gate(source.text)
    kept = gate.passed(_distinct(reading.proposals))
    for extractor in extractors:
        for proposal in gate.passed(extractor.propose(source, reading)):
            if not any(_alike(proposal, other) for other in kept):
                kept.append(proposal)
    kept.sort(key=lambda claim: (claim.start, claim.end))
    scopes = Scopes(
        gazetteer or Gazetteer(Vocabulary()), reading.sentences, reading.cast, source.title, source.issued
    )
    for claim in kept:
        scopes.assign(claim)
    starts = [claim.start for claim in kept]
    for claim in kept:
        scopes.share(claim, islice(kept, bisect_left(starts, claim.start), None))
        claim.confidence = rate(claim)
    return Extraction(source, tuple(kept), reading.cast, Counter(gate.dropped))


def _distinct(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Without repeats of one claim at one place; proposals come sorted by place."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for claim in proposals:
        key = (claim.start, claim.end, claim.kind, str(claim.value), claim.measure)
        if key not in seen:
            seen.add(key)
            kept.append(claim)
    return kept


def _alike(a: Proposal, b: Proposal) -> bool:
    return a.overlaps(b.start, b.end) and (a.value == b.value or a.kind == b.kind == "role")


def _told(claim: Proposal, proposals: Sequence[Proposal]) -> dict[str, Any]:
    told = dict(claim.as_json())
    if computed := told.pop("computed", None):
        operation, operands = computed
        places = {id(other): place for place, other in enumerate(proposals)}
        told["computed"] = {
            "operation": operation,
            "operands": [places[id(one)] for one in operands if id(one) in places],
        }
    return told


def _people(cast: Cast) -> list[dict[str, str | None]]:
    people: dict[tuple[str, str], dict[str, str | None]] = {}
    for mention in cast.mentions:
        name = strip_title(mention.name)
        people.setdefault(
            (name, mention.post),
            {"name": name, "role": mention.post, "org": mention.organisation, "tense": mention.tense},
        )
    return list(people.values())

"""Which period lies in which, without comparing every pair."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from kgcheck.model.period import Span


def greatest_contained(spans: Mapping[str, Span], lower: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    """(whole, part) pairs: for every span, the claim of greatest `lower` within it, if any.

    A part lies within the whole and is shorter. Spans are visited by falling start, and a Fenwick
    tree over their ends keeps the greatest value seen: n log n in the number of spans.
    """
    ends = sorted({span.end for span in spans.values()})
    best: list[tuple[Decimal, str] | None] = [None] * (len(ends) + 1)

    def put(position: int, entry: tuple[Decimal, str]) -> None:
        while position < len(best):
            held = best[position]
            if held is None or entry > held:
                best[position] = entry
            position += position & -position

    def greatest(position: int) -> tuple[Decimal, str] | None:
        found: tuple[Decimal, str] | None = None
        while position > 0:
            held = best[position]
            if held is not None and (found is None or held > found):
                found = held
            position -= position & -position
        return found

    by_span: dict[Span, list[str]] = defaultdict(list)
    for iri, span in spans.items():
        by_span[span].append(iri)
    for span in sorted(by_span, key=lambda s: (-s.start.toordinal(), s.end)):
        position = bisect_left(ends, span.end) + 1
        inside = greatest(position)
        if inside is not None:
            for whole in sorted(by_span[span]):
                yield whole, inside[1]
        for iri in by_span[span]:
            put(position, (lower[iri], iri))


def tilings(spans: Mapping[str, Span]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(whole, tiles) for every span that two or more shorter ones of equal rank fill without gap.

    Tiles are followed from the start of the whole, at each step the shortest span that begins on
    the next day; a span that two claims share is not used, because it is open which one is meant.
    """
    by_span: dict[Span, list[str]] = defaultdict(list)
    for iri, span in spans.items():
        by_span[span].append(iri)
    starting: dict[date, list[Span]] = defaultdict(list)
    for span, holders in by_span.items():
        if len(holders) == 1:
            starting[span.start].append(span)
    for options in starting.values():
        options.sort(key=lambda span: span.end)
    for whole, holders in sorted(by_span.items(), key=lambda item: (item[0].start, item[0].end)):
        tiles: list[str] = []
        day = whole.start
        while day <= whole.end:
            step = next((s for s in starting.get(day, ()) if s.end <= whole.end and s != whole), None)
            if step is None:
                break
            tiles.append(by_span[step][0])
            day = step.end + timedelta(days=1)
        if len(tiles) > 1 and day == whole.end + timedelta(days=1):
            for holder in sorted(holders):
                yield holder, tuple(tiles)

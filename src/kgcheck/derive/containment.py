"""Which period lies in which, without comparing every pair."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from kgcheck.model.period import Span

_DAY = timedelta(days=1)


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
    """(whole, tiles) for every span that two or more shorter ones fill without gap or overlap.

    Of several ways to fill it the one that begins with the shortest tiles is taken; a span that two
    claims share is not used, because it is open which one is meant.
    """
    by_span: dict[Span, list[str]] = defaultdict(list)
    for iri, span in spans.items():
        by_span[span].append(iri)
    single = [span for span, holders in by_span.items() if len(holders) == 1]
    single.sort(key=lambda span: (span.start, span.end), reverse=True)
    for whole, holders in sorted(by_span.items(), key=lambda item: (item[0].start, item[0].end)):
        steps: dict[date, Span] = {}
        for tile in single:
            inside = tile != whole and whole.start <= tile.start and tile.end <= whole.end
            if inside and (tile.end == whole.end or tile.end + _DAY in steps):
                steps[tile.start] = tile
        tiles: list[str] = []
        day = whole.start
        while day in steps:
            tiles += by_span[steps[day]]
            day = steps[day].end + _DAY
        if tiles:
            for holder in sorted(holders):
                yield holder, tuple(tiles)

"""Beats: what a thousand claims are about, and how they agree and conflict.

A beat is a group of areas, a group of topics and a year. Within a beat, each measure has one value
that all its claims agree on, whatever the area, the topic or the part of the year; two beats differ
in two dimensions at least. So claims of different scope seldom differ in value, and what is found
beyond agreements was planted, or follows from what was.

A cell is one measure, area, topic and period. Most claims have a cell of their own, some share it
with others that agree, and planted conflicts have cells in which nothing else stands.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from random import Random
from typing import TypeVar

from bench.generator.claims import Claim, Malformed, Planted, Statement, Unit
from bench.generator.vocabulary import AREAS, PROPOSITIONS, QUESTIONS, TOPICS, grade_name

T = TypeVar("T")

SIZE = 1_000
"""Claims in a beat."""

GROUPS = 100
"""Groups of areas and of topics, and years; a beat has one of each."""

LIMIT = GROUPS * GROUPS * SIZE
"""The largest number of claims: after that a beat would meet another one."""

SPEAKERS = 500
SOURCES = 10
"""Sources that the documents of a beat share."""

HOT_EVERY = 10
"""Every so many beats, one has a hot block."""

HOT = 300
"""Claims in a hot block."""

MEASURES = (
    "attendance-rate",
    "pupil-count",
    "pass-rate",
    "satisfaction",
    "fail-rate",
    "cost",
    "distinction-rate",
    "visit-count",
)
"""From the most to the least common."""

_BOUND = ("pass-rate", "fail-rate", "distinction-rate")

PERIODS = (
    ("{year}", "01-01", "12-31"),
    ("first quarter of {year}", "01-01", "03-31"),
    ("second quarter of {year}", "04-01", "06-30"),
    ("third quarter of {year}", "07-01", "09-30"),
    ("fourth quarter of {year}", "10-01", "12-31"),
    ("first half of {year}", "01-01", "06-30"),
    ("second half of {year}", "07-01", "12-31"),
    *(
        (f"{name} {{year}}", f"{number:02}-01", f"{number:02}-{days}")
        for number, (name, days) in enumerate(
            (
                ("January", 31),
                ("February", 28),
                ("March", 31),
                ("April", 30),
                ("May", 31),
                ("June", 30),
                ("July", 31),
                ("August", 31),
                ("September", 30),
                ("October", 31),
                ("November", 30),
                ("December", 31),
            ),
            1,
        )
    ),
)

Cell = tuple[str, int, int, int]
"""Measure, area, topic, period; numbers within the beat."""

_CELLS = AREAS * TOPICS * len(PERIODS)


def _zipf(count: int) -> list[float]:
    weights = list(accumulate(1 / rank for rank in range(1, count + 1)))
    return [weight / weights[-1] for weight in weights]


_OF_MEASURES, _OF_AREAS, _OF_TOPICS = _zipf(len(MEASURES)), _zipf(AREAS), _zipf(TOPICS)
_OF_PERIODS, _OF_SPEAKERS = _zipf(len(PERIODS)), _zipf(SPEAKERS)


class Beat:
    """The claims of one beat; the same for the same seed and number, whatever else is generated."""

    def __init__(self, seed: int, number: int) -> None:
        self.number = number
        self.areas = number % GROUPS
        self.topics = (number // GROUPS + number) % GROUPS
        self.year = 1920 + (self.areas + self.topics) % GROUPS
        self._random = Random(f"{seed}/{number}").random
        self._taken: set[Cell] = set()
        self._cursors: dict[str, int] = {}
        self._pairs = iter(self.shuffled([(t, p) for t in range(TOPICS) for p in range(len(PERIODS))]))
        self._graded = iter(self.shuffled([(b, q) for b in range(AREAS) for q in range(QUESTIONS)]))
        self._said = iter(self.shuffled([(b, p) for b in range(AREAS) for p in range(PROPOSITIONS)]))
        self._offices = iter(self.shuffled(list(range(AREAS))))
        # In the whole group, one year-long cell would be the whole of any part.
        self._taken |= {("pupil-count", 0, 0, period) for period in range(len(PERIODS))}
        passed = 45 + self.index(40)
        self._values = {
            "attendance-rate": 51 + self.index(40),
            "satisfaction": 31 + self.index(50),
            "pass-rate": passed,
            "fail-rate": 100 - passed,
            "distinction-rate": 11 + self.index(20),
            "pupil-count": (11 + self.index(80)) * 100,
            "visit-count": (11 + self.index(80)) * 1000,
            "cost": (11 + self.index(80)) * 1000,
        }

    def units(self, size: int) -> list[Unit]:
        """Units with `size` claims in all."""
        makers = self._makers(size)
        chosen, left = [], size
        for maker in makers:
            unit = maker()
            if len(unit.claims) <= left:
                chosen.append(unit)
                left -= len(unit.claims)
        while left:
            unit = self.agreeing(left)
            chosen.append(unit)
            left -= len(unit.claims)
        return chosen

    def _makers(self, size: int) -> Iterator[Callable[[], Unit]]:
        """What is planted and what is rare, as many of each as so many claims have."""
        share = size / SIZE
        if self.number % HOT_EVERY == 0 and size >= 2 * HOT:
            yield self.hot
        for maker, often in (
            (self.values, 3),
            (self.close_values, 1),
            (self.part, 2),
            (self.quarter, 1),
            (self.bound, 2),
            (self.grades, 2),
            (self.ranks, 1),
            (self.wrong_total, 1),
            (self.total, 6),
            (self.restated, 8),
            (self.rank, 25),
            (self.grade, 55),
            (self.trend, 35),
            (self.role, 8),
            (self.proposition, 20),
        ):
            yield from [maker] * round(often * share)
        # Every other fault in each beat; as many of them as a smaller beat has room for.
        for kind in range(self.number % 2, round(len(_FAULTS) * share), 2):
            yield partial(self.malformed, kind)

    # What is planted

    def hot(self) -> Unit:
        """Several hundred claims of one cell, with three values."""
        cell = self._free("attendance-rate")
        sides: list[list[Claim]] = [[], [], []]
        for _ in range(HOT):
            draw = self._random()
            side = 0 if draw < 0.6 else 1 if draw < 0.85 else 2
            sides[side].append(self.figure(cell, f"{(17, 29, 43)[side]}%", cite=False))
        return _planted("value-conflict", "contradiction", sides)

    def values(self) -> Unit:
        """Two figures for one thing, far apart."""
        cell = self._free("attendance-rate")
        value = self._values["attendance-rate"]
        return self._two("value-conflict", "contradiction", cell, f"{value}%", cell, f"{value - 10}%")

    def close_values(self) -> Unit:
        """Two figures for one thing, apart only when read with care."""
        cell = self._free("attendance-rate")
        value = self._values["attendance-rate"]
        return self._two("value-conflict", "tension", cell, f"{value}%", cell, f"{value}.8%")

    def part(self) -> Unit:
        """More in an area than in the whole that it is part of."""
        area = 1 + self.index(AREAS - 1)
        period = next(
            (p for p in self.shuffled(list(range(len(PERIODS)))) if self._take(("pupil-count", area, 0, p))),
            None,
        )
        if period is None:
            return Unit([])
        value = self._values["pupil-count"]
        whole, part = ("pupil-count", 0, 0, period), ("pupil-count", area, 0, period)
        return self._two("part-exceeds-whole", "contradiction", part, f"{3 * value:,}", whole, f"{value:,}")

    def quarter(self) -> Unit:
        """More in a quarter than in its year."""
        measure, area, topic, _ = self._free("visit-count")
        value = self._values["visit-count"]
        year, quarter = (measure, area, topic, 0), (measure, area, topic, 1 + self.index(4))
        return self._two("part-exceeds-whole", "contradiction", quarter, f"{3 * value:,}", year, f"{value:,}")

    def bound(self) -> Unit:
        """A share that exceeds the one that bounds it."""
        cell = self._free("pass-rate")
        value = self._values["pass-rate"]
        above = ("distinction-rate", *cell[1:])
        return self._two("bound-broken", "contradiction", above, f"{value + 12}%", cell, f"{value}%")

    def grades(self) -> Unit:
        """Two grades in one inspection."""
        body, question = next(self._graded)
        place = self._place(body)
        one, other = (self._grade(body, question, step) for step in (place, (place + 1) % 4))
        return self._apart("grade-conflict", "contradiction", one, other)

    def ranks(self) -> Unit:
        """Two places of one area in one ranking."""
        area, pair = self.index(AREAS - 8), next(self._pairs)
        one, other = (self._rank(area, pair, place) for place in (area + 1, area + 8))
        return self._apart("rank-conflict", "contradiction", one, other)

    def wrong_total(self) -> Unit:
        """A total that its parts do not make."""
        return self.total(57)

    def malformed(self, kind: int) -> Unit:
        """A claim that no shape lets through."""
        name, shape, spoil = _FAULTS[kind]
        measure = "attendance-rate"
        claim = self.figure(self._free(measure), f"{self._values[measure]}%")
        spoil(claim)
        return Unit([claim], malformed=Malformed(name, shape, claim))

    # What is not

    def agreeing(self, most: int) -> Unit:
        """A claim on its own, or several of one cell that agree."""
        measure = MEASURES[self._draw(_OF_MEASURES)]
        cell = self._free(measure)
        draw = self._random()
        count = 1 if draw < 0.92 else min(most, 2 + int((1 / (1 - self._random())) ** 0.7))
        return Unit([self.figure(cell, self._worded(measure)) for _ in range(min(count, 12))])

    def restated(self) -> Unit:
        """A figure that the same document says again in its headline."""
        measure = MEASURES[self._draw(_OF_MEASURES)]
        cell, words = self._free(measure), self._worded(measure)
        body = self.figure(cell, words, cite=False)
        headline = self.figure(cell, words, cite=False)
        headline.speaker = body.speaker
        headline.restates = body
        headline.said.append(("kgc:isHeadline", "true"))
        return Unit([body, headline], together=True)

    def total(self, error: int = 0) -> Unit:
        """A total and its three parts, as a document adds them up."""
        topic, period = next(self._pairs)
        parts = [101 + self.index(800) for _ in range(3)]
        figures = [sum(parts) + error, *parts]
        claims = [
            self.figure(("place-count", area, topic, period), str(figure), cite=False)
            for area, figure in enumerate(figures)
        ]
        for claim in claims:
            claim.said.append(("kgc:inTable", "true"))
            claim.speaker = claims[0].speaker
        planted = Planted("sum-mismatch", "contradiction", [claims[:1], claims[1:]]) if error else None
        return Unit(claims, together=True, total=claims, planted=planted)

    def rank(self) -> Unit:
        """A place in a ranking of which nothing else is said."""
        area = self.index(AREAS)
        return Unit([self._rank(area, next(self._pairs), area + 1)])

    def grade(self) -> Unit:
        """A grade that an inspection gave."""
        body, question = next(self._graded)
        return Unit([self._grade(body, question, self._place(body))])

    def trend(self) -> Unit:
        """A rise."""
        said = self._scope(self._free("demand"))
        said.append(("kgc:direction", '"up"'))
        return Unit([Claim("TrendClaim", said, self._speaker(), "rose", self._cited())])

    def role(self) -> Unit:
        """The holder of a post; one post to a person."""
        number = next(self._offices)
        said = [
            ("kgc:person", f"b:person-{self.areas}-{number}"),
            ("kgc:post", f"b:post-{self.areas}-{number}"),
            ("kgc:tense", '"current"'),
            ("kgc:asOf", '"document"'),
        ]
        return Unit([Claim("RoleClaim", said, self._speaker(), "head")])

    def proposition(self) -> Unit:
        """A statement about a body."""
        body, number = next(self._said)
        said = [
            ("kgc:asserts", f"b:proposition-{number}"),
            ("kgc:subject", f"b:body-{self.areas}-{body}"),
            *self._when(0),
        ]
        return Unit([Claim("PropositionClaim", said, self._speaker(), "so it is", self._cited())])

    # Claims

    def figure(self, cell: Cell, words: str, *, cite: bool = True) -> Claim:
        """A statistical claim in a cell."""
        said = [("kgc:statedValue", f'"{words}"'), *self._scope(cell)]
        return Claim("StatisticalClaim", said, self._speaker(), words, self._cited() if cite else ())

    def _rank(self, area: int, pair: tuple[int, int], place: int) -> Claim:
        said = [
            ("kgc:rank", str(place)),
            ("kgc:rankFrom", '"top"'),
            ("kgc:populationSize", str(AREAS)),
            ("kgc:population", f"b:areas-{self.areas}"),
            *self._scope(("demand", area, *pair)),
        ]
        return Claim("RankClaim", said, self._speaker(), f"number {place} of {AREAS}")

    def _grade(self, body: int, question: int, place: int) -> Claim:
        said = [
            ("kgc:subject", f"b:body-{self.areas}-{body}"),
            ("kgc:question", f"b:question-{question}"),
            ("kgc:grade", f"b:grade-{place}"),
            ("kgc:inspection", f"b:inspection-{self.number}-{body}"),
        ]
        return Claim("GradeClaim", said, self._speaker(), grade_name(place))

    def _two(self, check: str, verdict: str, cell: Cell, words: str, other: Cell, others: str) -> Unit:
        one, two = self.figure(cell, words, cite=False), self.figure(other, others, cite=False)
        return self._apart(check, verdict, one, two)

    def _apart(self, check: str, verdict: str, one: Claim, other: Claim) -> Unit:
        """Two claims of two speakers."""
        other.speaker = (one.speaker + 1 + self.index(SPEAKERS - 1)) % SPEAKERS
        return _planted(check, verdict, [[one], [other]])

    def _scope(self, cell: Cell) -> list[Statement]:
        measure, area, topic, period = cell
        return [
            ("kgc:measure", f"b:{measure}"),
            ("kgc:topic", f"b:topic-{self.topics}-{topic}"),
            ("kgc:area", f"b:area-{self.areas}-{area}"),
            *self._when(period),
        ]

    def _when(self, period: int) -> list[Statement]:
        words, start, end = PERIODS[period]
        return [
            ("kgc:statedPeriod", f'"{words.format(year=self.year)}"'),
            ("kgc:periodStart", f'"{self.year}-{start}"^^xsd:date'),
            ("kgc:periodEnd", f'"{self.year}-{end}"^^xsd:date'),
        ]

    def _worded(self, measure: str) -> str:
        """The value of a measure in this beat, in one of the ways to say it."""
        value, draw = self._values[measure], self._random()
        hedge = "" if draw < 0.8 else "about " if draw < 0.95 else "around "
        if measure == "cost":
            return f"{hedge}£{value:,}"
        if measure.endswith("count"):
            return f"{hedge}{value:,}"
        return f"{hedge}{value}%" if draw < 0.7 else f"{hedge}{value} percent"

    def _place(self, body: int) -> int:
        return (body + self.areas) % 4

    # Chance

    def index(self, count: int) -> int:
        """A number below `count`; `random()` alone gives the same on every version of Python."""
        return int(self._random() * count)

    def _draw(self, shares: list[float]) -> int:
        return bisect(shares, self._random())

    def _speaker(self) -> int:
        return self._draw(_OF_SPEAKERS)

    def _cited(self) -> tuple[int, ...]:
        return (self.index(SOURCES),) if self._random() < 0.3 else ()

    def shuffled(self, items: list[T]) -> list[T]:
        """The same items in another order."""
        for last in range(len(items) - 1, 0, -1):
            other = self.index(last + 1)
            items[last], items[other] = items[other], items[last]
        return items

    def _take(self, cell: Cell) -> bool:
        """Whether the cell was free; it no longer is."""
        if cell in self._taken:
            return False
        self._taken.add(cell)
        if cell[0] in _BOUND:  # what bounds a share stands in its cell as well
            self._taken |= {(measure, *cell[1:]) for measure in _BOUND}
        return True

    def _free(self, measure: str) -> Cell:
        """A cell of this measure that nothing stands in, common areas and topics first."""
        for _ in range(20):
            period = 0 if measure == "visit-count" else self._draw(_OF_PERIODS)
            cell = (measure, self._draw(_OF_AREAS), self._draw(_OF_TOPICS), period)
            if self._take(cell):
                return cell
        for number in range(self._cursors.get(measure, 0), _CELLS):
            self._cursors[measure] = number + 1
            period, rest = (0, number) if measure == "visit-count" else divmod(number, AREAS * TOPICS)
            cell = (measure, rest % AREAS, rest // AREAS % TOPICS, period)
            if self._take(cell):
                return cell
        return self._free("satisfaction")


def _planted(check: str, verdict: str, sides: list[list[Claim]]) -> Unit:
    claims = [claim for side in sides for claim in side]
    return Unit(claims, planted=Planted(check, verdict, sides))


# Faults


def _twice(claim: Claim) -> None:
    claim.said.append(("prov:wasAttributedTo", f"b:speaker-{(claim.speaker + 1) % SPEAKERS}"))


def _unquoted(claim: Claim) -> None:
    claim.quote = None


def _replace(claim: Claim, name: str, value: str) -> None:
    claim.said = [(said, value if said == name else old) for said, old in claim.said]


def _mode(claim: Claim) -> None:
    claim.said.append(("kgc:mode", '"guessed"'))


def _reversed(claim: Claim) -> None:
    _replace(claim, "kgc:periodStart", '"2999-01-01"^^xsd:date')


def _half(claim: Claim) -> None:
    claim.said = [(name, value) for name, value in claim.said if name != "kgc:periodEnd"]


def _measure(claim: Claim) -> None:
    _replace(claim, "kgc:measure", "b:no-such-measure")


def _both(claim: Claim) -> None:
    claim.said.append(("kgc:subject", "b:body-0-0"))


def _long(claim: Claim) -> None:
    claim.quote = "a " * 60


def _wordless(claim: Claim) -> None:
    claim.said = [(name, value) for name, value in claim.said if name != "kgc:statedValue"]


def _backwards(claim: Claim) -> None:
    claim.backwards = True


_FAULTS: tuple[tuple[str, str, Callable[[Claim], None]], ...] = (
    ("two speakers", "Claim-speaker", _twice),
    ("no evidence", "Claim-evidence", _unquoted),
    ("unknown mode", "Claim-mode", _mode),
    ("period ends before it starts", "Period-order", _reversed),
    ("half a period", "Period-pair", _half),
    ("unknown measure", "Scope-measure", _measure),
    ("area and subject", "Scope-areaOrSubject", _both),
    ("long quote", "Evidence-quote", _long),
    ("no value", "StatisticalClaim-statedValue", _wordless),
    ("offsets reversed", "Position-order", _backwards),
)

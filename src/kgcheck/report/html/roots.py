"""Where the statements of a finding come from, as a small graph that ends at its roots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from kgcheck.lineage.ascent import rests_on
from kgcheck.lineage.provenance import provenance_graph
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.html.element import Element, h
from kgcheck.report.plain import counted, plain, shortened

if TYPE_CHECKING:
    import networkx as nx

_MOST = 14
_WIDTH, _BOX_HEIGHT, _ROW, _COLUMN = 190, 52, 64, 236
_LETTERS = 24
_KINDS = {"claim": "statement", "document": "document", "source": "source", "agent": "body or person"}


@dataclass(frozen=True, slots=True)
class Lineage:
    """The citation graph of a report, asked about one finding at a time."""

    report: Report
    graph: nx.DiGraph[str]

    @classmethod
    def of(cls, report: Report) -> Lineage:
        """Trace the sources of all claims."""
        graph = provenance_graph(report.claims, report.documents, report.links, report.vocabulary)
        return cls(report, graph)

    def picture(self, finding: Finding) -> Element | None:
        """The way from the statements to their roots; None where there is no way to show."""
        steps = self._steps(finding)
        names = {name for start, ends in steps.items() for name in (start, *ends)}
        if len(names) < 2:
            return None
        levels = _levels(steps, names)
        ends = sorted(name for name in names if not steps.get(name))
        says = self._says(finding, ends)
        if len(names) > _MOST or max(levels.values()) > 5:
            return h("p", says, class_="roots-words")
        return h(
            "div",
            _drawn(steps, levels, {name: self._label(name) for name in names}, says),
            class_="roots",
            tabindex="0",
            role="group",
            aria_label="From the statements to their roots",
        )

    def _steps(self, finding: Finding) -> dict[str, list[str]]:
        """From each node to the next ones up; statements of one document that go the same way are one."""
        steps: dict[str, list[str]] = {}
        waiting: list[str] = []
        for party in finding.parties:
            if party.claim.iri not in self.graph:
                continue
            above = rests_on(self.graph, party.claim.iri)
            start = party.claim.document
            steps[start] = sorted({*steps.get(start, ()), *(self._shown(node) for node in above)} - {start})
            waiting += steps[start]
        while waiting and len(steps) <= 4 * _MOST:
            node = waiting.pop()
            if node in steps:
                continue
            above = rests_on(self.graph, node) if node in self.graph else []
            steps[node] = sorted({self._shown(name) for name in above} - {node})
            waiting += steps[node]
        return steps

    def _shown(self, node: str) -> str:
        """A statement stands for its document."""
        claim = self.report.claims.get(node)
        return claim.document if claim else node

    def _label(self, name: str) -> tuple[str, str]:
        document = self.report.documents.get(name)
        if document is not None:
            outlet = self.report.vocabulary.label(document.publisher) if document.publisher else ""
            return plain(document.title or document.identifier), plain(outlet) or "document"
        kind = self.graph.nodes[name]["kind"] if name in self.graph else "source"
        return plain(self.report.vocabulary.label(name)), _KINDS[kind]

    def _says(self, finding: Finding, ends: Sequence[str]) -> str:
        shown = ", ".join(shortened(self._label(name)[0], 60) for name in ends[:5])
        rest = f" and {len(ends) - 5} more" if len(ends) > 5 else ""
        total = counted(len(finding.parties), "statement")
        return (
            f"{total}, going back to {shown}{rest}."
            if ends
            else f"{total} that cite one another in a circle."
        )


def _levels(steps: Mapping[str, Sequence[str]], names: set[str]) -> dict[str, int]:
    """How many steps lie between a node and the farthest root above it; circles are cut."""
    levels: dict[str, int] = {}

    def height(name: str, on_the_way: frozenset[str]) -> int:
        if name in levels:
            return levels[name]
        above = [end for end in steps.get(name, ()) if end not in on_the_way]
        found = 1 + max((height(end, on_the_way | {name}) for end in above), default=-1)
        levels[name] = found
        return found

    for name in sorted(names):
        height(name, frozenset())
    return levels


def _drawn(
    steps: Mapping[str, Sequence[str]],
    levels: Mapping[str, int],
    labels: Mapping[str, tuple[str, str]],
    says: str,
) -> Element:
    last = max(levels.values())
    columns: dict[int, list[str]] = defaultdict(list)
    for name in sorted(levels, key=lambda name: (labels[name], name)):
        columns[last - levels[name]].append(name)
    tallest = max(map(len, columns.values()))
    places: dict[str, tuple[float, float]] = {}
    for column in sorted(columns):
        members = columns[column]
        members.sort(key=lambda name: _height_of_those_below(name, steps, places))
        shift = (tallest - len(members)) * _ROW / 2
        for row, name in enumerate(members):
            places[name] = (column * _COLUMN + 1, row * _ROW + shift + 1)
    width, height = last * _COLUMN + _WIDTH + 2, (tallest - 1) * _ROW + _BOX_HEIGHT + 2
    lines = [
        _line(places[start], places[end])
        for start, ends in sorted(steps.items())
        for end in ends
        if end in places
    ]
    boxes = [_box(places[name], labels[name], root=not steps.get(name)) for name in sorted(places)]
    return h(
        "svg",
        h("title", says),
        lines,
        boxes,
        role="img",
        aria_label=says,
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
    )


def _height_of_those_below(
    name: str, steps: Mapping[str, Sequence[str]], places: Mapping[str, tuple[float, float]]
) -> float:
    below = [places[start][1] for start, ends in steps.items() if name in ends and start in places]
    return sum(below) / len(below) if below else 0.0


def _line(start: tuple[float, float], end: tuple[float, float]) -> Element:
    x1, y1 = start[0] + _WIDTH, start[1] + _BOX_HEIGHT / 2
    x2, y2 = end[0], end[1] + _BOX_HEIGHT / 2
    if x2 <= x1:  # a circle closes: the line goes back
        x1, x2 = start[0] + _WIDTH / 2, end[0] + _WIDTH / 2
    middle = (x1 + x2) / 2
    way = f"M{x1:g} {y1:g} C{middle:g} {y1:g} {middle:g} {y2:g} {x2 - 5:g} {y2:g}"
    tip = f"M{x2 - 6:g} {y2 - 3.5:g} L{x2 - 0.5:g} {y2:g} L{x2 - 6:g} {y2 + 3.5:g} Z"
    return h("g", h("path", d=way, class_="way"), h("path", d=tip, class_="tip"))


def _box(place: tuple[float, float], label: tuple[str, str], *, root: bool) -> Element:
    x, y = place
    lines = wrap(label[0], _LETTERS, max_lines=2, placeholder="…")
    y_text = y + (7 if len(lines) == 1 else 0)
    return h(
        "g",
        h("title", " · ".join(label)),
        h(
            "rect",
            x=x,
            y=y,
            width=_WIDTH,
            height=_BOX_HEIGHT,
            rx=14 if root else 3,
            class_="box root" if root else "box",
        ),
        (
            h("text", line, x=x + 12, y=y_text + 15 + 14 * number, class_="name")
            for number, line in enumerate(lines)
        ),
        h(
            "text",
            shortened(label[1], _LETTERS + 4),
            x=x + 12,
            y=y_text + 15 + 14 * len(lines),
            class_="kind",
        ),
    )

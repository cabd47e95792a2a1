"""Draw the pictures of README.md from the packaged data: docs/pictures/*.svg.

    python docs/generate_pictures.py

`report.svg` is a finding as a terminal shows it, `finding.svg` the same finding as a part of the
graph, `graph.svg` what `kgcheck export --verdict contradiction --format svg` draws. All come from a
real run. A test draws them anew and compares.
"""

from __future__ import annotations

import io
import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import kgcheck
from kgcheck.engines.local import load
from kgcheck.export import export
from kgcheck.export.selection import Selection
from kgcheck.model.report import Report
from kgcheck.model.verdict import Verdict
from kgcheck.report import render

FOLDER = Path(__file__).resolve().parent / "pictures"
CHECK = "period-after-source"
WIDTH = 96

_THEME = TerminalTheme(
    (250, 250, 248),
    (36, 41, 47),
    [
        (36, 41, 47),
        (180, 35, 24),
        (17, 99, 41),
        (138, 90, 0),
        (9, 80, 160),
        (110, 50, 130),
        (10, 100, 110),
        (90, 96, 103),
    ],
)


def draw() -> dict[str, str]:
    """File name → SVG."""
    report = kgcheck.check(select=[CHECK])
    return {"report.svg": terminal(report), "finding.svg": graph(report), "graph.svg": exported()}


def exported() -> str:
    """The network around the contradictions."""
    selection = Selection(verdicts=frozenset({Verdict.CONTRADICTION}))
    picture = export(kgcheck.check(), load(None).store, None, "svg", selection=selection)
    assert picture is not None, "the text is asked for, no file"
    return picture.decode()


def terminal(report: Report) -> str:
    """The report on a terminal WIDTH columns wide."""
    page = render(report, "text", width=WIDTH, colour=True).strip("\n")
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, _environ={})
    console.print(Text.from_ansi(f"$ kgcheck check --select {CHECK}\n\n{page}"))
    picture = console.export_svg(title="kgcheck", theme=_THEME, code_format=_local(), unique_id="report")
    return "\n".join(line.rstrip() for line in picture.split("\n"))


def _local() -> str:
    """Rich's frame without its fonts from the web: a picture should not ask anybody for anything."""
    start, end = (
        CONSOLE_SVG_FORMAT.index("    @font-face"),
        CONSOLE_SVG_FORMAT.index("    .{unique_id}-matrix"),
    )
    frame = CONSOLE_SVG_FORMAT[:start] + CONSOLE_SVG_FORMAT[end:]
    return frame.replace("Fira Code, monospace", "monospace")


# The finding as a graph: a column for each side, documents above, claims below.

_BOX, _GAP, _EDGE, _LINE, _CHARACTERS = 350, 220, 20, 19, 42
_LEFT = {1: _EDGE, 2: _EDGE + _BOX + _GAP}
_WIDTH = _LEFT[2] + _BOX + _EDGE
_BETWEEN = _LEFT[1] + _BOX + _GAP / 2
_STYLE = """
  text { font: 14px sans-serif; fill: #24292f }
  .quote { font-weight: bold; font-size: 17px }
  .label { font-size: 12px; fill: #5a6067 }
  .box { fill: #fafaf8; stroke: #8b949e; stroke-width: 1.2 }
  .link { stroke: #5a6067; stroke-width: 1.4; fill: none }
  .conflict { stroke: #b42318; stroke-width: 2.4; fill: none }
  .verdict { font-weight: bold; fill: #b42318 }
"""


def graph(report: Report) -> str:
    """The first finding: documents, the claims of its sides, what rests on what."""
    finding = json.loads(render(report, "json"))["findings"][0]
    sides = [next(c for c in finding["claims"] if c["side"] == side) for side in _LEFT]
    sources = {iri for party in report.findings[0].parties if party.side == 1 for iri in party.claim.sources}
    documents, claims = [_document(claim) for claim in sides], [_claim(claim) for claim in sides]
    upper, lower = _height(documents), _height(claims)
    bottom = _EDGE * 2 + upper
    top = bottom + 70
    drawn = [
        *_row(documents, "document", _EDGE * 2, upper),
        *_row(claims, "claim", top, lower),
        *(line for left in _LEFT.values() for line in _upwards(left + _BOX / 2, top, bottom)),
        *_conflict(finding, top + lower / 2),
    ]
    if any(iri.endswith(f"/{sides[1]['document']}") for iri in sources):
        drawn += _rests(_EDGE * 2 + upper / 2)
    height = top + lower + _EDGE
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            f"<title>{escape(finding['message'])}</title>",
            f"<style>{_STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"',
            '  orient="auto"><path d="M0 0L8 4L0 8z" fill="#5a6067"/></marker></defs>',
            f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def _document(claim: Mapping[str, Any]) -> list[str]:
    issued = claim["issued"]["stated"] or claim["issued"]["start"]
    inferred = " (inferred)" if claim["dateBasis"] == "inferred" else ""
    return _wrapped(claim["title"], claim["quotedBy"] or claim["speaker"], f"{issued}{inferred}")


def _claim(claim: Mapping[str, Any]) -> list[str]:
    scope = claim["scope"]
    about = ", ".join(scope[name]["label"] for name in ("measure", "topic", "subject"))
    period = scope["period"]
    dates = f"{period['start']} to {period['end']}"
    return [f"«{claim['quote']}»", *_wrapped(claim["speaker"], about, period["stated"], dates)]


def _wrapped(*lines: str) -> list[str]:
    return [part for line in lines for part in textwrap.wrap(line, _CHARACTERS)]


def _height(row: Iterable[Sequence[str]]) -> int:
    return 20 + _LINE * max(len(lines) for lines in row)


def _row(row: Iterable[Sequence[str]], kind: str, top: int, height: int) -> Iterator[str]:
    for left, lines in zip(_LEFT.values(), row, strict=True):
        yield f'<text class="label" x="{left}" y="{top - 6}">{kind}</text>'
        yield f'<rect class="box" x="{left}" y="{top}" width="{_BOX}" height="{height}" rx="6"/>'
        for number, line in enumerate(lines, 1):
            style = ' class="quote"' if line.startswith("«") else ""
            place = f'x="{left + 12}" y="{top + 5 + _LINE * number}"'
            yield f"<text{style} {place}>{escape(line)}</text>"


def _upwards(x: float, start: int, end: int) -> Iterator[str]:
    yield f'<path class="link" d="M{x} {start}V{end + 1}" marker-end="url(#tip)"/>'
    yield f'<text class="label" x="{x + 8}" y="{(start + end) / 2 + 4}">in document</text>'


def _rests(y: float) -> Iterator[str]:
    yield f'<path class="link" d="M{_LEFT[1] + _BOX} {y}H{_LEFT[2] - 1}" marker-end="url(#tip)"/>'
    yield f'<text class="label" x="{_BETWEEN}" y="{y - 8}" text-anchor="middle">rests on</text>'


def _conflict(finding: Mapping[str, Any], y: float) -> Iterator[str]:
    decides = next(reason for reason in finding["reasons"] if reason["decides"])
    words = textwrap.wrap(f"{decides['dimension']}: {decides['note'] or decides['relation']}", 28)
    yield f'<path class="conflict" d="M{_LEFT[1] + _BOX} {y}H{_LEFT[2]}"/>'
    place = f'x="{_BETWEEN}" y="{y - 10}" text-anchor="middle"'
    yield f'<text class="verdict" {place}>{finding["verdict"]}</text>'
    for number, line in enumerate(words, 1):
        place = f'x="{_BETWEEN}" y="{y + 2 + 17 * number}" text-anchor="middle"'
        yield f'<text class="label" {place}>{escape(line)}</text>'


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, picture in draw().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")

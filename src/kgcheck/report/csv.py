"""The report as a spreadsheet: one row per claim of a finding, then one per violation.

Spreadsheets run cells that look like formulas, so such text gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice

from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.caption import caption
from kgcheck.report.options import Options
from kgcheck.report.order import ordered
from kgcheck.report.plain import plain, shortened
from kgcheck.report.quoting import title
from kgcheck.report.record import exact
from kgcheck.report.scope import dimensions
from kgcheck.report.verdicts import action

COLUMNS = (
    "finding", "verdict", "severity", "check", "message", "action",
    "side", "role", "claim", "quote", "stated", "speaker", "quoted by",
    "document", "title", "date", "address", "start", "end",
    "inner lower", "inner upper", "outer lower", "outer upper",
    "measure", "question", "subject", "topic", "period", "population",
    "reviewed", "roots", "innocent", "settle", "question to the source",
)  # fmt: skip

_FORMULAS = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")  # with their full-width twins
_KEPT = 10_000  # claims in words
_ROWS = 1_000  # in a piece
_LONGEST = 32_767  # characters in a cell that spreadsheets keep
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet will run; numbers stay numbers."""
    text = "" if value is None else plain(value)
    if text[:1] in _FORMULAS and not _NUMBER.fullmatch(text):
        text = f"'{text}"
    return shortened(text, _LONGEST)


def _told(finding: Finding) -> dict[str, object]:
    return {
        "finding": finding.id,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "check": finding.check,
        "message": finding.message,
        "action": action(finding),
        "roots": finding.roots,
        "innocent": finding.innocent,
        "settle": finding.settle,
        "question to the source": finding.question,
    }


def _claimed(claim: Claim, report: Report) -> dict[str, object]:
    said, meaning = caption(claim, report), claim.meaning
    scope = dimensions(claim, report.vocabulary)
    found: dict[str, object] = {
        "claim": claim.iri,
        "quote": claim.evidence.quote,
        "stated": said.stated,
        "speaker": said.speaker,
        "quoted by": said.quoted_by,
        "document": said.document,
        "title": said.title,
        "date": said.date,
        "address": said.address,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "reviewed": "yes" if claim.reviewed else "no",
    }
    if meaning is not None:
        found |= {
            "inner lower": exact(meaning.inner.lower),
            "inner upper": exact(meaning.inner.upper),
            "outer lower": exact(meaning.outer.lower),
            "outer upper": exact(meaning.outer.upper),
        }
    return found | {name: words for name, words in scope.items() if name in COLUMNS}


def _safe(cells: Mapping[str, object]) -> dict[str, str]:
    return {name: safe_cell(value) for name, value in cells.items()}


def _rows(report: Report) -> Iterator[dict[str, str]]:
    claims: dict[str, dict[str, str]] = {}  # many stand in several findings that come one after the other
    for finding in ordered(report.findings):
        told = _safe(_told(finding))
        for party in finding.parties:
            claim = party.claim
            if claim.iri not in claims:
                if len(claims) >= _KEPT:
                    claims.clear()
                claims[claim.iri] = _safe(_claimed(claim, report))
            yield told | claims[claim.iri] | _safe({"side": party.side, "role": party.role})
    for violation in report.violations:
        yield _safe(
            {
                "verdict": violation.severity.lower(),
                "check": violation.shape,
                "message": violation.message,
                "claim": violation.focus,
            }
        )
    for problem in report.quotes:
        yield _safe(
            {
                "verdict": f"quote {problem.status}",
                "message": title(problem, report),
                "claim": problem.claim,
                "quote": problem.quote,
                "start": problem.start,
            }
        )


def render(report: Report, options: Options) -> str:
    """RFC 4180, with a header."""
    return "".join(pieces(report, options))


def pieces(report: Report, options: Options) -> Iterator[str]:
    """The same in pieces of some rows."""
    rows: Iterator[Iterable[str]] = chain(
        [COLUMNS], ([row.get(column, "") for column in COLUMNS] for row in _rows(report))
    )
    while some := list(islice(rows, _ROWS)):
        page = io.StringIO(newline="")
        csv.writer(page).writerows(some)
        yield page.getvalue()

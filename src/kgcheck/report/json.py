"""The report as one JSON object; docs/report.schema.json describes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.report.jsontext import json_text
from kgcheck.report.options import Options
from kgcheck.report.order import ordered
from kgcheck.report.record import claim_record, finding_head, head, tail
from kgcheck.report.timings import timings_record

CLAIMS = 20_000
"""How many claims are kept as they were written: most stand in several findings."""


def render(report: Report, options: Options) -> str:
    """The contract, indented, in UTF-8."""
    return "".join(pieces(report, options))


def pieces(report: Report, options: Options) -> Iterator[str]:
    """The same in pieces of about a finding, because a large report is larger than what it tells of."""
    yield "{"
    before = "\n"
    for name, value in head(report).items():
        yield f"{before}  {json_text(name)}: {_shifted(json_text(value, indent=2), 2)}"
        before = ",\n"
    yield from _listed("findings", _findings(report))
    timings = {"timings": timings_record(report.timings)} if report.timings else {}
    for name, value in {**tail(report), **timings}.items():
        yield f",\n  {json_text(name)}: {_shifted(json_text(value, indent=2), 2)}"
    yield "\n}\n"


def _listed(name: str, items: Iterator[str]) -> Iterator[str]:
    """A list with one or more items, or an empty one, as it is written after other members."""
    first = next(items, None)
    if first is None:
        yield f",\n  {json_text(name)}: []"
        return
    yield f",\n  {json_text(name)}: ["
    before = "\n    "
    for item in chain((first,), items):
        yield before + _shifted(item, 4)
        before = ",\n    "
    yield "\n  ]"


def _findings(report: Report) -> Iterator[str]:
    written: dict[str, str] = {}
    for finding in ordered(report.findings):
        own = json_text(finding_head(finding, report), indent=2).removesuffix("\n}")
        parties = ",\n    ".join(_parties(finding, report, written))
        claims = f"[\n    {parties}\n  ]" if parties else "[]"
        yield f'{own},\n  "claims": {claims}\n}}'


def _parties(finding: Finding, report: Report, written: dict[str, str]) -> Iterator[str]:
    for party in finding.parties:
        place = f'"side": {json_text(party.side)},\n      "role": {json_text(party.role)}'
        yield f"{{\n      {place},{_claim(party.claim, report, written)}"


def _claim(claim: Claim, report: Report, written: dict[str, str]) -> str:
    """What follows the place of a claim, down to the closing brace."""
    if claim.iri not in written:
        if len(written) >= CLAIMS:
            written.clear()
        text = json_text(claim_record(claim, report), indent=2).removeprefix("{")
        written[claim.iri] = _shifted(text, 4)
    return written[claim.iri]


def _shifted(text: str, columns: int) -> str:
    """The lines after the first further to the right; a JSON string never spans lines."""
    return text.replace("\n", "\n" + " " * columns)

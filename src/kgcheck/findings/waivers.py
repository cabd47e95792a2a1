"""Waivers: which findings they cover, and when they no longer do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kgcheck.errors import InputError
from kgcheck.model.finding import Finding
from kgcheck.model.verdict import Verdict
from kgcheck.model.waiver import Decision, Standing, Waiver

KEYS = ("finding", "reason", "by", "expires", "verdict", "claims")
_REMEDY = "kgcheck waive FINDING prints the whole table"


def read_waivers(tables: Sequence[Mapping[str, Any]], path: Path) -> tuple[Waiver, ...]:
    """The `[[waivers]]` tables of the project file at `path`.

    Raises InputError for a key that is missing or not known, for a value of another kind, and where
    two waivers are for one finding.
    """
    found: dict[str, Waiver] = {}
    for number, table in enumerate(tables, start=1):
        waiver = _read(table, f"waiver {number}", path)
        if waiver.finding in found:
            raise InputError(
                f"two waivers are for finding {waiver.finding}", path, remedy="keep the one that holds"
            )
        found[waiver.finding] = waiver
    return tuple(found.values())


def _read(table: Mapping[str, Any], name: str, path: Path) -> Waiver:
    def refused(message: str) -> InputError:
        return InputError(f"{name}: {message}", path, remedy=_REMEDY)

    for key in table:
        if key not in KEYS:
            raise refused(f"there is no key {key!r}")
    for key in KEYS:
        if key not in table:
            raise refused(f"the key {key!r} is missing")
    for key in ("finding", "reason", "by"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise refused(f"{key!r} must be a text")
    expires, claims = table["expires"], table["claims"]
    if not isinstance(expires, date) or isinstance(expires, datetime):
        raise refused("'expires' must be a day, such as 2027-01-31 without quotes")
    if not isinstance(claims, list) or not claims or not all(isinstance(iri, str) for iri in claims):
        raise refused("'claims' must list the claims that the finding had")
    if table["verdict"] not in set(Verdict):
        raise refused(f"'verdict' must be one of {', '.join(Verdict)}")
    return Waiver(
        table["finding"], table["reason"], table["by"], expires, Verdict(table["verdict"]), frozenset(claims)
    )


def waiver_table(waiver: Waiver) -> str:
    """The waiver as `read_waivers` reads it: a TOML table."""
    lines = [
        "",
        "[[waivers]]",
        f"finding = {_quoted(waiver.finding)}",
        f"reason = {_quoted(waiver.reason)}",
        f"by = {_quoted(waiver.by)}",
        f"expires = {waiver.expires.isoformat()}",
        f"verdict = {_quoted(waiver.verdict.value)}",
        "claims = [",
        *(f"    {_quoted(iri)}," for iri in sorted(waiver.claims)),
        "]",
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes, and that of the control character that JSON leaves alone."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def decide(findings: Iterable[Finding], waivers: Iterable[Waiver], today: date) -> tuple[Decision, ...]:
    """What each waiver is worth today.

    A waiver covers what was seen when it was given: a stronger verdict, or a side of which no claim
    had been seen, reopens the finding. More claims on a side that was seen change nothing.
    """
    known = {finding.id: finding for finding in findings}
    return tuple(_decide(known.get(waiver.finding), waiver, today) for waiver in waivers)


def _decide(finding: Finding | None, waiver: Waiver, today: date) -> Decision:
    if finding is None:
        return Decision(waiver, Standing.UNMATCHED, "no finding has this id any more: the waiver can go")
    if finding.verdict.rank < waiver.verdict.rank:
        note = f"it was a {waiver.verdict} and is a {finding.verdict} now"
        return Decision(waiver, Standing.REOPENED, note)
    if new := _unseen(finding, waiver):
        sides = f"{new} new sides have" if new > 1 else "a new side has"
        return Decision(waiver, Standing.REOPENED, f"{sides} come up since it was given")
    if today > waiver.expires:
        return Decision(waiver, Standing.EXPIRED, f"it held until {waiver.expires.isoformat()}")
    return Decision(waiver, Standing.WAIVED)


def _unseen(finding: Finding, waiver: Waiver) -> int:
    """How many sides have no claim that was seen; a claim without a side stands for itself."""
    sides: dict[object, bool] = {}
    for party in finding.parties:
        key = party.claim.iri if party.side is None else party.side
        sides[key] = sides.get(key, False) or party.claim.iri in waiver.claims
    return sum(not seen for seen in sides.values())

"""The inspections behind the grades of a text: who inspected whom, when, and what came out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kgcheck.extract.people import Cast, is_person_name
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table

_INSPECTORS = frozenset(read_table("linking.toml")["inspectors"])


def gather_inspections(claims: Iterable[Proposal], cast: Cast) -> list[dict[str, Any]]:
    """One entry for each inspector, body inspected and date, with the grades by question.

    `date` is None where the text names none for the grade; `earlier` marks those of a round before.
    Grades that somebody who inspects nobody gives ("a good service") are none of an inspection.
    """
    usual = inspecting_body(cast)
    rounds: dict[tuple[str | None, str | None, str | None, bool], dict[str, str]] = {}
    for claim in claims:
        if claim.kind != "grade" or not isinstance(claim.value, str):
            continue
        inspector = _inspector(claim, cast) or usual
        if inspector is None:
            continue
        inferred = "period" in claim.notes.get("inferred", ())
        date = None if inferred else claim.period_iso
        key = (inspector, claim.notes.get("subject"), date, bool(claim.notes.get("earlier")))
        question = claim.notes.get("question") or claim.measure or "overall"
        rounds.setdefault(key, {}).setdefault(question, claim.value)
    return [
        {
            "inspector": inspector,
            "inspected": inspected,
            "date": date,
            "grades": grades,
            **({"earlier": True} if earlier else {}),
        }
        for (inspector, inspected, date, earlier), grades in rounds.items()
    ]


def _inspector(claim: Proposal, cast: Cast) -> str | None:
    """The body that gave the grade: the speaker, or the body that the speaker inspects for."""
    speaker = claim.speaker or ""
    if is_person_name(speaker):
        mention = cast.person(speaker)
        speaker = (mention.organisation if mention else None) or ""
    full = cast.full_body(speaker)
    return full if _inspects(full) else None


def inspecting_body(cast: Cast) -> str | None:
    """The first body of the text that inspects others."""
    return next((cast.full_body(name) for name in cast.organisations if _inspects(name)), None)


def _inspects(name: str) -> bool:
    return any(word.strip("'’,") in _INSPECTORS for word in name.casefold().split())

"""Proposals as rows of a claim sheet: the form in which drafts are reviewed, kept and turned into RDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from kgcheck.extract.apart import tell_apart
from kgcheck.extract.documents import SourceText
from kgcheck.extract.extraction import Extraction
from kgcheck.extract.people import is_person_name
from kgcheck.extract.proposals import Proposal

Row = dict[str, str]
ARTICLE = "article"
_MOST = 200
_YEARS = "years on record"
"""Among these "a record high" is the first, whatever the place among peers."""

_NEAR = 60
_LEAD = 600
"""Up to here a text tells in short what it tells again below."""

_CURRENCIES = frozenset({"GBP", "USD", "EUR", "AUD", "CAD", "money"})
_UNNAMED = "figure without a name"
_PERIOD_KINDS = {"statistic", "proportion", "trend", "rank", "grade", "quote"}


def draft_rows(extraction: Extraction, reviewed: Iterable[str] = ()) -> list[Row]:
    """One row for each claim that a sheet can hold, in the order of the text.

    `reviewed` are the ids (see `claim_id`) of claims that a person has accepted.
    """
    accepted = frozenset(reviewed)
    ids = {id(claim): claim_id(claim) for claim in extraction.proposals}
    rows: list[Row] = []
    for claim in extraction.proposals:
        if claim.notes.get("margin"):
            if rows and rows[-1]["kind"] == "statistic" and claim.start - int(rows[-1]["end"]) < _NEAR:
                rows[-1]["uncertainty"] = claim.quote
            continue
        row = _row(extraction.source, claim, ids)
        if row is not None:
            row["reviewed"] = "yes" if row["id"] in accepted else "no"
            rows.append(row)
    return tell_apart(_restating(rows, extraction))


def claim_id(claim: Proposal) -> str:
    """A name for a claim that stays as long as it says the same at the same place."""
    value = re.sub(r"[^\w.-]+", "-", str(claim.value)) if claim.value is not None else claim.kind
    part = re.sub(r"[^\w]+", "-", claim.measure or "")[:12].strip("-") if claim.kind == "grade" else ""
    return (
        "-".join(word for word in (claim.kind, str(claim.start), str(claim.end), value, part) if word)
        .casefold()
        .replace("[", "")
        .replace("]", "")
    )


def _row(source: SourceText, claim: Proposal, ids: Mapping[int, str]) -> Row | None:
    row: Row = {
        "document": source.identifier,
        "quote": claim.quote,
        "start": str(claim.start),
        "end": str(claim.end),
        "id": ids[id(claim)],
        "document_title": source.title or "",
        "document_date": _issued(source),
        "document_url": source.address or "",
        "publisher": source.publisher or "",
    }
    filled = _BY_KIND[claim.kind](claim, row)
    if not filled:
        return None
    _scope(claim, row)
    _speaker(source, claim, row)
    if claim.headline:
        row["headline"] = "yes"
    inferred = {*claim.notes.get("inferred", ()), *_made_up(claim, row)}
    if taken := [name for name in _DIMENSIONS if name in inferred and _is_told(name, row)]:
        row["inferred"] = " | ".join(taken)
    if (computed := claim.notes.get("computed")) and claim.kind in {"statistic", "trend", "proportion"}:
        operation, operands = computed
        row["computed_as"] = f"{operation}: {' '.join(ids[id(one)] for one in operands if id(one) in ids)}"
    return {column: words for column, words in row.items() if words}


def _made_up(claim: Proposal, row: Row) -> set[str]:
    """The measure that a machine has named from the words around a figure: a person should look at it."""
    linked = claim.notes.get("links", {}).get("measure")
    return {"measure"} if row.get("measure") and not linked else set()


def _is_told(dimension: str, row: Row) -> bool:
    """Whether the row says a dimension at all; a period that nobody stated is left open, not filled in."""
    return dimension != "period" or "period" in row


_DIMENSIONS = ("area", "measure", "period", "subject", "topic")


def _issued(source: SourceText) -> str:
    if source.issued.core is not None and source.issued.certain:
        span = source.issued.core
        if span.start == span.end:
            return span.start.isoformat()
        return (
            f"{span.start:%Y-%m}"
            if (span.start.year, span.start.month) == (span.end.year, span.end.month)
            else f"{span.start:%Y}"
        )
    if source.issued.hull is not None and source.date_basis == "inferred":
        return f"{source.issued.hull.start:%Y-%m}~/{source.issued.hull.end:%Y-%m}~"
    if source.issued.hull is not None:
        return f"{source.issued.hull.start:%Y-%m}/{source.issued.hull.end:%Y-%m}"
    return ""


def _scope(claim: Proposal, row: Row) -> None:
    links: Mapping[str, str] = claim.notes.get("links", {})
    if claim.kind != "role":
        row["topic"] = links.get("topic") or claim.topic or _row_head(claim)
        subject = links.get("subject") or claim.notes.get("subject") or ""
        area = links.get("area") or claim.area or ""
        if row.get("kind") in {"grade", "run", "uniqueness"}:
            row["subject"] = subject or area
        elif area:
            row["area"] = area
        else:
            row["subject"] = subject
    if (
        claim.period
        and claim.period_iso
        and not claim.period_iso.startswith("P")
        and claim.kind in _PERIOD_KINDS
    ):
        start, _, end = claim.period_iso.partition("/")
        row["period"] = (
            claim.period if claim.period in claim.quote or not claim.period.startswith("same period") else ""
        )
        row["period_start"], row["period_end"] = _days(start)[0], _days(end or start)[1]
        row["period"] = row["period"] or f"{row['period_start']}/{row['period_end']}"


def _row_head(claim: Proposal) -> str:
    """The head of a cell's row, where it names what the cell is about and no time."""
    head = str(claim.notes.get("row") or "").strip()
    return head if re.search(r"[^\W\d_]{3}", head) and head not in (claim.period or "") else ""


def _days(iso: str) -> tuple[str, str]:
    from calendar import monthrange

    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return iso, iso
    if len(parts) == 2:
        return f"{iso}-01", f"{iso}-{monthrange(*parts)[1]:02d}"
    return f"{iso}-01-01", f"{iso}-12-31"


def _speaker(source: SourceText, claim: Proposal, row: Row) -> None:
    speaker = claim.notes.get("links", {}).get("speaker") or claim.speaker or ""
    if not speaker or speaker == ARTICLE:
        speaker = "" if source.publisher else "the outlet (not named)"
    row["speaker"] = speaker
    if speaker and is_person_name(speaker):
        row["speaker_is"] = "person"


def _measure(claim: Proposal) -> str:
    """The known measure, or a made-up name that says by its words which kind of unit it has."""
    if known := claim.notes.get("links", {}).get("measure"):
        return str(known)
    name = claim.measure or _UNNAMED
    if claim.kind == "trend" and "row" not in claim.notes:
        return f"change in {name}"
    return f"{name}, {claim.unit}" if claim.unit in _CURRENCIES else name


def _figure(claim: Proposal, row: Row) -> bool:
    row["kind"] = "statistic"
    row["measure"] = _measure(claim)
    row["stated"] = _with_unit(claim)
    return True


def _change(claim: Proposal, row: Row) -> bool:
    row["kind"] = "trend"
    row["measure"] = _measure(claim)
    row["direction"] = claim.direction or ""
    if claim.value is not None:
        row["stated"] = _with_unit(claim)
    elif not claim.notes.get("links", {}).get("measure"):
        row["measure"] = f"course of {claim.measure or 'what is meant'}"
        row["unit"] = "quantity"
    return bool(claim.direction or claim.value is not None)


def _with_unit(claim: Proposal) -> str:
    """The stated words; a bare number of a table gets the unit of its column."""
    stated = claim.stated or claim.quote
    if claim.unit.startswith("per_") and re.fullmatch(r"[0-9.,]+", stated):
        return f"{stated} per {int(claim.unit[4:]):,}"
    if claim.unit == "percent" and re.fullmatch(r"[-+−–]?[0-9.,]+", stated):
        return f"{stated}%"
    return stated


def _rank(claim: Proposal, row: Row) -> bool:
    if claim.unit == "unique":
        row["kind"] = "uniqueness"
        row["holders"] = str(claim.value)
        question = _linked(claim, "question")
        if questions := claim.notes.get("questions"):
            row["question"] = " | ".join(questions)
            if len(questions) == 1:
                row["grade"], row["scheme"] = str(claim.notes["grade"]), claim.notes.get("scheme", "")
        elif question:
            row["question"] = question
        else:
            row["proposition"] = claim.quote
        _run(claim, row)
        return True
    row["kind"] = "rank"
    row["rank"] = str(claim.value)
    row["rank_from"] = "bottom" if claim.unit == "rank_from_bottom" else "top"
    if claim.comparator == "<=":
        row["rank"] = f"{row['rank_from']} {claim.value}"
    links: Mapping[str, str] = claim.notes.get("links", {})
    row["measure"] = links.get("measure") or f"order of {claim.measure or 'what is compared'}"
    row["unit"] = "" if links.get("measure") else "quantity"
    if claim.notes.get("over_time"):
        row["population"] = _YEARS
    size = claim.notes.get("population_size")
    row["population_size"] = (
        str(size) if isinstance(size, int) and isinstance(claim.value, int) and size >= claim.value else ""
    )
    return True


def _grade(claim: Proposal, row: Row) -> bool:
    if claim.notes.get("earlier") and claim.period_iso is None:
        return False  # a grade that was given some time before, nobody says when
    row["kind"] = "grade"
    row["grade"] = str(claim.value)
    row["question"] = _linked(claim, "question") or (claim.measure or "question not stated")[:80]
    row["scheme"] = _linked(claim, "scheme") or ""
    if claim.notes.get("run_length"):
        row["kind"] = "run"
        _run(claim, row)
    else:
        row["inspection"] = _linked(claim, "inspection") or ""
    return True


def _run(claim: Proposal, row: Row) -> None:
    if claim.notes.get("run_length") and ("question" in row or row["kind"] == "run"):
        row["run_length"] = str(claim.notes["run_length"])
        row["run_unit"] = claim.notes["run_unit"]


def _role(claim: Proposal, row: Row) -> bool:
    row["kind"] = "role"
    row["person"] = claim.notes["person"]
    row["post"] = claim.notes["post"]
    row["tense"] = claim.notes["tense"]
    row["subject"] = claim.notes.get("organisation") or ""
    return bool(row["post"])


def _statement(claim: Proposal, row: Row) -> bool:
    row["kind"] = "proposition"
    row["proposition"] = claim.quote
    row["polarity"] = "asserts"
    return True


def _linked(claim: Proposal, dimension: str) -> str | None:
    links: Mapping[str, str] = claim.notes.get("links", {})
    return links.get(dimension) or (claim.measure if dimension == "measure" else None)


_BY_KIND = {
    "statistic": _figure,
    "proportion": _figure,
    "trend": _change,
    "rank": _rank,
    "grade": _grade,
    "role": _role,
    "quote": _statement,
}


def _restating(rows: list[Row], extraction: Extraction) -> list[Row]:
    """Headlines, openings and pull quotes point at the claim further down that they repeat."""
    by_id = {row["id"]: row for row in rows}
    later: dict[tuple[object, ...], list[Proposal]] = defaultdict(list)
    for claim in extraction.proposals:
        if claim_id(claim) in by_id:
            later[_sameness(claim, by_id)].append(claim)
    for claim in extraction.proposals:
        row = by_id.get(claim_id(claim))
        if row is None:
            continue
        if claim.kind == "quote":
            candidates = [one for one in later[_sameness(claim, by_id)][:_MOST] if _repeats(claim, one)]
        elif claim.value is not None and (claim.headline or claim.start < _LEAD):
            candidates = later[_sameness(claim, by_id)]
        else:
            continue
        if other := next((one for one in candidates if one.start > claim.end), None):
            row["restates"] = claim_id(other)
    return rows


def _sameness(claim: Proposal, by_id: Mapping[str, Row]) -> tuple[object, ...]:
    """What two claims share of which one may repeat the other."""
    if claim.kind == "quote":
        return ("quote",)
    return (claim.kind, str(claim.value), claim.unit, by_id[claim_id(claim)].get("measure"))


def _repeats(claim: Proposal, other: Proposal) -> bool:
    return claim.quote in other.quote or other.quote in claim.quote

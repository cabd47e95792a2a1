"""Whether the quoted fragments stand in the texts of their documents, at their offsets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kgcheck.errors import InputError
from kgcheck.model.claim import Claim, Document
from kgcheck.model.report import QuoteProblem
from kgcheck.validation.alignment import Match, changes, most_similar
from kgcheck.validation.texts import digest, find_texts, read_text, same_text

NEARBY = 200
"""Code points on both sides of an offset in which a quote counts as near its place."""

LONG = 12
"""A quote of this many code points is unlikely to stand somewhere else by chance."""


def verify_quotes(
    claims: Iterable[Claim], documents: Mapping[str, Document], folder: Path
) -> tuple[tuple[QuoteProblem, ...], int]:
    """Look each claim's quote up in the text of its document; count those that stand verbatim.

    Texts are files named `<identifier>.txt` or `<identifier>.md` anywhere below `folder`. A quote
    may be `misplaced` (`start` is where it stands), `altered` (`found` is what stands there instead
    and `diff` shows how) or `absent`. Once for each document, in the place of a claim, a problem
    tells of the text itself: `text-missing`, and then no quote of it is verified, or `text-changed`,
    and then `quote` and `found` are the SHA-256 recorded and met. Its `diff` is the remedy.

    Raises InputError when the folder is none or a text is not UTF-8.
    """
    if not folder.is_dir():
        raise InputError(
            "no such folder of texts", path=folder, remedy="Name the folder that holds the texts."
        )
    files = find_texts(folder)
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    problems: list[QuoteProblem] = []
    verified = 0
    for iri in sorted(by_document):
        document = documents[iri]
        file = files.get(document.identifier)
        if file is None:
            problems.append(_missing(document))
            continue
        text = read_text(file)
        if document.sha256 is not None:
            known = same_text(text, document.sha256)
            if known is None:
                problems.append(_changed(document, file, text))
            else:
                text = known
        for claim in sorted(by_document[iri], key=lambda claim: (claim.evidence.start or 0, claim.iri)):
            problem = verify_quote(claim, text)
            if problem is None:
                verified += 1
            else:
                problems.append(problem)
    return tuple(problems), verified


def verify_quote(claim: Claim, text: str) -> QuoteProblem | None:
    """What is amiss with the quote of `claim` in `text`, or None when it stands where it should.

    A quote without offsets is in order wherever it stands. The nearest explanation wins: a quote
    that moved a little is misplaced, one that differs by a little at its place is altered, and
    only then is the rest of the text searched.
    """
    quote, start = claim.evidence.quote, claim.evidence.start
    if start is None:
        if quote in text:
            return None
        return _differing(claim, most_similar(quote, text))
    if text.startswith(quote, start) and claim.evidence.end in (None, start + len(quote)):
        return None
    low, high = max(0, start - NEARBY), start + len(quote) + NEARBY
    here = _nearest(quote, text, start, low, high)
    if here is None and (len(quote) >= LONG or most_similar(quote, text, low, high) is None):
        here = _nearest(quote, text, start, 0, len(text))
    if here is not None:
        return QuoteProblem(claim.iri, claim.document, quote, "misplaced", found=quote, start=here)
    margin = len(quote) // 4 + 2
    match = most_similar(quote, text, max(0, start - margin), start + len(quote) + margin)
    match = match or most_similar(quote, text, low, high)
    if match is None and len(quote) >= LONG:
        match = most_similar(quote, text)
    return _differing(claim, match)


def _nearest(quote: str, text: str, start: int, low: int, high: int) -> int | None:
    """The occurrence of `quote` in text[low:high] that is nearest to `start`."""
    before = text.rfind(quote, low, min(high, start + len(quote) - 1))
    after = text.find(quote, max(low, start), high)
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - start), default=None)


def _differing(claim: Claim, match: Match | None) -> QuoteProblem:
    quote = claim.evidence.quote
    if match is None:
        return QuoteProblem(claim.iri, claim.document, quote, "absent")
    diff = changes(quote, match.text)
    return QuoteProblem(claim.iri, claim.document, quote, "altered", match.text, match.start, diff)


def _missing(document: Document) -> QuoteProblem:
    remedy = f"Put the text into the folder as {document.identifier}.txt."
    return QuoteProblem(document.iri, document.iri, "", "text-missing", diff=remedy)


def _changed(document: Document, file: Path, text: str) -> QuoteProblem:
    remedy = (
        f"{file.name} is not the text that was read: restore it, "
        "or look at its claims again and record the new SHA-256 (kgc:textSha256)."
    )
    recorded = document.sha256 or ""
    return QuoteProblem(document.iri, document.iri, recorded, "text-changed", found=digest(text), diff=remedy)

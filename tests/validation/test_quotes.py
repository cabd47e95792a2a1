"""Quotes against texts: cases from `quotes/cases.toml`, and texts that are not what they were."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import InputError
from kgcheck.model.claim import Claim, Document, Evidence, Kind, Scope
from kgcheck.model.report import QuoteProblem
from kgcheck.validation import verify_quotes
from kgcheck.validation.alignment import changes
from kgcheck.validation.quotes import verify_quote

QUOTES = Path(__file__).parent / "quotes"
CASES: dict[str, dict[str, Any]] = tomllib.loads((QUOTES / "cases.toml").read_text(encoding="utf-8"))
TEXT = (QUOTES / "ward-report.txt").read_bytes().decode("utf-8")
DOCUMENT = "https://example.org/ward-report"


def claim(quote: str, start: int | None = None, end: int | None = None, name: str = "waits") -> Claim:
    if start is not None and end is None:
        end = start + len(quote)
    return Claim(f"{DOCUMENT}#{name}", Kind.STATISTICAL, DOCUMENT, Evidence(quote, start, end), Scope())


def document(digest: str | None = None) -> dict[str, Document]:
    return {DOCUMENT: Document(DOCUMENT, "ward-report", sha256=digest)}


def digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("name", CASES)
def test_quote(name: str) -> None:
    case = CASES[name]
    cited = claim(case["quote"], case.get("place"), case.get("end"))
    expected = None
    if status := case.get("status"):
        rest = (case.get(key) for key in ("found", "start", "diff"))
        expected = QuoteProblem(cited.iri, DOCUMENT, case["quote"], status, *rest)
    assert verify_quote(cited, TEXT) == expected


def test_enough_cases_are_collected() -> None:
    assert len(CASES) >= 16


def test_all_quotes_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "ward-report.txt").write_bytes(TEXT.encode())
    claims = [claim("62 per cent", 36, name="b"), claim("71 per cent", 0, name="a")]
    problems, verified = verify_quotes(claims, document(digest(TEXT)), tmp_path)
    assert verified == 1
    assert [(problem.claim, problem.status, problem.start) for problem in problems] == [
        (f"{DOCUMENT}#a", "misplaced", TEXT.index("71 per cent"))
    ]


def test_one_altered_letter_is_told_once_and_shown(tmp_path: Path) -> None:
    altered = TEXT.replace("few nurses", "fow nurses")
    (tmp_path / "ward-report.md").write_text(altered, encoding="utf-8")
    claims = [claim("too few nurses", TEXT.index("too few"), name="a"), claim("62 per cent", 36, name="b")]
    problems, verified = verify_quotes(claims, document(digest(TEXT)), tmp_path)
    assert verified == 1
    assert [(problem.status, problem.quote, problem.found) for problem in problems] == [
        ("text-changed", digest(TEXT), digest(altered)),
        ("altered", "too few nurses", "too fow nurses"),
    ]
    assert problems[0].claim == DOCUMENT
    assert problems[0].diff is not None
    assert "kgc:textSha256" in problems[0].diff
    assert problems[1].diff == "too f[-e-]{+o+}w nurses"


@pytest.mark.parametrize("form", ["\ufeff{}", "{}"], ids=["byte order mark", "line ends"])
def test_the_same_text_in_another_form(form: str, tmp_path: Path) -> None:
    written = form.format(TEXT if form != "{}" else TEXT.replace("\n", "\r\n"))
    (tmp_path / "ward-report.txt").write_bytes(written.encode("utf-8"))
    claims = [claim("café", TEXT.index("café"))]
    assert verify_quotes(claims, document(digest(TEXT)), tmp_path) == ((), 1)


def test_a_text_that_is_not_there_is_told_once(tmp_path: Path) -> None:
    claims = [claim("62 per cent", 36, name="a"), claim("71 per cent", 0, name="b")]
    problems, verified = verify_quotes(claims, document(), tmp_path)
    assert verified == 0
    assert [(problem.claim, problem.status, problem.diff) for problem in problems] == [
        (DOCUMENT, "text-missing", "Put the text into the folder as ward-report.txt.")
    ]


def test_a_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ward-report.txt").write_bytes("café".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 3") as caught:
        verify_quotes([claim("café", 0)], document(), tmp_path)
    assert caught.value.path == tmp_path / "ward-report.txt"
    assert caught.value.remedy


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        verify_quotes([], {}, tmp_path / "texts")


def test_a_long_text_is_searched_piece_by_piece() -> None:
    """A quote stands at the end of a long text, altered, and one word fills the text before it."""
    text = "patients " * 200_000 + "waited for twelve hours in the corridor of the emergency department"
    quote = "patients waited for eleven hours in the corridor of the emergency ward"
    problem = verify_quote(claim(quote, 10), text)
    assert problem is not None
    assert (problem.status, problem.found) == (
        "altered",
        "patients waited for twelve hours in the corridor of the emergency department",
    )


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("2.8%", "2.9%", "2.[-8-]{+9+}%"),
        ("same", "same", "same"),
        ("one two", "one two three", "one two{+ three+}"),
        ("one two three", "one three", "one[- two-] three"),
        ("abc", "xyz", "[-abc-]{+xyz+}"),
    ],
)
def test_changes(before: str, after: str, shown: str) -> None:
    assert changes(before, after) == shown

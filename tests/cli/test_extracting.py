"""`extract`, `review`, and `check` on texts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgcheck.extract import Proposal, SourceText
from kgcheck.store import Store

Command = Callable[..., Any]
TEXT = """Waits fall at the General

3 May 2023

The Northtown General treated 78.4% of emergency patients within four hours in April 2023, the trust said.

It recorded 14,302 attendances in April 2023.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """A story on the disk."""
    file = tmp_path / "story.txt"
    file.write_text(TEXT)
    return file


def drafts(path: Path) -> dict[str, str]:
    """Claim → its status in a file of Turtle."""
    store = Store()
    store.load([path])
    rows = store.select(
        "PREFIX kgc: <https://w3id.org/kgcheck/ontology#>"
        "SELECT ?claim ?status {"
        " ?claim kgc:inDocument ?d ; kgc:evidence ?e OPTIONAL { ?claim kgc:status ?status } }"
    )
    return {str(row["claim"].value): row["status"].value if "status" in row else "reviewed" for row in rows}  # type: ignore[union-attr]


def test_json(kgcheck: Command, text: Path) -> None:
    done = kgcheck("extract", text)
    told = json.loads(done.out)
    assert done.code == 0
    assert told["document"]["published"] == "3 May 2023"
    assert {"78.4%", "14,302 attendances"} <= {claim["quote"] for claim in told["claims"]}
    keys = (
        "start end quote kind value comparator approx unit measure topic area "
        "period period_iso speaker polarity direction"
    )
    for claim in told["claims"]:
        assert set(keys.split()) <= set(claim)
        assert TEXT[claim["start"] : claim["end"]] == claim["quote"]


def test_turtle_of_drafts(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    done = kgcheck("extract", text, "--format", "turtle", "-o", tmp_path / "claims")
    assert done.code == 0
    found = drafts(tmp_path / "claims" / "story.ttl")
    assert len(found) >= 2
    assert set(found.values()) == {"draft"}
    again = kgcheck("extract", text, "--format", "turtle", "-o", tmp_path / "claims")
    assert again.code == 0


def test_a_sheet_can_be_imported(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    assert kgcheck("extract", text, "--format", "sheet", "-o", tmp_path / "claims.csv").code == 0
    assert kgcheck("import", tmp_path / "claims.csv", "-o", tmp_path / "out.ttl").code == 0


def test_files_of_others_are_not_written_over(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text("# mine\n")
    done = kgcheck("extract", text, "--format", "turtle", "-o", tmp_path / "mine.ttl")
    assert done.code == 2
    assert (tmp_path / "mine.ttl").read_text() == "# mine\n"


def test_one_broken_document_stops_no_other(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.txt").write_bytes(b"\xff\xff")
    done = kgcheck("extract", tmp_path / "broken.txt", text)
    assert done.code == 2
    assert "broken.txt" in done.err
    assert json.loads(done.out)["document"]["identifier"] == "story"


def test_a_file_that_may_not_be_written_stops_no_other(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "story.ttl").write_text("# mine\n")
    done = kgcheck("extract", text, other, "--format", "turtle", "-o", tmp_path / "claims")
    assert done.code == 2
    assert "story.ttl" in done.err
    assert (tmp_path / "claims" / "story.ttl").read_text() == "# mine\n"
    assert drafts(tmp_path / "claims" / "other.ttl")


def test_files_of_one_name_are_documents_of_their_own(kgcheck: Command, text: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "story.txt").write_text("The rate was 5% in 2021.\n")
    told = json.loads(kgcheck("extract", text, tmp_path / "more" / "story.txt").out)
    assert [one["document"]["identifier"] for one in told] == ["story", "story-2"]
    assert [claim["quote"] for claim in told[1]["claims"]] == ["5%"]
    done = kgcheck(
        "extract", text, tmp_path / "more" / "story.txt", "--format", "turtle", "-o", tmp_path / "claims"
    )
    assert done.code == 0
    assert {"story.ttl", "story-2.ttl"} <= {file.name for file in (tmp_path / "claims").iterdir()}


def test_a_plug_in_that_fails_stops_no_batch(
    kgcheck: Command,
    text: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Fails:
        def propose(self, source: SourceText, reading: object) -> list[Proposal]:
            if source.identifier == "story":
                raise KeyError("nothing")
            return []

    other = tmp_path / "other.txt"
    other.write_text(TEXT)
    monkeypatch.setattr("kgcheck.extract.plugins.load_extractor", lambda name: Fails())
    done = kgcheck("extract", text, other, "--with", "fails")
    assert done.code == 2
    assert "story.txt" in done.err
    assert json.loads(done.out)["document"]["identifier"] == "other"


def test_check_says_that_nobody_has_reviewed_them(kgcheck: Command, text: Path) -> None:
    done = kgcheck("check", text, "--format", "json")
    assert done.code == 0
    assert "nobody has reviewed them" in done.err
    assert json.loads(done.out)["summary"]["claims"] >= 2


CLASH = (
    "Seven of ten trains ran late. The mayor, Ada Marsh, said 70% of trains ran late in May 2023. "
    "Then 20% of trains ran late in May 2023.\n"
)


def test_findings_on_drafts_never_fail_the_run_by_default(kgcheck: Command, tmp_path: Path) -> None:
    (tmp_path / "clash.txt").write_text(CLASH)
    assert kgcheck("check", tmp_path / "clash.txt").code == 0


def test_drafts_contradict_each_other_and_fail_no_run(kgcheck: Command, tmp_path: Path) -> None:
    story = "{} in Kent\n\nPublished: {} May 2017\n\nThe recording rate for rape in Kent in 2016 was {}.\n"
    texts = tmp_path / "one.txt", tmp_path / "other.txt"
    texts[0].write_text(story.format("Crime figures", 3, "83.6 percent"))
    texts[1].write_text(story.format("How crimes are counted", 9, "71.2 percent"))
    said = kgcheck("check", *texts, "--format", "json")
    found = [finding for finding in json.loads(said.out)["findings"] if finding["verdict"] == "contradiction"]
    assert [finding["check"] for finding in found] == ["value-conflict"]
    assert not any(claim["reviewed"] for claim in found[0]["claims"])
    assert said.code == 0
    asked = kgcheck("check", *texts, "--fail-on", "contradiction", "--fail-on", "draft")
    assert asked.code == 1


def answer(monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    """What the person types."""
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))


def test_review_is_kept_and_goes_on(
    kgcheck: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "claims"
    answer(monkeypatch, "a\nq\n")
    first = kgcheck("review", text, "-o", place)
    assert first.code == 0
    assert "«78.4%»" in first.out
    assert sorted(drafts(place / "story.ttl").values()).count("reviewed") == 1
    answer(monkeypatch, "e\ntopic\nEmergency patients\n\n")  # the input ends, as if the terminal were closed
    kgcheck("review", text, "-o", place)
    kept = [json.loads(line) for line in (place / "story.review.jsonl").read_text().splitlines()]
    assert [one["decision"] for one in kept] == ["accept", "edit"]
    assert kept[1]["row"] == {"topic": "Emergency patients"}
    assert sorted(drafts(place / "story.ttl").values()).count("reviewed") == 2


def test_rejected_claims_are_left_out(
    kgcheck: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "q\n")
    kgcheck("review", text, "-o", tmp_path / "a")
    answer(monkeypatch, "r\nq\n")
    kgcheck("review", text, "-o", tmp_path / "b")
    assert len(drafts(tmp_path / "b" / "story.ttl")) == len(drafts(tmp_path / "a" / "story.ttl")) - 1


def test_decisions_on_another_text_are_not_used(
    kgcheck: Command, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "a\nq\n")
    kgcheck("review", text, "-o", tmp_path / "claims")
    text.write_text(TEXT + "More.\n")
    answer(monkeypatch, "q\n")
    done = kgcheck("review", text, "-o", tmp_path / "claims")
    assert done.code == 2
    assert "another text" in done.err

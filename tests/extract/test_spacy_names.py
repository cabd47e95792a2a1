"""The extractor `spacy`, with a pipeline made here: names by rule, nothing downloaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck.errors import UsageError
from kgcheck.extract import SourceText, extract
from kgcheck.extract.plugins import load_extractor

spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install kgcheck[spacy]")

STORY = (
    "The board met on Monday. madonna, chair of the trust, left early. "
    "Ann Reed, chief executive, said 5% was enough. Later madonna, leader of the pack, came back."
)


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A blank English pipeline whose ruler knows two people, on the disk."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PERSON", "pattern": name} for name in ("madonna", "Ann Reed")])
    ruler.add_patterns([{"label": "ORG", "pattern": "the trust"}])
    pipeline.to_disk(tmp_path / "names")
    monkeypatch.setenv("KGCHECK_SPACY_MODEL", str(tmp_path / "names"))
    return tmp_path / "names"


@pytest.mark.usefixtures("model")
def test_people_whom_the_rules_do_not_see() -> None:
    """One role for each person more; who is known already is left as the rules have it."""
    plain = extract(SourceText("x", STORY))
    extraction = extract(SourceText("x", STORY), [load_extractor("spacy")])
    more = [claim for claim in extraction.proposals if claim.notes.get("extractor") == "spacy"]
    assert [(claim.quote, claim.notes["post"]) for claim in more] == [
        ("madonna, chair of the trust", "chair of the trust")
    ]
    assert len(extraction.proposals) == len(plain.proposals) + 1
    assert all(STORY[claim.start : claim.end] == claim.quote for claim in extraction.proposals)
    assert not extraction.dropped


@pytest.mark.usefixtures("model")
def test_offsets_hold_beside_signs_of_any_width() -> None:
    text = "😀 e\u0301 \u202eשלום. madonna, chair of the trust, left.\n\n\x00 madonna spoke."
    extraction = extract(SourceText("x", text), [load_extractor("spacy")])
    assert "madonna, chair of the trust" in [claim.quote for claim in extraction.proposals]
    assert all(text[claim.start : claim.end] == claim.quote for claim in extraction.proposals)


def test_a_model_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KGCHECK_SPACY_MODEL", "no_such_model")
    with pytest.raises(UsageError, match="no_such_model"):
        load_extractor("spacy")

"""How well the rules read texts of other subjects than those that the packaged data is about.

The texts are made up. Those in `tuned` were looked at while the grammar was written; those in
`aside` were not, and say more about texts to come.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kgcheck.extract import Proposal, SourceText, extract

HERE = Path(__file__).parent / "unseen"
FLOORS = {
    "tuned": {"recall": 0.90, "figures": 0.95, "precision": 0.90},
    "aside": {"recall": 0.85, "figures": 0.90, "precision": 0.85},
}
FIGURES = frozenset({"statistic", "proportion", "grade", "rank"})
SCALES = {"percent": 1.0, "ratio": 100.0, "per_1000": 0.1}


def _value(value: Any, unit: str) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, int | float):
        return value * SCALES.get(unit, 1.0)
    return None if value is None else str(value).strip().lower()


def _overlap(gold: Mapping[str, Any], claim: Proposal) -> int:
    """How many characters two spans share where they say the same, else 0."""
    shared = min(gold["end"], claim.end) - max(gold["start"], claim.start)
    if shared <= 0:
        return 0
    said, found = _value(gold["value"], gold["unit"]), _value(claim.value, claim.unit)
    if said is None:
        return shared if shared * 2 >= gold["end"] - gold["start"] else 0
    if isinstance(said, float | int) and isinstance(found, float | int):
        return shared if abs(abs(said) - abs(found)) <= 0.005 * max(1e-9, abs(said)) else 0
    return shared if said == found else 0


def _matches(gold: Sequence[Mapping[str, Any]], claims: Sequence[Proposal]) -> list[tuple[int, int]]:
    pairs = sorted(
        ((_overlap(g, c), i, j) for i, g in enumerate(gold) for j, c in enumerate(claims)),
        key=lambda pair: -pair[0],
    )
    used: set[int] = set()
    taken: set[int] = set()
    found = []
    for shared, i, j in pairs:
        if shared and i not in used and j not in taken:
            used.add(i)
            taken.add(j)
            found.append((i, j))
    return found


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_made_up_texts(part: str) -> None:
    """Recall, recall of figures, and precision stay above their floors; so do the fields."""
    files = sorted((HERE / part).glob("*.txt"))
    assert len(files) >= 10
    wanted = figures = matched = matched_figures = proposed = 0
    right = dict.fromkeys(("kind", "comparator", "unit", "direction"), 0)
    for file in files:
        gold = json.loads(file.with_suffix(".json").read_text("utf-8"))["claims"]
        claims = extract(SourceText(file.stem, file.read_bytes().decode())).proposals
        found = _matches(gold, claims)
        wanted += len(gold)
        proposed += len(claims)
        matched += len(found)
        figures += sum(g["kind"] in FIGURES for g in gold)
        matched_figures += sum(gold[i]["kind"] in FIGURES for i, _ in found)
        for i, j in found:
            for field in right:
                right[field] += gold[i][field] == getattr(claims[j], field)
    floors = FLOORS[part]
    assert matched / wanted >= floors["recall"]
    assert matched_figures / figures >= floors["figures"]
    assert matched / proposed >= floors["precision"]
    assert right["kind"] / matched >= 0.85
    assert right["comparator"] / matched >= 0.92
    assert right["unit"] / matched >= 0.92
    assert right["direction"] / matched >= 0.85


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_speakers(part: str) -> None:
    """At least eight in ten of the labelled speakers are right."""
    told = right = 0
    for file in sorted((HERE / part).glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))["claims"]
        claims = extract(SourceText(file.stem, file.with_suffix(".txt").read_bytes().decode())).proposals
        for i, j in _matches(gold, claims):
            if "speaker" in gold[i]:
                told += 1
                right += gold[i]["speaker"].casefold() in (claims[j].speaker or "").casefold()
    assert told >= 15
    assert right / told >= 0.80

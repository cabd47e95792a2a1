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


def _days(iso: str | None) -> tuple[str, str] | None:
    """The first and the last day of an ISO 8601 text."""
    if not iso or iso.startswith("P"):
        return None
    first, _, last = iso.partition("/")
    last = last or first
    ends = {4: "-12-31", 7: "-31", 10: ""}
    return first + {4: "-01-01", 7: "-01", 10: ""}[len(first)], last + ends[len(last)]


def test_periods() -> None:
    """At least three in four of the labelled periods are right, by their days.

    "Since 2019" may begin with 2019 or after it; "this month" may end with the document's day.
    """
    told = right = 0
    for file in sorted((HERE / "tuned").glob("*.json")):
        gold = json.loads(file.read_text("utf-8"))["claims"]
        claims = extract(SourceText(file.stem, file.with_suffix(".txt").read_bytes().decode())).proposals
        for i, j in _matches(gold, claims):
            if "period" not in gold[i]:
                continue
            told += 1
            wanted, found = _days(gold[i]["period"]), _days(claims[j].period_iso)
            if wanted is None or found is None:
                continue
            since = wanted[1] == found[1] and abs(int(found[0][:4]) - int(wanted[0][:4])) <= 1
            so_far = wanted[0] == found[0] and wanted[1][:7] == found[1][:7]
            right += since or so_far
    assert told >= 60
    assert right / told >= 0.75


def test_sorting_by_confidence_is_useful() -> None:
    """On texts that the weights were not fitted on, more confident thirds are more often right."""
    rated: list[tuple[float, bool]] = []
    for file in sorted((HERE / "aside").glob("*.txt")):
        gold = json.loads(file.with_suffix(".json").read_text("utf-8"))["claims"]
        claims = extract(SourceText(file.stem, file.read_bytes().decode())).proposals
        right = {j for _, j in _matches(gold, claims)}
        rated += [(claim.confidence, j in right) for j, claim in enumerate(claims)]
    rated.sort()
    size = len(rated) // 3
    shares = [
        sum(right for _, right in part) / len(part)
        for part in (rated[:size], rated[size : 2 * size], rated[2 * size :])
    ]
    assert shares == sorted(shares)
    assert shares[-1] - shares[0] >= 0.10
    good = [score for score, right in rated if right]
    bad = [score for score, right in rated if not right]
    above = sum((a > b) + 0.5 * (a == b) for a in good for b in bad)
    assert above / (len(good) * len(bad)) >= 0.65

"""Fit the weights of `kgcheck.extract.confidence` on texts with marked claims.

usage: python -m bench.confidence FOLDER... [--aside FOLDER]... [--write]

A folder holds `name.txt` beside `name.json` with {"claims": [{"start", "end", "kind", "value", "unit"}]}.
A proposal is right where a marked claim overlaps it and says the same value; each is used once. The
weights are those of a logistic regression (gradient descent, L2 0.005, 3,000 steps): no library,
the same figures on every machine. Printed are, for what was fitted and for what was kept aside, the area
under the curve and, for five bins of equal size, the mean confidence beside the share that was right.
`--write` puts the weights into the package.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kgcheck.extract import SourceText, confidence, extract, extraction

HERE = Path(__file__).parent.parent / "src/kgcheck/extract/grammar/confidence.toml"
SCALES = {"percent": 1.0, "ratio": 100.0, "per_1000": 0.1}
STEPS, RATE, RIDGE = 3000, 0.5, 0.005
Row = tuple[dict[str, float], bool]


def _scaled(value: Any, unit: str) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, int | float):
        return abs(value) * SCALES.get(unit, 1.0)
    return None if value is None else str(value).casefold()


def _shared(marked: dict[str, Any], claim: Any) -> int:
    shared = min(marked["end"], claim.end) - max(marked["start"], claim.start)
    said, found = _scaled(marked["value"], marked["unit"]), _scaled(claim.value, claim.unit)
    if shared <= 0 or (said is None and shared * 2 < marked["end"] - marked["start"]):
        return 0
    if isinstance(said, float | int) and isinstance(found, float | int):
        return shared if abs(said - found) <= 0.005 * max(1e-9, said) else 0
    return shared if said is None or said == found else 0


def read_rows(folder: Path) -> list[Row]:
    """Each proposal on the texts of a folder: what speaks for it, and whether it was right."""
    rows: list[Row] = []
    for file in sorted(folder.glob("*.txt")):
        marked = json.loads(file.with_suffix(".json").read_text("utf-8"))["claims"]
        claims = extract(SourceText(file.stem, file.read_bytes().decode())).proposals
        pairs = sorted(
            ((_shared(m, c), i, j) for i, m in enumerate(marked) for j, c in enumerate(claims)),
            key=lambda pair: -pair[0],
        )
        used: set[int] = set()
        right: set[int] = set()
        for shared, i, j in pairs:
            if shared and i not in used and j not in right:
                used.add(i)
                right.add(j)
        rows += [(confidence.features(claim), j in right) for j, claim in enumerate(claims)]
    return rows


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """The weights under which what was right is most likely."""
    names = sorted({name for told, _ in rows for name in told})
    weights = dict.fromkeys(["bias", *names], 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(weights, 0.0)
        for told, right in rows:
            miss = (1.0 if right else 0.0) - chance(weights, told)
            slope["bias"] += miss
            for name, size in told.items():
                slope[name] += miss * size
        for name in weights:
            ridge = 0.0 if name == "bias" else RIDGE * weights[name]
            weights[name] += RATE * (slope[name] / len(rows) - ridge)
    return {name: round(weight, 2) for name, weight in weights.items()}


def chance(weights: dict[str, float], told: dict[str, float]) -> float:
    """The confidence that weights give."""
    total = weights["bias"] + sum(weights.get(name, 0.0) * size for name, size in told.items())
    return 1 / (1 + math.exp(-total))


def report(title: str, weights: dict[str, float], rows: Sequence[Row]) -> None:
    """Print the area under the curve and the bins."""
    told = sorted((chance(weights, features), right) for features, right in rows)
    good = [score for score, right in told if right]
    bad = [score for score, right in told if not right]
    above = sum((a > b) + 0.5 * (a == b) for a in good for b in bad) / max(1, len(good) * len(bad))
    print(f"{title}: {len(told)} proposals, {len(good)} right, area under the curve {above:.2f}")
    size = max(1, math.ceil(len(told) / 5))
    for first in range(0, len(told), size):
        part = told[first : first + size]
        mean, share = sum(s for s, _ in part) / len(part), sum(r for _, r in part) / len(part)
        print(f"  confidence {part[0][0]:.2f} to {part[-1][0]:.2f}: mean {mean:.2f}, right {share:.2f}")


def main(words: Sequence[str]) -> None:
    setattr(extraction, "rate", lambda claim: claim.confidence)  # noqa: B010  # the rules' own is weighed
    aside = [Path(words[i + 1]) for i, word in enumerate(words) if word == "--aside"]
    folders = [Path(word) for word in words if not word.startswith("--") and Path(word) not in aside]
    rows = [row for folder in folders for row in read_rows(folder)]
    weights = fit(rows)
    report("fitted", weights, rows)
    if aside:
        report("aside", weights, [row for folder in aside for row in read_rows(folder)])
    text = "# What speaks for a proposal and against it; made by bench/confidence.py.\n[weights]\n"
    text += "".join(f'"{name}" = {weight}\n' for name, weight in weights.items())
    if "--write" in words:
        HERE.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main(sys.argv[1:])

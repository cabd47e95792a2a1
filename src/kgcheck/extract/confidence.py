"""How sure it is that a proposal is a claim that a reader would make: a weighted sum, kept as data.

The rules give each proposal a confidence of their own; what is known of it once it has its scope
changes that. The weights are those of a logistic regression on texts with claims that people marked,
in `grammar/confidence.toml`; `python -m bench.confidence` says how they were made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import read_table

_WEIGHTS: Mapping[str, float] = read_table("confidence.toml")["weights"]
_LEAST, _MOST = 0.02, 0.98
_SMALL = 10


def features(claim: Proposal) -> dict[str, float]:
    """What speaks for or against a proposal, by name; `rule` is the confidence of the rule itself."""
    told = {f"kind {claim.kind}": 1.0, "rule": _logit(claim.confidence)}
    value = claim.value
    facts = {
        "cell of a table": "row" in claim.notes or "column" in claim.notes,
        "in quotation marks": bool(claim.notes.get("quoted")),
        "in the headline": claim.headline,
        "small bare number": claim.unit == "count" and isinstance(value, int | float) and abs(value) < _SMALL,
        "bare number": claim.unit == "count" and claim.stated == claim.quote,
        "hedged": claim.comparator != "=" or claim.approx,
        "long quote": len(claim.quote) > 60,
        "linked measure": "measure" in claim.notes.get("links", {}),
        "measure without a name": claim.kind in {"statistic", "trend", "rank"} and claim.measure is None,
        "period from elsewhere": "period" in claim.notes.get("inferred", ()),
        "trend without a figure": claim.kind == "trend" and value is None,
        "denial": claim.polarity == "negate",
        "of the article": claim.speaker in (None, "article") and claim.kind != "role",
    }
    told.update({name: 1.0 for name, holds in facts.items() if holds})
    return told


def rate(claim: Proposal) -> float:
    """The confidence of a proposal that has its scope, between 0 and 1."""
    told = features(claim)
    total = _WEIGHTS.get("bias", 0.0) + sum(_WEIGHTS.get(name, 0.0) * size for name, size in told.items())
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 2)


def _logit(share: float) -> float:
    share = min(_MOST, max(_LEAST, share))
    return math.log(share / (1 - share))

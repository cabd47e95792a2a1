"""The packaged shapes, by kgcheck's own engine and by pySHACL."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time
from typing import Any


def validated(data: str, vocabulary: str, engine: Any) -> dict[str, Any]:
    """The results and the time, loading left out."""
    from kgcheck.engines.local import load
    from kgcheck.validation import validate

    store = load([Path(data)], [Path(vocabulary)]).store
    clock, processor = perf_counter(), process_time()
    found = validate(store, engine=engine)
    return {
        "seconds": perf_counter() - clock,
        "processor": process_time() - processor,
        "violations": [repr(violation) for violation in found.violations],
        "invalid": sorted(found.invalid),
    }

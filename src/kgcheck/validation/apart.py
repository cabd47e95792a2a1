"""Shapes from outside, applied in a worker process.

A pattern such as `^(a+)+$` keeps Python's regular expressions busy for ever, and a constraint in SPARQL
may ask other endpoints. The packaged shapes hold neither and run where they are called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kgcheck.model.report import Violation
from kgcheck.store import Store
from kgcheck.store.workers.entry import Channel
from kgcheck.store.workers.limits import Limits
from kgcheck.store.workers.process import call
from kgcheck.validation.engine import Engine, find_violations, log
from kgcheck.validation.shapes import read_shapes

_SECONDS_PER_QUAD = 1e-3


def validate_apart(store: Store, shapes: Path, limits: Limits, engine: Engine) -> tuple[Violation, ...]:
    """What `engine.find_violations` finds on `store` with the shapes in the folder `shapes`.

    Raises CheckError and InputError as that and `read_shapes` do, and LimitError.
    """
    size = len(store.raw)
    told = call(
        "kgcheck.validation.apart:violations",
        {"shapes": str(shapes), "engine": engine},
        limits.for_work(size * _SECONDS_PER_QUAD),
        doing="validating",
        feed=lambda out: store.raw.dump(out, ox.RdfFormat.N_QUADS),
        given=size,
    )
    for note in told["notes"]:
        log(note)
    return tuple(Violation(**violation) for violation in told["violations"])


def violations(arguments: Mapping[str, Any], channel: Channel) -> Any:
    """The worker's part of `validate_apart`."""
    from rdflib.plugins import sparql

    sparql.SPARQL_LOAD_GRAPHS = False
    store = Store()
    store.raw.bulk_load(channel.input, ox.RdfFormat.N_QUADS, lenient=True)
    folder = Path(arguments["shapes"])
    channel.at("reading shapes", folder)
    shapes = read_shapes(folder)
    channel.at("validating with the shapes", folder)
    notes: list[str] = []
    found = find_violations(store, shapes, arguments["engine"], notes.append)
    return {"violations": [asdict(violation) for violation in found], "notes": notes}

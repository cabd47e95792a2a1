"""Reading a file into Oxigraph: by itself, and as kgcheck does it."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time


def bare(path: str, *, bulk: bool, folder: str | None = None) -> dict[str, float]:
    """pyoxigraph alone; with a `folder` to disk."""
    import pyoxigraph as ox

    store = ox.Store(folder) if folder else ox.Store()
    clock, processor = perf_counter(), process_time()
    (store.bulk_load if bulk else store.load)(path=path)
    return {"seconds": perf_counter() - clock, "processor": process_time() - processor}


def ours(path: str) -> dict[str, float]:
    """kgcheck's own loading into memory, in a worker process and within limits."""
    from kgcheck.store import Store
    from kgcheck.store.workers.limits import Limits

    clock = perf_counter()
    Store().load([Path(path)], limits=Limits())
    return {"seconds": perf_counter() - clock}

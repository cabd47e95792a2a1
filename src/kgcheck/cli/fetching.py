"""What --endpoint fetches, as a path for a command to work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kgcheck.cli.inputs import worker_limits
from kgcheck.cli.progress import progress
from kgcheck.errors import UsageError


@contextmanager
def fetched(
    endpoint: str | None, graphs: Sequence[str], rows: int | None, paths: Sequence[Path]
) -> Iterator[tuple[Path, ...]]:
    """The file with what the service at `endpoint` holds; without one, `paths` as they are.

    Raises UsageError where both are given, or options of a service without a service, and EndpointError
    where the service cannot be read.
    """
    if endpoint is None:
        if graphs or rows:
            raise UsageError("--endpoint-graph and --endpoint-page go with --endpoint")
        yield tuple(paths)
        return
    if paths:
        raise UsageError("--endpoint leaves no room for a PATH or a store", remedy="give one or the other")
    from kgcheck.engines.endpoint import ROWS, SECONDS, Service, fetch

    limits = worker_limits()
    service = Service(endpoint, seconds=(limits.seconds if limits else None) or SECONDS)
    with progress() as tell, fetch(service, graphs, rows=rows or ROWS, tell=tell) as found:
        yield (found.path,)

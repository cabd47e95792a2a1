"""One step by itself: the blocks in which values conflict, and the claims in them."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

TIMES = 3
"""How often the step is done; the middle one counts."""

CHECK = "value-conflict"


def oxigraph(derived: str) -> dict[str, Any]:
    """The check's query, as it stands, over the derived graph."""
    import pyoxigraph as ox

    from kgcheck.checks.registry import load_checks
    from kgcheck.namespaces import DERIVED

    store = ox.Store()
    store.bulk_load(path=derived, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(DERIVED))
    query = load_checks()[CHECK].query
    times: list[tuple[float, float]] = []
    rows: list[str] = []
    for _ in range(TIMES):
        clock, processor = perf_counter(), process_time()
        solutions: Any = store.query(query)
        rows = [f"{row['block'].value} {row['claim'].value}" for row in solutions]
        times.append((perf_counter() - clock, process_time() - processor))
    return {
        "seconds": median(t for t, _ in times),
        "processor": median(t for _, t in times),
        "rows": sorted(rows),
    }


def columns(derived: str) -> dict[str, Any]:
    """MIN and MAX for each key in DuckDB, then the claims of these keys, from ready columns."""
    import duckdb
    import pyoxigraph as ox

    store = ox.Store()
    store.bulk_load(path=derived, format=ox.RdfFormat.N_TRIPLES)
    solutions: Any = store.query("""
        PREFIX kgc: <https://w3id.org/kgcheck/ontology#>
        SELECT ?block ?claim ?low ?high WHERE {
          ?claim kgc:blockSame ?block ; kgc:innerLower ?low ; kgc:innerUpper ?high ; kgc:valueName ?name
          FILTER(!STRENDS(?name, "rank"))
        }""")
    ready = Path(derived).with_suffix(".csv")
    with ready.open("w", encoding="utf-8") as file:
        for row in solutions:
            file.write(",".join(term.value for term in row) + "\n")
    tables = duckdb.connect()
    tables.execute(
        "CREATE TABLE found AS SELECT * FROM read_csv(?, header = false, columns = "
        "{'block': 'VARCHAR', 'claim': 'VARCHAR', 'low': 'DOUBLE', 'high': 'DOUBLE'})",
        [str(ready)],
    )
    times: list[tuple[float, float]] = []
    rows: list[str] = []
    for _ in range(TIMES):
        clock, processor = perf_counter(), process_time()
        fetched = tables.execute("""
            SELECT block || ' ' || claim FROM found WHERE block IN (
              SELECT block FROM found GROUP BY block
              HAVING max(low) >= min(high) AND (min(low) < max(low) OR min(high) < max(high)))
            """).fetchall()
        times.append((perf_counter() - clock, process_time() - processor))
        rows = [row for (row,) in fetched]
    return {
        "seconds": median(t for t, _ in times),
        "processor": median(t for _, t in times),
        "rows": sorted(rows),
    }

"""The same findings from files and from real services, however these keep and cut what they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgcheck.engines.endpoint import DEFAULT_GRAPH, Service, fetch
from kgcheck.engines.local import run_check
from kgcheck.model.report import Report

Identity = Callable[[Report], Any]

SETS = ("kent", "synthetic-300")


@pytest.fixture(scope="module")
def embedded(data: Any, identity: Identity) -> Callable[[str], Any]:
    """What a run over files finds in a data set."""
    known: dict[str, Any] = {}

    def find(name: str) -> Any:
        if name not in known:
            known[name] = identity(run_check([data(name).graphs]))
            assert known[name][0], "a data set without findings shows nothing"
        return known[name]

    return find


def test_files_made_for_services_hold_what_is_packaged(embedded: Any, identity: Identity) -> None:
    assert embedded("kent") == identity(run_check(None))


def found(url: str, identity: Identity, *graphs: str, rows: int = 10_000) -> Any:
    with fetch(Service(url), graphs, rows=rows) as fetched:
        return identity(run_check([fetched.path]))


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("server", ["oxigraph", "virtuoso"])
def test_graphs_of_their_own(
    name: str, server: str, data: Any, embedded: Any, identity: Identity, request: pytest.FixtureRequest
) -> None:
    with request.getfixturevalue(server)(data(name).graphs) as url:
        assert found(url, identity) == embedded(name)
        assert found(url, identity, rows=400) == embedded(name)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("server", ["oxigraph", "virtuoso"])
def test_everything_in_one_graph(
    name: str, server: str, data: Any, embedded: Any, identity: Identity, request: pytest.FixtureRequest
) -> None:
    """Virtuoso has no graph without a name, so there it is one with a name."""
    with request.getfixturevalue(server)(data(name).triples) as url:
        assert found(url, identity) == embedded(name)
        assert found(url, identity, rows=400) == embedded(name)


def test_the_default_graph_is_all_graphs(data: Any, embedded: Any, identity: Identity, oxigraph: Any) -> None:
    with oxigraph(data("kent").graphs, "--union-default-graph") as url:
        assert found(url, identity) == embedded("kent")
        assert found(url, identity, DEFAULT_GRAPH, rows=1_000) == embedded("kent")


def test_a_service_that_gives_fewer_rows_than_asked_for(
    data: Any, embedded: Any, identity: Identity, virtuoso: Any
) -> None:
    with virtuoso(data("kent").graphs, rows=700) as url:
        assert found(url, identity) == embedded("kent")


@pytest.mark.slow
@pytest.mark.parametrize("server", ["oxigraph", "virtuoso"])
def test_ten_thousand_claims(
    server: str, data: Any, embedded: Any, identity: Identity, request: pytest.FixtureRequest
) -> None:
    name = "synthetic-10000"
    with request.getfixturevalue(server)(data(name).graphs) as url:
        assert found(url, identity) == embedded(name)


def test_a_service_that_runs_out_of_time(check: Any, oxigraph: Any, tmp_path: Path) -> None:
    """Oxigraph breaks off in the middle of an answer that began with HTTP 200."""
    numbers = tmp_path / "numbers.nq"
    document = "<https://example.org/d>"
    lines = [
        f"{document} <https://example.org/p{n}> <https://example.org/{m}> {document} .\n"
        for n in range(600)
        for m in range(700)
    ]
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kgcheck/ontology#Document>"
    numbers.write_text(f"{document} {kind} {document} .\n{''.join(lines)}")
    with oxigraph(numbers, "--timeout-s", "1") as url:
        outcome = check("--endpoint", url, "--endpoint-page", "1000000")
    assert outcome.code == 2
    assert outcome.out == ""
    assert "could not check" in outcome.err

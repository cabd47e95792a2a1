"""However the derived graph is cut up by block, the findings are those of the whole."""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from kgcheck.checks.partitions import Share, answer, common, completed, members, route
from kgcheck.checks.registry import Check, load_checks
from kgcheck.checks.runner import Find
from kgcheck.engines.local import run_check
from kgcheck.findings.forming import Forming
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.store import Store

CASES = Path(__file__).parent / "cases"
FIRING = {name: sorted((CASES / name).glob("fires-*.ttl")) for name in load_checks()}


def cut(partitions: int) -> Find:
    """A way to run checks partition by partition, in which everything is pickled as it would travel."""

    def find(checks: Sequence[Check], store: Store, forming: Forming, _: object = None) -> Iterable[Finding]:
        shares: dict[int, list[Share]] = defaultdict(list)
        for member in members(store, forming.claims):
            for partition, share in route(pickle.loads(pickle.dumps(member)), partitions):  # noqa: S301
                shares[partition].append(share)
        shared = pickle.loads(pickle.dumps(common(checks, forming)))  # noqa: S301
        told = [
            each
            for partition in range(partitions)
            for each in answer(partition, partitions, shares[partition], shared)
        ]
        return completed(pickle.loads(pickle.dumps(told)), checks, forming)  # noqa: S301

    return find


@pytest.mark.parametrize("partitions", [1, 2, 13])
def test_packaged_data(partitions: int) -> None:
    whole, parts = run_check(None), run_check(None, find=cut(partitions))
    assert parts.findings == whole.findings
    assert parts.groups == whole.groups


@pytest.mark.parametrize("name", FIRING)
def test_every_check_fires_in_partitions(name: str, run: Callable[..., Report]) -> None:
    case = FIRING[name][0]
    whole = run([case])
    assert any(name == finding.check or name in finding.also for finding in whole.findings)
    texts = case.with_suffix("")
    parts = run_check([case], texts=texts if texts.is_dir() else None, find=cut(5))
    assert parts.findings == whole.findings


def test_all_cases_are_there() -> None:
    assert len(FIRING) >= 55
    assert all(FIRING.values())

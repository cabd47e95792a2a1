"""Crowded blocks cost in proportion to their claims: counted in rows and in questions to the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bench.hot import many_blocks, one_block

from kgcheck.engines.local import run_check
from kgcheck.findings.gate import Gate
from kgcheck.model.verdict import Verdict

SMALL, LARGE = 100, 400  # as many speakers, so that none speaks twice

ROOM = 1.15
"""How much more than in proportion is let pass: whatever happens once for each run, or each sort."""

Line = Callable[[str], str | None]


def all_different(line: str) -> str | None:
    """Each claim has a value of its own."""
    return line


def all_alike(line: str) -> str | None:
    """All claims have one value."""
    return line if "statedValue" not in line else line.replace(line.split('"')[1], "£100,001")


def half_undated(line: str) -> str | None:
    """Every other claim says nothing about its time."""
    odd = line.partition(">")[0][-1] in "13579"
    return None if odd and ("#period" in line or "#statedPeriod" in line) else line


def one_source(line: str) -> str | None:
    """All claims, of one value, rest on one source."""
    said = all_alike(line)
    if said and "statedValue" in said:
        subject, graph = said.split(" ")[0], said.split(" ")[-2]
        source = "<http://www.w3.org/ns/prov#hadPrimarySource> <https://example.org/bench/source-0-1>"
        return f"{said}{subject} {source} {graph} .\n"
    return said


CROWDS: tuple[Line, ...] = (all_different, all_alike, half_undated, one_source)


def counted(
    folder: Path, claims: int, change: Line, monkeypatch: pytest.MonkeyPatch
) -> tuple[Counter[str], Any]:
    """Rows of each check, questions to the gate and scopes compared; and the report."""
    data, words = one_block(folder, claims)
    changed = [change(line) for line in data.read_text("utf-8").splitlines(keepends=True)]
    data.write_text("".join(line for line in changed if line), "utf-8")
    found: Counter[str] = Counter()
    with monkeypatch.context() as patched:
        for name in ("judge", "apart"):
            patched.setattr(Gate, name, _counting(found, f"gate: {name}", getattr(Gate, name)))
        report = run_check(
            [data],
            vocabulary=[words],
            count=lambda check, _, rows, *__: found.update({f"rows: {check}": rows}),
        )
    assert len(report.claims) == claims
    return found, report


def _counting(found: Counter[str], name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
    def asked(*arguments: Any, **options: Any) -> Any:
        found[name] += 1
        return ask(*arguments, **options)

    return asked


@pytest.mark.parametrize("crowd", CROWDS, ids=lambda crowd: crowd.__name__)
def test_work_grows_as_claims_do(crowd: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small, _ = counted(tmp_path / "small", SMALL, crowd, monkeypatch)
    large, _ = counted(tmp_path / "large", LARGE, crowd, monkeypatch)
    growth = ROOM * LARGE / SMALL
    assert max(large.values()) >= LARGE
    steep = {what: (small[what], times) for what, times in large.items() if times > growth * small[what] + 50}
    assert steep == {}


def test_each_value_is_a_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found, report = counted(tmp_path, SMALL, all_different, monkeypatch)
    assert found["rows: value-conflict"] == SMALL
    (conflict,) = [finding for finding in report.findings if finding.verdict is Verdict.CONTRADICTION]
    assert (conflict.check, len(conflict.parties)) == ("value-conflict", SMALL)
    assert {party.side for party in conflict.parties} == set(range(1, SMALL + 1))


def test_blocks_of_their_own_have_nothing_to_find(tmp_path: Path) -> None:
    data, words = many_blocks(tmp_path, SMALL)
    report = run_check([data], vocabulary=[words])
    assert len(report.claims) == SMALL
    assert report.findings == ()

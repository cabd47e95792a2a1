"""--timings: seconds, rows, blocks and findings, beside a report that stays as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from bench.generator import generate

from kgcheck.cli.timing import Stopwatch
from kgcheck.model.timing import Timed

Kgcheck = Callable[..., Any]


def test_a_table_on_standard_error(kgcheck: Kgcheck) -> None:
    plain, timed = kgcheck("check"), kgcheck("check", "--timings")
    assert (timed.code, timed.out) == (plain.code, plain.out)
    lines = timed.err.removeprefix(plain.err).splitlines()
    assert [line.split("  ")[0] for line in lines[:8]] == [
        "step",
        "loading",
        "validating",
        "deriving",
        "tracing sources",
        "checks",
        "merging findings",
        "in all",
    ]
    assert lines[9].split() == ["check", "seconds", "rows", "blocks", "findings"]
    seconds = [float(line.split()[1]) for line in lines[10:]]
    assert len(seconds) > 50
    assert seconds == sorted(seconds, reverse=True)


def test_json_has_it_under_its_own_key_and_is_as_it_was(kgcheck: Kgcheck) -> None:
    plain, timed = kgcheck("check", "--format", "json"), kgcheck("check", "--format", "json", "--timings")
    record = json.loads(timed.out)
    timings = record.pop("timings")
    assert record == json.loads(plain.out)
    assert timed.err == plain.err
    checks = {entry["check"]: entry for entry in timings["checks"]}
    assert set(checks) == set(record["checks"])
    assert checks["value-conflict"]["rows"] > 0
    assert all(entry["blocks"] <= entry["rows"] for entry in checks.values())
    told = {finding["check"] for finding in record["findings"]}
    assert told <= {name for name, entry in checks.items() if entry["findings"]}


def test_checks_from_outside_are_timed_as_well(kgcheck: Kgcheck, checkout: Path, tmp_path: Path) -> None:
    source = checkout / "src" / "kgcheck" / "checks" / "grade-conflict.rq"
    text = source.read_text("utf-8").replace('id = "grade-conflict"', 'id = "own-check"')
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own-check.rq").write_text(text, "utf-8")
    told = json.loads(kgcheck("check", "--checks", "own", "--format", "json", "--timings").out)["timings"]
    assert "own-check" in {entry["check"] for entry in told["checks"]}
    assert "queries of checks from outside" in {entry["stage"] for entry in told["stages"]}


def test_a_store_is_timed_as_a_file_is(kgcheck: Kgcheck, tmp_path: Path) -> None:
    made = generate(tmp_path / "made", 200)
    assert kgcheck("add", made.data, made.vocabulary, "--store", "store").code == 0
    rest = ("--format", "json", "--timings")
    files = json.loads(kgcheck("check", made.data, made.vocabulary, *rest).out)["timings"]
    first, second = (json.loads(kgcheck("check", "--store", "store", *rest).out)["timings"] for _ in range(2))
    counted = [
        {e["check"]: (e["rows"], e["findings"]) for e in timings["checks"]} for timings in (files, first)
    ]
    assert counted[0] == counted[1]
    assert sum(entry["rows"] for entry in second["checks"]) == 0


def test_a_step_lasts_until_the_next_one() -> None:
    clock = (float(second) for second in count())
    watch = Stopwatch(lambda: next(clock))
    heard: list[str] = []
    tell = watch.listening(heard.append)
    for step in ("loading", "value-conflict", "loading"):
        tell(step)
    watch.count("value-conflict", 0.5, 3, 2, 1)
    watch.count("value-conflict", 0.25, 1, 0, 0)
    watch.stop()
    assert heard == ["loading", "value-conflict", "loading"]
    assert watch.timed == (Timed("loading", 2.0), Timed("value-conflict", 1.0, 4, 2, 1, 0.75))

"""Each part of the bench works and finds the same by both of its ways, with few claims."""

import subprocess
import sys

import pytest
from bench.measuring import Failed, kgcheck, measure
from bench.parts import Plan, crowding, incremental
from bench.table import Line, Part, exponent, head, markdown, text


@pytest.mark.slow
def test_incremental_and_from_scratch_find_the_same(tmp_path):
    part = incremental(Plan(tmp_path, quick=True))
    assert part.differ == []
    assert len([said for said in part.says if said.endswith("identical.")]) == 2


def test_crowding_is_measured(tmp_path):
    part = crowding(Plan(tmp_path, quick=True))
    assert [line.claims for line in part.lines] == [100, 100]
    assert all(line.memory > 10_000_000 for line in part.lines if line.memory is not None)


@pytest.mark.slow
def test_quick_run_of_everything():
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "identical" in done.stdout
    assert "DIFFERENT" not in done.stdout


def test_a_process_that_fails_is_no_measurement():
    with pytest.raises(Failed, match="no-such-file"):
        kgcheck("check", "no-such-file.ttl")


def test_time_of_processors_and_memory_are_those_of_descendants_too():
    work = "import subprocess, sys; x = b'x' * 60_000_000; "
    child = "sum(range(5_000_000))"
    measured = measure(["-c", f"{work} subprocess.run([sys.executable, '-c', {child!r}])"])
    assert measured.processor > 0.05
    assert measured.memory > 50_000_000


def test_results_that_differ_are_told():
    part = Part("something")
    part.same("one thing", [1], [1])
    part.same("another", [1], [2])
    assert part.differ == ["another"]
    assert part.says == ["one thing: identical.", "another: DIFFERENT."]


def test_table():
    part = Part("Loading", [Line("to memory", 1_000, 0.1234, 12.34, 5_400_000, "bare")], ["Fast."])
    assert head().split() == ["claims", "processor", "clock", "memory"]
    assert text(part).splitlines() == [
        "",
        "Loading",
        "to memory                                     1,000     0.123 s      12.3 s       5 MB  bare",
        "  Fast.",
    ]
    assert markdown([part]).splitlines() == [
        "### Loading",
        "",
        "| | claims | processor | clock | memory | |",
        "|---|--:|--:|--:|--:|---|",
        "| to memory | 1,000 | 0.123 s | 12.3 s | 5 MB | bare |",
        "",
        "- Fast.",
    ]


def test_exponents_are_those_of_powers():
    assert exponent([(10, 3.0), (100, 30.0), (1_000, 300.0)]) == pytest.approx(1)
    assert exponent([(10, 1.0), (100, 100.0)]) == pytest.approx(2)

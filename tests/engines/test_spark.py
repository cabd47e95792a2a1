"""The same report from Spark, in processes of their own: a Java virtual machine is started for each."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from bench.generator import generate

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("pyspark") is None, reason="pyspark is missing: pip install 'kgcheck[spark]'"
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="there is no Java here: install Java 17"),
]


def check(*arguments: str, place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kgcheck", "check", *arguments],
        capture_output=True,
        text=True,
        cwd=place,
        env={**os.environ, **environment},
        timeout=1200,
        check=False,
    )


def report(*arguments: str, place: Path) -> Any:
    done = check(*arguments, "--format", "json", "--fail-on", "none", place=place)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_packaged_data(tmp_path: Path) -> None:
    spark = report("--engine", "spark", place=tmp_path)
    assert spark["findings"]
    assert spark == report(place=tmp_path)


@pytest.mark.parametrize("claims", [int(os.environ.get("KGCHECK_SYNTHETIC", "10000"))])
def test_synthetic_claims(claims: int, synthetic: Callable[[int], str], tmp_path: Path) -> None:
    quads = ox.parse(synthetic(claims).encode(), ox.RdfFormat.TRIG)
    ox.serialize(quads, str(tmp_path / "claims.nq"), ox.RdfFormat.N_QUADS)
    spark = report("claims.nq", "--engine", "spark", place=tmp_path)
    assert spark["summary"]["claims"] == claims
    assert len(spark["findings"]) > claims / 10
    assert spark == report("claims.nq", place=tmp_path)


def test_java_that_is_not_there(tmp_path: Path) -> None:
    done = check("--engine", "spark", place=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 2
    assert "needs Java" in done.stderr
    assert done.stdout == ""


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with made-up claims as N-Quads and as Parquet."""
    folder = tmp_path_factory.mktemp("parquet")
    made = generate(folder, 300)
    script = Path(__file__).with_name("parquet_files.py")
    subprocess.run([sys.executable, script, made.data, folder], check=True, timeout=600, capture_output=True)
    return folder


@pytest.mark.parametrize("columns", ["terms", "bare"])
def test_parquet(columns: str, parquet: Path) -> None:
    expected = report("claims.nq", "vocabulary.ttl", place=parquet)
    assert len(expected["findings"]) > 10
    assert expected == report(f"{columns}.parquet", "vocabulary.ttl", "--engine", "spark", place=parquet)


def test_parquet_of_something_else(parquet: Path) -> None:
    done = check("short.parquet", "--engine", "spark", place=parquet)
    assert done.returncode == 2
    assert "short.parquet: the Parquet file has no column 'predicate'" in done.stderr
    assert done.stdout == ""

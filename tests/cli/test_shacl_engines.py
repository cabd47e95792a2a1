"""--shacl: who checks the shapes, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgcheck.cli.run import run
from kgcheck.validation.engine import log

CASES = Path(__file__).parents[1] / "shapes" / "cases"
FILES = sorted(str(file) for file in (CASES / "trend-claim").rglob("violating*.ttl"))


@pytest.mark.parametrize("command", ["validate", "check"])
def test_both_engines_say_the_same(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for engine in ("compiled", "pyshacl"):
        code = run([command, *FILES, "--format", "json", "--shacl", engine])
        said.append((code, capsys.readouterr().out))
    assert said[0] == said[1]
    assert said[0][0] == 1


@pytest.mark.parametrize(("arguments", "told"), [((), ""), (("-v",), "kgcheck: pySHACL checks it\n")])
def test_what_is_left_to_pyshacl_is_told_with_v(
    arguments: tuple[str, ...],
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)

    def validate(*_: object, **__: object) -> None:
        log("pySHACL checks it")
        raise KeyboardInterrupt

    monkeypatch.setattr("kgcheck.validation.validate", validate)
    run(["validate", FILES[0], *arguments])
    assert told in capsys.readouterr().err
    assert ("pySHACL" in told) == bool(arguments)

"""A project on disk, from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kgcheck.assets import folder

KENT = "https://w3id.org/kgcheck/data/kent/"
SEED = "000_8b65f1bc9b5898b5"


@pytest.fixture
def data() -> Path:
    return folder("data") / "kent"


def test_a_store_gives_the_same_answers_as_its_files(kgcheck: Any, data: Path) -> None:
    added = kgcheck("add", data, "--store", "archive")
    assert (added.code, added.err) == (0, "")
    assert added.out.splitlines()[0] == f"added  {KENT}{SEED}"
    assert len(added.out.splitlines()) == 12
    for command in (("check", "--format", "json"), ("validate",), ("export", "--format", "nquads")):
        stored, packaged = kgcheck(*command, "--store", "archive"), kgcheck(*command)
        assert (stored.code, stored.out) == (packaged.code, packaged.out)
    count = ("query", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "--format", "csv")
    assert kgcheck(*count, "--store", "archive").out == kgcheck(*count).out
    assert kgcheck(*count, "--data", "archive").out == kgcheck(*count).out


def test_steps(kgcheck: Any, data: Path) -> None:
    file = data / "documents" / f"{SEED}.ttl"
    kgcheck("add", file, "--store", "archive")
    assert kgcheck("replace", file, "--store", "archive").out == f"replaced  {KENT}{SEED}\n"
    assert kgcheck("remove", SEED, "--store", "archive").out == f"removed  {KENT}{SEED}\n"
    assert kgcheck("add", data / "agents.ttl", "--store", "archive").out.endswith("belong to no document\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "FILE", "--store", "archive"), "is stored already"),
        (("add", "FILE"), "--store"),
        (("replace", "OTHER", "--store", "archive"), "is not stored"),
        (("remove", "000_8b65f1bc9b", "--store", "archive"), f"Did you mean {SEED}"),
        (("remove", SEED, "--store", "nowhere"), "there is no store here"),
        (("check", "--store", "nowhere"), "no such file or folder"),
        (("check", "--store", "archive", "FILE", "--since-last"), "Name the store alone"),
        (("check", "--store", "archive", "--since-last", "--baseline", "r.json"), "Give one of them"),
        (("add", "FILE", "--store", "."), "this is no store of kgcheck"),
    ],
)
def test_refusals(arguments: tuple[str, ...], words: str, kgcheck: Any, data: Path) -> None:
    files = {
        "FILE": data / "documents" / f"{SEED}.ttl",
        "OTHER": data / "records" / "01_kent-cdi-hmic-2017.ttl",
    }
    kgcheck("add", files["FILE"], "--store", "archive")
    outcome = kgcheck(*(files.get(argument, argument) for argument in arguments))
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err


def test_news_of_a_store(kgcheck: Any, data: Path) -> None:
    """What a document brings is told once, in every form, and only that decides on the exit code."""
    everything = ("check", "--store", "archive", "--fail-on", "tension")
    kgcheck("add", data, "--store", "archive")
    assert kgcheck(*everything).code == 1
    nothing = kgcheck(*everything, "--since-last")
    assert nothing.code == 0
    assert "0 new, 0 changed, 0 gone; all else is as it was." in nothing.out
    assert "No contradiction and no tension is new among" in nothing.out
    kgcheck("remove", SEED, "--store", "archive")
    gone = json.loads(kgcheck(*everything, "--since-last", "--format", "json").out)
    assert (gone["baseline"]["new"], gone["baseline"]["unchanged"]) == ([], None)
    assert gone["baseline"]["gone"]
    kgcheck("add", data / "documents" / f"{SEED}.ttl", "--store", "archive")
    back = kgcheck(*everything, "--since-last", "--format", "json")
    found = json.loads(back.out)
    assert back.code == 1
    assert sorted(found["baseline"]["new"]) == sorted(one["id"] for one in gone["baseline"]["gone"])
    for form in ("text", "markdown", "html", "json", "jsonl", "csv", "sarif", "junit", "turtle"):
        assert kgcheck(*everything, "--since-last", "--format", form).code == 0

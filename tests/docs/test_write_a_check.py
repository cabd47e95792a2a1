"""docs/write-a-check.md names what there is: keys, strategies, conflicts, placeholders, columns."""

from __future__ import annotations

import re
from pathlib import Path

from kgcheck.assets import folder
from kgcheck.checks.header import CONFLICTS, STRATEGIES
from kgcheck.checks.registry import load_checks
from kgcheck.derive import derive
from kgcheck.semantics import load_policy
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "write-a-check.md").read_text(encoding="utf-8")
TABLES = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))


def test_strategies_and_conflicts() -> None:
    for name in (*STRATEGIES, *CONFLICTS):
        assert f"| `{name}` |" in TABLES


def test_header_keys() -> None:
    used = {
        key
        for check in load_checks().values()
        for key in re.findall(r"^#\+ (\w+) =", check.path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert used
    for key in used:
        assert f"| `{key}` |" in TABLES


def test_placeholders() -> None:
    used = {
        name.removeprefix("other_")
        for check in load_checks().values()
        for template in (check.message, check.innocent, check.settle, check.question)
        for name in re.findall(r"\{(\w+)\}", template)
    }
    assert used
    for name in used:
        assert f"`{{{name}}}`" in PAGE


def test_columns_exist() -> None:
    store = Store()
    store.load_ontology()
    store.load([folder("data")])
    derived = Store()
    derive(store, derived, read_vocabulary(store), load_policy("default"))
    rows = derived.select(
        "SELECT DISTINCT ?p FROM <https://w3id.org/kgcheck/ontology#derived> WHERE { ?claim ?p ?column }"
    )
    columns = {row["p"].value.rpartition("#")[2] for row in rows}
    named = set(re.findall(r"`kgc:(\w+)`", TABLES))
    assert len(named) > 30
    assert named <= columns, named - columns

"""One run over a case, as quick as it can be: what all cases share is read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kgcheck.checks.registry import Check, load_checks
from kgcheck.derive import Derived, derive
from kgcheck.engines import local
from kgcheck.model.report import Report
from kgcheck.store import Store
from kgcheck.validation.validate import ValidationReport

VOCABULARY = Path(__file__).parent / "vocabulary.ttl"


class Runner:
    """Runs checks over files. `derived` holds the derived graph of the last one.

    Shapes are left out: `test_cases_are_well_formed` applies them to all cases in one go.
    """

    def __init__(self, town: Store, checks: dict[str, Check], monkeypatch: pytest.MonkeyPatch) -> None:
        self.town = town
        self.derived = Store()
        monkeypatch.setattr(local, "load", self._load)
        monkeypatch.setattr(local, "derive", self._derive)
        monkeypatch.setattr(local, "load_checks", lambda *_: checks)
        monkeypatch.setattr(local, "validate", lambda *_, **__: ValidationReport((), frozenset()))

    def __call__(self, paths: Sequence[Path], select: Iterable[str] = ()) -> Report:
        """A report on these files. Texts of documents stand in a folder named like the file."""
        texts = paths[0].with_suffix("")
        return local.run_check(paths, select=select, texts=texts if texts.is_dir() else None)

    def _load(self, paths: Sequence[Path], *_: object) -> local.Loaded:
        store = Store()
        store.raw.bulk_extend(self.town.raw)
        store.load(paths)
        return local.Loaded(store, packaged=False)

    def _derive(self, store: Store, into: Store, *others: Any) -> Derived:
        self.derived = into
        return derive(store, into, *others)


@pytest.fixture(scope="session")
def town() -> Store:
    """The packaged vocabularies and that of the cases."""
    store = Store()
    store.load_ontology()
    store.load_ontology([VOCABULARY])
    return store


@pytest.fixture(scope="session")
def checks() -> dict[str, Check]:
    return load_checks()


@pytest.fixture
def run(town: Store, checks: dict[str, Check], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(town, checks, monkeypatch)

"""The names that other people's programs rely on."""

from __future__ import annotations

import pytest

import kgcheck

PUBLIC = ["__version__", "check", "load"]


def test_public_names() -> None:
    assert sorted(kgcheck.__all__) == PUBLIC
    assert sorted(dir(kgcheck)) == PUBLIC
    for name in PUBLIC:
        assert getattr(kgcheck, name) is not None


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'verdict'"):
        kgcheck.verdict  # noqa: B018 - the look-up itself is what is tested


def test_check_judges_the_packaged_data() -> None:
    report = kgcheck.check()
    assert report.packaged
    assert report.findings


def test_load_hands_out_rdflib() -> None:
    from rdflib import Dataset

    dataset = kgcheck.load()
    assert isinstance(dataset, Dataset)
    documents = "SELECT ?d WHERE { ?d a <https://w3id.org/kgcheck/ontology#Document> }"
    assert len(list(dataset.query(documents))) == 12

"""What is told of a step in a store."""

from __future__ import annotations

from kgcheck.cli.storing import MANY, change_text
from kgcheck.store.archive import Change


def test_each_document_has_a_line() -> None:
    assert change_text(Change(added=("urn:a",), replaced=("urn:b",))) == "added  urn:a\nreplaced  urn:b\n"


def test_many_are_counted() -> None:
    names = tuple(f"urn:{number}" for number in range(1_200))
    assert change_text(Change(added=names)) == "added  1,200 documents\n"
    assert change_text(Change(added=names[:MANY])).count("\n") == MANY


def test_what_belongs_to_no_document() -> None:
    assert change_text(Change(triples=1)) == "added  1 statement that belong to no document\n"

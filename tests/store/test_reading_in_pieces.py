"""A file gives the same statements whether it is kept in memory or passed on while it is read."""

from __future__ import annotations

import random
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgcheck.errors import InputError
from kgcheck.namespaces import DERIVED
from kgcheck.store import Store, closing, lines, loading
from kgcheck.store.workers import Limits
from kgcheck.store.workers.limits import TooMuch

PREFIXES = """\
@prefix kgc: <https://w3id.org/kgcheck/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix ex: <https://example.org/> .
"""


def claims(document: str, count: int, label: str = "") -> str:
    """A document whose claims have evidence; with `label` the nodes have one, and their order is odd."""
    said = [f"ex:{document} a kgc:Document ; kgc:note [ kgc:list ( 1 [ kgc:x 2 ] ( ) ) ] ."]
    for n in range(count):
        claim = f"<https://example.org/{document}#c{n}>"
        if label:
            node = f"_:{label}{n}"
            said += [
                f'{claim} kgc:evidence {node} ; kgc:statedValue "_:x {n}" .',
                f"{node} oa:hasSelector {node}s . {node}s oa:start {n} .",
                f"{claim} kgc:inDocument ex:{document} .",
                f"{node} a oa:SpecificResource .",
            ]
        else:
            said += [
                f"{claim} kgc:inDocument ex:{document} ; kgc:evidence [ a oa:SpecificResource ;",
                f'  oa:hasSelector [ oa:exact "a {n}" ] , [ oa:start {n} ; oa:exact "b" ] ] .',
                f"[] kgc:about {claim} . [ kgc:p [ kgc:q {n} ] ] kgc:r _:odd .",
            ]
    return "\n".join(said).replace("_:odd", "ex:odd")


def shared() -> str:
    return "\n".join(
        f"ex:s{n} kgc:p _:n{n} . ex:t{n} kgc:p _:n{n} . _:n{n} kgc:q _:m{n} . _:m{n} kgc:r _:n{n} ."
        for n in range(20)
    )


VOCABULARY = "ex:m kgc:about [ kgc:p 1 ] . ex:m a kgc:Measure ."

FILES = {
    "one.ttl": claims("d", 30),
    "several.ttl": f"{claims('d', 20)}\n{claims('e', 20)}\nex:y kgc:inDocument ex:e ; kgc:note [ kgc:p 5 ] .",
    "labels.ttl": f"{claims('d', 20, 'a')}\n{claims('e', 20)}\n{claims('e', 9, 'b')}\n{shared()}",
    "named.trig": f"ex:d {{ {claims('d', 30)} }} ex:v {{ {VOCABULARY} }} ex:e {{ {claims('e', 30)} }} "
    f"<{DERIVED}> {{ ex:a kgc:p [] }} ex:d {{ ex:d kgc:note [ kgc:z 9 ] }} ex:agent kgc:note [ kgc:p 1 ] .",
    "late.trig": "ex:d { ex:x kgc:p [ kgc:q 1 , [ kgc:r 2 ] ] ; kgc:p 3 . } ex:v { ex:w kgc:p 1 . } "
    f"ex:d {{ {claims('d', 9)} }} ex:v {{ {VOCABULARY} }}",
    "labels.trig": f"ex:d {{ {claims('d', 20, 'a')} _:a3 kgc:z 1 . }} ex:e {{ {claims('e', 20)} "
    f"_:a3 kgc:y [ kgc:z 2 ] . {shared()} }}",
    "vocabulary.ttl": f"ex:w kgc:p [ kgc:q 1 ] . {VOCABULARY}",
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pieces, of which nothing is kept that need not be."""
    monkeypatch.setattr(closing, "SMALL", 0)
    monkeypatch.setattr(loading, "_PATIENCE", 400)
    monkeypatch.setattr(lines, "_FEWEST", 3)
    monkeypatch.setattr(lines, "_SIZE", 200)


def held(path: Path) -> set[ox.Quad]:
    store = Store()
    store.load([path])
    return set(store.raw)


def write(folder: Path, name: str, text: str, kind: ox.RdfFormat | None = None) -> Path:
    path = folder / name
    path.write_text(PREFIXES + text, "utf-8")
    if kind is not None:
        graphs = kind.supports_datasets
        quads = [quad if graphs else quad.triple for quad in ox.parse(path=path)]
        path = path.with_suffix(f".{kind.file_extension}")
        content = ox.serialize(quads, format=kind)
        assert content is not None
        path.write_bytes(content)
    return path


FORMS = {name: [None] for name in FILES} | {
    name: [None, ox.RdfFormat.N_QUADS, ox.RdfFormat.JSON_LD]
    if name.endswith("trig")
    else [None, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.RDF_XML]
    for name in FILES
}


@pytest.mark.parametrize(
    ("name", "kind"), [(name, kind) for name, kinds in FORMS.items() for kind in kinds], ids=str
)
def test_the_same_in_pieces(
    name: str, kind: ox.RdfFormat | None, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole = held(write(tmp_path, name, FILES[name]))
    assert len(whole) > 2
    path = write(tmp_path, name, FILES[name], kind)
    assert held(path) == whole
    request.getfixturevalue("impatient")
    assert held(path) == whole


@pytest.mark.parametrize("name", ["labels.ttl", "labels.trig", "named.trig"])
def test_lines_in_any_order(name: str, tmp_path: Path, impatient: None) -> None:
    whole = held(write(tmp_path, name, FILES[name]))
    kind = ox.RdfFormat.N_QUADS if name.endswith("trig") else ox.RdfFormat.N_TRIPLES
    path = write(tmp_path, name, FILES[name], kind)
    statements = path.read_text("utf-8").splitlines()
    for seed in range(5):
        random.Random(seed).shuffle(statements)
        path.write_text("\n".join(statements), "utf-8")
        assert held(path) == whole


LINES = {
    "no space before the end": """
        <urn:c> <urn:p> _:a1.
        _:a1 <urn:q> "1".
        _:a1.1 <urn:q> "2".
        <urn:c> <urn:p> _:a1.1.""",
    "remarks": """
        <urn:c> <urn:p> _:a .#_:a
        # _:b _:a
        _:a <urn:q> "1" .
        _:b <urn:q> "2" . # _:b
        <urn:c> <urn:r> _:b .""",
    "escapes": r"""
        _:a <urn:q> "1" .
        <urn:c> <urn:q> "\u005F:a \u005F:a \u005F:a \u005F:a \u005F:a \u005F:a \u005F:a \u005F:a \u005F:a " .
        <urn:c> <urn:p> _:a .""",
    "escaped escapes": r"""
        _:a <urn:q> "1" .
        <urn:c> <urn:q> "\\u005F:a \" _:a" .
        <urn:c> <urn:p> _:a .""",
    "what looks like labels": """
        _:a <urn:q> "1" .
        <urn:c> <urn:q> "_:a _:b" .
        _:b <urn:q> "2" .
        <urn:c> <urn:p> _:a .""",
    "letters": """
        _:é·1 <urn:q> "1" .
        _:é <urn:q> "2" .
        <urn:c> <urn:p> _:é·1 .
        _:é·1 <urn:p> _:é .""",
}


@pytest.mark.parametrize("name", LINES)
def test_labels_are_found_in_lines_of_any_hand(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As no program writes them; what stands between them closes all that nothing follows on."""
    lines = LINES[name].split("\n")[1:]
    between = (f'<urn:o> <urn:p> _:o{n} .\n_:o{n} <urn:q> "{n}" .' for n in range(8 * len(lines)))
    path = tmp_path / "a.nt"
    path.write_text("\n".join("\n".join([line, *islice(between, 8)]) for line in lines), "utf-8")
    whole = held(path)
    assert len(whole) == len(lines) * 16 + sum(not line.lstrip().startswith("#") for line in lines)
    request.getfixturevalue("impatient")
    assert held(path) == whole


def test_a_mistake_at_the_end_takes_back_what_came_before(tmp_path: Path, impatient: None) -> None:
    path = write(tmp_path, "a.trig", f"ex:d {{ {claims('d', 200)} }} ex:d {{ ex:d kgc:p {'9' * 65} . }}")
    for limits in (None, Limits()):
        store = Store()
        with pytest.raises(InputError, match="a number of 65 characters"):
            store.load([path], limits=limits)
        assert len(store.raw) == 0


def test_a_file_says_too_much(tmp_path: Path, impatient: None) -> None:
    path = write(tmp_path, "a.ttl", claims("d", 30))
    with pytest.raises(TooMuch):
        list(loading.File(path, 5_000).lines())
    assert list(loading.File(path, 50_000).lines())


XSD = "http://www.w3.org/2001/XMLSchema#"

NUMBERS = {
    "12": True,
    "-1.5": True,
    "9" * 64: True,
    "9" * 65: False,
    "1e5": False,
    '12\\"' + "9" * 63: False,
    '\\"' + "9" * 64: False,
    "abc": True,
    "\\n" * 65: False,
    "é" * 64: True,
    "é" * 65: False,
}


@pytest.mark.parametrize("value", NUMBERS)
@pytest.mark.parametrize("kind", ["integer", "decimal", "string", "date"])
def test_numbers_are_found_in_lines(value: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.nt"
    path.write_text(
        f'<urn:a> <urn:p> "1 ^^<" .\n<urn:a> <urn:p> "{value}"^^<{XSD}{kind}> .\n',
        "utf-8",
    )
    if NUMBERS[value] or kind in ("string", "date"):
        assert Store().load([path]).triples == 2
    else:
        with pytest.raises(InputError, match="a number of"):
            Store().load([path])

"""Evidence: short fragments at places that can be right; with the texts at hand, at the right places.

The texts are not part of the project. To verify against them, name the folder (or folders, joined as
in PATH) that holds `<identifier>.txt` in the environment variable KGCHECK_TEXTS.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kgcheck.namespaces import KGC, expand

_KGC = Namespace(KGC)
_FOLDERS = os.environ.get("KGCHECK_TEXTS", "")
_LONGEST = 100
_SENTENCE = re.compile(r"^[\"“‘']?[A-Z].*[.!?][\"”’']?$", re.DOTALL)

with_texts = pytest.mark.skipif(
    not _FOLDERS, reason="set KGCHECK_TEXTS to the folder of the texts to verify quotes against them"
)


class Quote(NamedTuple):
    claim: str
    words: str
    start: int
    end: int


def numbers(graph: Graph, subject: Node, predicate: str) -> list[int]:
    return [int(str(o)) for o in graph.objects(subject, URIRef(expand(predicate)))]


def quotes(graph: Graph) -> Iterator[Quote]:
    """The quote of every claim of a document; fails when a claim has none or several."""
    for claim, evidence in graph.subject_objects(_KGC.evidence):
        selectors = list(graph.objects(evidence, URIRef(expand("oa:hasSelector"))))
        words = [str(o) for s in selectors for o in graph.objects(s, URIRef(expand("oa:exact")))]
        starts = [n for s in selectors for n in numbers(graph, s, "oa:start")]
        ends = [n for s in selectors for n in numbers(graph, s, "oa:end")]
        assert len(words) == len(starts) == len(ends) == 1, claim
        assert graph.value(evidence, URIRef(expand("oa:hasSource"))) == graph.value(claim, _KGC.inDocument)
        yield Quote(str(claim), words[0], starts[0], ends[0])


def length(graph: Graph) -> int:
    lengths = [o for o in graph.objects(None, _KGC.textLength) if isinstance(o, Literal)]
    assert len(lengths) == 1
    return int(str(lengths[0]))


def test_every_claim_has_one_quote(files: dict[str, Graph]) -> None:
    for graph in files.values():
        speaking = set(graph.subjects(URIRef(expand("prov:wasAttributedTo"))))
        assert {quote.claim for quote in quotes(graph)} == set(map(str, speaking))


def test_quotes_are_short_fragments(files: dict[str, Graph]) -> None:
    found = [quote for graph in files.values() for quote in quotes(graph)]
    assert len(found) >= 200
    assert [q for q in found if not 0 < len(q.words) <= _LONGEST] == []
    assert [q for q in found if "\n" in q.words or q.words != q.words.strip()] == []
    assert [q for q in found if _SENTENCE.match(q.words)] == []


def test_offsets_fit_the_quote_and_the_text(files: dict[str, Graph]) -> None:
    for graph in files.values():
        whole = length(graph)
        for quote in quotes(graph):
            assert quote.end - quote.start == len(quote.words), quote
            assert 0 <= quote.start < quote.end <= whole, quote


def test_little_of_a_text_is_quoted(files: dict[str, Graph]) -> None:
    """All fragments of a document together are a minor part of it."""
    for name, graph in files.items():
        covered = {place for quote in quotes(graph) for place in range(quote.start, quote.end)}
        assert len(covered) < length(graph) / 2, name


def text_of(name: str) -> str:
    for folder in _FOLDERS.split(os.pathsep):
        path = Path(folder) / f"{name}.txt"
        if folder and path.is_file():
            return path.read_bytes().decode("utf-8")
    pytest.skip(f"{name}.txt is not in the folders that KGCHECK_TEXTS names")


@with_texts
def test_quotes_stand_in_the_texts(files: dict[str, Graph]) -> None:
    for name, graph in files.items():
        text = text_of(name)
        assert length(graph) == len(text), name
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        assert [str(o) for o in graph.objects(None, _KGC.textSha256)] == [digest], name
        for quote in quotes(graph):
            assert text[quote.start : quote.end] == quote.words, quote


@with_texts
def test_no_quote_is_a_whole_sentence_or_headline(files: dict[str, Graph]) -> None:
    for name, graph in files.items():
        text = text_of(name)
        lines = {line.strip() for line in text.splitlines()}
        cells = {line.rstrip("| ") for line in lines if line.endswith("|")}  # each on a line of its own
        for quote in quotes(graph):
            assert quote.words not in lines - cells, quote
            before, after = text[: quote.start].rstrip(" \"“‘'"), text[quote.end :].lstrip("\"”’'")
            opens = not before or before[-1] in ".!?\n"
            closes = not after or after[0] in ".!?\n"
            assert not (opens and closes) or quote.words in cells, quote

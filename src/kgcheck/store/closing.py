"""When all that a file says about some blank nodes has been read.

Nodes without a label (`[ … ]` and lists in Turtle and TriG) are described within one statement, so all
is known as soon as a line comes without any. A label may come back at any place: where the file has
labels it is read through before, and the last place of each is kept in mind; lines of N-Triples and N-Quads
need not be parsed for that. JSON-LD and RDF/XML mix descriptions, so there, as in a small file, one waits for
the end.
"""

from __future__ import annotations

import re
import sys
from itertools import accumulate, count
from pathlib import Path

import pyoxigraph as ox

from kgcheck.store.formats import format_of, is_compressed
from kgcheck.store.lines import Piece
from kgcheck.store.parsing import mentions, raw_lines

SMALL = 32 << 20
"""Bytes of a file of which all blank nodes may be kept in memory."""

_COMPRESSION = 20
_LABEL = re.compile(rb"_:[\w:.\x80-\xff-]*[\w:\x80-\xff-]")
_OTHERWISE = re.compile(rb'\\[^"\\nr]')
"""Escapes behind which a label, or what looks like one, may hide."""
_NOWHERE = sys.maxsize


class Closing:
    """Finds the places in a file after which nothing follows on the blank nodes before.

    Where it is `waiting`, it must have watched the whole file before it is asked.
    """

    def __init__(self, path: Path) -> None:
        kind = format_of(path)
        size = path.stat().st_size * (_COMPRESSION if is_compressed(path) else 1)
        self._unlabelled = kind in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
        simple = self._unlabelled or kind in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
        self._patient = size <= SMALL or not simple
        self._labels = not self._patient and mentions(path, b"_:")
        self._last: dict[int, int] = {}  # hash of a label → at which number among all labels it is last
        self._seen = 0
        self._horizon = 0
        self.waiting = self._labels and (self._unlabelled or not self._scan(path))

    def _scan(self, path: Path) -> bool:
        """Watch the lines of a file as they stand there, unless they may mean other lines than that."""
        for text in raw_lines(path):
            if _OTHERWISE.search(text):
                self._last.clear()
                self._seen = 0
                return False
            self._note(text)
        self._seen = 0
        return True

    def watch(self, piece: Piece) -> None:
        """Keep in mind which labels are in some lines."""
        if self.waiting:
            self._note(piece.text)

    def _note(self, text: bytes) -> None:
        found = _LABEL.findall(text)
        self._last.update(zip(map(hash, found), count(self._seen), strict=False))
        self._seen += len(found)

    def watched(self) -> None:
        """The whole file has been watched; the places are looked for from its beginning."""
        if self.waiting:
            self.waiting = False
            self._seen = 0

    def find(self, piece: Piece) -> int:
        """How many bytes of some lines end in such a place; pieces must come in the order of the file."""
        if self._patient:
            return 0
        if self._labels:
            return self._after_labels(piece)
        text = piece.text
        end = len(text)
        if piece.last:
            return end
        while end:
            start = text.rfind(b"\n", 0, end - 1) + 1
            if b"_:" not in text[start:end]:
                return end
            end = start
        return 0

    def _after_labels(self, piece: Piece) -> int:
        text = piece.text
        found = list(_LABEL.finditer(text))
        last = (self._last.get(hash(match[0]), _NOWHERE) for match in found)
        horizons = list(accumulate(last, max, initial=self._horizon))
        self._horizon = horizons[-1]
        number = self._seen + len(found)
        self._seen = number
        following = len(text) + 1
        for match, horizon in zip(reversed(found), reversed(horizons), strict=False):
            number -= 1
            if horizon <= number:
                end = text.find(b"\n", match.start()) + 1
                if end <= following and (not self._unlabelled or self._alone_after(piece, end)):
                    return end
            following = match.start()
        return 0

    def _alone_after(self, piece: Piece, end: int) -> bool:
        """Whether the line that begins here has no blank node, or belongs to another graph."""
        if end == len(piece.text):
            return piece.last
        following = piece.text.find(b"\n", end)
        return piece.text.find(b"_:", end, following) < 0

"""What a query may not do, told before it is parsed.

pyoxigraph's parser recurses, so deep nesting ends the process; SERVICE would fetch from the network;
updates have no place in a command that only asks.
"""

from __future__ import annotations

import re

from kgcheck.errors import UsageError

DEPTH = 200
"""Brackets open at once: far more than people write, far fewer than what ends the process."""

_ASIDE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s\"{}|\\^`]*>|\#[^\n]*",
    re.DOTALL,
)
"""Strings, IRIs and comments: nothing in them counts."""

_PROLOGUE = re.compile(r"\s*(?:(?:PREFIX\s+[^\s:]*:|BASE)\s*)*", re.IGNORECASE)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_SERVICE = re.compile(r"(?<![\w?$:])SERVICE(?![\w:])", re.IGNORECASE)


def guard(query: str) -> str:
    """The query, if it only asks this graph. Raises UsageError otherwise."""
    bare = _ASIDE.sub(" ", query)
    start = _PROLOGUE.match(bare)
    assert start is not None
    if _UPDATE.match(bare, start.end()):
        raise UsageError(
            "updates are refused: this command only asks", remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    if _SERVICE.search(bare):
        raise UsageError("SERVICE is refused: it would ask over the network", remedy="leave SERVICE out")
    depth = deepest = 0
    for character in bare:
        depth += (character in "{([") - (character in "})]")
        deepest = max(deepest, depth)
    if deepest > DEPTH:
        raise UsageError(f"the query nests {deepest} brackets deep", remedy=f"stay below {DEPTH}")
    return query

"""Queries from people: what they may not ask for is refused before an engine sees it.

Oxigraph fetches a SERVICE over HTTP and cannot be told not to, and queries some thousand levels deep,
or with as many parts side by side, end the process. So the text is cut into tokens here. Two readings
of a token stand open (an angle bracket may begin an IRI or mean "less than", and keywords need no
space around them); both are taken into account, and in doubt a query is refused.
"""

from __future__ import annotations

import re
from functools import cached_property

from kgcheck.errors import UsageError
from kgcheck.namespaces import PREFIXES

DEPTH_LIMIT = 100
"""Levels of brackets; people need fewer than ten."""

TOKEN_LIMIT = 4_000
"""Words, names, strings and signs of a query: two hundred lines or so."""

LENGTH_LIMIT = 200_000
"""Characters of a query."""

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<string>  \"\"\"(?:\\.|(?!\"\"\").)*\"\"\" | \'\'\'(?:\\.|(?!\'\'\').)*\'\'\'
                 | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*' )
    | (?P<unclosed> \"\"\" | \'\'\' )
    | (?P<iri>     <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<name>    [^\W\d_][\w.-]{0,255}+:(?:[\w:.%-]|\\.)* | :(?:[\w:.%-]|\\.)* | _:[\w.-]+
                 | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<number>  \d+(?:\.\d+)?(?:[eE][+-]?\d+)? )
    | (?P<word>    [^\W\d_]\w* )
    | (?P<open>    [({\[] )
    | (?P<close>   [)}\]] )
    | (?P<other>   \\. | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_PLACE = re.compile(r"^error at (\d+):(\d+): ")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])


class Query:
    """The text of a SPARQL query that is safe to run.

    Raises UsageError for SERVICE unless `network` is open, for brackets deeper than DEPTH_LIMIT, and for
    more text than TOKEN_LIMIT and LENGTH_LIMIT allow. Updates are refused by the engine, which is only
    ever asked to query.
    """

    def __init__(self, text: str, *, network: bool = False) -> None:
        self.text = text
        if len(text) > LENGTH_LIMIT:
            raise UsageError(f"the query has {len(text):,} characters; the limit is {LENGTH_LIMIT:,}")
        # An engine may resolve \uXXXX before it reads the query or after; neither may hide a word.
        for reading in {text, _ESCAPE.sub(_character, text)}:
            _refuse_unsafe(reading, network=network)

    @cached_property
    def names_graphs(self) -> bool:
        """Whether the query says with FROM which graphs it reads."""
        words = (match["word"] for match in _TOKEN.finditer(self.text) if match["word"])
        return any(word.upper() == "FROM" for word in words)

    def _undeclared(self) -> list[str]:
        """Prefixes that are used without being declared, in order."""
        declared = set(PREFIXES) | set(re.findall(r"(?i)\bprefix\s+([\w.-]*)\s*:", self.text))
        used = [match["name"].partition(":") for match in _TOKEN.finditer(self.text) if match["name"]]
        return [name for name, colon, _ in used if colon and name not in ("", "_") and name not in declared]

    def refusal(self, error: SyntaxError) -> UsageError:
        """The engine's complaint about the text, with its place."""
        message = str(error.msg)
        place = _PLACE.match(message)
        line, column = (int(place[1]), int(place[2])) if place else (error.lineno, error.offset)
        if self._first_word.upper() in _UPDATES:
            return UsageError(
                "updates are refused: a query only reads",
                "query",
                remedy="Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
            )
        for prefix in self._undeclared():  # the engine names it in some places only
            return UsageError(
                f"the prefix {prefix!r} is not declared",
                "query",
                line,
                column,
                remedy=f"Write 'PREFIX {prefix}: <…>' before the query.",
            )
        return UsageError(f"the query does not parse: {_PLACE.sub('', message)}", "query", line, column)

    @property
    def _first_word(self) -> str:
        prologue = {"PREFIX", "BASE"}
        words = (match["word"] for match in _TOKEN.finditer(self.text) if match["word"])
        return next((word for word in words if word.upper() not in prologue), "")


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 else match[0]


def _refuse_unsafe(text: str, *, network: bool) -> None:
    depth = count = 0
    suspect = False  # a prefixed name that could be the keyword with a name stuck to it
    for match in _TOKEN.finditer(text):
        kind, words = match.lastgroup, match[0].lower()
        if kind == "comment" or words.isspace():
            continue
        if not network and (
            (kind == "word" and "service" in words)
            or (kind == "iri" and "service" in words.partition(")")[2])
            or (suspect and words == "{")
        ):
            line = text.count("\n", 0, match.start()) + 1
            raise UsageError(
                "SERVICE is refused: a query reads the loaded data and nothing from the network",
                "query",
                line,
                remedy="Load the data of the other endpoint as a file, or give --allow-net.",
            )
        suspect = kind == "name" and words[0] not in "?$@_" and "service" in words.partition(":")[0]
        depth += (kind == "open") - (kind == "close")
        count += 1
        if kind == "unclosed":
            # Read as an empty string and the start of another, it could hide what follows.
            raise UsageError(f"a string that begins with {words} does not end", "query")
        if depth > DEPTH_LIMIT:
            raise UsageError(f"the query has more than {DEPTH_LIMIT} levels of brackets", "query")
        if count > TOKEN_LIMIT:
            raise UsageError(f"the query has more than {TOKEN_LIMIT:,} words and signs", "query")

"""The TOML header of a check file: its keys, what they may say, and what refuses to run."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kgcheck.errors import CheckError
from kgcheck.model.verdict import Severity, Verdict

STRATEGIES = ("intervals", "unknown", "column", "roles", "one", "none")
CONFLICTS = ("disjoint", "exceeds", "exclusive", "computed", "scope", "agree")
DIMENSIONS = (
    "criterion",
    "inspection",
    "measure",
    "method",
    "period",
    "population",
    "post",
    "proposition",
    "question",
    "scheme",
    "subject",
    "topic",
    "vintage",
)

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "severity": tuple(severity.value for severity in Severity),
    "verdict": tuple(verdict.value for verdict in Verdict),
    "sides": STRATEGIES,
    "conflict": CONFLICTS,
}
_TEXTS = ("id", *_CHOICES, "summary", "message", "innocent", "settle", "question")
_REQUIRED = (*_TEXTS, "columns")
_LISTS = ("columns", "roles", "apart")
_KNOWN = (*_TEXTS, *_LISTS, "narrows")
_NEEDED = {"column": "side", "unknown": "side", "roles": "role"}
"""The column without which a way of making sides finds none."""


def read_header(text: str, path: Path) -> Mapping[str, Any]:
    """The header of a check file. Raises CheckError, with its line, for whatever cannot be meant so."""
    source = "\n".join(line[2:].strip() if line.startswith("#+") else "" for line in text.splitlines())
    try:
        header = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise CheckError(
            f"the header is not TOML: {error}",
            path,
            int(place[1]) if place else 1,
            remedy="mend the lines that start with #+",
        ) from error
    for key, value in header.items():
        line = line_of(text, rf"#\+ *{re.escape(key)}\b")
        if key not in _KNOWN:
            raise CheckError(f"unknown header key {key!r}", path, line, remedy=did_you_mean(key, _KNOWN))
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise CheckError(f"{key} is {value!r}", path, line, remedy="give a list of texts")
        if key in (*_TEXTS, "narrows") and not isinstance(value, str):
            raise CheckError(f"{key} is {value!r}", path, line, remedy="give a text in quotation marks")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise CheckError(f"{key} is {value!r}", path, line, remedy=f"one of {', '.join(_CHOICES[key])}")
    if missing := [key for key in _REQUIRED if key not in header]:
        raise CheckError(f"the header lacks {', '.join(missing)}", path, 1, remedy="add the missing #+ lines")
    _refuse_what_finds_nothing(header, text, path)
    return header


def _refuse_what_finds_nothing(header: Mapping[str, Any], text: str, path: Path) -> None:
    sides = header["sides"]
    line = line_of(text, r"#\+ *sides\b")
    needed = _NEEDED.get(sides)
    if needed is not None and needed not in header["columns"]:
        raise CheckError(
            f"sides are {sides!r} without a column {needed}", path, line, remedy=f"return ?{needed}"
        )
    if sides == "roles" and not header.get("roles"):
        remedy = "list the roles in the order of the sides"
        raise CheckError("sides are 'roles' and the header names none", path, line, remedy=remedy)
    for name in header.get("apart", ()):
        if name not in DIMENSIONS:
            line = line_of(text, r"#\+ *apart\b")
            remedy = did_you_mean(name, DIMENSIONS)
            raise CheckError(f"apart names the unknown dimension {name!r}", path, line, remedy=remedy)


def line_of(text: str, pattern: str) -> int:
    """The number of the first line in which the pattern is found, or 1."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if re.search(pattern, line)), 1)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The nearest known names as a remedy, or else the known ones in order, the first twenty of them."""
    known = sorted(known)
    near = difflib.get_close_matches(name, known, 1)
    more = ", …" if len(known) > 20 else ""
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known[:20])}{more}"

"""Reading and refusing check files.

A check is one `.rq` file: `#+` lines are a TOML header, `#` lines its documentation in Markdown,
and the rest one SPARQL 1.1 SELECT over the derived graph that is valid as it stands on any engine.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

from kgcheck.checks.foreign import foreign_columns, returned_columns
from kgcheck.errors import CheckError
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.namespaces import DERIVED
from kgcheck.store.workers.limits import Limits

HEADINGS = ("What it finds", "Why it matters", "Example", "What it does not say", "References")
STRATEGIES = ("intervals", "unknown", "column", "roles", "one", "none")
CONFLICTS = ("disjoint", "exceeds", "exclusive", "computed", "scope", "agree")
COLUMNS = (
    "block",
    "claim",
    "role",
    "side",
    "part",
    "lower",
    "upper",
    "note",
    "expectedLower",
    "expectedUpper",
    "expectedLooseLower",
    "expectedLooseUpper",
)
_REQUIRED = (
    "id",
    "severity",
    "verdict",
    "sides",
    "conflict",
    "summary",
    "columns",
    "message",
    "innocent",
    "settle",
    "question",
)
_OPTIONAL = ("roles", "apart")


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `verdict` is a ceiling: the gate may demote it.

    `sides` names the way in which rows become sides (see `findings.sides`), `conflict` what the
    gate compares, `apart` the scope dimensions in which its claims are expected to differ.
    `message`, `innocent`, `settle` and `question` are templates for `findings.wording`. The query of
    a `foreign` check runs in a worker process.
    """

    id: str
    severity: Severity
    verdict: Verdict
    sides: str
    conflict: str
    summary: str
    columns: tuple[str, ...]
    message: str
    innocent: str
    settle: str
    question: str
    documentation: str
    query: str
    path: Path
    roles: tuple[str, ...] = ()
    apart: frozenset[str] = frozenset()
    foreign: bool = False


def load_checks(extra: Iterable[Path] = (), limits: Limits | None = None) -> dict[str, Check]:
    """The packaged checks, those of installed packages (entry point `kgcheck.checks`: a function
    that returns a folder) and those in `extra` folders or files, by id.

    The extra ones are foreign: a worker process looks at their queries, within `limits` or the usual
    ones. Raises CheckError for a malformed file, and for two checks with one id, and LimitError.
    """
    paths = [Path(str(entry)) for entry in files("kgcheck.checks").iterdir() if entry.name.endswith(".rq")]
    for entry in entry_points(group="kgcheck.checks"):
        paths += _files(Path(entry.load()()))
    read = [read_check(path) for path in paths]
    read += _read_foreign([path for folder in extra for path in _files(folder)], limits or Limits())
    checks: dict[str, Check] = {}
    for check in sorted(read, key=lambda check: check.path):
        path = check.path
        if check.id in checks:
            raise CheckError(
                f"two checks have the id {check.id!r}",
                path,
                remedy=f"rename it: {checks[check.id].path} has it already",
            )
        checks[check.id] = check
    return dict(sorted(checks.items()))


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        return [folder]
    found = sorted(folder.glob("*.rq"))
    if not found:
        raise CheckError("no .rq file here", folder, remedy="name a folder that holds checks")
    return found


def _read_foreign(paths: Iterable[Path], limits: Limits) -> list[Check]:
    checks = [replace(_read(path), foreign=True) for path in paths]
    columns = foreign_columns([(check.path, check.query) for check in checks], limits)
    for check, names in zip(checks, columns, strict=True):
        _compare_columns(check, names)
    return checks


def read_check(path: Path) -> Check:
    """Read one check file whose query may be trusted.

    Raises CheckError naming file, line and remedy for: a header that is not TOML, unknown or
    missing keys, a name that differs from the file's, missing headings, a query that is not a
    SELECT over the derived graph alone, and columns that disagree with the SELECT.
    """
    check = _read(path)
    _compare_columns(check, returned_columns(check.query, path))
    return check


def _read(path: Path) -> Check:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f"cannot be read: {error}", path, remedy="checks are UTF-8 text files") from error
    header = _header(text, path)
    check = _check(header, text, path)
    _inspect(check)
    return check


def _header(text: str, path: Path) -> Mapping[str, Any]:
    lines = text.splitlines()
    source = "\n".join(line[2:].strip() if line.startswith("#+") else "" for line in lines)
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
    known = (*_REQUIRED, *_OPTIONAL)
    for key in header:
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            line = next((n for n, text in enumerate(lines, 1) if text.startswith("#+") and key in text), 1)
            raise CheckError(
                f"unknown header key {key!r}",
                path,
                line,
                remedy=f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(known)}",
            )
    missing = [key for key in _REQUIRED if key not in header]
    if missing:
        raise CheckError(f"the header lacks {', '.join(missing)}", path, 1, remedy="add the missing #+ lines")
    return header


def _check(header: Mapping[str, Any], text: str, path: Path) -> Check:
    for key, allowed in (
        ("severity", [s.value for s in Severity]),
        ("verdict", [v.value for v in Verdict]),
        ("sides", STRATEGIES),
        ("conflict", CONFLICTS),
    ):
        if header[key] not in allowed:
            raise CheckError(f"{key} is {header[key]!r}", path, 1, remedy=f"one of {', '.join(allowed)}")
    if header["id"] != path.stem:
        raise CheckError(
            f"the id is {header['id']!r} and the file is named {path.stem!r}",
            path,
            1,
            remedy="make them the same",
        )
    documentation = "\n".join(
        line[1:].removeprefix(" ")
        for line in text.splitlines()
        if line.startswith("#") and not line.startswith("#+")
    ).strip()
    missing = [heading for heading in HEADINGS if f"## {heading}" not in documentation]
    if missing:
        raise CheckError(
            f"the documentation lacks the headings {', '.join(missing)}",
            path,
            1,
            remedy="add them as '# ## Heading' lines",
        )
    query = "\n".join(line for line in text.splitlines() if not line.startswith("#")).strip() + "\n"
    return Check(
        id=header["id"],
        severity=Severity(header["severity"]),
        verdict=Verdict(header["verdict"]),
        sides=header["sides"],
        conflict=header["conflict"],
        summary=header["summary"],
        columns=tuple(header["columns"]),
        message=header["message"],
        innocent=header["innocent"],
        settle=header["settle"],
        question=header["question"],
        documentation=documentation,
        query=query,
        path=path,
        roles=tuple(header.get("roles", ())),
        apart=frozenset(header.get("apart", ())),
    )


def _inspect(check: Check) -> None:
    """Refuse a query that would not run alike on every engine, or that joins on more than a block."""
    for word in ("GRAPH", "SERVICE", "NAMED"):
        if re.search(rf"(?i)\b{word}\b", check.query):
            raise CheckError(
                f"{word} is not allowed in a check", check.path, remedy="checks read the derived graph alone"
            )
    sources = re.findall(r"(?i)\bFROM\s+(\S+)", check.query)
    if sources not in (["kgc:derived"], [f"<{DERIVED}>"]):
        raise CheckError(
            "a check reads FROM kgc:derived and nothing else",
            check.path,
            remedy="add 'FROM kgc:derived' before WHERE",
        )


def _compare_columns(check: Check, columns: tuple[str, ...]) -> None:
    if columns != check.columns:
        raise CheckError(
            f"the header names {', '.join(check.columns)}, the SELECT returns {', '.join(columns)}",
            check.path,
            remedy="make them the same, in the same order",
        )
    unknown = [column for column in columns if column not in COLUMNS]
    if unknown or columns[:2] != ("block", "claim"):
        raise CheckError(
            f"columns {', '.join(columns)}",
            check.path,
            remedy=f"start with block, claim; known columns: {', '.join(COLUMNS)}",
        )

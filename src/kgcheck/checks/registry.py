"""Reading and refusing check files.

A check is one `.rq` file: `#+` lines are a TOML header, `#` lines its documentation in Markdown,
and the rest one SPARQL 1.1 SELECT over the derived graph that is valid as it stands on any engine.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

from kgcheck.checks.foreign import foreign_columns, returned_columns
from kgcheck.checks.header import did_you_mean, line_of, read_header
from kgcheck.derive.names import BLOCKS, TRACED
from kgcheck.derive.names import COLUMNS as NAMES
from kgcheck.derive.needs import Needs
from kgcheck.errors import CheckError
from kgcheck.model.verdict import Severity, Verdict
from kgcheck.namespaces import DERIVED
from kgcheck.store.workers.limits import Limits

_PACKAGED = Path(str(files("kgcheck.checks")))
_NAME = re.compile(r"\bkgc:([a-z]\w*)")

HEADINGS = ("What it finds", "Why it matters", "Example", "What it does not say", "References")
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


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `verdict` is a ceiling: the gate may demote it.

    `sides` names the way in which rows become sides (see `findings.sides`), `conflict` what the
    gate compares, `apart` the scope dimensions in which its claims are expected to differ,
    `narrows` a check that sees the same and more. `message`, `innocent`, `settle` and `question`
    are templates for `findings.wording`. The query of a `foreign` check runs in a worker process.
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
    narrows: str | None = None
    foreign: bool = False


def load_checks(extra: Iterable[Path] = (), limits: Limits | None = None) -> dict[str, Check]:
    """The packaged checks, those of installed packages (entry point `kgcheck.checks`: a function
    that returns a folder) and those in `extra` folders or files, by id.

    The extra ones are foreign: a worker process looks at their queries, within `limits` or the usual
    ones. Raises CheckError for a malformed file, and for two checks with one id, and LimitError.
    """
    paths = list(_PACKAGED.glob("*.rq"))
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


def needs(checks: Iterable[Check]) -> Needs | None:
    """What these checks read of the derived graph; None where that is not known of all of them.

    It is known of packaged ones: whoever of them names blocks looks at claims in these blocks alone.
    """
    alone: set[str] = set()
    by_role: dict[str, set[str]] = defaultdict(set)
    for check in checks:
        if check.foreign or check.path.parent != _PACKAGED:
            return None
        names = set(_NAME.findall(check.query))
        roles = names & BLOCKS - TRACED
        for role in roles:
            by_role[role] |= names
        if not roles:
            alone |= names
    return Needs(frozenset(alone), {role: frozenset(names) for role, names in by_role.items()})


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
    header = read_header(text, path)
    check = _check(header, text, path)
    _inspect(check, text)
    return check


def _check(header: Mapping[str, Any], text: str, path: Path) -> Check:
    if header["id"] != path.stem:
        raise CheckError(
            f"the id is {header['id']!r} and the file is named {path.stem!r}",
            path,
            line_of(text, r"#\+ *id\b"),
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
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    query = "\n".join(lines).strip() + "\n"
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
        narrows=header.get("narrows"),
    )


def _inspect(check: Check, text: str) -> None:
    """Refuse a query that would not run alike on every engine, or that reads what nobody writes."""
    for word in ("GRAPH", "SERVICE", "NAMED"):
        if re.search(rf"(?i)\b{word}\b", check.query):
            raise CheckError(
                f"{word} is not allowed in a check",
                check.path,
                line_of(text, rf"(?i)^[^#]*\b{word}\b"),
                remedy="checks read the derived graph alone",
            )
    sources = re.findall(r"(?i)\bFROM\s+(\S+)", check.query)
    if sources not in (["kgc:derived"], [f"<{DERIVED}>"]):
        raise CheckError(
            "a check reads FROM kgc:derived and nothing else",
            check.path,
            remedy="add 'FROM kgc:derived' before WHERE",
        )
    known = BLOCKS | NAMES | {"derived"}
    for name in _NAME.findall(check.query):
        if name not in known:
            line = line_of(text, rf"^[^#]*\bkgc:{name}\b")
            raise CheckError(
                f"the derived graph has no kgc:{name}", check.path, line, remedy=did_you_mean(name, known)
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

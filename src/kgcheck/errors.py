"""Every error that kgcheck raises on purpose.

    KgcheckError
    ├── UsageError            a wrong option, an unknown name, nothing to check
    ├── InputError            a file that cannot be read as what it should be
    │   ├── SyntaxInFile      RDF, TOML or CSV that does not parse (with line and column)
    │   └── SheetError        rows of a claim sheet that cannot become claims
    ├── CheckError            a check that is malformed or that failed while it ran
    ├── LimitError            work that ran out of time or memory, or whose process died
    ├── EndpointError         a SPARQL service that cannot be asked, or whose answer cannot be relied on
    └── MeaningError          stated words that have no interval (a number, date or unit)

An error carries the place (`path`, `line`, `column`, `row`) as data and says in `remedy` what to do
next, so that the command line and other callers can show it in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(eq=False)
class KgcheckError(Exception):
    """The base of all errors raised on purpose; the command line turns it into exit code 2.

    `path` names the file, `line` and `column` count from 1, `remedy` is one imperative sentence.
    """

    message: str
    path: Path | str | None = None
    line: int | None = None
    column: int | None = None
    remedy: str | None = None

    @property
    def place(self) -> str:
        """`file:line:column` with the parts that are known, or an empty string."""
        if self.path is None:
            return ""
        parts = [str(self.path)]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text} ({self.remedy})" if self.remedy else text


class UsageError(KgcheckError):
    """The request itself makes no sense: unknown name, empty selection, nothing to check."""


class InputError(KgcheckError):
    """A file is missing, unreadable or of a kind that kgcheck does not know."""


class SyntaxInFile(InputError):
    """A file does not follow the grammar of its format."""


@dataclass(frozen=True)
class RowProblem:
    """One cell of a claim sheet that cannot be used. `row` counts from 1, the header being row 1."""

    row: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.message} ({self.remedy})"


@dataclass(eq=False)
class SheetError(InputError):
    """A claim sheet has problems; nothing was written. `problems` lists all of them."""

    problems: tuple[RowProblem, ...] = ()

    def __str__(self) -> str:
        head = f"{self.path}: {self.message}" if self.path else self.message
        return "\n".join([head, *(f"  {problem}" for problem in self.problems)])


class CheckError(KgcheckError):
    """A check file is malformed, or its query failed: its result is unknown, never "clean"."""


class LimitError(KgcheckError):
    """A worker process ran out of what it may use: what it was to tell is unknown, never "clean"."""


@dataclass(eq=False)
class EndpointError(KgcheckError):
    """A SPARQL service did not answer, or not wholly: what it holds is unknown, never "clean".

    `path` is its address without a password, `status` the HTTP status where it gave one of an error.
    """

    status: int | None = None


class MeaningError(KgcheckError):
    """Stated words cannot be given a meaning."""

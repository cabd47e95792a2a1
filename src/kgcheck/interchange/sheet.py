"""A claim sheet as a file: its encoding, delimiter, header and cells.

Nothing here knows what a claim is. Spreadsheet programs write CSV in several ways; all of those
that keep the text whole are read, the others are refused with what to do about it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from rapidfuzz import fuzz, process

from kgcheck.errors import InputError, RowProblem, SheetError, SyntaxInFile
from kgcheck.interchange.columns import Column, columns, folded, is_note

DELIMITERS = (",", ";", "\t")
SAVE_AS = "save the sheet as CSV in UTF-8 (in Excel: Save As, CSV UTF-8)"

# `=SUM(A1:A9)`, `+A1`, `@IF(...)`; but not `-7.8%`, `+12` or `+/- 1.5`, which are stated words.
FORMULA = re.compile(r"=|[+@-][A-Za-z.]+\(|[+-]\$?[A-Za-z]{1,3}\$?\d+\b")
BROKEN = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|#+)")
CONTROL = re.compile(  # C0 and C1 save tab and line ends, marks that reorder text, non-characters
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
LOST = re.compile("\ufffd")


@dataclass(frozen=True, slots=True)
class Row:
    """The filled cells of one row by column name, trimmed. `number` is that of the spreadsheet."""

    number: int
    cells: dict[str, str]

    def get(self, column: str) -> str | None:
        """The cell's words, or None when it is blank."""
        return self.cells.get(column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that has been read. `headers` maps each used column to the header it stands under."""

    path: Path
    headers: dict[str, str]
    rows: tuple[Row, ...]


def read_sheet(path: Path) -> Sheet:
    """The rows of a CSV or TSV file, blank ones left out.

    Raises InputError for a file that is missing, empty or not text, SyntaxInFile for one that is
    not UTF-8 or not CSV, and SheetError with all problems of its header and cells.
    """
    text = _read_text(path)
    delimiter, records = _records(path, text)
    header = records[0]
    problems: list[RowProblem] = []
    places = _match_header(header, records[1:], problems)
    rows = []
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        problems += _stray_cells(number, record, header, delimiter)
        cells = {}
        for place, column in places.items():
            words = record[place].strip() if place < len(record) else ""
            if words:
                problems += _cell_problems(number, header[place].strip(), words)
                cells[column.name] = words
        if cells:
            rows.append(Row(number, cells))
    if problems:
        raise SheetError(_count(problems), path=path, problems=tuple(problems))
    if not rows:
        raise InputError("the sheet has a header but no claims", path, remedy="add one row per claim")
    return Sheet(path, {column.name: header[place].strip() for place, column in places.items()}, tuple(rows))


def _count(problems: Sequence[RowProblem]) -> str:
    number = len(problems)
    return f"{number} problem{'s' if number > 1 else ''}; nothing was written"


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path, remedy="check the path") from None
    except IsADirectoryError:
        raise InputError("this is a folder", path, remedy="name one CSV or TSV file") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError("this is a spreadsheet file, not CSV", path, remedy=SAVE_AS)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        raise SyntaxInFile("the file is not in UTF-8 (it looks like UTF-16)", path, remedy=SAVE_AS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise SyntaxInFile(
            f"the file is not in UTF-8 (byte 0x{data[error.start]:02x})", path, line, column, remedy=SAVE_AS
        ) from None
    if not text.strip():
        raise InputError("the file is empty", path, remedy="write a header row, then one row per claim")
    return text


def _records(path: Path, text: str) -> tuple[str, list[list[str]]]:
    """The delimiter and all records. Excel may announce the delimiter in a first line `sep=;`."""
    declared = re.match(r"sep=(.)\r?\n", text)
    if declared:
        text = text[declared.end() :]
    delimiter = declared[1] if declared else _sniff(text)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return delimiter, list(reader)
    except csv.Error as error:
        line = reader.line_num + (1 if declared else 0)
        raise SyntaxInFile(
            f"the file is not well-formed CSV: {error}",
            path,
            line,
            remedy='close every quotation mark and double those inside a cell ("")',
        ) from None


def _sniff(text: str) -> str:
    """The delimiter under which the header has the most known columns, then the most columns."""
    first = text.splitlines()[0]

    def known(delimiter: str) -> tuple[int, int]:
        headers = next(csv.reader([first], delimiter=delimiter), [])
        return sum(columns().named(header) is not None for header in headers), len(headers)

    return max(DELIMITERS, key=known)


def _match_header(
    header: Sequence[str], records: Sequence[Sequence[str]], problems: list[RowProblem]
) -> dict[int, Column]:
    """Which column stands at which place of a record."""
    places: dict[int, Column] = {}
    taken: dict[str, str] = {}
    for place, raw in enumerate(header):
        name = raw.strip()
        if not name:
            filled = next((n for n, r in enumerate(records, 2) if place < len(r) and r[place].strip()), None)
            if filled is not None:
                problems.append(
                    RowProblem(
                        1,
                        _letters(place),
                        f"the column has no header, but row {filled} fills it",
                        "name the column, or start its header with 'note' to have it ignored",
                    )
                )
            continue
        if is_note(name):
            continue
        column = columns().named(name)
        if column is None:
            problems.append(RowProblem(1, name, *_unknown(name)))
        elif column.name in taken:
            problems.append(
                RowProblem(
                    1,
                    name,
                    f"the column {column.name!r} stands there twice (also as {taken[column.name]!r})",
                    "keep one of them, or start the other's header with 'note'",
                )
            )
        else:
            places[place] = column
            taken[column.name] = name
    problems += _missing(taken)
    return places


def _unknown(name: str) -> tuple[str, str]:
    vague = columns().ambiguous.get(folded(name))
    if vague:
        return (
            f"{name!r} may mean {' or '.join(repr(meaning) for meaning in vague)}",
            f"rename the column to {' or '.join(vague)}",
        )
    near = process.extractOne(
        folded(name), columns().headers(), scorer=fuzz.ratio, processor=folded, score_cutoff=70
    )
    meant = columns().named(near[0]) if near else None
    hint = f"did you mean {meant.name!r}? Otherwise " if meant else ""
    return (
        f"there is no column {name!r}",
        f"{hint}start the header with 'note' to have the column ignored",
    )


def _missing(taken: dict[str, str]) -> Iterator[RowProblem]:
    for column in columns().all:
        if column.required and column.name not in taken:
            yield RowProblem(
                1, column.name, f"the sheet has no column {column.name!r}", f"add it: {column.about.lower()}"
            )
    if not {"quote", "stated"} & set(taken):
        yield RowProblem(
            1,
            "quote",
            "the sheet has neither a column 'quote' nor a column 'stated'",
            "add the words of each claim as printed",
        )


def _stray_cells(
    number: int, record: Sequence[str], header: Sequence[str], delimiter: str
) -> Iterator[RowProblem]:
    stray = [cell for cell in record[len(header) :] if cell.strip()]
    if stray:
        shown = "tab" if delimiter == "\t" else delimiter
        yield RowProblem(
            number,
            _letters(len(header)),
            f"the row has more cells than the header ({stray[0].strip()!r})",
            f"put cells that hold a {shown!r} in double quotation marks",
        )


def _cell_problems(number: int, header: str, words: str) -> Iterator[RowProblem]:
    shown = words[:40]
    if FORMULA.match(words):
        remedy = "paste its value in place of the formula"
        yield RowProblem(number, header, f"the cell holds a formula ({shown})", remedy)
    elif BROKEN.match(words):
        remedy = "repair it in the spreadsheet"
        yield RowProblem(number, header, f"the cell holds a spreadsheet error ({shown})", remedy)
    if CONTROL.search(words):
        yield RowProblem(number, header, "the cell holds control characters", "type the cell anew")
    if LOST.search(words):
        yield RowProblem(number, header, "characters of the cell were lost when it was saved", SAVE_AS)


def _letters(place: int) -> str:
    """The spreadsheet's own name of a column: A for place 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name

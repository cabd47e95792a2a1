"""The texts of documents, on disk."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from kgcheck.errors import InputError

SUFFIXES = (".txt", ".md")


def find_texts(folder: Path) -> dict[str, Path]:
    """The text files below `folder` by their stem, which is a document's identifier.

    Of two files with one stem, `.txt` goes before `.md` and then the first path in order.
    """
    found: dict[str, Path] = {}
    for suffix in SUFFIXES:
        for file in sorted(folder.rglob(f"*{suffix}")):
            if file.is_file():
                found.setdefault(file.stem, file)
    return found


def read_text(file: Path) -> str:
    """The text with its line ends as they are: offsets count every code point.

    Raises InputError when the file is not UTF-8.
    """
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"not UTF-8 at byte {error.start}", path=file, remedy="Save the text as UTF-8 and try again."
        ) from error


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as kgc:textSha256 records it."""
    return sha256(text.encode("utf-8")).hexdigest()


def same_text(text: str, recorded: str) -> str | None:
    """The form of `text` with the SHA-256 that was recorded, or None when it is another text.

    A byte order mark and the line ends of another system, which tools add on the way, do not make
    another text; offsets belong to the form that has the digest.
    """
    unmarked = text.removeprefix("\ufeff")
    unix = unmarked.replace("\r\n", "\n")
    for form in dict.fromkeys((text, unmarked, unix, unix.replace("\n", "\r\n"))):
        if digest(form) == recorded.lower():
            return form
    return None

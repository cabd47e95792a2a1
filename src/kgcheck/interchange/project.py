"""A project folder: `kgcheck.toml` and what it names."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from rapidfuzz import process

from kgcheck.errors import InputError, SyntaxInFile, UsageError
from kgcheck.store.formats import found_in_folders

FILE = "kgcheck.toml"

TEMPLATES = {
    "kgcheck.toml": "kgcheck.toml",
    "README.md": "README.md",
    "sheets/example.csv": "example.csv",
    "claims/.gitkeep": "gitkeep",
    "vocabulary/.gitkeep": "gitkeep",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
}
"""What `init_project` writes, and the file in `templates/` that each is made from."""


@dataclass(frozen=True, slots=True)
class Project:
    """What `kgcheck.toml` says, its paths made absolute. None of them need exist.

    `namespace` ends in `/`; documents and new concepts get their IRIs below it. `ontology` names the
    packaged domain vocabularies whose labels a claim sheet may use; None means all of them.
    `waivers` are tables as written.
    """

    path: Path
    name: str
    namespace: str
    data: tuple[Path, ...]
    vocabulary: tuple[Path, ...]
    checks: tuple[Path, ...] = ()
    policy: str = "default"
    texts: Path | None = None
    ontology: tuple[str, ...] | None = None
    waivers: tuple[Mapping[str, Any], ...] = ()

    @property
    def folder(self) -> Path:
        """The folder that holds `kgcheck.toml`."""
        return self.path.parent

    def data_files(self) -> list[Path]:
        """The files of RDF with claims, in order. Raises InputError for a place that is not there."""
        return self._rdf_files("data", self.data)

    def vocabulary_files(self) -> list[Path]:
        """The files of RDF with the project's own concepts, in order. Raises as `data_files` does."""
        return self._rdf_files("vocabulary", self.vocabulary)

    def _rdf_files(self, key: str, places: tuple[Path, ...]) -> list[Path]:
        """The files among the places and in the folders among them; a new project has empty folders."""
        found: list[Path] = []
        for place in places:
            if place.is_dir():
                found += sorted(
                    path for path in place.rglob("*") if found_in_folders(path) and path.is_file()
                )
            elif place.exists():
                found.append(place)
            else:
                message = f"{key!r} names {place}, which is not there"
                raise InputError(message, self.path, remedy="make it, or mend the name")
        return found


def find_project(start: Path) -> Path | None:
    """The `kgcheck.toml` of the folder `start` or of the nearest folder above it, or None."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    return None


def load_project(path: Path) -> Project:
    """The project that a `kgcheck.toml` describes.

    Raises InputError where the file is missing or says something that makes no project, and
    SyntaxInFile, with line and column, where it is not TOML.
    """
    path = path.resolve()
    table = _parse(path)
    for key in table:
        if key not in KEYS:
            near = process.extractOne(key, list(KEYS), score_cutoff=60)
            known = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(KEYS)}"
            raise InputError(f"there is no key {key!r}", path, _line(path, key), remedy=known)
    for key, (check, form) in KEYS.items():
        if key in table and not check(table[key]):
            raise InputError(
                f"{key!r} must be {form}", path, _line(path, key), remedy=f"write {EXAMPLES[key]}"
            )
        if key in REQUIRED and key not in table:
            raise InputError(f"the key {key!r} is missing", path, remedy=f"add {EXAMPLES[key]}")
    folder = path.parent
    return Project(
        path=path,
        name=table["name"],
        namespace=table["namespace"],
        data=tuple(folder / entry for entry in table.get("data", ["claims/"])),
        vocabulary=tuple(folder / entry for entry in table.get("vocabulary", ["vocabulary/"])),
        checks=tuple(folder / entry for entry in table.get("checks", [])),
        policy=table.get("policy", "default"),
        texts=folder / table["texts"] if "texts" in table else None,
        ontology=tuple(table["ontology"]) if "ontology" in table else None,
        waivers=tuple(table.get("waivers", [])),
    )


def init_project(folder: Path, *, name: str, namespace: str | None = None) -> list[Path]:
    """Lay out a project in `folder`, which is made where it is missing, and return the files written.

    Without a namespace the project gets one at example.org. Raises UsageError where the name or
    namespace cannot be used or a file that would be written is there already; nothing is written
    then.
    """
    namespace = namespace or f"https://example.org/{_slug(name)}/"
    if not name.strip() or not name.isprintable():
        raise UsageError("the project needs a name of printable characters", remedy="give it a name")
    if not is_namespace(namespace):
        raise UsageError(
            f"{namespace!r} is no namespace",
            remedy="give an absolute IRI that ends in /, such as https://example.org/waits/",
        )
    present = [folder / target for target in TEMPLATES if (folder / target).exists()]
    if present:
        raise UsageError(
            "a project or a file of one is there already", present[0], remedy="choose an empty folder"
        )
    values = {"name": name, "name_toml": json.dumps(name, ensure_ascii=False), "namespace": namespace}
    source = files("kgcheck.interchange").joinpath("templates")
    texts = {
        folder / target: Template(source.joinpath(template).read_text("utf-8")).substitute(values)
        for target, template in TEMPLATES.items()
    }
    for place, text in texts.items():
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"cannot be written: {error.strerror}", place) from error
    return list(texts)


def is_namespace(text: str) -> bool:
    """Whether documents can be named below `text`: an absolute IRI without `#` that ends in `/`."""
    return re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`#]+/", text) is not None


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "project"


def _parse(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise InputError("no such file", path, remedy="kgcheck init makes a project") from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path) from error
    except UnicodeDecodeError:
        raise SyntaxInFile("the file is not in UTF-8", path, remedy="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        message = str(error)[: place.start()] if place else str(error)
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (None, None)
        raise SyntaxInFile(
            f"the file is not TOML: {message}", path, line, column, remedy="mend the line"
        ) from None


def _line(path: Path, key: str) -> int | None:
    """The line on which a key or a table of that name stands."""
    pattern = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[]=]""")
    lines = path.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if pattern.match(line)), None)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(entry) for entry in value)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


KEYS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "name": (_is_text, "a text"),
    "namespace": (lambda value: _is_text(value) and is_namespace(value), "an absolute IRI ending in /"),
    "data": (_is_texts, "a list of files and folders"),
    "vocabulary": (_is_texts, "a list of files and folders"),
    "checks": (_is_texts, "a list of folders"),
    "policy": (_is_text, "the name of a policy"),
    "texts": (_is_text, "a folder"),
    "ontology": (_is_texts, "a list of packaged vocabularies"),
    "waivers": (_is_tables, "a list of tables"),
}
REQUIRED = ("name", "namespace")
EXAMPLES = {
    "name": 'name = "Hospital waits"',
    "namespace": 'namespace = "https://example.org/waits/"',
    "data": 'data = ["claims/"]',
    "vocabulary": 'vocabulary = ["vocabulary/"]',
    "checks": 'checks = ["checks/"]',
    "policy": 'policy = "default"',
    "texts": 'texts = "texts/"',
    "ontology": 'ontology = ["policing"]',
    "waivers": "[[waivers]] tables",
}

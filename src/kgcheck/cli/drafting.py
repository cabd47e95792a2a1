"""Texts among the paths of a command: extracted to drafts in a scratch folder, checked like RDF."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kgcheck.cli.output import note
from kgcheck.errors import InputError, KgcheckError

if TYPE_CHECKING:
    from kgcheck.extract.plugins import Extractor
    from kgcheck.interchange.project import Project
    from kgcheck.model.vocabulary import Vocabulary

SUFFIXES = frozenset({".txt", ".md", ".markdown", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx"})


@contextmanager
def drafted(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths with every text replaced by a file of drafts that lasts as long as the context.

    A text that cannot be read is named and left out. Raises InputError when none can be read.
    """
    texts = [path for path in paths if path.suffix.lower() in SUFFIXES and path.is_file()]
    others = tuple(path for path in paths if path not in texts)
    if not texts:
        yield others
        return
    scratch = Path(tempfile.mkdtemp(prefix="kgcheck-drafts-"))
    try:
        claims = write_all(texts, scratch)
        note(
            f"{claims} claims drafted from {len(texts)} text{'s' if len(texts) > 1 else ''}; "
            f"nobody has reviewed them"
        )
        yield (*others, scratch, *_agents())
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def write_all(texts: Sequence[Path], folder: Path, extractors: Sequence[Extractor] = ()) -> int:
    """Write the drafts of all texts into a folder, and return how many claims they are."""
    from kgcheck.engines.drafts import extract_each, write_drafts
    from kgcheck.extract import Extraction

    _, vocabulary = surroundings()
    claims = read = 0
    for outcome in extract_each(texts, vocabulary, extractors):
        if not isinstance(outcome, Extraction):
            say_broken(outcome)
            continue
        read += 1
        place = folder / f"{outcome.source.identifier}.ttl"
        done = write_drafts(outcome, place, project=None, vocabulary=vocabulary)
        claims += done.report.claims if done.report else 0
    if not read:
        raise InputError("none of the texts could be read", remedy="see the messages above")
    if not claims:
        raise InputError("no claim was found in the texts", remedy="check that the files hold running text")
    return claims


def surroundings() -> tuple[Project | None, Vocabulary]:
    """The project that one stands in, and the concepts that its texts may link to."""
    from kgcheck.interchange.importing import sheet_vocabulary
    from kgcheck.interchange.project import find_project, load_project

    place = find_project(Path.cwd())
    project = load_project(place) if place else None
    return project, sheet_vocabulary(project)


def say_broken(error: KgcheckError) -> None:
    """Name a document that could not be read; the others go on."""
    remedy = f" ({error.remedy})" if error.remedy else ""
    note(f"{error.place}: {error.message}{remedy}" if error.place else f"{error.message}{remedy}")


def _agents() -> tuple[Path, ...]:
    """The packaged people and bodies, to which drafts outside a project may link."""
    from kgcheck.assets import folder
    from kgcheck.interchange.project import find_project

    if find_project(Path.cwd()) is not None:
        return ()
    return tuple(sorted(folder("data").rglob("agents.ttl")))

"""A claim sheet in, Turtle out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from kgcheck.assets import folder
from kgcheck.errors import InputError, RowProblem, SheetError, UsageError
from kgcheck.interchange.cells import Cells
from kgcheck.interchange.claims import Draft, Reader
from kgcheck.interchange.concepts import Concepts, Link, Minted, roles
from kgcheck.interchange.documents import SheetDocument, gather_documents
from kgcheck.interchange.gradings import Gradings
from kgcheck.interchange.kinds import form_of
from kgcheck.interchange.layout import document_file, vocabulary_file
from kgcheck.interchange.linking import THRESHOLD, folded, same_words
from kgcheck.interchange.measures import Measures
from kgcheck.interchange.project import Project
from kgcheck.interchange.sheet import Sheet, read_sheet
from kgcheck.interchange.ties import Computation, tie
from kgcheck.interchange.turtle import Iri, Prefixes
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import Policy
from kgcheck.store import Store
from kgcheck.store.formats import FORMATS
from kgcheck.store.vocabulary import read_vocabulary
from kgcheck.store.workers.limits import Limits
from kgcheck.store.writing import refuse_other_hands, write_atomically

LOCAL = "urn:kgcheck:local:"
"""The namespace of sheets that belong to no project: the same words mean the same concept there."""

VOCABULARY_FILE = "imported.ttl"
MADE_FROM = "# Made by `kgcheck import` from {sheet}. Edit the sheet and import it again.\n"


@dataclass(frozen=True, slots=True)
class NewConcept:
    """A concept that the sheet brought in, and the rows that name it."""

    role: str
    label: str
    iri: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    `documents` are identifiers. `linked` lists every label that led to a known concept, `minted`
    the concepts that are new, `alike` pairs of new labels of one role that may mean one thing.
    `open_periods` are rows whose words for the time leave its days open, with those words.
    `files` are all files of the import, `vocabulary` the one with the new concepts, where there
    are any.
    """

    sheet: Path
    claims: int
    documents: tuple[str, ...]
    linked: tuple[Link, ...]
    minted: tuple[NewConcept, ...]
    alike: tuple[tuple[str, str], ...]
    open_periods: tuple[tuple[int, str], ...]
    files: tuple[Path, ...]
    vocabulary: Path | None

    @property
    def fuzzy(self) -> tuple[Link, ...]:
        """The links that rest on a likeness of spelling, to be looked over by a person."""
        return tuple(link for link in self.linked if link.how == "fuzzy")


def import_sheet(
    path: Path,
    *,
    out: Path,
    project: Project | None,
    vocabulary: Vocabulary,
    policy: Policy,
    threshold: float = THRESHOLD,
    texts: Path | None = None,
) -> ImportReport:
    """Turn a claim sheet into one Turtle file for each of its documents.

    Parameters
    ----------
    path
        A CSV or TSV file; docs/claim-sheets.md describes its columns.
    out
        A folder, or a `.ttl` file where the sheet is of one document.
    project
        Gives the namespace of documents and new concepts, the folder of texts and the vocabulary
        that new concepts are added to. Without one they stand beside the output.
    vocabulary
        The concepts that labels may link to.
    threshold
        The least score, of 100, of a fuzzy link.
    texts
        A folder of `<document>.txt`, in place of the project's.

    Raises
    ------
    SheetError
        With every problem of every row. Nothing is written then.
    InputError, SyntaxInFile
        Where the sheet is no readable text, or a file in the way was made by another hand.
    UsageError
        Where several documents are to go into one file.
    """
    _refuse_other_formats(out)
    sheet = read_sheet(path)
    namespace = project.namespace if project else LOCAL
    store = _vocabulary_path(out, project)
    concepts = Concepts(_with_file(vocabulary, store), namespace, threshold)
    gradings = Gradings(concepts)
    rows = [Cells(row, sheet) for row in sheet.rows]
    documents = gather_documents(rows, concepts, namespace, texts or (project.texts if project else None))
    drafts = _read(rows, Reader(concepts, Measures(concepts, policy), gradings, documents))
    computations = tie(drafts)
    _raise_problems(sheet, rows)
    files = _files(sheet, out, documents, drafts, computations, concepts)
    new = None
    if concepts.minted:
        before = store.read_text("utf-8") if store.exists() else None
        scheme = f"{namespace}vocabulary"
        name = project.name if project else "Without a project"
        prefixes = Prefixes(_prefixes(concepts, namespace))
        new = vocabulary_file(concepts, gradings, scheme, prefixes, name, before)
        _write(store, new)
    for place, text in files.items():
        _write(place, text)
    return ImportReport(
        sheet=path,
        claims=len(drafts),
        documents=tuple(sorted({document.identifier for document in documents.values()})),
        linked=tuple(sorted(concepts.links.values(), key=lambda link: (link.role, link.label))),
        minted=tuple(
            sorted(map(_new_concept, concepts.minted.values()), key=lambda new: (new.role, new.iri))
        ),
        alike=tuple(_alike(concepts.minted.values())),
        open_periods=tuple(_open_periods(drafts)),
        files=(*([store] if new else []), *files),
        vocabulary=store if new else None,
    )


def sheet_vocabulary(project: Project | None) -> Vocabulary:
    """The concepts that the labels of a project's sheets may link to.

    These are the packaged vocabularies that the project names (all of them where it names none or
    there is no project), the packaged data's people and bodies where there is no project, and the
    project's own vocabulary. Raises UsageError for a packaged vocabulary that does not exist.
    """
    packaged = {path.stem: path for path in sorted(folder("ontology").glob("*.ttl"))}
    core = packaged.pop("kgcheck")
    names = list(packaged) if project is None or project.ontology is None else list(project.ontology)
    for name in names:
        if name not in packaged:
            raise UsageError(
                f"there is no packaged vocabulary {name!r}",
                project.path if project else None,
                remedy=f"name one of: {', '.join(packaged)}",
            )
    store = Store()
    store.load([core, *(packaged[name] for name in names)])
    if project is None:
        store.load([folder("data")])
    else:
        store.load(project.vocabulary_files(), limits=Limits())
    return read_vocabulary(store)


def _read(rows: Sequence[Cells], reader: Reader) -> list[Draft]:
    """The claims of all rows. Units are heard first, since one row speaks for its whole measure."""
    forms = [(cells, form) for cells in rows if (form := form_of(cells)) is not None]
    for cells, _ in forms:
        if cells.row.get("unit") and (measure := reader.concepts.find(cells, "measure", "measure")):
            reader.measures.hear(cells, measure)
    drafts = [draft for cells, form in forms if (draft := reader.read(cells, form)) is not None]
    reader.measures.settle()
    reader.gradings.settle()
    return drafts


def _raise_problems(sheet: Sheet, rows: Iterable[Cells]) -> None:
    problems: list[RowProblem] = []
    for cells in rows:
        problems += dict.fromkeys(cells.problems)
    if problems:
        number = len(problems)
        message = f"{number} problem{'s' if number > 1 else ''}; nothing was written"
        raise SheetError(message, path=sheet.path, problems=tuple(problems))


def _vocabulary_path(out: Path, project: Project | None) -> Path:
    if project is not None:
        place = project.vocabulary[0]
        return place if place.suffix == ".ttl" else place / VOCABULARY_FILE
    return out.with_name(f"{out.stem}-{VOCABULARY_FILE}") if out.suffix == ".ttl" else out / VOCABULARY_FILE


def _with_file(vocabulary: Vocabulary, path: Path) -> Vocabulary:
    """The vocabulary and what a file of earlier imports adds to it."""
    if not path.exists():
        return vocabulary
    store = Store()
    store.load([path], limits=Limits())
    earlier = read_vocabulary(store)
    return replace(
        vocabulary,
        labels={**earlier.labels, **vocabulary.labels},
        alternatives={**earlier.alternatives, **vocabulary.alternatives},
        types={**earlier.types, **vocabulary.types},
        measures={**earlier.measures, **vocabulary.measures},
        grades={**earlier.grades, **vocabulary.grades},
        schemes={**earlier.schemes, **vocabulary.schemes},
        questions={**earlier.questions, **vocabulary.questions},
        posts={**earlier.posts, **vocabulary.posts},
    )


def _files(
    sheet: Sheet,
    out: Path,
    documents: Mapping[str, SheetDocument],
    drafts: Sequence[Draft],
    computations: Sequence[Computation],
    concepts: Concepts,
) -> dict[Path, str]:
    """The text of every document's file by its place."""
    heading = MADE_FROM.format(sheet=sheet.path.name)
    by_document: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_document[draft.document.identifier].append(draft)
    known = {document.identifier: document for document in documents.values()}
    if out.suffix == ".ttl" and len(by_document) > 1:
        raise UsageError(
            f"the sheet has {len(by_document)} documents, and each needs a file of its own",
            out,
            remedy="name a folder in place of the file",
        )
    files = {}
    for identifier, members in sorted(by_document.items()):
        document = known[identifier]
        place = out if out.suffix == ".ttl" else out / f"{identifier}.ttl"
        own = {"": f"{document.iri}#", "doc": document.iri.removesuffix(identifier)}
        prefixes = Prefixes({**_foreign(members), **_prefixes(concepts, own["doc"]), **own})
        computed = [item for item in computations if item.result.document is document]
        files[place] = document_file(document, members, computed, prefixes, heading)
        refuse_other_hands(place, heading, "this sheet")
    return files


def _refuse_other_formats(out: Path) -> None:
    if out.suffix.lower() in FORMATS and out.suffix != ".ttl":
        raise UsageError("claim sheets become Turtle alone", out, remedy="name a .ttl file or a folder")


def _write(place: Path, text: str) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"the folder cannot be made: {error.strerror}", place.parent) from error
    write_atomically(place, text.encode())


def _prefixes(concepts: Concepts, namespace: str) -> dict[str, str]:
    """A prefix for each kind of the project's own concepts."""
    own = {name: concepts.folder(role) for name, role in roles().items() if name != "person"}
    return {**own, "grade": own["scheme"], "doc": namespace}


def _foreign(drafts: Iterable[Draft]) -> dict[str, str]:
    """Prefixes for the vocabularies of others that claims speak of, named by the end of their IRIs."""
    found: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for _, terms in draft.pairs:
            for term in terms:
                if isinstance(term, Iri) and (
                    parts := re.fullmatch(r"(.*?([a-z][a-z0-9]*)#)[^#]+", term.iri)
                ):
                    found[parts[2]].add(parts[1])
    return {name: namespaces.pop() for name, namespaces in found.items() if len(namespaces) == 1}


def _new_concept(minted: Minted) -> NewConcept:
    return NewConcept(minted.role.name, minted.label, minted.iri, tuple(sorted(minted.rows)))


def _open_periods(drafts: Iterable[Draft]) -> Iterator[tuple[int, str]]:
    """Rows whose period is kept in words alone."""
    for draft in drafts:
        said = {predicate for predicate, _ in draft.pairs}
        if "kgc:statedPeriod" in said and said.isdisjoint({"kgc:periodStart", "kgc:periodEdtf", "kgc:asOf"}):
            yield draft.cells.row.number, draft.cells.text("period") or ""


def _alike(minted: Iterable[Minted]) -> Iterator[tuple[str, str]]:
    """Pairs of new labels of one kind that differ in spelling alone."""
    by_folder: dict[str, list[str]] = defaultdict(list)
    for concept in minted:
        by_folder[concept.role.folder].append(concept.label)
    for labels in by_folder.values():
        ordered = sorted(labels)
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 :]:
                left, right = folded(first), folded(second)
                if same_words(left, right) and fuzz.token_sort_ratio(left, right) >= 80:
                    yield first, second

"""What ties rows together: claims that restate or are computed from others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from kgcheck.interchange.cells import Cells, choices
from kgcheck.interchange.claims import Draft
from kgcheck.interchange.concepts import slug
from kgcheck.interchange.turtle import Iri


@dataclass(frozen=True, slots=True)
class Computation:
    """How one claim's value follows from those of others, in the order that the operation asks for."""

    iri: str
    operation: str
    result: Draft
    operands: tuple[Draft, ...]
    basis: str


def tie(drafts: Sequence[Draft]) -> list[Computation]:
    """Give every claim what it restates, and return the computations of the sheet.

    Claims of one name in one document, names that no row has and sentences named like a claim are
    noted as problems.
    """
    names = _by_name(drafts)
    for draft in drafts:
        _restate(draft, names)
        _keep_sentence_apart(draft, names)
    return [computation for draft in drafts for computation in _computations(draft, names)]


Names = Mapping[tuple[str, str], Draft]


def _by_name(drafts: Iterable[Draft]) -> Names:
    names: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        other = names.setdefault((draft.document.identifier, draft.local), draft)
        if other is draft:
            continue
        number = other.cells.row.number
        if draft.cells.row.get("id"):
            message = f"the id {draft.cells.text('id')!r} stands in row {number} already"
            draft.cells.refuse("id", message, "give each claim of a document an id of its own")
        else:
            message = f"the row makes the same claim as row {number}"
            remedy = "delete one of them, or tell them apart by 'id' or 'start'"
            draft.cells.refuse("document", message, remedy)
    return names


def _find(cells: Cells, column: str, name: str, draft: Draft, names: Names) -> Draft | None:
    """The claim called `name` in the row's own document, or `document#name`, or in the whole sheet."""
    document, _, local = name.rpartition("#")
    if document:
        wanted = names.get((document, slug(local)))
    else:
        wanted = names.get((draft.document.identifier, slug(name)))
        if wanted is None:
            elsewhere = [other for (_, local), other in names.items() if local == slug(name)]
            wanted = elsewhere[0] if len(elsewhere) == 1 else None
    if wanted is None:
        near = process.extractOne(slug(name), [local for _, local in names], score_cutoff=70)
        remedy = f"did you mean {near[0]!r}?" if near else "fill in the 'id' of the row that is meant"
        cells.refuse(column, f"no row has the id {name!r}", remedy)
    return wanted


def _restate(draft: Draft, names: Names) -> None:
    originals = []
    for name in draft.cells.entries("restates"):
        original = _find(draft.cells, "restates", name, draft, names)
        if original is draft:
            draft.cells.refuse("restates", "the row restates itself", "name the row that it repeats")
        elif original is not None:
            originals.append(Iri(original.iri))
    draft.say("kgc:restates", *originals)


def _keep_sentence_apart(draft: Draft, names: Names) -> None:
    sentence = draft.cells.text("reading_of")
    if sentence and (draft.document.identifier, f"sentence-{slug(sentence)}") in names:
        draft.cells.refuse("reading_of", f"{sentence!r} is the id of a claim", "name the sentence otherwise")


def _computations(draft: Draft, names: Names) -> Iterable[Computation]:
    cells = draft.cells
    for number, entry in enumerate(cells.entries("computed_as"), start=1):
        parsed = re.fullmatch(r"(.+?):\s*(.+)", entry)
        operation = choices("operation").get(parsed[1].strip().casefold()) if parsed else None
        if parsed is None or operation is None:
            known = ", ".join(dict.fromkeys(choices("operation").values()))
            remedy = f"write it as 'sum: a b c'; the operations are {known}"
            cells.refuse("computed_as", f"{entry!r} is no computation", remedy)
            continue
        operands = [
            _find(cells, "computed_as", name, draft, names)
            for name in re.split(r"[\s,;]+", parsed[2])
            if name
        ]
        found = tuple(operand for operand in operands if operand is not None)
        if len(found) < len(operands):
            continue
        if draft in found:
            message = "the row is computed from itself"
            cells.refuse("computed_as", message, "take its own id out of the computation")
        elif len(found) < 2 or (operation != "sum" and len(found) > 2):
            wants = "two or more rows" if operation == "sum" else "exactly two rows"
            cells.refuse("computed_as", f"a {operation} takes {wants}", "name their ids, parted by spaces")
        else:
            suffix = operation if number == 1 else f"{operation}-{number}"
            basis = cells.choice("computed_basis") or "implied"
            yield Computation(f"{draft.iri}-{suffix}", operation, draft, found, basis)

"""Grades and their schemes. A grade means something in one version of one scheme only."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from rapidfuzz import process

from kgcheck.interchange.cells import Cells
from kgcheck.interchange.concepts import Concepts, slug
from kgcheck.interchange.linking import folded

UNNAMED = "Grades"
"""The scheme of grades whose rows name none and whose questions belong to no known programme."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Grades from best to worst, and which of them are praise or blame."""

    grades: tuple[str, ...]
    favourable: frozenset[str] = frozenset()
    unfavourable: frozenset[str] = frozenset()

    def valence(self, grade: str) -> str | None:
        """favourable, unfavourable, or None for a grade in between."""
        if grade in self.favourable:
            return "favourable"
        return "unfavourable" if grade in self.unfavourable else None


@dataclass(slots=True)
class Gradings:
    """Finds grades, and collects those of the schemes that the sheet brings in."""

    concepts: Concepts
    used: dict[str, dict[str, list[Cells]]] = field(default_factory=dict)
    orders: dict[str, list[tuple[Cells, tuple[str, ...]]]] = field(default_factory=lambda: defaultdict(list))
    scales: dict[str, Scale] = field(default_factory=dict)

    def find(self, cells: Cells, questions: tuple[str, ...]) -> str | None:
        """The IRI of the grade that a row gives, in the scheme that it names or that goes without saying."""
        words = cells.text("grade")
        scheme = self._scheme(cells, questions)
        if words is None or scheme is None:
            return None
        if scheme not in self.concepts.minted:
            return self._known(cells, scheme, words)
        if order := cells.text("grade_order"):
            names = tuple(folded(name) for name in order.split(">") if name.strip())
            self.orders[scheme].append((cells, names))
        name = folded(words)
        self.used.setdefault(scheme, {}).setdefault(name, []).append(cells)
        return grade_iri(scheme, name)

    def settle(self) -> None:
        """Order the grades of every new scheme. One whose order nobody gives or knows is a problem."""
        for scheme, used in self.used.items():
            given = self._given(scheme)
            scale = given or known_scale(frozenset(used))
            if scale is None:
                cells = min((rows[0] for rows in used.values()), key=lambda cells: cells.row.number)
                names = ", ".join(sorted(used))
                cells.refuse(
                    "grade",
                    f"the order of the grades is not known ({names})",
                    "fill in 'grade_order' once, from best to worst: "
                    + " > ".join(sorted(used) if len(used) > 1 else [*used, "…"])
                    + "; grades of different scales need a 'scheme' each",
                )
                continue
            for name, rows in used.items():
                if name not in scale.grades:
                    remedy = "add it to 'grade_order', or mend the grade"
                    rows[0].refuse("grade", f"{name!r} is not in the order given for its scheme", remedy)
            self.scales[scheme] = scale

    def _scheme(self, cells: Cells, questions: tuple[str, ...]) -> str | None:
        if cells.row.get("scheme"):
            return self.concepts.find(cells, "scheme", "scheme")
        known = self.concepts.vocabulary
        programmes = {known.questions.get(question) for question in questions} - {None}
        fitting = sorted(
            scheme for scheme, programme in known.schemes.items() if programme and programme in programmes
        )
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = ", ".join(known.label(scheme) for scheme in fitting)
            cells.refuse(
                "scheme", f"the grade may belong to one of several schemes ({names})", "name one of them"
            )
            return None
        return self.concepts.find(cells, "scheme", "scheme", UNNAMED)

    def _known(self, cells: Cells, scheme: str, words: str) -> str | None:
        """A grade of a scheme that was there. Nothing is added to such a scheme."""
        vocabulary = self.concepts.vocabulary
        names: dict[str, str] = {}
        for grade in vocabulary.grades.values():
            if grade.scheme == scheme:
                for label in (
                    grade.name,
                    vocabulary.label(grade.iri),
                    *vocabulary.alternatives.get(grade.iri, ()),
                ):
                    names.setdefault(folded(label), grade.iri)
        if folded(words) in names:
            return names[folded(words)]
        near = process.extractOne(folded(words), list(names), score_cutoff=75)
        known = ", ".join(
            g.name for g in sorted(vocabulary.grades.values(), key=lambda g: -g.ordinal) if g.scheme == scheme
        )
        cells.refuse(
            "grade",
            f"{words!r} is no grade of {vocabulary.label(scheme)}",
            f"did you mean {near[0]!r}?" if near else f"write one of: {known}",
        )
        return None

    def _given(self, scheme: str) -> Scale | None:
        orders = self.orders.get(scheme)
        if not orders:
            return None
        first = orders[0][1]
        for cells, names in orders:
            if names != first:
                cells.refuse(
                    "grade_order", "the scheme has another order in another row", "give the order once"
                )
            if len(names) < 2 or len(set(names)) < len(names):
                remedy = "write every grade once, from best to worst, parted by >"
                cells.refuse("grade_order", "an order takes two or more different grades", remedy)
        known = known_scale(frozenset(first))
        return Scale(first, *((known.favourable, known.unfavourable) if known else ()))


def grade_iri(scheme: str, name: str) -> str:
    """The IRI of a grade beside that of its new scheme."""
    return f"{scheme}-{slug(name)}"


def known_scale(grades: frozenset[str]) -> Scale | None:
    """The shortest of the known scales that has all these grades."""
    fitting = [scale for scale in _scales() if grades <= set(scale.grades)]
    return min(fitting, key=lambda scale: len(scale.grades), default=None)


@cache
def _scales() -> tuple[Scale, ...]:
    table: Mapping[str, list[Mapping[str, list[str]]]] = tomllib.loads(
        files("kgcheck.interchange").joinpath("scales.toml").read_text("utf-8")
    )
    return tuple(
        Scale(
            tuple(folded(grade) for grade in entry["grades"]),
            frozenset(map(folded, entry.get("favourable", ()))),
            frozenset(map(folded, entry.get("unfavourable", ()))),
        )
        for entry in table["scale"]
    )

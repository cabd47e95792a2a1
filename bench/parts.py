"""The parts of the bench; each measures one question and compares results on the way."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.generator import Generated, generate
from bench.hot import many_blocks, one_block
from bench.measuring import Measured, kgcheck, task
from bench.table import Line, Part, exponent
from kgcheck.engines.stored.state import NAME as STATE

QUERY_BOUND = 60
"""Seconds of a processor that rdflib has for each query."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A store on disk, and what adding to it and the first check of it took."""

    path: Path
    added: Measured
    checked: Measured


@dataclass(frozen=True, slots=True)
class Plan:
    """Where scratch files go, and how large things get."""

    folder: Path
    full: bool = False
    quick: bool = False
    """A look at whether all of it works, with too few claims to tell anything else."""
    done: dict[int, tuple[Measured, Sequence[Any]]] = field(default_factory=dict)
    kept: dict[int, Stored] = field(default_factory=dict)

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Numbers of claims: small, middle, large."""
        return (100, 200, 400) if self.quick else (1_000, 10_000, 100_000)

    @property
    def stored_sizes(self) -> tuple[int, ...]:
        """Numbers of claims for stores on disk."""
        return (*self.sizes[1:], 1_000_000) if self.full else self.sizes[1:]

    @property
    def crowd(self) -> int:
        """Claims in one block."""
        return 100 if self.quick else 5_000

    def claims(self, count: int) -> Generated:
        """Made-up claims, made once; the last document is apart."""
        folder = self.folder / str(count)
        return _made(folder) or generate(folder, count, later=1)

    def checked(self, count: int) -> tuple[Measured, Sequence[Any]]:
        """The whole check of all files by the command line, run once, and what it finds."""
        if count not in self.done:
            made, report = self.claims(count), self.folder / "report.json"
            files = (made.data, made.vocabulary, *made.later)
            measured = kgcheck("check", *files, "--format", "json", "-o", report)
            self.done[count] = (measured, _found(report))
        return self.done[count]

    def stored(self, count: int) -> Stored:
        """A store on disk with all files but the last document in it, checked once."""
        if count not in self.kept:
            made, store = self.claims(count), self.empty(f"store.{count}")
            added = kgcheck("add", made.data, made.vocabulary, "--store", store)
            self.kept[count] = Stored(store, added, kgcheck(*_store_check(self, store)))
        return self.kept[count]

    def empty(self, name: str) -> Path:
        """A path at which nothing is."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        return path


def _made(folder: Path) -> Generated | None:
    if not (folder / "truth.json").exists():
        return None
    held = tuple(sorted(folder.glob("d*.ttl")))
    return Generated(folder / "claims.nq", folder / "vocabulary.ttl", folder / "truth.json", held)


def whole(plan: Plan) -> Part:
    """The whole check, against rdflib and pySHACL."""
    part = Part("Whole check, and the same shapes and queries by rdflib and pySHACL")
    for count in plan.sizes[:2]:
        made = plan.claims(count)
        ours, _ = plan.checked(count)
        part.add("kgcheck check", count, ours)
        files = {name: str(plan.folder / f"{name}.{count}") for name in ("said", "derived", "rows")}
        given = {"data": made.data, "vocabulary": made.vocabulary}
        task("reference.prepare", **given, said=files["said"], derived=files["derived"])
        theirs = task("reference.rdflib", **files, bound=QUERY_BOUND)
        for name, seconds in theirs.told["parts"].items():
            part.lines.append(Line(f"  {name}", count, seconds))
        total, spared = theirs.told["total"], theirs.told["spared"]
        part.lines.append(Line("rdflib + pySHACL", count, total, None, theirs.memory))
        part.lines.append(Line("rdflib + pySHACL, spared FROM", count, spared))
        left = theirs.told["unfinished"]
        rows = task("reference.formed", **given, rows=files["rows"]).told["findings"]
        own = task("reference.found", **given, without=left).told["findings"]
        part.same(f"{len(own):,} findings at {count:,} claims", own, rows)
        if left:
            part.says.append(
                f"rdflib did not finish {', '.join(left)} within {QUERY_BOUND} s each: counted as"
                f" {QUERY_BOUND} s, and their findings not compared."
            )
        ratios = [seconds / ours.processor for seconds in (total, spared)]
        part.says.append(
            f"At {count:,} claims kgcheck takes 1/{ratios[0]:.0f} of the time, "
            f"1/{ratios[1]:.0f} where rdflib is spared FROM."
        )
    return part


def shapes(plan: Plan) -> Part:
    """The packaged shapes, compiled and by pySHACL."""
    part = Part("Shapes alone")
    for count in plan.sizes[:2]:
        made = plan.claims(count)
        told: dict[str, Mapping[str, Any]] = {}
        for engine in ("compiled", "pyshacl"):
            measured = task("shapes.validated", data=made.data, vocabulary=made.vocabulary, engine=engine)
            told[engine] = measured.told
            part.lines.append(_line(f"--shacl {engine}", count, measured))
        one, other = (
            (told[engine]["violations"], told[engine]["invalid"]) for engine in ("compiled", "pyshacl")
        )
        part.same(f"{len(one[0])} results at {count:,} claims", one, other)
        ratio = told["pyshacl"]["processor"] / told["compiled"]["processor"]
        part.says.append(f"At {count:,} claims the compiled shapes take 1/{ratio:.0f} of the time.")
    return part


def conflicts(plan: Plan) -> Part:
    """One conflict query, against columns in DuckDB."""
    part = Part("One step: the blocks in which values conflict, with their claims")
    for count in (plan.sizes[1], *(plan.sizes[2:] if plan.full else ())):
        made = plan.claims(count)
        said, derived = (str(plan.folder / f"{name}.{count}") for name in ("said", "derived"))
        if not Path(derived).exists():
            task("reference.prepare", data=made.data, vocabulary=made.vocabulary, said=said, derived=derived)
        query = task("conflicts.oxigraph", derived=derived)
        columns = task("conflicts.columns", derived=derived)
        part.lines.append(_line("the query of value-conflict in Oxigraph", count, query))
        part.lines.append(_line("DuckDB, columns ready", count, columns))
        part.same(
            f"{len(query.told['rows']):,} rows at {count:,} claims", query.told["rows"], columns.told["rows"]
        )
    return part


def loading(plan: Plan) -> Part:
    """Loading a file, against Oxigraph alone."""
    part = Part("Loading N-Quads")
    for count in plan.sizes[1:]:
        made = plan.claims(count)
        for what, bulk, disk in (
            ("pyoxigraph load, memory", False, False),
            ("pyoxigraph bulk_load, memory", True, False),
            ("pyoxigraph load, disk", False, True),
            ("pyoxigraph bulk_load, disk", True, True),
        ):
            folder = plan.empty("bare") if disk else None
            part.lines.append(
                _line(what, count, task("loading.bare", path=made.data, bulk=bulk, folder=folder))
            )
        measured = task("loading.ours", path=made.data)
        part.add("kgcheck, memory, in a worker", count, measured, "processor: both processes")
        store = plan.empty("store")
        part.add("kgcheck add, disk", count, kgcheck("add", made.data, "--store", store), "whole command")
    return part


def scaling(plan: Plan) -> Part:
    """The whole check as claims grow: of files in memory, and of stores on disk."""
    part = Part("Whole check as claims grow")
    memory: list[tuple[int, float]] = []
    for count in plan.sizes:
        ours, _ = plan.checked(count)
        bare = task("loading.bare", path=plan.claims(count).data, bulk=False)
        part.add("kgcheck check", count, ours)
        part.lines.append(_line("pyoxigraph load, memory", count, bare))
        memory.append((count, ours.processor))
        ratio = ours.processor / bare.told["processor"]
        part.says.append(f"At {count:,} claims the check takes {ratio:.1f} times what the load takes.")
    for first in (0, 1):
        fitted = exponent(memory[first:])
        part.says.append(f"In memory, from {memory[first][0]:,} claims, the exponent is {fitted:.2f}.")
    disk: list[tuple[int, float]] = []
    for count in plan.stored_sizes:
        kept = plan.stored(count)
        folder = plan.empty("bare")
        bare = task("loading.bare", path=plan.claims(count).data, bulk=True, folder=folder)
        shutil.rmtree(folder, ignore_errors=True)
        part.add("kgcheck add", count, kept.added)
        part.add("kgcheck check --store", count, kept.checked)
        part.lines.append(_line("pyoxigraph bulk_load, disk", count, bare))
        disk.append((count, kept.checked.processor))
    part.says.append(f"On disk, from {disk[0][0]:,} claims, the exponent is {exponent(disk):.2f}.")
    return part


def incremental(plan: Plan) -> Part:
    """One document more in a store, and the check after it."""
    part = Part("One document of 50 claims more")
    for count in plan.stored_sizes:
        kept = plan.stored(count)
        part.add("check of the store, the first", count, kept.checked)
        _one_more(plan, part, count, kept.path)
    return part


def _one_more(plan: Plan, part: Part, count: int, store: Path) -> None:
    """Add the document that was held back, check, and compare with a check from scratch.

    What is told as new and gone, applied to what was found before, must make what is found from scratch.
    """
    part.add("check of the store, nothing changed", count, kgcheck(*_store_check(plan, store)))
    known = _fingerprints(_found(plan.folder / "report.json"))
    added = kgcheck("add", plan.claims(count).later[0], "--store", store)
    part.add("add of a document", count, added)
    news = kgcheck(*_store_check(plan, store), "--since-last")
    part.add("check --since-last, after it", count, news)
    told = json.loads((plan.folder / "report.json").read_text(encoding="utf-8"))
    gone = {one["id"] for one in told["baseline"]["gone"]}
    known = {name: what for name, what in known.items() if name not in gone}
    known |= _fingerprints(told["findings"])
    again = kgcheck(*_store_check(plan, store))
    part.add("check of the store, after that", count, again)
    found = _found(plan.folder / "report.json")
    if count < 1_000_000:
        what, (scratch, whole) = "check of the files, from scratch", plan.checked(count)
    else:  # that many are checked on disk alone: the store forgets what was found in it
        (store / STATE).unlink()
        what, scratch = "check of the store, from scratch", kgcheck(*_store_check(plan, store))
        whole = _found(plan.folder / "report.json")
    part.add(what, count, scratch)
    part.same(f"{len(found):,} findings at {count:,} claims", found, whole)
    part.same(f"{len(gone):,} gone and {len(told['findings']):,} new ones", known, _fingerprints(whole))
    first = added.processor + news.processor
    ratios = [seconds / scratch.processor for seconds in (first, first + again.processor)]
    part.says.append(
        f"At {count:,} claims add and check --since-last take {ratios[0]:.1%} of a check from scratch, "
        f"{ratios[1]:.1%} with the whole report after them."
    )


def _store_check(plan: Plan, store: Path) -> tuple[str | Path, ...]:
    return ("check", "--store", store, "--format", "json", "-o", plan.folder / "report.json")


def crowding(plan: Plan) -> Part:
    """Many values in one block, against as many blocks."""
    count = plan.crowd
    part = Part(f"{count:,} claims in one block, and in {count:,}")
    taken = {}
    for what, make in (("one block, all values different", one_block), ("as many blocks", many_blocks)):
        data, words = make(plan.folder / make.__name__, count)
        measured = kgcheck("check", data, words, "--format", "json", "-o", plan.folder / "report.json")
        part.add(what, count, measured)
        taken[make] = measured.processor
    part.says.append(f"One block takes {taken[one_block] / taken[many_blocks]:.1f} times as long.")
    return part


PARTS: Mapping[str, Callable[[Plan], Part]] = {
    "loading": loading,
    "shapes": shapes,
    "whole": whole,
    "conflicts": conflicts,
    "scaling": scaling,
    "incremental": incremental,
    "crowding": crowding,
}


def _found(report: Path) -> Sequence[Any]:
    told = json.loads(report.read_text(encoding="utf-8"))
    return [*told["findings"], *told["validation"]]


def _fingerprints(found: Sequence[Any]) -> dict[str, str]:
    """The findings among these, by id; results of the shapes have none."""
    return {one["id"]: one["fingerprint"] for one in found if "fingerprint" in one}


def _line(what: str, count: int, measured: Measured) -> Line:
    """A measurement that a task made of its own work, without the start of its process."""
    told = measured.told
    return Line(what, count, told["processor"], told["seconds"], measured.memory)

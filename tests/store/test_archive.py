"""Changing one document at a time on disk."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kgcheck.errors import InputError, LimitError, SyntaxInFile, UsageError
from kgcheck.store import COMMON, ONTOLOGY, Store
from kgcheck.store.archive import Archive, Change
from kgcheck.store.placing import INCOMING, REVISIONS
from kgcheck.store.stored import revisions
from kgcheck.store.workers import Limits

BASE = "https://example.org/documents/"
KILLS = int(os.environ.get("KGCHECK_KILLS", "20"))
"""How often the process is killed; set the variable for more than a taste of it."""

Quads = frozenset[ox.Quad]


def write(folder: Path, name: str, version: int, claims: int = 20) -> Path:
    """A document in one of its versions, as a file."""
    lines = [
        "@prefix kgc: <https://w3id.org/kgcheck/ontology#> .",
        "@prefix dct: <http://purl.org/dc/terms/> .",
        f'<{BASE}{name}> a kgc:Document ; dct:identifier "{name}" ; dct:title "version {version}" .',
        *(
            f'<{BASE}{name}#c{n}> kgc:inDocument <{BASE}{name}> ; kgc:statedValue "{n * version}" ; '
            f"kgc:evidence [ kgc:note {version} ] ."
            for n in range(claims)
        ),
    ]
    path = folder / f"{name}-{version}.ttl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def held(archive: Archive) -> Quads:
    """What was said, without the archive's own notes."""
    return frozenset(quad for quad in archive.raw if quad.graph_name != ox.NamedNode(REVISIONS))


def read(*paths: Path) -> Quads:
    store = Store()
    store.load(paths)
    return frozenset(store.raw)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def test_every_change_leaves_a_mark_of_its_own(tmp_path: Path, place: Path) -> None:
    one, two, other = write(tmp_path, "a", 1), write(tmp_path, "a", 2, 3), write(tmp_path, "b", 1)
    with Archive(place, create=True) as archive:
        archive.add([one, other])
        first = revisions(archive.raw)
        assert first.keys() == {f"{BASE}a", f"{BASE}b"}
        archive.replace(two)
        second = revisions(archive.raw)
        assert first[f"{BASE}a"] != second[f"{BASE}a"]
        assert first[f"{BASE}b"] == second[f"{BASE}b"]
        archive.remove("b")
        assert revisions(archive.raw) == {f"{BASE}a": second[f"{BASE}a"]}


def test_a_life(tmp_path: Path, place: Path) -> None:
    one, two, other = write(tmp_path, "a", 1), write(tmp_path, "a", 2, 3), write(tmp_path, "b", 1)
    with Archive(place, create=True) as archive:
        assert archive.add([one]) == Change(added=(f"{BASE}a",), triples=83)
        assert archive.add([other]).added == (f"{BASE}b",)
        assert held(archive) == read(one, other)
    with Archive(place) as archive:
        assert archive.documents() == [f"{BASE}a", f"{BASE}b"]
        assert archive.replace(two) == Change(replaced=(f"{BASE}a",), triples=15)
        assert held(archive) == read(two, other)
        for name in ("b", f"{BASE}b"):
            assert archive.remove(name) == Change(removed=(f"{BASE}b",))
            assert held(archive) == read(two)
            archive.add([other])
    with Archive(place) as archive:
        assert held(archive) == read(two, other)


def test_what_documents_share(tmp_path: Path, place: Path) -> None:
    agents, terms = tmp_path / "agents.ttl", tmp_path / "terms.ttl"
    agents.write_text('<urn:x> <http://xmlns.com/foaf/0.1/name> "X" .', "utf-8")
    terms.write_text("<urn:t> a <http://www.w3.org/2004/02/skos/core#Concept> .", "utf-8")
    with Archive(place, create=True) as archive:
        assert archive.add([agents, terms, write(tmp_path, "a", 1)]).added == (f"{BASE}a",)
        archive.add([agents])
        archive.remove("a")
        assert sorted(quad.graph_name.value for quad in held(archive)) == sorted({COMMON, ONTOLOGY})
        with pytest.raises(UsageError, match="holds no document"):
            archive.replace(agents)
        assert len(held(archive)) == 2


def test_what_is_refused_changes_nothing(tmp_path: Path, place: Path) -> None:
    one, two, other = write(tmp_path, "a", 1), write(tmp_path, "a", 2), write(tmp_path, "b", 1)
    broken = tmp_path / "broken.ttl"
    broken.write_text(two.read_text("utf-8") + "\n<urn:x> .", "utf-8")
    with Archive(place, create=True) as archive:
        archive.add([one])
        before = held(archive)
        for act, error, words in (
            (lambda: archive.add([other, two]), UsageError, f"{BASE}a is stored already"),
            (lambda: archive.replace(other), UsageError, f"{BASE}b is not stored"),
            (lambda: archive.remove("c"), UsageError, "no document is called 'c'"),
            (lambda: archive.add([other, broken]), SyntaxInFile, "."),
            (lambda: archive.replace(broken), SyntaxInFile, "."),
            (lambda: archive.add([other], Limits(seconds=0.001)), LimitError, "longer than"),
            (lambda: archive.add([tmp_path / "nowhere.ttl"]), InputError, "no such file"),
        ):
            with pytest.raises(error, match=words):
                act()
            assert held(archive) == before
    with Archive(place) as archive:
        assert held(archive) == before


def test_folders_that_hold_no_store(tmp_path: Path, place: Path) -> None:
    with pytest.raises(InputError, match="there is no store here"):
        Archive(place)
    assert not place.exists()
    (tmp_path / "notes.txt").touch()
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(InputError, match="this is no store of kgcheck"):
            Archive(path, create=True)


def test_one_writer_and_any_readers(tmp_path: Path, place: Path) -> None:
    one, two = write(tmp_path, "a", 1), write(tmp_path, "a", 2)
    with Archive(place, create=True) as archive:
        archive.add([one])
        with pytest.raises(InputError, match="another process works on this store"):
            Archive(place)
        reader = Store()
        reader.load([place], limits=Limits())
        archive.replace(two)
        assert frozenset(reader.raw) == read(one)


def test_a_store_is_read_like_a_file(tmp_path: Path, place: Path) -> None:
    one, other = write(tmp_path, "a", 1), write(tmp_path, "b", 1)
    with Archive(place, create=True) as archive:
        archive.add([one])
        archive.raw.add(
            ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(1), ox.NamedNode(INCOMING))
        )
    for limits in (None, Limits()):
        store = Store()
        report = store.load([place, other], limits=limits)
        assert report.documents == (f"{BASE}a", f"{BASE}b")
        assert frozenset(store.raw) == read(one, other)


def test_what_an_unfinished_step_left_goes(tmp_path: Path, place: Path) -> None:
    one = write(tmp_path, "a", 1)
    with Archive(place, create=True) as archive:
        archive.add([one])
        archive._receive([write(tmp_path, "a", 2)], None)
        assert held(archive) != read(one)
    with Archive(place) as archive:
        assert held(archive) == read(one)


def test_additions_to_a_shared_graph_are_all_noted(tmp_path: Path, place: Path) -> None:
    marks = []
    with Archive(place, create=True) as archive:
        for name in "XYZ":
            (tmp_path / "agents.ttl").write_text(f'<urn:x> <urn:p> "{name}" .', "utf-8")
            archive.add([tmp_path / "agents.ttl"])
            marks.append(revisions(archive.raw)[COMMON])
    assert len(set(marks)) == 3


def test_files_that_a_killed_load_left_go(tmp_path: Path, place: Path) -> None:
    one = write(tmp_path, "a", 1)
    with Archive(place, create=True) as archive:
        archive.add([one])
    for name in ("bulk-1.sst", "LOG.old.1"):
        (place / name).write_bytes(b"x")
    with Archive(place) as archive:
        assert held(archive) == read(one)
    assert not [path for path in place.iterdir() if path.name in ("bulk-1.sst", "LOG.old.1")]


def story(folder: Path, length: int, seed: int) -> tuple[list[tuple[str, str]], list[Quads]]:
    """Random steps that all succeed, and what the archive holds before each and after the last."""
    draw = random.Random(seed)
    files = {(name, version): write(folder, name, version) for name in "abc" for version in (1, 2)}
    contents = {key: read(path) for key, path in files.items()}
    now: dict[str, int] = {}
    steps: list[tuple[str, str]] = []
    states = [Quads()]
    for _ in range(length):
        name, version = draw.choice("abc"), draw.choice((1, 2))
        if name not in now:
            step = ("add", str(files[name, version]))
            now[name] = version
        elif draw.random() < 0.3:
            step = ("remove", name)
            del now[name]
        else:
            step = ("replace", str(files[name, version]))
            now[name] = version
        steps.append(step)
        states.append(Quads().union(*(contents[key] for key in now.items())))
    return steps, states


def test_killed_at_any_moment(tmp_path: Path, place: Path) -> None:
    """After each kill the archive opens, and holds what it held before the step or after it."""
    steps, states = story(tmp_path, 10 * KILLS + 50, seed=7)
    plan = tmp_path / "story.json"
    plan.write_text(json.dumps(steps), "utf-8")
    draw = random.Random(11)
    done = halfway = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("stepping.py"), place, plan, str(done)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "opening\n"
        time.sleep(draw.uniform(0, 0.6))
        process.kill()
        told = process.stdout.read().splitlines()
        process.wait()
        process.stdout.close()
        done = int(told[-1]) + 1 if told else done
        with Archive(place, create=done == 0) as archive:
            now = held(archive)
        assert now in (states[done], states[done + 1]), f"after step {done}"
        if now != states[done]:
            halfway += 1
            done += 1
    assert done > 0

"""Commands that change or check a store, killed at random moments, and what is left of the store.

After each kill the store opens and holds what it held before the command or after it, and a check of it
gives exactly what a check of the same files from scratch gives.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from bench.generator import generate

from kgcheck.cli.run import run
from kgcheck.store import Store
from kgcheck.store.archive import Archive
from kgcheck.store.placing import REVISIONS

KILLS = int(os.environ.get("KGCHECK_KILLS", "12"))
"""How often a process is killed; set the variable for more than a taste of it."""

SEED = int(os.environ.get("KGCHECK_KILLS_SEED", "1"))

IDENTITIES = "https://example.org/bench/"
VERSIONS = 2

State = frozenset[tuple[str, int]]
"""The documents in the store, each with the number of its version."""


@dataclass
class World:
    """A store, the files that go into it and what is known of both."""

    folder: Path
    store: Path = field(init=False)
    common: list[Path] = field(default_factory=list)
    files: dict[tuple[str, int], Path] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    """What each command takes when nobody kills it."""
    _quads: dict[tuple[str, int], frozenset[ox.Quad]] = field(default_factory=dict)
    _reports: dict[State, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = self.folder / "store"
        made = generate(self.folder / "made", 240, form="turtle", later=5)
        self.common = [made.vocabulary, made.data / "agents.ttl"]
        for path in made.later:
            text = path.read_text("utf-8")
            for version in range(VERSIONS):
                # Another version gives other figures, hence other findings.
                other = text.replace('statedValue "6', f'statedValue "{6 + version}')
                other = other.replace('dct:title "', f'dct:title "Version {version}, ')
                place = self.folder / f"{path.stem}-{version}.ttl"
                place.write_text(other, "utf-8")
                self.files[path.stem, version] = place

    def quads(self, document: str, version: int) -> frozenset[ox.Quad]:
        """What a version of a document says, in its graph."""
        if (document, version) not in self._quads:
            store = Store()
            store.load([self.files[document, version]])
            self._quads[document, version] = frozenset(store.raw)
        return self._quads[document, version]

    def state(self) -> State:
        """What the store holds; fails where a document is neither of its versions, or half there."""
        with Archive(self.store) as archive:
            held: dict[str, set[ox.Quad]] = {}
            for quad in archive.raw:
                name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""
                held.setdefault(name, set()).add(quad)
        documents = {name for name, _ in self.files}
        present = []
        for document in documents & {name.removeprefix(IDENTITIES) for name in held}:
            found = held.pop(IDENTITIES + document)
            versions = [v for v in range(VERSIONS) if self.quads(document, v) == found]
            assert versions, f"{document} is none of its versions"
            present.append((document, versions[0]))
        left = set(held) - {REVISIONS}
        assert left == {"urn:kgcheck:common", "https://w3id.org/kgcheck/ontology#ontology"}, left
        return frozenset(present)

    def scratch(self, state: State) -> Any:
        """The report of a check of the files that make up a state, without any store."""
        if state not in self._reports:
            self._reports[state] = self._report([*self.common, *(self.files[key] for key in sorted(state))])
        return self._reports[state]

    def checked(self) -> Any:
        """The report of a check of the store."""
        return self._report(["--store", self.store])

    def _report(self, arguments: list[Any]) -> Any:
        out = self.folder / "report.json"
        words = ["check", *arguments, "--format", "json", "-o", out, "--fail-on", "none"]
        assert run([str(word) for word in words]) == 0
        report = json.loads(out.read_text("utf-8"))
        return {part: report[part] for part in ("summary", "findings", "validation")}

    def command(self, draw: random.Random, state: State) -> tuple[list[str], State]:
        """A command, and the state after it."""
        there = dict(state)
        absent = sorted({name for name, _ in self.files} - there.keys())
        kinds = ["check"]
        if absent:
            kinds += ["add", "add"]
        if there:
            kinds.append("replace")
        if len(there) > 1:  # a check of nothing is refused
            kinds.append("remove")
        kind = draw.choice(kinds)
        if kind == "check":
            return ["check", "--fail-on", "none"], state
        if kind == "add":
            name, version = draw.choice(absent), draw.randrange(VERSIONS)
            return ["add", str(self.files[name, version])], frozenset({*state, (name, version)})
        name, version = draw.choice(sorted(state))
        rest = state - {(name, version)}
        if kind == "remove":
            return ["remove", name], rest
        other = (version + 1) % VERSIONS
        return ["replace", str(self.files[name, other])], frozenset({*rest, (name, other)})

    def start(self, words: list[str]) -> subprocess.Popen[bytes]:
        """Start a command on the store."""
        return subprocess.Popen(
            [sys.executable, "-m", "kgcheck", *words, "--store", str(self.store)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self, words: list[str]) -> None:
        """Run a command to its end, and note what it takes."""
        began = time.monotonic()
        process = self.start(words)
        _, errors = process.communicate()
        assert process.returncode == 0, errors.decode()
        self.seconds[words[0]] = time.monotonic() - began


def test_killed_commands_leave_one_state_or_the_other(tmp_path: Path) -> None:
    world, draw = World(tmp_path), random.Random(SEED)
    first, second = sorted({name for name, _ in world.files})[:2]
    world.finish(["add", *map(str, world.common)])
    world.finish(["add", str(world.files[first, 0]), str(world.files[second, 0])])
    world.finish(["replace", str(world.files[first, 1])])
    world.finish(["remove", second])
    world.finish(["check", "--fail-on", "none"])
    state = world.state()
    assert state == {(first, 1)}
    outcomes: Counter[tuple[str, str, str]] = Counter()
    kills = 0
    while kills < KILLS:
        words, after = world.command(draw, state)
        process = world.start(words)
        time.sleep(draw.uniform(0.05, world.seconds[words[0]]))
        process.kill()
        assert process.stderr is not None
        process.stderr.close()
        killed = process.wait() != 0
        kills += killed
        # Machines are now busy and now not: what came too late comes sooner the next time.
        world.seconds[words[0]] *= 1.03 if killed else 0.9
        now = world.state()
        assert now in (state, after), f"kill {kills}, {' '.join(words)}"
        assert killed or now == after, f"{' '.join(words)} ended and is not there"
        assert world.checked() == world.scratch(now), f"kill {kills}, {' '.join(words)}"
        outcomes[words[0], "killed" if killed else "over", "after" if now == after else "before"] += 1
        state = now
    for outcome, times in sorted(outcomes.items()):
        sys.stdout.write(f"{times:5} {', '.join(outcome)}\n")
    assert any(how == "killed" for _, how, _ in outcomes)

"""Checking a store on disk: all of it, or what changed since the last time and whatever that touches."""

from __future__ import annotations

import gc
import hashlib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

import pyoxigraph as ox

import kgcheck
from kgcheck.assets import folder as assets
from kgcheck.checks.registry import Check, load_checks
from kgcheck.checks.runner import Count
from kgcheck.derive.reading import read_links
from kgcheck.engines.local import Progress, select_checks, unread_violations
from kgcheck.engines.stored.ancestry import Ancestry
from kgcheck.engines.stored.claims import FEW, StoredClaims
from kgcheck.engines.stored.coding import Contents, encode_finding, parties
from kgcheck.engines.stored.graphs import IDENTIFIER, SHARED, Graphs, Parted
from kgcheck.engines.stored.keys import Reach
from kgcheck.engines.stored.looking import look
from kgcheck.engines.stored.news import News, merged
from kgcheck.engines.stored.passes import Common, Pass, Wanted, found_in, gathered
from kgcheck.engines.stored.state import State, opened
from kgcheck.engines.stored.texts import Texts
from kgcheck.errors import UsageError
from kgcheck.garbage import garbage_kept
from kgcheck.lineage.circles import circles
from kgcheck.lineage.conflicts import conflict_groups
from kgcheck.lineage.provenance import provenance_graph
from kgcheck.model.claim import Claim, Document
from kgcheck.model.finding import Finding
from kgcheck.model.report import Report
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.model.waiver import Change
from kgcheck.semantics import Policy, load_policy
from kgcheck.store import Store
from kgcheck.store.loading import find_files
from kgcheck.store.vocabulary import read_vocabulary
from kgcheck.store.workers.limits import Limits
from kgcheck.validation import Engine
from kgcheck.validation.telling import order

_PASS = 100_000
"""How often claims form blocks in one pass, as far as places can be parted: memory holds these claims and all
that is derived of them."""

_RULES: tuple[Literal["ontology", "shapes"], ...] = ("ontology", "shapes")
_LARGE = 3
"""A change that touches more than one in so many graphs is not worth a difference to a whole check."""


def check_store(
    folder: Path,
    *,
    policy: str = "default",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    vocabulary: Iterable[Path] = (),
    progress: Progress | None = None,
    limits: Limits | None = None,
    shacl: Engine = "compiled",
    count: Count | None = None,
    since_last: bool = False,
) -> Report:
    """Validate and check what a store on disk holds, with the packaged checks.

    The findings are those of `run_check`. What is found is kept beside the store, and the next time only
    those graphs are looked at that changed since, those that point to them, and the blocks in which their
    claims met others or do so now. Other rules (ontology, policy, shapes, checks, kgcheck itself), or a
    change of what all documents share, begin anew. `count` is told what each check gives of what is
    looked at. With `since_last` the report holds what is new or changed since the last check that came to
    its end, and names what is gone; where there was none, all is new. Raises as `run_check`; UsageError
    where another process checks this store.
    """
    tell = progress or (lambda _: None)
    checks = load_checks()
    chosen = select_checks(checks, select, ignore)
    base = Store()
    base.load_ontology()
    extra = list(vocabulary)
    if extra:
        base.load_ontology(extra, limits=limits or Limits())
    with closing(Texts()) as texts:
        graphs = Graphs(folder, base, texts)
        marks = graphs.marks()
        stamp = _stamp(policy, shacl, extra, checks, marks)
        with opened(folder) as state:
            run = _Run(
                state,
                graphs,
                marks,
                stamp,
                load_policy(policy),
                shacl,
                tuple(checks.values()),
                tell,
                count,
                since_last,
            )
            run.bring_up_to_date()
            return run.report(folder, chosen)


def _stamp(
    policy: str, shacl: str, vocabulary: Iterable[Path], checks: Mapping[str, Check], marks: Mapping[str, str]
) -> str:
    """A digest of the rules: what findings hang on apart from the documents."""
    digest = hashlib.sha256(f"{kgcheck.__version__} {policy} {shacl}".encode())
    code = Path(kgcheck.__file__).parent
    files = [file for end in ("py", "toml") for file in code.rglob(f"*.{end}")]
    files += [file for name in _RULES for file in assets(name).rglob("*.ttl")]
    for path in sorted((*files, *find_files(vocabulary, empty=True))):
        digest.update(path.name.encode() + path.read_bytes())
    for name, check in sorted(checks.items()):
        digest.update(f"{name} {check.query} {check.message}".encode() + check.path.read_bytes())
    for graph in sorted(SHARED):
        digest.update(f"{graph} {marks.get(graph)}".encode())
    return digest.hexdigest()


@dataclass(slots=True)
class _Run:
    state: State
    graphs: Graphs
    marks: Mapping[str, str]
    stamp: str
    policy: Policy
    shacl: Engine
    checks: tuple[Check, ...]
    tell: Progress
    count: Count | None = None
    since_last: bool = False
    news: News | None = None
    earlier: Mapping[str, Contents] | None = None
    remembered: Mapping[str, Contents] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    links: tuple[tuple[str, str, str], ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def bring_up_to_date(self) -> None:
        """Look at what changed since the last time, or at everything."""
        touched = self._touched() if self.state.stamp == self.stamp else None
        if touched is None:
            self._begin_anew()
        else:
            self._renew(touched, whole=False)

    def _begin_anew(self) -> None:
        before = list(self.state.findings) if self.since_last else []
        if self.earlier is None:
            self.earlier = dict(self.state.contents()) if self.since_last else {}
        self.state.restart()
        self.state.sign(self.stamp)
        self._renew(frozenset(self.marks), whole=True)
        if self.since_last:
            self.news = News(before, list(self.state.findings), self.earlier)

    def _touched(self) -> frozenset[str] | None:
        """The graphs to look at anew, those that are gone included; None where that is everything."""
        known = self.state.revisions()
        fresh = {graph for graph, mark in self.marks.items() if known.get(graph) != mark}
        altered = fresh | (known.keys() - self.marks.keys())
        touched: set[str] = set()
        waiting = set(altered)
        while waiting:
            touched |= waiting
            if touched & SHARED or len(touched) * _LARGE > len(self.marks) + _LARGE:
                return None
            names, identifiers = self._spoken_of(waiting, altered)
            waiting = self.graphs.pointing_to(names) | self.graphs.identified(identifiers)
            waiting -= touched
        return frozenset(touched)

    def _spoken_of(self, graphs: Iterable[str], altered: Collection[str]) -> tuple[set[str], set[str]]:
        """What may be another thing to those who point to it, and the identifiers that altered graphs give.

        Claims and documents, which may have become valid or invalid; of all else that an altered graph
        speaks of, what it says something new of, or says no more.
        """
        names: set[str] = set()
        identifiers: set[str] = set()
        before = dict(self.state.contents(graphs))
        for graph in graphs:
            old = before.get(graph, Contents())
            names.update(old.claims, (document.iri for document in old.documents))
            if graph not in altered:
                continue
            new = self.graphs.parted(graph) if graph in self.marks else Parted((), ())
            names.update(new.claims)
            for quad in {*ox.parse(old.around, ox.RdfFormat.N_QUADS)} ^ {*new.around}:
                if isinstance(quad.subject, ox.NamedNode) and not self.graphs.said_elsewhere(quad, altered):
                    names.add(quad.subject.value)
                if quad.predicate.value == IDENTIFIER and isinstance(quad.object, ox.Literal):
                    identifiers.add(quad.object.value)
        return names, identifiers

    def _renew(self, touched: Collection[str], *, whole: bool) -> None:
        """Look at these graphs, then at all blocks in which their claims stand or stood."""
        keys: set[int] = set()
        remembered: dict[str, Contents] = {}
        if not whole:
            self.earlier = dict(self.state.contents())
            remembered = {name: each for name, each in self.earlier.items() if name not in touched}
            keys = self.state.forget(touched)
        self.tell("reading")
        parts = {graph: self.graphs.parted(graph) for graph in sorted(touched) if graph in self.marks}
        around = Store()
        around.raw.extend(self.graphs.base.raw)
        around.raw.bulk_load(b"".join(each.around for each in remembered.values()), ox.RdfFormat.N_QUADS)
        around.raw.bulk_extend(quad for part in parts.values() for quad in part.around)
        vocabulary = read_vocabulary(around)
        self.tell("validating")
        cited: set[str] = set()
        looked: set[str] = set()
        for seen in look(self.graphs, parts, vocabulary, self.policy, self.shacl):
            new = self.state.remember(seen, self.marks[seen.graph])
            remembered[seen.graph] = replace(seen.contents, around=b"", claims=())
            if whole:  # everything is looked at, so only what may stand in a circle need be told
                cited.update(
                    iri for claim in seen.claims.values() for iri in (*claim.sources, *claim.restates)
                )
            else:
                looked.update(seen.claims)
                keys |= new
        del parts
        drafts_only = not any(each.reviewed for each in remembered.values())
        if not whole and drafts_only != self.state.drafts_only:
            self._begin_anew()  # the first reviewed claim, or the last one: drafts weigh differently now
            return
        self.state.note_drafts(drafts_only)
        self.state.tie(None if whole else keys)
        documents = {doc.iri: doc for each in remembered.values() for doc in each.documents}
        loose = (link for each in remembered.values() for link in each.links)
        self.links = tuple(sorted({*read_links(around, ()), *loose}))
        del around  # what follows takes memory of its own
        self.remembered, self.documents = remembered, dict(sorted(documents.items()))
        self.vocabulary = vocabulary
        ancestry = Ancestry(self.documents, self.links, vocabulary, self.state.claims_named)
        common = Common(self.checks, vocabulary, self.documents, ancestry, drafts_only, self.tell, self.count)
        if whole:
            for each in self._all_passes(common, cited):
                self._note(found_in(each, common, self.state))
                del each  # memory is to hold one pass at a time
                gc.collect()
        else:
            found = list(found_in(self._one_pass(keys, looked, vocabulary), common, self.state))
            if self.since_last:
                self._tell_apart(keys, found)
            else:
                self._exchange(keys, found)

    def _tell_apart(self, keys: Collection[int], found: Sequence[tuple[Finding, list[int]]]) -> None:
        """Exchange findings, and keep all around them as it was before and is after."""
        about = {party.claim.iri for finding, _ in found for party in finding.parties}
        about.update(iri for body in self.state.findings.having(keys).values() for iri in parties(body))
        before = self.state.findings.around(about)
        self._exchange(keys, found)
        about.update(iri for body in before.values() for iri in parties(body))
        self.news = News(before.values(), self.state.findings.around(about).values(), self.earlier or {})

    def _exchange(self, keys: Collection[int], found: Iterable[tuple[Finding, list[int]]]) -> None:
        """Put findings in the place of those with these keys."""
        self.state.findings.drop(keys)
        self._note(found)

    def _note(self, found: Iterable[tuple[Finding, list[int]]]) -> None:
        for finding, numbers in found:
            claims = {party.claim.iri for party in finding.parties}
            self.state.findings.add(finding.id, encode_finding(finding), numbers, claims)

    def _one_pass(self, keys: set[int], alone: Collection[str], vocabulary: Vocabulary) -> Pass:
        """All that these keys tell of, in one go."""
        self.tell("checking what the change touches")

        def wanted(key: str) -> bool:
            return not self.state.keys.known_numbers([key]).isdisjoint(keys)

        claims = gathered(self.state, self.state.claims_with(keys), wanted, vocabulary)
        computations = self.state.computations(keys)
        return Pass(claims, wanted, computations, frozenset(alone), circular=frozenset(alone))

    def _all_passes(self, common: Common, cited: Collection[str]) -> Iterator[Pass]:
        """Every block in some pass, and all circles of citation in one."""
        state = self.state
        computations = state.computations()
        packs = list(_packs(state))
        for number, pack in enumerate(packs, 1):
            self.tell(f"checking, part {number} of {len(packs)}")
            wanted = self._within(pack)
            claims = gathered(state, state.claims_at(pack), wanted, common.vocabulary)
            here = [computation for computation in computations if wanted(computation.key)]
            yield Pass(claims, wanted, here, state.at_home(pack))
            del claims, here, wanted
        graph = provenance_graph(
            {claim.iri: claim for claim in state.claims_named(sorted(cited))},
            self.documents,
            self.links,
            common.vocabulary,
        )
        members = {member for circle in circles(graph) for member in circle.members}
        if members:
            standing = {
                c.iri: c for c in (*state.claims_of(sorted(members)), *state.claims_named(sorted(members)))
            }
            yield Pass(dict(sorted(standing.items())), lambda _: False, circular=frozenset(standing))

    def _within(self, pack: Sequence[Reach]) -> Wanted:
        """Whether a key lies in one of the reaches, which are in order."""
        lows = [reach.low for reach in pack]

        @cache  # a key is asked for by every claim that has it
        def wanted(key: str) -> bool:
            for found in self.state.keys.known_numbers([key]):
                at = bisect_right(lows, found) - 1
                return at >= 0 and found < pack[at].high
            return False

        return wanted

    def report(self, folder: Path, chosen: Iterable[Check]) -> Report:
        """The report of the chosen checks."""
        self.tell("merging findings")
        state, checks, news = self.state, list(chosen), self.news
        number = state.count()
        if not number and not any(each.invalid or each.unread for each in self.remembered.values()):
            raise UsageError(
                "there is nothing to check: no claim was found",
                remedy="add files that hold claims with 'kgcheck add'",
            )
        change: Change | None = None
        contents = self.remembered
        with garbage_kept():
            if news is None:
                findings = merged(state.findings, checks, state.claims_named)
            else:
                findings, change = news.findings(checks, state.claims_named)
                contents = news.unknown(contents)
        told = dict.fromkeys(v for _, each in sorted(contents.items()) for v in each.violations)
        invalid = {iri for each in contents.values() for iri in each.invalid}
        unread = {iri: why for each in contents.values() for iri, why in each.unread.items()}
        claims: Mapping[str, Claim]
        if number <= FEW or not state.lasting:
            claims = {claim.iri: claim for claim in state.every_claim()}
        else:
            kept = {party.claim.iri: party.claim for finding in findings for party in finding.parties}
            claims = StoredClaims(folder, number, kept)
        return Report(
            documents=self.documents,
            claims=claims,
            vocabulary=self.vocabulary,
            findings=findings,
            violations=(*sorted(told, key=order), *unread_violations(unread)),
            incomplete=tuple(sorted({*invalid, *unread})),
            groups=conflict_groups(findings),
            policy=self.policy.name,
            checks=tuple(check.id for check in checks),
            links=self.links,
            change=change,
            drafts=frozenset(graph for graph, each in self.remembered.items() if each.drafts),
        )


def _packs(state: State) -> Iterator[list[Reach]]:
    """All keys in groups of at most so many as one pass takes, neighbours together, each group in order."""
    pack: list[Reach] = []
    held = 0
    for reach, size in state.keys.reaches(_PASS):
        if pack and held + size > _PASS:
            yield sorted(pack)
            pack, held = [], 0
        pack.append(reach)
        held += size
    if pack:
        yield sorted(pack)

"""The whole run in one process: load, validate, derive, trace lineage, check, report."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kgcheck.assets import folder
from kgcheck.checks.registry import Check, load_checks, needs
from kgcheck.checks.runner import Count, Find, run_checks
from kgcheck.derive import Derived, derive
from kgcheck.derive.derivation import add_columns
from kgcheck.errors import UsageError
from kgcheck.findings.forming import Forming
from kgcheck.findings.gate import Gate, readings_of
from kgcheck.lineage.circles import circles
from kgcheck.lineage.columns import lineage_columns
from kgcheck.lineage.conflicts import conflict_groups
from kgcheck.lineage.provenance import provenance_graph
from kgcheck.lineage.tracing import Tracing
from kgcheck.model.claim import Claim
from kgcheck.model.finding import Finding, Reason
from kgcheck.model.report import QuoteProblem, Report, Violation
from kgcheck.model.verdict import Verdict
from kgcheck.semantics import Policy, load_policy
from kgcheck.semantics.scope import compare_scopes
from kgcheck.store import Store
from kgcheck.store.vocabulary import read_vocabulary
from kgcheck.store.workers.limits import Limits
from kgcheck.validation import Engine, validate

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store with documents and vocabulary in it; `packaged` says that it holds kgcheck's own data."""

    store: Store
    packaged: bool


def load(
    paths: Sequence[Path] | None, vocabulary: Iterable[Path] = (), limits: Limits | None = None
) -> Loaded:
    """Load files and folders of RDF, or the packaged data when `paths` is None.

    What is packaged is read here, all else in worker processes, within `limits` or the usual ones.
    Raises InputError for what cannot be read, LimitError where that did not end, UsageError when
    there is no claim in it.
    """
    limits = limits or Limits()
    store = Store()
    store.load_ontology()
    if extra := list(vocabulary):
        store.load_ontology(extra, limits=limits)
    if paths is None:
        store.load([folder("data")])
    else:
        store.load(paths, limits=limits)
    return Loaded(store, packaged=paths is None)


def select_checks(checks: Mapping[str, Check], select: Iterable[str], ignore: Iterable[str]) -> list[Check]:
    """The checks to run. Raises UsageError for a name that no check has."""
    select, ignore = list(select), list(ignore)
    for name in (*select, *ignore):
        if name not in checks:
            near = difflib.get_close_matches(name, checks, 1)
            raise UsageError(
                f"there is no check named {name!r}",
                remedy=f"did you mean {near[0]!r}?" if near else "'kgcheck checks' lists them",
            )
    return [check for name, check in checks.items() if (not select or name in select) and name not in ignore]


def check(*paths: str | Path, **options: Any) -> Report:
    """Validate and check files and folders; without any, the packaged data.

    `options` are those of `run_check`: policy, select, ignore, checks_dirs, texts, vocabulary.
    """
    return run_check([Path(path) for path in paths] or None, **options)


def run_check(
    paths: Sequence[Path] | None,
    *,
    policy: str = "default",
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    checks_dirs: Iterable[Path] = (),
    texts: Path | None = None,
    vocabulary: Iterable[Path] = (),
    progress: Progress | None = None,
    limits: Limits | None = None,
    shacl: Engine = "compiled",
    find: Find | None = None,
    count: Count | None = None,
) -> Report:
    """Validate and check everything in `paths` (None: the packaged data).

    `policy` names how wide stated words are read; `select` and `ignore` name checks; `texts` is a
    folder with the documents' texts, in which every quote is then looked up. `progress` is called
    with the name of each step. What comes from outside is read and run in worker processes, within
    `limits` or the usual ones. `shacl` says who checks the shapes (see `validate`), `find`
    where the packaged checks run (None: here), and `count` is told what each of them gives. Raises a
    KgcheckError when the run could not be completed.
    """
    return _run(
        paths,
        load_policy(policy),
        select,
        ignore,
        checks_dirs,
        texts,
        vocabulary,
        progress or (lambda _: None),
        limits,
        shacl,
        find,
        count,
    ).report


@dataclass(frozen=True, slots=True)
class Run:
    """A report, and what it was made from: the documents, the derived graph, the gate, the checks."""

    report: Report
    store: Store
    derived: Store
    forming: Forming
    checks: Mapping[str, Check]


def run_whole(
    paths: Sequence[Path] | None,
    *,
    policy: str = "default",
    checks_dirs: Iterable[Path] = (),
    texts: Path | None = None,
    vocabulary: Iterable[Path] = (),
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Run:
    """All checks over `paths`, with everything kept that further questions need. As `run_check`."""
    tell = progress or (lambda _: None)
    return _run(paths, load_policy(policy), (), (), checks_dirs, texts, vocabulary, tell, limits, whole=True)


def _run(
    paths: Sequence[Path] | None,
    policy: Policy,
    select: Iterable[str],
    ignore: Iterable[str],
    checks_dirs: Iterable[Path],
    texts: Path | None,
    vocabulary: Iterable[Path],
    tell: Progress,
    limits: Limits | None,
    shacl: Engine = "compiled",
    find: Find | None = None,
    count: Count | None = None,
    *,
    whole: bool = False,
) -> Run:
    checks = select_checks(load_checks(checks_dirs, limits), select, ignore)
    tell("loading")
    loaded = load(paths, vocabulary, limits)
    store = loaded.store
    tell("validating")
    validation = validate(store, engine=shacl)
    tell("deriving")
    written = Store()
    wanted = None if whole else needs(checks)
    derived = derive(store, written, read_vocabulary(store), policy, validation.invalid, wanted)
    if not derived.claims and not validation.invalid and not derived.unread:
        raise UsageError(
            "there is nothing to check: no claim was found",
            remedy="name files or folders that hold claims, or see 'kgcheck init' and 'kgcheck import'",
        )
    quotes: tuple[QuoteProblem, ...] = ()
    verified: int | None = None
    if texts is not None:
        from kgcheck.validation.quotes import verify_quotes

        tell("verifying quotes")
        quotes, verified = verify_quotes(derived.claims.values(), derived.documents, texts)
    tell("tracing sources")
    forming = _forming(written, derived, quotes)
    findings = run_checks(checks, written, forming, tell, limits, find, count)
    report = Report(
        documents=derived.documents,
        claims=derived.claims,
        vocabulary=derived.vocabulary,
        findings=findings,
        violations=(*validation.violations, *unread_violations(derived.unread)),
        incomplete=tuple(sorted({*validation.invalid, *derived.unread})),
        groups=conflict_groups(findings),
        quotes=quotes,
        quotes_verified=verified,
        policy=policy.name,
        packaged=loaded.packaged,
        checks=tuple(check.id for check in checks),
        links=derived.links,
        drafts=frozenset(claim.document for claim in derived.claims.values() if not claim.reviewed),
    )
    return Run(report, store, written, forming, {check.id: check for check in checks})


def _forming(written: Store, derived: Derived, quotes: Iterable[QuoteProblem]) -> Forming:
    """Trace the lineage, add its columns to the derived graph, and set up the gate."""
    graph = provenance_graph(derived.claims, derived.documents, derived.links, derived.vocabulary)
    add_columns(written, lineage_columns(derived.claims, circles(graph), quotes))
    gate = Gate(
        derived.vocabulary,
        readings_of(derived.claims.values()),
        Tracing(graph),
        drafts_only=not any(claim.reviewed for claim in derived.claims.values()),
    )
    return Forming(gate, derived.claims, derived.documents)


def unread_violations(unread: Mapping[str, str]) -> tuple[Violation, ...]:
    """What is told of claims whose words have no meaning, given as claim → reason."""
    return tuple(
        Violation("Violation", claim, "kgc:statedValue", reason, None)
        for claim, reason in sorted(unread.items())
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims side by side: the strongest verdict of any check on them, and the scope table."""

    a: Claim
    b: Claim
    verdict: Verdict
    reasons: tuple[Reason, ...]
    findings: tuple[Finding, ...]
    report: Report


def compare_claims(
    a: str,
    b: str,
    paths: Sequence[Path] | None,
    *,
    policy: str = "default",
    checks_dirs: Iterable[Path] = (),
    vocabulary: Iterable[Path] = (),
    limits: Limits | None = None,
) -> Comparison:
    """What the gate says of two claims, named by IRI or by an unambiguous end of it.

    The verdict is that of the strongest finding of a full check in which the two stand apart (or
    together, if they agree): `compare` and `check` cannot disagree.
    """
    rules = load_policy(policy)
    run = _run(paths, rules, (), (), checks_dirs, None, vocabulary, lambda _: None, limits)
    return compare_within(run, a, b)


def compare_within(run: Run, a: str, b: str) -> Comparison:
    """`compare_claims` for a run that is there already. Raises UsageError as `find_claim` does."""
    first, second = find_claim(a, run.report.claims), find_claim(b, run.report.claims)
    if first.iri == second.iri:
        raise UsageError("the two names are of one claim", remedy="name two different claims")
    shared = tuple(finding for finding in run.report.findings if _meet(finding, first.iri, second.iri))
    if not shared:
        reasons = compare_scopes(first, second, run.report.vocabulary)
        return Comparison(first, second, Verdict.NONE, reasons, shared, run.report)
    worded = []
    for finding in shared:
        reasons, message = run.forming.between(run.checks[finding.check], finding, first.iri, second.iri)
        worded.append(replace(finding, reasons=reasons, message=message))
    worded.sort(key=lambda finding: (finding.verdict.rank, len(finding.parties)))
    return Comparison(first, second, worded[0].verdict, worded[0].reasons, tuple(worded), run.report)


def _meet(finding: Finding, a: str, b: str) -> bool:
    sides = {party.claim.iri: party.side for party in finding.parties}
    if a not in sides or b not in sides:
        return False
    together = finding.verdict in (Verdict.CORROBORATION, Verdict.REPETITION)
    return together or sides[a] is None or sides[a] != sides[b]


def find_claim(name: str, claims: Mapping[str, Claim]) -> Claim:
    """The claim with this IRI, or whose IRI ends with the name after a '#', '/' or at its start.

    Raises UsageError when there is none or more than one.
    """
    if name in claims:
        return claims[name]
    ends = [iri for iri in claims if iri.endswith((f"#{name}", f"/{name}"))]
    if len(ends) == 1:
        return claims[ends[0]]
    if ends:
        raise UsageError(
            f"{len(ends)} claims end in {name!r}", remedy=f"name one whole: {', '.join(sorted(ends)[:3])}"
        )
    near = difflib.get_close_matches(name, [iri.rsplit("#", 1)[-1] for iri in claims], 3)
    raise UsageError(
        f"there is no claim {name!r}",
        remedy=f"did you mean {', '.join(near)}?" if near else "give the claim's IRI or its end",
    )

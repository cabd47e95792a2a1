"""No check looks at every two of many claims: rows, questions to the gate and claims in findings are
counted for crowds of every kind, and grow as the crowds do."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

import pytest

from kgcheck.checks import runner
from kgcheck.findings.gate import Gate
from kgcheck.model.report import Report

CROWDS: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "crowds.toml").read_text(encoding="utf-8")
)
FEW, MANY = 96, 288
ROOM = 1.2
"""How much more than in proportion is let pass, beside what happens once: 40 claims or so of a crowd
are looked at two by two."""
ONCE = 900

PREFIXES = """@base <https://example.org/press/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix kgc: <https://w3id.org/kgcheck/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix t: <https://example.org/town#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def year(number: int) -> str:
    return (
        f'kgc:statedPeriod "{number}" ; kgc:periodStart "{number:04}-01-01"^^xsd:date ;'
        f' kgc:periodEnd "{number:04}-12-31"^^xsd:date'
    )


def statements(crowd: Mapping[str, Any], size: int) -> Iterator[str]:
    """A crowd of so many claims in Turtle."""
    yield PREFIXES
    yield document("first", "2017-06-15", None)
    fixed = {f"y{number}": year(number) for number in (2016, 2019, 2020)}
    if "also" in crowd:
        yield claim("first", 0, Template(crowd["also"]).substitute(fixed).removeprefix("<first#c> "))
    around = {"next": lambda n: (n + 1) % size, "other": lambda n: n ^ 1}.get(crowd.get("cites", ""))
    for n in range(size):
        yield document(f"d{n}", "2021-02-01", f"d{around(n)}" if around else None)
        said = Template(crowd["claims"][n % len(crowd["claims"])])
        yield claim(
            f"d{n}",
            n,
            said.substitute(fixed, n=n, n1=n + 1, half=n // 2, value=1001 + 10 * n, year=year(1000 + n)),
        )


def document(name: str, issued: str, cites: str | None) -> str:
    source = f"; prov:hadPrimarySource <{cites}> " if cites else ""
    return (
        f'<{name}> a kgc:Document ; dct:identifier "{name}" ; dct:publisher t:outlet-{name} {source};'
        f' dct:issued "{issued}"^^xsd:date . t:outlet-{name} a org:Organization .\n'
    )


def claim(document: str, place: int, said: str) -> str:
    quote = f'[ oa:exact "x" ] , [ oa:start {place} ; oa:end {place + 1} ]'
    return (
        f"<{document}#c> {said} ; kgc:inDocument <{document}> ; prov:wasAttributedTo t:outlet-{document} ;"
        f" kgc:evidence [ oa:hasSource <{document}> ; oa:hasSelector {quote} ] .\n"
    )


def counted(
    crowd: Mapping[str, Any], size: int, run: Callable[[Sequence[Path]], Report], folder: Path
) -> Counter[str]:
    """What is done for a crowd: rows by check, questions to the gate, claims in findings."""
    path = folder / f"{size}.ttl"
    path.write_text("".join(statements(crowd, size)), encoding="utf-8")
    work: Counter[str] = Counter()

    def counting(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*arguments: Any, **options: Any) -> Any:
            work[name] += 1
            return ask(*arguments, **options)

        return asked

    def rows(check: Any, store: Any) -> Iterator[Any]:
        for row in original(check, store):
            work[f"rows of {check.id}"] += 1
            yield row

    original = runner.rows
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(runner, "rows", rows)
        for name in ("judge", "apart"):
            patched.setattr(Gate, name, counting(name, getattr(Gate, name)))
        report = run([path])
    assert len(report.claims) >= size
    work["claims in findings"] = sum(len(finding.parties) for finding in report.findings)
    return work


@pytest.mark.parametrize("name", CROWDS)
def test_work_grows_as_the_crowd_does(
    name: str, run: Callable[[Sequence[Path]], Report], tmp_path: Path
) -> None:
    few, many = (counted(CROWDS[name], size, run, tmp_path) for size in (FEW, MANY))
    limit = {what: ROOM * MANY / FEW * max(times, FEW) + ONCE for what, times in few.items()}
    assert {what: (few[what], times) for what, times in many.items() if times > limit.get(what, ONCE)} == {}


def test_all_crowds_are_there() -> None:
    assert len(CROWDS) >= 30

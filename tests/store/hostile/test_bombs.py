"""Small inputs that would take all time or memory: each ends within its limits, and as could-not-check."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgcheck.errors import CheckError, InputError, KgcheckError, LimitError, UsageError
from kgcheck.store import Store
from kgcheck.store.quarantine import ask_apart
from kgcheck.store.workers import Limits
from kgcheck.validation import validate

LIMITS = Limits(memory=1 << 30, seconds=40)
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
BILLION_LAUGHS = "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' if n else '<!ENTITY e0 "ha">' for n in range(10)
)


def _nested_xml(depth: int) -> str:
    inside = "<rdf:Description><p>" * depth + "</p></rdf:Description>" * depth
    return f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="urn:x:">{inside}</rdf:RDF>'


def _terms(depth: int) -> str:
    return "<< " * depth + "<urn:a> <urn:p> <urn:b>" + " >> <urn:p> <urn:b>" * depth + " ."


FILES: dict[str, tuple[Callable[[], str], type[KgcheckError]]] = {
    "entities.rdf": (
        lambda: f'<!DOCTYPE r [{BILLION_LAUGHS}]><rdf:RDF xmlns:rdf="{RDF}">&e9;</rdf:RDF>',
        InputError,
    ),
    "nested-5000.ttl": (
        lambda: "<urn:a> <urn:p> " + "[ <urn:p> " * 5_000 + "1" + " ]" * 5_000 + " .",
        InputError,
    ),
    "nested-300000.ttl": (
        lambda: "<urn:a> <urn:p> " + "[ <urn:p> " * 300_000 + "1" + " ]" * 300_000 + " .",
        InputError,
    ),
    "list.ttl": (lambda: "<urn:a> <urn:p> (" + " 1" * 100_000 + ") .", InputError),
    "nested-lists.ttl": (lambda: "<urn:a> <urn:p> " + "(" * 100_000 + ")" * 100_000 + " .", InputError),
    "nested.jsonld": (lambda: '{"urn:p":' * 200_000 + "1" + "}" * 200_000, KgcheckError),
    "arrays.jsonld": (lambda: "[" * 500_000 + "]" * 500_000, KgcheckError),
    "nested.rdf": (lambda: _nested_xml(20_000), KgcheckError),
    "terms.ttl": (lambda: _terms(50_000), KgcheckError),
    "number.ttl": (
        lambda: '<urn:a> <urn:p> "1E+999999999"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
        InputError,
    ),
    "digits.ttl": (lambda: f"<urn:a> <urn:p> {'9' * 100_000} .", InputError),
    "literal.ttl": (lambda: f'<urn:a> <urn:p> "{"x" * 2_000_000}" .', InputError),
    "huge-literal.ttl": (lambda: f'<urn:a> <urn:p> "{"x" * 100_000_000}" .', KgcheckError),
    "circle.ttl": (
        lambda: "\n".join(f"_:a{n} <urn:p> _:a{(n + 1) % 5000} ." for n in range(5000)),
        InputError,
    ),
    "web.ttl": (
        lambda: "\n".join(f"_:a{n} <urn:p> _:a{(n * 7 + k) % 500} ." for n in range(500) for k in range(3)),
        InputError,
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, tmp_path: Path) -> None:
    content, error = FILES[name]
    path = tmp_path / name
    path.write_text(content(), "utf-8")
    store = Store()
    with pytest.raises(error) as caught:
        store.load([path], limits=LIMITS)
    assert caught.value.path == path
    assert caught.value.remedy
    assert len(store.raw) == 0


def test_a_few_kilobytes_of_gzip_for_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.nt.gz"
    line = b'<urn:a> <urn:p> "' + b"x" * 10_000 + b'" .\n'
    with gzip.open(path, "wb") as out:
        for _ in range(20):
            out.write(line * 1_000)
    assert path.stat().st_size < 500_000
    with pytest.raises(LimitError) as caught:
        Store().load([path], limits=Limits(memory=256 << 20, seconds=30))
    assert "gave back more than fits" in caught.value.message or "longer than" in caught.value.message


def test_short_names_for_long_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    names = " , ".join(f"a:{n}" for n in range(100_000))
    path.write_text(f"@prefix a: <urn:{'x' * 60_000}> . a:a a:b {names} .", "utf-8")
    with pytest.raises(LimitError) as caught:
        Store().load([path], limits=LIMITS)
    assert caught.value.remedy == "Allow more with --memory, if you trust it."


NUMBERS = " ".join(map(str, range(1000)))
ENDLESS = (
    f"VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} BIND(?a AS ?c) {{ VALUES ?d {{ {NUMBERS} }} }}"
)

QUERIES: dict[str, tuple[str, type[KgcheckError], str]] = {
    "braces": ("SELECT * WHERE " + "{" * 3_000 + "}" * 3_000, UsageError, "levels of brackets"),
    "parentheses": (
        f"SELECT * WHERE {{ FILTER({'(' * 5_000}1{')' * 5_000}) }}",
        UsageError,
        "levels of brackets",
    ),
    "paths": (
        f"SELECT * WHERE {{ ?s {'(' * 5_000}<urn:p>{')*' * 5_000} ?o }}",
        UsageError,
        "levels of brackets",
    ),
    "lists": (f"SELECT * WHERE {{ ?s ?p {'(' * 5_000}{')' * 5_000} }}", UsageError, "levels of brackets"),
    "signs": (f"ASK {{ FILTER({'!' * 100_000}true) }}", UsageError, "words and signs"),
    "length": (f'ASK {{ FILTER("{"x" * 300_000}" = "") }}', UsageError, "characters"),
    "product": (
        f"SELECT (COUNT(*) AS ?n) WHERE {{ {ENDLESS} FILTER(?a + ?b + ?d < 0) }}",
        LimitError,
        "longer",
    ),
    "yes or no": (f"ASK {{ {ENDLESS} FILTER(?a + ?b + ?d < 0) }}", LimitError, "longer"),
    "rows": (f"SELECT * WHERE {{ {ENDLESS} }}", LimitError, "gave back more"),
    "sorted": (f"SELECT * WHERE {{ {ENDLESS} }} ORDER BY ?d", LimitError, "memory"),
    "graph": (
        f"CONSTRUCT {{ <urn:a> <urn:p> ?x }} WHERE {{ {ENDLESS} BIND(STR(?a+?b*?d) AS ?x) }}",
        LimitError,
        "",
    ),
    "concatenated": (
        f'SELECT (GROUP_CONCAT(?x; separator="") AS ?n) WHERE {{ {ENDLESS} BIND("{"x" * 1000}" AS ?x) }}',
        LimitError,
        "",
    ),
    "doubled": (
        "SELECT ?x32 WHERE { BIND('xxxxxxxx' AS ?x0) "
        + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(32))
        + " }",
        LimitError,
        "memory",
    ),
}


@pytest.mark.parametrize("name", QUERIES)
def test_queries(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:p> 1 .", "utf-8")
    query, error, words = QUERIES[name]
    with pytest.raises(error) as caught:
        # Where time is not what ends it, a busy machine gets enough.
        ask_apart(query, [path], [], Limits(memory=512 << 20, seconds=2 if words in ("longer", "") else 40))
    assert words in caught.value.message


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(.*a){25}$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_expressions_in_queries_take_no_time(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f'<urn:a> <urn:p> "{"a" * 5_000}!" .', "utf-8")
    query = f'SELECT ?s WHERE {{ ?s <urn:p> ?o FILTER(REGEX(?o, "{pattern}")) }}'
    assert len(list(ask_apart(query, [path], [], LIMITS))) <= 1  # type: ignore[arg-type]


def _shape(constraint: str) -> str:
    return (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<urn:shape> a sh:NodeShape ; sh:targetNode <urn:a> ; "
        f"sh:property [ sh:path <urn:p> ; {constraint} ] ."
    )


@pytest.fixture
def validated(tmp_path: Path) -> Callable[..., Any]:
    data = tmp_path / "data.ttl"
    data.write_text(f'<urn:a> <urn:p> "{"a" * 60}!" .', "utf-8")

    def run(shapes: str, seconds: float = 3) -> Any:
        (tmp_path / "shapes").mkdir()
        (tmp_path / "shapes" / "shape.ttl").write_text(shapes, "utf-8")
        store = Store()
        store.load_ontology()
        store.load([data])
        return validate(store, shapes=tmp_path / "shapes", limits=Limits(seconds=seconds))

    return run


def test_a_pattern_in_a_shape_that_never_ends(validated: Callable[..., Any], tmp_path: Path) -> None:
    with pytest.raises(LimitError) as caught:
        validated(_shape('sh:pattern "^(a+)+$"'))
    assert caught.value.message.endswith("validating with the shapes took longer than 3 seconds")
    assert caught.value.path == tmp_path / "shapes"


def test_a_pattern_in_a_shape_that_does_end(validated: Callable[..., Any]) -> None:
    (violation, *_) = (v for v in validated(_shape('sh:pattern "^a+$"'), 30).violations if v.focus == "urn:a")
    assert violation.component == "sh:PatternConstraintComponent"


def test_shapes_nested_too_deep(validated: Callable[..., Any]) -> None:
    with pytest.raises((LimitError, InputError, CheckError)):
        validated(_shape("sh:node [ sh:not " * 5_000 + "[]" + " ]" * 5_000), 20)


def test_shapes_that_nobody_supports(validated: Callable[..., Any]) -> None:
    """pySHACL hands back a failure in place of a report, and says that the data does not conform."""
    with pytest.raises(CheckError, match="could not be checked"):
        validated(_shape('sh:pattern "(" '), 30)


def test_the_packaged_patterns_take_no_time() -> None:
    """They run in the parent, on words from strangers."""
    import re
    import time

    from rdflib import SH, Graph

    from kgcheck.assets import folder

    graphs = [Graph().parse(path, format="turtle") for path in folder("shapes").glob("*.ttl")]
    patterns = {str(words) for graph in graphs for words in graph.objects(None, SH.pattern)}
    assert len(patterns) >= 5
    began = time.process_time()
    for pattern in patterns:
        for attack in (
            "0" * 100_000,
            "2018-" * 20_000,
            "2018/" * 20_000,
            "X" * 100_000,
            "a-." * 30_000,
            "\n" * 9_999,
        ):
            re.search(pattern, f"{attack}!")
    assert time.process_time() - began < 5


CHECK = """#+ id = "mine"
#+ severity = "error"
#+ verdict = "contradiction"
#+ sides = "one"
#+ conflict = "agree"
#+ columns = ["block", "claim"]
#+ summary = "s"
#+ message = "m"
#+ innocent = "i"
#+ settle = "s"
#+ question = "q"
#
# ## What it finds
# ## Why it matters
# ## Example
# ## What it does not say
# ## References
PREFIX kgc: <https://w3id.org/kgcheck/ontology#>
SELECT ?block ?claim
FROM kgc:derived
WHERE { ?claim kgc:blockAgreement ?block . WORK }
"""

CHECKS = {
    "never ends": (
        f"{ENDLESS} {{ VALUES ?e {{ {NUMBERS} }} }} FILTER(?a + ?b + ?d + ?e < 0)",
        "words and signs",
    ),
    "never ends, shorter": (
        "".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(200)))} }} " for n in range(6))
        + "FILTER(?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 < 0)",
        "took longer than 5 seconds",
    ),
    "too deep": ("{" * 3_000 + "}" * 3_000, "levels of brackets"),
    "from elsewhere": ("SERVICE <URL> { ?claim ?p ?o }", "SERVICE is not allowed"),
    "from elsewhere, hidden": ("\\u0053ERVICE <URL> { ?claim ?p ?o }", "SERVICE is refused"),
}


@pytest.mark.parametrize("name", CHECKS)
def test_checks(name: str, silence: str, tmp_path: Path, could_not_check: Callable[..., str]) -> None:
    work, words = CHECKS[name]
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks" / "mine.rq").write_text(CHECK.replace("WORK", work).replace("URL", silence), "utf-8")
    said = could_not_check("check", "--checks", "checks", "--select", "mine", "--timeout", "5")
    assert words in said
    assert "mine.rq" in said


def test_numbers_of_checks_are_bounded(tmp_path: Path, could_not_check: Callable[..., str]) -> None:
    text = CHECK.replace('"claim"]', '"claim", "expectedLower", "expectedUpper"]').replace(
        '"agree"', '"computed"'
    )
    text = text.replace("SELECT ?block ?claim", "SELECT ?block ?claim ?expectedLower ?expectedUpper")
    text = text.replace(
        "WORK", 'BIND("1E+999999999" AS ?expectedLower) BIND("1E+999999999" AS ?expectedUpper)'
    )
    (tmp_path / "mine.rq").write_text(text, "utf-8")
    assert "no decimal number" in could_not_check("check", "--checks", "mine.rq", "--select", "mine")


COMMANDS = [("check",), ("validate",), ("export",), ("query", "ASK {}", "--data")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_commands_say_which_limit_and_what_to_do(
    command: tuple[str, ...], tmp_path: Path, could_not_check: Callable[..., str]
) -> None:
    path = tmp_path / "slow.ttl"
    path.write_text("".join(f"<urn:a{n}> <urn:p> <urn:b{n}> .\n" for n in range(200_000)), "utf-8")
    said = could_not_check(*command, path, "--timeout", "0.3")
    assert "could not check: reading" in said
    assert "took longer than 0.3 seconds" in said
    assert "--timeout" in said


@pytest.mark.parametrize("words", ["much", "5", "100MB", "-1GB", ""])
def test_memory_is_a_size(words: str, could_not_check: Callable[..., str]) -> None:
    assert "--memory" in could_not_check("query", "ASK {}", "--memory", words)


def test_sizes_are_taken(program: Callable[..., Any]) -> None:
    ended = program("query", "ASK {}", "--memory", "1.5GB", "--timeout", "30", "--format", "json")
    assert json.loads(ended.out) == {"head": {}, "boolean": True}

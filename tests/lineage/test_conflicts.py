"""Conflict groups: what ties, and the fewest sides whose removal settles it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.lineage.clash import Clash
from kgcheck.lineage.conflicts import EXACT_UP_TO, conflict_groups
from kgcheck.lineage.greedy import greedy
from kgcheck.lineage.smallest import smallest
from kgcheck.model.claim import Claim, Evidence, Kind, Scope
from kgcheck.model.finding import Finding, Party
from kgcheck.model.report import ConflictGroup
from kgcheck.model.verdict import Severity, Verdict


def finding(name: str, *sides: str, verdict: Verdict = Verdict.CONTRADICTION, roles: str = "") -> Finding:
    """A finding whose claims are letters: one string per side, or `roles`, a claim per letter."""
    parties = [Party(claim(letter), side=number) for number, side in enumerate(sides, 1) for letter in side]
    parties += [Party(claim(letter), role="operand") for letter in roles]
    return Finding(
        id=name,
        fingerprint=name,
        check="value-conflict",
        block=f"urn:kgcheck:block:{name}",
        verdict=verdict,
        severity=Severity.ERROR,
        message="These differ.",
        reasons=(),
        innocent="",
        settle="",
        question="",
        parties=tuple(parties),
    )


def claim(letter: str) -> Claim:
    return Claim(letter, Kind.STATISTICAL, "d", Evidence("5%"), Scope())


def group(claims: str, findings: str, settled_by: str, *, exact: bool = True) -> ConflictGroup:
    return ConflictGroup(tuple(claims), tuple(findings.split()), tuple(settled_by), exact)


CASES = {
    "the smaller of two sides goes": (
        [finding("f1", "abc", "d")],
        [group("abcd", "f1", "d")],
    ),
    "of three sides two go": (
        [finding("f1", "ab", "c", "de")],
        [group("abcde", "f1", "abc")],
    ),
    "one claim that clashes twice goes alone": (
        [finding("f1", "a", "b"), finding("f2", "b", "c")],
        [group("abc", "f1 f2", "b")],
    ),
    "a side counts once, however many claims stand on it": (
        [finding("f1", "abcd", "e"), finding("f2", "abcd", "f"), finding("f3", "e", "g")],
        [group("abcdefg", "f1 f2 f3", "ef")],
    ),
    "claims that part company in another finding are two sides": (
        [finding("f1", "ab", "c"), finding("f2", "a", "d")],
        [group("abcd", "f1 f2", "ab")],
    ),
    "groups that share no claim stay apart": (
        [finding("f2", "x", "y"), finding("f1", "a", "b", verdict=Verdict.TENSION)],
        [group("ab", "f1", "a"), group("xy", "f2", "x")],
    ),
    "apparent conflicts and agreements tie nothing": (
        [
            finding("f1", "a", "b", verdict=Verdict.APPARENT),
            finding("f2", "bc", verdict=Verdict.CORROBORATION),
            finding("f3", "cd", verdict=Verdict.REPETITION),
            finding("f4", "d", verdict=Verdict.NONE),
        ],
        [],
    ),
    "a sum is settled by any of its claims": (
        [finding("f1", roles="abc")],
        [group("abc", "f1", "a")],
    ),
    "the cell that breaks both sums goes": (
        [finding("f1", roles="abc"), finding("f2", roles="cde")],
        [group("abcde", "f1 f2", "c")],
    ),
    "a finding about one claim needs that claim": (
        [finding("f1", roles="b"), finding("f2", "a", "b")],
        [group("ab", "f1 f2", "b")],
    ),
    "a claim on both sides of a finding goes": (
        [finding("f1", "ab", "bc")],
        [group("abc", "f1", "ab")],
    ),
    "nothing found": ([], []),
}


@pytest.mark.parametrize("name", CASES)
def test_group(name: str) -> None:
    findings, expected = CASES[name]
    assert list(conflict_groups(findings)) == expected
    assert list(conflict_groups(reversed(findings))) == expected


def test_a_large_block_is_exact_because_nothing_else_is_tied_to_its_sides() -> None:
    sides = [[f"claim-{number:04}"] for number in range(400)]
    parties = tuple(Party(claim(iri), side=n) for n, side in enumerate(sides, 1) for iri in side)
    block = replace(finding("f1"), parties=parties)
    [found] = conflict_groups([block])
    assert found.exact
    assert len(found.settled_by) == 399


def test_a_tangle_beyond_the_limit_is_labelled() -> None:
    """A ring of claims, each clashing with both neighbours: no part of it is decided beforehand."""
    size = EXACT_UP_TO + 1
    names = [chr(ord("Ā") + number) for number in range(size)]
    ring = [finding(f"f{n:02}", names[n], names[(n + 1) % size]) for n in range(size)]
    [large] = conflict_groups(ring)
    assert not large.exact
    assert size // 2 + 1 <= len(large.settled_by) < size
    smaller = [finding(f"f{n:02}", names[n], names[(n + 1) % 30]) for n in range(30)]
    [small] = conflict_groups(smaller)
    assert small.exact
    assert len(small.settled_by) == 15


vertices = st.integers(0, 7)
sets = st.frozensets(vertices, min_size=1, max_size=3)
clashes = st.builds(
    Clash,
    st.tuples(*[st.integers(1, 3)] * 8),
    st.lists(st.lists(sets, min_size=2, max_size=4).map(tuple), max_size=5).map(tuple),
    st.lists(sets, max_size=4).map(tuple),
)


def cost(clash: Clash, gone: frozenset[int]) -> tuple[int, int]:
    return len(gone), sum(clash.weights[vertex] for vertex in gone)


@given(clashes)
def test_the_smallest_settlement_is_what_trying_everything_finds(clash: Clash) -> None:
    everything = (frozenset(some) for size in range(9) for some in combinations(range(8), size))
    wanted = min(cost(clash, some) for some in everything if clash.settled(some))
    certain, rest = clash.kernel()
    found = certain | smallest(rest)
    assert clash.settled(found)
    assert cost(clash, found) == wanted


@given(clashes)
def test_the_greedy_settlement_settles_and_holds_nothing_to_spare(clash: Clash) -> None:
    certain, rest = clash.kernel()
    picked = greedy(rest)
    assert clash.settled(certain | picked)
    assert not any(rest.settled(picked - {vertex}) for vertex in picked)
    assert len(smallest(rest)) <= len(picked)


letters = st.sampled_from("abcdefgh")
found_sides = st.lists(st.sets(letters, min_size=1, max_size=3), min_size=2, max_size=3)
stories = st.lists(st.tuples(found_sides, st.booleans()), max_size=5)


@given(stories, st.permutations("abcdefgh"), st.randoms())
def test_names_and_order_do_not_change_how_much_must_go(
    story: list[tuple[list[set[str]], bool]], shift: list[str], shuffle: object
) -> None:
    rename = dict(zip("abcdefgh", shift, strict=True))

    def groups(names: dict[str, str], order: list[int]) -> list[tuple[set[str], int, bool]]:
        findings = []
        for number in order:
            sides, sided = story[number]
            words = ["".join(sorted(names[letter] for letter in side)) for side in sides]
            if sided:
                findings.append(finding(f"f{number}", *words))
            else:
                findings.append(finding(f"f{number}", roles="".join(sorted(set("".join(words))))))
        return [(set(g.claims), len(g.settled_by), g.exact) for g in conflict_groups(findings)]

    one = groups({letter: letter for letter in "abcdefgh"}, list(range(len(story))))
    order = list(reversed(range(len(story))))
    two = groups(rename, order)
    moved = [({rename[letter] for letter in claims}, size, exact) for claims, size, exact in one]
    key = lambda row: sorted(row[0])  # noqa: E731
    assert sorted(moved, key=key) == sorted(two, key=key)

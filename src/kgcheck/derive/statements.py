"""Blocks of people in posts, of propositions, and of praise and criticism."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kgcheck.derive.blocks import Membership, judgeable, key_of, subject_token
from kgcheck.model.claim import Claim, Kind
from kgcheck.model.vocabulary import Vocabulary


def role_blocks(claims: Iterable[Claim], vocabulary: Vocabulary) -> Iterator[Membership]:
    """People in one post, and the posts of one person in one organisation."""
    for claim in claims:
        if claim.kind is not Kind.ROLE or claim.post is None or claim.person is None:
            continue
        post = vocabulary.posts.get(claim.post)
        yield Membership(claim.iri, "Office", key_of("office", vocabulary.same(claim.post)))
        if post is not None and post.organisation is not None:
            organisation = vocabulary.same(post.organisation)
            yield Membership(
                claim.iri, "Person", key_of("person", vocabulary.same(claim.person), organisation)
            )


def proposition_blocks(claims: Iterable[Claim], vocabulary: Vocabulary) -> Iterator[Membership]:
    """What is asserted and denied of one subject.

    Asserting a proposition counts as denying those that it excludes or strains. A pair of such
    propositions meets in the block of the first by IRI, so that no pair meets twice.
    """
    for claim in claims:
        if claim.kind is not Kind.PROPOSITION or claim.proposition is None or not judgeable(claim):
            continue
        subject = subject_token(claim, vocabulary, needed=False)
        own = claim.proposition
        role = "Asserted" if claim.affirmed else "Denied"
        yield Membership(claim.iri, role, key_of("proposition", own, subject))
        known = vocabulary.propositions.get(own)
        if known is None or not claim.affirmed:
            continue
        for other in sorted(known.incompatible_with | known.strained_with):
            first, second = sorted((own, other))
            yield Membership(
                claim.iri,
                "Asserted" if own == first else "Denied",
                key_of("excluding", first, second, subject),
            )


def valence(claim: Claim, vocabulary: Vocabulary) -> str | None:
    """Whether a claim speaks well or ill of its subject, where its concepts say so.

    A grade and a proposition carry their valence; a first or last place and a direction have that
    of their measure; a figure has one only when any amount of what it measures is a shortcoming.
    """
    if claim.kind is Kind.GRADE:
        grade = vocabulary.grades.get(claim.grade or "")
        return grade.valence if grade else None
    if claim.kind is Kind.PROPOSITION:
        known = vocabulary.propositions.get(claim.proposition or "")
        if known is None or known.valence is None:
            return None
        return known.valence if claim.affirmed else _opposite(known.valence)
    measure = vocabulary.measures.get(claim.scope.measure or "")
    if measure is None:
        return None
    if claim.kind is Kind.STATISTICAL:
        return "unfavourable" if measure.shortfall else None
    if measure.higher_is is None:
        return None
    better = "favourable" if measure.higher_is == "better" else "unfavourable"
    if claim.kind is Kind.RANK and claim.meaning is not None and claim.meaning.point == 1:
        return better if claim.rank_from == "top" else _opposite(better)
    if claim.kind is Kind.TREND and claim.direction in ("up", "down"):
        return better if claim.direction == "up" else _opposite(better)
    return None


def _opposite(of: str) -> str:
    return "unfavourable" if of == "favourable" else "favourable"


def aspect_blocks(claims: Iterable[Claim], vocabulary: Vocabulary) -> Iterator[Membership]:
    """Praise and criticism of one subject in one matter; a block with one of the two is not kept."""
    members: Mapping[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        for tone, key in aspects(claim, vocabulary):
            members[key][tone].append(claim.iri)
    for key, tones in sorted(members.items()):
        if len(tones) == 2:
            for tone, iris in sorted(tones.items()):
                role = "Favourable" if tone == "favourable" else "Unfavourable"
                yield from (Membership(iri, role, key) for iri in iris)


def aspects(claim: Claim, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """In which tone a claim speaks, and the blocks of the matters that it speaks of."""
    tone = valence(claim, vocabulary) if judgeable(claim) else None
    if tone is not None:
        subject = subject_token(claim, vocabulary, needed=False)
        for topic in claim.topics:
            yield tone, key_of("aspect", subject, topic)

"""Words for findings: neutral, short, and only about what the claims say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgcheck.model.claim import Claim, Document
from kgcheck.model.interval import Interval
from kgcheck.model.vocabulary import Vocabulary
from kgcheck.semantics import wording
from kgcheck.semantics.scope import describe_criterion


def describe_interval(interval: Interval, claim: Claim) -> str:
    """An interval of a claim's value in its own unit."""
    return wording.interval(interval, claim.meaning) if claim.meaning else str(interval)


def caption(claim: Claim, documents: Mapping[str, Document], vocabulary: Vocabulary) -> str:
    """«quote» (speaker, as quoted by outlet)."""
    document = documents.get(claim.document)
    publisher = document.publisher if document else None
    names = []
    if claim.speaker:
        names.append(vocabulary.label(claim.speaker))
    if publisher and vocabulary.same(publisher) != vocabulary.same(claim.speaker):
        names.append(f"quoted by {vocabulary.label(publisher)}" if names else vocabulary.label(publisher))
    if not names and document:
        names.append(document.title or document.identifier)
    return f"«{claim.evidence.quote}» ({', '.join(names)})" if names else f"«{claim.evidence.quote}»"


class Placeholders(dict[str, str]):
    """Words for the templates of a check; an unknown name shows itself instead of failing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def placeholders(
    first: Claim,
    second: Claim,
    every: Sequence[Claim],
    documents: Mapping[str, Document],
    vocabulary: Vocabulary,
    deciding: str | None,
    note: str | None,
    expected: Interval | None,
) -> Placeholders:
    """The words a check's templates may use.

    `first` and `second` are captions of the two claims that decided, `measure`, `subject`, `topic`,
    `period`, `question`, `post`, `proposition`, `criterion`, `grade` describe the first,
    `other_<name>` the second; `what` sums up what the first is about. `dimension` is the deciding
    dimension, `count` the number of claims, `documents` of documents, `expected` a computed value.
    """
    words = Placeholders(
        first=caption(first, documents, vocabulary),
        second=caption(second, documents, vocabulary),
        dimension=deciding or "scope",
        count=str(len(every)),
        documents=str(len({claim.document for claim in every})),
        note=note or "",
        expected=describe_interval(expected, first) if expected else "",
        what=describe(first, vocabulary),
    )
    for prefix, claim in (("", first), ("other_", second)):
        scope = claim.scope
        words |= {
            f"{prefix}measure": vocabulary.label(scope.measure),
            f"{prefix}subject": vocabulary.label(scope.subject),
            f"{prefix}topic": vocabulary.label(scope.topic),
            f"{prefix}period": wording.period(scope.period),
            f"{prefix}question": ", ".join(vocabulary.label(q) for q in claim.questions) or "not stated",
            f"{prefix}post": vocabulary.label(claim.post),
            f"{prefix}person": vocabulary.label(claim.person),
            f"{prefix}proposition": vocabulary.label(claim.proposition),
            f"{prefix}grade": vocabulary.label(claim.grade),
            f"{prefix}criterion": describe_criterion(claim, vocabulary),
            f"{prefix}speaker": vocabulary.label(claim.speaker),
            f"{prefix}quote": claim.evidence.quote,
        }
    return words


def describe(claim: Claim, vocabulary: Vocabulary) -> str:
    """What a claim is about, in the order what, of what, about whom."""
    scope = claim.scope
    if claim.post:
        return vocabulary.label(claim.post)
    if claim.proposition:
        return vocabulary.label(claim.proposition)
    if claim.questions:
        head = " and ".join(vocabulary.label(question) for question in claim.questions)
    else:
        head = vocabulary.label(scope.measure)
    parts = [head]
    if scope.topic and scope.measure:
        parts.append(vocabulary.label(scope.topic))
    if scope.subject:
        parts.append(vocabulary.label(scope.subject))
    return ", ".join(parts)

"""Words for findings: neutral, short, and only about what the claims say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    """Words for the templates of a check, found when a template asks for them; an unknown name shows
    itself instead of failing."""

    def __init__(self, finders: Mapping[str, Callable[[], str]]) -> None:
        super().__init__()
        self._finders = finders

    def __missing__(self, key: str) -> str:
        found = self[key] = self._finders[key]() if key in self._finders else "{" + key + "}"
        return found


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
    finders: dict[str, Callable[[], str]] = {
        "first": lambda: caption(first, documents, vocabulary),
        "second": lambda: caption(second, documents, vocabulary),
        "dimension": lambda: deciding or "scope",
        "count": lambda: str(len(every)),
        "documents": lambda: str(len({claim.document for claim in every})),
        "note": lambda: note or "",
        "expected": lambda: describe_interval(expected, first) if expected else "",
        "what": lambda: describe(first, vocabulary),
    }
    for prefix, claim in (("", first), ("other_", second)):
        finders |= {prefix + name: find for name, find in _about(claim, vocabulary).items()}
    return Placeholders(finders)


def _about(claim: Claim, vocabulary: Vocabulary) -> dict[str, Callable[[], str]]:
    label, scope = vocabulary.label, claim.scope
    return {
        "measure": lambda: label(scope.measure),
        "subject": lambda: label(scope.subject),
        "topic": lambda: label(scope.topic),
        "period": lambda: wording.period(scope.period),
        "question": lambda: ", ".join(label(question) for question in claim.questions) or "not stated",
        "post": lambda: label(claim.post),
        "person": lambda: label(claim.person),
        "proposition": lambda: label(claim.proposition),
        "grade": lambda: label(claim.grade),
        "criterion": lambda: describe_criterion(claim, vocabulary),
        "speaker": lambda: label(claim.speaker),
        "quote": lambda: claim.evidence.quote,
    }


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

"""From whom a text takes what nobody in it is named as saying, and who wrote the letters in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from kgcheck.extract.inspections import inspecting_body
from kgcheck.extract.naming import BODY_REPORT, POSSESSIVE, REPORT_BY, is_empty, tidy, who_is_named
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import Cast, is_person_name
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("speech.toml")
ACCORDING = re.compile(
    rf"\b{any_of(_TABLE['according'])}\s+(?P<who>(?:the |an? |its |their |new |latest "
    rf"|official )*[^,.;:()]{{2,80}})",
    re.IGNORECASE,
)
_GRADER = re.compile(
    rf"(?P<who>[A-Z][^.,;:\n]{{2,100}}?(?: \([A-Z]+\))?),? (?:has |have |had )?{any_of(_TABLE['grading'])}\b"
)
_BY_GRADER = re.compile(
    rf"\b{any_of(_TABLE['graded'])}\b[^.;:\n]{{0,80}}? by (?P<who>(?:the )?[A-Z][^.,;:\n]{{2,90}})"
)
_REPORT_OF = re.compile(r"\b[Rr]eport (?:of|by) the (?P<who>[A-Z]\w+(?: (?:of|for|and|[A-Z]\w+)){0,5})")
_TITLED = re.compile(
    r"^(?P<who>[A-Z][\w&’'-]+(?: (?:of |for |and )?[A-Z][\w&’'-]+){1,6})(?:: | – | - )"
    rf"(?:\w+ ){{0,2}}{any_of(_TABLE['publications'])}(?=\s*$|,|\s+(?:[0-9]|for\b|to\b|on\b|in\b))"
)
_WROTE = re.compile(rf"\b{any_of(_TABLE['writing'])}\b")
_FINDS = re.compile(
    rf"\b(?P<noun>{any_of(_TABLE['plain'])}) (?:have |has |had )?(?:{any_of(_TABLE['verbs'])})\b",
    re.IGNORECASE,
)
_POST = re.compile(r"(?:the |The )((?:[A-Z][\w’'-]+|and|of|for|the)(?: (?:[A-Z][\w’'-]+|and|of|for|the))*) $")
_FAR = 400
"""The principal source of a text is named among so many sentences, or not at all."""

_OFTEN = 2
_LEAST = 3
"""What is named once or twice, far down, is not the source of the rest."""

_EARLY, _FIRST = 8, 3
"""What stands in the first sentences counts three times."""


def principal_source(sentences: Sequence[Sentence], cast: Cast) -> str | None:
    """The report, analysis or body from which the text takes what nobody in it is named as saying."""
    votes: Counter[str] = Counter()
    for sentence in sentences[:_FAR]:
        words = sentence.words_as_written
        for match in _mentions(words):
            direct = match.re in (POSSESSIVE, BODY_REPORT, _REPORT_OF, _TITLED)
            name = (
                tidy(match["who"]) if direct else who_is_named(match["who"], cast, last=match.re is _GRADER)
            )
            person = name and (cast.person(name) if match.re is REPORT_BY else is_person_name(name))
            if name and not person and len(name) > 2 and not is_empty(name):
                votes[cast.full_body(name)] += _FIRST if sentence.number < _EARLY else 1
    most = max(votes, key=lambda name: votes[name]) if votes else None
    return most if most and votes[most] >= _LEAST else None


def _mentions(words: str) -> Iterable[re.Match[str]]:
    for pattern in (ACCORDING, POSSESSIVE, BODY_REPORT, REPORT_BY, _REPORT_OF, _TITLED, _GRADER, _BY_GRADER):
        yield from pattern.finditer(words)


def heard_most(speakers: Iterable[str], cast: Cast) -> str | None:
    """The body that speaks most often in the text."""
    bodies = Counter(name for name in speakers if cast.person(name) is None and not is_person_name(name))
    most = min(bodies, key=lambda name: (-bodies[name], name)) if bodies else None
    return most if most and bodies[most] >= _OFTEN and 2 * bodies[most] > sum(bodies.values()) else None


def plain_source(sentences: Sequence[Sentence], cast: Cast) -> str | None:
    """ "Inspectors", "the report": the kind of source that the text speaks of, where it names none.

    Inspectors are those of the body in the text that inspects.
    """
    counted = Counter(
        match["noun"].casefold()
        for sentence in sentences[:_FAR]
        for match in _FINDS.finditer(sentence.words_as_written)
    )
    noun = min(counted, key=lambda noun: (-counted[noun], noun)) if counted else None
    return (inspecting_body(cast) or noun) if noun in _TABLE["inspecting"] else noun


def letter_writer(
    text: str, sentences: Sequence[Sentence], before: int, named: Callable[[str], str | None]
) -> str | None:
    """Who wrote the letter that begins at `before`."""
    for sentence in sentences[:_FAR]:
        if sentence.start < before and (match := _WROTE.search(text, sentence.start, sentence.end)):
            lead = text[sentence.start : match.start()]
            post = re.search(
                r"(?:the |The )((?:[A-Z][\w’'-]+|and|of|for|the)(?: (?:[A-Z][\w’'-]+|and|of|for|the))*) $",
                lead,
            )
            return named(lead) or (post[1] if post else None)
    return None

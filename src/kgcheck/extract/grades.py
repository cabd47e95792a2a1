"""Gradings as claims: who or what was found outstanding, inadequate, B+ or four stars."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgcheck.extract.passages import Sentence
from kgcheck.extract.proposals import Proposal
from kgcheck.extract.tables import any_of, read_table
from kgcheck.semantics.tables import read_table as read_semantics

_TABLE = read_table("grades.toml")
_GRADING = _TABLE["grading"]
_WORDS = {
    word: grade for group in ("strong", "weak") for grade, words in _TABLE[group].items() for word in words
}
_GRADE_WORDS = frozenset(word.split()[0] for word in _WORDS)
_STRONG = frozenset(_TABLE["strong"])
_COUNTS = read_semantics("numbers.toml")["cardinals"]
_FIRM_REACH, _NEAR_REACH, _LONGEST = 70, 24, 100
_QUOTES = "\"'“”‘’"
_GRADE = re.compile(rf"(?<![\w-])(?P<word>{any_of(_WORDS)})(?![\w-])", re.IGNORECASE)
_FIRM = re.compile(rf"\b{any_of(_GRADING['firm'])}\b", re.IGNORECASE)
_NEAR = re.compile(
    rf"\b{any_of(_GRADING['before'])}\W*(?:an? |being |overall |generally |to be |as |['’]s )*\W*$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\"'”’)]?[\s,]+(?:\w+\s+)?{any_of(_GRADING['after'])}\b", re.IGNORECASE)
_IDLE = re.compile(rf"[\"'”’]?\s+(?:\w+\s+)?{any_of(_GRADING['idle_after'])}\b", re.IGNORECASE)
_ENDS = re.compile(
    r"[\"'”’]?(?:\s*(?:[.,;:)]|$|\n)|\s+(?:for|in|at|by|and|or|to|from|but|overall|with|after|when|on|last|across|following|since|again|under|this|the|it|while|despite|because|as|three|four|two|five|six|seven|eight|consecutive)\b)"
)
_INSPECTING = re.compile(rf"\b{any_of(_GRADING['inspection_words'])}\b", re.IGNORECASE)
_EITHER = re.compile(r"\beither\W+$", re.IGNORECASE)
_OR = re.compile(r"\beither\b.{0,40}\bor\W+$", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:from|to)\s+(?:an? )?\W?$", re.IGNORECASE)
_LABEL = re.compile(
    r"\b(?:judge?ment|rating|grade|effectiveness|overall|result|verdict|score)\b[\w\s]{0,24}:\s*$",
    re.IGNORECASE,
)
_QUESTION = re.compile("(?:" + _GRADING["question"] + ")", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:from|previously|once|formerly|earlier|was until|had been|previous)\b(?:(?!\bto\b)[^.;,]){0,40}$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:]")
_SECOND = re.compile(
    r",?\s+and (?:also )?(?P<lead>for|in|at|on) (?P<question>[^.,;\"”]{3,60})", re.IGNORECASE
)
_LETTER = re.compile(_TABLE["letters"]["pattern"])
_STARS = re.compile(_TABLE["stars"]["pattern"], re.IGNORECASE)
_RATING = re.compile(_TABLE["ratings"]["pattern"])
_RATED = re.compile(
    r"\b(?:rating|rated|downgrad\w+|upgrad\w+|credit|moody.s|fitch|s&p|bond)\b", re.IGNORECASE
)


def speaks_of_inspections(text: str) -> bool:
    """Whether a text has words of inspecting and grading at all."""
    return _INSPECTING.search(text) is not None


def grades_in(words: str) -> frozenset[str]:
    """The grades that a few words can name."""
    found = {_WORDS[match["word"].casefold()] for match in _GRADE.finditer(words)}
    found |= {
        match.group().casefold()
        for match in re.finditer(r"[AB][1-3]|(?:[A-C]{2,3}|[AB]a{1,2}[1-3]?|[A-F])[+-]?", words)
    }
    found |= {_stars(match["stars"]) for match in _STARS.finditer(words)}
    return frozenset(found)


def _stars(number: str) -> str:
    number = number.casefold()
    word = (
        {value: name for name, value in _COUNTS.items()}.get(int(number), number)
        if number.isdigit()
        else number
    )
    return "one star" if word == "one" else f"{word} stars"


def find_grades(sentence: Sentence, inspected: bool) -> Iterator[Proposal]:
    """The gradings that the sentence states; `inspected` says that its text speaks of inspections."""
    text = sentence.text
    if _GRADE_WORDS.isdisjoint(sentence.forms):
        if inspected:
            yield from _marks(sentence)
        return
    for match in _GRADE.finditer(text, sentence.start, sentence.end):
        confidence = _confidence(sentence, match, inspected)
        if confidence:
            yield from _with_questions(
                sentence, match.start("word"), match.end("word"), _WORDS[match["word"].casefold()], confidence
            )
    if inspected:
        yield from _marks(sentence)


def _confidence(sentence: Sentence, match: re.Match[str], inspected: bool) -> float:
    """How sure it is that a word is a grade; 0 for none."""
    text = sentence.text
    start, end = match.span("word")
    before = text[max(sentence.start, start - _FIRM_REACH) : start]
    grade = _WORDS[match["word"].casefold()]
    if _EITHER.search(before) or _OR.search(before):
        return 0.0
    quoted = start > 0 and text[start - 1] in _QUOTES and end < len(text) and text[end] in _QUOTES
    if _AFTER.match(text, end, sentence.end) and inspected and not _IDLE.match(text, end, sentence.end):
        return 0.85
    if _LABEL.search(before):
        return 0.9
    ends = _ENDS.match(text, end, sentence.end) is not None or quoted
    clause = re.split(r"[;:]|\bwhich\b|\bbut\b", before)[-1]
    firm = _FIRM.search(clause) is not None
    if grade in _STRONG:
        return 0.85 if firm or quoted else 0.7 if inspected else 0.0
    if not ends or _IDLE.match(text, end, sentence.end):
        return 0.0
    if firm:
        return 0.9 if quoted else 0.85
    if quoted and inspected:
        return 0.8
    if _FROM_TO.search(before) and (
        _FIRM.search(text, sentence.start, sentence.end)
        or (inspected and re.search(r"\bfrom\b.{1,60}\bto\b", sentence.words_as_written))
    ):
        return 0.75
    if not inspected:
        return 0.0
    if grade == "good" and re.match(r" at \w+ing\b", text[end : end + 30]):
        return 0.6
    if _NEAR.search(before) and (
        _ENDS.match(text, end, sentence.end)
        and not re.match(r"\s+(?:to|when|as|the|it)\b", text[end : end + 6])
    ):
        weak = grade in {"good", "outstanding", "inadequate", "poor", "excellent", "satisfactory"}
        return 0.5 if weak else 0.0
    return 0.0


def _with_questions(
    sentence: Sentence, start: int, end: int, grade: str, confidence: float
) -> Iterator[Proposal]:
    """The grade, and once more for a second question joined by "and for"."""
    text = sentence.text
    pause = _PAUSE.search(text, end, sentence.end)
    told = _QUESTION.search(text, end, min(sentence.end, end + 140, pause.start() if pause else sentence.end))
    question = told[1].strip() if told else None
    if question:
        question = re.split(
            r"\s+and (?:for|in|at|on) |\s+(?:after|by|since|from|when|following)\s", question
        )[0].strip()
    first = Proposal(
        start, end, text[start:end], "grade", grade, unit="grade", confidence=confidence, measure=question
    )
    if _EARLIER.search(text, max(sentence.start, start - 60), start):
        first.notes["earlier"] = True
    yield first
    if told is None:
        return
    begin = told.start(1) + len(question or "")
    second = _SECOND.match(text, begin, sentence.end) or _SECOND.search(
        text, begin, min(sentence.end, begin + 40)
    )
    if second is not None and not _GRADE.search(text, begin, second.end()):
        stop = second.end()
        wide = stop - start <= _LONGEST
        quote_end = stop if wide else end
        yield Proposal(
            start, quote_end, text[start:quote_end], "grade", grade, unit="grade", stated=text[start:end],
            confidence=confidence - 0.2, measure=second["question"].strip(),
        )  # fmt: skip


def _marks(sentence: Sentence) -> Iterator[Proposal]:
    """Letter grades, stars and credit ratings, in sentences that speak of grading."""
    text, start, end = sentence.text, sentence.start, sentence.end
    graded = re.search(
        r"\b(?:grade[ds]?|rated|rating|ratings|scored?|earned|received|report card|receives?|"
        r"awarded|given|got|won|wins|upgraded|downgraded|gave|hold|holds)\b",
        sentence.words_as_written,
        re.IGNORECASE,
    )
    if not graded:
        return
    for match in _LETTER.finditer(text, start, end):
        place = match.start("letter")
        if match["letter"] == "A" and match.group()[0] not in "ao\"“‘'(gfrt":
            continue
        if re.match(r" [a-z]", text[match.end() : match.end() + 2]) and match["letter"] == "A":
            continue
        yield Proposal(
            place,
            match.end("letter"),
            match["letter"],
            "grade",
            match["letter"].casefold(),
            unit="grade",
            confidence=0.7,
        )
    for match in _STARS.finditer(text, start, end):
        yield Proposal(
            match.start(),
            match.end(),
            match.group(),
            "grade",
            _stars(match["stars"]),
            unit="grade",
            confidence=0.6,
        )
    if _RATED.search(text, start, end):
        for match in _RATING.finditer(text, start, end):
            yield Proposal(
                match.start(),
                match.end(),
                match.group(),
                "grade",
                match.group().casefold(),
                unit="grade",
                confidence=0.6,
            )

"""Who speaks where: quotations with their speakers, reported speech, and the source of the rest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kgcheck.extract.layout import Block, BlockKind
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import Cast, find_organisation, is_person_name, organisation_places, strip_title
from kgcheck.extract.tables import any_of, read_table, words_of

_TABLE = read_table("speech.toml")
_VERBS = any_of(_TABLE["verbs"])
_STRONG_VERBS = any_of(set(_TABLE["verbs"]) - set(_TABLE["weak"]))
_SOURCES = any_of(_TABLE["sources"])
_REPORTS = any_of(_TABLE["reports"])
_OPEN, _CLOSE = '“"', '”"'
_MARK = re.compile(r"[“”\"]|(?<=[\s:,(])[‘'](?=\w)|(?<=[\w.,!?])[’'](?=[\s.,;:)]|$)")
_PASSIVE = (
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bbe )(?<!\bis )(?<!\bare )(?<!\ban )(?<!\bto "
    r")(?<!\bnot )(?<!\bof )"
)
_SAYS = re.compile(
    rf"{_PASSIVE}\b(?P<verb>{_STRONG_VERBS})\b(?:\s+(?:that|how|there|to\s+\w+|in\s+a\s+\w+))?", re.IGNORECASE
)
_CALLS = re.compile(rf"{_PASSIVE}\b(?:{_VERBS})\b", re.IGNORECASE)
_SAYS_THAT = re.compile(rf"\b(?P<verb>{_VERBS})\b[^.,;]{{0,40}}?(?:\bthat\b|:\s*[“\"])", re.IGNORECASE)
_AFTER_QUOTE = re.compile(
    rf"[”\"][,.]?\s*(?:,\s*)?(?:(?:(?P<verb>{_VERBS})\s+(?P<after>[^.;”“\"]{{2,120}}))|(?P<before>[^.;”“\":]{{1,90}}?)\s+(?:{_VERBS})\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf",\s+(?P<who>[^,;]{{2,70}}?)\s+(?:has\s+|have\s+)?(?:{_VERBS})(?:\s+(?:today|yesterday|"
    rf"on \w+|this week|last week|in a statement))?[.”\"]*$",
    re.IGNORECASE,
)
_TAIL_INVERTED = re.compile(r",\s+(?:said|says|added)\s+(?P<who>[^;]{2,110}?)[.]?$")
_ACCORDING = re.compile(
    rf"\b{any_of(_TABLE['according'])}\s+(?P<who>(?:the |an? |its |their |new |latest "
    rf"|official )*[^,.;:()]{{2,80}})",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*(?:[-–—]+|by)\s+(?P<who>[A-Z][^.!?]{3,100})$")
_SIGNED = re.compile(r"[A-Z][\w’'.-]+ (?:[A-Z][\w’'.-]+ ?)+(?:,.*)?$")
_POSSESSIVE = re.compile(
    rf"(?P<who>(?:[Tt]he )?[A-Z][\w&.-]+(?: [A-Z&][\w&.-]*| of| and| for){{0,8}})['’]s? "
    rf"(?:own |latest |new |annual )?(?:{_REPORTS})\b"
)
_BODY_REPORT = re.compile(
    rf"(?P<who>(?:[Tt]he )?[A-Z][\w&.-]+(?: [A-Z&][\w&.-]*| of| and| for){{0,8}})(?: "
    rf"\([A-Z]+\))? (?:{_REPORTS})\b"
)
_GRADER = re.compile(
    r"(?P<who>[A-Z][^.,;:\n]{2,100}?(?: \([A-Z]+\))?),? (?:has |have |had )?(?:graded|"
    r"rated|judged|inspected|lifted|upgraded|downgraded|found that|published)\b"
)
_PRONOUN = re.compile(r"(?:^|\W)(he|she|they|it|i|we)$", re.IGNORECASE)
_SPEAKING = words_of(_TABLE["verbs"]) | {
    "according",
    "figures",
    "data",
    "statistics",
    "analysis",
    "research",
    "report",
    "survey",
    "study",
    "review",
    "poll",
    "forecast",
    "estimates",
    "forecasts",
    "numbers",
    "letter",
    "published",
    "released",
    "compiled",
    "based",
    "words",
    "view",
}
_MOST_QUOTATIONS = 40
_FAR = 400
"""The principal source of a text is named among so many sentences, or not at all."""

_FINDS = re.compile(
    rf"\b(?P<noun>{any_of(_TABLE['plain'])}) (?:have |has |had )?(?:{_VERBS})\b", re.IGNORECASE
)
_DOUBLE = re.compile(r"[“”\"]")
_SHORTEST = 18
_ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker over a stretch of the text; `inferred` where the words do not say it in place."""

    start: int
    end: int
    speaker: str
    quoted: bool = False
    inferred: bool = False


@dataclass(slots=True)
class Voices:
    """All voices of a text; quotations win over reported speech."""

    quotes: list[Voice]
    reports: list[Voice]
    source: str | None
    _starts: tuple[list[int], list[int]] = ([], [])

    def __post_init__(self) -> None:
        self._starts = [voice.start for voice in self.quotes], [voice.start for voice in self.reports]

    def quoted_in(self, start: int, end: int) -> bool:
        """Whether a quotation touches that stretch of the text."""
        place = bisect_left(self._starts[0], end) - 1
        return place >= 0 and start < self.quotes[place].end

    def at(self, start: int) -> Voice:
        """Who speaks at a place of the text."""
        for voices, starts in zip((self.quotes, self.reports), self._starts, strict=True):
            place = bisect_right(starts, start) - 1
            if place >= 0 and voices[place].start <= start < voices[place].end:
                return voices[place]
        return Voice(start, start, self.source or _ARTICLE, inferred=True)


def find_voices(text: str, sentences: Sequence[Sentence], cast: Cast, publisher: str | None = None) -> Voices:
    """The speakers of a text, from its quotations and its verbs of saying."""
    quotes: list[Voice] = []
    reports: list[Voice] = []
    person: str | None = None
    body: str | None = None
    writer: str | None = None
    opened = False
    source = _principal(sentences, cast) or publisher
    by_block: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.block.start, []).append(sentence)
    blocks = list(by_block.values())
    for place, members in enumerate(blocks):
        begin, end = members[0].block.start, members[0].block.end
        if _signed(text, members[0].block):
            continue
        if text.startswith("Dear ", begin) and end - begin < 80:
            writer = _writer(text, sentences, begin, cast)
            continue
        signed = (
            _signature(text, blocks, place, cast) if members[0].block.kind is not BlockKind.HEADING else None
        )
        if signed:
            person = signed
        spans, still_open = _quotations(text, begin, end, opened)
        heard = len(reports)
        starts: list[int] = []
        for sentence in members:
            who = _reporter(sentence, cast, _within(spans, sentence))
            if who is None:
                continue
            if who.casefold() in {"he", "she", "they", "i", "we"}:
                who = person or body or source
            elif who.casefold() in {"it", "this"}:
                who = source or body or person
            elif cast.person(who) is not None or is_person_name(who):
                person = cast.full_name(who)
                who = person
            else:
                who = body = cast.full_body(who)
            if who:
                reports.append(Voice(sentence.start, sentence.end, who))
                starts.append(sentence.start)
        for first, last in spans:
            if last - first < _SHORTEST:
                continue
            before = heard + bisect_right(starts, last) - 1
            near = reports[before] if before >= heard and first <= reports[before].end + 2 else None
            speaker = near.speaker if near else None
            if speaker is None and len(reports) > heard:
                speaker = reports[-1].speaker
            speaker = speaker or signed
            if speaker is None and (opened or first <= begin + 1):
                speaker = quotes[-1].speaker if quotes else person
            if speaker is None:
                speaker = person or body or source or _ARTICLE
            quotes.append(Voice(first, last, speaker, quoted=True))
        if signed:
            reports.append(Voice(begin, end, signed))
        elif writer and len(reports) == heard:
            reports.append(Voice(begin, end, writer))
        opened = still_open
    if source is None:
        source = _heard_most(reports, cast) or _plain_source(sentences)
    reports.sort(key=lambda voice: voice.start)
    quotes.sort(key=lambda voice: voice.start)
    return Voices(quotes, reports, source)


def _quotations(text: str, begin: int, end: int, opened: bool) -> tuple[list[tuple[int, int]], bool]:
    """The stretches in double quotation marks; the last may run on into the next block."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for found in _DOUBLE.finditer(text, begin, end):
        index, mark = found.start(), found.group()
        if mark == "“" or (mark == '"' and start is None):
            if start is None:
                start = index + 1
        elif start is not None:
            spans.append((start, index))
            start = None
        elif opened and not spans:
            spans.append((begin, index))
    if start is not None:
        spans.append((start, end))
        return spans, True
    return spans, False


_WROTE = re.compile(r"\b(?:wrote|writes|writing|sent|sends|penned|signed)\b")


def _writer(text: str, sentences: Sequence[Sentence], before: int, cast: Cast) -> str | None:
    """Who wrote the letter that begins at `before`."""
    for sentence in sentences[:_FAR]:
        if sentence.start < before and (match := _WROTE.search(text, sentence.start, sentence.end)):
            lead = text[sentence.start : match.start()]
            post = re.search(
                r"(?:the |The )((?:[A-Z][\w’'-]+|and|of|for|the)(?: (?:[A-Z][\w’'-]+|and|of|for|the))*) $",
                lead,
            )
            return _named(lead, cast, last=True) or (post[1] if post else None)
    return None


def _heard_most(reports: Sequence[Voice], cast: Cast) -> str | None:
    """The body that speaks most often in the text."""
    counted = Counter(voice.speaker for voice in reports if cast.person(voice.speaker) is None)
    bodies = {name: number for name, number in counted.items() if not is_person_name(name)}
    return min(bodies, key=lambda name: (-bodies[name], name)) if bodies else None


def _plain_source(sentences: Sequence[Sentence]) -> str | None:
    """ "Inspectors", "the report": the kind of source that the text speaks of, where it names none."""
    counted = Counter(
        match["noun"].casefold()
        for sentence in sentences[:_FAR]
        for match in _FINDS.finditer(sentence.words_as_written)
    )
    return min(counted, key=lambda noun: (-counted[noun], noun)) if counted else None


def _within(spans: Sequence[tuple[int, int]], sentence: Sentence) -> Sequence[tuple[int, int]]:
    """The quotations that a sentence touches, a bounded number of them."""
    first = bisect_right(spans, (sentence.start, sentence.start)) - 1
    last = bisect_right(spans, (sentence.end, sentence.end))
    return spans[max(0, first) : min(last, max(0, first) + _MOST_QUOTATIONS)]


def _signed(text: str, block: Block) -> str | None:
    """What stands in a line of signature, without its dash."""
    if block.end - block.start > 130:
        return None
    if match := _DASH.match(text, block.start, block.end):
        return match["who"]
    if block.kind is BlockKind.ITEM and text[max(0, block.start - 3) : block.start].strip() in {
        "–",
        "—",
        "-",
    }:
        words = text[block.start : block.end]
        return words if _SIGNED.match(words) else None
    return None


def _signature(text: str, blocks: Sequence[Sequence[Sentence]], place: int, cast: Cast) -> str | None:
    """The name in a line "– Name, post" that follows within a few blocks without another heading."""
    for members in blocks[place + 1 : place + 5]:
        block = members[0].block
        if signed := _signed(text, block):
            return _named(signed, cast)
        if block.kind is BlockKind.HEADING:
            return None
    return None


def _reporter(sentence: Sentence, cast: Cast, spans: Sequence[tuple[int, int]]) -> str | None:
    """Who is said to say what the sentence says, as a name, a body or a pronoun."""
    if _SPEAKING.isdisjoint(sentence.forms):
        return None
    words = sentence.words_as_written
    for first, last in spans:
        if sentence.start < last < sentence.end:
            match = _AFTER_QUOTE.match(sentence.text, last, sentence.end)
            who = match and (match["after"] or match["before"])
            if who and (named := _named(who, cast)):
                return named
        if first < sentence.end and sentence.start < last:
            begin, stop = max(0, first - sentence.start), min(len(words), last - sentence.start)
            words = words[:begin] + "\x00" * (stop - begin) + words[stop:]
    if not words.replace("\x00", "").strip(' "“”.,'):
        return None
    for match in _SAYS.finditer(words):
        if named := _named(words[: match.start()], cast, last=True):
            return named
        if match["verb"].casefold() in {"said", "says", "added", "adds"} and (
            named := _named(words[match.end() : match.end() + 90], cast)
        ):
            return named
        break
    if quoted := words.find("\x00"):
        for match in _CALLS.finditer(words, 0, max(0, quoted)):
            if named := _named(words[: match.start()], cast, last=True):
                return named
    for match in _SAYS_THAT.finditer(words):
        if named := _named(words[: match.start()], cast, last=True):
            return named
    if (match := _TAIL.search(words)) and (named := _named(match["who"], cast)):
        return named
    if (match := _ACCORDING.search(words)) and (named := _named(match["who"], cast)):
        return named
    return None


_CLAUSE = re.compile(r"[;:]|, (?:but|and|while|as|after|when|which|who)\b|\bbut\b|\bwhile\b")
_PLAIN_SOURCE = re.compile(
    rf"\b(?:the|a|an|its|their|this|these|new|latest|official|government|police|\w+['’]s?)"
    rf"\s+(?:[\w’'-]+ ){{0,3}}?{_SOURCES}\b",
    re.IGNORECASE,
)


def _named(words: str, cast: Cast, last: bool = False) -> str | None:
    """The person, body or source that a few words name; the last of them before a verb."""
    words = words.strip(' ,–—-"“”')
    if not words:
        return None
    if last:
        words = words[-160:]
        if pronoun := _PRONOUN.search(words):
            return pronoun[1]
    people = _people_in(words, cast)
    if people and not last and (body := find_organisation(words)) and words.find(body) < people[0][0]:
        return _tidy(body)
    if people:
        return people[-1 if last else 0][1]
    if not last and (pronoun := re.match(r"(he|she|they|it)\b", words, re.IGNORECASE)):
        return pronoun[1]
    clause = _CLAUSE.split(words)[-1] if last else words
    if found := find_organisation(clause):
        return _tidy(found)
    if (match := _POSSESSIVE.search(clause) or _BODY_REPORT.search(clause)) and _tidy(
        match["who"]
    ).casefold() not in _EMPTY:
        return _tidy(match["who"])
    acronym = re.search(r"\b[A-Z]{2,8}\b", clause)
    if acronym and (acronym.group() in cast.acronyms or last):
        return acronym.group()
    if _PLAIN_SOURCE.search(clause):
        return "it"
    return None


_EMPTY = frozenset(
    {
        "the",
        "this",
        "it",
        "a",
        "an",
        "these",
        "our",
        "its",
        "his",
        "her",
        "their",
        "that",
        "some",
        "new",
        "in",
        "all",
        "latest",
        "official",
        "last",
        "crown",
        "other",
        "most",
        "such",
        "more",
        "local",
        "public",
        "no",
        "both",
        "government",
        "stop",
        "crime",
    }
)


def _people_in(words: str, cast: Cast) -> list[tuple[int, str]]:
    """The people named in a few words, by place."""
    found: dict[int, str] = {}
    for name, bare in cast.people_in(words):
        place = words.find(name)
        if place < 0 and (surname := re.search(rf"\b{re.escape(bare.split()[-1])}\b", words)):
            place = surname.start()
        if place >= 0:
            found[place] = bare
    bodies = organisation_places(words)
    for match in _NAME_RUN.finditer(words):
        if any(start <= match.start() < end for start, end in bodies):
            continue
        if is_person_name(match.group()) and not any(match.start() <= place < match.end() for place in found):
            found[match.start()] = strip_title(match.group())
    return sorted(found.items())


_NAME_RUN = re.compile(r"(?:[A-Z][\w’'.-]*)(?: [A-Z][\w’'-]*){1,3}")


def _tidy(name: str) -> str:
    name = re.sub(r"^(?:the|a|an)\s+", "", name.strip(" ,'’"), flags=re.IGNORECASE)
    return re.sub(r"['’]s$", "", name)


def _principal(sentences: Sequence[Sentence], cast: Cast) -> str | None:
    """The report, analysis or body from which the text takes what nobody in it is named as saying."""
    votes: dict[str, int] = {}
    for sentence in sentences[:_FAR]:
        words = sentence.words_as_written
        for match in (
            *_ACCORDING.finditer(words),
            *_POSSESSIVE.finditer(words),
            *_BODY_REPORT.finditer(words),
            *_GRADER.finditer(words),
        ):
            name = (
                _tidy(match["who"])
                if match.re in (_POSSESSIVE, _BODY_REPORT)
                else _named(match["who"], cast, last=match.re is _GRADER)
            )
            if name and not is_person_name(name) and len(name) > 2 and name.casefold() not in _EMPTY:
                full = cast.full_body(name)
                votes[full] = votes.get(full, 0) + (3 if sentence.number < 8 else 1)
    return max(votes, key=lambda name: votes[name]) if votes else None

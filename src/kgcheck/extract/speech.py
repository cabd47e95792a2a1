"""Who speaks where: quotations with their speakers, reported speech, and the source of the rest.

A sentence's own verb of saying comes first ("she added"). A quotation without one belongs to the
speaker of the sentence around it, of the quotation that runs on into it, or of the one just before.
What follows in the paragraph of reported speech is still that speaker's, and noted as inferred. All
else is the word of the source that the text rests on.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kgcheck.extract.layout import Block, BlockKind
from kgcheck.extract.naming import REPORT_BY, who_is_named
from kgcheck.extract.passages import Sentence
from kgcheck.extract.people import Cast, is_person_name, strip_title
from kgcheck.extract.quotations import read_quotations, within
from kgcheck.extract.sources import (
    ACCORDING,
    heard_most,
    letter_writer,
    plain_source,
    principal_source,
)
from kgcheck.extract.tables import any_of, read_table, words_of

_TABLE = read_table("speech.toml")
_VERBS = any_of(_TABLE["verbs"])
_STRONG_VERBS = any_of(set(_TABLE["verbs"]) - set(_TABLE["weak"]))
_PASSIVE = "".join(f"(?<!\\b{word} )" for word in _TABLE["passive"])
_DOING = frozenset(_TABLE["doing"])
_DONE_TO = re.compile(
    r"\s+(?:[\d£$€]|(?:an?|another|more|over|nearly|almost|their|its|higher|lower)\b)", re.IGNORECASE
)
_SAYS = re.compile(
    rf"{_PASSIVE}\b(?P<verb>{_STRONG_VERBS})\b(?:\s+(?:that|how|there|to\s+\w+|in\s+a\s+\w+))?",
    re.IGNORECASE,
)
_CALLS = re.compile(rf"{_PASSIVE}\b(?:{_VERBS})\b", re.IGNORECASE)
_SAYS_THAT = re.compile(rf"\b(?P<verb>{_VERBS})\b[^.,;]{{0,40}}?(?:\bthat\b|:\s*[“\"])", re.IGNORECASE)
_AFTER_QUOTE = re.compile(
    rf"[”\"][,.]?\s*(?:,\s*)?(?:(?:(?P<verb>{_VERBS})\s+(?P<after>[^.;”“\"]{{2,120}}))|(?P<before>[^.;”“\":]{{1,90}}?)\s+(?:{_VERBS})\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf",\s+(?P<who>[^,;]{{2,70}}?)\s+(?:has\s+|have\s+)?(?:{_VERBS})(?:\s+(?:today|yesterday|\w+day|"
    rf"on \w+|this week|last week|in a statement))?[.”\"]*$",
    re.IGNORECASE,
)
_SHOWS = re.compile(rf",\s+(?P<who>[^,;]{{2,70}}?)\s+{any_of(_TABLE['showing'])}[.”\"]*$", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[-–—]+|by)\s+(?P<who>[A-Z][^.!?]{3,100})$")
_SIGNED = re.compile(r"[A-Z][\w’'.-]+ (?:[A-Z][\w’'.-]+ ?)+(?:,.*)?$")
_INVERTED = frozenset(_TABLE["inverted"])
_SPEAKING = words_of([*_TABLE["verbs"], *_TABLE["reports"], *_TABLE["according"], *_TABLE["showing"]])
_PERSONAL = frozenset(_TABLE["pronouns_person"])
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

    def quotation_in(self, start: int, end: int) -> Voice | None:
        """The last quotation that touches that stretch of the text."""
        place = bisect_left(self._starts[0], end) - 1
        return self.quotes[place] if place >= 0 and start < self.quotes[place].end else None

    def at(self, start: int) -> Voice:
        """Who speaks at a place of the text."""
        for voices, starts in zip((self.quotes, self.reports), self._starts, strict=True):
            place = bisect_right(starts, start) - 1
            if place >= 0 and voices[place].start <= start < voices[place].end:
                return voices[place]
        return Voice(start, start, self.source or _ARTICLE, inferred=True)


def find_voices(text: str, sentences: Sequence[Sentence], cast: Cast, publisher: str | None = None) -> Voices:
    """The speakers of a text, from its quotations and its verbs of saying."""
    return _Listener(text, sentences, cast, publisher).listen()


class _Listener:
    """Goes through a text once and keeps who spoke last: a person, a body, the writer of a letter."""

    def __init__(self, text: str, sentences: Sequence[Sentence], cast: Cast, publisher: str | None) -> None:
        self._text = text
        self._sentences = sentences
        self._cast = cast
        self._source = principal_source(sentences, cast) or publisher
        self._quotes: list[Voice] = []
        self._reports: list[Voice] = []
        self._person: str | None = None
        self._body: str | None = None
        self._writer: str | None = None
        self._plain = plain_source(sentences, cast)
        self._named = [mention.name_start for mention in cast.mentions]

    def listen(self) -> Voices:
        blocks: dict[int, list[Sentence]] = {}
        for sentence in self._sentences:
            blocks.setdefault(sentence.block.start, []).append(sentence)
        ordered = list(blocks.values())
        opened = False
        for place, members in enumerate(ordered):
            block = members[0].block
            if _signed(self._text, block):
                continue
            if self._text.startswith("Dear ", block.start) and block.end - block.start < 80:
                self._writer = letter_writer(self._text, self._sentences, block.start, self._last_named)
                continue
            opened = self._hear(members, self._signature(ordered, place), opened)
        source = self._source
        if source is None:
            source = heard_most((voice.speaker for voice in self._reports if not voice.inferred), self._cast)
            source = source or self._plain
        self._reports.sort(key=lambda voice: voice.start)
        self._quotes.sort(key=lambda voice: voice.start)
        return Voices(self._quotes, self._reports, source)

    def _hear(self, members: Sequence[Sentence], signed: str | None, opened: bool) -> bool:
        """One block; returns whether its last quotation runs on."""
        begin, end = members[0].block.start, members[0].block.end
        self._person = signed or self._person
        spans, still_open = read_quotations(self._text, begin, end, opened)
        first = len(self._reports)
        going_on: str | None = None
        for sentence in members:
            inside = within(spans, sentence)
            who = self._resolved(_reporter(sentence, self._cast, inside), sentence)
            if who:
                self._reports.append(Voice(sentence.start, sentence.end, who))
                going_on = who
            elif going_on and sentence.block.kind is not BlockKind.HEADING:
                self._reports.append(Voice(sentence.start, sentence.end, going_on, inferred=True))
        here = self._reports[first:]
        said = [voice for voice in here if not voice.inferred]
        starts = [voice.start for voice in said]
        for start, stop in spans:
            if stop - start >= _SHORTEST:
                self._quotes.append(
                    Voice(start, stop, self._quoted(start, stop, said, starts, signed, opened), quoted=True)
                )
        if signed:
            self._reports.append(Voice(begin, end, signed))
        elif self._writer and not here:
            self._reports.append(Voice(begin, end, self._writer))
        return still_open

    def _quoted(
        self,
        start: int,
        stop: int,
        said: Sequence[Voice],
        starts: Sequence[int],
        signed: str | None,
        opened: bool,
    ) -> str:
        """Whose words a quotation is; `said` are the voices of its block that the words name."""
        if said:
            place = bisect_right(starts, stop) - 1
            if place >= 0 and start <= said[place].end + 2:
                return said[place].speaker
            return said[min(place + 1, len(said) - 1)].speaker
        if signed:
            return signed
        if opened and self._quotes:
            return self._quotes[-1].speaker
        return self._person or self._mentioned(start) or self._body or self._source or _ARTICLE

    def _last_named(self, words: str) -> str | None:
        return who_is_named(words, self._cast, last=True)

    def _mentioned(self, place: int) -> str | None:
        """The person in a post who was named last before a place."""
        index = bisect_right(self._named, place) - 1
        return strip_title(self._cast.mentions[index].name) if index >= 0 else None

    def _resolved(self, who: str | None, sentence: Sentence) -> str | None:
        """A name for a pronoun; keeps who spoke last."""
        if who is None:
            return None
        if who.casefold() in _PERSONAL:
            mentioned = self._mentioned(sentence.start)
            if self._person is None and mentioned:
                self._person = mentioned
            return self._person or self._body or self._source
        if who.casefold() in {"it", "this"}:
            heard = self._reports[-1] if self._reports else None
            here = (
                heard is not None
                and heard.start >= sentence.block.start
                and not is_person_name(heard.speaker)
            )
            return (heard.speaker if here and heard else None) or self._source or self._body or self._plain
        if self._cast.person(who) is not None or is_person_name(who):
            self._person = self._cast.full_name(who)
            return self._person
        self._body = self._cast.full_body(who)
        return self._body

    def _signature(self, blocks: Sequence[Sequence[Sentence]], place: int) -> str | None:
        """The name in a line "– Name, post" that follows within a few blocks without another heading."""
        if blocks[place][0].block.kind is BlockKind.HEADING:
            return None
        for members in blocks[place + 1 : place + 5]:
            block = members[0].block
            if signed := _signed(self._text, block):
                return who_is_named(signed, self._cast)
            if block.kind is BlockKind.HEADING:
                return None
        return None


def _signed(text: str, block: Block) -> str | None:
    """What stands in a line of signature, without its dash."""
    if block.end - block.start > 130:
        return None
    if match := _DASH.match(text, block.start, block.end):
        return match["who"]
    before = text[max(0, block.start - 3) : block.start].strip()
    if block.kind is BlockKind.ITEM and before in {"–", "—", "-"}:
        words = text[block.start : block.end]
        return words if _SIGNED.match(words) else None
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
            if who and (named := who_is_named(who, cast, last=bool(match and match["before"]))):
                return named
        if first < sentence.end and sentence.start < last:
            begin, stop = max(0, first - sentence.start), min(len(words), last - sentence.start)
            words = words[:begin] + "\x00" * (stop - begin) + words[stop:]
    if not words.replace("\x00", "").strip(' "“”.,'):
        return None
    if (tail := _TAIL.search(words)) and (named := who_is_named(tail["who"], cast, last=True)):
        return named
    return _saying(words, cast) or _citing(words, cast)


def _saying(words: str, cast: Cast) -> str | None:
    """The subject of a verb of saying."""
    for match in _SAYS.finditer(words):
        verb = match["verb"].casefold()
        if verb in _DOING and _DONE_TO.match(words, match.end("verb")):
            continue
        if named := who_is_named(words[: match.start()], cast, last=True):
            return named
        if verb in _INVERTED and (named := who_is_named(words[match.end() : match.end() + 90], cast)):
            return named
        break
    if quoted := words.find("\x00"):
        for match in _CALLS.finditer(words, 0, max(0, quoted)):
            if named := who_is_named(words[: match.start()], cast, last=True):
                return named
    for match in _SAYS_THAT.finditer(words):
        if named := who_is_named(words[: match.start()], cast, last=True):
            return named
    return None


def _citing(words: str, cast: Cast) -> str | None:
    """Whom the words cite: "according to", "a poll by", "…, figures show"."""
    for pattern in (_SHOWS, ACCORDING, REPORT_BY):
        if (match := pattern.search(words)) and (named := who_is_named(match["who"], cast)):
            return named
    return None

"""People with their posts, and organisations, as a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kgcheck.extract.gazetteer import fold
from kgcheck.extract.layout import BlockKind
from kgcheck.extract.passages import Sentence
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("people.toml")
_POSTS = any_of(_TABLE["posts"])
_MODIFIERS = frozenset(_TABLE["modifiers"])
_NOT_NAMES = frozenset(_TABLE["not_names"]) | frozenset(_TABLE["organisation_heads"])
_FORMER, _FUTURE = frozenset(_TABLE["former"]), frozenset(_TABLE["future"])
_TITLES = frozenset(_TABLE["titles"])
_CAP = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_PARTICLE = any_of(_TABLE["particles"])
_TITLE = "(?:" + "|".join(title.capitalize() + "|" + title.upper() for title in _TABLE["titles"]) + r")\.?"
_SUFFIX = "(?:" + "|".join({s.upper() for s in _TABLE["suffixes"]} | {"Jr", "Sr", "PhD"}) + ")"
_NAME = (
    rf"(?:{_TITLE}[ \u00a0]+)*{_CAP}(?:[ \u00a0]+(?:[A-Z]\.[ ]?)*(?:{_PARTICLE}[ ])?{_CAP})"
    rf"{{0,3}}(?:,? {_SUFFIX}\b)?"
)
_HEAD = re.compile(rf"(?<![\w’'-]){_POSTS}(?![\w’'])", re.IGNORECASE)
_POST_WORDS = frozenset(
    re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", post)[-1].replace("’", "'") for post in _TABLE["posts"]
)
_AFTER_HEAD = re.compile(
    rf"(?P<of>(?: (?:of|for|at|on|in|from|with) (?:the )?(?:{_CAP}|HM)(?:[ ](?:of|and|"
    rf"for|the|&|{_CAP}))*?){{0,2}})(?P<gap>,? )(?P<name>{_NAME})(?![\w])"
)
_OF = re.compile(
    rf" (?:of|for|at|in|from|with) (?:the |its |their )?(?:{_CAP}(?: (?:of|and|for|the|"
    rf"&|in|at|on) (?:the )?{_CAP}| {_CAP})*|(?:[a-z’'-]+ ){{0,3}}[a-z’'-]+)"
)
_BEFORE = re.compile(
    rf"(?P<name>{_NAME})(?P<gap>, (?:now |then |who (?:is|was|became|leads|chairs) |currently "
    rf"|formerly |also )?(?:an? |the |its |their |who is |[A-Z][\w’'& ]{{2,50}}['’]s "
    rf")?| \(| is (?:the |a )?(?:new |current )?| was (?:the |a )?|[ ]?[-–—] ?)$"
)
_FROM = re.compile(rf",? (?:from|of|at) (?:the )?({_CAP}(?: (?:of|and|for|the|&) {_CAP}| {_CAP})*)")
_CHAIN = re.compile(
    r",? (?:and |who is |who was )?(?:now|then|later|previously|formerly|currently|also)(?: the| a| an)? "
)
_TOKEN = re.compile(r"[\w’'&.-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A person in a post: the place of the words that say so, and what they say.

    `tense` is current, former or future; `name_start` and `name_end` delimit the name alone.
    """

    start: int
    end: int
    name: str
    post: str
    organisation: str | None
    tense: str
    name_start: int
    name_end: int


@dataclass(slots=True)
class Cast:
    """Everybody and every body that a text names."""

    mentions: list[Mention] = field(default_factory=list)
    organisations: dict[str, int] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)
    _by_plain: dict[str, str] = field(default_factory=dict)
    _by_word: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    _by_name: dict[str, Mention] = field(default_factory=dict)
    _by_surname: dict[str, str] = field(default_factory=dict)
    _by_piece: dict[str, dict[str, str]] = field(default_factory=dict)

    def settle(self, mentions: Iterable[Mention]) -> None:
        """Take these as all the mentions of the text, so that nobody is sought one by one."""
        self.mentions = list(mentions)
        self._by_name, self._by_surname, self._by_piece, self._by_plain = {}, {}, {}, {}
        for mention in self.mentions:
            bare = strip_title(mention.name)
            words = bare.split()
            self._by_name.setdefault(bare, mention)
            self._by_plain.setdefault(_plain(bare), bare)
            if len(words) > 1:
                self._by_surname.setdefault(words[-1], bare)
            if words and (piece := _WORD.search(words[-1])):
                alike = self._by_piece.setdefault(piece.group(), {})
                if len(alike) < _MOST_NAMESAKES:
                    alike.setdefault(mention.name, bare)

    def full_name(self, name: str) -> str:
        """The full name for a surname that comes after it, else the name itself."""
        bare = strip_title(name)
        return self._by_surname.get(bare) or self._by_plain.get(_plain(bare), bare)

    def person(self, name: str) -> Mention | None:
        """The first mention of a person, by any form of the name."""
        return self._by_name.get(self.full_name(name))

    def people_in(self, words: str) -> Iterator[tuple[str, str]]:
        """The people, as mentioned and without titles, whose surname may be among a few words."""
        for piece in dict.fromkeys(_WORD.findall(words)):
            yield from self._by_piece.get(piece, {}).items()

    def bodies_with(self, word: str) -> list[tuple[int, str]]:
        """Where the text first names each body that has a word in its name, in order."""
        if not self._by_word:
            for name, start in sorted(self.organisations.items(), key=lambda item: item[1]):
                for part in dict.fromkeys(name.casefold().split()):
                    self._by_word.setdefault(part, []).append((start, name))
        return self._by_word.get(word, [])

    def full_body(self, name: str) -> str:
        """The body behind an acronym that the text introduces, else the name itself."""
        return self.acronyms.get(name.strip(), name.strip())


_WORD = re.compile(r"\w+")
_MOST_NAMESAKES = 24
_SUFFIXED = re.compile(rf",? {_SUFFIX}$")


@lru_cache(maxsize=1 << 12)
def _plain(name: str) -> str:
    """A name without accents and case: Zoë is Zoe."""
    return " ".join(map(fold, name.split()))


def strip_title(name: str) -> str:
    """A name without "Dr", "Sir" or "MP"."""
    words = _SUFFIXED.sub("", name).split()
    while len(words) > 1 and words[0].strip(".").casefold() in _TITLES:
        words = words[1:]
    return " ".join(words)


def is_post(words: str) -> bool:
    """Whether a few words name a post."""
    return _HEAD.search(words) is not None


def is_person_name(name: str) -> bool:
    """Whether capitalised words can be a person's name: two at least, none of a body's or a post's."""
    words = name.replace(",", "").split()
    titled = bool(words) and words[0].strip(".").casefold() in _TITLES
    bare = strip_title(name).split()
    if len(bare) < (1 if titled else 2):
        return False
    if any(word.casefold().strip(".'’") in _NOT_NAMES or (word.isupper() and len(word) > 2) for word in bare):
        return False
    return not any(word.casefold().removesuffix("'s").removesuffix("’s") in _NOT_NAMES for word in bare)


def find_mentions(sentence: Sentence) -> Iterator[Mention]:
    """The people whom a sentence names together with a post."""
    if _POST_WORDS.isdisjoint(sentence.forms):
        return
    text, begin, end = sentence.text, sentence.start, sentence.end
    reach, last = begin, None
    for head in _HEAD.finditer(text, begin, end):
        if head.start() < reach:
            continue
        left = _left(text, begin, head.start())
        found = _named_after(text, left, head, end) or _named_before(text, begin, left, head, end)
        if found is not None:
            reach = found.end
            last = found
            yield found
        elif last is not None and (chained := _chained(text, left, head, last)):
            reach = chained.end
            yield chained


def _left(text: str, begin: int, place: int) -> int:
    """Where a post begins that ends in a head at `place`: modifiers and the body before it belong to it."""
    start = place
    tokens = list(_TOKEN.finditer(text, max(begin, place - 90), place))
    stop = place
    for token in reversed(tokens):
        if text[token.end() : stop].strip(" \u00a0-"):
            break
        word = token.group()
        bare = word.casefold().replace("’", "'")
        capital = word[0].isupper() and not (
            token.start() == begin
            and bare in {"the", "a", "an", "in", "but", "and", "as", "at", "when", "while"}
        )
        if not (capital or bare in _MODIFIERS):
            break
        stop = token.start()
        if bare in {"the", "of", "and", "for"}:
            continue
        start = token.start()
    return start


def _named_after(text: str, left: int, head: re.Match[str], end: int) -> Mention | None:
    match = _AFTER_HEAD.match(text, head.end(), end)
    if match is None:
        return None
    name = match["name"]
    if not is_person_name(name):
        return None
    post_end = match.end("of") if match["of"] else head.end()
    found = _mention(text, left, match.end(), name, match.start("name"), left, post_end)
    if found.organisation is None and (after := _FROM.match(text, match.end(), end)):
        found = replace(found, organisation=find_organisation(after[1]))
    return found


def _named_before(text: str, begin: int, left: int, head: re.Match[str], end: int) -> Mention | None:
    window = text[max(begin, left - 110) : left]
    match = _BEFORE.search(window)
    if match is None or not is_person_name(match["name"]):
        return None
    offset = left - len(window)
    stop = head.end()
    if of := _OF.match(text, stop, end):
        stop = of.end()
    lead = offset + match.start("gap")
    return _mention(
        text, offset + match.start("name"), stop, match["name"], offset + match.start("name"), lead, stop
    )


def _chained(text: str, left: int, head: re.Match[str], last: Mention) -> Mention | None:
    """ "…, now chief inspector": a second post of the person just named."""
    between = text[last.end : left]
    if not _CHAIN.fullmatch(between + " ") and not _CHAIN.fullmatch(
        between + text[left : head.start()].split(" ")[0] + " "
    ):
        return None
    start = last.end + (2 if between.startswith(", ") or text[last.end : last.end + 2] == ", " else 1)
    return _mention(text, start, head.end(), last.name, last.name_start, start, head.end())


def _mention(
    text: str, start: int, end: int, name: str, name_start: int, post_start: int, post_end: int
) -> Mention:
    words = text[post_start:post_end].strip(" ,(–—-")
    lowered = words.casefold().split()
    tense = "former" if set(lowered[:3]) & _FORMER else "future" if set(lowered[:3]) & _FUTURE else "current"
    post = re.sub(
        r"^(?:now|then|who (?:is|was)|currently|formerly|former|the|an?|is|was)\s+",
        "",
        words,
        flags=re.IGNORECASE,
    )
    post = re.sub(r"^(?:former|previous|the)\s+", "", post, flags=re.IGNORECASE)
    return Mention(start, end, name, post, _body(words), tense, name_start, name_start + len(name))


_ORG_HEADS = any_of(_TABLE["organisation_heads"])
_KNOWN = any_of(_TABLE["organisations"])
_ORGANISATION = re.compile(
    rf"(?:(?:[Tt]he )?(?:{_CAP}|HM)(?:['’]s)?(?:[ ](?:(?:of|and|for|&|on|to|in)[ ](?:the )?)?{_CAP}){{0,6}})"
)
_HAS_HEAD = re.compile(rf"\b{_ORG_HEADS}\b", re.IGNORECASE)
_KNOWN_BODY = re.compile(rf"(?<![\w]){_KNOWN}(?![\w])")
_INTRODUCED = re.compile(r"\(([A-Z][A-Za-z&]{1,9})\)")


def find_organisation(words: str) -> str | None:
    """The organisation named in a few words, or None."""
    for match in _ORGANISATION.finditer(words):
        name = match.group().removeprefix("The ").removeprefix("the ")
        if _HAS_HEAD.search(name) and " " in name:
            return (
                re.sub(r"['’]s .*$", "", name)
                if re.search(r"['’]s (?:[Cc]hief|[Pp]olice and)", name)
                else name
            )
    known = _KNOWN_BODY.search(words)
    return known.group() if known else None


def organisation_places(words: str) -> list[tuple[int, int]]:
    """Where a few words name organisations."""
    places = [match.span() for match in _ORGANISATION.finditer(words) if _HAS_HEAD.search(match.group())]
    return sorted({*places, *(match.span() for match in _KNOWN_BODY.finditer(words))})


def _body(words: str) -> str | None:
    """The body that a post is in: what stands before the head of the post, or after "of"."""
    heads = list(_HEAD.finditer(words))
    if heads:
        for part in (words[: heads[0].start()], words[heads[-1].end() :]):
            if found := find_organisation(part):
                return found
        return None
    return find_organisation(words)


def gather_cast(text: str, sentences: Sequence[Sentence]) -> Cast:
    """The people, bodies and acronyms of a whole text."""
    cast = Cast()
    for sentence in sentences:
        if sentence.block.kind is BlockKind.HEADING and sentence.words_as_written.isupper():
            continue  # where everything is in capitals, capitals name nobody
        cast.mentions += find_mentions(sentence)
        for match in _ORGANISATION.finditer(text, sentence.start, sentence.end):
            name = _body(match.group()) or ""
            name = re.sub(r"['’]s?$", "", name)
            if name and len(name) < 90:
                cast.organisations.setdefault(name, match.start())
        for match in _KNOWN_BODY.finditer(text, sentence.start, sentence.end):
            cast.organisations.setdefault(match.group(), match.start())
        for match in _INTRODUCED.finditer(text, sentence.start, sentence.end):
            if long := _long_form(text, sentence.start, match):
                cast.acronyms[match[1]] = long
                cast.organisations.setdefault(long, match.start())
    cast.settle(
        replace(m, organisation=cast.full_body(m.organisation) if m.organisation else None)
        for m in cast.mentions
    )
    return cast


def _long_form(text: str, begin: int, match: re.Match[str]) -> str | None:
    """The words before "(HMIC)" whose initials it is made of."""
    letters = [letter for letter in match[1] if letter.isupper()]
    before = list(re.finditer(r"[\w’'&-]+", text[max(begin, match.start() - 120) : match.start()]))
    offset = max(begin, match.start() - 120)
    for count in range(len(letters), min(len(before), len(letters) + 6) + 1):
        words = before[-count:]
        initials = [word.group()[0] for word in words if word.group()[0].isupper()]
        if (initials and initials == letters) or (
            initials[: len(letters)] == letters and len(initials) - len(letters) <= 3
        ):
            return text[offset + words[0].start() : offset + words[-1].end()]
    return None

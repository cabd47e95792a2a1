"""Whom a few words name: a person, a body, a source, or a pronoun that stands for one of them."""

from __future__ import annotations

import re

from kgcheck.extract.people import (
    Cast,
    find_organisation,
    is_person_name,
    organisation_places,
    strip_title,
)
from kgcheck.extract.tables import any_of, read_table

_TABLE = read_table("speech.toml")
_SOURCES = any_of(_TABLE["sources"])
_REPORTS = any_of(_TABLE["reports"])
_EMPTY = frozenset(_TABLE["empty"])
_NOT_NAMES = frozenset(read_table("people.toml")["not_names"])
_PRONOUN = re.compile(r"(?:^|\W)(he|she|they|it|i|we)(?: also| then| later| further)?$", re.IGNORECASE)
_BODY = r"(?P<who>(?:[Tt]he )?[A-Z][\w&.-]+(?: [A-Z&][\w&.-]*| of| and| for){0,8})"
POSSESSIVE = re.compile(rf"{_BODY}['’]s? (?:own |latest |new |annual )?(?:{_REPORTS})\b")
BODY_REPORT = re.compile(rf"{_BODY}(?: \([A-Z]+\))? (?:{_REPORTS})\b")
_NO_DOER = "".join(f"(?<!{word} )" for word in ("ed", "run", "made", "held", "built", "paid"))
REPORT_BY = re.compile(
    rf"\b(?:{_REPORTS})(?: (?!by\b|from\b)(?:[^.,;:()]|,(?=\d)){{0,60}}?)? "
    rf"(?:(?:published|carried out|conducted|commissioned|released|compiled) by|{_NO_DOER}(?:by|from)) "
    rf"(?P<who>(?:the )?[A-Z][^.,;:()]{{2,70}})"
)
_CLAUSE = re.compile(r"[;:]|, (?:but|and|while|as|after|when|which|who)\b|\bbut\b|\bwhile\b")
_PLAIN_SOURCE = re.compile(
    rf"\b(?:the|a|an|its|their|this|these|new|latest|official|government|police|\w+['’]s?)"
    rf"\s+(?:[\w’'-]+ ){{0,3}}?{_SOURCES}\b",
    re.IGNORECASE,
)
_ENDS_IN_SOURCE = re.compile(
    rf"(?:^|[,;–—]\s*|\b(?:the|a|an|its|their|this|and|but|after|as|that|when|police|government|school|council)\s+)"
    rf"(?P<noun>{any_of(_TABLE['standing'])})(?:,? (?:which|who) [^,]{{2,60}},)?"
    rf"(?: also| then| has| have| had)*$",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\b(?:the|The) (?P<noun>[a-z]+)['’]s (?:\w+ ){0,2}$")
_PERSONAL = re.compile(
    rf"\b(?:the|a|an|his|her|its)\s+(?:[\w’'-]+\s+){{0,2}}(?P<noun>{any_of(_TABLE['personal'])})$",
    re.IGNORECASE,
)
_SPOKEN_FOR = re.compile(
    r"(?:^|\b(?:a|an|the)\s+)(?P<noun>(?!(?:the|an?|his|her|its)\b)[\w’'-]+) spokes(?:man|woman|person)$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r",? (?:which|who|whose) [^,]{2,60},?$")
_PREPOSITION = re.compile(r"\b(?:at|of|for|from|with|by)\s+(?:the\s+)?$")
_NAME_RUN = re.compile(r"(?:[A-Z][\w’'.-]*)(?: [A-Z][\w’'-]*){1,3}")
_CAPITALS = re.compile(r"(?:the )?(?P<who>[A-Z][\w&’'-]+(?: (?:of |for |and )?[A-Z][\w&’'-]+){1,6})")
_LONE = re.compile(r"(?P<who>[A-Z][a-z]\w{2,})$")
_FAR = 160
_TAIL = 16


def who_is_named(words: str, cast: Cast, last: bool = False) -> str | None:
    """The person, body or source that a few words name; the last of them before a verb.

    A pronoun comes back as it is, "it" for a source that is not named, and "the minister" as "he":
    somebody who has been named before.
    """
    words = words.strip(' ,–—-"“”')
    if not words:
        return None
    if last:
        words = _RELATIVE.sub("", words[-_FAR:]).strip(" ,")
        if pronoun := _PRONOUN.search(words):
            return pronoun[1]
    people = people_in(words, cast)
    if last and not (people and _is_apposition(words, people[-1])):
        if stands := _ENDS_IN_SOURCE.search(words):
            owner = _OWNER.search(words[: stands.start("noun")])
            if owner and stands["noun"].casefold() == "office":
                return f"{owner['noun']}'s office"
            return body_of(owner["noun"] if owner else stands["noun"], cast) or "it"
        if spoken := _SPOKEN_FOR.search(words):
            return body_of(spoken["noun"], cast) or spoken["noun"]
        if _PERSONAL.search(words):
            return "he"
    body = find_organisation(words)
    if people and not last and body and words.find(body) < people[0][0]:
        return tidy(body)
    if people:
        return people[-1 if last else 0][1]
    if not last and (pronoun := re.match(r"(he|she|they|it)\b", words, re.IGNORECASE)):
        return pronoun[1]
    clause = _CLAUSE.split(words)[-1] if last else words
    if found := find_organisation(clause):
        return tidy(found)
    report = POSSESSIVE.search(clause) or BODY_REPORT.search(clause)
    if report and not is_empty(tidy(report["who"])):
        return tidy(report["who"])
    acronym = re.search(r"\b[A-Z]{2,8}\b", clause[-_TAIL:] if last else clause)
    if acronym and (acronym.group() in cast.acronyms or last):
        return acronym.group()
    if _PERSONAL.search(words):
        return "he"
    run = (_LONE if last else _CAPITALS).match(words)
    if run and not is_empty(run["who"]) and run["who"].casefold() not in _NOT_NAMES:
        return tidy(run["who"])
    if _PLAIN_SOURCE.search(clause):
        return "it"
    return None


def _is_apposition(words: str, person: tuple[int, str]) -> bool:
    """Whether what follows a person's name says who that is: "Ada Marsh, head of the foundation"."""
    place, name = person
    surname = name.split()[-1]
    after = words[words.find(surname, place) + len(surname) :]
    return not after.strip() or re.match(r"\s?[,(]|\s(?:of|at|from|for|MP\b)", after) is not None


def body_of(noun: str, cast: Cast) -> str | None:
    """The body that "the inspectorate" stands for: one with that word in its name; or the plain noun.

    Words for reports and their writers ("the report", "inspectors") stand for no body by themselves.
    """
    noun = noun.casefold()
    if noun in _TABLE["documents"]:
        return None
    if named := cast.bodies_with(noun):
        return cast.full_body(named[0][1])
    return noun if noun in _TABLE["bodies"] else None


def people_in(words: str, cast: Cast) -> list[tuple[int, str]]:
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
        name, place = match.group(), match.start()
        while " " in name and name.split()[0].casefold() in _NOT_NAMES:
            head, _, name = name.partition(" ")
            place += len(head) + 1
        if found and _PREPOSITION.search(words[:place]):
            continue  # "Polly Neame, head of policy at Roof Aid"
        if is_person_name(name) and not any(place <= other < match.end() for other in found):
            found[place] = strip_title(name)
    return sorted(found.items())


def tidy(name: str) -> str:
    """A name without article and possessive."""
    name = re.sub(r"^(?:the|a|an)\s+", "", name.strip(" ,'’"), flags=re.IGNORECASE)
    return re.sub(r"['’]s$", "", name)


def is_empty(name: str) -> bool:
    """Whether a capitalised word names nobody: "This", "Inspection"."""
    return all(word.casefold() in _EMPTY for word in name.split())

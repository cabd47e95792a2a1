"""The documentation of checks, written in a little Markdown, as elements.

Headings, paragraphs, lists, code and emphasis are known; all else is text as it stands. Nothing is ever
handed on as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kgcheck.report.html.element import Content, Element, h, is_address
from kgcheck.report.plain import plain_lines, shortened

_LONGEST = 50_000
_INLINE = re.compile(r"`([^`\n]+)`|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*|\[([^\]\n]+)\]\(([^)\s]+)\)")
_ITEM = re.compile(r"(?:[-*]|\d+\.)\s+")


def blocks(text: str) -> list[Element]:
    """The text, headings from the second level on."""
    lines = plain_lines(shortened(text, _LONGEST)).split("\n")
    return list(_blocks(lines))


def _blocks(lines: list[str]) -> Iterator[Element]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if not line.strip():
            place += 1
        elif line.startswith("```"):
            end = _until(lines, place + 1, lambda other: other.startswith("```"))
            yield _code(lines[place + 1 : end])
            place = end + 1
        elif line.startswith("    "):
            end = _until(lines, place, lambda other: not other.startswith("    "))
            yield _code([other[4:] for other in lines[place:end]])
            place = end
        elif found := re.match(r"(#{1,6})\s+(.*)", line):
            yield h("h2" if len(found[1]) < 3 else "h3", _inline(found[2]))
            place += 1
        else:
            end = _until(lines, place + 1, lambda other: not other.strip() or other.startswith(("#", "```")))
            yield _paragraph(lines[place:end])
            place = end


def _until(lines: list[str], place: int, ends: Callable[[str], bool]) -> int:
    while place < len(lines) and not ends(lines[place]):
        place += 1
    return place


def _code(lines: list[str]) -> Element:
    return h("pre", h("code", "\n".join(lines)), tabindex="0", role="group", aria_label="Code")


def _paragraph(lines: list[str]) -> Element:
    if not _ITEM.match(lines[0]):
        return h("p", _inline(" ".join(line.strip() for line in lines)))
    items: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line):
            items.append([_ITEM.sub("", line, count=1)])
        else:
            items[-1].append(line.strip())
    return h("ul", (h("li", _inline(" ".join(item))) for item in items), class_="bullets")


def _inline(text: str) -> Iterator[Content]:
    place = 0
    for found in _INLINE.finditer(text):
        yield text[place : found.start()]
        code, strong, emphasis, words, target = found.groups()
        if code:
            yield h("code", code)
        elif strong:
            yield h("strong", strong)
        elif emphasis:
            yield h("em", emphasis)
        else:
            yield h("a", words, href=target, rel="noreferrer external") if is_address(target) else words
        place = found.end()
    yield text[place:]

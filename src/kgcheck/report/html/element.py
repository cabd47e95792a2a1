"""Elements of a page, as data: what cannot be said here cannot become markup.

A page is composed once, from elements. They are written out as HTML, or as JSON from which the
page's script builds the same elements through the DOM when they are first needed. In both, text is
text, without characters that hide or reorder it: it is escaped here, and is the content of a text node there.
"""

from __future__ import annotations

import html as escaping
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from kgcheck.report.plain import plain, plain_lines, shortened

_TAGS = """
a article aside b blockquote body button caption cite code dd details div dl dt em fieldset figcaption figure
footer form h1 h2 h3 h4 head header html input label legend li main meta nav noscript ol option p pre section
select small span strong summary table tbody td textarea th thead title tr ul circle g line path rect svg text
"""
_ATTRIBUTES = """
action aria-current aria-hidden aria-label aria-labelledby aria-live autocomplete checked class content
data-value data-verdict for hidden href http-equiv id lang method name open rel role rows scope selected
spellcheck tabindex type value
d focusable height rx text-anchor viewBox width x x1 x2 y y1 y2
"""
TAGS = frozenset(_TAGS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
VOID = frozenset({"input", "meta"})
LONGEST = 20_000
"""No text on the page is longer: a megabyte in one cell helps nobody."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]+|#[^\s<>\"'`\\]*", re.IGNORECASE)
_PLACE = re.compile(r"/(?!/)[^\s<>\"'`\\]*")


class Place(str):
    """An address on the server that the page comes from; made by code, never taken from data."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Element:
    """A tag with attributes and children; `tag` and the attributes' names are of those known here."""

    tag: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A block that many places show and the page holds once, by its `name`."""

    name: str
    element: Element


Node = Element | Shared | str
Content = Node | None | Iterable["Content"]


def _collect(contents: Iterable[Content], found: list[Node]) -> None:
    """Add the nodes among `contents`, which may lie in one another, to `found`."""
    for content in contents:
        if content is None:
            continue
        if isinstance(content, str):
            if content:
                text = content if len(content) <= LONGEST else shortened(content, LONGEST)
                found.append(text if text.isprintable() else plain_lines(text))
        elif isinstance(content, Element | Shared):
            found.append(content)
        else:
            _collect(content, found)


@cache
def _attribute(key: str) -> str:
    """The attribute that a keyword stands for. Raises ValueError for one that no page has."""
    name = key.rstrip("_").replace("_", "-")
    if name not in ATTRIBUTES:
        raise ValueError(f"no page has an attribute {name!r}")
    return name


def h(tag: str, *children: Content, **attributes: str | bool | float | None) -> Element:
    """An element. `class_` stands for class and `aria_label` for aria-label.

    True gives an attribute without a value; None and False leave it out. Raises ValueError for a tag
    or attribute that no page here has, and for an address that is neither a Place, nor of the web, nor
    of this page.
    """
    if tag not in TAGS:
        raise ValueError(f"no page has an element {tag!r}")
    known: dict[str, str] = {}
    for key, value in attributes.items():
        name = _attribute(key)
        if value is None or value is False:
            continue
        text = "" if value is True else _value(str(value))
        if name in ("href", "action") and not (_is_place(value) or is_address(str(value))):
            raise ValueError(f"{text!r} is no address to lead to")
        known[name] = text
    found: list[Node] = []
    _collect(children, found)
    return Element(tag, known, tuple(found))


@lru_cache(4096)
def _value(text: str) -> str:
    return plain(shortened(text, LONGEST))


def is_address(text: str | None) -> bool:
    """Whether a page may lead there."""
    return bool(text) and len(text or "") < LONGEST and _ADDRESS.fullmatch(text or "") is not None


def _is_place(value: object) -> bool:
    return isinstance(value, Place) and len(value) < LONGEST and _PLACE.fullmatch(value) is not None


def written(node: Node) -> str:
    """The node as HTML."""
    parts: list[str] = []
    _write(node, parts)
    return "".join(parts)


def _write(node: Node, parts: list[str]) -> None:
    if isinstance(node, str):
        parts.append(escaping.escape(node))
        return
    if isinstance(node, Shared):
        node = node.element
    attributes = "".join(
        f" {name}" if value == "" else f' {name}="{escaping.escape(value)}"'
        for name, value in node.attributes.items()
    )
    parts.append(f"<{node.tag}{attributes}>")
    for child in node.children:
        _write(child, parts)
    if node.tag not in VOID:
        parts.append(f"</{node.tag}>")


def recorded(node: Node, texts: dict[str, int]) -> Any:
    """The node as JSON in which every text is a number, that of its place in `texts`.

    A text is its number, an element [tag, [name, value …], child …], and what is shared [-1, name].
    """
    if isinstance(node, str):
        return texts.setdefault(node, len(texts))
    if isinstance(node, Shared):
        return [-1, texts.setdefault(node.name, len(texts))]
    number = texts.setdefault
    named: list[int] = []
    for name, value in node.attributes.items():
        named += (number(name, len(texts)), number(value, len(texts)))
    record: list[Any] = [number(node.tag, len(texts)), named]
    for child in node.children:
        record.append(number(child, len(texts)) if isinstance(child, str) else recorded(child, texts))
    return record

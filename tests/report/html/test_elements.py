"""Elements: whatever is put into them, they stay the elements that they are."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgcheck.report.html.element import LONGEST, Shared, h, is_address, recorded, written
from kgcheck.report.plain import plain, plain_lines


class Reader(HTMLParser):
    """What a browser would make of the text: the tags, and all character data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


@given(st.text(), st.text())
def test_no_text_becomes_markup(text: str, attribute: str) -> None:
    page = read(written(h("p", text, aria_label=attribute)))
    assert [tag for tag, _ in page.tags] == ["p"]
    assert page.text == (text if text.isprintable() else plain_lines(text))
    assert page.tags[0][1] == {"aria-label": plain(attribute) or None}


def test_unknown_tags_and_attributes_are_refused() -> None:
    for tag in ("script", "iframe", "P", "style"):
        with pytest.raises(ValueError, match="no page has an element"):
            h(tag)
    for name in ("onclick", "style", "srcdoc", "src"):
        with pytest.raises(ValueError, match="no page has an attribute"):
            h("p", **{name: "x"})


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        " https://a.example",
        "//a.example",
        "https://a b",
        'https://a"b',
        "",
    ],
)
def test_only_ordinary_addresses_are_led_to(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(ValueError, match="no address"):
        h("a", "here", href=address)


def test_ordinary_addresses() -> None:
    assert is_address("https://gazette.example/a?b=c&d=%20#e")
    assert is_address("#f-0123")
    assert not is_address(None)


def test_long_texts_are_cut() -> None:
    (text,) = h("p", "x" * 1_000_000).children
    assert isinstance(text, str)
    assert len(text) == LONGEST
    assert text.endswith("…")


def test_nothing_is_nothing() -> None:
    assert written(h("p", None, "", [None, ["a", h("b", "c")]], hidden=True, id=None, open=False)) == (
        "<p hidden>a<b>c</b></p>"
    )


def unrecorded(node: Any, texts: list[str]) -> str:
    """What the page's script makes of a record, as HTML."""
    if isinstance(node, int):
        return written(texts[node]) if texts[node] else ""
    tag, attributes, *children = node
    if tag == -1:
        return f"[{texts[attributes]}]"
    names = [texts[number] for number in attributes]
    pairs = "".join(f' {name}="{value}"' for name, value in zip(names[::2], names[1::2], strict=True))
    return f"<{texts[tag]}{pairs}>{''.join(unrecorded(child, texts) for child in children)}</{texts[tag]}>"


def test_a_record_is_the_same_element() -> None:
    texts: dict[str, int] = {}
    element = h("p", "a", h("b", "a", class_="c"), h("b", "d", class_="c"))
    record = json.loads(json.dumps(recorded(element, texts)))
    assert unrecorded(record, list(texts)) == written(element)
    assert len(texts) == 6  # p, a, b, class, c, d: each once


def test_shared_blocks_are_named_in_records_and_written_out_in_pages() -> None:
    block = Shared("value-conflict", h("pre", "SELECT"))
    texts: dict[str, int] = {}
    assert unrecorded(recorded(h("p", block), texts), list(texts)) == "<p>[value-conflict]</p>"
    assert written(h("p", block)) == "<p><pre>SELECT</pre></p>"

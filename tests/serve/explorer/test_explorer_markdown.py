"""The documentation of checks as elements: what Markdown says, and never markup."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kgcheck.report.html.element import TAGS, written
from kgcheck.serve.explorer.explorer import Explorer
from kgcheck.serve.explorer.markdown import blocks

CASES = {
    "plain words\nover two lines": "<p>plain words over two lines</p>",
    "## A heading\nwords": "<h2>A heading</h2><p>words</p>",
    "### Deeper": "<h3>Deeper</h3>",
    "- one\n- two\n  more": '<ul class="bullets"><li>one</li><li>two more</li></ul>',
    "1. one\n2. two": '<ul class="bullets"><li>one</li><li>two</li></ul>',
    "`x < y` and **this** and *that*": (
        "<p><code>x &lt; y</code> and <strong>this</strong> and <em>that</em></p>"
    ),
    "[a](https://example.org/)": ('<p><a href="https://example.org/" rel="noreferrer external">a</a></p>'),
    "[a](javascript:alert(1))": "<p>a)</p>",
    "```\n<b>\n```\nafter": (
        '<pre tabindex="0" role="group" aria-label="Code"><code>&lt;b&gt;</code></pre><p>after</p>'
    ),
    "    code\n": '<pre tabindex="0" role="group" aria-label="Code"><code>code</code></pre>',
    "<img src=x onerror=alert(1)>": "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "": "",
}


def test_cases() -> None:
    for text, expected in CASES.items():
        assert "".join(map(written, blocks(text))) == expected, text


@given(st.text(alphabet="#-* `[](){}<>&\"'ab1.\n\t\x1b\u202e", max_size=200))
def test_any_text_gives_known_elements(text: str) -> None:
    for element in blocks(text):
        assert element.tag in TAGS
        assert "<" not in written(element).replace(f"<{element.tag}", "", 1).split(">")[0]


def test_the_checks_read_well(explorer: Explorer) -> None:
    for check in explorer.checks.values():
        found = blocks(check.documentation)
        headings = [element for element in found if element.tag == "h2"]
        assert len(headings) >= 5, check.id

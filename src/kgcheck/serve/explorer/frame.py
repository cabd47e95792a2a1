"""What stands around every page: menu, search, and the ways to its data."""

from __future__ import annotations

import html as escaping
from collections.abc import Iterable, Sequence

from kgcheck import __version__
from kgcheck.report.html.element import Content, Element, Place, h, written
from kgcheck.report.plain import plain, shortened
from kgcheck.serve.explorer.files import locate
from kgcheck.serve.explorer.negotiation import Form
from kgcheck.serve.explorer.places import address

MENU = (
    ("overview", "Overview", "/"),
    ("findings", "Findings", "/findings"),
    ("documents", "Documents", "/documents"),
    ("claims", "Claims", "/claims"),
    ("agents", "People and organisations", "/agents"),
    ("concepts", "Concepts", "/concepts"),
    ("checks", "Checks", "/checks"),
    ("compare", "Compare", "/compare"),
    ("query", "Query", "/query"),
)

_TITLE = 140


def alternate(path: str, query: dict[str, str], form: Form) -> str:
    """The address of a page in another form."""
    stem = "/overview" if path == "/" else path
    return address(f"{stem}.{form.suffix}", query)


def whole(
    title: str,
    content: Content,
    *,
    section: str = "",
    alternates: Sequence[tuple[Form, str]] = (),
    asked: str = "",
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
) -> bytes:
    """The page as HTML in UTF-8. `styles` and `scripts` name files besides those of every page."""
    name = "kgcheck" if title == "kgcheck" else f"{shortened(plain(title), _TITLE)} · kgcheck"
    body = [
        h("a", "Skip to the page", href="#main", class_="skip"),
        _top(section, asked),
        h("main", content, id="main", tabindex="-1", class_=f"page {section}".strip()),
        _foot(alternates),
    ]
    lines = [
        "<!doctype html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{escaping.escape(name)}</title>",
        f'<link rel="icon" href="{locate("icon.svg")}" type="image/svg+xml">',
        *(f'<link rel="stylesheet" href="{locate(style)}">' for style in ("report.css", *styles)),
        f'<link rel="stylesheet" href="{locate("explorer.css")}">',
        *(
            f'<link rel="alternate" type="{form.media_type}" href="{escaping.escape(place)}">'
            for form, place in alternates
        ),
        f'<script src="{locate("theme.js")}"></script>',
        *(f'<script src="{locate(script)}" defer></script>' for script in scripts),
        "</head>",
        "<body>",
        *map(written, body),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _top(section: str, asked: str) -> Element:
    links = (
        h("li", h("a", words, href=Place(path), aria_current="page" if name == section else None))
        for name, words, path in MENU
    )
    search = h(
        "form",
        h("label", "Search quotes, names and titles", for_="q", class_="unseen"),
        h("input", id="q", name="q", type="search", value=asked or None, autocomplete="off"),
        h("button", "Search", type="submit"),
        role="search",
        action=Place("/search"),
        method="get",
    )
    return h(
        "header",
        h(
            "div",
            h("a", "kgcheck", href=Place("/"), class_="brand"),
            search,
            h("button", "Light or dark", id="theme", type="button", hidden=True),
            class_="bar",
        ),
        h("nav", h("ul", links), aria_label="Main"),
        class_="site",
    )


def _foot(alternates: Iterable[tuple[Form, str]]) -> Element:
    ways = [
        h("a", form.name, href=Place(place), rel="alternate", type=form.media_type)
        for form, place in alternates
    ]
    data = [part for way in ways for part in (way, " · ")][:-1]
    return h(
        "footer",
        h("p", "This page as data: ", data, class_="ways") if data else None,
        h(
            "p",
            f"kgcheck {__version__}. Wordings are compared, not facts: "
            "no page says which statement holds, or why they differ.",
        ),
    )

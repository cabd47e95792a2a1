"""What is not there, with help on where to look."""

from __future__ import annotations

from collections.abc import Iterator

from kgcheck.report.html.element import Content, Place, h
from kgcheck.report.plain import plain, shortened
from kgcheck.serve.explorer.page import Missing, Page


def missing(what: Missing) -> Page:
    """The page for it, with status 404."""
    near = list(dict.fromkeys(what.near))[:8]

    def body() -> Iterator[Content]:
        yield h("p", "404", class_="kicker")
        yield h("h1", "Not found")
        yield h("p", f"{shortened(plain(what.what), 400)}.", class_="lead")
        if near:
            yield h("h2", "Perhaps you mean")
            yield h(
                "ul",
                (
                    h(
                        "li",
                        h("a", shortened(plain(name), 160) or path, href=Place(path))
                        if path
                        else plain(name),
                    )
                    for name, path in near
                ),
                class_="stack",
            )
        yield h(
            "p",
            "The search above looks through quotes, names and titles. Or begin from the ",
            h("a", "overview", href=Place("/")),
            ", the ",
            h("a", "documents", href=Place("/documents")),
            " or the ",
            h("a", "findings", href=Place("/findings")),
            ".",
        )

    return Page(
        "Not found",
        lambda: list(body()),
        lambda: {"error": what.what, "near": [{"name": name, "page": path} for name, path in near]},
        lambda: (),
        status=404,
    )

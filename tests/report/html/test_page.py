"""The page as text: one file, strict, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kgcheck.model.report import Report
from kgcheck.report import render
from kgcheck.report.html import page as pages


class Outline(HTMLParser):
    """Ids and links of a page, and its elements that could load or run something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.active: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if "id" in known:
            self.ids.append(known["id"] or "")
        if known.get("href"):
            self.links.append(known["href"] or "")
        loads = {"src", "srcset", "data", "action", "style", "background"} & set(known)
        if (
            tag in {"img", "iframe", "object", "embed", "link", "base"}
            or loads
            or any(n.startswith("on") for n in known)
        ):
            self.active.append(tag)
        if tag in {"script", "style"}:
            self.active.append(f"{tag} {known.get('type', '')}".strip())


def policy(text: str) -> str:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    return found[1].replace("&#x27;", "'")


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_policy_names_exactly_what_is_on_the_page(page: Path) -> None:
    text = page.read_text("utf-8")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    rules = dict(rule.split(" ", 1) for rule in policy(text).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == digest(style)
    assert rules["script-src"] == digest(script)
    assert rules["require-trusted-types-for"] == "'script'"


def test_nothing_is_loaded_and_every_place_is_there(page: Path) -> None:
    outline = Outline(page.read_text("utf-8"))
    assert outline.active == ["style", "script application/json", "script"]
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)
    assert all(link.startswith(("#", "http://", "https://")) for link in outline.links)


def test_script_never_makes_markup_from_text() -> None:
    script = (Path(pages.__file__).parent / "report.js").read_text("utf-8")
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "DOMParser",
    ):
        assert sink not in script


def test_page_is_the_same_each_time(report: Report) -> None:
    assert render(report, "html") == render(report, "html")


@pytest.mark.parametrize("whole", [True, False])
def test_harm_stays_text(harmful: Report, whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not whole:
        monkeypatch.setattr(pages, "WRITTEN_OUT", 0)
    text = render(harmful, "html")
    outline = Outline(text)
    blocks = ["script application/json"] * text.count('type="application/json"')
    assert outline.active == ["style", *blocks, "script"]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "javascript:" not in "".join(outline.links)
    assert len(text) < 4_000_000
    for block in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL):
        json.loads(block)


def test_findings_follow_the_order_of_a_minute(page: Path) -> None:
    text = page.read_text("utf-8")
    first = text[text.index("<article") : text.index("</article>")]
    places = [
        first.index(mark)
        for mark in (
            "<h3",
            'class="action"',
            'class="sides"',
            "as quoted by",
            "The values on one axis",
            'class="gate"',
            "An innocent explanation",
            "What would settle it",
            "Nearest to the source",
            "Independent roots",
            "Read by",
            "To ask the source",
            "The query behind it",
            "SELECT",
        )
    ]
    assert places == sorted(places)


def test_an_empty_report_says_so(report: Report) -> None:
    from dataclasses import replace

    empty = replace(report, findings=(), violations=(), quotes=(), incomplete=(), groups=())
    text = render(empty, "html")
    assert "No contradiction and no tension among" in text

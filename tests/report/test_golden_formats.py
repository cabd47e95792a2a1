"""Every format of one small report, compared whole.

KGCHECK_REGENERATE=1 writes the files anew; read the difference before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kgcheck import __version__
from kgcheck.model.report import Report
from kgcheck.report import FORMATS, render

GOLDEN = Path(__file__).with_name("golden")
CASES = {
    "text-80.txt": ("text", {"width": 80}),
    "text-160.txt": ("text", {"width": 160}),
    "text-100-verbose.txt": ("text", {"width": 100, "verbose": True}),
    "json.json": ("json", {}),
    "jsonl.jsonl": ("jsonl", {}),
    "markdown.md": ("markdown", {"show": frozenset({"apparent"})}),
    "csv.csv": ("csv", {}),
    "sarif.json": ("sarif", {}),
    "turtle.ttl": ("turtle", {}),
    "junit.xml": ("junit", {}),
    "html.html": ("html", {}),
}


def recorded(text: str) -> str:
    """Without what changes with every release: the version, the page's style and script."""
    calm = text.replace(__version__, "VERSION").replace("\r\n", "\n")
    calm = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", calm, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-", calm)


@pytest.mark.parametrize("name", CASES)
def test_format_is_as_recorded(name: str, report: Report) -> None:
    form, options = CASES[name]
    text = recorded(render(report, form, **options))
    place = GOLDEN / name
    if os.environ.get("KGCHECK_REGENERATE"):
        place.write_text(text, encoding="utf-8")
    assert text == place.read_text(encoding="utf-8")


def test_every_format_has_a_recorded_form() -> None:
    assert {form for form, _ in CASES.values()} == set(FORMATS)

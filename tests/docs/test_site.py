"""The site: built without a warning, every page reached, every link resolved, nothing from elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIGURATION = ROOT / "docs" / "site" / "mkdocs.yml"
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}


@dataclass
class Site:
    """A folder of pages, parsed when they are asked for."""

    folder: Path
    parsed: dict[Path, Parsed] = field(default_factory=dict)

    def page(self, path: Path) -> Parsed:
        if path not in self.parsed:
            self.parsed[path] = Parsed(path.read_text(encoding="utf-8"))
        return self.parsed[path]

    def pages(self) -> Iterator[Path]:
        return (path for path in sorted(self.folder.rglob("*.html")) if path.name != "404.html")


class Parsed(HTMLParser):
    """What a page names, links to and loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.titles: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.names |= {value for key in ("id", "name") if (value := told.get(key))}
        if tag == "a" and (target := told.get("href")):
            self.links.append(target)
        if tag in LOADED and (target := told.get(LOADED[tag])):
            self.loaded.append(target)
        if tag == "span" and told.get("class") == "filename":
            self.titles.append(tag)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    pytest.importorskip("material", reason="the dependency group docs has mkdocs-material")
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(
        [*command, "--config-file", str(CONFIGURATION), "--site-dir", str(folder)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return Site(folder)


def test_every_page_is_there_and_in_the_navigation(site: Site) -> None:
    pages = {path.name for path in site.pages()}
    assert pages >= {path.with_suffix(".html").name for path in (ROOT / "docs").glob("*.md")}
    assert pages >= {"index.html", "terms.html", "changelog.html"}
    reached = {urlsplit(link).path for link in site.page(site.folder / "index.html").links}
    assert pages <= reached | {"index.html"}


def test_links_within_the_site_resolve(site: Site) -> None:
    checked = 0
    for path in site.pages():
        for link in site.page(path).links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                assert parts.scheme in ("http", "https"), link
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            assert target.is_file(), f"{path.name}: {link}"
            assert target.is_relative_to(site.folder), f"{path.name}: {link}"
            if parts.fragment and target.suffix == ".html":
                assert unquote(parts.fragment) in site.page(target).names, f"{path.name}: {link}"
            checked += 1
    assert checked > 1000


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    for path in site.pages():
        for address in site.page(path).loaded:
            assert not urlsplit(address).netloc, f"{path.name}: {address}"
    for path in site.folder.rglob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8")


def test_code_blocks_keep_the_names_of_their_files(site: Site) -> None:
    assert len(site.page(site.folder / "model.html").titles) >= 10
    for path in site.pages():
        assert "```" not in path.read_text(encoding="utf-8")

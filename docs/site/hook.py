"""What the site takes from outside of docs/, and how its pages differ from those that code hosts show.

Three pages stand elsewhere in the repository: README.md is the first page, ontology/README.md the
reference of terms, CHANGELOG.md the changes. Links to them, and from them, are turned to where they stand on
the site; links to other files of the repository become plain code, since the site does not hold them.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[2]
BROUGHT = {"index.md": "README.md", "terms.md": "ontology/README.md", "changelog.md": "CHANGELOG.md"}
"""Page of the site → file of the repository."""

_LINK = re.compile(r"(?P<text>!?\[[^\]]*\])\((?P<path>[^)#\s]*)(?P<anchor>#[^)\s]*)?\)")
_FENCE = re.compile(r"^```(?P<language>\w+) (?P<file>\S+)$", re.MULTILINE)
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Pages that a bench has to write first are left out of the navigation until it has."""
    config.nav = [_present(entry) for entry in config.nav or ()]
    return config


def _present(entry: Any) -> Any:
    if not isinstance(entry, dict):
        return entry
    return {
        title: [part for part in below if _is_there(part)] if isinstance(below, list) else below
        for title, below in entry.items()
    }


def _is_there(entry: dict[str, str]) -> bool:
    pages = [page for page in entry.values() if page not in BROUGHT]
    return all((ROOT / "docs" / page).is_file() for page in pages)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Bring in the pages that stand elsewhere."""
    for name, source in BROUGHT.items():
        files.append(File.generated(config, name, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links, and write the file names of code blocks as their titles."""
    source = BROUGHT.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    known = {BROUGHT.get(file.src_uri, f"docs/{file.src_uri}"): file.src_uri for file in files}

    def turned(link: re.Match[str]) -> str:
        path, anchor = link["path"], link["anchor"] or ""
        if not path or re.match(r"\w+:", path):
            return link[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if target in known:
            return f"{link['text']}({known[target]}{anchor})"
        text = link["text"].removeprefix("!")[1:-1]
        return text if "`" in text else f"{text} (`{target}`)"

    parts, last = [], 0
    for code in _CODE.finditer(markdown):
        parts += [_LINK.sub(turned, markdown[last : code.start()]), code[0]]
        last = code.end()
    text = "".join([*parts, _LINK.sub(turned, markdown[last:])])
    return _FENCE.sub(r'```\g<language> title="\g<file>"', text)

"""The files that pages bring along: styles, scripts, and the vendored query editor."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HERE = "kgcheck.serve.explorer"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}

YASGUI = "4.6.2"

_FILES = {
    "report.css": ("kgcheck.report.html", "report.css"),
    "explorer.css": (_HERE, "static/explorer.css"),
    "theme.js": (_HERE, "static/theme.js"),
    "query.js": (_HERE, "static/query.js"),
    "icon.svg": (_HERE, "static/icon.svg"),
    "yasgui.css": (_HERE, f"vendor/yasgui-{YASGUI}.min.css"),
    "yasgui.js": (_HERE, f"vendor/yasgui-{YASGUI}.min.js"),
}


@dataclass(frozen=True, slots=True)
class File:
    """The content of a file, its media type, and a digest that changes with it."""

    content: bytes
    media_type: str
    digest: str


@cache
def read(name: str) -> File | None:
    """One of the files; None for any other name."""
    if name not in _FILES:
        return None
    package, path = _FILES[name]
    content = (files(package) / path).read_bytes()
    return File(content, _TYPES[name.rsplit(".", 1)[-1]], hashlib.sha256(content).hexdigest()[:16])


def locate(name: str) -> str:
    """The address of a file, other for other content, so that browsers may keep it."""
    file = read(name)
    assert file is not None, name
    return f"/assets/{name}?v={file.digest}"

"""The page: an unchanging frame, the data as JSON, and the two libraries that draw it.

Nothing from the data stands in the frame. The script puts texts on the page as text nodes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

import networkx as nx

from kgcheck import __version__
from kgcheck.export.layout import places
from kgcheck.export.sanitise import one_line, tame
from kgcheck.export.view import VERDICTS, View, around_findings

MOST = 5000
"""More nodes than this are not drawn: nobody can read them, and browsers grow slow."""

LONGEST = 400
_LIBRARIES = ("vendor/graphology-0.26.0.min.js", "vendor/sigma-3.0.3.min.js")
_NAMES = """
quote stated speaker quotedBy title issued period measure question topic subject population grade post person
mode status reading check message innocent settle ask publisher identifier address
"""
_DETAILS = tuple(_NAMES.split())


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network with its findings as a page, UTF-8; at most MOST nodes of it."""
    view = around_findings(tame(graph), MOST)
    scripts = [*map(_library, _LIBRARIES), _asset("graph.js")]
    style = _asset("graph.css")
    frame = _asset("frame.html")
    parts = {
        "POLICY": _policy(style, scripts),
        "STYLE": style,
        "DATA": _safe(_record(view)),
        "SCRIPTS": "\n".join(f"<script>{script}</script>" for script in scripts),
        "VERSION": __version__,
    }
    text = re.sub(r"%([A-Z]+)%", lambda found: parts[found[1]], frame)
    return text.encode("utf-8", "replace")


def _record(view: View) -> dict[str, Any]:
    where = places(view.graph)
    numbers = {name: number for number, name in enumerate(view.graph)}
    nodes = []
    for name, data in view.graph.nodes(data=True):
        x, y = where[name]
        verdict = data.get("verdict")
        nodes.append(
            [
                name,
                str(data.get("kind", "source")),
                _text(data.get("label", name)),
                round(x, 2),
                round(y, 2),
                VERDICTS.index(str(verdict)) if verdict in VERDICTS else -1,
                int(name in view.foreground),
                {key: _text(data[key]) for key in _DETAILS if data.get(key) not in (None, "")},
            ]
        )
    edges = [
        [
            numbers[start],
            numbers[end],
            str(data.get("relation", "")),
            VERDICTS.index(str(data["verdict"])) if data.get("verdict") in VERDICTS else -1,
            _part(data),
        ]
        for start, end, data in view.graph.edges(data=True)
    ]
    return {"verdicts": VERDICTS, "says": view.says, "cut": view.cut, "nodes": nodes, "edges": edges}


def _part(data: dict[str, object]) -> str:
    side = f"side {data['side']}" if "side" in data else ""
    return ", ".join(part for part in (side, _text(data.get("role", ""))) if part)


def _text(value: object) -> str:
    line = one_line(str(value))
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _safe(value: Any) -> str:
    """JSON of which no part can end the element that holds it."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _asset(name: str) -> str:
    return (files("kgcheck.export.html") / name).read_text(encoding="utf-8")


def _library(name: str) -> str:
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", _asset(name))


def _policy(style: str, scripts: list[str]) -> str:
    """Only these blocks apply, and nothing may be loaded from or sent to anywhere."""
    known = " ".join(map(_digest, scripts))
    own = f"style-src {_digest(style)}; script-src {known}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

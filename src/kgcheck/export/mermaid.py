"""Mermaid text, for pages and README files that draw it.

Mermaid refuses drawings of more than 500 edges, and long before that nobody can read them. So a
large network is cut to what surrounds its findings, and says how much was left out.
"""

from __future__ import annotations

import re

import networkx as nx

from kgcheck.export.sanitise import one_line, tame

MOST_EDGES = 400
LONGEST = 60
ORDER = ("contradiction", "tension", "apparent", "corroboration", "repetition", "none")
NEAR = ("inDocument", "speaker", "publisher", "primarySource", "attributedTo", "derivedFrom")
SPECIAL = re.compile(
    r"[^\w .,:%£€+/'’‘“”…·–—-]|_"
    r"|%{2,}"  # a comment
    r"|^(?:\d+[.)]|[-+])(?= )"  # a list, in the Markdown that labels are read as
)
CLASSES = {
    "claim": "fill:#fff,stroke:#444",
    "document": "fill:#eef3fb,stroke:#4a6fa5",
    "finding": "fill:#fdf0e3,stroke:#b35806,stroke-width:2px",
}


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """The network as a flowchart, UTF-8: labels of at most LONGEST characters, MOST_EDGES edges."""
    calm = tame(graph)
    edges = sorted(
        calm.edges(keys=True, data=True), key=lambda edge: _urgency(calm, edge[0], edge[1], edge[3])
    )
    drawn = edges[:MOST_EDGES]
    ends = {name for edge in drawn for name in edge[:2]}
    names = [name for name in calm if len(edges) <= MOST_EDGES or name in ends]
    short = {name: f"n{number}" for number, name in enumerate(names, 1)}
    lines = ["flowchart LR"]
    if len(drawn) < len(edges):
        left_out = f"{len(drawn)} of {len(edges)} links and {len(names)} of {len(calm)} nodes are drawn"
        lines += [f"  %% {left_out}", f'  left_out["{left_out}"]']
    for name in names:
        data = calm.nodes[name]
        kind = str(data.get("kind"))
        style = f":::{kind}" if kind in CLASSES else ""
        lines.append(f'  {short[name]}["{label(str(data.get("label", name)))}"]{style}')
    for start, end, _, data in drawn:
        lines.append(f'  {short[start]} -->|"{label(_caption(data))}"| {short[end]}')
    lines += [f"  classDef {kind} {style}" for kind, style in CLASSES.items()]
    return "\n".join([*lines, ""]).encode()


def label(text: str) -> str:
    """`text` on one line, shortened, every character with a meaning to Mermaid or HTML an entity.

    An ellipsis stands for empty text, which Mermaid does not take for a label.
    """
    line = one_line(text)
    line = line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
    return SPECIAL.sub(lambda found: "".join(f"#{ord(c)};" for c in found[0]), line) or "…"


def _caption(data: dict[str, object]) -> str:
    parts = [str(data.get("relation", ""))]
    if "side" in data:
        parts.append(f"side {data['side']}")
    if "role" in data:
        parts.append(str(data["role"]))
    return ", ".join(parts)


def _urgency(
    graph: nx.MultiDiGraph[str], start: str, end: str, data: dict[str, object]
) -> tuple[int, int, str, str]:
    """Verdicts first, then who said it where, each for the claims with the strongest verdict."""
    verdict = data.get("verdict") or graph.nodes[start].get("verdict") or graph.nodes[end].get("verdict")
    rank = ORDER.index(str(verdict)) if verdict in ORDER else len(ORDER)
    relation = str(data.get("relation", ""))
    step = 0 if "verdict" in data else 1 if relation in NEAR else 2
    return (rank, step, start, end)

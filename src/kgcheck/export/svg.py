"""The drawing as SVG, for print and for pages without scripts."""

from __future__ import annotations

import math
from xml.etree import ElementTree as ET

import networkx as nx

from kgcheck.export.drawing import LEGEND, Dot, drawing

_UNIT = 34
"""Pixels between two neighbouring nodes."""

_MARGIN = 60
_LABELS = 260
_NARROWEST = 880  # what the legend takes
_CORNERS = {
    "diamond": (4, 0.0),
    "square": (4, math.pi / 4),
    "triangle": (3, -math.pi / 2),
    "hexagon": (6, 0.0),
}
_FONT = "system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """One picture, UTF-8. It holds no script, no link and no style from elsewhere."""
    found = drawing(graph)
    points = [dot.place for dot in found.dots] or [(0.0, 0.0)]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width = max((max(x for x, _ in points) - left) * _UNIT + 2 * _MARGIN + _LABELS, _NARROWEST)
    height = (max(y for _, y in points) - top) * _UNIT + 2 * _MARGIN + 40
    size = {"width": f"{width:.0f}", "height": f"{height:.0f}", "viewBox": f"0 0 {width:.0f} {height:.0f}"}
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
    ET.SubElement(root, "title").text = found.says
    ET.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")

    def at(place: tuple[float, float]) -> tuple[float, float]:
        return round((place[0] - left) * _UNIT + _MARGIN, 1), round((place[1] - top) * _UNIT + _MARGIN, 1)

    for stroke in found.strokes:
        (x1, y1), (x2, y2) = at(stroke.start), at(stroke.end)
        line = ET.SubElement(root, "line", x1=f"{x1:g}", y1=f"{y1:g}", x2=f"{x2:g}", y2=f"{y2:g}")
        line.set("stroke", stroke.colour)
        line.set("stroke-width", f"{stroke.width:g}")
        if stroke.dashes:
            line.set("stroke-dasharray", "7 5")
    for dot in found.dots:
        _dot(root, dot, *at(dot.place))
    for dot in found.dots:
        x, y = at(dot.place)
        _words(root, dot.label, x + dot.size + 4, y + 3.5, strong=dot.strong)
    _words(root, found.says, _MARGIN / 2, height - 32, strong=False)
    _words(root, LEGEND, _MARGIN / 2, height - 18, strong=False)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _dot(root: ET.Element, dot: Dot, x: float, y: float) -> None:
    corners = _CORNERS.get(dot.shape)
    if corners is None:
        shape = ET.SubElement(root, "circle", cx=f"{x:g}", cy=f"{y:g}", r=f"{dot.size:g}")
    else:
        number, turn = corners
        angles = [turn + 2 * math.pi * corner / number for corner in range(number)]
        points = [(x + dot.size * math.cos(angle), y + dot.size * math.sin(angle)) for angle in angles]
        shape = ET.SubElement(root, "polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in points))
    shape.set("fill", dot.colour)
    shape.set("stroke", "#ffffff")
    ET.SubElement(shape, "title").text = dot.label


def _words(root: ET.Element, text: str, x: float, y: float, *, strong: bool) -> None:
    words = ET.SubElement(root, "text", x=f"{x:g}", y=f"{y:g}", fill="#1e2024" if strong else "#585e69")
    words.set("font-family", _FONT)
    words.set("font-size", "11" if strong else "9")
    words.set("paint-order", "stroke")
    words.set("stroke", "#ffffff")
    words.set("stroke-width", "3")
    words.text = text

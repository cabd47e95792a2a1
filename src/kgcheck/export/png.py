"""The drawing as PNG, for documents that take no SVG. Needs matplotlib: the extra `pictures`."""

from __future__ import annotations

import io
import warnings

import networkx as nx

from kgcheck.errors import UsageError
from kgcheck.export.drawing import LEGEND, drawing

_INCHES = 0.36
_DOTS_PER_INCH = 160
_MARKS = {"diamond": "D", "square": "s", "triangle": "^", "hexagon": "h", "circle": "o"}


def render(graph: nx.MultiDiGraph[str]) -> bytes:
    """One picture. Raises UsageError where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "png needs matplotlib, which is not installed",
            remedy="pip install 'kgcheck[pictures]', or export svg, which needs nothing",
        ) from None
    found = drawing(graph)
    xs, ys = [dot.place[0] for dot in found.dots], [dot.place[1] for dot in found.dots]
    wide = (max(xs, default=1) - min(xs, default=0)) * _INCHES + 4
    high = (max(ys, default=1) - min(ys, default=0)) * _INCHES + 2
    figure = Figure(figsize=(max(wide, 8), max(high, 6)), dpi=_DOTS_PER_INCH, facecolor="white")
    axes = figure.add_axes((0.02, 0.05, 0.82, 0.93))
    axes.set_axis_off()
    for stroke in found.strokes:
        axes.plot(
            [stroke.start[0], stroke.end[0]],
            [-stroke.start[1], -stroke.end[1]],
            color=stroke.colour,
            linewidth=stroke.width,
            linestyle="--" if stroke.dashes else "-",
            zorder=1,
        )
    for dot in found.dots:
        axes.plot(
            dot.place[0],
            -dot.place[1],
            marker=_MARKS[dot.shape],
            color=dot.colour,
            markersize=dot.size,
            markeredgecolor="white",
            zorder=2,
        )
        axes.annotate(
            dot.label.replace("$", r"\$"),
            (dot.place[0], -dot.place[1]),
            xytext=(dot.size * 0.6, -2.5),
            textcoords="offset points",
            fontsize=7 if dot.strong else 5.5,
            color="#1e2024" if dot.strong else "#585e69",
            zorder=3,
        )
    figure.text(0.02, 0.02, f"{found.says}\n{LEGEND}", fontsize=6.5, color="#585e69")
    page = io.BytesIO()
    with warnings.catch_warnings():  # a sign that no font has is drawn as a box, which needs no words
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        figure.savefig(page, format="png", metadata={"Software": None})
    return page.getvalue()

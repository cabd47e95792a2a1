"""A block of text with a rule down its left side, unbroken however the lines wrap."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style


class Bar:
    """`body` with a rule in `style` before each of its lines."""

    def __init__(self, body: RenderableType, style: str = "") -> None:
        self.body = body
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        rule = Segment("│ ", console.get_style(self.style) if self.style else Style.null())
        inner = options.update(width=max(options.max_width - 2, 1))
        for line in console.render_lines(self.body, inner, pad=False):
            yield rule
            yield from line
            yield Segment.line()

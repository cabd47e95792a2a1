"""The form that narrows down the findings. It shows itself only where scripts run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgcheck.model.verdict import Verdict
from kgcheck.report.html.card import GLYPHS
from kgcheck.report.html.element import Element, h
from kgcheck.report.html.index import VERDICTS, WAIVED, Index
from kgcheck.report.verdicts import words


def form(index: Index, counts: Mapping[Verdict, int]) -> Element:
    """Search, and a filter each for verdict, source, speaker, measure and period."""
    controls = [
        _field("search", "Words", h("input", id="search", type="search", autocomplete="off")),
        h(
            "fieldset",
            h("legend", "Verdict"),
            [
                _tick(
                    verdict.value,
                    VERDICTS.index(verdict),
                    words(verdict).heading,
                    counts[verdict],
                    GLYPHS[verdict],
                )
                for verdict in VERDICTS
                if counts[verdict]
            ],
            _tick("waived", WAIVED, "Waived", len(index.waived), "–") if index.waived else None,
        ),
        _choice("source", "Source", index.sources.numbers),
        _choice("speaker", "Speaker or outlet", index.speakers.numbers),
        _choice("measure", "Measure or question", index.measures.numbers),
        _period(index.years()),
        h("p", id="status", role="status", aria_live="polite"),
        h("button", "Show all again", id="show-all", type="button"),
    ]
    return h(
        "form",
        h(
            "details",
            h("summary", h("h2", "Find", class_="find")),
            h("div", controls, class_="controls"),
            open=True,
        ),
        id="filters",
        role="search",
        aria_label="Find findings",
        hidden=True,
    )


def _field(name: str, title: str, control: Element) -> Element:
    return h("p", h("label", title, for_=name), control, class_="field")


def _tick(verdict: str, number: int, heading: str, count: int, glyph: str) -> Element:
    name = f"v-{verdict}"
    return h(
        "p",
        h("input", id=name, type="checkbox", name="verdict", value=str(number)),
        h(
            "label",
            h("span", glyph, class_=f"glyph {name}", aria_hidden="true"),
            h("span", heading),
            h("small", f"{count:,}"),
            for_=name,
        ),
        class_="tick",
    )


def _choice(name: str, title: str, numbers: Mapping[str, int]) -> Element:
    options = [h("option", "all", value="-")]
    options += [
        h("option", label, value=str(number))
        for label, number in sorted(numbers.items(), key=lambda item: item[0].casefold())
    ]
    return _field(name, title, h("select", options, id=name))


def _period(years: Sequence[int]) -> Element:
    def select(name: str, label: str) -> Element:
        options = [
            h("option", "any", value="-"),
            *(h("option", str(year), value=str(year)) for year in years),
        ]
        return h("select", options, id=name, aria_label=label)

    return h(
        "fieldset",
        h("legend", "Period spoken of"),
        h("div", select("from", "from year"), h("span", "to"), select("to", "to year"), class_="years"),
        class_="period",
    )

"""The page in a real browser: quiet, offline, usable by keyboard, readable by everybody."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kgcheck.model.report import Report
from kgcheck.report.html import page as pages

if TYPE_CHECKING:
    from playwright.sync_api import Page

Visit = Callable[..., "Page"]
LAPTOP = {"viewport": {"width": 1366, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}
LIMIT = 2.0 * 2
"""Seconds for opening and for filtering 10,000 findings: two, doubled for machines that do other work."""


def shown(page: Page) -> list[str]:
    """The ids of the findings that are not hidden or folded away."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('article.finding')].filter(a => a.checkVisibility()).map(a => a.id)"
    )
    return found


def settled(page: Page, status: str) -> None:
    """Wait until the page says how many findings are shown."""
    from playwright.sync_api import expect

    expect(page.locator("#status")).to_have_text(re.compile(status))


def narrowed(page: Page) -> None:
    """Wait until the page says that some are not shown."""
    settled(page, r"^(?!(\S+) of \1 )")


def test_opens_with_conflicts_shown_and_the_rest_folded(visit: Visit, page: Path, packaged: Report) -> None:
    opened = visit(page, **LAPTOP)
    loud = [f for f in packaged.findings if f.verdict.value in ("contradiction", "tension")]
    assert len(shown(opened)) == len(loud)
    opened.locator("#apparent > details > summary").click()
    apparent = sum(f.verdict.value == "apparent" for f in packaged.findings)
    assert len(shown(opened)) == len(loud) + apparent


def test_filters_narrow_down_together(visit: Visit, page: Path, packaged: Report) -> None:
    opened = visit(page, **LAPTOP)
    total = len(packaged.findings)
    settled(opened, f"^{total} of {total}")
    opened.locator("#search").fill("OUTSTANDING four")
    narrowed(opened)
    assert "run-broken" in opened.locator("article.finding:visible .check").all_inner_texts()
    opened.locator("label[for=v-tension]").click()
    opened.wait_for_timeout(300)
    assert set(opened.locator("article.finding:visible .verdict").all_inner_texts()) == {"≈tension"}
    opened.locator("#show-all").click()
    settled(opened, f"^{total} of {total}")
    assert opened.evaluate("document.activeElement.id") == "search"


@pytest.mark.parametrize("name", ["source", "speaker", "measure"])
def test_each_choice_shows_its_findings_only(visit: Visit, page: Path, name: str) -> None:
    opened = visit(page, **LAPTOP)
    control = opened.locator(f"#{name}")
    label = control.locator("option").nth(2).inner_text()
    control.select_option(label=label)
    narrowed(opened)
    opened.evaluate(
        "document.querySelectorAll('section.verdicts > details').forEach(fold => (fold.open = true))"
    )
    cards = opened.locator("article.finding:visible")
    assert 0 < cards.count() < opened.locator("article.finding").count() + 1
    if name != "measure":  # a measure that the two sides do not share stands in the table only
        assert all(
            label.split("…")[0] in text for text in cards.evaluate_all("all => all.map(a => a.textContent)")
        )


def test_periods_are_filtered_by_year(visit: Visit, page: Path, packaged: Report) -> None:
    opened = visit(page, **LAPTOP)
    opened.locator("#from").select_option("2022")
    narrowed(opened)
    expected = [
        finding
        for finding in packaged.findings
        if any(
            p.claim.scope.period.hull and p.claim.scope.period.hull.end.year >= 2022 for p in finding.parties
        )
    ]
    settled(opened, f"^{len(expected)} of")


def test_deep_link_opens_what_was_folded(visit: Visit, page: Path, packaged: Report) -> None:
    finding = next(f for f in packaged.findings if f.verdict.value == "repetition")
    opened = visit(page, f"#f-{finding.id}", **LAPTOP)
    card = opened.locator(f"#f-{finding.id}")
    assert card.is_visible()
    assert opened.evaluate("document.activeElement.id") == f"f-{finding.id}"
    box = card.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 300


def test_deep_link_wins_over_a_filter(visit: Visit, page: Path, packaged: Report) -> None:
    opened = visit(page, **LAPTOP)
    opened.locator("#search").fill("no such words")
    settled(opened, "^0 of")
    finding = packaged.findings[0]
    opened.evaluate(f"location.hash = 'f-{finding.id}'")
    settled(opened, f"^{len(packaged.findings)} of")
    assert opened.locator(f"#f-{finding.id}").is_visible()


def test_keyboard_alone_is_enough(visit: Visit, page: Path) -> None:
    opened = visit(page, **LAPTOP)
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.className") == "skip"
    opened.keyboard.press("Enter")
    assert opened.evaluate("document.activeElement.id") == "main"
    # What has not been drawn yet takes no focus: a busy machine may be late with the first card.
    opened.evaluate("() => new Promise(go => requestAnimationFrame(() => requestAnimationFrame(go)))")
    opened.keyboard.press("Tab")
    first = opened.evaluate("document.activeElement.closest('article').id")
    opened.keyboard.press("j")
    second = opened.evaluate("document.activeElement.id")
    assert [first, second] == shown(opened)[:2]
    opened.keyboard.press("k")
    assert opened.evaluate("document.activeElement.id") == first
    opened.locator(f"#{first} .behind summary").focus()
    opened.keyboard.press("Enter")
    assert opened.locator(f"#{first} .behind pre").is_visible()


def test_every_control_is_reached_by_tab(visit: Visit, page: Path) -> None:
    opened = visit(page, **LAPTOP)
    reached = set()
    for _ in range(30):
        opened.keyboard.press("Tab")
        reached.add(opened.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert reached >= {"theme", "search", "v-tension", "source", "speaker", "measure", "from", "to"}


def test_dark_page(visit: Visit, page: Path) -> None:
    opened = visit(page, color_scheme="dark", **LAPTOP)
    background = "getComputedStyle(document.body).backgroundColor"
    assert opened.evaluate(background) == "rgb(21, 23, 27)"
    opened.locator("#theme").click()
    assert opened.evaluate(background) == "rgb(250, 249, 246)"


def test_narrow_page_does_not_scroll_sideways(visit: Visit, page: Path) -> None:
    opened = visit(page, **PHONE)
    opened.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert opened.evaluate("document.documentElement.scrollWidth") == 390


def test_reads_without_scripts(visit: Visit, page: Path, packaged: Report) -> None:
    opened = visit(page, java_script_enabled=False, **LAPTOP)
    assert opened.locator("article.finding").count() == len(packaged.findings)
    assert not opened.locator("#filters").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_axe_finds_nothing(visit: Visit, short_page: Path, scheme: str, size: dict[str, Any]) -> None:
    pytest.importorskip("axe_playwright_python", reason="the test group has axe-playwright-python")
    opened = visit(short_page, color_scheme=scheme, **size)
    opened.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    opened.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    result = opened.evaluate("axe.run()")
    assert len(result["passes"]) > 20
    assert [(found["id"], found["nodes"][0]["html"]) for found in result["violations"]] == []


@pytest.mark.parametrize("whole", [True, False])
def test_harm_does_none(
    visit: Visit, harmful: Report, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kgcheck.report import render

    if not whole:
        monkeypatch.setattr(pages, "WRITTEN_OUT", 0)
    place = tmp_path / "report.html"
    place.write_text(render(harmful, "html"), encoding="utf-8")
    opened = visit(place, **LAPTOP)
    opened.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    assert opened.locator("article.finding").count() >= 2
    assert opened.locator("img, iframe, object, embed, [onload], [onerror]").count() == 0
    assert opened.locator("[href^='javascript']").count() == 0
    assert "<img src=x onerror=alert(1)>" in opened.locator("main").inner_text()


@pytest.mark.slow  # it holds a time, which other work on the machine lengthens
def test_ten_thousand_findings(visit: Visit, long_page: Path) -> None:
    start = time.perf_counter()
    opened = visit(long_page, **LAPTOP)
    settled(opened, "^10,000 of 10,000")
    assert time.perf_counter() - start < LIMIT
    start = time.perf_counter()
    opened.locator("#search").fill("run-broken")
    narrowed(opened)
    assert time.perf_counter() - start < LIMIT


def test_pages_of_a_long_list(visit: Visit, long_page: Path) -> None:
    opened = visit(long_page, **LAPTOP)
    section = opened.locator("#tension")
    assert section.locator("article.finding").count() == 50
    section.get_by_role("button", name="Next").first.click()
    first = section.locator("article.finding").first.get_attribute("id")
    opened.evaluate(f"location.hash = '{first}'")
    assert opened.locator(f"#{first}").is_visible()
    assert "51 to 100 of" in section.locator(".pager").first.inner_text()


def test_long_lists_are_drawn_when_they_are_opened(visit: Visit, long_page: Path) -> None:
    opened = visit(long_page, **LAPTOP)
    assert opened.locator("#apparent article.finding").count() == 0
    opened.locator("#apparent > details > summary").click()
    assert opened.locator("#apparent article.finding").count() == 50
    document = opened.locator("#sources details").nth(3)
    document.locator("summary").click()
    assert document.locator(".claims > li").count() > 0
    link = document.locator("a.to").first
    link.click()
    assert opened.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']").is_visible()


def printed(page: Page, folder: Path) -> str:
    """The text of the page as it is printed."""
    pypdf = pytest.importorskip("pypdf", reason="the test group has pypdf")
    page.pdf(path=folder / "report.pdf", format="A4")
    reader = pypdf.PdfReader(folder / "report.pdf")
    text = " ".join(sheet.extract_text() for sheet in reader.pages)
    return " ".join(unicodedata.normalize("NFKC", text).split())  # ligatures taken apart


def test_everything_is_printed(visit: Visit, short_page: Path, packaged: Report, tmp_path: Path) -> None:
    opened = visit(short_page, **LAPTOP)
    before = shown(opened)
    text = printed(opened, tmp_path)
    one_each = {finding.verdict: finding for finding in reversed(packaged.findings)}
    for finding in one_each.values():
        assert " ".join(finding.message.split())[:40] in text
    assert "Printed here" not in text
    assert shown(opened) == before, "the page is afterwards as it was"


def test_what_a_page_is_narrowed_down_to_is_printed(visit: Visit, long_page: Path, packaged: Report) -> None:
    opened = visit(long_page, **LAPTOP)
    opened.locator("#search").fill(f"{packaged.findings[0].id}-")
    narrowed(opened)
    number = int(opened.locator("#status").inner_text().split()[0])
    assert number > 50, "more than one page"
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    words = opened.locator("#printed").inner_text()
    assert f"the {number} of 10,000 findings that the page was narrowed down to" in words
    assert opened.locator("article.finding:visible").count() == number


def test_beyond_a_bound_the_print_says_so(visit: Visit, long_page: Path) -> None:
    opened = visit(long_page, **LAPTOP)
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert opened.locator("article.finding").count() == 1000
    assert "the first 1,000 of 10,000 findings" in opened.locator("#printed").inner_text()
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened.locator("#printed").count() == 0
    assert opened.locator("#tension article.finding").count() == 50
    assert not opened.locator("#apparent > details").evaluate("fold => fold.open")


@pytest.mark.parametrize("chosen", [True, False])
def test_a_dark_page_is_printed_in_black(visit: Visit, short_page: Path, chosen: bool) -> None:
    opened = visit(short_page, color_scheme="light" if chosen else "dark", **LAPTOP)
    if chosen:
        opened.locator("#theme").click()
    opened.emulate_media(media="print")
    colours = "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.body))"
    assert opened.evaluate(colours) == ["rgb(30, 32, 36)", "rgb(255, 255, 255)"]


def test_long_page_without_scripts_says_what_to_do(visit: Visit, long_page: Path) -> None:
    opened = visit(long_page, java_script_enabled=False, **LAPTOP)
    assert "--format markdown" in opened.locator("noscript").inner_text()

"""The explorer in a real browser: quiet, asking nobody else, usable by keyboard, readable by everybody."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from kgcheck.serve.explorer.explorer import Explorer

if TYPE_CHECKING:
    from playwright.sync_api import Page

Browse = Callable[..., "Page"]
LAPTOP = {"viewport": {"width": 1366, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}
KENT = "https://w3id.org/kgcheck/data/kent/"
CLAIM = "/claims/000_8b65f1bc9b5898b5/so-28"

PAGES = {
    "overview": "/",
    "findings": "/findings",
    "finding": "/findings/beb0efa3e5869640",
    "documents": "/documents",
    "document": "/documents/000_8b65f1bc9b5898b5",
    "claims": "/claims?page=2",
    "claim": CLAIM,
    "agents": "/agents",
    "organisation": "/agents/kent-police",
    "person": "/agents/zoe-billingham",
    "concepts": "/concepts",
    "concept": "/concepts/solved-rate",
    "checks": "/checks",
    "check": "/checks/value-conflict",
    "search": "/search?q=outstanding",
    "choosing": "/compare?a=so-28",
    "comparing": "/compare?a=so-28&b=so-lt3",
    "resource": f"/resource?iri={KENT}agents%23membership-ann-barnes",
    "query": "/query",
    "answer": "/query?example=conflicts",
}


def ready(page: Page) -> Page:
    """The page when its scripts have run."""
    page.wait_for_selector("html[data-ready=yes]")
    if "/query" in page.url:
        page.wait_for_selector("html[data-editor=ready]")
        if "example=" in page.url:
            page.locator(".yasr table tbody tr").first.wait_for()
    return page


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe-core says, with an element each."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    result = page.evaluate("axe.run()")
    assert len(result["passes"]) > 15
    return [(one["id"], one["impact"], one["nodes"][0]["html"]) for one in result["violations"]]


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_whole_and_axe_finds_nothing(kent: Any, browse: Browse, name: str) -> None:
    pytest.importorskip("axe_playwright_python", reason="the test group has axe-playwright-python")
    page = ready(browse(kent.address, PAGES[name], bypass_csp=True, **LAPTOP))
    assert violations(page) == []
    assert page.locator("h1").count() == page.locator("main").count() == page.locator("footer").count() == 1
    assert page.title().endswith("kgcheck")
    page.set_viewport_size(PHONE["viewport"])
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_titles_tell_pages_apart(kent: Any, browse: Browse) -> None:
    page, titles = browse(kent.address, "/"), set()
    for path in PAGES.values():
        page.goto(kent.address.rstrip("/") + path)
        titles.add(page.title())
    assert len(titles) == len(PAGES) - 1  # the query page is one page with and without an example


def test_a_walk_from_the_overview_to_the_words_and_back(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/", **LAPTOP)
    page.get_by_role("link", name="«83.6%»").first.click()
    assert page.locator("article.finding .verdict").inner_text() == "≠contradiction"
    page.get_by_role("link", name="go to the claim «83.6%»").click()
    assert page.locator("h1").inner_text() == "«83.6%»"
    assert page.locator("svg .inner").count() >= 1
    assert page.locator("svg .outer").count() >= 1
    page.get_by_role("link", name="Kent Police praised").first.click()
    assert "/documents/02_kent-cdi-bbc-2019" in page.url
    page.get_by_role("link", name="BBC News").first.click()
    assert page.locator("h1").inner_text() == "BBC News"
    page.get_by_role("link", name="Concepts", exact=True).click()
    page.get_by_role("link", name="solved rate", exact=True).click()
    assert page.locator(".claims-table tbody tr").count() > 10
    page.go_back()
    assert page.locator("h1").inner_text() == "Concepts"


def test_findings_are_narrowed_down(kent: Any, browse: Browse, explorer: Explorer) -> None:
    page = browse(kent.address, "/findings", **LAPTOP)
    total = len(explorer.report.findings)
    assert page.get_by_role("status").inner_text() == f"{total} of {total} findings"
    page.get_by_label("Verdict").select_option("tension")
    page.get_by_label("Source").select_option("000_8b65f1bc9b5898b5")
    page.get_by_label("Words").fill("outstanding")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**verdict=tension**")
    verdicts = set(page.locator(".findings .verdict").all_inner_texts())
    assert verdicts == {"≈tension"}
    assert "run-broken" in page.locator(".findings .check").all_inner_texts()
    assert page.get_by_label("Verdict").input_value() == "tension"
    assert page.get_by_label("Words").input_value() == "outstanding"
    page.get_by_label("Words").fill("nothing has these words")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Show all findings").click()
    assert page.get_by_role("status").inner_text().startswith(f"{total} of")


def test_search_from_any_page(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/checks", **LAPTOP)
    page.get_by_label("Search quotes, names and titles").fill("Zoe Billingham")
    page.keyboard.press("Enter")
    first = page.locator(".hits .name a").first
    assert first.inner_text() == "Zoë Billingham"
    first.click()
    assert page.url.endswith("/agents/zoe-billingham")


def test_two_claims_are_compared(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, CLAIM, **LAPTOP)
    page.get_by_role("link", name="Compare with another claim").click()
    page.get_by_label("Words in the quote, or who said it").fill("Less than three percent")
    page.get_by_role("button", name="Find claims").click()
    page.get_by_role("link", name="«Less than three percent»").first.click()
    assert page.locator("h1").inner_text().endswith("Repetition")
    assert page.locator(".gate tbody tr").count() >= 4
    page.get_by_role("link", name="Swap the two").click()
    assert page.locator(".side .quote, .side blockquote").first.inner_text().startswith("«Less than")
    assert page.locator("h1").inner_text().endswith("Repetition")


def test_keyboard_alone_is_enough(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/findings", **LAPTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.innerText"))
    assert reached[:5] == ["verdict", "check", "source", "words", "Show"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.locator("article.finding").wait_for()


def test_every_menu_entry_is_reached_by_tab(kent: Any, browse: Browse) -> None:
    page = ready(browse(kent.address, "/", **LAPTOP))
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText || document.activeElement.id"))
    assert reached[1:4] == ["kgcheck", "q", "Search"]
    assert reached[5:] == [
        "Overview",
        "Findings",
        "Documents",
        "Claims",
        "People and organisations",
        "Concepts",
        "Checks",
        "Compare",
        "Query",
    ]
    assert page.locator("nav a[aria-current=page]").inner_text() == "Overview"


def test_dark_page_is_remembered(kent: Any, browse: Browse) -> None:
    page = ready(browse(kent.address, "/", **LAPTOP))
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(250, 249, 246)"
    page.get_by_role("button", name="Dark page").click()
    assert page.evaluate(background) == "rgb(21, 23, 27)"
    page.get_by_role("link", name="Documents", exact=True).click()
    assert page.evaluate(background) == "rgb(21, 23, 27)"
    page.get_by_role("button", name="Light page").click()
    assert page.evaluate(background) == "rgb(250, 249, 246)"


def test_a_dark_machine_gets_a_dark_page(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, CLAIM, color_scheme="dark", **LAPTOP)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"


def test_deep_links(kent: Any, browse: Browse, explorer: Explorer) -> None:
    finding = explorer.catalogue.findings[3]
    page = browse(kent.address, f"/findings/{finding.id}#f-{finding.id}", **LAPTOP)
    assert page.locator(f"#f-{finding.id}").is_visible()
    document = explorer.catalogue.documents[-1]
    page = browse(kent.address, f"/documents/{document.identifier}#findings", **LAPTOP)
    assert page.locator("#findings").is_visible()


def test_pages_need_no_script(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/", java_script_enabled=False, **LAPTOP)
    for path in PAGES.values():
        page.goto(kent.address.rstrip("/") + path)
        assert page.locator("main").inner_text().strip()
        assert not page.locator("#theme").is_visible()


def test_a_query_runs_without_scripts(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/query?example=documents", java_script_enabled=False, **LAPTOP)
    page.get_by_role("button", name="Run").click()
    assert page.locator("#answer tbody tr").count() == 12
    page.locator("#answer tbody a").first.click()
    assert "/documents/" in page.url


def test_what_a_query_lacks_is_told_without_scripts(kent: Any, browse: Browse) -> None:
    broken = "/query?query=SELECT%20*%20%7B"
    page = browse(kent.address, broken, status=400, java_script_enabled=False, **LAPTOP)
    assert "does not parse" in page.get_by_role("alert").inner_text()
    page = browse(
        kent.address, "/query?query=ASK%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D", java_script_enabled=False
    )
    assert "Yes" in page.locator("#answer").inner_text()


def test_what_is_missing_is_told(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/agents/kent-polise", status=404, **LAPTOP)
    page.get_by_role("link", name="Kent Police", exact=True).click()
    assert page.locator("h1").inner_text() == "Kent Police"


def test_a_finding_as_a_graph(kent: Any, browse: Browse, explorer: Explorer) -> None:
    finding = explorer.catalogue.findings[0]
    page = browse(kent.address, f"/findings/{finding.id}", **LAPTOP)
    page.get_by_role("link", name="Its neighbourhood as a graph").click()
    page.wait_for_selector("html[data-ready=yes]")
    page.locator("#search").fill("83.6")
    page.locator("#results button").first.click()
    assert "83.6" in page.locator("#detail").inner_text()


def test_printed_pages_leave_out_what_paper_cannot_do(kent: Any, browse: Browse) -> None:
    page = browse(kent.address, "/findings", viewport={"width": 700, "height": 990})
    page.emulate_media(media="print")
    assert not page.locator(".site nav").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator(".findings .message").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 700

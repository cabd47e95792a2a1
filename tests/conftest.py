"""What all tests share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# Times differ between machines, and what was drawn must not: a failure should come back when it is rerun.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the source tree."""
    return Path(__file__).resolve().parents[1]


CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of the machine, without a window."""
    playwright = pytest.importorskip("playwright.sync_api", reason="the test group has playwright")
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium here: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a file in a context of its own, made with the options given.

    Afterwards no page may have had anything to say on its console, nor have asked for anything but
    the file itself.
    """
    said: list[str] = []
    asked: set[str] = set()
    contexts = []

    def listen(kind: str, text: str) -> None:
        if "GPU stall due to ReadPixels" not in text:  # WebGL drawn by software says so of itself
            said.append(f"{kind}: {text}")

    def go(file: Path, place: str = "", **options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: listen(message.type, message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.add(request.url.partition("#")[0]))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(file.as_uri() + place)
        asked.discard(file.as_uri())
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []
    assert asked == set()

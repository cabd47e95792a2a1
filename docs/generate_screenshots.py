"""Photograph what a browser shows of the packaged data: the HTML report and the explorer of `kgcheck serve`.

    python docs/generate_screenshots.py

Writes docs/pictures/report.png and explorer.png. Needs the extra `serve`, Playwright and Pillow, which come
with the test group, and a Chromium; without them it says so and leaves the pictures as they are. Fonts differ
between machines, so no test compares the pictures; one looks whether they are there and modest in size.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import kgcheck
from kgcheck.checks.registry import load_checks
from kgcheck.report import render

PICTURES = Path(__file__).resolve().parent / "pictures"
SHOWN = "claims/02_kent-cdi-bbc-2019/rate836"
WIDTH = 1180


def photograph(address: str, picture: Path, *, height: int, colours: int) -> None:
    """The top of a page, as a browser on a laptop shows it. Raises ImportError where a package is missing.

    Few colours take a third of the bytes, and nobody sees it.
    """
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        size = {"width": WIDTH, "height": height}
        opened = browser.new_page(viewport=size, color_scheme="light", device_scale_factor=1.25)
        answer = opened.goto(address)
        assert answer is not None
        assert answer.ok, address
        opened.wait_for_selector("html[data-ready=yes]", state="attached")
        opened.screenshot(path=picture)
        browser.close()
    with Image.open(picture) as shot:
        shot.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(picture, optimize=True)


@contextmanager
def report() -> Iterator[str]:
    """The address of an HTML report."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(render(kgcheck.check(), "html", checks=load_checks()), encoding="utf-8")
        yield page.as_uri()


@contextmanager
def explorer() -> Iterator[str]:
    """The address of a page that `kgcheck serve` answers with."""
    command = [sys.executable, "-m", "kgcheck", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip() + SHOWN
        finally:
            server.terminate()


def main() -> None:
    """Make the pictures, or say what is missing."""
    if shutil.which("chromium") is None:
        sys.stderr.write("the screenshots stay as they are: there is no chromium here\n")
        return
    try:
        with report() as address:
            photograph(address, PICTURES / "report.png", height=1000, colours=96)
        with explorer() as address:
            photograph(address, PICTURES / "explorer.png", height=900, colours=64)
    except ImportError as error:
        sys.stderr.write(f"the screenshots stay as they are: {error.name} is not installed\n")


if __name__ == "__main__":
    main()

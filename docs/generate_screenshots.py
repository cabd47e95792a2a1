"""Photograph the HTML report of the packaged data: docs/pictures/report.png.

    python docs/generate_screenshots.py

Needs Playwright and Pillow, which come with the test group, and a Chromium; without them it says so and
leaves the picture as it is. Fonts differ between machines, so no test compares the picture; one looks
whether it is there and modest in size.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import kgcheck
from kgcheck.checks.registry import load_checks
from kgcheck.report import render

PICTURE = Path(__file__).resolve().parent / "pictures" / "report.png"
SIZE = {"width": 1180, "height": 1000}


def photograph(page: Path, picture: Path) -> None:
    """The top of a page, as a browser on a laptop shows it. Raises ImportError where a package is missing."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        opened = browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1.25)
        opened.goto(page.as_uri())
        opened.wait_for_selector("html[data-ready=yes]", state="attached")
        opened.screenshot(path=picture)
        browser.close()
    with Image.open(picture) as shot:  # few colours: a third of the bytes, and nobody sees it
        shot.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(picture, optimize=True)


def main() -> None:
    """Make the picture, or say what is missing."""
    if shutil.which("chromium") is None:
        sys.stderr.write("docs/pictures/report.png stays as it is: there is no chromium here\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(render(kgcheck.check(), "html", checks=load_checks()), encoding="utf-8")
        try:
            photograph(page, PICTURE)
        except ImportError as error:
            sys.stderr.write(f"docs/pictures/report.png stays as it is: {error.name} is not installed\n")


if __name__ == "__main__":
    main()

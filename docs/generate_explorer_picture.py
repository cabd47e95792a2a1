"""Photograph the explorer of `kgcheck serve` over the packaged data: docs/pictures/explorer.png.

    python docs/generate_explorer_picture.py

Needs the extra `serve`, Playwright and Pillow (all in the test group) and a Chromium; without them it says so
and leaves the picture as it is. Fonts differ between machines, so no test compares the picture; one looks
whether it is there and modest in size.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PICTURE = Path(__file__).resolve().parent / "pictures" / "explorer.png"
PAGE = "claims/02_kent-cdi-bbc-2019/rate836"
SIZE = {"width": 1180, "height": 900}


def photograph(address: str, picture: Path) -> None:
    """The top of a page, as a browser on a laptop shows it. Raises ImportError where a package is missing."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        opened = browser.new_page(viewport=SIZE, color_scheme="light", device_scale_factor=1.25)
        answer = opened.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        opened.wait_for_selector("html[data-ready=yes]", state="attached")
        opened.screenshot(path=picture)
        browser.close()
    with Image.open(picture) as shot:  # few colours: a third of the bytes, and nobody sees it
        shot.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)


def main() -> None:
    """Make the picture, or say what is missing."""
    if shutil.which("chromium") is None:
        _kept("there is no chromium here")
        return
    command = [sys.executable, "-m", "kgcheck", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout is not None
            photograph(server.stdout.readline().strip() + PAGE, PICTURE)
        except ImportError as error:
            _kept(f"{error.name} is not installed")
        finally:
            server.terminate()


def _kept(why: str) -> None:
    sys.stderr.write(f"docs/pictures/explorer.png stays as it is: {why}\n")


if __name__ == "__main__":
    main()

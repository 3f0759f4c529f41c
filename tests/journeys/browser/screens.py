"""画面の写真 — `make screens`: a PNG of every screen and document into var/screens/, from a throwaway city, for people to look at. 設計10章.

python -m tests.journeys.browser.screens [--system NAME] [--counter FILE]     --counter also writes the README's picture
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.browser import papers, scenes
from tests.journeys.browser.chromium import browser
from tests.journeys.browser.town import ROOT, town
from tests.ui.browser import COUNTER

FOLDER = ROOT / "var" / "screens"
README_SCENE = "22-個人票"
README_COLOURS = 128


def picture_of(page: Page, file: Path) -> None:
    """The whole page, however long: the window is made as high as it, so that what sticks to the window's edges lies where it belongs."""
    size = COUNTER["viewport"]
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**size, "height": max(height, size["height"])})
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=file)
    page.set_viewport_size(size)


def for_the_readme(page: Page, file: Path) -> None:
    """What a clerk sees at once, in few colours."""
    page.screenshot(path=file)
    with Image.open(file) as image:
        image.convert("RGB").quantize(README_COLOURS).save(file, optimize=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.browser.screens")
    parser.add_argument("--system", choices=scenes.SYSTEMS, action="append")
    parser.add_argument("--counter", type=Path, help="write the README's picture of the counter here")
    chosen = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)

    def look(name: str, page: Page) -> None:
        print(name, flush=True)
        if chosen.counter and name == README_SCENE:
            for_the_readme(page, chosen.counter)
        picture_of(page, FOLDER / f"{name}.png")

    with town() as city, browser() as opened:
        for system in chosen.system or scenes.SYSTEMS:
            walk = scenes.Walk(city, opened, look)
            scenes.SYSTEMS[system](walk)
            for name, pdf in walk.papers.items():
                papers.picture(pdf, FOLDER / f"80-{name}.png")
    print(f"{len(list(FOLDER.glob('*.png')))} pictures lie in {FOLDER.relative_to(ROOT)}/")
    return 0


if __name__ == "__main__":
    sys.exit(main())

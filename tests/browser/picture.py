"""Take pictures of pages in headless Chromium as WebP.

    python picture.py CHROMIUM PAGE|FILE|WIDTH|HEIGHT ...

Runs in the environment of the peers. A picture waits for the charts that it shows.
"""

import base64
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_MOST_BYTES = 150_000


def take(browser: Browser, page_file: Path, file: Path, width: int, height: int) -> None:
    """One picture; the better qualities come first, and the first that is small enough is taken."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(page_file.as_uri())
    for chart in page.locator(".chart").all():
        box = chart.bounding_box()
        if box and box["y"] < height:
            chart.locator("svg").first.wait_for(timeout=20_000)
    session = page.context.new_cdp_session(page)
    for quality in (90, 75, 60, 40):
        shot = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
        picture = base64.b64decode(shot["data"])
        if len(picture) < _MOST_BYTES:
            break
    file.write_bytes(picture)
    page.close()


def main() -> None:
    """Take each picture that is asked for."""
    chromium, *wanted = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        for one in wanted:
            page_file, file, width, height = one.split("|")
            take(browser, Path(page_file), Path(file), int(width), int(height))
        browser.close()


if __name__ == "__main__":
    main()

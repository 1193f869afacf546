"""Visit pages of a site in headless Chromium as a person would; prints what was seen as JSON.

    python visit.py CHROMIUM FOLDER [PAGE ...]

For each page: what it wrote to the console, what it asked the network for, charts drawn, how wide it is on a phone, how
long it took to show, what the Tab key reaches, ids given twice, and what axe-core finds wrong. axe-core judges three of
the rows of a table that differ in nothing but their text. Runs in the environment of the peers.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
DOUBLED_IDS = """
() => {
    const seen = new Set(), doubled = new Set();
    for (const {id} of document.querySelectorAll("[id]")) (seen.has(id) ? doubled : seen).add(id);
    return [...doubled];
}
"""
# of a text or an address only whether there is any; all else of a row as it stands
KEEP_THREE_OF_ALIKE_ROWS = """
() => {
    const texts = new Set(["id", "href", "alt", "title", "aria-label", "aria-labelledby", "aria-describedby"]);
    const shape = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? "text" : "";
        if (node.nodeType !== Node.ELEMENT_NODE) return "";
        const attributes = [...node.attributes].map(
            ({name, value}) => `${name}=${texts.has(name) ? value.trim() !== "" : value}`
        );
        return `<${node.tagName} ${attributes.sort().join(" ")}>${[...node.childNodes].map(shape).join("")}</>`;
    };
    for (const body of document.querySelectorAll("tbody")) {
        const alike = new Map();
        for (const row of [...body.rows]) {
            const key = shape(row), before = alike.get(key) || 0;
            alike.set(key, before + 1);
            if (before >= 3) row.remove();
        }
    }
}
"""


def visit(page: Page, file: Path, screenshots: Path | None) -> dict[str, Any]:
    """What one page shows."""
    said, asked = [], []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("file:") else None)
    page.set_viewport_size(DESKTOP)
    page.goto(file.as_uri())
    first_paint = page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
    )
    charts = page.locator(".chart")
    for index in range(charts.count()):
        charts.nth(index).scroll_into_view_if_needed()
        charts.nth(index).locator("svg").first.wait_for(timeout=10_000)
    page.evaluate("scrollTo(0, 0)")
    if screenshots:
        page.screenshot(path=screenshots / f"{file.stem}.png")
    page.evaluate("document.querySelectorAll('main details').forEach((table) => { table.open = true; })")
    doubled_ids = page.evaluate(DOUBLED_IDS)
    page.evaluate(KEEP_THREE_OF_ALIKE_ROWS)
    found = (
        Axe()
        .run(page, options={"preload": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]})
        .response
    )
    page.keyboard.press("Tab")
    first_stop = page.evaluate("document.activeElement.textContent.trim()")
    page.set_viewport_size(PHONE)
    page.reload()
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if screenshots:
        page.screenshot(path=screenshots / f"{file.stem}-phone.png")
    return {
        "page": file.name,
        "said": said,
        "asked": asked,
        "charts": charts.count(),
        "first_paint_ms": first_paint,
        "first_stop": first_stop,
        "sideways_px": sideways,
        "doubled_ids": doubled_ids,
        "violations": [
            f"{rule['id']}: {rule['help']}: {node['html'][:160]}"
            for rule in found["violations"]
            for node in rule["nodes"][:2]
        ],
    }


def main() -> None:
    """Visit the pages named, or all; the environment's SCREENSHOTS names a folder for pictures."""
    chromium, folder, *names = sys.argv[1], Path(sys.argv[2]).resolve(), *sys.argv[3:]
    screenshots = Path(os.environ["SCREENSHOTS"]) if "SCREENSHOTS" in os.environ else None
    if screenshots:
        screenshots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
        )
        seen = []
        for file in [folder / name for name in names] or sorted(folder.glob("*.html")):
            page = browser.new_page()
            seen.append(visit(page, file, screenshots))
            page.close()
        browser.close()
    print(json.dumps(seen))


if __name__ == "__main__":
    main()

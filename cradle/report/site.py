"""Write the site: pages, the charting script, a style sheet, and each table as CSV."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cradle.report.ask import Marts, ReportError
from cradle.report.page import Page, Section

__all__ = ["ReportError", "write_site"]

_TEMPLATES = Path(__file__).parent / "templates"
_SHOWN_ROWS = 400  # a longer table is cut on the page and whole in its download


def write_site(db: Path, out: Path) -> list[Path]:
    """Write the site into the folder `out` in place of what is there; returns its pages, index.html first.

    The same warehouse gives the same bytes. Raises ReportError where there is no warehouse, it lacks a mart, or `out`
    holds something that is no report.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["shown"] = shown
    with Marts(db) as marts:
        pages = list(_pages(marts))
    if out.exists() and any(out.iterdir()) and not (out / "index.html").is_file():
        raise ReportError("this folder holds something else", where=str(out), todo="give another folder with --output")
    unfinished = out.with_name(out.name + ".next")
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "data").mkdir(parents=True)
    for name in ("style.css", "site.js"):
        shutil.copyfile(_TEMPLATES / name, unfinished / name)
    (unfinished / "charts.js").write_text(_charting_script(), encoding="utf-8")
    template = environment.get_template("page.html.j2")
    groups = list(dict.fromkeys(page.group for page in pages))
    for page in pages:
        for section in page.sections:
            (unfinished / "data" / f"{page.slug}-{section.slug}.csv").write_text(_csv(section), encoding="utf-8")
        html = template.render(page=page, pages=pages, groups=groups, limit=_SHOWN_ROWS, spec=_spec)
        (unfinished / f"{page.slug}.html").write_text(html, encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    unfinished.rename(out)
    return [out / f"{page.slug}.html" for page in pages]


def _pages(marts: Marts) -> Iterator[Page]:
    from cradle.report.pages import overview, study, tables

    yield overview.page(marts)
    yield from study.pages(marts)
    yield from tables.pages(marts)


def shown(cell: Any) -> str:
    """A cell as text: four significant digits, nothing for null."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:,.4g}" if cell == 0 or 1e-3 <= abs(cell) < 1e6 else f"{cell:.4g}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _spec(section: Section) -> str:
    # within a script element only "<" can end it or open a comment
    return json.dumps(section.chart, default=str, separators=(",", ":")).replace("<", "\\u003c")


def _csv(section: Section) -> str:
    text = io.StringIO()
    names = list(section.rows[0]) if section.rows else ["nothing"]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_inert(row[name]) for name in names] for row in section.rows)
    return text.getvalue()


def _inert(cell: Any) -> Any:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _charting_script() -> str:
    import vl_convert

    return vl_convert.javascript_bundle("window.drawChart = (box, spec, options) => vegaEmbed(box, spec, options);")

"""Write the site: pages, the charting script, a style sheet, and each table as CSV."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cradle.console import counted
from cradle.report.ask import Marts, ReportError
from cradle.report.page import Link, Page, Section
from cradle.report.passing_on import notices
from cradle.report.quantities import written
from cradle.report.room import room
from cradle.scratch import scratch_folder
from exports.folder import swap, tidy_up

__all__ = ["ReportError", "write_site"]

_TEMPLATES = Path(__file__).parent / "templates"
_STATIC, _CHARTING = ("style.css", "site.js"), "charts.js"
_DBT = "../docs/index.html"  # what `make docs` writes, 15 MB: beside the site and not in it
_SHOWN_ROWS = 400  # a longer table is cut on the page and whole in its download


def write_site(db: Path, out: Path) -> list[Path]:
    """Write the site into the folder `out` in place of what is there; returns its pages, index.html first.

    The same warehouse gives the same bytes. Raises ReportError where there is no warehouse, it lacks a mart, or `out`
    holds something that is no report.
    """
    import jinja2

    out = out.resolve()  # of a link, the folder behind it
    old = out.parent / f".{out.name}.old"
    tidy_up(out, old)
    _refuse_what_is_no_report(out)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters["shown"] = shown
    with Marts(db) as marts, counted("writing the report", "pages") as advance:
        pages = []
        for page in _pages(marts):
            pages.append(page)
            advance(page.title)
        licences = notices(marts, pages)
    dbt = (out / _DBT).is_file()
    template = environment.get_template("page.html.j2")
    groups = list(dict.fromkeys(page.group for page in pages))
    with scratch_folder(out.parent, f".{out.name}.", ".next") as unfinished:
        (unfinished / "data").mkdir()
        for name in _STATIC:
            shutil.copyfile(_TEMPLATES / name, unfinished / name)
        (unfinished / _CHARTING).write_text(_charting_script(), encoding="utf-8")
        for page in pages:
            for section in page.sections:
                (unfinished / "data" / f"{page.slug}-{section.slug}.csv").write_text(_csv(section), encoding="utf-8")
            html = template.render(
                page=page,
                pages=pages,
                groups=groups,
                limit=_SHOWN_ROWS,
                spec=_spec,
                room=room,
                notice=licences[page.slug],
                dbt=dbt,
            )
            (unfinished / f"{page.slug}.html").write_text(html, encoding="utf-8")
        unfinished.chmod(0o755)
        swap(unfinished, out, old)
    return [out / f"{page.slug}.html" for page in pages]


def _refuse_what_is_no_report(out: Path) -> None:
    """The folder is replaced as a whole: whatever else lies in it would be lost."""
    if out.name and not out.exists():
        return
    if not out.name or not out.is_dir():
        raise ReportError("the report needs a folder", where=str(out), todo="give another folder with --output")
    ours = {*_STATIC, _CHARTING, "data"}
    there = {entry.name for entry in out.iterdir()}
    foreign = {name for name in there - ours if not name.endswith(".html")}
    if (out / "data").is_dir():
        foreign |= {f"data/{entry.name}" for entry in (out / "data").iterdir() if entry.suffix != ".csv"}
    if there and (foreign or not ours <= there):
        raise ReportError(
            "this folder holds something else",
            where=str(out),
            expected="an earlier report, an empty folder or a new name",
            got=", ".join(sorted(foreign or there)[:5]),
            todo="give another folder with --output",
        )


def _pages(marts: Marts) -> Iterator[Page]:
    from cradle.report.pages import (
        amortisation,
        coverage,
        dictionary,
        glossary,
        interpretation,
        measured_energy,
        meters,
        overview,
        quarantine,
        sources,
        studies,
        traces,
        training_energy,
    )

    yield overview.page(marts)
    yield from studies.pages(marts)
    yield amortisation.page(marts)
    yield from interpretation.pages(marts)
    yield meters.page(marts)
    yield traces.page(marts)
    yield measured_energy.page(marts)
    yield training_energy.page(marts)
    yield coverage.page(marts)
    yield sources.page(marts)
    yield quarantine.page(marts)
    yield dictionary.page(marts)
    yield glossary.page()


def shown(cell: Any) -> str:
    """A cell as text: four significant digits, nothing for null."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return written(cell)
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


def _spec(chart: dict[str, Any]) -> str:
    # within a script element only "<" can end it or open a comment
    return json.dumps(chart, default=str, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def _csv(section: Section) -> str:
    text = io.StringIO()
    names = list(section.rows[0]) if section.rows else ["nothing"]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_inert(row[name]) for name in names] for row in section.rows)
    return text.getvalue()


def _inert(cell: Any) -> Any:
    """A text that a spreadsheet does not take for a formula."""
    cell = str(cell) if isinstance(cell, Link) else cell
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _charting_script() -> str:
    import vl_convert

    return vl_convert.javascript_bundle("window.drawChart = (box, spec, options) => vegaEmbed(box, spec, options);")

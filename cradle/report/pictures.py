"""Pictures of the bundle's report for the docs, and whether they still show what the report says.

    python -m cradle.report.pictures PYTHON_WITH_PLAYWRIGHT

PYTHON_WITH_PLAYWRIGHT is that of `.venv-peers`. The bundle is built in target/pictures unless CRADLE_DB
names a warehouse; one with anything but the bundle in it is refused.
"""

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cradle.errors import CradleError
from cradle.paths import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docs" / "pictures"
LIST = FOLDER / "pictures.csv"
_BUILT = PROJECT_ROOT / "target" / "pictures"
_SCRIPT = PROJECT_ROOT / "tests" / "browser" / "picture.py"
_NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]?\d+)?")


class PictureError(CradleError):
    """Pictures that cannot be taken."""


@dataclass(frozen=True)
class Picture:
    """A file of docs/pictures: the page it shows, and the width and height of the window."""

    name: str
    page: str
    width: int
    height: int


PICTURES = (
    Picture("overview.webp", "index.html", 1200, 900),
    Picture("stable-diffusion.webp", "study-berthelot_2025.html", 1200, 1250),
    Picture("uncertainty.webp", "uncertainty.html", 1200, 1150),
    Picture("disagreement.webp", "disagreement.html", 1200, 1250),
    Picture("traces.webp", "traces.html", 1200, 1000),
    Picture("meters.webp", "meters.html", 1200, 1000),
    Picture("meters-phone.webp", "meters.html", 390, 1150),
)


def fingerprint(site: Path, page: str) -> str:
    """The hash of what a page shows: its content without navigation, the style sheet and the scripts.

    Numbers count to six digits, so that another processor's last digit makes no picture stale.
    """
    html = (site / page).read_text(encoding="utf-8")
    content = re.sub(r"<nav\b.*?</nav>", "", html, flags=re.DOTALL)
    shown = _NUMBER.sub(lambda found: f"{float(found[0]):.6g}", content)
    parts = [shown, *((site / name).read_text(encoding="utf-8") for name in ("style.css", "site.js", "charts.js"))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def stale(site: Path) -> list[str]:
    """The pictures that show another page than this site of the bundle, or are not there."""
    listed = {}
    if LIST.is_file():
        with LIST.open(encoding="utf-8", newline="") as file:
            listed = {row["picture"]: row["shows"] for row in csv.DictReader(file)}
    return [
        picture.name
        for picture in PICTURES
        if not (FOLDER / picture.name).is_file() or listed.get(picture.name) != fingerprint(site, picture.page)
    ]


def take(python: str) -> list[Path]:
    """Take all pictures anew with the Python that has playwright; returns their files.

    Raises PictureError where there is no Chromium, or the warehouse holds more than the bundle.
    """
    from cradle.report import write_site

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise PictureError(
            "pictures need a browser", got="no Chromium", todo="install it (Debian: apt install chromium)"
        )
    db = _bundle()
    _refuse_more_than_the_bundle(db)
    site = _BUILT / "site"
    write_site(db, site)
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [f"{site / one.page}|{FOLDER / one.name}|{one.width}|{one.height}" for one in PICTURES]
    done = subprocess.run([python, str(_SCRIPT), chromium, *wanted], check=False)
    if done.returncode != 0:
        raise PictureError("the browser took no pictures", where=str(_SCRIPT), todo="read what it says above")
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["picture", "page", "shows"])
        writer.writerows([one.name, one.page, fingerprint(site, one.page)] for one in PICTURES)
    return [FOLDER / one.name for one in PICTURES]


def _bundle() -> Path:
    if "CRADLE_DB" in os.environ:
        return PROJECT_ROOT / os.environ["CRADLE_DB"]
    shutil.rmtree(_BUILT, ignore_errors=True)  # whatever was landed there is not the bundle's
    db = _BUILT / "cradle.duckdb"
    db.parent.mkdir(parents=True)
    environment = {
        **os.environ,
        "CRADLE_DB": str(db),
        "DBT_TARGET_PATH": str(_BUILT / "dbt"),
        "DBT_LOG_PATH": str(_BUILT / "logs"),
    }
    command = [sys.executable, "-m", "cradle.cli", "build", "--no-export"]
    if subprocess.run(command, cwd=PROJECT_ROOT, env=environment, check=False).returncode != 0:
        raise PictureError("the bundle's warehouse could not be built", todo="read what the build says above")
    return db


def _refuse_more_than_the_bundle(db: Path) -> None:
    from cradle.report.ask import Marts

    with Marts(db) as marts:
        found = marts.rows(
            "select source_id from marts.sources where origin in ('pulled', 'user_file')"
            " and source_id not in ('power', 'power:synthetic_example') order by source_id"
        )
    if found:
        raise PictureError(
            "pictures are of the bundle's report, and this warehouse holds more",
            where=str(db),
            got=", ".join(row["source_id"] for row in found[:5]),
            todo="leave CRADLE_DB unset: the bundle is built in target/pictures",
        )


def main() -> None:
    """Take the pictures; a mistake of the user ends with 2."""
    try:
        files = take(sys.argv[1])
    except CradleError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    for file in files:
        sys.stdout.write(f"{file.relative_to(PROJECT_ROOT)}  {file.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()

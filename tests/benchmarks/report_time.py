"""How long the report of a warehouse takes and what it weighs: python tests/benchmarks/report_time.py [WAREHOUSE]."""

import sys
import tempfile
import time
from pathlib import Path

from cradle.paths import published_db
from cradle.report import write_site

MOST_SECONDS, MOST_BYTES = 30, 10_000_000


def main() -> None:
    """Write the report once into a scratch folder; ends with 1 where it is too slow or too heavy."""
    db = Path(sys.argv[1]) if len(sys.argv) > 1 else published_db()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        pages = write_site(db, Path(folder) / "site")
        seconds = time.perf_counter() - began
        weight = sum(file.stat().st_size for file in (Path(folder) / "site").rglob("*") if file.is_file())
    sys.stdout.write(
        f"{len(pages)} pages, {seconds:.1f} s (at most {MOST_SECONDS}), {weight / 1e6:.1f} MB (at most 10)\n"
    )
    raise SystemExit(int(seconds > MOST_SECONDS or weight > MOST_BYTES))


if __name__ == "__main__":
    main()

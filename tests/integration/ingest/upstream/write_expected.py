"""Write rows.csv and findings.csv anew from ../shared/upstream: read the difference before you believe it."""

import csv
import os
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from upstream_loading import HERE, findings, landed_rows, pull_everything, read_upstream, take_supplied  # noqa: E402

HEADS = {
    "rows.csv": ["source_id", "entity", "rows"],
    "findings.csv": ["source_id", "entity", "file_sha256_start", "severity", "rule", "count", "row_numbers"],
}


def write(name: str, rows: list[list[str]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADS[name], *rows])


if __name__ == "__main__":
    os.environ["NO_PROXY"] = "127.0.0.1"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CRADLE_DB"] = str(Path(folder) / "cradle.duckdb")
        upstream, landing = read_upstream(), Path(folder) / "landing.duckdb"
        pull_everything(upstream)
        take_supplied(upstream)
        rows = landed_rows(landing)
        write("rows.csv", rows)
        write(
            "findings.csv",
            [row for source_id in dict.fromkeys(r[0] for r in rows) for row in findings(landing, source_id)],
        )

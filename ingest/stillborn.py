"""A DuckDB file whose maker was killed before it had written the headers: it holds nothing and does not open."""

import fcntl
from pathlib import Path

HEADERS_BYTES = 3 * 4096  # as of DuckDB 2.0: an empty database has just these


def is_stillborn(db: Path) -> bool:
    """Whether the file is too short to be a DuckDB database."""
    return db.is_file() and db.stat().st_size < HEADERS_BYTES


def remove_stillborn(db: Path) -> None:
    """Remove such a file, unless a process is making it at this moment."""
    if not is_stillborn(db):
        return
    with db.open("r+b") as handle:
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the lock that DuckDB takes
        except OSError:
            return
        if is_stillborn(db):
            db.unlink()
            db.with_name(f"{db.name}.wal").unlink(missing_ok=True)

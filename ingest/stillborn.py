"""A DuckDB file whose maker was killed before it had written the headers: it holds nothing and does not open."""

import fcntl
from pathlib import Path

HEADERS_BYTES = 3 * 4096  # as of DuckDB 2.0: an empty database has just these
MAGIC_AT, MAGIC = 8, b"DUCK"


def is_stillborn(db: Path) -> bool:
    """Whether the file is the beginning of a DuckDB database and too short to be one; no other file is meant."""
    if not db.is_file() or db.stat().st_size >= HEADERS_BYTES:
        return False
    with db.open("rb") as handle:
        head = handle.read(MAGIC_AT + len(MAGIC))
    return len(head) < MAGIC_AT + len(MAGIC) or head[MAGIC_AT:] == MAGIC or not any(head)


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

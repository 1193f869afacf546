"""One build at a time: a lock beside the published warehouse, with a note of who holds it."""

import fcntl
import json
import os
import shlex
import sys
import time
from pathlib import Path
from typing import IO

from cradle.errors import BuildError

WAIT_VARIABLE = "CRADLE_WAIT_S"


def acquire(published: Path) -> IO[str]:
    """The lock on building this warehouse, held until the returned file is closed or its process ends.

    Waits as many seconds as CRADLE_WAIT_S says (default 0). Raises BuildError saying who holds the lock.
    """
    file = Path(f"{published}.lock")
    file.parent.mkdir(parents=True, exist_ok=True)
    patience_s, handle, told = _patience_s(), file.open("a+", encoding="utf-8"), False
    give_up_at = time.monotonic() + patience_s
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = _holder(handle)
            if time.monotonic() >= give_up_at:
                handle.close()
                raise _held(file, holder, patience_s) from None
            if not told:
                print(f"another build is running ({holder}); waiting for it", file=sys.stderr, flush=True)
                told = True
            time.sleep(0.2)
    handle.truncate(0)
    command = shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
    json.dump({"pid": os.getpid(), "command": command}, handle)
    handle.flush()
    return handle


def _patience_s() -> float:
    text = os.environ.get(WAIT_VARIABLE, "0")
    try:
        return float(text)
    except ValueError as error:
        raise BuildError(
            f"{WAIT_VARIABLE} is not a number of seconds",
            where="the environment",
            expected="a number such as 600",
            got=text,
            todo=f"unset {WAIT_VARIABLE} or set it to a number",
        ) from error


def _holder(handle: IO[str]) -> str:
    handle.seek(0)
    try:
        note = json.loads(handle.read())
        return f"pid {note['pid']}: {note['command']}"
    except (ValueError, KeyError, TypeError):  # the holder has not written its note yet
        return "pid not known yet"


def _held(file: Path, holder: str, patience_s: float) -> BuildError:
    return BuildError(
        "another build is running on this warehouse",
        where=str(file),
        expected="the lock to be free" + (f" within {patience_s:g} s" if patience_s else ""),
        got=f"it is held by {holder}",
        todo="wait for that build to end and try again,"
        f" or let this one wait for it: {WAIT_VARIABLE}=<seconds>, `cradle build --wait`",
    )

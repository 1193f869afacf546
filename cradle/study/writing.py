"""Write several seeds as one: all of them, or none."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cradle.scratch import scratch_folder


@contextmanager
def one_at_a_time(seeds: Path) -> Iterator[None]:
    """Hold the seeds against another `cradle study` for as long as the block runs. Raises OSError."""
    handle = os.open(seeds, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_all(seeds: Path, texts: dict[str, str]) -> None:
    """Replace the seeds at these paths by these texts, in this order; after an error every one is as it was.

    A process that is killed half way leaves the first of them replaced and each file whole. Raises OSError.
    """
    with scratch_folder(seeds.parent, ".cradle-study-") as folder:  # beside the seeds: a rename stays on one disk
        fresh, kept = {}, {}
        for number, (path, text) in enumerate(texts.items()):
            target = (seeds / path).resolve()
            fresh[target], kept[target] = folder / f"{number}.new", folder / f"{number}.old"
            with fresh[target].open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            shutil.copystat(target, fresh[target])
            os.utime(fresh[target])
            shutil.copy2(target, kept[target])
        done: list[Path] = []
        try:
            for target, new in fresh.items():
                done.append(target)
                new.replace(target)
        except BaseException:
            for target in done:
                kept[target].replace(target)
            raise

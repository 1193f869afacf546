"""What Cradle says on the terminal: messages on standard error, progress only where somebody is looking."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cradle.visible import visible, visible_lines

if TYPE_CHECKING:
    from rich.progress import Progress


def say(text: str) -> None:
    """A message for the user, on standard error."""
    print(visible_lines(text), file=sys.stderr, flush=True)


def is_watched() -> bool:
    """Whether somebody looks at standard error: a terminal that can move its cursor, and no CI.

    Not in a thread beside the main one: what it does is part of something that has a bar.
    """
    if threading.current_thread() is not threading.main_thread():
        return False
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        return False
    return sys.stderr.isatty() and os.environ.get("TERM", "").lower() not in ("dumb", "unknown")


def length_of_time(seconds: float) -> str:
    """Seconds in words: 8 s, 1 min 05 s, 2 h 03 min."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest:02d} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


@contextmanager
def progress(label: str) -> Iterator[Callable[..., None]]:
    """A progress bar in bytes while the block runs; yields `advance(done, total, note="")`.

    Quiet without a terminal and in CI.
    """
    if not is_watched():
        yield lambda done, total, note="": None
        return
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with live_bar(*columns, TextColumn("{task.fields[note]}")) as bar:
        task = bar.add_task(label, total=None, note="")
        yield lambda done, total, note="": bar.update(task, completed=done, total=total, note=note)


@contextmanager
def counted(label: str, unit: str, of: int | None = None) -> Iterator[Callable[..., None]]:
    """A bar over things that are counted, such as pages; yields `advance(note="", steps=1)`. Quiet as `progress` is."""
    if not is_watched():
        yield lambda note="", steps=1: None
        return
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn

    count = "{task.completed:,.0f} of {task.total:,.0f} " if of else "{task.completed:,.0f} "
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn(count + unit), TimeRemainingColumn())
    with live_bar(*columns, TextColumn("{task.fields[note]}")) as bar:
        task = bar.add_task(label, total=of, note="")
        yield lambda note="", steps=1: bar.update(task, advance=steps, note=note)


@contextmanager
def live_bar(*columns: Any) -> "Iterator[Progress]":
    """A bar of rich on standard error that is gone, and the cursor back, however the block ends, by SIGTERM too."""
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        refresh_per_second=4,
        redirect_stdout=sys.stdout.isatty(),  # a file or a pipe gets what is meant for it
    )

    def end(number: int, _: Any) -> None:
        bar.stop()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    try:
        before = signal.signal(signal.SIGTERM, end)
    except ValueError:  # not in the main thread: signals are not ours
        before = None
    try:
        with bar:
            yield bar
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def show_table(columns: list[str], rows: list[list[str]]) -> None:
    """A plain table on standard output; columns are as wide as their content where nobody is looking."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else 500)
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))  # a title in brackets is no markup of rich
    console.print(table)

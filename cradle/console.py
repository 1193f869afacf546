"""What Cradle says on the terminal: messages on standard error, progress only where somebody is looking."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """A message for the user, on standard error."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """A progress bar in bytes while the block runs; yields `advance(done, total)`.

    Quiet without a terminal and in CI.
    """
    if not sys.stderr.isatty() or os.environ.get("CI"):
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_table(columns: list[str], rows: list[list[str]]) -> None:
    """A plain table on standard output; columns are as wide as their content where nobody is looking."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 500)
    table = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(*row)
    console.print(table)

"""A bar over the tables of an export, on the terminal's error stream; quiet when that is no terminal."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def with_progress(items: Sequence[T], label: str) -> Iterator[T]:
    """The items one by one, with a bar where somebody is looking."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(items, label, console=console, transient=True, disable=not console.is_terminal)

"""Work on one item after the other in threads, with few items in memory at once."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

MOST_THREADS = 4  # more wait for each other: between two steps in arrays only one of them runs
Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Item], Result], items: Iterable[Item], at_once: int = 1) -> Iterator[Result]:
    """Yield the result of each item in order; an error of the work is raised in its turn, one of the items as it comes.

    A thread is handed `at_once` items at a time: handing over takes longer than to hash a small file.
    `Executor.map` takes all items at once before it works on the first (its `buffersize` came with Python 3.14).
    """
    threads = min(os.cpu_count() or 1, MOST_THREADS)
    iterator = iter(items)
    with ThreadPoolExecutor(threads) as pool:
        waiting = deque()
        try:
            while some := list(islice(iterator, at_once)):
                waiting.append(pool.submit(lambda some: [work(item) for item in some], some))
                if len(waiting) > 2 * threads:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

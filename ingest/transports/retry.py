"""When a download is tried again, and how long to wait before."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from cradle.console import say
from cradle.errors import FetchError

PAUSES_S = (0.5, 1.0, 2.0)  # one attempt more than there are pauses
LONGEST_WAIT_S = 120
PASSING_STATUSES = (408, 425, 429, 500, 502, 503, 504)


class PassingError(FetchError):
    """A failure that the next attempt may not meet; `wait_s` is how long the server asks to wait, where it does."""

    wait_s: float | None = None


def pause(attempt: int, error: PassingError, url: str) -> None:
    """Wait after a failed attempt (the first is 1). Raises the error after the last one."""
    if attempt > len(PAUSES_S):
        raise error
    seconds = PAUSES_S[attempt - 1] if error.wait_s is None else error.wait_s
    if seconds > 2:
        say(f"  {url}: the server asks to wait {seconds:.0f} s")
    time.sleep(seconds)


def asked_wait_s(header: str | None, url: str) -> float | None:
    """The seconds that a Retry-After header asks for (a number or a date); None without one that can be read.

    Raises FetchError where they are more than LONGEST_WAIT_S.
    """
    seconds = _seconds(header.strip()) if header else None
    if seconds is not None and seconds > LONGEST_WAIT_S:
        raise FetchError(
            "the server asks to wait for longer than Cradle does",
            where=url,
            expected=f"a wait of at most {LONGEST_WAIT_S} s",
            got=f"Retry-After: {header}",
            todo=f"try again in {seconds / 60:.0f} minutes, or use `cradle pull --mirror URL|DIR` or `--file`",
        )
    return seconds


def _seconds(header: str) -> float | None:
    if header.isascii() and header.isdigit():
        return float(header[:12])
    try:
        then = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.now(UTC)).total_seconds())

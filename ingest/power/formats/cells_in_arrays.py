"""Cells of many lines read at once, as arrays: times of one form and plain decimal numbers.

What is not plainly of the form is not read here, and not judged: it is said not to fit.
"""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

NUMBER_WIDTH = 16  # of fifteen digits, all whole numbers of which a double holds exactly, and a point
TIME_FORM = "MM-DD-YYYY hh:mm:ss.fff"
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_US = 86_400_000_000
_NO_DAY = -(10**6)  # before the year 1


class Signs:
    """The bytes of a text as arrays."""

    def __init__(self, text: bytes) -> None:
        """Take a text that has no place to look at in its last eight bytes."""
        import numpy as np

        self.one = np.frombuffer(text, np.uint8)
        # at each place that byte and the next seven as one number: words are compared at once
        self.eight = np.ndarray(len(text) - 7, "<u8", text, strides=(1,))

    def stand_at(self, places: "np.ndarray", word: bytes) -> "np.ndarray":
        """Return for each place (index of a byte) whether the word of at most eight bytes begins there."""
        return (self.eight[places] & ((1 << 8 * len(word)) - 1)) == int.from_bytes(word, "little")

    def columns_at(self, places: "np.ndarray", width: int) -> "np.ndarray":
        """Return the bytes from each place on: a row for each of the `width` bytes."""
        import numpy as np
        from numpy.lib.stride_tricks import sliding_window_view

        return np.ascontiguousarray(sliding_window_view(self.one, width)[places].T)


def times_at(signs: Signs, places: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """Return the time of TIME_FORM at each place (microseconds since 1970, as if UTC), and whether there is one.

    A second 60 is none: who writes leap seconds means another time.
    """
    import numpy as np

    signs_of_time = signs.columns_at(places, len(TIME_FORM))
    digits = signs_of_time - np.uint8(ord("0"))
    fits = np.ones(len(places), bool)
    for place, sign in enumerate(TIME_FORM):
        fits &= digits[place] <= 9 if sign.isalpha() else signs_of_time[place] == ord(sign)
    month, day, year, hour, minute, second, milli = (_whole(digits, letter) for letter in "MDYhmsf")
    days = _days(year * 10_000 + month * 100 + day)
    fits &= (days != _NO_DAY) & (hour < 24) & (minute < 60) & (second < 60)
    time_us = ((hour * 60 + minute) * 60 + second) * 1_000_000 + milli * 1000
    return days * _DAY_US + time_us, fits


def numbers_between(signs: Signs, starts: "np.ndarray", stops: "np.ndarray") -> tuple["np.ndarray", "np.ndarray"]:
    """Return the number in each cell from `starts` up to `stops` (indexes of bytes), and whether it is a plain one.

    A plain number is at most fifteen digits with or without a point: the quotient of two whole numbers that a
    double holds exactly, and so the double nearest to what is written. Other cells give any number.
    """
    import numpy as np

    width = stops - starts
    signs_of_cell = signs.columns_at(stops - NUMBER_WIDTH, NUMBER_WIDTH)
    whole, points, decimals = (np.zeros(len(starts), kind) for kind in (np.int64, np.int8, np.int8))
    fits = np.ones(len(starts), bool)
    for place in range(NUMBER_WIDTH - min(int(width.max(initial=0)), NUMBER_WIDTH), NUMBER_WIDTH):
        sign = np.where(width >= NUMBER_WIDTH - place, signs_of_cell[place], np.uint8(ord("0")))
        digit, is_point = sign - np.uint8(ord("0")), sign == ord(".")
        fits &= (digit <= 9) | is_point
        if is_point.any():
            points += is_point
            decimals[is_point] = NUMBER_WIDTH - 1 - place
        if not is_point.all():
            whole = np.where(is_point, whole, whole * 10 + digit)
    fits &= (points <= 1) & (width > points) & (width - points < NUMBER_WIDTH)
    powers_of_ten = np.array([float(10**places) for places in range(NUMBER_WIDTH)])  # exact, as np.power need not be
    return whole / powers_of_ten[decimals], fits


def _whole(digits: "np.ndarray", letter: str) -> "np.ndarray":
    import numpy as np

    number = np.zeros(digits.shape[1], np.int64)
    for place, sign in enumerate(TIME_FORM):
        if sign == letter:
            number = number * 10 + digits[place]
    return number


def _days(dates: "np.ndarray") -> "np.ndarray":
    """Days since 1970 of dates written as YYYYMMDD; lines in a row are mostly of one day."""
    import numpy as np

    begins = np.flatnonzero(np.diff(dates, prepend=-1))
    lengths = np.diff(begins, append=len(dates))
    return np.repeat(np.array([_day(one) for one in dates[begins].tolist()], np.int64), lengths)


@lru_cache(maxsize=1000)
def _day(written: int) -> int:
    try:
        return date(written // 10_000, written // 100 % 100, written % 100).toordinal() - _EPOCH
    except ValueError:
        return _NO_DAY

"""Work in threads: results in order, errors in their turn, few items in memory."""

import pytest

from ingest.side_by_side import MOST_THREADS, side_by_side


@pytest.mark.parametrize("at_once", [1, 3, 1000])
def test_results_come_in_the_order_of_the_items(at_once):
    assert list(side_by_side(lambda n: n * n, range(100), at_once)) == [n * n for n in range(100)]
    assert list(side_by_side(str, [], at_once)) == []


def test_items_are_taken_as_they_are_worked_on():
    taken = []
    results = side_by_side(str, (taken.append(n) or n for n in range(10_000)), at_once=2)
    assert next(results) == "0"
    assert len(taken) <= 2 * (2 * MOST_THREADS + 1)
    results.close()


def test_an_error_comes_after_the_results_before_it():
    results = side_by_side(lambda n: 1 / (n - 2), range(9))
    assert [next(results), next(results)] == [-0.5, -1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_an_error_of_the_items_is_raised():
    def items():
        yield 1
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        list(side_by_side(str, items()))

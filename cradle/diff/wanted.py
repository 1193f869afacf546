"""What of a comparison somebody wants to see."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """Scenarios and categories (empty: all), the least relative change shown, and cells instead of totals."""

    scenarios: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    threshold: float = 0.0
    cells: bool = False

"""What the bundled release takes from the potentials: all rows, as a part would leave gases without a value."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


def select(landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return every row and column of each landed frame."""
    return landed

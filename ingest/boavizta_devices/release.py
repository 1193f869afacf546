"""What the bundled release takes: every row, without the column of remarks."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

LEFT_OUT = ("comment",)


def select(landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return the bundled columns of the landed frame, cells unchanged."""
    return {"footprints": landed["footprints"].drop(LEFT_OUT)}

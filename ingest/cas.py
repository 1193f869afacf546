"""CAS registry numbers: their form and their check digit."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

FORM = r"^[1-9][0-9]{1,6}-[0-9]{2}-[0-9]$"


def is_cas(column: str) -> "pl.Expr":
    """Whether each cell of a text column is a CAS number whose check digit is right; an empty cell passes.

    The check digit is the sum of the other digits, each times its place from the right, modulo 10 (CAS, "Check Digit
    Verification of CAS Registry Numbers").
    """
    import polars as pl

    cell = pl.col(column)
    digits = cell.str.replace_all("-", "").str.reverse()
    total = pl.sum_horizontal(
        digits.str.slice(place, 1).cast(pl.Int64, strict=False).fill_null(0) * place for place in range(1, 10)
    )
    check = digits.str.slice(0, 1).cast(pl.Int64, strict=False)
    return (cell.str.contains(FORM) & (total % 10 == check)).fill_null(cell.is_null())

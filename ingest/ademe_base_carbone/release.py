"""What the bundled release takes from the Base Carbone: electricity and IT equipment, without sentences of others."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

_MIX, _PLANT = "Electricité > Mix réseau électrique", "Electricité > Moyen de production"
CATEGORIES = (
    f"{_MIX} > France continentale > Moyen",
    f"{_MIX} > Outre mer",
    f"{_MIX} > Autres pays du monde",
    f"{_PLANT} > Conventionnels",
    f"{_PLANT} > Renouvelables",
    "Achats de biens > Machines et équipements > Informatique et équipements électroniques",
)
LEFT_OUT = ("comment_", "tags_")


def select(landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return the bundled rows and columns of each landed frame, cells unchanged."""
    import polars as pl

    lines = landed["lines"].filter(pl.col("category_path").is_in(CATEGORIES))
    return {"lines": lines.select(column for column in lines.columns if not column.startswith(LEFT_OUT))}

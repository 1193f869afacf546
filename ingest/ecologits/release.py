"""What the bundled release takes from EcoLogits: climate change and water of electricity, which are CC BY 4.0."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

# both stem from ADEME's Base IMPACTS, which may not be handed on
LEFT_OUT = ("adpe", "pe")


def select(landed: dict[str, "pl.DataFrame"]) -> dict[str, "pl.DataFrame"]:
    """Return the mixes without ADEME's columns, and no row of the other frames: no data licence is stated for them."""
    mixes = landed["electricity_mixes"].drop(LEFT_OUT)
    return {entity: frame.clear() for entity, frame in landed.items()} | {"electricity_mixes": mixes}

"""What every contract asks of the lineage that the lander writes beside each row."""

import pandera.polars as pa

from ingest.contract import reject_row


class LandedRow(pa.DataFrameModel):
    """A row with its lineage and no column that the contract does not name."""

    source_id: str = reject_row()
    release_id: str = reject_row()
    file_sha256: str = reject_row(str_matches=r"^[0-9a-f]{64}$")
    row_number: int = reject_row(ge=1, unique=True)

    class Config:
        """No other column."""

        strict = True

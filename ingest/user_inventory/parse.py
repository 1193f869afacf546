"""An inventory in the form of docs/characterisation.md to a table of text. Nothing is judged or converted here."""

from pathlib import Path
from typing import TYPE_CHECKING

from cradle.errors import ParseError
from ingest.csv_rows import rows_of
from ingest.plain_csv import decode

if TYPE_CHECKING:
    import polars as pl

COLUMNS = {
    "inventory_id": "inventory_id",
    "object": "object_name",
    "component": "component",
    "life_cycle_stage": "life_cycle_stage",
    "geography": "geography_as_stated",
    "flow": "flow_name",
    "cas": "cas",
    "compartment": "compartment",
    "amount": "mass",
    "unit": "mass_unit",
    "reference_unit": "reference_unit",
    "reference_year": "reference_year",
    "licence": "licence_id",
    "source": "source_as_stated",
    "locator": "locator",
}
EXPECTED = "a CSV in UTF-8 with the columns of docs/characterisation.md, ',' or ';' between the cells"


def parse(path: Path) -> dict[str, "pl.DataFrame"]:
    """Return {"flows": one row a data row of the file, 15 text columns and row_number}; raise ParseError.

    The columns may stand in any order. Blanks around a cell are no part of it, and an empty cell is null.
    """
    import polars as pl

    path = Path(path)
    text = decode(path.read_bytes(), path.name, EXPECTED)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    header, *rows = rows_of(text, path.name, delimiter)
    names = [name.strip() for name in header]
    if sorted(names) != sorted(COLUMNS):
        raise ParseError(
            "The columns are not those of an inventory",
            where=f"{path.name}, header",
            expected=f"{', '.join(COLUMNS)}; missing: {', '.join(c for c in COLUMNS if c not in names) or 'none'}",
            got=", ".join(names)[:300],
            todo="name the columns as docs/characterisation.md does; leave a cell empty where you have nothing to say",
        )
    if not rows:
        raise ParseError(
            "The inventory has a header and no rows",
            where=path.name,
            expected="one row a flow",
            got="0 rows",
            todo="write the flows below the header",
        )
    cells = {
        COLUMNS[name]: [cell.strip() or None for cell in column]
        for name, column in zip(names, zip(*rows, strict=True), strict=True)
    }
    frame = pl.DataFrame(cells, schema=dict.fromkeys(COLUMNS.values(), pl.String))
    return {"flows": frame.with_columns(row_number=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))}

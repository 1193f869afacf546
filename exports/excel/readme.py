"""The first sheet of the workbook: what it is, what an empty cell means, whose data it holds."""

from cradle import __version__
from exports.attribution import sentence
from exports.job import licences_of_parts, sources_of_parts
from exports.part import HeldBack, Part

EMPTY = (
    "An empty cell is a value that is not there, never 0. The column `state` (or `completeness`) beside it says why:"
    " not modelled, not applicable, below the cut-off, included elsewhere, withheld."
)
DIGITS = "Numbers are held with 16 digits. Units stand in the column `unit` or in the sheet data_dictionary."
TEXT = (
    "Text that begins with = + - or @ is text here and is never run. It would be if this sheet were saved as CSV"
    " and opened again: take `cradle export --format csv` for that."
)


def readme(
    parts: list[Part], sheets: list[tuple[str, int, str, str]], notes: list[str], held_back: list[HeldBack]
) -> list[list[str | int]]:
    """The rows of the sheet."""
    rows: list[list[str | int]] = [["Cradle", __version__], [], ["Empty cells", EMPTY], ["Numbers", DIGITS]]
    rows += [["Text", TEXT], [], ["Sheet", "Rows", "What one row is", "Which rows"], *map(list, sheets)]
    rows += [[], ["Changed for Excel"], *([said] for said in notes or ["nothing"])]
    if held_back:
        rows += [[], ["Not in this workbook"], *([sentence(held)] for held in held_back)]
    rows += [[], ["Licences of the values"], *([licence] for licence in licences_of_parts(parts))]
    rows += [[], ["Source", "Title", "Version", "Licence", "Licence's text", "Page", "Citation"]]
    for source in sources_of_parts(parts):
        licence = source.licence_id or source.licence_name or "not stated"
        said = (source.version, licence, source.licence_url, source.landing_page, source.citation)
        rows.append([source.source_id, source.title, *(cell or "" for cell in said)])
    return rows

"""The year that the values of a residual mix are of: stated in the file or in its name, asked for otherwise."""

import re
from collections.abc import Iterable

from cradle.errors import ParseError

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# Green-e names its tables by the year of publication and adds the year of the data
_DATA_YEAR = re.compile(r"(?<!\d)(20\d\d)[ _-]*data\b", re.IGNORECASE)


def data_year(file_name: str, title: Iterable[str | None]) -> str:
    """Return the one year that the name of the file and the cells above the header state.

    A year right before "data" counts before others. Raises ParseError where there is none, or several.
    """
    texts = [file_name, *(text for text in title if text)]
    found = {year for text in texts for year in _DATA_YEAR.findall(text)} or {
        year for text in texts for year in _YEAR.findall(text)
    }
    if len(found) == 1:
        return found.pop()
    raise ParseError(
        "The year that the values are of is not known",
        where=file_name,
        expected="one year in the name of the file or above the header, such as residual-mix-2024-data",
        got=f"the years {', '.join(sorted(found))}" if found else "no year",
        todo="rename the file so that its name holds the year of the data and no other",
    )

"""Words in a chart where there is no number: what is unknown is written and never drawn as nothing."""

from typing import Any

from cradle.report.charts.style import names
from cradle.report.page import Row


def words(rows: list[Row], name: str, text: str, order: list[str]) -> Any:
    """The `text` of each row at the left edge of the line of its `name` (already wrapped)."""
    import altair as alt

    mark = alt.Chart(alt.Data(values=[{name: row[name], text: row[text]} for row in rows])).mark_text(
        align="left", baseline="middle", fontSize=11, fontStyle="italic", color="#444444"
    )
    return mark.encode(y=names(name, order), x=alt.value(4), text=f"{text}:N")

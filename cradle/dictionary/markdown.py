"""Tables in Markdown."""


def table(columns: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a table; line breaks and bars in a cell are made harmless."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"

    return [line(columns), line(["---"] * len(columns)), *(line(row) for row in rows)]

"""Pages of Markdown and the tables in them."""

from pathlib import Path


def write_pages(folder: Path, pages: dict[Path, str]) -> list[Path]:
    """Write the text of each file and remove every other page of the folder; returns the files."""
    folder.mkdir(exist_ok=True)
    for stale in set(folder.glob("*.md")) - set(pages):
        stale.unlink()
    for file, text in pages.items():
        file.write_text(text, encoding="utf-8")
    return list(pages)


def table(columns: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a table; line breaks and bars in a cell are made harmless."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"

    return [line(columns), line(["---"] * len(columns)), *(line(row) for row in rows)]

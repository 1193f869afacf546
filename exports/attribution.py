"""ATTRIBUTION.md: what must be said of the sources where a published export is passed on."""

from cradle.permission_notice import permission_notice
from exports.part import HeldBack
from exports.sources import Source
from exports.written import Written

FILE = "ATTRIBUTION.md"

HEAD = """# Attribution

These tables were computed or selected by Cradle {version} from the sources below. Keep this page with the files. Each
row names its licence (`licence_id`) or the licences of all its inputs (`licence_set`); `datapackage.json` names them
file by file.

Changed by Cradle: a selection of rows and columns, names and units made the same across sources (values as printed
stand beside converted ones), values combined in the calculations that `datapackage.json` describes.
"""

SHARE_ALIKE = {
    "odbl": """
**{files}** rest on a database under the Open Database License: they are a derived database and are passed on under the
same licence, ODbL-1.0. What you derive from them and make public must stay under it.
""",
    "by-sa": """
**{files}** rest on data under CC BY-SA: they are an adaptation and are passed on under the same licence, CC-BY-SA-4.0.
What you adapt from them and share must stay under it.
""",
}


def attribution(written: list[Written], held_back: list[HeldBack], version: str) -> str:
    """The page for these files: sources with citation and licence, share-alike notes, what is not in them."""
    lines = [HEAD.format(version=version)]
    for pack, text in SHARE_ALIKE.items():
        if files := [file.path.name for file in written if file.name.endswith(f".{pack}")]:
            lines.append(text.format(files=", ".join(files)))
    sources = {source.source_id: source for file in written for source in file.sources}
    for source_id in sorted(sources):
        files = [file.path.name for file in written if any(s.source_id == source_id for s in file.sources)]
        lines.append(_paragraph(sources[source_id], files))
    if held_back:
        lines.append("\n## Not in these files\n\n")
        lines += [f"* {said}\n" for said in map(sentence, held_back)]
    return "".join(lines)


def sentence(held: HeldBack) -> str:
    """How many rows of a table are left out or withheld, and why."""
    if held.rows_withheld:
        return f"{held.table}: {held.rows_withheld:,} rows with numbers withheld (null): {held.reason}"
    return f"{held.table}: {held.rows_left_out:,} rows left out: {held.reason}"


def _paragraph(source: Source, files: list[str]) -> str:
    title = source.title + (f", {source.version}" if source.version else "")
    licence = source.licence_name or source.licence_id or "not stated"
    if source.licence_url:
        licence = f"[{licence}]({source.licence_url})"
    where = f"* Page: <{source.landing_page}>\n" if source.landing_page else ""
    return (
        f"\n## {title}\n\n{source.citation or source.title}\n\n"
        f"{where}* Licence: {licence} (`{source.licence_id}`)\n* In: {', '.join(files)}\n"
        f"{permission_notice(source.licence_id)}"
    )

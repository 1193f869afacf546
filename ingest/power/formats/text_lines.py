"""The lines of many text files as one relation, in DuckDB, a bounded amount of text at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.power.formats.text_pieces import LINE_BYTES, pieces_of, refuse_other_encoding
from ingest.power.reading import TraceFile

if TYPE_CHECKING:
    import duckdb

PIECE_BYTES = LINE_BYTES  # of text that is in memory at once
# of the SQL of a `line`; trimming each line takes a third of the time of reading it
NOT_BLANK = "(line >= '!' or trim(line, ' ' || chr(9) || chr(13)) <> '')"
_GLOB_SIGNS = frozenset("*?[]{}")  # DuckDB would look for files that fit

_PARTS = 8  # DuckDB reads the texts of one list in one thread, and several lists side by side

_LINES = """(
    select file_index, unnest(range(first_row, first_row + len(lines))) as row_number, unnest(lines) as line
    from (
        select file_index, first_row, string_split(case when contains(content, chr(13))
            then replace(content, chr(13) || chr(10), chr(10)) else content end, chr(10)) as lines
        from {texts}
    )
)"""
_OF_FILES = """
    select
        getvariable('trace_indexes')[cast(file_index as integer) + {begin}] as file_index, 1 as first_row,
        ltrim(content, chr(65279)) as content
    from read_text(getvariable('trace_paths')[{begin}:{end}])
"""
_OF_PIECE = """(
    select getvariable('trace_index') as file_index, getvariable('trace_row') as first_row,
        getvariable('trace_text') as content
)"""


def run_on_lines(con: "duckdb.DuckDBPyConnection", files: list[TraceFile], statement: str) -> None:
    """Run a statement, once for each part of the files, with the relation (file_index, row_number, line) as `{lines}`.

    Lines count from 1 and have no line end; what follows the last line end is a line too, mostly an empty one. Raises
    ParseError for a file that is not UTF-8 or has a line longer than PIECE_BYTES.
    """
    import duckdb

    ((is_ordered,),) = con.execute("select current_setting('preserve_insertion_order')").fetchall()
    con.execute("set preserve_insertion_order = false")  # rows have their numbers; this is a third faster
    try:
        for lines in _batches(con, files):
            con.execute(statement.replace("{lines}", lines))
    except duckdb.Error:
        for file in files:  # DuckDB does not say which file is not UTF-8
            if file.path.stat().st_size <= PIECE_BYTES:
                refuse_other_encoding(file.path.read_bytes(), file)
        raise
    finally:
        con.execute(f"set preserve_insertion_order = {str(bool(is_ordered)).lower()}")


def _batches(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> Iterator[str]:
    batch, size = [], 0
    for file in files:
        file_bytes = file.path.stat().st_size
        if file_bytes > PIECE_BYTES or _GLOB_SIGNS & set(str(file.path)):
            yield from _pieces(con, file)
            continue
        if batch and size + file_bytes > PIECE_BYTES:
            yield _files(con, batch)
            batch, size = [], 0
        batch.append(file)
        size += file_bytes
    if batch:
        yield _files(con, batch)


def _files(con: "duckdb.DuckDBPyConnection", files: list[TraceFile]) -> str:
    con.execute("set variable trace_paths = $1", [[str(file.path) for file in files]])
    con.execute("set variable trace_indexes = $1", [[file.index for file in files]])
    size = -(-len(files) // _PARTS)
    parts = [_OF_FILES.format(begin=n + 1, end=n + size) for n in range(0, len(files), size)]
    return _LINES.format(texts=f"({' union all '.join(parts)})")


def _pieces(con: "duckdb.DuckDBPyConnection", file: TraceFile) -> Iterator[str]:
    con.execute("set variable trace_index = $1", [file.index])
    for piece in pieces_of(file, PIECE_BYTES):
        con.execute("set variable trace_text = $1", [piece.text.removesuffix(b"\n").decode()])
        con.execute("set variable trace_row = $1", [piece.first_row])
        yield _LINES.format(texts=_OF_PIECE)

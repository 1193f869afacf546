"""Archives among the files of a pull: what they hold is read as if it lay in a folder of the archive's name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cradle.console import progress
from cradle.errors import ParseError
from cradle.scratch import scratch_folder
from ingest.archive_members import Limits, is_archive, unpack_members
from ingest.power.given import refuse_other_names

# 4,702 logs of MLPerf's power meters are 477 MB, and what is around them some thousands of files; xz packs such logs to
# a thirtieth, while a file made to fill a disk is packed to a thousandth and less
ENTRIES, FILE_BYTES, ALL_BYTES, ALL_BYTES_FOR_ONE, LEAST_BYTES = 200_000, 2 << 30, 8 << 30, 500, 1 << 26
TODO = "unpack it yourself and give the folder"
Named = tuple[Path, str]


@contextmanager
def unpacked(files: list[Named], parent: Path) -> Iterator[tuple[list[Named], dict[Path, Path]]]:
    """Files (path, name) with those of archives in place of the archives, sorted by name; and the archive of each.

    A tar (plain, gz, xz), a zip, and one file packed by gz or xz are unpacked into a folder in `parent` that is gone
    after the block. An archive in an archive stays one. Raises ParseError, with nothing left behind.
    """
    packed = [(path, name) for path, name in files if is_archive(path)]
    if not packed:
        yield files, {}
        return
    found, archives = dict(files), {}
    with scratch_folder(parent, "unpacked-") as scratch:
        for number, (archive, name) in enumerate(packed, start=1):
            del found[archive]
            # a trace may take its name from the folders that it lies in
            folder, done = scratch / str(number) / archive.name, 0
            with progress(f"unpacking archive {number} of {len(packed)}") as advance:
                for count, inside in enumerate(unpack_members(archive, folder, _limits(archive)), start=1):
                    done += (folder / inside).stat().st_size
                    advance(done, None, f"{count:,} files")
                    found[folder / inside] = f"{name}/{inside}"
                    archives[folder / inside] = archive
                    refuse_other_names([(Path(name, inside), inside)])
            if not folder.exists():
                raise ParseError(
                    "The archive holds no file",
                    where=name,
                    expected="traces",
                    got="an empty archive, or folders alone",
                    todo="pack the folder of the traces again",
                )
        yield sorted(found.items(), key=lambda item: (item[1], str(item[0]))), archives


def _limits(archive: Path) -> Limits:
    believed = max(archive.stat().st_size * ALL_BYTES_FOR_ONE, LEAST_BYTES)
    return Limits(ENTRIES, min(FILE_BYTES, believed), min(ALL_BYTES, believed), TODO)

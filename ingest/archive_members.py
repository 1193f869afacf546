"""The files inside a tar (plain, gz or xz) or a zip, read one by one within limits; nothing is unpacked to disk."""

import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from cradle.errors import ParseError

XZ, GZIP, ZIP = b"\xfd7zXZ\x00", b"\x1f\x8b", b"PK\x03\x04"
TAR_BLOCK = 512
CHUNK = 1 << 16
XZ_MEMORY = 1 << 28  # bytes for the dictionary; the highest preset of xz takes 65 MiB
# ValueError: names that are not UTF-8, numbers in a header that are none
BROKEN = (EOFError, OSError, ValueError, lzma.LZMAError, zlib.error, tarfile.TarError, zipfile.BadZipFile)
TODO = "take the archive as its publisher made it"


@dataclass(frozen=True)
class Limits:
    """What an archive may hold: entries, bytes of a file that is wanted, and bytes of all when unpacked."""

    entries: int
    file_bytes: int
    all_bytes: int


def read_members(path: Path, is_wanted: Callable[[str], bool], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each wanted file, in the order of the archive.

    Raises ParseError for what is no such archive, is cut or damaged, breaks a limit, or holds an entry that no archive
    of plain files has: an absolute path, `..`, a link, a device, a name that stands there twice.
    """
    with path.open("rb") as file:
        head = file.read(TAR_BLOCK)
        file.seek(0)
        try:
            if head.startswith(ZIP):
                yield from _from_zip(file, path.name, is_wanted, limits)
            else:
                yield from _from_tar(_Unpacked(_stream(file, head), path.name, limits), path.name, is_wanted, limits)
        except BROKEN as error:
            raise _no_archive(path.name, head, error) from error
        except (NotImplementedError, RuntimeError) as error:  # a zip that is encrypted or packed in another way
            raise ParseError(
                "The zip cannot be unpacked",
                where=path.name,
                expected="a zip without a password, packed by deflate",
                got=str(error),
                todo=TODO,
            ) from error


def _from_tar(
    stream: "_Unpacked", archive: str, is_wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for entry in tar:
            tar.members = []  # tarfile would keep them all
            _check_entry(entry.name, _is_plain(entry), seen, archive, limits)
            if entry.isreg() and is_wanted(entry.name):
                if entry.size > limits.file_bytes:
                    _too_large(archive, f"'{entry.name}' unpacked to at most {limits.file_bytes:,} bytes", entry.size)
                content = tar.extractfile(entry).read()
                if len(content) < entry.size:
                    raise EOFError(f"{entry.name!r} ends after {len(content):,} of {entry.size:,} bytes")
                yield entry.name, content
    if not stream.had_end_of_archive:
        raise EOFError("the archive has no end: blocks of zeros are missing")


def _is_plain(entry: tarfile.TarInfo) -> bool:
    return entry.size >= 0 and (entry.isdir() or (entry.isreg() and not entry.issparse()))


def _from_zip(
    file: IO[bytes], archive: str, is_wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    seen: set[str] = set()
    left = limits.all_bytes
    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            kind = stat.S_IFMT(entry.external_attr >> 16)
            _check_entry(entry.orig_filename, kind in (0, stat.S_IFREG, stat.S_IFDIR), seen, archive, limits)
            if entry.is_dir() or not is_wanted(entry.filename):
                continue
            with packed.open(entry) as member:  # the size that the entry states may be a lie
                content = member.read(limits.file_bytes + 1)
            if len(content) > limits.file_bytes:
                _too_large(archive, f"'{entry.filename}' unpacked to at most {limits.file_bytes:,} bytes", len(content))
            left -= len(content)
            if left < 0:
                _too_large(archive, f"at most {limits.all_bytes:,} bytes when unpacked", limits.all_bytes - left)
            yield entry.filename, content


def _check_entry(name: str, is_plain: bool, seen: set[str], archive: str, limits: Limits) -> None:
    parts = name.rstrip("/").split("/")
    wrong = None
    if not is_plain:
        wrong = "a link, a device or something else that is no plain file or folder"
    elif name.startswith("/") or ".." in parts or "\\" in name or "\0" in name or ":" in parts[0]:
        wrong = "a path that leads out of the archive"
    elif name.rstrip("/") in seen:
        wrong = "a name that stands there twice"
    elif len(seen) >= limits.entries:
        _too_large(archive, f"at most {limits.entries:,} entries", limits.entries + 1)
    if wrong:
        raise ParseError(
            "The archive holds an entry that no archive of plain files has",
            where=f"{archive}, '{name[:200]!a}'",
            expected="plain files and folders with relative paths, each once",
            got=wrong,
            todo=TODO,
        )
    seen.add(name.rstrip("/"))


class _Unpacked:
    """A stream that counts what it gives and refuses to give more than the limit."""

    def __init__(self, stream: IO[bytes], archive: str, limits: Limits) -> None:
        self._stream, self._archive, self._limits, self._given = stream, archive, limits, 0
        self._last = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, CHUNK))
        while data and len(data) < size:
            more = self._stream.read(min(size - len(data), CHUNK))
            if not more:
                break
            data += more
        self._given += len(data)
        if self._given > self._limits.all_bytes:
            _too_large(self._archive, f"at most {self._limits.all_bytes:,} bytes when unpacked", self._given)
        self._last = (self._last + data)[-2 * TAR_BLOCK :]
        return data

    @property
    def had_end_of_archive(self) -> bool:
        """Whether the last two blocks are zeros, as those at the end of a tar are: one that was cut lacks them."""
        while self.read(CHUNK):
            pass
        return len(self._last) == 2 * TAR_BLOCK and not any(self._last)


def _stream(file: IO[bytes], head: bytes) -> IO[bytes]:
    if head.startswith(XZ):
        return io.BufferedReader(_Xz(file), CHUNK)
    return gzip.open(file) if head.startswith(GZIP) else file


class _Xz(io.RawIOBase):
    """lzma.open without its flaw: that takes as much memory for the dictionary as the file asks for."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._unpack = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        data = b""
        while not data and not self._unpack.eof:
            packed = self._file.read(CHUNK) if self._unpack.needs_input else b""
            if self._unpack.needs_input and not packed:
                raise EOFError("the packed stream is cut")
            data = self._unpack.decompress(packed, len(buffer))
        if not data and (self._unpack.unused_data or self._file.read(1)):
            raise lzma.LZMAError("something follows the packed stream")
        buffer[: len(data)] = data
        return len(data)


def _too_large(archive: str, expected: str, got: int) -> NoReturn:
    raise ParseError(
        "The archive holds more than the published one does",
        where=archive,
        expected=expected,
        got=f"{got:,}",
        todo=TODO,
    )


def _no_archive(archive: str, head: bytes, error: Exception) -> ParseError:
    is_page = head.lstrip().lower().startswith((b"<!doctype", b"<html"))
    is_text = "an HTML page, as a download behind a log-in gives" if is_page else f"{type(error).__name__}: {error}"
    return ParseError(
        "The file is no whole archive",
        where=archive,
        expected="a tar (.tar, .tar.gz, .tar.xz) or a zip from its first byte to its last",
        got="an empty file" if not head else is_text,
        todo="download it again: it is cut, damaged or something else",
    )

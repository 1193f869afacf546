"""The files of a tar (plain, gz or xz) or a zip, or the one file that gz or xz packs, one by one and within limits."""

import errno
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from cradle.errors import ParseError

XZ, GZIP, ZIP = b"\xfd7zXZ\x00", b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
TAR_BLOCK = 512
TAR_MAGIC = slice(257, 262), b"ustar"
# a zip that is a document of an office
DOCUMENTS = ("[Content_Types].xml", "mimetype")
CHUNK = 1 << 16
XZ_MEMORY = 1 << 28  # bytes for the dictionary; the highest preset of xz takes 65 MiB
# ValueError: names that are not UTF-8, numbers in a header that are none
BROKEN = (EOFError, OSError, ValueError, lzma.LZMAError, zlib.error, tarfile.TarError, zipfile.BadZipFile)
# what is unpacked has no place: the archive is not to blame
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
Chunks = Iterator[bytes]


@dataclass(frozen=True)
class Limits:
    """What an archive may hold: entries, bytes of a file that is wanted, bytes of all unpacked; and what to do else."""

    entries: int
    file_bytes: int
    all_bytes: int
    todo: str = "take the archive as its publisher made it"


def is_archive(path: Path) -> bool:
    """Return whether a file begins as one that can be unpacked here, and is no document. Raises OSError."""
    with path.open("rb") as file:
        head = file.read(TAR_BLOCK)
    if head.startswith(ZIP):
        try:
            with zipfile.ZipFile(path) as packed:
                return not any(name in DOCUMENTS for name in packed.namelist())
        except BROKEN:
            return True
    place, magic = TAR_MAGIC
    return head.startswith((GZIP, XZ)) or head[place] == magic


def read_members(path: Path, is_wanted: Callable[[str], bool], limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each wanted file, in the order of the archive.

    Raises ParseError for what is no such archive, is cut or damaged, breaks a limit, or holds an entry that no archive
    of plain files has: an absolute path, `..`, a link, a device, a name that stands there twice.
    """
    with _open(path, limits) as file:
        for name, chunks in _members(file, path, is_wanted, limits):
            yield name, b"".join(chunks)


def unpack_members(path: Path, folder: Path, limits: Limits) -> Iterator[str]:
    """Write each file of the archive into the folder, and yield its name there. Raises as `read_members`, and OSError.

    What is packed by gz or xz and is no tar is one file, which has the name of the archive without its ending.
    """
    with _open(path, limits) as file:
        if _is_packed_file(file):
            found = iter([(path.stem, _chunks(path.stem, _stream(file), path.name, limits))])
        else:
            found = _members(file, path, lambda name: True, limits)
        for name, chunks in found:
            into = folder / name
            into.parent.mkdir(parents=True, exist_ok=True)
            with into.open("wb") as stream:
                stream.writelines(chunks)
            yield name


@contextmanager
def _open(path: Path, limits: Limits) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        try:
            yield file
        except BROKEN as error:
            if isinstance(error, OSError) and error.errno in NO_ROOM:
                raise
            raise _no_archive(path.name, _head(file), error) from error
        except (NotImplementedError, RuntimeError) as error:  # a zip that is encrypted or packed in another way
            raise ParseError(
                "The zip cannot be unpacked",
                where=path.name,
                expected="a zip without a password, packed by deflate",
                got=str(error),
                todo=limits.todo,
            ) from error


def _members(
    file: IO[bytes], path: Path, is_wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[str, Chunks]]:
    if _head(file).startswith(ZIP):
        return _from_zip(file, path.name, is_wanted, limits)
    return _from_tar(_Unpacked(_stream(file), path.name, limits), path.name, is_wanted, limits)


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(TAR_BLOCK)
    file.seek(0)
    return head


def _is_packed_file(file: IO[bytes]) -> bool:
    """Whether what is packed by gz or xz is no tar."""
    if not _head(file).startswith((GZIP, XZ)):
        return False
    try:
        tarfile.TarInfo.frombuf(_stream(file).read(TAR_BLOCK), tarfile.ENCODING, "surrogateescape")
    except tarfile.HeaderError:
        return True
    return False


def _from_tar(
    stream: "_Unpacked", archive: str, is_wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[str, Chunks]]:
    seen: set[str] = set()
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for entry in tar:
            tar.members = []  # tarfile would keep them all
            _check_entry(entry.name, _is_plain(entry), seen, archive, limits)
            if entry.isreg() and is_wanted(entry.name):
                if entry.size > limits.file_bytes:
                    _file_too_large(archive, entry.name, limits, entry.size)
                yield entry.name, _whole(entry, _chunks(entry.name, tar.extractfile(entry), archive, limits))
    if not stream.had_end_of_archive:
        raise EOFError("the archive has no end: blocks of zeros are missing")


def _whole(entry: tarfile.TarInfo, chunks: Chunks) -> Chunks:
    given = 0
    for chunk in chunks:
        given += len(chunk)
        yield chunk
    if given < entry.size:
        raise EOFError(f"{entry.name!r} ends after {given:,} of {entry.size:,} bytes")


def _chunks(name: str, stream: IO[bytes], archive: str, limits: Limits) -> Chunks:
    """The stream in pieces. A size that the archive states may be a lie, so they are counted."""
    given = 0
    while chunk := stream.read(CHUNK):
        given += len(chunk)
        if given > limits.file_bytes:
            _file_too_large(archive, name, limits, given)
        yield chunk


def _is_plain(entry: tarfile.TarInfo) -> bool:
    return entry.size >= 0 and (entry.isdir() or (entry.isreg() and not entry.issparse()))


def _from_zip(
    file: IO[bytes], archive: str, is_wanted: Callable[[str], bool], limits: Limits
) -> Iterator[tuple[str, Chunks]]:
    seen: set[str] = set()
    given = 0

    def counted(chunks: Chunks) -> Chunks:
        nonlocal given
        for chunk in chunks:
            given += len(chunk)
            if given > limits.all_bytes:
                _unpacked_too_large(archive, given, limits)
            yield chunk

    with zipfile.ZipFile(file) as packed:
        for entry in packed.infolist():
            kind = stat.S_IFMT(entry.external_attr >> 16)
            _check_entry(entry.orig_filename, kind in (0, stat.S_IFREG, stat.S_IFDIR), seen, archive, limits)
            if entry.is_dir() or not is_wanted(entry.filename):
                continue
            with packed.open(entry) as member:
                yield entry.filename, counted(_chunks(entry.filename, member, archive, limits))


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
        _too_large(archive, f"at most {limits.entries:,} entries", limits.entries + 1, limits)
    if wrong:
        raise ParseError(
            "The archive holds an entry that no archive of plain files has",
            where=f"{archive}, {name[:200]!a}",
            expected="plain files and folders with relative paths, each once",
            got=wrong,
            todo=limits.todo,
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
            _too_large(
                self._archive, f"at most {self._limits.all_bytes:,} bytes when unpacked", self._given, self._limits
            )
        self._last = (self._last + data)[-2 * TAR_BLOCK :]
        return data

    @property
    def had_end_of_archive(self) -> bool:
        """Whether the last two blocks are zeros, as those at the end of a tar are: one that was cut lacks them."""
        while self.read(CHUNK):
            pass
        return len(self._last) == 2 * TAR_BLOCK and not any(self._last)


def _stream(file: IO[bytes]) -> IO[bytes]:
    head = _head(file)
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


def _file_too_large(archive: str, name: str, limits: Limits, got: int) -> NoReturn:
    _too_large(archive, f"{name[:200]!a} unpacked to at most {limits.file_bytes:,} bytes", got, limits)


def _unpacked_too_large(archive: str, got: int, limits: Limits) -> NoReturn:
    _too_large(archive, f"at most {limits.all_bytes:,} bytes when unpacked", got, limits)


def _too_large(archive: str, expected: str, got: int, limits: Limits) -> NoReturn:
    raise ParseError(
        "The archive holds more than is read of one",
        where=archive,
        expected=expected,
        got=f"{got:,}",
        todo=limits.todo,
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

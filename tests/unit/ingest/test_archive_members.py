"""Archives from strangers: what is read of them, and that each hostile one is refused by name and within limits."""

import gzip
import io
import lzma
import stat
import tarfile
import tracemalloc
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cradle.errors import ParseError
from ingest.archive_members import Limits, read_members

LIMITS = Limits(entries=10, file_bytes=1000, all_bytes=100_000)
FILES = {"a/one.csv": b"1", "a/two.csv": b"22", "notes.txt": b"n" * 5000}


def tar(files: dict[str, bytes], mode: str = "w", **changes) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode=mode) as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            for attribute, value in changes.items():
                setattr(entry, attribute, value)
            archive.addfile(entry, io.BytesIO(content))
    return into.getvalue()


def zipped(files: dict[str, bytes], mode: int = 0, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", packing) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = mode << 16, packing
            archive.writestr(entry, content)
    return into.getvalue()


@pytest.fixture
def read(tmp_path):
    def read_bytes(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
        file = tmp_path / "archive.bin"
        file.write_bytes(content)
        return dict(read_members(file, lambda name: name.endswith(".csv"), limits))

    return read_bytes


@pytest.mark.parametrize("pack", [tar, zipped, lambda f: tar(f, "w:gz"), lambda f: tar(f, "w:xz")])
def test_the_wanted_files_are_read(read, pack):
    assert read(pack(FILES)) == {"a/one.csv": b"1", "a/two.csv": b"22"}


def test_folders_are_no_files(read):
    into = io.BytesIO(tar(FILES))
    with tarfile.open(fileobj=into, mode="a") as archive:
        folder = tarfile.TarInfo("a.csv")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
    assert set(read(into.getvalue())) == {"a/one.csv", "a/two.csv"}


@pytest.mark.parametrize("name", ["/etc/one.csv", "../one.csv", "a/../../one.csv", "C:/one.csv", "a\\one.csv", ".."])
def test_a_path_that_leads_out_is_refused_wanted_or_not(read, name):
    for content in (tar({name: b"1"}), zipped({name: b"1"})):
        with pytest.raises(ParseError, match="leads out"):
            read(content)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(read, kind):
    with pytest.raises(ParseError, match="a link, a device"):
        read(tar({"a/one.csv": b""}, type=kind, linkname="/etc/passwd"))


def test_links_in_a_zip_are_refused(read):
    with pytest.raises(ParseError, match="a link, a device"):
        read(zipped({"a/one.csv": b"/etc/passwd"}, stat.S_IFLNK | 0o777))


def test_a_name_that_stands_there_twice_is_refused(read):
    twice = io.BytesIO()
    with tarfile.open(fileobj=twice, mode="w") as archive:
        for _ in range(2):
            archive.addfile(tarfile.TarInfo("a/one.csv"))
    with pytest.raises(ParseError, match="twice"):
        read(twice.getvalue())


@pytest.mark.parametrize("pack", [tar, zipped])
def test_too_many_entries_and_too_large_files_are_refused(read, pack):
    with pytest.raises(ParseError, match="at most 10 entries"):
        read(pack({f"{i}.txt": b"" for i in range(11)}))
    with pytest.raises(ParseError, match=r"'a.csv' unpacked to at most 1,000 bytes"):
        read(pack({"a.csv": b"x" * 1001}))
    with pytest.raises(ParseError, match="at most 1,500 bytes when unpacked"):
        read(pack({"a.csv": b"x" * 900, "b.csv": b"x" * 900}), Limits(10, 1000, 1500))


@pytest.mark.parametrize("packed", [gzip.compress, lzma.compress])
def test_a_bomb_is_refused_before_it_fills_the_memory(read, packed):
    bomb = packed(tar({"big.txt": b"\0" * (64 << 20)}))
    assert len(bomb) < 1 << 18
    tracemalloc.start()
    with pytest.raises(ParseError, match="when unpacked"):
        read(bomb, Limits(10, 1 << 20, 4 << 20))
    assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()


def test_a_zip_whose_entry_lies_about_its_size_is_refused(read):
    content = zipped({"a.csv": b"x" * 5000})
    lie = content.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lie != content
    with pytest.raises(ParseError):
        read(lie)


def test_an_xz_that_asks_for_too_much_memory_is_refused(read):
    greedy = lzma.compress(tar(FILES), filters=[{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30}])
    with pytest.raises(ParseError, match="no whole archive"):
        read(greedy)


@pytest.mark.parametrize("pack", [tar, zipped, lambda f: tar(f, "w:gz"), lambda f: tar(f, "w:xz")])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_one_that_was_cut_is_refused(read, pack, share):
    files = {f"{i}.csv": bytes(range(256)) * 3 for i in range(8)}
    content = pack(files)
    end = len(content) if pack is not tar else len(content.rstrip(b"\0"))
    with pytest.raises(ParseError):
        read(content[: int(end * share)])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><html>Sign in</html>", "an HTML page"),
        (b"run_id,energy\n1,2\n", "no whole archive"),
        (lzma.compress(b"run_id,energy\n1,2\n"), "no whole archive"),
        (lzma.compress(tar(FILES)) + b"more", "follows the packed stream"),
        (b"\xfd7zXZ\x00" + b"\0" * 600, "no whole archive"),
    ],
)
def test_what_is_no_archive_is_refused(read, content, message):
    with pytest.raises(ParseError, match=message):
        read(content)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([tar(FILES), zipped(FILES), tar(FILES, "w:xz")]), st.data())
def test_damaged_bytes_are_read_or_refused_and_nothing_else(read, content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read(bytes(damaged))
    except ParseError:
        return
    assert all(len(body) <= LIMITS.file_bytes for body in found.values())


HEADERS_OF_STRANGERS = {
    "a name in a zip that is not UTF-8": zipped({"é.csv": b"1"}).replace("é".encode(), b"\xff\xfe"),
    "a map of holes without numbers": tar({"a.csv": b"1"}, pax_headers={"GNU.sparse.map": "a,b"}),
    "a size that is no number": tar({"a.csv": b"1"}, pax_headers={"GNU.sparse.size": "x"}),
    "a file of holes without a map": tar(
        {"a.csv": b"a,b\n" * 9}, pax_headers={"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}
    ),
}


@pytest.mark.parametrize("name", HEADERS_OF_STRANGERS)
def test_a_header_that_cannot_be_read_is_refused(read, name):
    with pytest.raises(ParseError, match="no whole archive"):
        read(HEADERS_OF_STRANGERS[name])

"""Traces in an archive give what they give unpacked, and a bad archive lands nothing and leaves nothing behind."""

import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from cradle.errors import ParseError
from ingest.power import packed
from ingest.power.given import given_files
from ingest.power.traces import folder_of
from tests.unit.power.test_trace_landing import ask, parquet, samples, take, trace
from tests.unit.power.traces import write

MAPPING = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: mW}]\n"
FILES = {
    "runs/a/spl.txt": trace(500, 510, 520),
    "runs/b/spl.txt": trace(5, 6),
    "runs/t.csv": "t,w\n0,100\n1,110\n",
    "runs/t.csv.mapping.yml": MAPPING,
    "LICENSE": "MIT",
}


def tar(files: dict[str, str | bytes], mode: str = "w") -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode=mode) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return into.getvalue()


def zipped(files: dict[str, str | bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


PACKED = {
    "all.tar": tar(FILES),
    "all.tar.gz": tar(FILES, "w:gz"),
    "all.tar.xz": tar(FILES, "w:xz"),
    "all.zip": zipped(FILES),
}


@pytest.fixture
def db(tmp_path):
    return tmp_path / "warehouse" / "landing.duckdb"


@pytest.mark.parametrize("name", PACKED)
def test_an_archive_gives_what_its_files_give(db, tmp_path, name):
    (archive,) = write(tmp_path / "packed", {name: PACKED[name]})
    write(tmp_path / "files", FILES)
    plain, landed = take(db, tmp_path / "files"), take(db, archive)
    assert (landed.outcome, landed.rows) == ("landed", plain.rows)
    assert [note.replace(f"{name}/", "") for note in landed.notes] == list(plain.notes)
    named = "select file_name, file_sha256 from raw.power__channels where source_id = '{}' order by all"
    sources = "power:files", "power:" + archive.stem.replace(".", "_")
    of_folder, of_archive = (ask(db, named.format(source)) for source in sources)
    assert of_archive == [(f"{name}/{file}", sha256) for file, sha256 in of_folder] and len(of_archive) == 3
    values = [value for *_, value in samples(db)]
    assert sorted(values) == sorted(2 * [500, 510, 520, 5, 6, 100, 110])
    assert take(db, archive).outcome == "unchanged" and len(parquet(db)) == 2


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_one_packed_file_is_one_trace(db, tmp_path, pack):
    (file,) = write(tmp_path, {"day/spl.txt.gz": pack(trace(7, 8).encode())})
    take(db, file)
    assert ask(db, "select file_name from raw.power__channels") == [("spl.txt.gz/spl.txt",)]
    assert [value for *_, value in samples(db)] == [7, 8]
    file.write_bytes(pack(trace(9, 10).encode()))
    assert take(db, file).outcome == "landed"
    assert [value for *_, value in samples(db)] == [9, 10]


def test_an_archive_beside_files_and_one_within_another(db, tmp_path):
    inner = zipped({"deep/spl.txt": trace(1, 2)})
    write(tmp_path, {"in/spl.txt": trace(3, 4), "in/more.zip": zipped({"x/spl.txt": trace(5, 6), "inner.zip": inner})})
    landed = take(db, tmp_path / "in")
    assert [value for *_, value in samples(db)] == [5, 6, 3, 4]
    assert landed.notes == ("left aside, no traces: more.zip/inner.zip",)


def test_a_workbook_is_no_archive_of_traces(tmp_path):
    (book,) = write(tmp_path, {"book.xlsx": zipped({"[Content_Types].xml": "<Types/>", "spl.txt": trace(1, 2)})})
    with packed.unpacked(given_files([book]), tmp_path / "traces") as (files, archives):
        assert files == [(book, "book.xlsx")] and archives == {}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        pytest.param("all.tar.gz", PACKED["all.tar.gz"][:-20], "no whole archive", id="a cut tar.gz"),
        pytest.param("all.tar.xz", PACKED["all.tar.xz"][:-20], "no whole archive", id="a cut tar.xz"),
        pytest.param("all.zip", PACKED["all.zip"][:-20], "no whole archive", id="a cut zip"),
        pytest.param("spl.txt.gz", gzip.compress(trace(1, 2).encode())[:-5], "no whole archive", id="a cut gz"),
        pytest.param("up.zip", zipped({"../spl.txt": trace(1, 2)}), "leads out", id="a path that leads out"),
        pytest.param("up.tar", tar({"/spl.txt": trace(1, 2)}), "where: up.tar, '/spl.txt'\n", id="an absolute one"),
        pytest.param("big.zip", zipped({"spl.txt": bytes(70 << 20)}), "unpacked to at most 67,108,864", id="a bomb"),
        pytest.param("big.gz", gzip.compress(bytes(70 << 20)), "unpacked to at most 67,108,864", id="a packed bomb"),
        pytest.param("none.zip", zipped({"a.bin": b"\1\2"}), "where: none.zip/a.bin", id="no trace inside"),
        pytest.param("empty.zip", zipped({}), "no file", id="nothing inside"),
        pytest.param("b.tar", tar({"b\udcff/spl.txt": trace(1, 2)}), r"b.tar/b\\xff/spl.txt", id="a name in latin-1"),
    ],
)
def test_a_bad_archive_lands_nothing_and_leaves_nothing_behind(db, tmp_path, name, content, says):
    (archive,) = write(tmp_path / "in", {name: content})
    with pytest.raises(ParseError, match=says) as raised:
        take(db, archive)
    assert raised.value.todo
    assert list(folder_of(db).iterdir()) == []
    assert sorted(tmp_path.rglob("spl.txt")) == []


def test_a_changed_archive_is_noticed(db, tmp_path, monkeypatch):
    (archive,) = write(tmp_path, {"all.zip": PACKED["all.zip"]})
    unpack = packed.unpack_members

    def unpack_and_write(*arguments):
        yield from unpack(*arguments)
        archive.write_bytes(b"PK")

    monkeypatch.setattr(packed, "unpack_members", unpack_and_write)
    with pytest.raises(ParseError, match="changed while it was read"):
        take(db, archive)
    assert list(folder_of(db).iterdir()) == []

"""What the user says of a set of traces, and the files that are meant."""

import os
from pathlib import Path

import pytest

from cradle.errors import FetchError, ParseError
from ingest.power.assign import assign
from ingest.power.given import given_files
from ingest.power.said import declare
from tests.unit.power.traces import write

SPL = "Time,05-01-2024 10:00:00.250,Watts,500.0,Volts,230.0,Amps,2.2,PF,0.98,Mark,x_testing\n"
TABLE = "t,w\n0,100\n1,110\n"
MAPPING = "time: {column: t, form: elapsed_s}\nvalues: [{column: w, unit: W}]\n"


def names(*asked: Path) -> list[str]:
    return [name for _, name in given_files(list(asked))]


def test_a_path_a_folder_and_a_pattern(tmp_path):
    write(tmp_path, {"a/spl.txt": SPL, "a/b/spl.txt": SPL, "a/b/other.txt": "", "c.txt": ""})
    assert names(tmp_path / "a/spl.txt") == ["spl.txt"]
    assert names(tmp_path / "a") == ["b/other.txt", "b/spl.txt", "spl.txt"]
    assert names(tmp_path / "**/spl.txt") == ["a/b/spl.txt", "a/spl.txt"]
    assert names(tmp_path / "a", tmp_path / "a/spl.txt") == ["b/other.txt", "b/spl.txt", "spl.txt"]


def test_a_way_with_dots(tmp_path):
    write(tmp_path, {"a/spl.txt": SPL, "b/x": ""})
    assert names(tmp_path / "b/../a") == ["spl.txt"]
    assert names(tmp_path / "b/../a/*.txt") == ["spl.txt"]


def test_links(tmp_path):
    write(tmp_path, {"real/spl.txt": SPL})
    (tmp_path / "real/again.txt").symlink_to("spl.txt")
    (tmp_path / "real/circle").symlink_to(".")
    (tmp_path / "real/broken").symlink_to("nowhere")
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "real") in (["again.txt"], ["spl.txt"])  # one file, whatever it is called
    assert len(names(tmp_path / "link")) == 1


@pytest.mark.parametrize("what", ["nowhere", "empty", "*.none", "pipe"])
def test_nothing_there(tmp_path, what):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FetchError, match="no file of a trace"):
        given_files([tmp_path / what])


def test_a_folder_that_cannot_be_read_is_not_passed_over(tmp_path, monkeypatch):
    write(tmp_path, {"a/spl.txt": SPL, "b/spl.txt": SPL})
    scan = os.scandir

    def refused(path):
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    with pytest.raises(PermissionError):
        given_files([tmp_path])


@pytest.mark.parametrize("name", [b"b\xff.csv", b"deep\xfe/spl.txt"])
@pytest.mark.parametrize("asked", ["", "**/*"])
def test_a_name_that_is_not_utf_8_is_named_in_signs_that_can_be_printed(tmp_path, name, asked):
    write(tmp_path, {"runs/a.txt": SPL, f"runs/{os.fsdecode(name)}": SPL})
    shown = name.decode("utf-8", "backslashreplace")
    for one in (tmp_path / "runs" / asked, tmp_path / "runs" / os.fsdecode(name)):
        with pytest.raises(ParseError, match="name of a file is not UTF-8") as error:
            given_files([one])
        assert f"runs/{shown}" in str(error.value) and "rename" in error.value.todo and str(error.value).encode()


def test_a_name_that_is_not_utf_8_names_no_file(tmp_path):
    with pytest.raises(ParseError, match="name of a file is not UTF-8"):
        given_files([tmp_path / os.fsdecode(b"no\xff.csv")])


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({"boundary": "wall"}, "--boundary"),
        ({"timezone": "Mars/Olympus"}, "--timezone"),
        ({"timezone": "../../etc/passwd"}, "--timezone"),
        ({"redistributable": "maybe"}, "--redistributable"),
        ({"redistributable": "yes", "licence": "CC-BY-SA-4.0"}, "--redistributable"),
        ({"run": " "}, "--run"),
        ({"run": "a\nb"}, "--run"),
        ({"run": "x" * 201}, "--run"),
        ({"title": " "}, "--title"),
        ({"table": "../x"}, "--table"),
        ({"table": ""}, "--table"),
        ({"table": "x" * 65}, "--table"),
        ({"mapping": "nowhere.yml"}, "--mapping"),
        ({"mapping": "m.yml", "format": "zeus"}, "--mapping"),
    ],
)
def test_a_word_that_cannot_be(words, named):
    with pytest.raises(FetchError) as error:
        declare([Path("runs")], **words)
    assert named in str(error.value) and "expected" in str(error.value)


def test_the_name_of_a_set(tmp_path):
    (tmp_path / "Runs v4.1").mkdir()
    assert declare([tmp_path / "Runs v4.1"]).set_id == "runs_v4_1"
    assert declare([tmp_path / "gpu-0.csv"]).set_id == "gpu_0"
    with pytest.raises(FetchError, match="gives none"):
        declare([tmp_path / "*.csv"])
    assert declare([tmp_path / "*.csv"], table="mine").set_id == "mine"


def test_a_measurement_of_ones_own_is_not_passed_on_unless_said():
    own, open_data = declare([Path("x")]), declare([Path("x")], licence="CC BY 4.0", redistributable="yes")
    assert (own.licence.redistributable, own.licence.pack) == ("no", None)
    assert (open_data.licence.id, open_data.licence.pack) == ("CC-BY-4.0", "open")


def test_files_are_sorted_to_formats_with_what_belongs_to_them(tmp_path):
    write(tmp_path, {"spl.txt": SPL, "t.csv": TABLE, "t.csv.mapping.yml": MAPPING, "README.md": SPL, "x.dat": "zzz\n"})
    found = assign(given_files([tmp_path]), None)
    assert [(g.format.NAME, [f.name for f in g.files]) for g in found.groups] == [
        ("ptdaemon", ["spl.txt"]),
        ("plain_csv", ["t.csv"]),
    ]
    assert [file.index for group in found.groups for file in group.files] == [1, 2]
    assert [one.name for one in found.groups[1].files[0].companions] == ["t.csv.mapping.yml"]
    assert found.notes == ["left aside, no format knows: x.dat", "left aside, no traces: README.md"]


def test_a_trace_in_utf_16_among_others_is_a_note_of_its_own(tmp_path):
    write(tmp_path, {"spl.txt": SPL, "log.csv": SPL.encode("utf-16"), "README.md": "x"})
    assert assign(given_files([tmp_path]), None).notes == [
        "left aside, in UTF-16; save them as UTF-8: log.csv",
        "left aside, no traces: README.md",
    ]


def test_a_mapping_that_is_given_is_that_of_every_file(tmp_path):
    write(tmp_path, {"a.csv": TABLE, "b.csv": TABLE, "m.yml": MAPPING})
    found = assign(given_files([tmp_path]), "plain_csv", (tmp_path / "m.yml").resolve())
    assert [[one.name for one in file.companions] for file in found.groups[0].files] == [["m.yml"]] * 2


def test_nothing_that_is_a_trace(tmp_path):
    write(tmp_path, {"a": "zzz\n", "b": "zzz\n"})
    with pytest.raises(ParseError, match="None of these files"):
        assign(given_files([tmp_path]), None)
    with pytest.raises(ParseError, match="No format knows the file"):
        assign(given_files([tmp_path / "a"]), None)
    with pytest.raises(ParseError, match="no such format"):
        assign(given_files([tmp_path / "a"]), "csv")

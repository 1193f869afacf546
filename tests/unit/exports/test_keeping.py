"""What `cradle export --keep` and the descriptors of exports from elsewhere must not do."""

import json
import shutil

import pytest

from cradle.cli import main
from cradle.diff.opening import find
from cradle.diff.rendering import as_words, one_line
from cradle.errors import DiffError, ExportError
from exports import kept


def test_of_two_exports_kept_at_the_same_time_the_first_stays(monkeypatch, tmp_path):
    def while_another_keeps(db, out, about):
        out.mkdir(parents=True)
        (tmp_path / "q3").mkdir()
        (tmp_path / "q3" / "first").touch()
        return []

    monkeypatch.setattr("exports.parquet.write_parquet", while_another_keeps)
    with pytest.raises(ExportError, match="kept already"):
        kept.keep_export(tmp_path / "db", tmp_path, "q3")
    assert [file.name for file in (tmp_path / "q3").iterdir()] == ["first"]
    shutil.rmtree(tmp_path / "q3")


def test_the_folder_of_kept_exports_cannot_be_a_file(tmp_path, monkeypatch, capsys):
    (tmp_path / "kept").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("kept", "link"):
        monkeypatch.setenv("CRADLE_KEPT", str(tmp_path / name))
        assert main(["kept"]) == 2
        assert "need a folder" in capsys.readouterr().err
    monkeypatch.setenv("CRADLE_KEPT", str(tmp_path / "none_yet"))
    assert main(["kept"]) == 0


def test_a_commit_is_a_line(tmp_path):
    with pytest.raises(ExportError, match="one line"):
        kept.keep_export(tmp_path / "db", tmp_path, "q3", commit="a\x1b[31m")


@pytest.mark.parametrize(
    "odd",
    [
        {"kept": {"date": 5}},
        {"version": ["1"]},
        {"version": "1\x1b[2J"},
        {"resources": [{"name": "impacts", "path": "../x", "hash": "", "schema": {"fields": []}}]},
        {"resources": [{"name": "impacts", "path": "x", "hash": "", "schema": {"fields": [1]}}]},
    ],
)
def test_an_odd_descriptor_is_no_export(odd, tmp_path):
    package = {"name": "cradle", "version": "1", "resources": [], **odd}
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(DiffError, match="no export of Cradle"):
        find(str(tmp_path), tmp_path)


def test_ids_from_elsewhere_are_words_alone():
    assert one_line("a\x1b[31m\nb") == "a [31m b"
    assert as_words("<b>|\n`x`") == r"\<b\>\| \`x\`"

import json
from pathlib import Path

import pytest

from cradle.errors import ExportError
from exports import folder
from exports.folder import DESCRIPTOR, replaced


def export(out: Path, text: str) -> None:
    with replaced(out) as new:
        (new / "t.parquet").write_text(text)
        (new / DESCRIPTOR).write_text(json.dumps({"resources": [{"path": "t.parquet"}]}))


@pytest.fixture(params=["in one step", "by two renames"])
def swap(request, monkeypatch):
    """Both ways to swap: that of Linux, and that of other systems."""
    if request.param == "by two renames":
        monkeypatch.setattr(folder, "_exchanged", lambda *_: False)


@pytest.mark.usefixtures("swap")
def test_an_earlier_export_is_replaced(tmp_path):
    export(tmp_path / "deep" / "out", "old")
    export(tmp_path / "deep" / "out", "new")
    assert (tmp_path / "deep" / "out" / "t.parquet").read_text() == "new"
    assert [entry.name for entry in (tmp_path / "deep").iterdir()] == ["out"]


def test_an_empty_folder_is_taken(tmp_path):
    (tmp_path / "out").mkdir()
    export(tmp_path / "out", "new")
    assert (tmp_path / "out" / "t.parquet").read_text() == "new"


@pytest.mark.parametrize("exported_before", [True, False])
def test_a_folder_with_other_files_is_refused(tmp_path, exported_before):
    out = tmp_path / "out"
    out.mkdir()
    if exported_before:
        export(out, "old")
    (out / "my notes.txt").write_text("keep me")
    with pytest.raises(ExportError, match=r"my notes\.txt"):
        export(out, "new")
    assert (out / "my notes.txt").read_text() == "keep me"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("keep me")
    with pytest.raises(ExportError, match="needs a folder"):
        export(tmp_path / "out", "new")


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    export(tmp_path / "out", "new")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "t.parquet").read_text() == "new"


@pytest.mark.parametrize("error", [OSError("disk full"), KeyboardInterrupt()], ids=["full disk", "interrupt"])
def test_a_failure_leaves_the_last_good_export(tmp_path, error):
    out = tmp_path / "out"
    export(out, "old")
    with pytest.raises((ExportError, KeyboardInterrupt)), replaced(out) as new:
        (new / "t.parquet").write_text("half")
        raise error
    assert (out / "t.parquet").read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_a_failing_swap_brings_the_old_folder_back(tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(out, "old")
    monkeypatch.setattr(folder, "_exchanged", lambda *_: False)
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.suffix == ".new":
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ExportError, match="could not be written"):
        export(out, "new")
    assert (out / "t.parquet").read_text() == "old"


def test_a_run_killed_in_the_middle_of_the_swap_is_mended(tmp_path):
    out = tmp_path / "out"
    export(out, "old")
    out.rename(tmp_path / ".out.old")
    with pytest.raises(ExportError), replaced(out):
        raise OSError("this export fails, so the old one must be back")
    assert (out / "t.parquet").read_text() == "old"


def test_what_killed_runs_left_is_removed(tmp_path):
    out = tmp_path / "out"
    export(out, "old")
    (tmp_path / ".out.old").mkdir()
    (tmp_path / ".out.x.new").mkdir()
    export(out, "new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("to_publish", [True, False])
def test_an_export_of_the_other_kind_is_kept(tmp_path, to_publish):
    out = tmp_path / "out"
    with replaced(out, to_publish=not to_publish) as new:
        pages = {} if to_publish else {"attribution": "ATTRIBUTION.md"}
        (new / DESCRIPTOR).write_text(json.dumps({"resources": [], **pages}))
    with pytest.raises(ExportError, match="the other kind"), replaced(out, to_publish=to_publish):
        pass
    assert (out / DESCRIPTOR).exists()

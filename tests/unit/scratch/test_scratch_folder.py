import subprocess
import sys

from cradle.scratch import scratch_folder

HOLD = """
import sys, time
from pathlib import Path
from cradle.scratch import scratch_folder
with scratch_folder(Path(sys.argv[1]), "download-") as folder:
    (folder / "half").write_text("x")
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_folder_goes_with_its_block(tmp_path):
    with scratch_folder(tmp_path / "new", "download-") as folder:
        (folder / "file").write_text("x")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_folder_of_a_living_process_stays_and_that_of_a_killed_one_goes(tmp_path):
    (tmp_path / "download-of-old").mkdir()
    (tmp_path / "other").mkdir()
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        (held,) = tmp_path.glob("download-*")
        with scratch_folder(tmp_path, "download-"):
            assert (held / "half").read_text() == "x"
    finally:
        holder.kill()
        holder.communicate()
    with scratch_folder(tmp_path, "download-") as mine:
        assert {folder.name for folder in tmp_path.iterdir()} == {mine.name, "other"}

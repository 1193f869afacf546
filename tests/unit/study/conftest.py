import shutil
from pathlib import Path

import pytest

from cradle import paths
from cradle.paths import PROJECT_ROOT


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A folder with a copy of the seeds that Cradle takes for the project."""
    shutil.copytree(PROJECT_ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.setattr(paths, "PROJECT_ROOT", tmp_path)
    monkeypatch.delenv("CRADLE_DB", raising=False)
    return tmp_path


@pytest.fixture
def seeds(project) -> Path:
    return project / "seeds"

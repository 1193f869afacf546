import pytest

from cradle.paths import PROJECT_ROOT
from ingest.sidecar import read

SIDECARS = sorted(PROJECT_ROOT.glob("ingest/*/source.yml"))


def test_there_is_a_source():
    assert SIDECARS


@pytest.mark.parametrize("file", SIDECARS, ids=lambda file: file.parent.name)
def test_the_sidecar_is_valid_and_named_like_its_folder(file):
    assert read(file).source_id == file.parent.name

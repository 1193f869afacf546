import csv

import pytest

from cradle.paths import PROJECT_ROOT
from ingest.sidecar import read

SIDECARS = sorted(PROJECT_ROOT.glob("ingest/*/source.yml"))


def test_there_is_a_source():
    assert SIDECARS


@pytest.mark.parametrize("file", SIDECARS, ids=lambda file: file.parent.name)
def test_the_sidecar_is_valid_and_named_like_its_folder(file):
    assert read(file).source_id == file.parent.name


@pytest.fixture(scope="module")
def licences():
    with (PROJECT_ROOT / "seeds" / "vocabulary" / "licences.csv").open(encoding="utf-8") as file:
        return {row["licence_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("file", SIDECARS, ids=lambda file: file.parent.name)
def test_the_licence_is_in_the_vocabulary_and_says_the_same(file, licences):
    sidecar = read(file)
    known = licences[sidecar.licence.id]
    # results carry licences and not sources: a licence that one source passes on and another does not would block both
    assert sidecar.redistributable == known["redistributable"]
    assert sidecar.licence_pack in (known["pack"] or None, None)


def test_studies_say_of_their_licence_what_the_vocabulary_says(licences):
    with (PROJECT_ROOT / "seeds" / "factors" / "study_sources.csv").open(encoding="utf-8") as file:
        for study in csv.DictReader(file):
            assert study["redistributable"] == licences[study["licence_id"]]["redistributable"], study["source_id"]

from pathlib import Path

import pytest
import yaml

from cradle.errors import SidecarError
from ingest.sidecar import Download, discover, find, read

GOOD = {
    "source_id": "some_source",
    "producer": "P",
    "title": "T",
    "version": "1.0",
    "published_on": "2025-01-01",
    "retrieved_on": "2025-01-02",
    "landing_page": "https://example.org",
    "download": [{"url": "https://example.org/a/b.csv?x=1", "sha256": "a" * 64, "bytes": 12}],
    "licence": {"id": "MIT", "name": "MIT", "url": "https://example.org/licence"},
    "redistributable": "yes",
    "licence_pack": "open",
    "citation": "C",
    "known_files": [{"sha256": "b" * 64, "release_id": "0.9"}],
    "entities": ["second", "first"],
}


@pytest.fixture
def write(tmp_path):
    def sidecar(text=None, **changes):
        file = tmp_path / "some_source" / "source.yml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text or yaml.safe_dump({k: v for k, v in (GOOD | changes).items() if v != "remove"}))
        return file

    return sidecar


def message_of(file: Path) -> str:
    with pytest.raises(SidecarError) as caught:
        read(file)
    assert f"where: {file}" in str(caught.value)
    assert "expected: " in str(caught.value)
    assert "what to do: " in str(caught.value)
    return str(caught.value)


def test_a_good_sidecar_keeps_the_order_of_its_entities(write):
    sidecar = read(write())
    assert sidecar.entities == ["second", "first"]
    assert sidecar.table("first") == "some_source__first"


def test_a_file_is_known_by_its_hash(write):
    sidecar = read(write())
    assert sidecar.release_of("a" * 64) == "1.0"
    assert sidecar.release_of("b" * 64) == "0.9"
    assert sidecar.release_of("c" * 64) == "file-cccccccccccc"


@pytest.mark.parametrize(("written", "meant"), [("yes", "yes"), ("no", "no"), ("share-alike", "share-alike")])
def test_yaml_reads_bare_yes_and_no_as_booleans(write, written, meant):
    pack = "null" if meant == "no" else "by-sa"
    text = yaml.safe_dump(GOOD | {"redistributable": "X", "licence_pack": "Y"})
    text = text.replace("redistributable: X", f"redistributable: {written}").replace("Y", pack)
    assert read(write(text)).redistributable == meant


@pytest.mark.parametrize(
    ("changes", "got", "todo"),
    [
        ({"licens": "MIT"}, "unknown key 'licens'", "did you mean 'licence'"),
        ({"colour": "red"}, "unknown key 'colour'", "remove 'colour'"),
        ({"citation": "remove"}, "no key 'citation'", "add 'citation'"),
        ({"licence": {"id": "MIT", "name": "MIT", "ulr": "x"}}, "unknown key 'licence.ulr'", "did you mean 'url'"),
        ({"download": [{"url": "ftp://example.org"}]}, "must begin with one of https:, pypi:", "mend 'download.0'"),
        ({"download": [{"url": "https://example.org"}]}, "needs a sha256", "mend 'download.0'"),
        ({"download": [{"url": "pypi:x", "sha256": "a" * 64}]}, "must have the form pypi:<name>", "mend 'download.0'"),
        (
            {"download": [{"url": "pypi:--index-url=x==1#a", "sha256": "a" * 64}]},
            "must have the form pypi:<name>",
            "mend 'download.0'",
        ),
        ({"download": [{"url": "https://x.org", "sha256": "A"}]}, "download.0.sha256", "mend 'download.0.sha256'"),
        ({"version": 1.10}, "got: version: 1.1", "mend 'version'"),
        ({"redistributable": "maybe"}, "expected: redistributable: 'yes', 'share-alike' or 'no'", "mend 'redistr"),
        ({"published_on": "January"}, "got: published_on: 'January'", "mend 'published_on'"),
        ({"redistributable": "maybe"}, "redistributable: ", "mend 'redistributable'"),
        ({"redistributable": "no"}, "licence_pack is 'open' although", "set it to null"),
        ({"entities": []}, "entities: ", "mend 'entities'"),
        ({"entities": ["a", "a"]}, "holds a name twice", "mend"),
        ({"entities": ["No Name"]}, "entities.0: ", "mend 'entities.0'"),
        ({"source_id": "other_source"}, "other_source", "rename one of the two"),
    ],
)
def test_a_faulty_sidecar_is_explained(write, changes, got, todo):
    message = message_of(write(**changes))
    assert got in message
    assert todo in message


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://example.org/a/..",
            "https://example.org/a/.",
            "https://example.org/a\x00b",
            "https://example.org/a\nb",
        ),
        *("release:../../secret.csv", "pypi:x==1#../secret.csv", "pypi:x==1#a/../../b", "file:", "file:.."),
    ],
)
def test_a_download_whose_name_plays_tricks_is_refused(write, url):
    with pytest.raises(SidecarError, match=r"ends in no name of a file|leads out of where it lies"):
        read(write(download=[{"url": url, "sha256": "a" * 64}]))


@pytest.mark.parametrize("text", ["a: [", "- 1\n- 2\n", "just text"])
def test_a_sidecar_that_is_no_mapping(write, text):
    message_of(write(text))


def test_sources_are_discovered_by_their_sidecars_in_the_order_of_their_ids(write, tmp_path):
    write()
    (tmp_path / "a_source").mkdir()
    (tmp_path / "a_source" / "source.yml").write_text(yaml.safe_dump(GOOD | {"source_id": "a_source"}))
    (tmp_path / "no_source").mkdir()
    found = discover(tmp_path)
    assert [sidecar.source_id for sidecar in found] == ["a_source", "some_source"]
    assert [sidecar.source_id for sidecar in find(["some_source"], found)] == ["some_source"]
    assert find([], found) == found
    with pytest.raises(SidecarError, match="did you mean 'some_source'"):
        find(["some_sorce"], found)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/a/b.csv?x=1", "b.csv"),
        ("pypi:p==1#d/e.json", "e.json"),
        ("file:export.xlsx", "export.xlsx"),
        ("release:raw/f.csv", "f.csv"),
    ],
)
def test_the_name_of_a_download(url, name):
    assert Download(url=url, sha256="a" * 64).file_name == name

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
    for name, release in {"a": "1.0", "b": "0.9", "c": "file-cccccccccccc"}.items():
        assert sidecar.releases_of([name * 64]) == [release]


def _two_releases(write):
    # the file a is in both releases, b in the newer and c in the older one alone
    downloads = [("a", None), ("b", None), ("a", "0.9"), ("c", "0.9")]
    return read(
        write(
            download=[
                {"url": f"https://example.org/{release or '1.0'}/{letter}", "sha256": letter * 64}
                | ({"release_id": release} if release else {})
                for letter, release in downloads
            ],
            known_files=[],
        )
    )


def test_a_file_that_did_not_change_stands_under_both_releases(write):
    places = _two_releases(write).places
    assert [[d.url for d in place] for place in places] == [
        ["https://example.org/1.0/a"],
        ["https://example.org/1.0/b"],
        ["https://example.org/0.9/a"],
        ["https://example.org/0.9/c"],
    ]


@pytest.mark.parametrize(
    ("given", "releases"),
    [
        ("a", ["1.0"]),
        ("ab", ["1.0", "1.0"]),
        ("ac", ["0.9", "0.9"]),
        ("abc", ["1.0", "1.0", "0.9"]),
        ("axc", ["1.0", "file-xxxxxxxxxxxx", "0.9"]),
        ("", []),
    ],
)
def test_files_given_together_are_taken_for_one_release_where_one_holds_them_all(write, given, releases):
    assert _two_releases(write).releases_of([letter * 64 for letter in given]) == releases


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

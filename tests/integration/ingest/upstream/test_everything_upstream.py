"""Everything in ../shared/upstream comes through a server, lands, and is quarantined in exactly the rows named."""

import pytest
from upstream_expected import ALSO, NOT_THERE, REFUSED, SUPPLIED, UNREAD
from upstream_loading import (
    UPSTREAM,
    expected,
    findings,
    landed_rows,
    pull_everything,
    read_upstream,
    take_supplied,
)

from cradle.cli import main
from cradle.paths import PROJECT_ROOT
from ingest.overview import COLUMNS, overview
from ingest.sidecar import discover, find

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not UPSTREAM.is_dir(), reason="the published files are not in ../shared/upstream"),
]
SOURCES = [sidecar.source_id for sidecar in discover()]


@pytest.fixture(scope="module")
def upstream():
    return read_upstream()


@pytest.fixture(scope="module")
def pulled(upstream, tmp_path_factory):
    """The landing file, the exit codes of the commands, and what `cradle sources` shows between the two."""
    folder = tmp_path_factory.mktemp("upstream")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRADLE_DB", str(folder / "cradle.duckdb"))
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.setenv("PIP_CONFIG_FILE", "/dev/null")  # no other index than the server
        patch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
        landing = folder / "landing.duckdb"
        code = pull_everything(upstream)
        shown = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in overview(PROJECT_ROOT, landing)}
        codes = take_supplied(upstream)
    return landing, code, codes, shown


def test_all_come_but_what_is_not_in_the_folder_and_that_is_said(pulled):
    _, code, codes, shown = pulled
    failed = {source_id: row["last attempt"] for source_id, row in shown.items() if row["last attempt"]}
    assert set(failed) == set(NOT_THERE)
    for source_id, why in NOT_THERE.items():
        assert why in failed[source_id]
    assert code == (2 if NOT_THERE else 0)
    assert set(codes) == {0}


def test_each_table_lands_with_its_rows(pulled):
    landing, *_ = pulled
    assert landed_rows(landing) == expected("rows.csv")


@pytest.mark.parametrize("source_id", SOURCES)
def test_the_contracts_find_exactly_these_rows(pulled, source_id):
    landing, *_ = pulled
    if source_id not in {row[0] for row in expected("rows.csv")}:
        pytest.skip(f"nothing of {source_id} is in ../shared/upstream")
    assert findings(landing, source_id) == [row for row in expected("findings.csv") if row[0] == source_id]


@pytest.mark.parametrize(("source_id", "file", "rows"), ALSO)
def test_other_forms_land_too(tmp_path, monkeypatch, source_id, file, rows):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    assert main(["pull", source_id, "--file", str(UPSTREAM / file)]) == 0
    landed = {source: int(count) for source, _, count in landed_rows(tmp_path / "landing.duckdb")}
    assert landed == {source_id: rows}


@pytest.mark.parametrize(("source_id", "file", "message"), REFUSED)
def test_what_is_no_published_form_is_refused(tmp_path, monkeypatch, capsys, source_id, file, message):
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))
    assert main(["pull", source_id, "--file", str(UPSTREAM / file)]) == 2
    assert message in capsys.readouterr().err
    assert landed_rows(tmp_path / "landing.duckdb") == []


def test_sources_shows_each_with_version_licence_and_rows(pulled):
    landing, *_ = pulled
    rows = {}
    for source_id, _, count in expected("rows.csv"):
        rows[source_id] = rows.get(source_id, 0) + int(count)
    for row in overview(PROJECT_ROOT, landing):
        shown = dict(zip(COLUMNS, row, strict=True))
        assert shown["version"]
        assert shown["licence"]
        if shown["source"] in rows:
            assert shown["rows"] == f"{rows[shown['source']]:,}"
            assert shown["last attempt"] == ""


def test_each_file_is_read_or_it_is_said_why_not(upstream):
    read = {pin.sha256 for sidecar in discover() for pin in (*sidecar.download, *sidecar.known_files)}
    supplied = {UPSTREAM / file for _, file, _ in (*ALSO, *REFUSED)}
    for source_id, named, _ in SUPPLIED:
        supplied |= set(upstream.supplied(*find([source_id], discover()), named))
    unread = {
        file.relative_to(UPSTREAM).as_posix()
        for sha256, files in upstream.files.items()
        if sha256 not in read
        for file in files
        if file not in supplied
    }
    unsaid = {file for file in unread if not any(_covers(path, file) for path in UNREAD)}
    assert unsaid == set(), "name a source that reads them, or say in UNREAD why none does"
    idle = {path for path in UNREAD if not any(_covers(path, file) for file in unread)}
    assert idle == set(), "these are read, or not there: take them out of UNREAD"


def _covers(path: str, file: str) -> bool:
    return file == path or (path.endswith("/") and file.startswith(path))

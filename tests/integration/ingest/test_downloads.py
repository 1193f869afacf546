import hashlib
import json
import time

import duckdb
import pytest
from tiny_project import SIDECAR

from cradle.cli import main
from ingest.transports import retry

PATH = "/data/plants.csv"


def log_of(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select outcome, origin, error from raw.ingest_log order by ingest_id").fetchall()


def leftovers(project):
    return list((project.root / "warehouse" / "cache").glob("download-*"))


def test_a_pinned_file_is_fetched_cached_and_landed(project, pinned, server, answer, capsys):
    server.answers[PATH] = answer(body=pinned, ETag='"one"')
    assert main(["pull", "power_plants", "--mirror", server.url]) == 0
    assert "landed 4 rows" in capsys.readouterr().err
    assert log_of(project) == [("landed", "pulled", None)]
    (note,) = (project.root / "warehouse" / "cache" / "sha256").glob("*/*.json")
    assert note.with_suffix("").read_bytes() == pinned
    assert json.loads(note.read_text()) == {"url": server.url + PATH, "etag": '"one"'}
    assert server.asked[0][1]["Accept-Encoding"] == "identity"


def test_a_truncated_download_is_refused(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned[:20], length=len(pinned))
    message = refused("pull", "power_plants", "--mirror", server.url)
    assert "broke off before its end" in message
    assert f"where: {server.url}{PATH}" in message
    assert f"expected: {len(pinned)} bytes" in message
    assert "got: " in message
    assert len(server.asked) == 1 + len(retry.PAUSES_S)
    assert leftovers(project) == []
    assert log_of(project)[0][:2] == ("failed", "pulled")


def test_a_download_that_breaks_off_once_is_tried_again(project, pinned, server, answer):
    def truncated_once(handler):
        server.answers[PATH] = answer(body=pinned)
        answer(body=pinned[:20], length=len(pinned))(handler)

    server.answers[PATH] = truncated_once
    assert main(["pull", "power_plants", "--mirror", server.url]) == 0


def test_another_file_than_the_pinned_one_is_refused(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned + b"Caen,3\n")
    message = refused("pull", "power_plants", "--mirror", server.url)
    assert "is not the one its sidecar pins" in message
    assert "https://example.org/data/plants.csv" in message
    assert "expected: sha256 " in message
    assert f"got: {len(pinned) + 7} bytes, sha256 " in message
    assert "source.yml" in message
    assert leftovers(project) == []
    assert not list((project.root / "warehouse" / "cache").glob("sha256/*/*"))


def test_a_redirect_to_another_scheme_is_refused(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(status=302, Location="ftp://127.0.0.1/plants.csv")
    message = refused("pull", "power_plants", "--mirror", server.url)
    assert "redirected to another scheme" in message
    assert "expected: a redirect that stays with http:" in message
    assert "got: ftp://127.0.0.1/plants.csv" in message


def test_a_redirect_within_the_scheme_is_followed(project, pinned, server, answer):
    server.answers[PATH] = answer(status=302, Location="/elsewhere.csv")
    server.answers["/elsewhere.csv"] = answer(body=pinned)
    assert main(["pull", "power_plants", "--mirror", server.url]) == 0


def test_retry_after_is_honoured(project, pinned, server, answer):
    def busy_once(handler):
        server.answers[PATH] = answer(body=pinned)
        answer(status=503, Retry_After="1")(handler)

    server.answers[PATH] = busy_once
    started = time.monotonic()
    assert main(["pull", "power_plants", "--mirror", server.url]) == 0
    assert time.monotonic() - started >= 1
    assert len(server.asked) == 2


def test_a_file_that_is_gone_upstream(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(status=404)
    message = refused("pull", "power_plants", "--mirror", server.url)
    assert "expected: HTTP status 200" in message
    assert "got: HTTP status 404 Not Found" in message
    assert len(server.asked) == 1


def test_upstream_is_asked_whether_a_cached_file_is_still_its_file(project, pinned, server, answer, capsys):
    server.answers[PATH] = answer(body=pinned, ETag='"one"', Last_Modified="Wed, 01 Jan 2025 00:00:00 GMT")
    assert main(["pull", "--mirror", server.url]) == 0
    server.answers[PATH] = answer(status=304)
    capsys.readouterr()
    assert main(["pull"]) == 0
    assert "note:" not in capsys.readouterr().err
    assert server.asked[-1][1]["If-None-Match"] == '"one"'
    assert server.asked[-1][1]["If-Modified-Since"] == "Wed, 01 Jan 2025 00:00:00 GMT"
    server.answers[PATH] = answer(body=b"other")
    assert main(["pull"]) == 0
    assert "holds another file by now; power_plants stays at the pinned version 2025" in capsys.readouterr().err
    assert [outcome for outcome, *_ in log_of(project)] == ["landed", "unchanged", "unchanged"]


def test_a_damaged_cache_entry_is_fetched_again(project, pinned, server, answer):
    server.answers[PATH] = answer(body=pinned)
    assert main(["pull", "--mirror", server.url]) == 0
    (entry,) = (f for f in (project.root / "warehouse" / "cache").glob("sha256/*/*") if not f.suffix)
    entry.write_bytes(b"damaged")
    assert main(["pull", "--mirror", server.url]) == 0
    assert entry.read_bytes() == pinned


def test_a_file_over_the_size_cap_is_refused_announced_or_not(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned)
    message = refused("pull", "power_plants", "--mirror", server.url, "--max-bytes", 10)
    assert "over the size cap" in message
    assert "expected: at most 10 bytes" in message
    assert f"got: {len(pinned)} bytes or more" in message

    def unannounced(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(pinned)

    server.answers[PATH] = unannounced
    assert "over the size cap" in refused("pull", "power_plants", "--mirror", server.url, "--max-bytes", 10)
    assert leftovers(project) == []


def test_a_host_that_is_down(project, pinned, server, refused, monkeypatch):
    server.server_close()
    monkeypatch.setattr(retry, "PAUSES_S", ())
    message = refused("pull", "power_plants", "--mirror", server.url)
    assert "the download could not be made" in message
    assert "--mirror URL|DIR" in message


def test_a_mirror_folder_holds_the_file_by_name(project, pinned, refused):
    assert main(["pull", "--mirror", str(project.root)]) == 0
    empty = project.root / "empty"
    empty.mkdir()
    (project.root / "warehouse" / "landing.duckdb").unlink()
    for entry in (project.root / "warehouse" / "cache").glob("sha256/*/*"):
        entry.unlink()
    message = refused("pull", "--mirror", empty)
    assert f"where: {empty}" in message
    assert "expected: plants.csv" in message


def test_a_mirror_that_is_neither_url_nor_folder(project, refused):
    message = refused("pull", "--mirror", "ftp://example.org")
    assert "expected: https://host/path" in message
    assert "got: ftp://example.org" in message


def test_one_source_that_fails_does_not_stop_the_others(project, pinned, refused):
    broken = project.root / "ingest" / "aaa_broken"
    (project.root / "ingest" / "power_plants").rename(broken)
    text = (broken / "source.yml").read_text().replace("power_plants", "aaa_broken").replace("plants.csv", "gone.csv")
    (broken / "source.yml").write_text(text)
    from tiny_project import PARSE

    project.write("ingest/power_plants/parse.py", PARSE)
    project.sidecar(download=[{"url": "file:plants.csv"}])
    message = refused("pull", "--mirror", project.root)
    assert "1 of 2 sources could not be pulled" in message
    assert "power_plants: landed 4 rows" in message


def test_a_source_that_the_user_supplies(project, refused, capsys):
    project.sidecar(download=[{"url": "file:plants.csv"}])
    message = refused("pull", "power_plants")
    assert "you supply its file" in message
    assert SIDECAR["landing_page"] in message
    assert "cradle pull power_plants --file PATH" in message
    assert main(["pull"]) == 0
    assert "yours to supply" in capsys.readouterr().out


def test_a_file_of_the_user_that_is_not_there(project, refused):
    message = refused("pull", "power_plants", "--file", project.root / "nowhere.csv")
    assert f"where: {project.root / 'nowhere.csv'}" in message
    assert "got: no such file" in message
    assert log_of(project)[0][:2] == ("failed", "user_file")


def test_a_file_needs_its_source_to_be_named(project, refused):
    assert "expected: cradle pull SOURCE --file PATH" in refused("pull", "--file", project.root / "plants.csv")


def test_a_source_that_does_not_exist(project, refused):
    message = refused("pull", "power_plant")
    assert "there is no source 'power_plant'" in message
    assert "did you mean 'power_plants'?" in message


def test_a_file_in_another_form(project, refused):
    file = project.write("other.csv", "a,b\n1,2,3\n")
    message = refused("pull", "power_plants", "--file", file)
    assert "could not be parsed as Power plants" in message
    assert f"where: {file}" in message
    assert "expected: the published form of Power plants 2025" in message


def test_a_sidecar_with_an_unknown_key(project, refused):
    project.sidecar(licens="MIT")
    message = refused("sources")
    assert f"where: {project.root / 'ingest/power_plants/source.yml'}" in message
    assert "got: unknown key 'licens'" in message
    assert "expected: keys source_id, producer" in message
    assert "did you mean 'licence' for 'licens'?" in message


@pytest.fixture
def own_table(project):
    """A table of our own beside the sidecar, pinned there; returns its place."""
    file = project.write("ingest/power_plants/own.csv", "name,power_mw\nLens,1\n")
    content = file.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    project.sidecar(download=[{"url": "file:own.csv", "sha256": sha256, "bytes": len(content)}])
    return file


@pytest.mark.parametrize("names", [["power_plants"], []])
def test_a_table_of_our_own_is_taken_from_beside_the_sidecar(project, own_table, capsys, names):
    assert main(["pull", *names]) == 0
    assert "power_plants: landed 2 rows" in capsys.readouterr().err
    assert log_of(project) == [("landed", "pulled", None)]
    assert not (project.root / "warehouse" / "cache").exists()


def test_a_table_of_our_own_is_held_to_its_pin_and_never_taken_from_the_cache(project, own_table, refused):
    assert main(["pull", "power_plants"]) == 0
    own_table.write_text("name,power_mw\nLens,2\n")
    message = refused("pull", "power_plants")
    assert "is not the one its sidecar pins" in message
    assert "where: file:own.csv" in message
    assert "if you mean the change, pin its hash" in message


def test_a_table_of_our_own_is_held_to_its_size(project, own_table, refused):
    project.sidecar(download=[{"url": "file:own.csv", "bytes": 5}])
    message = refused("pull", "power_plants")
    assert "expected: 5 bytes" in message


def test_a_table_of_our_own_without_a_pin_lands_as_it_is(project, own_table):
    project.sidecar(download=[{"url": "file:own.csv"}])
    assert main(["pull"]) == 0


@pytest.mark.parametrize("url", ["file:../../plants.csv", "file:nowhere.csv"])
def test_a_file_elsewhere_is_the_users(project, own_table, refused, url):
    project.sidecar(download=[{"url": url}])
    assert "you supply its file" in refused("pull", "power_plants")

"""Another form of a source than its pinned file: pages of a server, fetched or saved by the user."""

import hashlib
import json
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest

from cradle.cli import main
from ingest.transports import data_fair

PATH = "/data-fair/api/v1/datasets/plants/lines"
PARSE = """
import polars as pl
from ingest.data_fair import all_lines, read_pages


def parse(path):
    content = path.read_bytes()
    if content[:1] in (b"[", b"{"):
        frame = pl.DataFrame([dict(line) for line in all_lines(read_pages(content, path.name), path.name)])
        frame = frame.select("name", "power_mw").cast(pl.String)
    else:
        frame = pl.read_csv(path, infer_schema=False)
    frame = frame.with_row_index("row_number", offset=1)
    return {"plants": frame, "towns": frame.select("row_number", "name")}
"""
LINES = [{"name": f"Plant {n}", "power_mw": n / 2, "_i": n, "_score": None} for n in range(1, 8)]


@pytest.fixture
def plants(project, server, monkeypatch):
    """A source with a form in pages, at its address of the local server: `mirrored` leads there, as `next` does not."""
    monkeypatch.setattr(data_fair, "MOST_PAGES", 20)
    project.sidecar(forms=[{"name": "api", "url": f"data-fair:https://data.example.org{PATH}?size=3"}])
    (project.root / "ingest" / "power_plants" / "parse.py").write_text(PARSE)
    return project


@pytest.fixture
def serve(server, answer):
    """Answer with pages of LINES; `change(page, after)` spoils them. Returns the addresses that were asked for."""

    def pages(change=lambda page, after: page, host=None, lines=LINES):
        def send(handler):
            query = parse_qs(urlsplit(handler.path).query)
            size, after = int(query["size"][0]), int(query.get("after", ["0"])[0])
            page = {"results": lines[after : after + size]}
            if after == 0:
                page["total"] = len(lines)
            if after + size < len(lines):
                page["next"] = f"{host or server.url}{PATH}?size={size}&after={after + size}"
            page = change(page, after)
            body = page if isinstance(page, bytes) else json.dumps(page).encode()
            answer(body=body, Content_Type="application/json")(handler)

        first = f"{PATH}?size=3"
        server.answers |= {first: send} | {f"{first}&after={after}": send for after in range(1, 30)}
        return server.asked

    return pages


def landed(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select name, power_mw, release_id from raw.power_plants__plants order by all").fetchall()


@pytest.fixture
def pull(plants, server):
    def run():
        return main(["pull", "power_plants", "--form", "api", "--mirror", server.url])

    return run


@pytest.fixture
def refusal(plants, server, refused):
    def run():
        message = refused("pull", "power_plants", "--form", "api", "--mirror", server.url)
        assert not list((plants.root / "warehouse" / "cache").glob("download-*"))
        assert not list((plants.root / "warehouse" / "cache").glob("**/page.json"))
        with duckdb.connect(str(plants.landing), read_only=True) as con:
            assert con.execute("select outcome from raw.ingest_log").fetchall() == [("failed",)]
            assert con.execute("select count(*) from raw.landed").fetchall() == [(0,)]
        return message

    return run


class TestFetched:
    @pytest.mark.parametrize("host", [None, "https://data.example.org"], ids=["own address", "address of the original"])
    def test_all_pages_are_landed(self, plants, pull, serve, host, capsys):
        asked = serve(host=host)
        assert pull() == 0
        assert "landed 14 rows" in capsys.readouterr().err
        assert [path for path, _ in asked] == [f"{PATH}?size=3{after}" for after in ("", "&after=3", "&after=6")]
        found = landed(plants)
        assert [(name, power) for name, power, _ in found] == [(line["name"], str(line["power_mw"])) for line in LINES]
        assert {release[:5] for *_, release in found} == {"file-"}

    def test_the_same_again_changes_nothing(self, pull, serve, capsys):
        serve()
        assert [pull(), pull()] == [0, 0]
        assert "unchanged" in capsys.readouterr().err

    def test_the_pinned_file_takes_its_place_again(self, plants, pull, serve, server, pinned, answer):
        plants.sidecar(
            forms=[{"name": "api", "url": f"data-fair:https://data.example.org{PATH}?size=3"}],
            download=[{"url": "https://example.org/data/plants.csv", "sha256": hashlib.sha256(pinned).hexdigest()}],
        )
        serve()
        assert pull() == 0
        server.answers["/data/plants.csv"] = answer(body=pinned)
        assert main(["pull", "power_plants", "--mirror", server.url]) == 0
        assert {release for *_, release in landed(plants)} == {"2025"}

    def test_a_page_that_breaks_off_once(self, plants, pull, serve, server, answer):
        serve()
        second = f"{PATH}?size=3&after=3"
        honest = server.answers[second]

        def breaks_off(handler):
            server.answers[second] = honest
            answer(body=b'{"results": [', length=500)(handler)

        server.answers[second] = breaks_off
        assert pull() == 0
        assert len(landed(plants)) == 7

    def test_a_relative_next(self, plants, pull, serve):
        serve(lambda page, after: page | ({"next": f"lines?size=3&after={after + 3}"} if "next" in page else {}))
        assert pull() == 0
        assert len(landed(plants)) == 7


class TestRefused:
    def test_a_page_that_comes_again(self, refusal, serve, server):
        asked = serve(lambda page, after: page | {"next": f"{server.url}{PATH}?size=3"})
        assert "do not come to an end" in refusal()
        assert len(asked) == 1

    def test_pages_without_end(self, refusal, serve, server):
        asked = serve(lambda page, after: page | {"results": LINES[:1], "next": f"{PATH}?size=3&after={after + 1}"})
        assert "more than 20 pages" in refusal()
        assert len(asked) == 20

    def test_empty_pages_without_end(self, refusal, serve):
        serve(lambda page, after: page | {"results": [], "next": f"{PATH}?size=3&after={after + 1}"})
        assert "without lines" in refusal()

    @pytest.mark.parametrize(
        "target", ["https://evil.example.org/lines", "http://data.example.org/x", "file:///etc/hostname", "//[bad"]
    )
    def test_a_next_elsewhere(self, refusal, serve, target):
        asked = serve(lambda page, after: page | {"next": target})
        message = refusal()
        assert "on another host" in message and target in message
        assert len(asked) == 1

    def test_a_page_is_missing(self, refusal, serve):
        serve(lambda page, after: page | ({"next": f"{PATH}?size=3&after=6"} if after == 0 else {}))
        message = refusal()
        assert "not all of the lines" in message and "4 lines where the pages state 7" in message

    def test_a_page_is_there_twice(self, refusal, serve):
        def twice(page, after):
            return page | ({"next": f"{PATH}?size=3&after=6"} if after == 3 else {"results": LINES[:3]})

        serve(twice)
        assert "9 lines where the pages state 7" in refusal()

    def test_no_total(self, refusal, serve):
        serve(lambda page, after: {key: value for key, value in page.items() if key != "total"})
        assert "does not say how many lines" in refusal()

    @pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"total": 3', b'{"error": "no"}', b"", b"\xff\xfe{"])
    def test_no_page(self, refusal, serve, body):
        serve(lambda page, after: page if after == 0 else body)
        message = refusal()
        assert "does not give a page of lines" in message and "after=3" in message

    def test_a_status(self, refusal, serve, server, answer):
        serve()
        server.answers[f"{PATH}?size=3&after=3"] = answer(status=404)
        assert "HTTP status 404" in refusal()

    def test_more_bytes_than_the_cap_in_all_pages(self, plants, serve, server, refused):
        serve()
        message = refused("pull", "power_plants", "--form", "api", "--mirror", server.url, "--max-bytes", 400)
        assert "over the size cap" in message and "after=3" in message

    def test_a_form_that_the_source_does_not_have(self, plants, refused):
        message = refused("pull", "power_plants", "--form", "xml")
        assert "no form 'xml'" in message and "expected: api" in message

    def test_a_form_of_no_source(self, plants, refused):
        assert "exactly one source" in refused("pull", "--form", "api")

    def test_a_form_beside_a_file(self, plants, refused):
        code = main(["pull", "power_plants", "--form", "api", "--file", "x.csv"])
        assert code == 2


class TestSaved:
    @pytest.fixture
    def saved(self, plants, tmp_path):
        def write(*pages):
            files = []
            for number, page in enumerate(pages, 1):
                files.append(tmp_path / f"page{number}.json")
                files[-1].write_text(json.dumps(page))
            return [argument for file in files for argument in ("--file", str(file))]

        return write

    PAGES = (
        {"total": 7, "next": "x", "results": LINES[:3]},
        {"next": "y", "results": LINES[3:6]},
        {"results": LINES[6:]},
    )

    def test_each_page_in_a_file(self, plants, saved):
        assert main(["pull", "power_plants", *saved(*self.PAGES)]) == 0
        assert len(landed(plants)) == 7

    def test_in_another_order_and_in_lists(self, plants, saved):
        first, second, third = self.PAGES
        assert main(["pull", "power_plants", *saved([third, second], first)]) == 0
        assert [name for name, *_ in landed(plants)] == [line["name"] for line in LINES]

    def test_one_file_with_all_pages(self, plants, saved):
        assert main(["pull", "power_plants", *saved(list(self.PAGES))]) == 0

    def test_a_page_is_missing(self, plants, saved, refused):
        first, _, third = self.PAGES
        assert "Pages are missing" in refused("pull", "power_plants", *saved(first, third))

    def test_a_page_is_there_twice(self, plants, saved, refused):
        first, second, third = self.PAGES
        message = refused("pull", "power_plants", *saved(first, second, second, third))
        assert "came twice" in message

    def test_a_file_that_is_no_page_beside_pages(self, plants, saved, refused, tmp_path):
        (tmp_path / "plants.csv").write_text("name,power_mw\nA,1\n")
        message = refused("pull", "power_plants", *saved(self.PAGES[0]), "--file", tmp_path / "plants.csv")
        assert "too many files" in message

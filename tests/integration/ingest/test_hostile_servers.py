"""What servers do that break, lie or attack: each ends in bounded time and size, with the file or one message."""

import gzip
import shutil
import subprocess
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import duckdb
import pytest
import requests

from cradle.cli import main
from ingest.transports import body, https, retry

PATH = "/data/plants.csv"
MANY = b"x" * 65536


@pytest.fixture(autouse=True)
def nothing_left_over(project):
    """Whatever happened: no temporary file stays, and only the pinned file can be in the cache."""
    yield
    cache = project.root / "warehouse" / "cache"
    assert not list(cache.glob("download-*"))
    for file in cache.glob("sha256/*/*"):
        assert file.suffix == ".json" or file.read_bytes() == (project.root / "plants.csv").read_bytes()


@pytest.fixture
def quick():
    """A hostile server is given up within seconds."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < 20


def pull(server, *more):
    return ["pull", "power_plants", "--mirror", server.url, *map(str, more)]


def attempts(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select outcome, error from raw.ingest_log order by ingest_id").fetchall()


def in_turn(server, *answers):
    waiting = list(answers)
    server.answers[PATH] = lambda handler: (waiting.pop(0) if len(waiting) > 1 else waiting[0])(handler)


def unframed(*pieces, status=200, pause_s=0.0, forever=False, **headers):
    """A body without a Content-Length, which ends with the connection."""

    def send(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        give_up_at = time.monotonic() + 15
        while time.monotonic() < give_up_at:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(pause_s)
            if not forever:
                break

    return send


def hung_up(handler):
    handler.connection.close()


def test_500_then_200(project, pinned, server, answer):
    in_turn(server, answer(status=500), answer(status=503), answer(body=pinned))
    assert main(pull(server)) == 0
    assert len(server.asked) == 3


def test_500_to_the_end(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(status=500)
    message = refused(*pull(server))
    assert "got: HTTP status 500 Internal Server Error" in message
    assert "what to do: try again later, or use `cradle pull --mirror" in message
    assert len(server.asked) == 4


def test_a_connection_that_is_closed_without_an_answer(project, pinned, server, answer, refused):
    in_turn(server, hung_up, answer(body=pinned))
    assert main(pull(server)) == 0
    assert len(server.asked) == 2


def test_a_connection_that_always_breaks(project, pinned, server, refused):
    server.answers[PATH] = hung_up
    message = refused(*pull(server))
    assert "the download could not be made" in message
    assert len(server.asked) == 4


def test_an_answer_in_chunks_that_breaks_off(project, pinned, server, answer):
    def broken(handler):
        handler.close_connection = True
        unframed(b"%x\r\n%s\r\n" % (len(pinned), pinned), Transfer_Encoding="chunked")(handler)

    server.RequestHandlerClass.protocol_version = "HTTP/1.1"
    in_turn(server, broken, answer(body=pinned))
    assert main(pull(server)) == 0
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("kind", ["seconds", "date"])
def test_retry_after_is_waited_for(project, pinned, server, answer, status, kind):
    def busy(handler):
        ahead = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        answer(status=status, Retry_After="1" if kind == "seconds" else ahead)(handler)

    in_turn(server, busy, answer(body=pinned))
    started = time.monotonic()
    assert main(pull(server)) == 0
    assert 0.9 <= time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [("7200", "120 minutes"), ("99999999999999999999", "minutes"), ("Fri, 01 Jan 2100 00:00:00 GMT", "minutes")],
)
def test_a_retry_after_that_is_too_long_is_refused_at_once(
    project, pinned, server, answer, refused, quick, asked, minutes
):
    server.answers[PATH] = answer(status=429, Retry_After=asked)
    message = refused(*pull(server))
    assert "the server asks to wait for longer than Cradle does" in message
    assert "expected: a wait of at most 120 s" in message
    assert f"got: Retry-After: {asked}" in message
    assert minutes in message
    assert len(server.asked) == 1


@pytest.mark.parametrize("asked", ["soon", "-5", "Fri, 01 Jan 1999 00:00:00 GMT", "Fri, 99 Foo 1999", "²"])
def test_a_retry_after_that_says_nothing_is_passed_over(project, pinned, server, answer, asked):
    in_turn(server, answer(status=429, Retry_After=asked), answer(body=pinned))
    assert main(pull(server)) == 0


def test_a_body_that_is_longer_than_promised(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned, length=len(pinned) - 7)
    message = refused(*pull(server))
    assert "is not the one its sidecar pins; nothing was landed" in message
    assert f"got: {len(pinned) - 7} bytes, sha256" in message


def test_a_body_that_is_longer_than_promised_and_begins_with_the_file_is_the_file(project, pinned, server, answer):
    server.answers[PATH] = answer(body=pinned + MANY, length=len(pinned))
    assert main(pull(server)) == 0


def test_a_content_length_that_is_no_number_is_passed_over(project, pinned, server):
    server.answers[PATH] = unframed(pinned, Content_Length="²")
    assert main(pull(server)) == 0


def test_an_endless_body_is_stopped_by_the_cap(project, pinned, server, refused, quick):
    server.answers[PATH] = unframed(MANY, forever=True)
    message = refused(*pull(server, "--max-bytes", 1_000_000))
    assert "expected: at most 1000000 bytes" in message
    assert len(server.asked) == 1


def test_an_endless_body_is_stopped_by_the_pinned_size(project, pinned, server, refused, quick):
    download = project.download | {"bytes": len(pinned)}
    project.sidecar(download=[download])
    server.answers[PATH] = unframed(MANY, forever=True)
    message = refused(*pull(server))
    assert "is not the one its sidecar pins" in message
    assert f"expected: {len(pinned)} bytes, sha256" in message
    assert "bytes or more" in message


def test_a_slow_drip_is_given_up(project, pinned, server, refused, quick, monkeypatch):
    monkeypatch.setattr(body, "SLOW_FOR_S", 0.5)
    server.answers[PATH] = unframed(b"x", pause_s=0.05, forever=True)
    message = refused(*pull(server))
    assert "the download is too slow" in message
    assert "expected: at least 1000 bytes a second" in message
    assert len(server.asked) == 1


def test_a_silence_is_given_up(project, pinned, server, refused, quick, monkeypatch):
    monkeypatch.setattr(https, "TIMEOUT_S", (1, 0.3))
    server.answers[PATH] = lambda handler: time.sleep(1)
    message = refused(*pull(server))
    assert "ReadTimeout" in message
    assert len(server.asked) == 4


def test_headers_that_come_byte_by_byte_are_given_up(project, pinned, server, refused, quick, monkeypatch):
    monkeypatch.setattr(https, "HEADERS_WITHIN_S", 0.4)
    monkeypatch.setattr(retry, "PAUSES_S", (0.01,))

    def drip(handler):
        for _ in range(40):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.05)

    server.answers[PATH] = drip
    assert "no whole answer within 0.4 s" in refused(*pull(server))


def test_a_redirect_loop(project, pinned, server, answer, refused, quick):
    server.answers[PATH] = answer(status=302, Location="/other.csv")
    server.answers["/other.csv"] = answer(status=307, Location=PATH)
    message = refused(*pull(server))
    assert "TooManyRedirects" in message
    assert len(server.asked) == 6


def test_a_redirect_with_an_endless_body_is_followed_without_reading_it(project, pinned, server, answer, quick):
    server.answers[PATH] = unframed(MANY, status=302, Location="/other.csv", forever=True)
    server.answers["/other.csv"] = answer(body=pinned)
    assert main(pull(server)) == 0


@pytest.mark.parametrize(
    "target", ["file:///etc/hostname", "FILE:/etc/hostname", "ftp://127.0.0.1/x", "data:text/csv,name", "gopher:x"]
)
def test_a_redirect_to_another_scheme(project, pinned, server, answer, refused, target):
    server.answers[PATH] = answer(status=301, Location=target)
    message = refused(*pull(server))
    assert "the download is redirected to another scheme" in message
    assert "expected: a redirect that stays with http:" in message
    assert len(server.asked) == 1


def test_https_is_never_redirected_to_http():
    from cradle.errors import FetchError

    with pytest.raises(FetchError, match="a redirect that stays with https:"):
        https._redirect_target("https://example.org/x", "http://example.org/x")
    assert https._redirect_target("http://example.org/x", "https://example.org/x") == "https://example.org/x"
    assert https._redirect_target("https://example.org/x", "//mirror.example.org/y") == "https://mirror.example.org/y"


@pytest.mark.parametrize("target", ["http://[::1", "http://exa mple/", "http://127.0.0.1:99999/"])
def test_a_redirect_to_what_is_no_address(project, pinned, server, answer, refused, quick, target):
    server.answers[PATH] = answer(status=302, Location=target)
    assert "the download could not be made" in refused(*pull(server))


def test_a_redirect_to_another_host_is_followed_and_the_hash_decides(project, pinned, server, answer, refused):
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.answers[PATH] = answer(status=302, Location=f"{elsewhere}/file.csv")
    server.answers["/file.csv"] = answer(body=pinned + b"Caen,3\n")
    assert "is not the one its sidecar pins" in refused(*pull(server))
    server.answers["/file.csv"] = answer(body=pinned)
    assert main(pull(server)) == 0


def test_a_page_in_the_place_of_the_file(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=b"\xef\xbb\xbf\n<!DOCTYPE html><html><title>Sign in</title></html>")
    message = refused(*pull(server))
    assert "got: an HTML page (" in message
    assert "open the address in a browser" in message


@pytest.mark.parametrize(
    "packed",
    [gzip.compress, zlib.compress, lambda data: gzip.compress(data[:20]) + gzip.compress(data[20:])],
    ids=["gzip", "deflate", "two members"],
)
def test_a_transfer_that_is_compressed_unasked_is_unpacked(project, pinned, server, answer, packed):
    server.answers[PATH] = answer(body=packed(pinned), Content_Encoding="gzip")
    assert main(pull(server)) == 0


def test_a_compressed_transfer_that_breaks_off(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=gzip.compress(pinned)[:-10], Content_Encoding="gzip")
    assert "the download broke off before its end" in refused(*pull(server))


def test_a_compressed_transfer_that_is_none(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned, Content_Encoding="gzip")
    assert "it cannot be decompressed" in refused(*pull(server))


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_a_compression_that_is_not_read(project, pinned, server, answer, refused, encoding):
    server.answers[PATH] = answer(body=pinned, Content_Encoding=encoding)
    assert f"got: {encoding}" in refused(*pull(server))


def test_a_gzip_bomb_is_stopped_by_the_cap_on_what_it_unpacks_to(project, pinned, server, answer, refused, quick):
    import resource

    bomb = gzip.compress(bytes(400 << 20), 1)
    server.answers[PATH] = answer(body=bomb, Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    message = refused(*pull(server, "--max-bytes", 50 << 20))
    assert f"at most {50 << 20} bytes" in message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes


def test_a_proxy_is_used_where_the_environment_names_one(project, pinned, server, answer, monkeypatch):
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", server.url)
    monkeypatch.setenv("http_proxy", server.url)
    server.answers[f"http://mirror.invalid{PATH}"] = answer(body=pinned)
    assert main(["pull", "power_plants", "--mirror", "http://mirror.invalid"]) == 0


def test_a_proxy_that_is_down_is_named(project, pinned, refused, monkeypatch):
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    message = refused("pull", "power_plants", "--mirror", "http://mirror.invalid")
    assert "check the proxy in the environment variables" in message


def test_https_to_a_server_that_speaks_no_tls(project, pinned, server, refused, quick):
    message = refused("pull", "power_plants", "--mirror", server.url.replace("http:", "https:"))
    assert "SSL" in message
    assert "speaks no TLS" in message
    assert "REQUESTS_CA_BUNDLE" in message


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl here to make a certificate with")
def test_a_certificate_that_nobody_signed(project, pinned, server, answer, refused, tmp_path):
    import ssl

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.answers[PATH] = answer(body=pinned)
    mirror = server.url.replace("http:", "https:")
    message = refused("pull", "power_plants", "--mirror", mirror)
    assert "CERTIFICATE_VERIFY_FAILED" in message
    assert "the server's certificate is not trusted" in message
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        assert main(["pull", "power_plants", "--mirror", mirror]) == 0


def test_the_bytes_of_a_failed_attempt_never_reach_the_next(project, pinned, server, answer):
    in_turn(server, answer(body=b"y" * 30, length=999), answer(body=pinned))
    assert main(pull(server)) == 0


def test_each_failed_attempt_is_logged_and_the_landed_rows_stay(project, pinned, server, answer, refused):
    server.answers[PATH] = answer(body=pinned)
    assert main(pull(server)) == 0
    project.sidecar(download=[project.download | {"sha256": "0" * 64}])
    server.answers[PATH] = answer(status=404)
    refused(*pull(server))
    (landed, failed) = attempts(project)
    assert landed == ("landed", None)
    assert failed[0] == "failed"
    assert "HTTP status 404" in failed[1]
    with duckdb.connect(str(project.landing), read_only=True) as con:
        assert con.execute("select count(*) from raw.power_plants__plants").fetchall() == [(2,)]


def test_requests_follows_no_redirect_by_itself():
    with https._session() as session:
        response = requests.Response()
        response.status_code, response.headers["location"] = 302, "https://example.org"
        assert session.get_redirect_target(response) is None

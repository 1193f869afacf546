"""`https:` downloads: streamed, retried, never redirected to another scheme."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from cradle import __version__
from cradle.errors import FetchError
from ingest.transports.request import Request

CHUNK = 1 << 18
TIMEOUT_S = (10, 60)  # to connect, between two bytes
ATTEMPTS_TO_REACH = 4
BODY_ATTEMPTS = 3
LONGEST_RETRY_AFTER_S = 120


def get(request: Request) -> dict[str, str]:
    """Write the file to `request.into`; returns what identifies it upstream (url, etag, last_modified).

    Raises FetchError for a failed or truncated download, one over the cap, or a redirect to another scheme.
    """
    url = mirrored(request.download.url, request.mirror)
    with _session(retries=ATTEMPTS_TO_REACH) as session:
        for attempt in range(1, BODY_ATTEMPTS + 1):
            try:
                with _explained(url), session.get(url, stream=True, timeout=TIMEOUT_S) as response:
                    _refuse_status(url, response)
                    _write_body(request, url, response)
                    return _identity(url, response)
            except _InterruptedBodyError as error:
                if attempt == BODY_ATTEMPTS:
                    raise FetchError(
                        "the download broke off before its end",
                        where=url,
                        expected=f"{error.expected} bytes",
                        got=f"{error.got} bytes in the last of {BODY_ATTEMPTS} attempts",
                        todo="try again later; where you have the file, `cradle pull --file` or `--mirror` take it",
                    ) from error
    raise AssertionError("unreachable")


def is_unchanged(identity: dict[str, str]) -> bool | None:
    """Whether upstream still serves the file that `get` identified so; None where upstream does not say."""
    headers = {"If-None-Match": identity.get("etag"), "If-Modified-Since": identity.get("last_modified")}
    asked = {name: value for name, value in headers.items() if value}
    if not asked or "url" not in identity:
        return None
    try:
        with (
            _session(retries=0) as session,
            session.get(identity["url"], stream=True, timeout=(5, 5), headers=asked) as response,
        ):
            return {304: True, 200: False}.get(response.status_code)
    except (requests.RequestException, FetchError):
        return None


def mirrored(url: str, mirror: str | None) -> str:
    """The URL with its scheme and host replaced by those (and the path prefix) of the mirror."""
    if mirror is None:
        return url
    parts = urlsplit(url)
    return mirror.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")


class _InterruptedBodyError(Exception):
    def __init__(self, expected: str, got: int) -> None:
        super().__init__(expected, got)
        self.expected, self.got = expected, got


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        old, new = urlsplit(resp.url).scheme, urlsplit(target or "").scheme
        if new and new != old:
            raise FetchError(
                "the download is redirected to another scheme",
                where=resp.url,
                expected=f"a redirect that stays with {old}:",
                got=target,
                todo="check the download URL in source.yml; it may have moved",
            )
        return target


def _session(retries: int) -> _Session:
    session = _Session()
    retry = Retry(
        total=retries,
        backoff_factor=0.5,
        status_forcelist=(429, 500, 502, 503, 504),
        raise_on_status=False,
        retry_after_max=LONGEST_RETRY_AFTER_S,
    )
    for scheme in ("https://", "http://"):  # http: only for a mirror that the user names
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    # the hash is that of the file, not of a compressed transfer of it
    session.headers.update({"User-Agent": f"cradle/{__version__}", "Accept-Encoding": "identity"})
    return session


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except requests.RequestException as error:
        # requests wraps what urllib3 met in its account of the retries, which names the address a second time
        cause = getattr(error.args[0], "reason", None) if error.args else None
        cause = cause or error
        raise FetchError(
            "the download could not be made",
            where=url,
            expected="an answer from the server",
            got=f"{type(cause).__name__}: {cause}",
            todo="check the network; behind a firewall use `cradle pull --mirror URL|DIR` or `--file`",
        ) from error


def _refuse_status(url: str, response: requests.Response) -> None:
    if response.status_code != 200:
        raise FetchError(
            "the server does not give the file",
            where=url,
            expected="HTTP status 200",
            got=f"HTTP status {response.status_code} {response.reason}",
            todo="check the download URL in source.yml against the landing page; on 429 or 5xx try again later",
        )


def _write_body(request: Request, url: str, response: requests.Response) -> None:
    length = response.headers.get("Content-Length", "")
    total = int(length) if length.isdigit() else None
    request.refuse_size(total or 0, url)
    done = 0
    try:
        with request.into.open("wb") as file:
            for chunk in response.iter_content(CHUNK):
                done += len(chunk)
                request.refuse_size(done, url)
                file.write(chunk)
                request.advance(done, total)
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as error:
        raise _InterruptedBodyError("all" if total is None else str(total), done) from error


def _identity(url: str, response: requests.Response) -> dict[str, str]:
    found = {
        "url": url,
        "etag": response.headers.get("ETag"),
        "last_modified": response.headers.get("Last-Modified"),
    }
    return {name: value for name, value in found.items() if value}

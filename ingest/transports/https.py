"""`https:` downloads: streamed, tried again where that may help, never redirected to a less safe scheme."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urljoin, urlsplit

import requests

from cradle import __version__
from cradle.errors import FetchError
from ingest.transports import retry
from ingest.transports.body import write_body
from ingest.transports.request import Request
from ingest.transports.retry import PASSING_STATUSES, PassingError, asked_wait_s, pause

TIMEOUT_S = (10, 60)  # to connect, between two reads
HEADERS_WITHIN_S = 90
MOST_REDIRECTS = 5
OTHER_WAYS = "use `cradle pull --mirror URL|DIR` or `--file`"


def get(request: Request) -> dict[str, str]:
    """Write the file to `request.into`; returns what identifies it upstream (url, etag, last_modified).

    Raises FetchError for a download that fails, breaks off or crawls, is over the cap, or is redirected in a circle
    or to another scheme.
    """
    url = mirrored(request.download.url, request.mirror)
    with _session() as session:
        for attempt in range(1, len(retry.PAUSES_S) + 2):
            try:
                with _explained(url), _open(session, url, {}, TIMEOUT_S, HEADERS_WITHIN_S) as response:
                    _refuse_status(url, response)
                    write_body(request, url, response)
                    return _identity(url, response)
            except PassingError as error:
                pause(attempt, error, url)
    raise AssertionError("unreachable: the last pause raises")


def is_unchanged(identity: dict[str, str]) -> bool | None:
    """Whether upstream still serves the file that `get` identified so; None where upstream does not say."""
    headers = {"If-None-Match": identity.get("etag"), "If-Modified-Since": identity.get("last_modified")}
    asked = {name: value for name, value in headers.items() if value}
    if not asked or "url" not in identity:
        return None
    try:
        with _session() as session, _open(session, identity["url"], asked, (5, 5), 10) as response:
            return {304: True, 200: False}.get(response.status_code)
    except (requests.RequestException, FetchError):
        return None


def mirrored(url: str, mirror: str | None) -> str:
    """The URL with its scheme and host replaced by those (and the path prefix) of the mirror."""
    if mirror is None:
        return url
    parts = urlsplit(url)
    return mirror.rstrip("/") + parts.path + (f"?{parts.query}" if parts.query else "")


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: to follow a redirect, requests reads all of its body, which may have no end."""
        return


def _session() -> _Session:
    session = _Session()
    # the hash is that of the file, not of a compressed transfer of it
    session.headers.update({"User-Agent": f"cradle/{__version__}", "Accept-Encoding": "identity"})
    return session


@contextmanager
def _open(
    session: _Session, url: str, headers: dict[str, str], timeout: tuple[float, float], within_s: float
) -> Iterator[requests.Response]:
    for _ in range(MOST_REDIRECTS + 1):
        here = url
        response = _in_time(
            within_s, lambda here=here: session.get(here, stream=True, timeout=timeout, headers=headers)
        )
        with response:
            if not response.is_redirect:
                yield response
                return
            url = _redirect_target(url, response.headers["location"])
    raise requests.TooManyRedirects(f"{MOST_REDIRECTS + 1} redirects, the last one to {url}")


def _in_time(within_s: float, ask: Callable[[], requests.Response]) -> requests.Response:
    """The answer, once its headers are read: a server that sends them byte by byte keeps to the socket's timeout."""
    box: queue.SimpleQueue = queue.SimpleQueue()

    def work() -> None:
        try:
            box.put((ask(), None))
        except Exception as error:
            box.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    try:
        response, error = box.get(timeout=within_s)
    except queue.Empty:
        raise requests.ReadTimeout(f"no whole answer within {within_s:g} s") from None
    if error:
        raise error
    return response


def _redirect_target(url: str, location: str) -> str:
    try:
        target = urljoin(url, requests.utils.requote_uri(location.encode("latin1").decode("utf-8", "replace")))
        old, new = urlsplit(url).scheme, urlsplit(target).scheme
    except ValueError as error:
        raise requests.exceptions.InvalidURL(f"{error}: redirected to {location}") from error
    if new != old and (old, new) != ("http", "https"):  # http: is only a mirror that the user names
        raise FetchError(
            "the download is redirected to another scheme",
            where=url,
            expected=f"a redirect that stays with {old}:",
            got=target,
            todo="check the download URL in source.yml; it may have moved",
        )
    return target


@contextmanager
def _explained(url: str) -> Iterator[None]:
    try:
        yield
    except (requests.RequestException, UnicodeError) as error:
        # requests wraps what urllib3 met in its account of the retries, which names the address a second time
        cause = getattr(error.args[0], "reason", None) if error.args else None
        cause = cause or error
        kind = PassingError if _may_pass(error) else FetchError
        raise kind(
            "the download could not be made",
            where=url,
            expected="an answer from the server",
            got=f"{type(cause).__name__}: {cause}",
            todo=_advice(error),
        ) from error


def _may_pass(error: Exception) -> bool:
    return isinstance(error, (requests.ConnectionError, requests.Timeout)) and not isinstance(
        error, requests.exceptions.SSLError
    )


def _advice(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return (
            "the server's certificate is not trusted or the address speaks no TLS: check the address; behind a proxy"
            f" that has certificates of its own name their file in REQUESTS_CA_BUNDLE; or {OTHER_WAYS}"
        )
    if isinstance(error, requests.exceptions.ProxyError):
        return f"check the proxy in the environment variables HTTPS_PROXY, HTTP_PROXY and NO_PROXY; or {OTHER_WAYS}"
    if isinstance(error, requests.TooManyRedirects):
        return f"check the download URL in source.yml; it may have moved; or {OTHER_WAYS}"
    return f"check the network; behind a firewall {OTHER_WAYS}"


def _refuse_status(url: str, response: requests.Response) -> None:
    status = response.status_code
    if status == 200:
        return
    passing = status in PASSING_STATUSES
    error = (PassingError if passing else FetchError)(
        "the server does not give the file",
        where=url,
        expected="HTTP status 200",
        got=f"HTTP status {status} {response.reason}",
        todo=f"try again later, or {OTHER_WAYS}"
        if passing
        else "check the download URL in source.yml against the landing page",
    )
    if passing:
        error.wait_s = asked_wait_s(response.headers.get("Retry-After"), url)
    raise error


def _identity(url: str, response: requests.Response) -> dict[str, str]:
    found = {
        "url": url,
        "etag": response.headers.get("ETag"),
        "last_modified": response.headers.get("Last-Modified"),
    }
    return {name: value for name, value in found.items() if value}

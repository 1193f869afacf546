"""The body of an answer, written to a file as it comes: never more than the cap, never at a crawl, never in part."""

import time
import zlib
from typing import TYPE_CHECKING

from urllib3.exceptions import HTTPError

from cradle.errors import FetchError
from ingest.transports.decoding import ENCODINGS, Inflated, Plain
from ingest.transports.request import Request
from ingest.transports.retry import PassingError

if TYPE_CHECKING:
    import requests

CHUNK = 1 << 18
SLOWEST_BYTES_PER_S = 1000
SLOW_FOR_S = 60


def write_body(request: Request, url: str, response: "requests.Response") -> None:
    """Write the body to `request.into`. Raises PassingError where it breaks off, FetchError where it cannot be."""
    length = response.headers.get("Content-Length", "").strip()
    total = int(length) if length.isascii() and length.isdigit() else None
    decoder = _decoder(url, response)
    if isinstance(decoder, Plain):
        request.refuse_size(total or 0, url)
    came, written, pace = 0, 0, _Pace(url)
    with request.into.open("wb") as file:
        while chunk := _next(url, response, came, total):
            came += len(chunk)
            pace.refuse_crawl(came)
            for piece in _pieces(url, decoder, chunk):
                written += len(piece)
                request.refuse_size(written, url)
                file.write(piece)
            request.advance(came, total)
    if (total is not None and came < total) or not decoder.is_whole:
        raise _broke_off(url, came, total)


def _next(url: str, response: "requests.Response", came: int, total: int | None) -> bytes:
    try:
        # what one read of the socket gives: a full chunk of a slow server may take hours
        return response.raw.read1(CHUNK, decode_content=False)
    except HTTPError as error:
        raise _broke_off(url, came, total) from error


def _pieces(url: str, decoder: Inflated | Plain, chunk: bytes):
    try:
        yield from decoder.feed(chunk)
    except zlib.error as error:
        raise FetchError(
            "the server compressed the transfer, and it cannot be decompressed",
            where=url,
            expected=f"{', '.join(ENCODINGS)}, or better no Content-Encoding: none was asked for",
            got=str(error),
            todo="try again later, or use `cradle pull --mirror URL|DIR` or `--file`",
        ) from error


def _decoder(url: str, response: "requests.Response") -> Inflated | Plain:
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding in ("", "identity"):
        return Plain()
    if encoding in ENCODINGS:
        return Inflated()
    raise FetchError(
        "the server compressed the transfer in a way that Cradle does not read",
        where=url,
        expected=f"no Content-Encoding (none was asked for), or one of {', '.join(ENCODINGS)}",
        got=encoding[:100],
        todo="use `cradle pull --mirror URL|DIR` or `--file`",
    )


def _broke_off(url: str, came: int, total: int | None) -> PassingError:
    return PassingError(
        "the download broke off before its end",
        where=url,
        expected="all bytes" if total is None else f"{total} bytes",
        got=f"{came} bytes in the last attempt",
        todo="try again later; where you have the file, `cradle pull --file` or `--mirror` take it",
    )


class _Pace:
    def __init__(self, url: str) -> None:
        self.url, self.since, self.had = url, time.monotonic(), 0

    def refuse_crawl(self, came: int) -> None:
        took = time.monotonic() - self.since
        if took < SLOW_FOR_S:
            return
        if came - self.had < SLOWEST_BYTES_PER_S * took:
            raise FetchError(
                "the download is too slow",
                where=self.url,
                expected=f"at least {SLOWEST_BYTES_PER_S} bytes a second",
                got=f"{came - self.had} bytes in {took:.0f} s",
                todo="try again later, or use `cradle pull --mirror URL|DIR` or `--file`",
            )
        self.since, self.had = time.monotonic(), came

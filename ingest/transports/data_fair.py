"""`data-fair:https://...` downloads: the pages of a data set's lines, one after the other, collected in one file."""

from contextlib import suppress
from dataclasses import replace
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

from cradle.errors import FetchError, ParseError
from ingest.data_fair import Page, read_pages, refuse_other_number
from ingest.transports import https
from ingest.transports.request import Request

MOST_PAGES = 1000


def get(request: Request) -> dict[str, str]:
    """Write a JSON list of all pages, each as the server gave it, to `request.into`; returns the first address.

    Each page is fetched as an `https:` download is: the same attempts, redirects and cap, which is for all of them
    together. Raises FetchError for what such a download raises it for, for a page that is none, for a next page on
    another host or one that was there before, for too many pages, and where lines are missing or there twice.
    """
    first = request.download.url.removeprefix("data-fair:")
    url, seen, lines, total = https.mirrored(first, request.mirror), set(), 0, None
    into_page = request.into.with_name("page.json")
    with request.into.open("wb") as file:
        while url:
            if url in seen or len(seen) == MOST_PAGES:
                _refuse(
                    "the pages do not come to an end",
                    url,
                    f"pages that differ, at most {MOST_PAGES:,}",
                    "a page that was there before" if url in seen else f"more than {MOST_PAGES:,} pages",
                )
            content = _fetch(request, url, into_page, file.tell())
            page = _read(content, url)
            if not seen and page.total is None:
                _refuse("the first page does not say how many lines there are", url, "a number 'total'", "none")
            if page.next and not page.lines:
                _refuse("a page without lines names another one", url, "lines, or the end", "no lines and a 'next'")
            file.write((b",\n" if seen else b"[") + content)
            seen.add(url)
            lines, total = lines + len(page.lines), page.total if total is None else total
            url = _following(page.next, url, first, request.mirror)
        file.write(b"]\n")
    into_page.unlink(missing_ok=True)
    try:
        refuse_other_number(lines, [total], first)
    except ParseError as error:
        _refuse("the pages are not all of the lines", first, f"{total:,} lines, as the first page states", error.got)
    return {"url": first}


def _fetch(request: Request, url: str, into, size: int) -> bytes:
    here = request.download.model_copy(update={"url": url})
    left = max(request.max_bytes - size, 0)
    https.get(
        replace(
            request,
            download=here,
            into=into,
            mirror=None,
            max_bytes=left,
            advance=lambda done, _: request.advance(size + done, None),
        )
    )
    return into.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()


def _read(content: bytes, url: str) -> Page:
    try:
        pages = read_pages(content, url)
    except ParseError as error:
        raise FetchError(
            "the server does not give a page of lines",
            where=url,
            expected=error.expected,
            got=f"{error.what}: {error.got}",
            todo="check the address in source.yml against the landing page; or save the pages and use `--file`",
        ) from error
    if len(pages) != 1 or content[:1] == b"[":
        _refuse("the server does not give a page of lines", url, "one page", f"a list of {len(pages)} pages")
    return pages[0]


def _following(target: str | None, url: str, first: str, mirror: str | None) -> str | None:
    """The address of the next page, if it is on the host that was asked or on the one that the mirror stands for."""
    if not target:
        return None
    with suppress(ValueError):  # no address at all
        absolute = urljoin(url, target)
        if _host(absolute) == _host(url):
            return absolute
        if _host(absolute) == _host(first):
            return https.mirrored(absolute, mirror)
    _refuse("the next page is on another host", url, f"a page of {urlsplit(url).netloc}", target[:200])


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _refuse(what: str, url: str, expected: str, got: str) -> NoReturn:
    raise FetchError(
        what,
        where=url,
        expected=expected,
        got=got,
        todo="try again later: the data may just have been published anew; or pull the pinned file without --form",
    )

"""What is said where a file is not the one that the sidecar pins."""

from pathlib import Path

from cradle.errors import FetchError
from ingest.sidecar import Download, Sidecar

PAGE_STARTS = (b"<!doctype html", b"<html")


def refuse_other_file(sidecar: Sidecar, download: Download, mirror: str | None, file: Path, sha256: str) -> None:
    """Raises FetchError where a file has not the pinned hash and size; an HTML page is called one."""
    size = file.stat().st_size
    if download.sha256 in (None, sha256) and download.bytes in (None, size):
        return
    with file.open("rb") as handle:
        is_page = handle.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGE_STARTS)
    raise other_file(sidecar, download, mirror, f"{size} bytes, sha256 {sha256}", is_page)


def other_file(sidecar: Sidecar, download: Download, mirror: str | None, got: str, is_page: bool = False) -> FetchError:
    """The error for a file that is not the pinned one; `got` says what is known of it."""
    own = sidecar.own_file(download) is not None
    pins = [f"{download.bytes} bytes"] if download.bytes else []
    pins += [f"sha256 {download.sha256}"] if download.sha256 else []
    meant = "if you mean the change" if own else "if upstream has published a new version"
    todo = f"{meant}, pin its hash, size and version in {sidecar.folder / 'source.yml'}"
    if is_page:
        got = f"an HTML page ({got})"
        todo = "open the address in a browser: a page in the place of the file is an error, a login or a firewall"
    return FetchError(
        f"the file of source {sidecar.source_id} is not the one its sidecar pins; nothing was landed",
        where=f"{download.url} (from {mirror})" if mirror else download.url,
        expected=", ".join(pins),
        got=got,
        todo=todo if own or is_page else f"try again; {todo}",
    )

"""Bring a file of a source into the cache, and make sure that it is the pinned one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from cradle.errors import FetchError
from ingest.cache import Cache, sha256_of
from ingest.pin import refuse_other_file
from ingest.sidecar import Download, Sidecar
from ingest.transports.request import Request

DEFAULT_MAX_BYTES = 2 << 30
Progress = Callable[[str], AbstractContextManager[Callable[[int, int | None], None]]]


@dataclass(frozen=True)
class Fetched:
    """A file in the cache; `note` is something the user should know, or empty."""

    path: Path
    name: str
    sha256: str
    note: str = ""
    release_id: str | None = None


def fetch(
    sidecar: Sidecar,
    download: Download,
    cache: Cache,
    scratch: Callable[[], Path],
    progress: Progress,
    mirror: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
) -> Fetched:
    """The file of a download: from the source's own folder, from the cache where it is there already, or from afar.

    `scratch` makes or gives the folder for files in the making of this pull, on the cache's file system.
    `mirror` is a URL that takes the host's place, or a folder that holds the file by name.
    Raises FetchError when the file cannot be had, is over `max_bytes`, or is not the pinned one.
    """
    refuse_mirror(mirror)
    if own := sidecar.own_file(download):  # never from the cache: that would hide a change of the table
        fetched = Fetched(own, download.file_name, sha256_of(own))
        refuse_other_file(sidecar, download, None, own, fetched.sha256)
        return fetched
    if download.sha256 and (cached := cache.find(download.sha256)):
        note = "" if mirror else _note_on_upstream(sidecar, cache, download.sha256)
        return Fetched(cached, download.file_name, download.sha256, note)
    with progress(f"{sidecar.source_id}: {download.file_name}") as advance:
        file = scratch() / "file"
        origin = _transport(download, mirror)(Request(sidecar, download, file, mirror, max_bytes, advance))
        sha256 = sha256_of(file)
        refuse_other_file(sidecar, download, mirror, file, sha256)
        return Fetched(cache.store(file, sha256, origin), download.file_name, sha256)


def _transport(download: Download, mirror: str | None) -> Callable[[Request], dict[str, str]]:
    from ingest.transports import local

    is_folder = mirror is not None and "://" not in mirror
    if is_folder and (download.scheme != "pypi" or _is_there(Path(mirror) / download.file_name, download)):
        return local.get_from_folder
    if download.scheme == "https":
        from ingest.transports import https

        return https.get
    if download.scheme == "data-fair":
        from ingest.transports import data_fair

        return data_fair.get
    if download.scheme == "pypi":
        from ingest.transports import pypi

        return pypi.get
    return {"release": local.get_from_release, "file": local.get_from_user}[download.scheme]


def _is_there(file: Path, download: Download) -> bool:
    # two releases of a package hold files of the same name: the folder has one of them, and the other in its wheel
    return file.is_file() and sha256_of(file) == download.sha256


def _note_on_upstream(sidecar: Sidecar, cache: Cache, sha256: str) -> str:
    origin = cache.origin(sha256)
    if not origin:
        return ""
    from ingest.transports import https

    if https.is_unchanged(origin) is False:
        return (
            f"{origin['url']} holds another file by now; {sidecar.source_id} stays at the pinned version"
            f" {sidecar.version} (see {sidecar.landing_page})"
        )
    return ""


def refuse_mirror(mirror: str | None) -> None:
    """Raises FetchError where a mirror is neither a URL nor a folder."""
    if mirror is None or mirror.startswith(("https://", "http://")) or Path(mirror).is_dir():
        return
    raise FetchError(
        "the mirror is neither a URL nor a folder",
        where="--mirror",
        expected="https://host/path, http://host/path or a folder that holds the files by name",
        got=mirror,
        todo="mend the option",
    )

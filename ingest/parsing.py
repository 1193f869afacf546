"""Run a source's parse.py on its files."""

import hashlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from cradle.errors import CradleError, ParseError
from ingest.sidecar import Sidecar

if TYPE_CHECKING:
    import polars as pl


def load_code(sidecar: Sidecar, name: str) -> ModuleType:
    """The module `<name>.py` in the source's folder. Raises ParseError when there is none."""
    file = sidecar.folder / f"{name}.py"
    if not file.is_file():
        raise ParseError(
            f"source {sidecar.source_id} has no {name}.py",
            where=str(sidecar.folder),
            expected=str(file),
            got="no such file",
            todo="write it; docs/ has a how-to for adding a source",
        )
    spec = importlib.util.spec_from_file_location(f"ingest.{sidecar.source_id}.{name}", file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their own module up
    spec.loader.exec_module(module)
    return module


def code_sha256(sidecar: Sidecar) -> str:
    """A hash of parse.py and of the Python files beside it but contract.py and release.py."""
    files = [f for f in sorted(sidecar.folder.glob("*.py")) if f.name not in ("contract.py", "release.py")]
    return hashlib.sha256(b"\0".join(f.read_bytes() for f in files)).hexdigest()


def parse_files(sidecar: Sidecar, files: list[tuple[Path, str, str, str]]) -> dict[str, "pl.DataFrame"]:
    """Entity -> frame with lineage, the files' rows one after the other.

    `files` are (path, name upstream gives it, sha256, release). Raises ParseError; a crash of parse.py is one too.
    """
    import polars as pl

    parse, parts = load_code(sidecar, "parse").parse, {}
    for path, name, sha256, release_id in files:
        for entity, frame in _parsed(sidecar, parse, path, name).items():
            lineage = {"source_id": sidecar.source_id, "release_id": release_id, "file_sha256": sha256}
            parts.setdefault(entity, []).append(frame.with_columns(**{c: pl.lit(v) for c, v in lineage.items()}))
    return {entity: pl.concat(frames) for entity, frames in parts.items()}


def _parsed(sidecar: Sidecar, parse: Callable, path: Path, name: str) -> dict[str, "pl.DataFrame"]:
    try:
        if path.name == name:
            return parse(path)
        # a cache entry is named by its hash; parsers may want the name and suffix upstream gave
        with tempfile.TemporaryDirectory(prefix="cradle-") as folder:
            named = Path(folder) / name
            named.symlink_to(path.resolve())
            return parse(named)
    except CradleError:
        raise
    except Exception as error:
        raise ParseError(
            f"{name} could not be parsed as {sidecar.title}",
            where=str(path),
            expected=f"the published form of {sidecar.title} {sidecar.version}",
            got=f"{type(error).__name__}: {error}",
            todo=f"compare the file with {sidecar.landing_page}; if it is right, mend {sidecar.folder / 'parse.py'}",
        ) from error

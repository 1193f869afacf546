"""The content-addressed cache of downloads: `sha256/ab/abcd...`, each beside a note of where it came from."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cradle.scratch import scratch_folder


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb", buffering=0) as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@dataclass(frozen=True)
class Cache:
    """The cache in a folder."""

    root: Path

    def place(self, sha256: str) -> Path:
        """Where the file with this hash is or would be."""
        return self.root / "sha256" / sha256[:2] / sha256

    def find(self, sha256: str) -> Path | None:
        """The cached file with this hash, or None. A file damaged since it was stored is removed."""
        place = self.place(sha256)
        if not place.is_file():
            return None
        if sha256_of(place) != sha256:
            place.unlink()
            return None
        return place

    def origin(self, sha256: str) -> dict[str, str]:
        """What was noted of a cached file: url, etag, last_modified (each only where known)."""
        note = self._note(sha256)
        return json.loads(note.read_text(encoding="utf-8")) if note.is_file() else {}

    @contextmanager
    def temporary(self) -> Iterator[Path]:
        """A folder for files in the making, on the cache's file system; removed with what `store` did not take."""
        with scratch_folder(self.root, "download-") as folder:
            yield folder

    def store(self, file: Path, sha256: str, origin: dict[str, str]) -> Path:
        """Take a finished file over by an atomic rename; returns its place."""
        place = self.place(sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        note = file.with_name("note")
        note.write_text(json.dumps(origin), encoding="utf-8")
        os.replace(note, self._note(sha256))  # noqa: PTH105
        os.replace(file, place)  # noqa: PTH105
        return place

    def _note(self, sha256: str) -> Path:
        return self.place(sha256).with_suffix(".json")

"""What a transport is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cradle.errors import FetchError
from ingest.pin import other_file
from ingest.sidecar import Download, Sidecar


@dataclass(frozen=True)
class Request:
    """One download of a source, to be written to `into`; `advance(done, total)` is told of the progress in bytes.

    What lies beside `into` stays for the other downloads of the same pull.
    """

    sidecar: Sidecar
    download: Download
    into: Path
    mirror: str | None
    max_bytes: int
    advance: Callable[[int, int | None], None]

    def refuse_size(self, size: int, where: str) -> None:
        """Raises FetchError when a size in bytes is over the cap, or over the pinned size: no need to read on."""
        if size > self.max_bytes:
            raise FetchError(
                f"the file of source {self.sidecar.source_id} is over the size cap",
                where=where,
                expected=f"at most {self.max_bytes} bytes",
                got=f"{size} bytes or more",
                todo="if the file is right, raise the cap with `cradle pull --max-bytes`",
            )
        if self.download.bytes is not None and size > self.download.bytes:
            raise other_file(self.sidecar, self.download, self.mirror, f"{size} bytes or more")

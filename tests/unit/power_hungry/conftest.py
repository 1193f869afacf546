"""Invented runs in the published form: logs by phase and by task inside an archive, with the quirks of the real one."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.power_hungry.columns import PHASES, RUNS

A, B, C = (
    "0000000a-0000-0000-0000-00000000000a",
    "0000000b-0000-0000-0000-00000000000b",
    "c" * 8 + "-0000" * 3 + "-" + "c" * 12,
)
HARDWARE = {
    "country_iso_code": "USA", "codecarbon_version": "2.3.1", "cpu_model": "A processor, with a comma",
    "gpu_model": "8 x CARD", "tracking_mode": "machine",
}  # fmt: skip


def log(columns: dict, *rows: dict[str, str]) -> bytes:
    """A log of CodeCarbon with these cells; what a row does not say is empty."""
    lines = [",".join(columns)]
    for row in rows:
        cells = [(HARDWARE | row).get(column, "") for column in columns]
        lines.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
    return ("\n".join(lines) + "\n").encode()


def energies(cpu: str, gpu: str, ram: str, energy: str, emissions: str) -> dict[str, str]:
    """The energies of a row under CodeCarbon's names."""
    return {
        "cpu_energy": cpu, "gpu_energy": gpu, "ram_energy": ram, "energy_consumed": energy, "emissions": emissions,
        "duration": "1.5",
    }  # fmt: skip


def phase(run_id: str, name: str, **cells: str) -> dict[str, str]:
    """A row of a log by phase."""
    return {
        "task_name": name,
        "run_id": run_id,
        "project_name": "some/model",
        "timestamp": "2023-10-02T20:20:22",
    } | cells


FILES: dict[str, bytes] = {
    "LICENSE": b"A licence",
    f"data/emissions/base/emissions_base_{A}.csv": log(
        PHASES,
        phase(A, "load model", **energies("0.25", "0.5", "0.25", "1.0", "0.1")),
        phase(A, "query model", **energies("0.5", "1.0", "0.5", "2.0", "2e-01")),
    ),
    f"data/emissions/base/emissions_base_{B}.csv": log(
        PHASES,
        phase(B, "load model", **energies("0.25", "0.5", "0.25", "1.0", "0.1")),
        phase(B, "transfer model to GPU", **energies("0.125", "0.125", "0.25", "0.5", "0.05")),
        phase(B, "query model", **energies("1.0", "2.0", "1.0", "4.0", "0.4")),
    ),
    "data/emissions/complete/tti_invented_resized.csv": log(
        RUNS,
        {"run_id": A, "project_name": "some/model", "timestamp": "2023-10-02 0:20:22", "pue": "1.0"}
        | energies("0.75", "1.5", "0.75", "3.0000001", "0.3"),
    ),
}  # fmt: skip


def as_tar(files: dict[str, bytes], mode: str = "w:xz") -> bytes:
    """The files as a tar."""
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode=mode) as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return into.getvalue()


def as_zip(files: dict[str, bytes]) -> bytes:
    """The files as a zip."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return into.getvalue()


@pytest.fixture
def parsed(tmp_path) -> Callable[..., dict[str, pl.DataFrame]]:
    """Parse an archive given as bytes, or the invented files with these changes (None leaves one out)."""
    from ingest.power_hungry.parse import parse

    def parse_files(content: bytes | None = None, **changes: bytes | None) -> dict[str, pl.DataFrame]:
        file = Path(tmp_path) / "logs.tar.xz"
        files = {name: body for name, body in (FILES | changes).items() if body is not None}
        file.write_bytes(as_tar(files) if content is None else content)
        return parse(file)

    return parse_files


@pytest.fixture
def landed(parsed) -> dict[str, pl.DataFrame]:
    """The invented rows as they are landed."""
    lineage = {"source_id": "power_hungry", "release_id": "test", "file_sha256": "0" * 64}
    return {e: frame.with_columns(**{c: pl.lit(v) for c, v in lineage.items()}) for e, frame in parsed().items()}

"""Invented summaries in the form of the table."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from ingest.nvidia_pcf.contract import check_summaries
from ingest.nvidia_pcf.parse import parse

FIXTURE = Path(__file__).parent / "fixtures" / "invented_summaries.csv"


@pytest.fixture
def checked() -> Callable[..., pl.DataFrame]:
    """Check the invented rows after writing other cells: checked({(row_number, column): text, ...})."""

    def check_changed(cells: dict[tuple[int, str], str | None] | None = None) -> pl.DataFrame:
        frame = parse(FIXTURE)["summaries"].with_columns(
            source_id=pl.lit("nvidia_pcf"), release_id=pl.lit("test"), file_sha256=pl.lit("0" * 64)
        )
        for (row_number, column), text in (cells or {}).items():
            here = pl.col("row_number") == row_number
            frame = frame.with_columns(pl.when(here).then(pl.lit(text)).otherwise(pl.col(column)).alias(column))
        return check_summaries(frame, {"Board One", "Board Two"})

    return check_changed


# invented sentences, product and numbers in the layout of a summary: page 1 with a table that must not be read, a
# diagram on page 2, the result on page 3
FIRST = (
    "Product Carbon Footprint (PCF) Summary for NVIDIA HGX X900\n"
    "The total memory of 99 TB and an assembly of 12 % are specifications and no results.\n"
    "Memory 77 % ICs 88 %\n"
)
DIAGRAM = "Component Manufacturing\nTransportation\nAssembly\nGPU assembly, baseboard assembly\n"
HEADLINE = "Over its making, the footprint for one HGX X900 GPU baseboard is 1,000 kg CO2e.1\n"
STAGES = "Materials and components 92 %\nAssembly 7.5 %\nInbound transportation 0.5 %\n"
CHART = (
    "Memory\n50 %\nICs\n25 %\nThermal Components\n10 %\nElectromechanical\n3 %\nPCBs\n1.5 %\nCommon Components\n1 %\n"
    "Mechanical\n0.9 %\nInterconnects\n0.6 %\n"
)
SENTENCE = "The largest parts are Memory (50%), ICs (25%), and Thermal Components (10%).\nPublished on May 6, 2031\n"
PAGES = (FIRST, DIAGRAM, HEADLINE + STAGES + CHART + SENTENCE)


@pytest.fixture
def summary_pages() -> tuple[str, ...]:
    """The pages of a summary of an invented product."""
    return PAGES


@pytest.fixture
def pdf(tmp_path) -> Callable[..., Path]:
    """Write pages of text as a PDF: pdf(*pages, name=...), each line of a page a line of the PDF."""
    from fpdf import FPDF

    def write(*pages: str, name: str = "HGX-X900-PCF-Summary.pdf", encrypt: str | None = None) -> Path:
        document = FPDF()
        for page in pages:
            document.add_page()
            document.set_font("helvetica", size=11)
            for line in page.splitlines():
                document.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
        if encrypt is not None:
            document.set_encryption(owner_password="owner", user_password=encrypt)
        document.output(str(tmp_path / name))
        return tmp_path / name

    return write

"""A PDF of the user's adds to the table of our own; a table of the user's replaces it; a bad one changes nothing."""

from pathlib import Path

import duckdb
import pytest

from cradle.cli import main
from cradle.paths import PROJECT_ROOT

CURATED = PROJECT_ROOT / "ingest/nvidia_pcf/summaries.csv"


@pytest.fixture
def pull(tmp_path, monkeypatch, capsys):
    """Pull files and return the exit code and what went to stderr."""
    monkeypatch.setenv("CRADLE_DB", str(tmp_path / "cradle.duckdb"))

    def run(*files: Path) -> tuple[int, str]:
        code = main(["pull", "nvidia_pcf", *(part for file in files for part in ("--file", str(file)))])
        return code, capsys.readouterr().err

    return run


@pytest.fixture
def pdf(tmp_path):
    from fpdf import FPDF

    def write(product: str, kilograms: str) -> Path:
        document = FPDF()
        document.add_page()
        document.set_font("helvetica", size=11)
        document.cell(0, 6, f"The footprint for one HGX {product} baseboard is {kilograms} kg CO2e.")
        document.output(str(tmp_path / f"{product}.pdf"))
        return tmp_path / f"{product}.pdf"

    return write


def landed(tmp_path) -> list[tuple]:
    with duckdb.connect(str(tmp_path / "landing.duckdb"), read_only=True) as con:
        return con.execute(
            "select product, value, release_id like 'file-%' from raw.nvidia_pcf__summaries"
            " where level = 'total' order by 3, 1"
        ).fetchall()


OURS = [("NVIDIA HGX B200", "2274", False), ("NVIDIA HGX H100", "1312", False)]


def test_pdfs_are_landed_beside_our_table_and_again_changes_nothing(pull, pdf, tmp_path):
    assert pull(pdf("X800", "1,000"), pdf("X900", "2,000"))[0] == 0
    assert pull(pdf("X800", "1,000"), pdf("X900", "2,000"))[0] == 0
    assert landed(tmp_path) == [*OURS, ("NVIDIA HGX X800", "1000", True), ("NVIDIA HGX X900", "2000", True)]


def test_the_next_pdf_takes_the_place_of_the_last(pull, pdf, tmp_path):
    pull(pdf("X800", "1,000"))
    assert pull(pdf("X900", "2,000"))[0] == 0
    assert landed(tmp_path) == [*OURS, ("NVIDIA HGX X900", "2000", True)]


def test_a_table_of_the_users_replaces_ours(pull, pdf, tmp_path):
    (tmp_path / "own.csv").write_text(CURATED.read_text(encoding="utf-8").replace("HGX", "HGZ"), encoding="utf-8")
    assert pull(tmp_path / "own.csv")[0] == 0
    assert [(product, own) for product, _, own in landed(tmp_path)] == [
        ("NVIDIA HGZ B200", True),
        ("NVIDIA HGZ H100", True),
    ]


def test_what_cannot_be_read_is_one_message_and_changes_nothing(pull, pdf, tmp_path):
    pull(pdf("X800", "1,000"))
    before = landed(tmp_path)
    (tmp_path / "page.pdf").write_text("<!doctype html>", encoding="utf-8")
    code, message = pull(tmp_path / "page.pdf")
    assert code == 2
    assert "This is no PDF" in message
    assert "Traceback" not in message
    assert pull(pdf("X900", "2,000"), tmp_path / "page.pdf")[0] == 2
    assert pull(pdf("X900", "2,000"), CURATED)[0] == 2
    assert landed(tmp_path) == before

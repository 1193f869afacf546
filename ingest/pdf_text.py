"""The text of a PDF, page by page, read in a process of its own: a PDF is a program, and one may be hostile."""

import json
import subprocess
import sys
from pathlib import Path

from cradle import paths
from cradle.errors import ParseError

MAX_BYTES = 20_000_000
MAX_PAGES = 60
# unpacked from one stream; the text of a page takes some thousands
MAX_STREAM_BYTES = 8_000_000
MAX_SECONDS = 60
MAX_MEMORY_BYTES = 1_500_000_000
HEADER_WITHIN, END_WITHIN = 1024, 2048


def is_pdf(path: Path) -> bool:
    """Return whether the file begins as a PDF does."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(HEADER_WITHIN)


def read_pages(path: Path, todo: str) -> list[str]:
    """Return the text of each page; raise ParseError, with `todo`, for what has none or cannot be read.

    That is a PDF that is encrypted, cut off, damaged, scanned, over 20 MB, 60 pages, a minute or 1.5 GB of memory.
    """
    path = Path(path)
    _refuse_from_outside(path, todo)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ingest.pdf_text", str(path.resolve())],
            cwd=paths.PROJECT_ROOT,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=False,
        )
        answer = json.loads(done.stdout) if done.returncode == 0 else {"what": "cannot be read", "got": "damaged"}
    except subprocess.TimeoutExpired:
        answer = {"what": "takes too long to read", "got": f"more than {MAX_SECONDS} seconds"}
    except ValueError:
        answer = {"what": "cannot be read", "got": "damaged, or it takes too much memory"}
    if "what" in answer:
        raise _refused(path, answer["what"], answer["got"], todo)
    if not any(page.strip() for page in answer["pages"]):
        raise _refused(path, "has no text", f"{len(answer['pages'])} pages of pictures: it was scanned", todo)
    return answer["pages"]


def _refuse_from_outside(path: Path, todo: str) -> None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _refused(path, "is too large", f"{size:,} bytes", todo)
    content = path.read_bytes()
    if b"%PDF-" not in content[:HEADER_WITHIN]:
        raise _refused(path, "is no PDF", ascii(content[:40]) if content else "an empty file", todo)
    if b"%%EOF" not in content[-END_WITHIN:]:
        raise _refused(path, "is cut off", "no end mark", todo)


def _refused(path: Path, what: str, got: str, todo: str) -> ParseError:
    return ParseError(
        f"The PDF {what}" if what != "is no PDF" else "This is no PDF",
        where=path.name,
        expected=f"a PDF with text, at most {MAX_PAGES} pages, not encrypted",
        got=got,
        todo=todo,
    )


def _pages(file: str) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    try:
        reader = PdfReader(file)
        if reader.is_encrypted:
            return {"what": "is encrypted", "got": "a PDF that asks for a password or forbids reading"}
        if len(reader.pages) > MAX_PAGES:
            return {"what": "has too many pages", "got": f"{len(reader.pages):,} pages"}
        for page in reader.pages:  # extract_text passes over a limit that is reached
            if (contents := page.get_contents()) is not None:
                contents.get_data()
        return {"pages": [page.extract_text() for page in reader.pages]}
    except (LimitReachedError, MemoryError, RecursionError) as error:
        return {"what": "unpacks to more than a page can hold", "got": f"{type(error).__name__}: {error}"[:200]}
    except Exception as error:  # whatever a damaged file makes of the reader
        return {"what": "is damaged", "got": f"{type(error).__name__}: {error}"[:200]}


def _main() -> None:
    import logging

    logging.disable()
    _limit_memory()
    from pypdf import overwrite_configuration

    limits = ("zlib", "lzw", "run_length", "brotli")
    overwrite_configuration(**{f"{name}_maximum_output_length": MAX_STREAM_BYTES for name in limits})
    sys.stdout.write(json.dumps(_pages(sys.argv[1])))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has none; the limit of time stands
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    _main()

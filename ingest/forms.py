"""Other forms of a source than its pinned file: pulled from their own address, or saved by the user in pieces."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cradle import paths
from cradle.console import progress
from cradle.errors import FetchError
from ingest.cache import Cache
from ingest.data_fair import looks_like_pages
from ingest.land import Landed
from ingest.sidecar import Form, Sidecar


def pull_form(sidecar: Sidecar, name: str, mirror: str | None, max_bytes: int) -> tuple[Landed, list[str]]:
    """Fetch and land a source in the named form of its sidecar; returns how it went and notes for the user.

    The form is not pinned: its release is named by the hash of what was fetched. Raises FetchError for a name that
    the sidecar does not list, and what `ingest.pull.pull` raises.
    """
    from ingest.pull import pull

    db = paths.landing_db()
    in_this_form = sidecar.model_copy(update={"download": [_find(sidecar, name).download]})
    return pull(in_this_form, db, Cache(db.parent / "cache"), progress, mirror, max_bytes)


@contextmanager
def as_one_file(sidecar: Sidecar, files: list[Path]) -> Iterator[list[Path]]:
    """The user's files, pages of one answer joined to one file where the source has a form in pages."""
    if len(files) < 2 or not sidecar.forms or not all(file.is_file() for file in files):
        yield files
        return
    contents = [file.read_bytes().removeprefix(b"\xef\xbb\xbf").strip() for file in files]
    if not all(looks_like_pages(content) for content in contents):
        yield files
        return
    with tempfile.TemporaryDirectory(prefix="cradle-") as folder:
        joined = Path(folder) / "pages.json"
        # a file may be a list of pages itself
        parts = [content[1:-1] if content[:1] == b"[" and content[-1:] == b"]" else content for content in contents]
        joined.write_bytes(b"[" + b",\n".join(part for part in parts if part.strip()) + b"]\n")
        yield [joined]


def _find(sidecar: Sidecar, name: str) -> Form:
    found = [form for form in sidecar.forms if form.name == name]
    if not found:
        raise FetchError(
            f"source {sidecar.source_id} has no form {name!r}",
            where=str(sidecar.folder / "source.yml"),
            expected=", ".join(form.name for form in sidecar.forms) or "no --form: it has one form only",
            got=name,
            todo="leave --form out to get the pinned file",
        )
    return found[0]

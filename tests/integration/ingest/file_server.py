"""An HTTP server on this machine that serves what sidecars pin: files by their paths, wheels by an index."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from ingest.sidecar import Sidecar

METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@contextmanager
def serving(bodies: dict[str, bytes]) -> Iterator[str]:
    """The URL of a server for these paths, with an ETag and 304 where it is asked for what one has."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = bodies.get(self.path)
            if body is None:
                self.send_error(404)
                return
            etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            has_it = self.headers.get("If-None-Match") == etag
            self.send_response(304 if has_it else 200)
            self.send_header("ETag", etag)
            if self.path.startswith("/simple/"):
                self.send_header("Content-Type", "text/html")
            if not has_it:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if not has_it:
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def bodies_for(sidecars: list[Sidecar], content_of: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """Path -> body for the downloads of sidecars, of which `content_of(sha256)` gives the content, or None.

    A wheel is served only where all is there that the sidecars take from it.
    """
    bodies: dict[str, bytes] = {}
    wheels: dict[str, dict[str, bytes | None]] = {}
    for download in [download for sidecar in sidecars for download in sidecar.download]:
        content = content_of(download.sha256) if download.sha256 else None
        if download.scheme == "https" and content is not None:
            parts = urlsplit(download.url)
            bodies[parts.path + (f"?{parts.query}" if parts.query else "")] = content
        elif download.scheme == "pypi":
            requirement, inside = download.url.removeprefix("pypi:").split("#", 1)
            wheels.setdefault(requirement, {})[inside] = content
    pages: dict[str, str] = {}
    for requirement, files in wheels.items():
        if None in files.values():
            continue
        name, version = requirement.split("==")
        file = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        bodies[f"/wheels/{file}"] = wheel(name, version, files)
        page = f"/simple/{name}/"
        pages[page] = pages.get(page, "") + f'<a href="/wheels/{file}">{file}</a>\n'
    return bodies | {page: links.encode() for page, links in pages.items()}


def wheel(name: str, version: str, files: dict[str, bytes]) -> bytes:
    """A wheel that holds these files."""
    info, target = f"{name.replace('-', '_')}-{version}.dist-info", io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)
        archive.writestr(f"{info}/METADATA", METADATA.format(name=name, version=version))
        archive.writestr(f"{info}/WHEEL", WHEEL)
        archive.writestr(f"{info}/RECORD", "")
    return target.getvalue()

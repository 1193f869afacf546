import hashlib
import shutil
import subprocess
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tiny_project import TinyProject, make_tiny_project

from cradle import paths
from cradle.cli import main
from ingest.transports import retry


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A tiny project that commands run in this process see as the checkout."""
    project = make_tiny_project(tmp_path / "project")
    monkeypatch.setattr(paths, "PROJECT_ROOT", project.root)
    monkeypatch.setenv("CRADLE_DB", str(project.database))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("CRADLE_WAIT_S", raising=False)
    monkeypatch.setattr(retry, "PAUSES_S", (0.01, 0.01, 0.01))
    return project


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """A tiny project with its own file landed and a first build published."""
    project = make_tiny_project(tmp_path_factory.mktemp("built") / "project")
    assert project.cradle("pull", "power_plants", "--file", "plants.csv").returncode == 0
    done = project.dbt("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def built(built_once, tmp_path):
    """A copy of it that a test may spoil."""
    return TinyProject(shutil.copytree(built_once.root, tmp_path / "built"))


@pytest.fixture
def dbt_here(monkeypatch, capsys):
    """Run dbt's command line in this process, which spares its start; returns code and output."""

    def run(project, *args, cwd=None, **more):
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import cli

        monkeypatch.chdir(cwd or project.root)
        for name, value in project.environment(**more).items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        try:
            with pytest.raises(SystemExit) as end:
                cli.main(args=list(args), prog_name="dbt")
        finally:
            DuckDBConnectionManager.close_all_connections()
        printed = capsys.readouterr()
        return subprocess.CompletedProcess(args, end.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def refused(capsys):
    """Run a command that must be refused; returns its message."""

    def run(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        message = capsys.readouterr().err
        assert code == 2, message
        assert "Traceback" not in message
        assert "what to do: " in message
        return message

    return run


@pytest.fixture
def server():
    """An HTTP server on this machine: `answers` holds path -> function(handler); `asked` the requests that came."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append((self.path, dict(self.headers)))
            with suppress(ConnectionError, ValueError):  # the client may have enough; it ends what has no end
                self.server.answers.get(self.path, lambda handler: handler.send_error(404))(self)

        def log_message(self, *_):
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.answers, httpd.asked, httpd.url = {}, [], f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def answer():
    """Make an answer for the server: status, body and headers; `length` overrides the honest Content-Length."""

    def make(status=200, body=b"", length=None, **headers):
        def send(handler):
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body) if length is None else length))
            handler.end_headers()
            handler.wfile.write(body)

        return send

    return make


@pytest.fixture
def pinned(project):
    """Pin the project's plants.csv in the sidecar; returns its bytes."""
    content = (project.root / "plants.csv").read_bytes()
    project.download = {"url": "https://example.org/data/plants.csv", "sha256": hashlib.sha256(content).hexdigest()}
    project.sidecar(download=[project.download])
    return content

"""One parse of the project, lent to each dbt of the tests: dbt holds it against every file and reads what differs."""

import hashlib
import os
import pprint
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jinja2
import yaml

from cradle.paths import PROJECT_ROOT

FILE = "partial_parse.msgpack"
# where `make test` leaves its strict parse
CHECK = PROJECT_ROOT / "target" / "check"
CHECKSUM = re.compile(rb"(?<=profile_hash\x82\xa4name\xa6sha256\xa8checksum\xd9@)[0-9a-f]{64}")


def parse(folder: Path) -> None:
    """Parse the project into the folder, going on from the parse of `make test` where there is one."""
    before = CHECK / FILE
    done = subprocess.run(
        [sys.executable, "-m", "dbt.cli.main", "--quiet", "parse"],
        cwd=PROJECT_ROOT,
        env={
            **os.environ,
            "CRADLE_DB": str(CHECK / "cradle.duckdb"),
            "DBT_TARGET_PATH": str(folder),
            "DBT_LOG_PATH": str(folder),
            "DBT_PROFILES_DIR": str(PROJECT_ROOT),
            **({"DBT_PARTIAL_PARSE_FILE_PATH": str(before)} if before.is_file() else {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    if not (folder / FILE).exists():  # dbt writes none where nothing differs from the one it began with
        shutil.copyfile(before, folder / FILE)


def lend(parsed: Path, target: Path, database: Path | None = None) -> None:
    """Put the parse into a target folder, for dbt with this `CRADLE_DB` (None: not set). A parse there stays.

    dbt drops a parse of another connection, so the checksum of the connection is written anew; nothing that dbt reads
    while it parses depends on where the warehouse is.
    """
    if (target / FILE).exists():
        return
    content, found = CHECKSUM.subn(_of_connection(database), (parsed / FILE).read_bytes())
    assert found == 1, "dbt keeps the checksum of the connection in another form: see ManifestLoader"
    target.mkdir(parents=True, exist_ok=True)
    (target / FILE).write_bytes(content)


def _of_connection(database: Path | None) -> bytes:
    """As dbt's ManifestLoader.build_manifest_state_check makes it."""
    from dbt.adapters.duckdb.credentials import DuckDBCredentials

    profiles = jinja2.Template((PROJECT_ROOT / "profiles.yml").read_text(encoding="utf-8"))
    text = profiles.render(env_var=lambda _, default: str(database or default))
    output = yaml.safe_load(text)["cradle"]["outputs"]["dev"]
    credentials = DuckDBCredentials.from_dict({key: output[key] for key in output.keys() - {"type", "threads"}})
    connection = pprint.pformat(sorted(credentials.connection_info()))
    return hashlib.sha256(connection.encode()).hexdigest().encode()

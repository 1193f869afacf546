"""The dbt-duckdb plugin: one build at a time, landed data in the work file, and publishing by replace."""

import os
import sys
from pathlib import Path
from typing import IO, Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt.flags import get_flags

from cradle import paths
from cradle.errors import BuildError, CradleError
from ingest.lock import acquire
from ingest.power.example import land_example
from ingest.stillborn import remove_stillborn
from ingest.sync import sync

# these only look: while a build runs they look at the published warehouse instead of the work file
READERS = ("compile", "generate", "show", "list", "debug", "freshness")
BUILDERS = ("build", "run", "retry")
# a folder that stands in for that of the warehouse while `cradle study check` tries the seeds out
TRIAL_VARIABLE = "CRADLE_TRIAL_IN"


class Plugin(BasePlugin):
    """Config: `publish_to`, the file that readers open; `root`, where ingest/, release/ and seeds/ are."""

    def initialize(self, config: dict[str, Any]) -> None:
        """Read the plugin's configuration; relative paths start at the root, not at the working directory."""
        self.root = paths.PROJECT_ROOT / config.get("root", "")
        self.published = self._here(config["publish_to"])
        self.lock: IO[str] | None = None
        self.reads_published = False

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Take the build lock and resolve the path of the work file. Raises RuntimeError, which dbt shows as it is."""
        work = self._here(creds.path)
        if work == self.published:
            raise RuntimeError(str(_same_file(work)))
        work.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.lock = self.lock or acquire(self.published)
        except CradleError as error:
            if get_flags().WHICH not in READERS or not self.published.is_file():
                raise RuntimeError(str(error)) from error
            self.reads_published = True
            config["access_mode"] = "read_only"
            print(f"a build is running: reading the published {self.published}", file=sys.stderr)
        if not self.reads_published:
            remove_stillborn(work)
        creds.path = str(self.published if self.reads_published else work)

    def _here(self, path: str) -> Path:
        trial = os.environ.get(TRIAL_VARIABLE)
        return Path(trial) / Path(path).name if trial else self.root / path

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Land the bundle where nothing was pulled, copy what is new into the work file, offer cradle_publish."""
        if self.reads_published:
            return
        landing = self.published.with_name("landing.duckdb")
        try:
            # a project of other tables, which only uses the plugin, has no marts for the example
            if get_flags().WHICH in BUILDERS and self.root == paths.PROJECT_ROOT:
                land_example(landing)
            sync(conn, self.root, landing)
        except CradleError as error:
            raise RuntimeError(str(error)) from error
        conn.create_function("cradle_publish", self.publish, ["VARCHAR"], "VARCHAR", side_effects=True)

    def publish(self, step: str) -> str:
        """For macros/publish.sql. `prepare` clears and names the file to write; `replace` puts it in place."""
        fresh = Path(f"{self.published}.next")
        if step == "prepare":
            self.published.parent.mkdir(parents=True, exist_ok=True)
            for leftover in (fresh, Path(f"{fresh}.wal")):
                leftover.unlink(missing_ok=True)
            return str(fresh)
        # a program that opened the published file for writing and died leaves a .wal that fits no other file:
        # beside the new file it would make it unreadable
        stale = Path(f"{self.published}.wal")
        if stale.exists():
            print(f"removing {stale}: left by a program that had opened the warehouse for writing", file=sys.stderr)
            stale.unlink()
        os.replace(fresh, self.published)  # noqa: PTH105
        return str(self.published)


def _same_file(work: Path) -> BuildError:
    return BuildError(
        "dbt would work in the published warehouse itself",
        where="profiles.yml: path and publish_to",
        expected="two files; with the profile of this project, a CRADLE_DB that ends in .duckdb",
        got=str(work),
        todo="set CRADLE_DB to a name that ends in .duckdb",
    )

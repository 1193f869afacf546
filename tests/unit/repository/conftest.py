import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from cradle.paths import PROJECT_ROOT


class Node(NamedTuple):
    """What a properties file says of one model or seed."""

    file: Path
    kind: str
    name: str
    properties: dict[str, Any]

    @property
    def columns(self) -> list[dict[str, Any]]:
        return self.properties.get("columns") or []


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file that git tracks or would: what a fresh clone holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    files = [PROJECT_ROOT / name for name in sorted(set(listed.split("\0")) - {""})]
    return [file for file in files if file.is_file()]


@pytest.fixture(scope="session")
def nodes() -> list[Node]:
    """Every model and seed that a properties file describes."""
    found = []
    for folder in ("models", "seeds"):
        for file in sorted((PROJECT_ROOT / folder).rglob("*.yml")):
            text = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
            found += [
                Node(file, kind, entry["name"], entry) for kind in ("models", "seeds") for entry in text.get(kind) or []
            ]
    return found


@pytest.fixture(scope="session")
def models(nodes) -> list[Node]:
    return [node for node in nodes if node.kind == "models"]


@pytest.fixture(scope="session")
def model_files() -> list[Path]:
    folder = PROJECT_ROOT / "models"
    return sorted([*folder.rglob("*.sql"), *(file for file in folder.rglob("*.py") if file.stem != "__init__")])

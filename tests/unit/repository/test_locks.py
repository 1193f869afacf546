import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from cradle.paths import PROJECT_ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, str]:
    """Version by name; each entry is a name, a version and at least one hash, and nothing else stands in the file."""
    text = (PROJECT_ROOT / lock).read_text(encoding="utf-8")
    entries = re.sub(r"\s*#.*", "", text).replace("\\\n", " ").strip().splitlines()
    entry = re.compile(r"([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)(?:\s+--hash=sha256:[0-9a-f]{64})+")
    found = [entry.fullmatch(line.strip()) for line in entries if line.strip()]
    assert all(found), "an entry is not of the form name==version --hash=sha256:..."
    return {canonicalize_name(match[1]): match[2] for match in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_is_pinned_by_hash_and_pandas_stays_out(lock):
    assert "pandas" not in pins(lock)


def test_the_dev_lock_adds_to_the_runtime_lock():
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize(("lock", "extra"), [("requirements.lock", None), ("requirements-dev.lock", "dev")])
def test_the_lock_holds_what_pyproject_asks_for(lock, extra):
    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    wanted += project["project"]["optional-dependencies"].get(extra, [])
    pinned = pins(lock)
    lacking = [
        str(requirement)
        for requirement in map(Requirement, wanted)
        if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
    ]
    assert lacking == [], "run `make lock`"

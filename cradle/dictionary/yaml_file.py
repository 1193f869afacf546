"""Read YAML."""

from pathlib import Path
from typing import Any


def read_yaml(file: Path) -> Any:
    """What the file holds; None for an empty one. Raises yaml.YAMLError."""
    import yaml

    # libyaml where it is there: ten times as fast on the files of all marts
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

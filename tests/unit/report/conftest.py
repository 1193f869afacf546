"""What the tests of charts share."""

from typing import Any

import pytest

Row = dict[str, Any]


def _marks(spec: dict[str, Any], kind: str, above: list[Row] | None = None) -> list[Row]:
    values = spec["data"]["values"] if "data" in spec else above
    if "layer" in spec:
        return [row for layer in spec["layer"] for row in _marks(layer, kind, values)]
    mark = spec["mark"]
    return list(values or []) if (mark["type"] if isinstance(mark, dict) else mark) == kind else []


def _drawn(spec: dict[str, Any]) -> list[Row]:
    return spec.get("data", {}).get("values", []) + [row for layer in spec.get("layer", []) for row in _drawn(layer)]


@pytest.fixture(scope="session")
def drawn():
    """All values of a specification, whatever layer they belong to."""
    return _drawn


@pytest.fixture(scope="session")
def marks():
    """The values behind the marks of a kind (bar, text, point ...) in all layers of a specification."""
    return _marks

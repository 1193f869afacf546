"""How high a chart will be, from its specification alone."""

from collections.abc import Iterator
from typing import Any

_AXIS, _ENTRY = 58, 17  # an axis with its title, a line of a legend


def room(chart: dict[str, Any]) -> int:
    """The height in pixels that a chart takes with its axis and legend, about: nothing jumps when it is drawn."""
    columns = chart.get("config", {}).get("legend", {}).get("columns")
    legends = max((_lines(channel, columns) for channel in _channels(chart)), default=0)
    return _AXIS + _ENTRY * legends + _height(chart)


def _height(chart: dict[str, Any]) -> int:
    height = chart.get("height", 0)
    if not isinstance(height, dict):
        return int(height)
    lines = 1
    for part in [chart, *chart.get("layer", [])]:
        field = part.get("encoding", {}).get("y", {}).get("field")
        values = part.get("data", chart.get("data", {})).get("values", [])
        lines = max(lines, len({row[field] for row in values if field in row}))
    return int(height["step"] * lines)


def _channels(chart: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part in [chart, *chart.get("layer", [])]:
        yield from (part.get("encoding", {}).get(name, {}) for name in ("color", "shape", "strokeDash"))
    for part in chart.get("layer", []):
        if "layer" in part:
            yield from _channels(part)


def _lines(channel: dict[str, Any], columns: int | None) -> int:
    if "field" not in channel or channel.get("legend", {}) is None:
        return 0
    entries = len(channel.get("scale", {}).get("domain", []))
    return -(-entries // (channel.get("legend", {}).get("columns") or columns or max(1, entries)))

"""Cells of the form `default;min;max`, split into three cells of text."""

SEPARATOR = ";"
ENDS = ("_min", "_max")


def split(name: str, cell: str | None) -> dict[str, str | None]:
    """Return the default under `name` and the ends under `name` + `_min` and `_max`; a single value has no ends.

    A cell of another number of parts stays whole, so that the contract names it with its text.
    """
    parts = (cell or "").split(SEPARATOR)
    if len(parts) != 3:
        parts = [cell or "", "", ""]
    names = (name, *(f"{name}{end}" for end in ENDS))
    return {ours: part.strip() or None for ours, part in zip(names, parts, strict=True)}

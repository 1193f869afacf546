"""A cell that should hold a number, as SQL: its value and, where it is not to be taken as it stands, its fault."""

NOT_AVAILABLE = (
    "",
    "n/a",
    "[n/a]",
    "na",
    "-",
    "--",
    "null",
    "none",
    "not available",
    "[not available]",
    "[not supported]",
)
_WORDS = ", ".join(f"'{word}'" for word in NOT_AVAILABLE)


def value(cell: str) -> str:
    """Return the SQL of the number in a text cell; null where it has none or one that is not finite."""
    return f"case when isfinite(try_cast({cell} as double)) then try_cast({cell} as double) end"


def fault(cell: str, sentinels: tuple[float, ...] = ()) -> str:
    """Return the SQL of the fault of a text cell, null for a number of at least zero that is no sentinel."""
    number = f"try_cast({cell} as double)"
    known = f"when {number} in ({', '.join(map(str, sentinels))}) then 'sentinel'" if sentinels else ""
    return (
        f"case when {number} >= 0 and isfinite({number}) then null {known}"
        f" when {cell} is null or lower(trim({cell})) in ({_WORDS}) then 'not_available'"
        f" when {number} < 0 and isfinite({number}) then 'negative'"
        f" when regexp_matches(lower({cell}), 'err|lost|fail') then 'error_text' else 'not_a_number' end"
    )

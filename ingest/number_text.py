"""Numbers of forms that hold numbers and no text (a cell of a workbook, a value of JSON) as text."""

EXACT_INTEGERS = 2**53


def number_text(value: float, decimal_mark: str = ".") -> str:
    """Return the shortest text that gives `value` back: 12, 0.1, 3E-05, written with `decimal_mark`."""
    if value.is_integer() and abs(value) <= EXACT_INTEGERS:
        return str(int(value))
    return repr(value).upper().replace(".", decimal_mark)

"""The examples under the help of a command."""


def examples(*lines: str) -> str:
    """The epilog that shows these lines as they are typed, each on a line of its own."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])  # \b: keep the line breaks

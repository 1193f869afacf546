"""The errors a user of Cradle can meet. Each says what, where, expected, got, and what to do."""


class CradleError(Exception):
    """A mistake the user can mend: shown as one message, without a traceback, with exit code 2."""

    def __init__(self, what: str, *, where: str = "", expected: str = "", got: str = "", todo: str = "") -> None:
        """Keep the parts and join them to the message; an empty part is left out."""
        self.what, self.where, self.expected, self.got, self.todo = what, where, expected, got, todo
        labelled = {"where": where, "expected": expected, "got": got, "what to do": todo}
        super().__init__("\n".join([what, *(f"  {label}: {text}" for label, text in labelled.items() if text)]))

    @property
    def in_short(self) -> str:
        """What happened, in one line of a table."""
        return " ".join(f"{self.what}: {self.got}".split())[:160] if self.got else self.what


class SidecarError(CradleError):
    """A source.yml that does not follow the schema."""


class FetchError(CradleError):
    """A download that could not be completed or is not the file that was asked for."""


class UnreachableError(FetchError):
    """A package index that does not have the package or, where `is_down`, does not answer."""

    is_down = False


class ParseError(CradleError):
    """An upstream file that is not in the published form."""


class LandError(CradleError):
    """A table that could not be landed."""


class ContractError(CradleError):
    """A landed table that does not have the columns of its contract."""


class BuildError(CradleError):
    """A build that failed or could not start."""


class ExportError(CradleError):
    """An export that could not be written."""


class DiffError(CradleError):
    """Two exports that cannot be compared."""


class StudyError(CradleError):
    """Rows of a study that cannot be added, removed or read."""

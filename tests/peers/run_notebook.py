"""Execute a notebook in its own folder and write it with its outputs: `run_notebook.py NOTEBOOK OUTPUT`.

What differs from one run to the next is left out, so that only a changed number changes the file: times, versions and
where a file lies.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

SECONDS_A_CELL = 120


def main() -> None:
    """Fail with the traceback of the cell that fails."""
    notebook, output = map(Path, sys.argv[1:])
    content = nbformat.read(notebook, as_version=4)
    kept = dict(content.metadata)
    client = NotebookClient(
        content,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(notebook.parent)}},
    )
    client.execute()
    content.metadata = kept
    nbformat.validate(content)
    nbformat.write(content, output)


if __name__ == "__main__":
    main()

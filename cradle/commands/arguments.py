"""Arguments that several commands take alike."""

from typing import Annotated

import typer

from cradle import completion

Sources = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SOURCE", help="Ids of sources; all of them by default.", autocompletion=completion.source_ids
    ),
]

"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", help="Use this checkpost.toml, not the nearest one.", show_default=False),
]

StdinFilenameOption = Annotated[
    str | None,
    typer.Option(help="Name of the draft on standard input: gives its format and its settings.", show_default=False),
]

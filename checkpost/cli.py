"""The command line: arguments to the api, the report to standard output, and an exit code. No logic of its own."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def check(paths: list[Path], format: str = "json", show_matches: bool = False, config: Path | None = None) -> None:
    from checkpost import api
    from checkpost.config import load
    from checkpost.report import json_v1
    report = api.check(paths, load(config) if config else None)
    print(json_v1.render(report, show_matches=show_matches), end="")


@app.command()
def explain(word: str) -> None:
    pass


def main() -> None:
    app()

"""`checkpost init`: a first checkpost.toml."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from checkpost.cli.streams import stop


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write checkpost.toml.")] = Path(),
    *,
    name: Annotated[str | None, typer.Option("--name", help="Your organisation's name.", show_default=False)] = None,
    alias: Annotated[
        list[str] | None, typer.Option(help="A short name, school or site of it; may be repeated.", show_default=False)
    ] = None,
    domain: Annotated[
        list[str] | None, typer.Option(help="A web domain of it; may be repeated.", show_default=False)
    ] = None,
    policy: Annotated[
        list[str] | None, typer.Option(help="A shipped policy to apply; may be repeated.", show_default=False)
    ] = None,
    copy: Annotated[
        str | None, typer.Option(help="A shipped policy to copy here for editing, and apply.", show_default=False)
    ] = None,
) -> None:
    """Write a checkpost.toml for your organisation; asks for what the options leave out."""
    from checkpost.config import shipped_policies
    from checkpost.errors import CheckpostError
    from checkpost.setup import copy_policy, write

    asking = name is None and sys.stdin.isatty()
    if name is None and not asking:
        stop('give the organisation\'s name: checkpost init --name "Your School".')
    if asking:
        name = typer.prompt("What is your organisation called?")
        alias = alias or _listed(typer.prompt("Short names, schools or sites, with commas between", default=""))
        domain = domain or _listed(typer.prompt("Web domains, with commas between", default=""))
        typer.echo(f"Policies that ship: {', '.join(shipped_policies())}")
        copy = copy or typer.prompt("Copy one of them here, for you to edit? Its id, or nothing", default="") or None
        policy = policy or _listed(typer.prompt("Which apply to you, with commas between (all, if empty)", default=""))
    try:
        own = [copy_policy(folder, copy).name] if copy else []
        path = write(folder, name or "", alias or [], domain or [], [*own, *(policy or [])])
    except CheckpostError as error:
        stop(str(error))
    typer.echo(f"Wrote {path}. Drafts in this folder and below are checked by it from now on.")


def _listed(answer: str) -> list[str]:
    return [item.strip() for item in answer.split(",") if item.strip()]

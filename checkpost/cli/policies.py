"""`checkpost explain` and `checkpost policies`: what a word, a clause or a policy means, and what checks it."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpost.cli.options import ConfigOption
from checkpost.cli.streams import stop, write

if TYPE_CHECKING:
    from checkpost.policy.pack import Pack


class Table(StrEnum):
    """Formats of a table of policies."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


def explain(
    word: Annotated[
        str,
        typer.Argument(
            help="A concern (people/learner), check (email-address), policy (clt-2020) or clause (clt-2020:4.6.b).",
            metavar="WORD",
        ),
    ],
    *,
    config: ConfigOption = None,
) -> None:
    """Explain a concern, a check, a policy or one of its clauses."""
    from checkpost.errors import CheckpostError
    from checkpost.explain import explain as explained

    try:
        text = explained(word, packs(config)).text()
    except CheckpostError as error:
        stop(str(error))
    write(text, None)


def policies(
    pack: Annotated[
        str | None, typer.Argument(help="A policy: its id, or the file of a pack of your own.", show_default=False)
    ] = None,
    *,
    coverage: Annotated[bool, typer.Option("--coverage", help="Show every clause and what checks it.")] = False,
    compare: Annotated[bool, typer.Option("--compare", help="Show the policies side by side, by concern.")] = False,
    validate: Annotated[
        Path | None, typer.Option("--check", help="Only say whether this pack file is sound.", show_default=False)
    ] = None,
    output_format: Annotated[Table, typer.Option("--format", help="How to show it.")] = Table.TERMINAL,
    config: ConfigOption = None,
) -> None:
    """List the policies and their dates, or show one: every clause, and what checks it."""
    from checkpost import coverage as covering
    from checkpost.errors import CheckpostError
    from checkpost.policy.load import load, load_all
    from checkpost.report import policies as tables

    form = tables.TableFormat(output_format)
    try:
        if validate:
            sound = load(validate)
            write(f"{validate} is sound: {sound.title}, {len(sound.clauses)} clauses.\n", None)
            return
        found = load_all((pack,), None) if pack else packs(config)
        if compare:
            text = tables.comparison(covering.compare(found), form)
        elif pack and coverage:
            text = tables.coverage(covering.coverage(found[0]), form)
        elif pack:
            from checkpost.explain import explain as explained

            text = explained(found[0].id, found).text()
        else:
            text = tables.packs(found, date.today(), form)  # noqa: DTZ011  (the day where the reader is)
    except CheckpostError as error:
        stop(str(error))
    write(text, None)


def packs(config: Path | None) -> "tuple[Pack, ...]":
    """The policies in force and, after them, the others that ship."""
    from checkpost.config import find, load
    from checkpost.policy.load import load_all

    settings = load(config or find(None))
    in_force = load_all(settings.policies, settings.path)
    return tuple({pack.id: pack for pack in (*in_force, *load_all((), None))}.values())

"""The command line: arguments to the api, the report to standard output, an exit code. No logic of its own.

Whatever a command needs is imported when the command runs, so that `--help` and completion stay quick.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from checkpost import __version__
from checkpost.cli.check import check
from checkpost.cli.fix import fix
from checkpost.cli.init import init
from checkpost.cli.lsp import lsp
from checkpost.cli.policies import explain, policies
from checkpost.cli.signoff import approve, baseline
from checkpost.cli.streams import Exit
from checkpost.garbage import collect_seldom

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # a traceback would print the draft's text
    help="Check a draft social-media post against your policies before you publish it. Nothing leaves this computer.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (check, fix, explain, policies, init, approve, baseline, lsp):
    app.command()(command)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"checkpost {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _version_flag: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Check a draft social-media post against your policies before you publish it. Nothing leaves this computer."""


def _without_options(arguments: Sequence[str]) -> Callable[[], None] | None:
    """What is asked most, where no option is given with it."""
    if not all(argument and argument[0] != "-" for argument in arguments):
        return None
    match arguments:
        case ["check", *paths]:
            return lambda: check([Path(path) for path in paths])
        case ["explain", word]:
            return lambda: explain(word)
    return None


def _program(arguments: Sequence[str]) -> typer.Typer:
    """The program to run: of all commands or, without options, of the one.

    For every option that there might be, typer imports pydantic and makes a reader: a tenth of a cold check.
    """
    run = _without_options(arguments)
    if not run:
        return app
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(add_help_option=False)(run)
    return alone


def main() -> None:
    """Run the program. `checkpost draft.md` is `checkpost check draft.md`."""
    collect_seldom()
    arguments = sys.argv[1:]
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    completing = any(name.endswith("_COMPLETE") and name.startswith("_") for name in os.environ)
    first = arguments[0] if arguments else ""
    known = commands | {"--help", "-h", "--version", "-V", "--install-completion", "--show-completion"}
    piped = not first and not sys.stdin.isatty()
    if not completing and (piped or (first and first not in known)):
        arguments = ["check", *arguments]
    program = app if completing else _program(arguments)
    try:
        program(args=arguments if program is app else [], prog_name="checkpost")
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)

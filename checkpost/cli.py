"""The command line: arguments to the api, the report to standard output, an exit code. No logic of its own.

Whatever a command needs is imported when the command runs, so that `--help` and completion stay quick.
"""

import os
import shutil
import sys
from datetime import date
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from checkpost import __version__

if TYPE_CHECKING:
    from checkpost.config import Config
    from checkpost.model import Report
    from checkpost.policy.pack import Pack


class Exit(IntEnum):
    """Exit codes. 2 beats 1: what was not checked may be worse than what was found."""

    CLEAR = 0
    FOUND = 1
    NOT_CHECKED = 2
    INTERRUPTED = 130


class Format(StrEnum):
    """Formats of the report."""

    TERMINAL = "terminal"
    JSON = "json"


class Table(StrEnum):
    """Formats of a table of policies."""

    TERMINAL = "terminal"
    MARKDOWN = "markdown"
    JSON = "json"


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Level(StrEnum):
    """Severities, gravest first."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"


class Sureness(StrEnum):
    """Confidences, surest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # a traceback would print the draft's text
    help="Check a draft social-media post against your policies before you publish it. Nothing leaves this computer.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
_Config = Annotated[
    Path | None,
    typer.Option("--config", help="Use this checkpost.toml, not the nearest one.", show_default=False),
]


def _version(value: bool) -> None:
    if value:
        typer.echo(f"checkpost {__version__}, no name model")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _version_flag: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Check a draft social-media post against your policies before you publish it. Nothing leaves this computer."""


@app.command()
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Drafts (.md, .txt, .json, .jsonl) or folders of them; - is standard input.", show_default=False
        ),
    ] = None,
    *,
    output_format: Annotated[Format, typer.Option("--format", help="How to show the report.")] = Format.TERMINAL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report to this file.", show_default=False)
    ] = None,
    config: _Config = None,
    fail_on: Annotated[
        Level | None, typer.Option(help="Exit with 1 from this severity on.  [default: review]", show_default=False)
    ] = None,
    min_severity: Annotated[
        Level | None, typer.Option(help="Leave lesser findings out of the report.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        Sureness | None, typer.Option(help="Leave less certain findings out of the report.", show_default=False)
    ] = None,
    show_matches: Annotated[
        bool, typer.Option("--show-matches", help="Show the words found in full where they would be masked.")
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            help="Name of the draft on standard input: gives its format and its settings.", show_default=False
        ),
    ] = None,
    color: Annotated[Colour, typer.Option("--color", help="Use colour.")] = Colour.AUTO,
) -> None:
    """Check drafts, and say: post it, get approval first, or do not post.

    Exit code 0: all was checked and nothing found; 1: something was found; 2: something could not be checked.
    """
    from checkpost import api  # noqa: PLC0415
    from checkpost.errors import CheckpostError  # noqa: PLC0415

    places = paths or []
    if not places and sys.stdin.isatty():
        _stop('name a draft, such as "checkpost check draft.md", or pipe one in: "checkpost check -".')
    stdin = not places or Path("-") in places
    if stdin and len(places) > 1:
        _stop('"-" (standard input) goes alone: check the files in another run.')
    start = Path(stdin_filename) if stdin and stdin_filename else None if stdin else places[0]
    try:
        settings = _settings(config, start, fail_on, min_severity, min_confidence)
        if stdin:
            report = api.check_stdin(sys.stdin.buffer.read(), stdin_filename, settings)
        else:
            report = api.check(places, settings)
    except CheckpostError as error:
        _stop(str(error))
    _write(_render(report, output_format, output, color, show_matches=show_matches), output)
    _tell(report, settings, output_format)
    if not report.complete:
        raise typer.Exit(Exit.NOT_CHECKED)
    if report.reaches(settings.fail_on):
        raise typer.Exit(Exit.FOUND)


@app.command()
def explain(
    word: Annotated[
        str,
        typer.Argument(
            help="A concern (people/learner), check (email-address), policy (clt-2020) or clause (clt-2020:4.6.b).",
            metavar="WORD",
        ),
    ],
    *,
    config: _Config = None,
) -> None:
    """Explain a concern, a check, a policy or one of its clauses."""
    from checkpost.errors import CheckpostError  # noqa: PLC0415
    from checkpost.explain import explain as explained  # noqa: PLC0415

    try:
        text = explained(word, _packs(config)).text()
    except CheckpostError as error:
        _stop(str(error))
    _write(text, None)


@app.command()
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
    config: _Config = None,
) -> None:
    """List the policies and their dates, or show one: every clause, and what checks it."""
    from checkpost import coverage as covering  # noqa: PLC0415
    from checkpost.errors import CheckpostError  # noqa: PLC0415
    from checkpost.policy.load import load, load_all  # noqa: PLC0415
    from checkpost.report import policies as tables  # noqa: PLC0415

    form = tables.TableFormat(output_format)
    try:
        if validate:
            sound = load(validate)
            _write(f"{validate} is sound: {sound.title}, {len(sound.clauses)} clauses.\n", None)
            return
        found = load_all((pack,), None) if pack else _packs(config)
        if compare:
            text = tables.comparison(covering.compare(found), form)
        elif pack and coverage:
            text = tables.coverage(covering.coverage(found[0]), form)
        elif pack:
            from checkpost.explain import explain as explained  # noqa: PLC0415

            text = explained(found[0].id, found).text()
        else:
            text = tables.packs(found, date.today(), form)  # noqa: DTZ011  (the day where the reader is)
    except CheckpostError as error:
        _stop(str(error))
    _write(text, None)


@app.command()
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
) -> None:
    """Write a checkpost.toml for your organisation; asks for what the options leave out."""
    from checkpost.config import shipped_policies  # noqa: PLC0415
    from checkpost.errors import CheckpostError  # noqa: PLC0415
    from checkpost.setup import write  # noqa: PLC0415

    asking = name is None and sys.stdin.isatty()
    if name is None and not asking:
        _stop('give the organisation\'s name: checkpost init --name "Your School".')
    if asking:
        name = typer.prompt("What is your organisation called?")
        alias = alias or _listed(typer.prompt("Short names, schools or sites, with commas between", default=""))
        domain = domain or _listed(typer.prompt("Web domains, with commas between", default=""))
        typer.echo(f"Policies that ship: {', '.join(shipped_policies())}")
        policy = policy or _listed(typer.prompt("Which apply to you, with commas between (all, if empty)", default=""))
    try:
        path = write(folder, name or "", alias or [], domain or [], policy or [])
    except CheckpostError as error:
        _stop(str(error))
    typer.echo(f"Wrote {path}. Drafts in this folder and below are checked by it from now on.")


def _packs(config: Path | None) -> "tuple[Pack, ...]":
    """The policies in force and, after them, the others that ship."""
    from checkpost.config import find, load  # noqa: PLC0415
    from checkpost.policy.load import load_all  # noqa: PLC0415

    settings = load(config or find(None))
    in_force = load_all(settings.policies, settings.path)
    return tuple({pack.id: pack for pack in (*in_force, *load_all((), None))}.values())


def _listed(answer: str) -> list[str]:
    return [item.strip() for item in answer.split(",") if item.strip()]


def _settings(
    config: Path | None, start: Path | None, fail_on: Level | None, severity: Level | None, sureness: Sureness | None
) -> "Config":
    from dataclasses import replace  # noqa: PLC0415

    from checkpost.config import find, load  # noqa: PLC0415
    from checkpost.model import Confidence, Severity  # noqa: PLC0415

    settings = load(config or find(start))
    return replace(
        settings,
        fail_on=Severity(fail_on) if fail_on else settings.fail_on,
        min_severity=Severity(severity) if severity else settings.min_severity,
        min_confidence=Confidence(sureness) if sureness else settings.min_confidence,
    )


def _render(report: "Report", output_format: Format, output: Path | None, color: Colour, *, show_matches: bool) -> str:
    to_terminal = output is None and sys.stdout.isatty()
    if output_format is Format.JSON:
        from checkpost.report import json_v1  # noqa: PLC0415

        return json_v1.render(report, show_matches=show_matches)
    from checkpost.report import terminal  # noqa: PLC0415

    look = terminal.Look(
        colour=_wants_colour(color, to_terminal=to_terminal),
        ascii=output is None and not _can_print("│✖▲●•…·×", sys.stdout.encoding),
        show_matches=show_matches or to_terminal,
        width=min(shutil.get_terminal_size((100, 24)).columns, 120) if to_terminal else 100,
    )
    return terminal.render(report, look)


def _wants_colour(choice: Colour, *, to_terminal: bool) -> bool:
    """`--color` over NO_COLOR over FORCE_COLOR over TERM=dumb over whether a terminal reads it."""
    if choice is not Colour.AUTO:
        return choice is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


def _can_print(signs: str, encoding: str | None) -> bool:
    try:
        signs.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _write(text: str, output: Path | None) -> None:
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            _stop(f"{output} cannot be written ({error.strerror}).")
        return
    # A legacy code page must not end the run half-way: what it has no sign for is escaped.
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    sys.stdout.flush()


def _tell(report: "Report", settings: "Config", output_format: Format) -> None:
    """Notes for the person, on standard error."""
    if not report.posts:
        _say("no draft was found there. Drafts end in .md, .txt, .json or .jsonl.")
    if output_format is not Format.TERMINAL:
        for post in report.posts:
            for item in post.not_checked:
                _say(f"{post.post.name}: not checked: {item.what}: {item.why}")
    if settings.path is None:
        _say(
            "no checkpost.toml was found, so the five policies that ship are in force, and your organisation's people "
            'and names are not known. Run "checkpost init" to set up your own.'
        )


def _say(message: str) -> None:
    from checkpost.report.terminal import visible  # noqa: PLC0415

    typer.echo(f"checkpost: {visible(message)}", err=True)


def _stop(message: str) -> NoReturn:
    _say(message)
    raise typer.Exit(Exit.NOT_CHECKED)


def main() -> None:
    """Run the program. `checkpost draft.md` is `checkpost check draft.md`."""
    arguments = sys.argv[1:]
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    completing = any(name.endswith("_COMPLETE") and name.startswith("_") for name in os.environ)
    first = arguments[0] if arguments else ""
    known = commands | {"--help", "-h", "--version", "-V", "--install-completion", "--show-completion"}
    piped = not first and not sys.stdin.isatty()
    if not completing and (piped or (first and first not in known)):
        arguments = ["check", *arguments]
    try:
        app(args=arguments, prog_name="checkpost")
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)

"""`checkpost check`: drafts in, report and exit code out."""

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpost.cli.options import ConfigOption, StdinFilenameOption
from checkpost.cli.streams import Colour, Exit, can_print, progress, say, say_not_checked, stop, wants_colour, write
from checkpost.report.formats import Format, render
from checkpost.report.look import ColumnUnit

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkpost.config import Config
    from checkpost.model import Report
    from checkpost.report.look import Look


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


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Drafts (.md, .txt, .docx, .html, .eml, .csv, .xlsx, .json, .jsonl), pictures, or folders of them; "
            "- is standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    output_format: Annotated[
        Format, typer.Option("--format", metavar="FORMAT", help=f"How to show the report: {', '.join(Format)}.")
    ] = Format.TERMINAL,
    concise: Annotated[bool, typer.Option("--concise", help="A line a finding: short for --format concise.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Plain sentences, for screen readers: short for --format plain.")
    ] = False,
    column_unit: Annotated[
        ColumnUnit, typer.Option(help="What a column counts, in the formats line, concise and github.")
    ] = ColumnUnit.CHARS,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report to this file.", show_default=False)
    ] = None,
    config: ConfigOption = None,
    fail_on: Annotated[
        Level | None, typer.Option(help="Exit with 1 from this severity on.  [default: review]", show_default=False)
    ] = None,
    min_severity: Annotated[
        Level | None, typer.Option(help="Leave lesser findings out of the report.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        Sureness | None, typer.Option(help="Leave less certain findings out of the report.", show_default=False)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help='Leave out what "checkpost baseline" set aside.', show_default=False)
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Of a folder, check only files like this (*.csv); may be repeated.", show_default=False),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="Of a folder, leave out files or folders like this; may be repeated.", show_default=False),
    ] = None,
    csv_map: Annotated[
        list[str] | None,
        typer.Option(help="Which columns of a table hold what: text=Caption,alt=Alt.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to use.  [default: one per core, for large folders]", show_default=False),
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a draft changes.")] = False,
    show_matches: Annotated[
        bool, typer.Option("--show-matches", help="Show the words found in full where they would be masked.")
    ] = False,
    stdin_filename: StdinFilenameOption = None,
    color: Annotated[Colour, typer.Option("--color", help="Use colour.")] = Colour.AUTO,
) -> None:
    """Check drafts, and say: post it, get approval first, or do not post.

    Exit code 0: all was checked and nothing found; 1: something was found; 2: something could not be checked.
    """
    from dataclasses import replace

    from checkpost import api
    from checkpost.errors import CheckpostError

    output_format = _chosen(output_format, concise=concise, plain=plain)
    places = paths or []
    if not places and sys.stdin.isatty():
        stop('name a draft, such as "checkpost check draft.md", or pipe one in: "checkpost check -".')
    stdin = not places or Path("-") in places
    if stdin and len(places) > 1:
        stop('"-" (standard input) goes alone: check the files in another run.')
    start = Path(stdin_filename) if stdin and stdin_filename else None if stdin else places[0]

    look = _look(output_format, output, color, column_unit, show_matches=show_matches)

    def configured() -> "Config":
        settings = _settings(config, start, fail_on, min_severity, min_confidence)
        if baseline:
            settings = replace(settings, baseline=baseline.resolve())
        return _chosen_drafts(settings, include or (), exclude or (), csv_map or ())

    try:
        if watch and not stdin:
            _watch(places, configured, output_format, look)
        settings = configured()
        if stdin:
            report = api.check_stdin(sys.stdin.buffer.read(), stdin_filename, settings)
        else:
            with progress() as told:
                report = api.check(places, settings, jobs, told)
    except CheckpostError as error:
        stop(str(error))
    write(render(report, output_format, look), output)
    _tell(report, settings, output_format)
    raise typer.Exit(_exit_code(report, settings))


def _exit_code(report: "Report", settings: "Config") -> Exit:
    if report.interrupted:
        return Exit.INTERRUPTED
    if not report.complete:
        return Exit.NOT_CHECKED
    return Exit.FOUND if report.reaches(settings.fail_on) else Exit.CLEAR


def _watch(places: list[Path], settings: "Callable[[], Config]", output_format: Format, look: "Look") -> None:
    """Report, and report anew at every change of a draft, a picture or the configuration, until interrupted."""
    from watchfiles import watch

    from checkpost import api
    from checkpost.errors import CheckpostError

    def tell() -> None:
        if sys.stdout.isatty():
            write("\x1b[2J\x1b[H", None)  # clears the screen
        try:
            now = settings()
            report = api.check(places, now)
        except CheckpostError as error:
            say(str(error))
        else:
            write(render(report, output_format, look), None)
            _tell(report, now, output_format)
            if report.interrupted:
                raise KeyboardInterrupt
        say("watching for changes. Ctrl-C ends it.")

    configured = settings()
    files = (configured.path, *configured.files)
    tell()
    for _ in watch(*places, *{path.parent for path in files if path}, raise_interrupt=True):
        tell()


def _settings(
    config: Path | None, start: Path | None, fail_on: Level | None, severity: Level | None, sureness: Sureness | None
) -> "Config":
    from dataclasses import replace

    from checkpost.config import find, load
    from checkpost.model import Confidence, Severity

    settings = load(config or find(start))
    return replace(
        settings,
        fail_on=Severity(fail_on) if fail_on else settings.fail_on,
        min_severity=Severity(severity) if severity else settings.min_severity,
        min_confidence=Confidence(sureness) if sureness else settings.min_confidence,
    )


def _chosen_drafts(
    settings: "Config", include: Sequence[str], exclude: Sequence[str], csv_map: Sequence[str]
) -> "Config":
    """The settings with what the options say of which drafts to read, and how."""
    if not (include or exclude or csv_map):
        return settings
    from dataclasses import replace

    from checkpost.drafts.columns import parse_map

    return replace(settings, include=tuple(include), exclude=tuple(exclude), columns=parse_map(csv_map))


def _chosen(output_format: Format, *, concise: bool, plain: bool) -> Format:
    """The format asked for, by its name or by its short option."""
    asked = [f for f, wanted in ((Format.CONCISE, concise), (Format.PLAIN, plain)) if wanted]
    if output_format is not Format.TERMINAL:
        asked.append(output_format)
    if len(set(asked)) > 1:
        stop(f"choose one of {' and '.join(f'--format {name}' for name in asked)}.")
    return asked[0] if asked else Format.TERMINAL


def _look(output_format: Format, output: Path | None, color: Colour, unit: ColumnUnit, *, show_matches: bool) -> "Look":
    """How to draw it: colour, plain ASCII and unmasked words are for a terminal that somebody reads."""
    from checkpost.report.look import Look

    to_terminal = output is None and sys.stdout.isatty()
    return Look(
        colour=wants_colour(color, to_terminal=to_terminal),
        ascii=output is None and not can_print("│✖▲●•…·×", sys.stdout.encoding),
        show_matches=show_matches or (to_terminal and output_format.is_for_terminals),
        width=min(shutil.get_terminal_size((100, 24)).columns, 120) if to_terminal else 100,
        column_unit=unit,
    )


def _tell(report: "Report", settings: "Config", output_format: Format) -> None:
    """Notes for the person, on standard error."""
    if not report.posts:
        from checkpost.drafts.formats import kinds

        say(f"no draft was found there. Drafts end in {kinds()}; pictures are checked too.")
    if not output_format.is_for_terminals:
        for post in report.posts:
            say_not_checked(post)
    if settings.path is None:
        say(
            "no checkpost.toml was found, so the five policies that ship are in force, and your organisation's people "
            'and names are not known. Run "checkpost init" to set up your own.'
        )

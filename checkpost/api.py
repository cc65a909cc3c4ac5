"""The one door for the command line, editors and Python programs.

>>> from checkpost import check_text
>>> report = check_text("Ring Amelia's mum on 07700 900123")  # doctest: +SKIP
>>> report.posts[0].verdict.words  # doctest: +SKIP
'Do not post'
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from checkpost import approval, batch
from checkpost.baseline import Baseline
from checkpost.baseline import write as write_baseline
from checkpost.config import Config, find, load
from checkpost.drafts import exiftool, folder, formats
from checkpost.drafts.ignored import Choice
from checkpost.engine import Engine
from checkpost.errors import InputError
from checkpost.model import Confidence, Markup, Part, Post, PostReport, Report, Severity, Verdict

__all__ = [
    "Checker",
    "Signed",
    "approve",
    "check",
    "check_posts",
    "check_stdin",
    "check_text",
    "make_baseline",
    "posts_of",
]


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of a request to approve a draft: the posts approved, those unfit for it, and the record's place."""

    approved: tuple[PostReport, ...]
    unfit: tuple[PostReport, ...]
    record: Path | None


def check(
    paths: Sequence[Path | str],
    config: Config | None = None,
    jobs: int | None = 1,
    progress: batch.Progress | None = None,
) -> Report:
    """Check drafts: files and folders of them, each as its format says.

    Args:
        paths: Files or folders. What cannot be read is in the report, as a post that was not checked.
        config: The configuration; if None, the nearest `checkpost.toml` upward from the first path.
        jobs: How many processes check; None is as many as there are cores, if there are posts enough. See `batch`.
        progress: Called with the number of posts checked so far.

    Raises:
        CheckpostError: The configuration, or a pack, roster or term list that it names, has a fault.
    """
    places = [Path(path) for path in paths]
    if config is None:
        config = load(find(places[0] if places else None))
    posts = (post for place in places for post in posts_of(place, config))
    return batch.check(_asked(posts, config), Engine.of(config), jobs, progress)


def check_stdin(data: bytes, filename: str | None, config: Config) -> Report:
    """Check what came on standard input; `filename` gives its format and the name to show.

    Raises:
        CheckpostError: The configuration, or what it names, has a fault.
    """
    return check_posts(formats.read_stdin(data, filename, config.columns), config)


def check_text(text: str, config: Config | None = None) -> Report:
    """Check one post given as text, light Markdown included.

    Raises:
        CheckpostError: The configuration, or what it names, has a fault.
    """
    post = Post("text", "text", (Part("text", text, markup=Markup.MARKDOWN),))
    return check_posts([post], load(find(None)) if config is None else config)


def check_posts(posts: Iterable[Post], config: Config) -> Report:
    """Check posts that were read or made elsewhere.

    Raises:
        CheckpostError: The configuration, or what it names, has a fault.
    """
    return Engine.of(config).check(_asked(posts, config))


def _asked(posts: Iterable[Post], config: Config) -> Iterable[Post]:
    """The posts with what exiftool says of their pictures, where the configuration asks for it."""
    return map(exiftool.joined, posts) if config.exiftool else posts


def posts_of(place: Path, config: Config | None = None) -> Iterator[Post]:
    """The posts of a file, or of all drafts in a folder but for those that the configuration leaves out.

    A picture that no draft of the folder names is a post of its own.

    Raises:
        InputError: A pattern of the configuration's cannot be understood.
    """
    settings = config or Config()
    if not place.is_dir():
        yield from formats.read_file(place, columns=settings.columns)
        return
    found = folder.find(place, Choice(settings.include, settings.exclude, frozenset(settings.files)))
    named: set[Path] = set()
    for path in found.drafts:
        for post in formats.read_file(path, columns=settings.columns):
            named.update(image.path.resolve() for image in post.images if image.path)
            yield post
    for path in found.pictures:
        if path.resolve() not in named:
            yield from formats.read_file(path)
    yield from found.faults


@dataclass(frozen=True)
class Checker:
    """A configuration kept loaded, for programs that check the same drafts again and again: editors."""

    config: Config
    _engine: Engine
    _as_of: tuple[tuple[Path, int], ...]

    @classmethod
    def of(cls, path: Path | None) -> "Checker":
        """Load a configuration, or the defaults for None.

        Raises:
            CheckpostError: It, or what it names, has a fault.
        """
        config = load(path)
        return cls(config, Engine.of(config), _as_of(config))

    def is_stale(self) -> bool:
        """Whether a file of the configuration has changed since it was loaded."""
        return _as_of(self.config) != self._as_of

    def check_source(self, source: str, path: Path) -> Report:
        """Check the text of a draft as if it stood in a file: its ending says the format."""
        read = formats.read_stdin(source.encode(), str(path), self.config.columns)
        return self._engine.check(_asked(read, self.config))


def _as_of(config: Config) -> tuple[tuple[Path, int], ...]:
    packs = [config.path.parent / name for name in config.policies if name.endswith(".toml")] if config.path else []
    files = [path for path in (config.path, *config.files, *packs) if path]
    return tuple((path, path.stat().st_mtime_ns if path.exists() else 0) for path in files)


def approve(draft: Path, config: Config, *, by: str, note: str = "", post: str | None = None) -> Signed:
    """Record that somebody approved a draft as it stands.

    Posts that were not checked whole, or hold what a policy forbids, are not approved.

    Args:
        draft: A file.
        config: The configuration.
        by: Who approves.
        note: Why.
        post: The id of the post, where the file holds several and one is meant.

    Raises:
        CheckpostError: The configuration has a fault, or there is no such post.
        OSError: The record cannot be written.
    """
    engine = Engine.of(replace(config, min_severity=Severity.ADVISE, min_confidence=Confidence.LOW))
    read = _asked(formats.read_file(draft, columns=config.columns), config)
    chosen = [each for each in read if post in (None, each.name)]
    if not chosen:
        raise InputError(f'{draft}: no post in it has the id "{post}".')
    reports = [engine.check_post(each, approvals=False) for each in chosen]
    unfit = tuple(report for report in reports if report.not_checked or report.verdict is Verdict.BLOCK)
    fit = tuple(report for report in reports if report not in unfit)
    today = engine.knowledge.today
    record = approval.write(draft, [approval.approve(r, engine.packs, by, note, today) for r in fit]) if fit else None
    return Signed(fit, unfit, record)


def make_baseline(paths: Sequence[Path], config: Config, place: Path) -> tuple[Baseline, Report]:
    """Write the findings of some drafts to a baseline, so that later checks report what is new.

    Raises:
        CheckpostError: The configuration has a fault.
        OSError: The baseline cannot be written.
    """
    settings = replace(config, baseline=None, min_severity=Severity.ADVISE, min_confidence=Confidence.LOW)
    report = check_posts((post for path in paths for post in posts_of(path, settings)), settings)
    made = Baseline.of(report.posts, place.parent, date.today())  # noqa: DTZ011  (the day where the user is)
    write_baseline(made, place)
    return made, report

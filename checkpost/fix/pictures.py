"""Writes copies of pictures without what they give away, checks each copy by reading it, and tells what went."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checkpost.drafts import folder, formats
from checkpost.drafts.ignored import Choice
from checkpost.drafts.pictures import is_picture
from checkpost.engine import Engine
from checkpost.errors import InputError
from checkpost.fix import files
from checkpost.image import strip
from checkpost.image.read import read
from checkpost.image.strip_fields import NAMES
from checkpost.model import Image, Part, PartKind, Post

_GROUPS = (
    ("location", r"GPS|Locat|City|State|Country|Province|Landmark|Address|Altitude|Destination"),
    ("people", r"Person|People|Region|Face|Baby|ModelRelease|ModelAge"),
    ("serial numbers", r"Serial|UniqueID|UniqueI|DocumentID|InstanceID|CameraID|BodyID"),
    ("owner", r"Owner|XPAuthor|HostComputer|Photographer|Writer|Contact|CreatorTool"),
    ("camera or phone", r"^(?:Make|Model|Lens\w*|Software|Device\w*|UniqueCameraModel|CameraModelName)$"),
    ("dates", r"Date|Time"),
    (
        "captions and keywords",
        r"Caption|Descri|Keyword|Subject|Title|Headline|Comment|Label|Tags|Instruct|ObjectName|AltText|Event",
    ),
    ("behind the picture", r"^DataBehindPicture$"),
)
_OTHER = "other fields"
_NEUTRAL = "picture"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one picture.

    `copy` is the file written, None where nothing was. `removed` are kinds of fields, in words, `kept` names of fields;
    `fault` says why it could not be cleaned, `names_somebody` that the copy's own name seems to name a person.
    """

    source: Path
    copy: Path | None = None
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    fault: str | None = None
    names_somebody: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Where copies go: into a folder, beside the pictures, or in their place; and whether under neutral names."""

    output_dir: Path | None = None
    in_place: bool = False
    rename: bool = False


def pictures_of(places: Iterable[Path]) -> Iterator[Path]:
    """The pictures named, those in folders named, and those of drafts named, each once.

    Raises:
        InputError: A folder cannot be listed, or a file is neither a picture nor a draft.
    """
    seen: set[Path] = set()
    for place in places:
        for path in _pictures_at(place):
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path


def _pictures_at(place: Path) -> Iterator[Path]:
    if place.is_dir():
        found = folder.find(place, Choice())
        for fault in found.faults:
            raise InputError(f"{fault.source}: {fault.not_checked[0].why}")
        yield from found.pictures
    elif is_picture(place) or place.suffix.casefold() not in formats.READERS:
        yield place
    else:
        for post in formats.read_file(place):
            yield from (image.path for image in post.images if image.path)


def clean(path: Path, choices: Choices, names_somebody: Callable[[str], bool]) -> Cleaned:
    """Write a cleaned copy of a picture, or put it in the picture's place.

    Args:
        path: The picture.
        choices: Where to write.
        names_somebody: Tells whether a file's name names a person.
    """
    try:
        data = _bytes_of(path)
        cleaned = strip.clean(data)
        removed = _removed(path, data, cleaned)
        if choices.in_place:
            if cleaned != data:
                files.write_with_backup(path, cleaned, _check)
            copy: Path | None = path
        elif cleaned == data and not choices.output_dir:
            copy = None
        else:
            copy = _free_name(path, choices, cleaned, neutral=choices.rename and names_somebody(path.name))
            files.write(copy, cleaned, _check)
    except InputError as error:
        return Cleaned(path, fault=str(error))
    except Exception as error:  # noqa: BLE001  (a hostile file must cost no more than its own cleaning)
        return Cleaned(path, fault=f"this failed ({type(error).__name__}). Please report it as a defect.")
    kept = tuple(name for name in read(copy or path).metadata if name in NAMES)
    return Cleaned(path, copy, removed, kept, names_somebody=copy is not None and names_somebody(copy.name))


def names_somebody(engine: Engine, name: str) -> bool:
    """Whether the checks see a person's name in the name of a picture's file."""
    parts = (Part("text", ""), Part("images[0].file", name, PartKind.FILE))
    report = engine.check_post(Post(name, name, parts, (Image(file=name),)))
    named = (finding for finding in report.findings if finding.part == "images[0].file")
    return any(finding.concern.startswith("people/") or finding.concern == "image/person-named" for finding in named)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > strip.MAX_BYTES:
            raise InputError(f"it is larger than {strip.MAX_BYTES // 1024 // 1024} MB, and cannot be cleaned here.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"it cannot be opened ({error.strerror}).") from error


def _check(path: Path) -> None:
    """See that a cleaned file reads whole, and holds nothing but what stays.

    Raises:
        InputError: It does not.
    """
    picture = read(path)
    left = strip.left(picture.metadata)
    if left:
        raise InputError(f"it could not be cleaned: {', '.join(left[:5])} would stay.")
    if picture.faults:
        raise InputError(f"the cleaned copy could not be checked: {picture.faults[0]}")


def _removed(path: Path, before: bytes, after: bytes) -> tuple[str, ...]:
    """The kinds of what goes, in words."""
    fields = [name for name in read(path).metadata if name not in NAMES]
    found = [next((kind for kind, shape in _GROUPS if re.search(shape, name)), _OTHER) for name in fields]
    found.extend(sorted(strip.hidden(before) - strip.hidden(after)))
    order = [*(kind for kind, _ in _GROUPS), _OTHER, *found]
    kinds = sorted(dict.fromkeys(found), key=order.index)
    return tuple(kinds) or (("technical data",) if before != after else ())


def _free_name(path: Path, choices: Choices, cleaned: bytes, *, neutral: bool) -> Path:
    """A name for the copy that no other file has, unless that file is this very copy."""
    base = choices.output_dir or path.parent
    stem = _NEUTRAL if neutral else path.stem if choices.output_dir else f"{path.stem}-clean"
    number = 1
    while True:
        name = base / f"{stem}{f'-{number}' if number > 1 else ''}{path.suffix}"
        if not name.exists() or (name.resolve() != path.resolve() and name.read_bytes() == cleaned):
            return name
        number += 1

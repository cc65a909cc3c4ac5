"""From a picture's name to what is known of it: what its file embeds, and what exiftool wrote down of it before.

A picture is named in front matter, in JSON, by a link in the draft's text, or given by itself. Nothing is fetched:
a picture on the web, or on another computer, is reported as not checked.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from checkpost.errors import InputError
from checkpost.model import Markup, NotChecked, Part, SourceSpan
from checkpost.text.parse import parse

SUFFIXES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .webp .gif .tif .tiff .heic .heif .hif .avif .jxl .mov .mp4 .m4v .qt .3gp".split()
)
_FACES = ("Face", None)  # types of a region (Metadata Working Group, Guidelines 2.0, section 5.9)
_MAX_JSON = 16 * 1024 * 1024
_MAX_LINKED = 100
_IMG = re.compile(r"<img\b[^<>]{1,2000}>", re.IGNORECASE)
_BY_REFERENCE = re.compile(r"!\[([^\[\]\n]{0,500})\](?:\[([^\[\]\n]{0,200})\])?(?![\[(])")
_REFERENCE = re.compile(r"^ {0,3}\[([^\[\]\n]{1,200})\]:[ \t]*(\S{1,2000})", re.MULTILINE)
_WIKI = re.compile(r"!\[\[([^\[\]|\n]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\]")  # as Obsidian embeds a picture
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]{2,20}:|//|\\\\", re.IGNORECASE)
# Where the file lies on this computer, what exiftool says of itself or works out from the rest: not in the picture.
_LOCAL_GROUPS = ("ExifTool", "System", "File", "ICC", "Composite")
_COMMENT = "File:Comment"  # the one of them that stands in the picture
_LOCAL = frozenset("SourceFile Directory FileName ExifToolVersion FilePermissions FileModifyDate".split())


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of one picture: its file, if there is one, its metadata, and what could not be checked."""

    path: Path | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    faults: tuple[NotChecked, ...] = ()


def is_picture(path: Path) -> bool:
    """Whether a file is a picture or a clip: by its name or, where that says nothing, by its first bytes."""
    if path.suffix or not path.is_file():  # a pipe would be waited for
        return path.suffix.casefold() in SUFFIXES
    from checkpost.image.containers import is_known  # noqa: PLC0415  (as below)

    try:
        with path.open("rb") as file:
            return is_known(file.read(16))
    except OSError:
        return False


def look_up(file: str | None, metadata: object, folder: Path | None) -> Found:
    """All that is known of a picture.

    Args:
        file: Its name, as the draft gives it.
        metadata: What the draft declares: fields and values, or the name of a file that exiftool wrote with -json.
        folder: Where the draft lies; None reads no file.
    """
    path, fault = _path_of(file, folder)
    faults = [fault] if fault else []
    declared: Mapping[str, object] = {}
    try:
        declared = _declared(metadata, file, folder) or _beside(path)
    except InputError as error:
        faults.append(NotChecked("metadata", str(error)))
    faults.extend(warnings_of(declared))
    declared = people_only(without_groups(declared))
    if path is None:
        return Found(None, declared, tuple(faults))
    from checkpost.image.read import read  # noqa: PLC0415  (most drafts have no picture)

    try:
        if not path.is_file():
            missing = f'there is no picture "{file}" beside the draft, so what it embeds was not read.'
            return Found(None, declared, (*faults, *([] if declared else [NotChecked("file", missing)])))
        picture = read(path)
    except (InputError, OSError, ValueError) as error:
        return Found(path, declared, (*faults, NotChecked("file", f"the picture could not be read: {error}")))
    faults.extend(NotChecked("file", fault) for fault in picture.faults)
    return Found(path, {**declared, **people_only(picture.metadata)}, tuple(faults))


def _path_of(file: str | None, folder: Path | None) -> tuple[Path | None, NotChecked | None]:
    """Where a named picture should lie, or why it cannot be read."""
    if not file or folder is None:
        return None, None
    if file.casefold().startswith("file:"):
        from urllib.request import url2pathname  # noqa: PLC0415  (it brings all that the web takes)

        file = url2pathname(urlsplit(file).path)
    if file.casefold().startswith("data:"):
        return None, NotChecked("file", "the picture is written into the draft itself: save it as a file beside it.")
    if _ELSEWHERE.match(file):
        why = "it is on the web, and nothing is fetched: save the picture beside the draft."
        return None, NotChecked("file", why)
    return folder / file, None


def _declared(metadata: object, file: str | None, folder: Path | None) -> Mapping[str, object]:
    if not metadata:
        return {}
    if isinstance(metadata, dict):
        return {str(key): value for key, value in metadata.items()}
    if not isinstance(metadata, str):
        raise InputError("must be fields and values, or the name of a file that exiftool -json wrote.")
    if folder is None or _ELSEWHERE.match(metadata) or not (folder / metadata).is_file():
        raise InputError(f'there is no file "{metadata}" beside the draft.')
    if (folder / metadata).stat().st_size > _MAX_JSON:
        raise InputError(f'"{metadata}" is larger than {_MAX_JSON // 1024 // 1024} MB.')
    items = exiftool_items((folder / metadata).read_bytes())
    if items is None:
        raise InputError(f'"{metadata}" is not what exiftool -json writes.')
    named = [item for item in items if name_of(item) == Path(file or "").name]
    return (named or items)[0] if items else {}


def _beside(path: Path | None) -> Mapping[str, object]:
    """What exiftool wrote about a picture into a file beside it: photo.jpg.json or photo.json."""
    if path is None:
        return {}
    for place in (path.with_name(f"{path.name}.json"), path.with_suffix(".json")):
        items = exiftool_items(place.read_bytes()) if place.is_file() and place.stat().st_size < _MAX_JSON else None
        for item in items or ():
            if name_of(item) == path.name:
                return item
    return {}


def exiftool_items(data: bytes) -> list[Mapping[str, object]] | None:
    """The pictures of a file that `exiftool -json` wrote; None for any other file."""
    try:
        items = json.loads(data.decode("utf-8-sig", "replace"))  # exiftool passes broken text on as it is
    except (ValueError, RecursionError):
        return None
    if not isinstance(items, list) or not items:
        return None
    return items if all(isinstance(item, dict) and isinstance(item.get("SourceFile"), str) for item in items) else None


def name_of(item: Mapping[str, object]) -> str:
    """The name of the picture that exiftool describes, without its folder."""
    return str(item.get("SourceFile")).replace("\\", "/").rpartition("/")[2]


def without_groups(metadata: Mapping[str, object]) -> Mapping[str, object]:
    """Fields without exiftool's group names (`IFD0:Artist`), and without those that tell of this computer only."""
    found: dict[str, object] = {}
    is_from_exiftool = "SourceFile" in metadata
    for key, value in metadata.items():
        group, _, name = key.rpartition(":")
        is_local = group.startswith(_LOCAL_GROUPS) and key != _COMMENT
        if is_local or (is_from_exiftool and name in _LOCAL):
            continue
        if name not in found:
            found[name] = value
        elif found[name] != value:  # one name in several groups
            found[name] = [*_listed(found[name]), *_listed(value)]
    return found


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def people_only(metadata: Mapping[str, object]) -> Mapping[str, object]:
    """Metadata in which only regions with a face have a `Name`: a region may also mark the focus, a code or a pet.

    Both ways of writing regions are known: structures (exiftool -struct), and parallel lists without it.
    """
    found = dict(metadata)
    regions = found.get("RegionInfo")
    if isinstance(regions, dict) and isinstance(regions.get("RegionList"), list):
        found["RegionInfo"] = {**regions, "RegionList": [_region(item) for item in regions["RegionList"]]}
    names, kinds = _listed(found.get("RegionName")), _listed(found.get("RegionType"))
    if "RegionName" in found and len(names) == len(kinds):
        faces = [name for name, kind in zip(names, kinds, strict=True) if kind in _FACES]
        found["RegionName"] = faces
    return found


def _region(item: object) -> object:
    if not isinstance(item, dict) or item.get("Type") in _FACES:
        return item
    return {("Label" if name == "Name" else name): value for name, value in item.items()}


def warnings_of(metadata: Mapping[str, object]) -> Iterator[NotChecked]:
    """What exiftool could not read: a fault here as well."""
    for key in ("Error", "ExifTool:Error", "Warning", "ExifTool:Warning"):
        said = metadata.get(key)
        if "SourceFile" in metadata and isinstance(said, str) and not said.casefold().startswith("[minor]"):
            yield NotChecked("metadata", f"exiftool could not read all of it ({said}).")


def linked(body: Part) -> Iterator[Mapping[str, str]]:
    """The pictures that a draft's text links to, as Markdown or as `<img>`: `file` and `alt` of each."""
    if body.markup is Markup.PLAIN or ("![" not in body.source and "<" not in body.source):
        return
    code = parse(body.source, body.markup).code
    found = {at: pair for at, *pair in _links(body) if not any(span.start <= at < span.end for span in code)}
    for _, (file, alt) in sorted(found.items())[:_MAX_LINKED]:
        if file:
            yield {"file": file, "alt": alt}


def _links(body: Part) -> Iterator[tuple[int, str, str]]:
    """Where a picture is linked, its file, and the text that stands for it."""
    source = body.source
    for link in parse(source, body.markup).links:
        if link.is_image:
            yield link.target.start, _unescaped(_of(source, link.target)), _of(source, link.label)
    targets = {match[1].casefold(): _unescaped(match[2]) for match in _REFERENCE.finditer(source)}
    for match in _BY_REFERENCE.finditer(source) if targets else ():
        target = targets.get((match[2] or match[1]).casefold())
        if target:
            yield match.start(), target, match[1]
    for match in _WIKI.finditer(source):
        if Path(match[1].strip()).suffix.casefold() in SUFFIXES:
            yield match.start(), match[1].strip(), match[2] or ""
    for match in _IMG.finditer(source):
        attributes = _Attributes(match[0])
        yield match.start(), unquote(attributes.get("src")), attributes.get("alt")


def _of(source: str, span: SourceSpan) -> str:
    return source[span.start : span.end]


def _unescaped(target: str) -> str:
    return unquote(target.removeprefix("<").removesuffix(">"))


class _Attributes(HTMLParser):
    """The attributes of one tag."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self._found: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._found = {name: value or "" for name, value in attrs}

    handle_startendtag = handle_starttag

    def get(self, name: str) -> str:
        return self._found.get(name, "")

"""Drafts that are one text: plain, Markdown or HTML, with or without front matter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checkpost.drafts import beside, front_matter, pictures
from checkpost.drafts.fields import Declared
from checkpost.drafts.origin import Origin
from checkpost.errors import InputError
from checkpost.model import Markup, Medium, Part, Post


@dataclass(frozen=True, slots=True)
class Written:
    """A draft's text and what else of it is in words; `notes` say how it was read."""

    text: str
    markup: Markup = Markup.PLAIN
    medium: Medium = Medium.FILE
    others: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()


def plain(text: str, origin: Origin, notes: tuple[str, ...]) -> Iterator[Post]:
    """A draft in plain text."""
    yield draft(Written(text, notes=notes), origin)


def markdown(text: str, origin: Origin, notes: tuple[str, ...]) -> Iterator[Post]:
    """A draft in Markdown."""
    yield draft(Written(text, Markup.MARKDOWN, notes=notes), origin)


def hypertext(text: str, origin: Origin, notes: tuple[str, ...]) -> Iterator[Post]:
    """A page, or a part of one."""
    yield draft(Written(text, Markup.HTML, notes=notes), origin)


def draft(written: Written, origin: Origin, images: Sequence[Mapping[str, Any]] = ()) -> Post:
    """The post of a text and its front matter, with the pictures that its file holds.

    Raises:
        InputError: The front matter has a fault.
    """
    data, body, first_line = front_matter.split(written.text)
    if "text" in data:
        raise InputError('the front matter has a key "text": write the post below the closing --- instead.')
    part = Part("text", body, markup=written.markup, first_line=first_line, medium=written.medium)
    declared = Declared({**data, **_pictures(data, part, origin, images)}, origin.folder)
    return declared.post(origin, part, written.notes, written.others)


def _pictures(data: Mapping[str, Any], body: Part, origin: Origin, held: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The pictures that are declared and, with them, those that the file holds or that lie beside it, each once."""
    declared = data.get("images") or []
    listed = [declared] if isinstance(declared, (str, dict)) else declared
    if not isinstance(listed, list):
        return {}
    listed = [*listed, *held]
    if origin.path is None:
        return {"images": listed} if held else {}
    known = {item.get("file") if isinstance(item, dict) else item for item in (*listed, *pictures.linked(body))}
    names = {str(file).replace("\\", "/").rpartition("/")[2] for file in known if file}
    found = [name for name in beside.pictures(origin.path, body.source) if name not in names]
    return {"images": [*listed, *found]} if held or found else {}

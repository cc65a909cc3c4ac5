"""From declared keys and values (JSON, front matter) to a Post. The keys are the same in both.

What is wrong with one key costs that key only, and is reported as not checked: the rest of the draft still is.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from checkpost.drafts import pictures
from checkpost.drafts.origin import Origin
from checkpost.errors import InputError, nearest
from checkpost.model import PLATFORM_ALIASES, Author, Context, Image, Markup, NotChecked, Part, PartKind, Person, Post
from checkpost.text.normalise import normalise

_POST_KEYS = frozenset(
    {
        "id",
        "text",
        "account",
        "author",
        "platform",
        "posted_at",
        "in_reply_to",
        "profile_disclaimer",
        "approved_by",
        "images",
    }
)
_IMAGE_KEYS = frozenset({"file", "alt", "caption", "people", "metadata"})
_PERSON_KEYS = frozenset({"name", "role", "consent", "channels", "until"})
_AUTHOR_KEYS = frozenset({"name", "role"})
_ACCOUNTS = {
    "personal": "personal",
    "private": "personal",
    "organisation": "organisation",
    "organization": "organisation",
    "school": "organisation",
}
_CONSENT = {
    "granted": "granted",
    "yes": "granted",
    "true": "granted",
    "none": "none",
    "no": "none",
    "false": "none",
    "expired": "expired",
}
_ROLES = ("learner", "staff", "family", "other")
_CAPTIONS = frozenset(
    "Description ImageDescription Caption-Abstract Caption Headline Title ObjectName UserComment Comment XPTitle "
    "XPComment XPSubject AltTextAccessibility ExtDescrAccessibility LongDescription Information ImageTitle".split()
)
_MAX_FIELDS = 2000  # per picture: far more than a camera writes, few enough for a hostile file


class Declared:
    """Reads the keys of one draft, gathering what is wrong with them."""

    def __init__(self, data: Mapping[str, Any], folder: Path | None) -> None:
        self._data = data
        self._folder = folder
        self.faults: list[NotChecked] = []

    def post(
        self, origin: Origin, body: Part, notes: tuple[str, ...] = (), others: tuple[Part, ...] = (), name: str = ""
    ) -> Post:
        """The post, with what the declared keys say of it; `others` are what it has in words beside its text."""
        self._only(self._data, _POST_KEYS, "")
        images = tuple(self._images(body))
        parts = (body, *others, *(part for index, image in enumerate(images) for part in image_parts(index, image)))
        if not images and not any(normalise(part.source)[0].strip() for part in (body, *others)):
            self.faults.append(NotChecked("the draft", "it is empty: there is nothing to check."))
        return Post(
            name=str(self._data.get("id") or name or origin.source),
            source=origin.source,
            parts=parts,
            images=images,
            context=self._context(),
            path=origin.path,
            notes=notes,
            not_checked=tuple(self.faults),
        )

    def _fault(self, what: str, why: str) -> None:
        self.faults.append(NotChecked(what, why))

    def _only(self, data: Mapping[str, Any], known: frozenset[str], where: str) -> None:
        for key in data:
            if key not in known:
                self._fault(
                    f"{where}{key}", f'unknown key "{key}", so what it holds was not checked.{nearest(str(key), known)}'
                )

    def _text(self, data: Mapping[str, Any], key: str, where: str = "") -> str | None:
        value = data.get(key)
        if value is None or isinstance(value, str):
            return value or None
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        self._fault(f"{where}{key}", "must be text.")
        return None

    def _context(self) -> Context:
        data = self._data
        author = data.get("author")
        if isinstance(author, str):
            author = {"name": author}
        if author is not None and not isinstance(author, dict):
            self._fault("author", "must hold a name and a role.")
            author = None
        author = author or {}
        self._only(author, _AUTHOR_KEYS, "author.")
        platform = self._text(data, "platform")
        platform = platform.casefold() if platform else None
        return Context(
            account=self._choice("account", _ACCOUNTS),
            author=Author(self._text(author, "name", "author."), self._text(author, "role", "author.")),
            platform=PLATFORM_ALIASES.get(platform, platform) if platform else None,
            posted_at=self._moment(data.get("posted_at"), "posted_at"),
            in_reply_to=self._text(data, "in_reply_to"),
            profile_disclaimer=self._disclaimer(),
            approved_by=self._text(data, "approved_by"),
        )

    def _choice(self, key: str, choices: Mapping[str, str]) -> str | None:
        value = self._text(self._data, key)
        if value is None:
            return None
        if value.casefold() not in choices:
            words = " or ".join(dict.fromkeys(choices.values()))
            self._fault(key, f'"{value}" is not known: write {words}.{nearest(value.casefold(), choices)}')
            return None
        return choices[value.casefold()]

    def _disclaimer(self) -> bool | str | None:
        value = self._data.get("profile_disclaimer")
        if value is None or isinstance(value, (bool, str)):
            return value
        self._fault("profile_disclaimer", "must be true, false, or the profile's wording.")
        return None

    def _moment(self, value: object, key: str) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (local time, as the draft says)
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self._fault(key, f'"{value}" is not a date and time; write 2026-05-14T10:30.')
            return None

    def _images(self, body: Part) -> Iterator[Image]:
        images = self._data.get("images") or []
        if isinstance(images, (str, dict)):
            images = [images]
        if not isinstance(images, list):
            self._fault("images", "must be a list of pictures.")
            return
        for index, item in enumerate(_with_linked(images, body)):
            where = f"images[{index}]"
            if isinstance(item, dict):
                yield self._image(item, where)
            else:
                self._fault(where, "must be a file's name, or keys such as file, alt and people.")

    def _image(self, data: Mapping[str, Any], where: str) -> Image:
        self._only(data, _IMAGE_KEYS, f"{where}.")
        file = self._text(data, "file", f"{where}.")
        found = pictures.look_up(file, data.get("metadata"), self._folder)
        for fault in found.faults:
            self._fault(f"{where}.{fault.what}", fault.why)
        return Image(
            file=file,
            alt=self._text(data, "alt", f"{where}."),
            caption=self._text(data, "caption", f"{where}."),
            people=tuple(self._people(data.get("people"), where)),
            metadata=found.metadata,
            path=found.path,
        )

    def _people(self, people: object, where: str) -> Iterator[Person]:
        if people is None:
            return
        if not isinstance(people, list):
            self._fault(f"{where}.people", "must be a list of people.")
            return
        for number, item in enumerate(people):
            at = f"{where}.people[{number}]"
            person = {"name": item} if isinstance(item, str) else item
            if not isinstance(person, dict):
                self._fault(at, "must be a name, or keys such as name, role and consent.")
                continue
            self._only(person, _PERSON_KEYS, f"{at}.")
            yield self._person(person, at)

    def _person(self, person: Mapping[str, Any], at: str) -> Person:
        role = self._text(person, "role", f"{at}.")
        if role is not None and role.casefold() not in _ROLES:
            self._fault(f"{at}.role", f'"{role}" is none of {", ".join(_ROLES)}.{nearest(role.casefold(), _ROLES)}')
            role = None
        consent = person.get("consent")
        known = None if consent is None else _CONSENT.get(str(consent).casefold())
        if consent is not None and known is None:
            self._fault(f"{at}.consent", f'"{consent}" is none of granted, none, expired.')
        channels = person.get("channels") or ()
        until = self._moment(person.get("until"), f"{at}.until")
        return Person(
            name=self._text(person, "name", f"{at}."),
            role=role.casefold() if role else None,
            consent=known,
            channels=(channels,)
            if isinstance(channels, str)
            else tuple(str(channel).casefold() for channel in channels),
            until=until.date() if until else None,
        )


def _with_linked(declared: list[Any], body: Part) -> list[Any]:
    """The pictures that a draft declares, and those that its text links to; one that is both is one."""
    images = [{"file": item} if isinstance(item, str) else item for item in declared]
    for link in pictures.linked(body):
        same = next(
            (at for at, item in enumerate(images) if isinstance(item, dict) and item.get("file") == link["file"]), None
        )
        if same is None:
            images.append(link)
        elif not images[same].get("alt"):
            images[same] = {**images[same], "alt": link["alt"]}
    return images


def image_parts(index: int, image: Image) -> Iterator[Part]:
    """Every text of a picture as a part: alt text, caption, file name, each metadata field.

    Captions that the file embeds are captions: every check reads them that reads what a post says.
    """
    for kind, source in ((PartKind.ALT, image.alt), (PartKind.CAPTION, image.caption)):
        if source:
            yield Part(f"images[{index}].{kind}", source, kind)
    if image.file:
        yield Part(f"images[{index}].file", image.file.replace("\\", "/").rpartition("/")[2], PartKind.FILE)
    fields = [(path, text) for key, value in image.metadata.items() for path, text in _leaves(key, value)]
    for path, text in fields[:_MAX_FIELDS]:
        is_caption = path.partition("[")[0] in _CAPTIONS and text.upper() != text  # not OLYMPUS DIGITAL CAMERA
        yield Part(f"images[{index}].metadata.{path}", text, PartKind.CAPTION if is_caption else PartKind.METADATA)


def _leaves(path: str, value: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > 8 or value is None or value == "":
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}", inner, depth + 1)
    elif isinstance(value, (list, tuple)):
        for at, inner in enumerate(value):
            yield from _leaves(f"{path}[{at}]", inner, depth + 1)
    elif isinstance(value, (datetime, date, timedelta)):
        yield path, value.isoformat() if not isinstance(value, timedelta) else str(value)
    else:
        yield path, str(value)


def record(data: object, name: str, source: str, folder: Path | None, path: Path | None = None) -> Post:
    """A post from one JSON object; `folder` is where its pictures are, `path` the file that it stands in.

    Raises:
        InputError: It is no object, or has no text.
    """
    if not isinstance(data, dict):
        raise InputError(
            f"a post must be a JSON object, such as {json.dumps({'id': '1', 'text': '…'}, ensure_ascii=False)}."
        )
    text = data.get("text")
    if text is None and not data.get("images"):
        raise InputError(
            f'the post has no "text".{nearest("text", [str(key) for key in data if key not in _POST_KEYS])}'
        )
    if text is not None and not isinstance(text, str):
        raise InputError('"text" must be text.')
    body = Part("text", text or "", markup=Markup.MARKDOWN)
    return Declared(data, folder).post(Origin(source, path), body, name=name)

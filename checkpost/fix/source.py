"""Where the parts of a draft stand in its file, and how each is written there."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from checkpost.drafts.decode import Encoding, encoding_of
from checkpost.errors import InputError
from checkpost.model import Post

TEXTS = (".txt", ".md", ".markdown")
JSON = ".json"
JSON_LINES = (".jsonl", ".ndjson")
KINDS = (*TEXTS, JSON, *JSON_LINES)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_PLAIN_YAML = re.compile(r"[^\W\d_](?:[\w ’'.!?;/()£-]*[\w.!?)])?")

_Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the file that holds one part's text, and the way to write another text there."""

    start: int
    end: int
    write: Callable[[str], str]


@dataclass(frozen=True)
class Source:
    """A file's text, how it is encoded, and the slots of its posts: one mapping a post, by the names of parts."""

    text: str
    encoding: Encoding
    slots: tuple[Mapping[str, Slot], ...]

    @classmethod
    def of(cls, data: bytes, posts: Sequence[Post], suffix: str) -> "Source":
        """Find the slots of a file.

        Raises:
            InputError: It cannot be changed without loss.
        """
        encoding = encoding_of(data)
        text = encoding.decode(data)
        if suffix.casefold() not in KINDS:
            raise InputError(f"drafts of this kind cannot be changed here ({', '.join(KINDS)} can).")
        if encoding.bom + text.encode(encoding.codec, "replace") != data:
            raise InputError("some of its bytes mean nothing in Windows-1252: save it as UTF-8 and try again.")
        return cls(text, encoding, tuple(_slots(text, posts, suffix.casefold())))

    def written(self, changes: Sequence[tuple[Slot, str]]) -> bytes:
        """The file's bytes with new texts in some slots.

        Raises:
            InputError: The file's encoding cannot hold one of them.
        """
        pieces, at = [], 0
        for slot, value in sorted(changes, key=lambda change: change[0].start):
            pieces += [self.text[at : slot.start], slot.write(value)]
            at = slot.end
        try:
            return self.encoding.encode("".join([*pieces, self.text[at:]]))
        except UnicodeEncodeError as error:
            sign = error.object[error.start]
            raise InputError(f"its encoding has no sign for {sign}: save it as UTF-8 and try again.") from error


def _slots(text: str, posts: Sequence[Post], suffix: str) -> Iterator[Mapping[str, Slot]]:
    if suffix in TEXTS:
        for post in posts:
            yield _text_slots(text, post)
    elif suffix == JSON:
        strings = dict(_strings(text))
        many = text.lstrip().startswith("[")
        for number in range(len(posts)):
            yield _json_slots(strings, (number,) if many else ())
    else:
        lines = [match for match in re.finditer(r"[^\n]+", text) if match[0].strip()]
        for post, line in zip(posts, lines, strict=True):
            found = dict(_strings(line[0])) if post.parts else {}  # a line that is no JSON has no parts
            yield _json_slots({path: _moved(slot, line.start()) for path, slot in found.items()}, ())


def _text_slots(text: str, post: Post) -> Mapping[str, Slot]:
    """The body, and the texts that the front matter declares of pictures."""
    body = next((part.source for part in post.parts if part.name == "text"), None)
    if body is None or not text.endswith(body):
        return {}
    start = len(text) - len(body)
    return {"text": Slot(start, len(text), str), **_image_slots(dict(_scalars(text[:start])), ())}


def _json_slots(strings: Mapping[_Path, Slot], at: _Path) -> Mapping[str, Slot]:
    found = _image_slots(strings, at)
    return {**found, "text": strings[*at, "text"]} if (*at, "text") in strings else found


def _image_slots(strings: Mapping[_Path, Slot], at: _Path) -> dict[str, Slot]:
    """Alternative texts and captions: of a list of pictures, or of the one that stands there by itself."""
    found: dict[str, Slot] = {}
    for path, slot in strings.items():
        match path[: len(at)] == at and path[len(at) :]:
            case ("images", int(index), ("alt" | "caption") as key):
                found[f"images[{index}].{key}"] = slot
            case ("images", ("alt" | "caption") as key):
                found[f"images[0].{key}"] = slot
    return found


def _strings(text: str) -> Iterator[tuple[_Path, Slot]]:
    """The texts of a sound JSON document, with their paths."""
    path: list[str | int] = []
    is_key: list[bool] = []  # a level each: whether an object's next string is a key
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            path.append("" if sign == "{" else 0)
            is_key.append(sign == "{")
        elif sign in "}]":
            path.pop()
            is_key.pop()
        elif sign == "," and path:
            if isinstance(path[-1], int):
                path[-1] += 1
            else:
                is_key[-1] = True
        elif sign == ":":
            is_key[-1] = False
        elif sign[0] == '"' and path and is_key[-1]:
            path[-1] = json.loads(sign)
        elif sign[0] == '"':
            write = _ascii_json if sign.isascii() else _json
            yield tuple(path), Slot(*token.span(), write)


def _json(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ascii_json(value: str) -> str:
    return json.dumps(value)


def _moved(slot: Slot, by: int) -> Slot:
    return Slot(slot.start + by, slot.end + by, slot.write)


def _scalars(head: str) -> Iterator[tuple[_Path, Slot]]:
    """The texts of a front matter, with their paths."""
    root = next(yaml.compose_all(head, Loader=yaml.SafeLoader), None) if head else None
    waiting: list[tuple[_Path, yaml.Node | None]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            waiting.extend(((*path, str(key.value)), value) for key, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(((*path, number), value) for number, value in enumerate(node.value))
        elif isinstance(node, yaml.ScalarNode):
            start, end = node.start_mark.index, node.end_mark.index
            yield path, Slot(start, end, _yaml_plain if node.style is None else _yaml_block(head[start:end]))


def _yaml_plain(value: str) -> str:
    """A text without quotes where YAML reads it as the same text, or else in double ones, as JSON has them."""
    return value if _PLAIN_YAML.fullmatch(value) and yaml.safe_load(value) == value else _json(value)


def _yaml_block(written: str) -> Callable[[str], str]:
    """A quoted text, or a block: the line end that closes a block stays."""
    ending = written[len(written.rstrip("\r\n")) :]
    return lambda value: _json(value) + ending


def suffix_of(filename: str | None) -> str:
    """The ending that tells a draft's format; text where there is none."""
    return (Path(filename).suffix.casefold() if filename else "") or TEXTS[0]

"""The project's own examples: how they are written, and what they teach.

    # topic: sports day
    +abuse +heated | absolute f***wits at {o:Harrow Vale} FC, cant even organise a sports day
    ~abuse | Year 8 were wicked today, {Aisha Warsame} most of all
    - | Gates open at 9.30.

`+` a label that the line carries, `~` one that it almost carries; `{…}` a person, `{o:…}` an organisation, `{l:…}` a
place.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkpost.encoder.labels import LABELS

_SLOT = re.compile(r"\{(?:([ol]):)?([^{}]*)\}")
_KINDS = {None: "PERSON", "o": "ORG", "l": "LOCATION"}
_SILENT = 0.8  # what counts for less: labels that the writer did not mention
_DEVELOPMENT = 15  # per cent of the topics


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an example: plain text, or a name of some kind."""

    text: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text, what it carries and what is known of it.

    `carries` maps a label to 1.0 or 0.0; `weight` how much that counts in the loss: a label without weight is unknown.
    `tagged` says whether its names are marked. `topic` is what is held out as a whole.
    """

    pieces: tuple[Piece, ...]
    carries: Mapping[str, float] = field(default_factory=dict)
    weight: Mapping[str, float] = field(default_factory=dict)
    tagged: bool = True
    topic: str = ""
    near: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text as its reader sees it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def names(self) -> Iterator[tuple[int, int, str]]:
        """Start, end and kind of every name."""
        at = 0
        for piece in self.pieces:
            if piece.kind:
                yield at, at + len(piece.text), piece.kind
            at += len(piece.text)

    @property
    def is_held_out(self) -> bool:
        """Whether its topic is one of those kept for development."""
        return is_held_out(self.topic)


def is_held_out(key: str, per_cent: int = _DEVELOPMENT) -> bool:
    """A choice that never changes: by the hash of the key."""
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 100 < per_cent


def read(path: Path) -> Iterator[Example]:
    """The examples of a file.

    Raises:
        ValueError: A line is none; the message names file and line.
    """
    topic = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("# topic:"):
            topic = line.removeprefix("# topic:").strip()
        elif line.strip() and not line.startswith("# "):
            try:
                yield _example(line, topic)
            except (KeyError, ValueError) as error:
                raise ValueError(f"{path}:{number}: {error}") from error


def _example(line: str, topic: str) -> Example:
    head, sep, text = line.partition(" | ")
    if not sep or not topic:
        raise ValueError("neither a topic nor an example")
    signs = [(tag[0], tag[1:]) for tag in head.split() if tag != "-"]
    for sign, label in signs:
        if sign not in "+~" or label not in LABELS:
            raise ValueError(f"no such label: {sign}{label}")
    carried = {label for sign, label in signs if sign == "+"}
    near = frozenset(label for sign, label in signs if sign == "~") - carried
    return Example(
        pieces=tuple(_pieces(text.replace(" ⏎ ", "\n"))),
        carries={label: float(label in carried) for label in LABELS},
        weight={label: 1.0 if label in carried | near else _SILENT for label in LABELS},
        topic=topic,
        near=near,
    )


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for slot in _SLOT.finditer(text):
        if slot.start() > at:
            yield Piece(text[at : slot.start()])
        yield Piece(slot[2], _KINDS[slot[1]])
        at = slot.end()
    if at < len(text):
        yield Piece(text[at:])

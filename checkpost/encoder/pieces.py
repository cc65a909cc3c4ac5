"""Turns words into the numbers that the network reads: word pieces, and the shape of the word that each belongs to."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from checkpost.encoder.words import Word, words

START, END = 101, 102  # BERT's marks for the start and the end of a text
_LONGEST_WORD = 12  # pieces: a keyboard smash says nothing more after that


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text as word pieces, without the marks for start and end.

    `ids` and `shapes` have one entry a piece; `owners` the index into `words` of the word that the piece belongs to.
    """

    words: tuple[Word, ...]
    ids: tuple[int, ...]
    shapes: tuple[int, ...]
    owners: tuple[int, ...]


class Cutter:
    """The vocabulary of the base model, loaded."""

    def __init__(self, path: Path) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads would not survive a fork
        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of every text."""
        found = [tuple(words(text)) for text in texts]
        cut = self._tokenizer.encode_batch(
            [[word.form for word in each] for each in found], is_pretokenized=True, add_special_tokens=False
        )
        return [_pieces(each, encoding.ids, encoding.word_ids) for each, encoding in zip(found, cut, strict=True)]


def _pieces(found: tuple[Word, ...], ids: Sequence[int], word_ids: Sequence[int | None]) -> Pieces:
    owners = [-1 if owner is None else owner for owner in word_ids]
    kept: list[int] = []
    last, count = -1, 0
    for at, owner in enumerate(owners):
        count = count + 1 if owner == last else 1
        last = owner
        if count <= _LONGEST_WORD:
            kept.append(at)
    return Pieces(
        words=found,
        ids=tuple(ids[at] for at in kept),
        shapes=tuple(int(found[owners[at]].shape) for at in kept),
        owners=tuple(owners[at] for at in kept),
    )

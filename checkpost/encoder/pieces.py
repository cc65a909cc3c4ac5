"""Turns words into the numbers that the network reads: word pieces, and the shape of the word that each belongs to."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from checkpost.encoder.words import Word, words

START, END = 101, 102  # BERT's marks for the start and the end of a text
_LONGEST_WORD = 12  # pieces: a keyboard smash says nothing more after that
_MOST_WORDS = 16384  # whose pieces are remembered


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
        self._ids = lru_cache(maxsize=_MOST_WORDS)(self._ids_of)

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The pieces of every text."""
        return [self._cut(tuple(words(text))) for text in texts]

    def _cut(self, found: tuple[Word, ...]) -> Pieces:
        ids: list[int] = []
        shapes: list[int] = []
        owners: list[int] = []
        for owner, word in enumerate(found):
            pieces = self._ids(word.form)
            ids += pieces
            shapes += [int(word.shape)] * len(pieces)
            owners += [owner] * len(pieces)
        return Pieces(found, tuple(ids), tuple(shapes), tuple(owners))

    def _ids_of(self, form: str) -> Sequence[int]:
        """The pieces of one word, which are the same whatever stands beside it."""
        encoding = self._tokenizer.encode(form, add_special_tokens=False)
        return tuple(encoding.ids[:_LONGEST_WORD])

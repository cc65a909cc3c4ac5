"""Lists of an organisation's own terms: how they are read, how people shorten them, and where they stand in a text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from checkpost import lexicon
from checkpost.data import read_text, read_toml
from checkpost.errors import DataError
from checkpost.text.words import Word

LEGAL_FORMS = frozenset({"ltd", "limited", "plc", "llp", "cic", "inc"})
_SAINT = {"st": "saint", "saint": "st"}
_SCHOOL = frozenset(
    "primary infant junior secondary high upper grammar community academy school college catholic c of e sixth form "
    "centre university hospital trust group nursery".split()
)


def read_terms(path: Path | None) -> tuple[str, ...]:
    """A term list: a term a line with `#` comments, or TOML with `terms = [...]` or `[[term]]` tables with notes.

    Raises:
        DataError: The file cannot be read, or is TOML without terms.
    """
    if path is None:
        return ()
    if path.suffix == ".toml":
        data = read_toml(path)
        terms = [*data.get("terms", []), *(table.get("term") for table in data.get("term", []))]
        if not terms or not all(isinstance(term, str) for term in terms):
            raise DataError(path, 'has no terms: write terms = ["…"], or [[term]] tables with term = "…".')
        return tuple(terms)
    lines = read_text(path).split("\n")
    return tuple(term for line in lines if (term := line.partition("#")[0].strip()))


def term_words(term: str) -> tuple[str, ...]:
    """The folded words of a term, without apostrophes: `St Anne's` is `st`, `annes`."""
    return tuple(word.replace("'", "") for word in lexicon.term_keys(term))


def firm_forms(term: str) -> Iterator[tuple[str, ...]]:
    """What an organisation is called in short: without its legal form, or its kind of school if that leaves a name."""
    words = term_words(term)
    forms = [words]
    while words[-1:] and words[-1] in LEGAL_FORMS:
        words = words[:-1]
        forms.append(words)
    if "&" in term and len(words) > 1:
        forms.append((*words[:-1], "and", words[-1]))
    while len(words) > 2 and words[-1] in _SCHOOL:
        words = words[:-1]
        forms.append(words)
    for form in filter(None, forms):
        yield form
        if form[0] in _SAINT:
            yield (_SAINT[form[0]], *form[1:])


TermIndex = Mapping[str, Sequence[tuple[str, ...]]]  # terms in words, by their first


def by_first(terms: Iterable[tuple[str, ...]]) -> TermIndex:
    """Index some terms."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        if term:
            found.setdefault(term[0], []).append(term)
    return found


def longest(words: Sequence[Word], terms: TermIndex) -> dict[int, int]:
    """Where any of some terms stands: index of first word → index after the last, the longest at each place."""
    found: dict[int, int] = {}
    begun = [(start, form) for start, word in enumerate(words) for form in _forms(word.keys) if form in terms]
    for start, first in begun:
        for term in terms[first]:
            after = start + len(term)
            if after > found.get(start, 0) and after <= len(words) and _reads(words[start:after], term):
                found[start] = after
    return found


def _reads(words: Sequence[Word], term: Sequence[str]) -> bool:
    return all(part in _forms(word.keys) for word, part in zip(words, term, strict=True))


@lru_cache(maxsize=65536)
def _forms(keys: tuple[str, ...]) -> frozenset[str]:
    """What a word with some keys is compared by."""
    return frozenset(key.replace("'", "") for key in keys)

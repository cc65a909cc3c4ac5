"""Lists of names, each read when a rule first asks for it.

First names, surnames, short forms, people in the public eye. A name that is also an ordinary word (`Will`, `Rose`,
`Field`) is known as such: alone it is no evidence of a person.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from checkpost.data import read_toml, root
from checkpost.text.words import fold, fold_plain

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir"})
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WIDESPREAD = frozenset({"english", "short", "welsh", "scottish-irish"})
_WORD_GROUPS = frozenset({"word-names", "word-surnames"})


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """The form in which words of names are compared: folded, without apostrophes (`O’Neill`, `ONeill`).

    >>> name_key("O’Neill")
    'oneill'
    """
    return fold(text).replace("'", "").replace("’", "").replace(".", "")


def name_words(name: str) -> tuple[str, ...]:
    """The comparable words of a name.

    >>> name_words("Siobhán O’Neill-Smith")
    ('siobhan', 'oneill', 'smith')
    """
    if name.isascii() and name.isalpha():
        return (fold_plain(name),)
    return tuple(name_key(word) for word in _NAME_WORD.findall(name))


def is_given(word: str) -> bool:
    """Whether a folded word is a first name met in British schools."""
    return word in _terms("given")


def is_plain_given(word: str) -> bool:
    """Whether a folded word is a first name, and no ordinary word too."""
    return word in _terms("given") and word not in _words("given")


def is_surname(word: str) -> bool:
    """Whether a folded word is a surname met in British schools."""
    return word in _terms("surnames")


def is_figure(word: str) -> bool:
    """Whether a folded name alone is that of somebody in the public eye."""
    return (word,) in public_figures().get(word, ())


def is_widespread(word: str) -> bool:
    """Whether a folded first name or surname belongs to a tradition in which many people of any place share it."""
    return word in _terms_of("given") or word in _terms_of("surnames")


def is_word(word: str) -> bool:
    """Whether a folded name is also an ordinary word, a place or a month."""
    return word in _words("given") or word in _words("surnames")


@cache
def short_forms(given: str) -> frozenset[str]:
    """What else a first name is written as: `tom` and `tommy` for `thomas`, `thomas` and `tommy` for `tom`."""
    shorts, fulls = _nicknames()
    found = set(shorts.get(given, ()))
    whole = fulls.get(given, frozenset())
    if not found and len(whole) <= _FEW:
        found |= whole
        found.update(short for name in whole for short in shorts[name])
    return frozenset(found - {given})


_FEW = 3  # a short form of more names than this says little about any one of them


@cache
def public_figures() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Names of people in the public eye as folded words, by their first word."""
    index: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for term in _raw("public-figures"):
        words = tuple(name_key(word) for word in term.replace("-", " ").split())
        if words:
            index[words[0]].append(words)
    return {first: tuple(names) for first, names in index.items()}


@cache
def _terms(name: str) -> frozenset[str]:
    return frozenset(name_key(piece) for term in _raw(name) for piece in (term, *term.replace("-", " ").split()))


@cache
def _terms_of(name: str) -> frozenset[str]:
    """The names of a list's widespread traditions."""
    return frozenset(
        name_key(term) for group in _groups(name) if group.get("name") in _WIDESPREAD for term in group["terms"]
    )


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(
        name_key(term) for group in _groups(name) if group.get("name") in _WORD_GROUPS for term in group["terms"]
    )


@cache
def _nicknames() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """Short forms by the full name, and full names by the short form."""
    shorts: dict[str, frozenset[str]] = {}
    fulls: dict[str, set[str]] = defaultdict(set)
    for name, forms in read_toml(root() / "names" / "nicknames.toml")["short_forms"].items():
        shorts[name_key(name)] = frozenset(name_key(form).replace("-", "") for form in forms)
        for form in shorts[name_key(name)]:
            fulls[form].add(name_key(name))
    return shorts, {form: frozenset(names) for form, names in fulls.items()}


def _raw(name: str) -> Iterator[str]:
    for group in _groups(name):
        yield from group["terms"]


@cache
def _groups(name: str) -> tuple[dict[str, Any], ...]:
    return tuple(read_toml(root() / "names" / f"{name}.toml")["group"])

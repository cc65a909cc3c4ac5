"""Terms as people write them, read into patterns."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from checkpost.errors import nearest
from checkpost.phrases.pattern import FILLED, SLOTS, Group, Item, Pattern, Unread, anchor_of, frequency_of
from checkpost.text.words import NUMBER_WORDS, STEM_LETTERS, fold

_PLAIN = re.compile(r"[a-z]+(?:\|[a-z]+)*")  # words alone, as most items are: to be looked up, they need not be read
_GAP = Item(gap=4)  # words, at the most


def compile_terms(terms: Mapping[str, Sequence[str]], known: Mapping[str, Group] | None = None) -> Mapping[str, Group]:
    """Compile groups of terms (group name → terms); `<other>` refers to another of them, or to a `known` one.

    Raises:
        ValueError: A term refers to an unknown group or class, or its group refers to itself; or it begins with what
            would match everywhere (`...`, `_`, a stem of one or two letters); or a choice could never match.
    """
    lists = _Lists(terms, known or {})
    for name in terms:
        lists.group(name)
    return lists.compiled


class _Lists:
    """Groups of terms being compiled, each after those that it refers to.

    To index a term takes the rarest of its items, and few terms are ever asked for more: patterns are made when they
    are. Written items recur: each is looked at once.
    """

    def __init__(self, terms: Mapping[str, Sequence[str]], known: Mapping[str, Group]) -> None:
        self._terms = terms
        self._begun: set[str] = set()
        self._with_groups: dict[str, tuple[Item, ...]] = {}
        self.compiled = dict(known)

    def group(self, name: str) -> Group:
        """One group, compiled once."""
        if name not in self.compiled:
            if name in self._begun:
                raise ValueError(f'group "{name}" refers to itself')
            if name not in self._terms:
                raise ValueError(f'no group is called "{name}".{nearest(name, (*self._terms, *self.compiled))}')
            self._begun.add(name)
            terms = self._terms[name]
            self.compiled[name] = Group([self._unread(term) for term in terms], self._patterns, self._filled(terms))
        return self.compiled[name]

    def _unread(self, term: str) -> Unread:
        """What a term is looked up by: its rarest item; of two as rare, the first."""
        written = term.split()
        weights = [_weight_of(self._items(item)) if "<" in item else _weight(item) for item in written]
        rarest = min(weights, default=math.inf)
        if rarest == math.inf or self._begins_with_any_word(written[0]):
            raise ValueError(f'the term "{term}" would match anything')
        return Unread(term, self._keys(written[weights.index(rarest)]), rarest)

    def _keys(self, written: str) -> frozenset[str]:
        """What an item is looked up by."""
        if _PLAIN.fullmatch(written) and NUMBER_WORDS.keys().isdisjoint(words := frozenset(written.split("|"))):
            return words
        return anchor_of(self._items(written)).all_keys

    def _begins_with_any_word(self, written: str) -> bool:
        return written == "..." or ("_" in written and "_" in self._items(written)[0].slots)

    def _filled(self, terms: Sequence[str]) -> frozenset[str]:
        """The classes of words that the caller fills and on which a match of some terms may depend."""
        written = {item for term in terms if "{" in term or "<" in term for item in term.split()}
        items = [item for one in written if "{" in one or "<" in one for item in self._items(one)]
        in_groups = [group.filled for item in items for group in item.groups]
        return FILLED.intersection(slot for item in items for slot in item.slots).union(*in_groups)

    def _patterns(self, term: str) -> Sequence[Pattern]:
        """The patterns of a term: more than one where its first item may be left out."""
        pattern = tuple(item for written in term.split() for item in self._items(written))
        patterns = [pattern]
        while pattern[0].optional and len(pattern) > 1:
            pattern = pattern[1:]
            patterns.append(pattern)
        return patterns

    def _items(self, written: str) -> tuple[Item, ...]:
        """The items of one written item."""
        if "<" not in written:
            return _items_without_groups(written)
        if written not in self._with_groups:
            self._with_groups[written] = tuple(_items(written, self.group))
        return self._with_groups[written]


@cache
def _items_without_groups(written: str) -> tuple[Item, ...]:
    """The items of one written item, for all the terms that have it."""
    return (_GAP,) if written == "..." else tuple(_items(written, _no_group))


@cache
def _weight(written: str) -> float:
    """How often an item without groups is to be expected in a post; without bound if it may be left out."""
    if _PLAIN.fullmatch(written):
        return frequency_of(frozenset(written.split("|")))
    return _weight_of(_items_without_groups(written))


def _weight_of(items: Sequence[Item]) -> float:
    return min((item.frequency for item in items if item.is_needed), default=math.inf)


def _no_group(name: str) -> Group:
    raise ValueError(f'no group is called "{name}"')


def _items(written: str, group: Callable[[str], Group]) -> Iterator[Item]:
    """The items of one written item: a hyphenated word is as many as the tokenizer sees (`end-point`)."""
    whole = written.removesuffix("?")
    pieces = whole.split("-") if "-" in whole.strip("-") and not set(whole) & set("|<{") else [whole]
    return (_item(piece, group, optional=written.endswith("?")) for piece in pieces)


def _item(written: str, group: Callable[[str], Group], *, optional: bool) -> Item:
    words: set[str] = set()
    stems: list[str] = []
    slots: list[str] = []
    groups: list[Group] = []
    for choice in _choices(written):
        if choice.isalpha():
            words.add(fold(choice))
        elif choice == "_":
            slots.append("_")
        elif choice[:1] + choice[-1:] == "{}":
            slots.append(_slot(choice[1:-1]))
        elif choice[:1] + choice[-1:] == "<>":
            groups.append(group(choice[1:-1]))
        elif choice.endswith("*"):
            stems.append(_stem(choice[:-1]))
        elif not choice or set(choice) & set("{}<>?*"):
            raise ValueError(f'"{choice}" is neither a word, a stem (resign*), a group (<kin>) nor a class')
        else:
            words |= _spellings(choice)
    return Item.of(words, stems, slots, groups, optional=optional)


def _choices(written: str) -> list[str]:
    """The choices of one item.

    Raises:
        ValueError: One is a hyphenated word, which no single word of a text can be.
    """
    choices = written.split("|")
    for choice in choices:
        if "-" in choice.strip("-") and choice[:1] not in "<{":
            raise ValueError(
                f'"{choice}" among other choices would never match, as texts are split at hyphens. '
                "Give it a term of its own"
            )
    return choices


def _slot(name: str) -> str:
    if name not in SLOTS:
        raise ValueError(f'unknown class of words "{{{name}}}".{nearest(name, SLOTS)}')
    return name


def _stem(text: str) -> str:
    stem = fold(text)
    if len(stem) < STEM_LETTERS:
        raise ValueError(f'the stem "{text}*" is too short: it would match everywhere')
    return stem


# Words that are other words without their apostrophe.
_NEED_APOSTROPHE = frozenset({"he'll", "she'll", "we'll", "i'll", "we're", "we'd", "i'd", "she'd", "it's", "who're"})


def _spellings(word: str) -> set[str]:
    """A word, and the word without its apostrophe as hasty people write it."""
    folded = fold(word)
    return {folded} if "'" not in folded or folded in _NEED_APOSTROPHE else {folded, folded.replace("'", "")}

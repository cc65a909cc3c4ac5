"""Terms as they are written, compiled: patterns of items, in groups that know which words must be there for a match."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from checkpost.text.words import stem_key

# Classes of words: those that are seen in the word itself, `_` being any word, and those that the caller fills.
SEEN_IN_ONE_WORD = frozenset({"_", "number", "capital"})
SEEN_IN_A_WORD = SEEN_IN_ONE_WORD | {"handle"}
FILLED = frozenset({"organisation", "learner", "staff", "partner", "given", "class", "fact"})
SLOTS = (SEEN_IN_A_WORD | FILLED) - {"_"}

# How often something stands in a post, roughly: a term is looked for by the rarest of its items.
_COMMONEST = frozenset(
    "the a an and to of in on at for from with by is are was be been has have had do it i we you he she they my our "
    "your his her their this that all no not so just out up as if or but me us who what when today day new".split()
)
_WORD, _COMMON_WORD, _STEM = 0.01, 0.4, 0.05
_SLOT = {"_": 30.0, "capital": 5.0, "number": 1.0, "given": 0.6, "organisation": 0.5, "learner": 0.5}
_RARE_SLOT = 0.2


def slot_key(slot: str) -> str:
    """What a class of words is looked up by, in one index with words and stems."""
    return f"{{{slot}}}"


def frequency_of(words: frozenset[str]) -> float:
    """How often any of some words is to be expected in a post."""
    common = len(_COMMONEST & words)
    return common * _COMMON_WORD + (len(words) - common) * _WORD


class Item(NamedTuple):
    """One item of a term: any of its words, stems, slots and groups; or, with `gap`, up to so many words.

    `keys` are those of its words, stems and slots: where none stands in a text, only a group can match. `is_one_word`
    is an item of which whatever it matches is one word. `frequency` is how often something that it matches is to be
    expected in a post.
    """

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    groups: tuple["Group", ...] = ()
    gap: int = 0
    optional: bool = False
    keys: frozenset[str] = frozenset()
    is_one_word: bool = False
    frequency: float = 0.0

    @classmethod
    def of(
        cls, words: set[str], stems: Sequence[str], slots: Sequence[str], groups: Sequence["Group"], *, optional: bool
    ) -> "Item":
        """An item that is no gap."""
        whole = frozenset(words)
        frequency = frequency_of(whole) + _STEM * len(stems)
        frequency += sum(_SLOT.get(slot, _RARE_SLOT) for slot in slots) + sum(group.frequency for group in groups)
        return cls(
            words=whole,
            stems=tuple(stems),
            slots=tuple(slots),
            groups=tuple(groups),
            optional=optional,
            keys=whole.union(map(stem_key, stems), map(slot_key, slots)) if stems or slots else whole,
            is_one_word=not (optional or groups) and SEEN_IN_ONE_WORD.issuperset(slots),
            frequency=frequency,
        )

    @property
    def is_needed(self) -> bool:
        """Whether it must be there for a match."""
        return not (self.optional or self.gap)

    @property
    def all_keys(self) -> frozenset[str]:
        """The keys of all that it matches, those of groups included."""
        return self.keys.union(*[group.keys for group in self.groups]) if self.groups else self.keys

    def unmasks(self, masked: str) -> bool:
        """Whether one of its words is a word with masked letters."""
        return any(_unmasks(masked, word) for word in self.words)


Pattern = tuple[Item, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """A pattern of items, the term as it is written, and the items that must be there.

    The rarest of them is the `anchor`. Of the next that no group can match, one of the `keys` must be there; the
    `others` follow, the rarer first. It has so many words `before` it, where that is certain: None where
    one of these items, or the anchor, may be of any length.
    `is_word` is a term that is one word of some.
    """

    pattern: Pattern
    text: str
    anchor: Item
    keys: frozenset[str] | None
    others: tuple[Item, ...]
    before: range | None
    is_word: bool

    @classmethod
    def of(cls, pattern: Pattern, text: str) -> "Term":
        """A term, with its anchor chosen among the items that must be there."""
        anchor = anchor_of(pattern)
        if len(pattern) == 1:
            is_word = not (anchor.slots or anchor.stems or anchor.groups)
            return cls(pattern, text, anchor, None, (), None if anchor.groups else range(1), is_word)
        needed = (item for item in pattern if item.is_needed and item is not anchor)
        others = sorted(needed, key=lambda item: item.frequency)
        second = next((other for other in others if not other.groups), None)
        before = pattern[: next(at for at, item in enumerate(pattern) if item is anchor)]
        return cls(
            pattern=pattern,
            text=text,
            anchor=anchor,
            keys=second.keys if second else None,
            others=tuple(other for other in others if other is not second),
            before=None if anchor.groups else _length(before),
            is_word=False,
        )


def _length(items: Iterable[Item]) -> range | None:
    """How many words some items are together; None if any of them may be of any number."""
    least = most = 0
    for item in items:
        if item.groups or not SEEN_IN_ONE_WORD.issuperset(item.slots):
            return None
        least += not (item.optional or item.gap)
        most += item.gap or 1
    return range(least, most + 1)


def anchor_of(pattern: Pattern) -> Item:
    """The rarest of the items that must be there; of two as rare, the first."""
    return min((item for item in pattern if item.is_needed), key=attrgetter("frequency"))


class Unread(NamedTuple):
    """A term as it is written, what its anchor is looked up by, and how often that is to be expected in a post."""

    text: str
    keys: frozenset[str]
    frequency: float


@dataclass(frozen=True, eq=False)
class Group:
    """The terms of one group, by the keys of what their anchors match: where none stands in a text, no term can.

    A term is read when a text first has such a key: most never are. `filled` are the classes of words that the caller
    fills and on which a match may depend.
    """

    unread: Sequence[Unread]
    read: Callable[[str], Sequence[Pattern]]
    filled: frozenset[str]

    @cached_property
    def keys(self) -> frozenset[str]:
        """What its terms are looked up by."""
        return frozenset[str]().union(*[term.keys for term in self.unread])

    @cached_property
    def frequency(self) -> float:
        """How often a term is to be expected in a post."""
        return sum(term.frequency for term in self.unread)

    def terms(self, key: str) -> Sequence[Term]:
        """The terms to try where some key of theirs stands."""
        found = self._terms.get(key)
        if found is None:
            found = self._terms[key] = [term for text in self._texts[key] for term in self._read(text)]
        return found

    def _read(self, text: str) -> Sequence[Term]:
        """The same terms whichever of their keys asks for them."""
        if text not in self._by_text:
            self._by_text[text] = [Term.of(pattern, text) for pattern in self.read(text)]
        return self._by_text[text]

    @cached_property
    def _texts(self) -> Mapping[str, Sequence[str]]:
        """Terms as they are written, by their keys."""
        found: dict[str, list[str]] = {}
        for term in self.unread:
            for key in term.keys:
                found.setdefault(key, []).append(term.text)
        return found

    @cached_property
    def _terms(self) -> dict[str, Sequence[Term]]:
        return {}

    @cached_property
    def _by_text(self) -> dict[str, Sequence[Term]]:
        return {}


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Some groups, by the keys of which one must stand in a text for any of their terms to."""

    groups: frozenset[Group]
    by_key: Mapping[str, Sequence[Group]]

    @classmethod
    def of(cls, groups: Iterable[Group]) -> "Vocabulary":
        """Index some groups."""
        by_key: dict[str, list[Group]] = defaultdict(list)
        known = frozenset(groups)
        for group in known:
            for key in group.keys:
                by_key[key].append(group)
        return cls(known, dict(by_key))

    def with_any(self, keys: Iterable[str]) -> Mapping[Group, Sequence[str]]:
        """The groups of which a term may stand in a text with some keys, each with those keys that may be of one."""
        found = defaultdict[Group, list[str]](list)
        for key in keys:
            for group in self.by_key.get(key, ()):
                found[group].append(key)
        found.default_factory = None
        return found

    def unmasked(self, masked: str) -> Iterator[str]:
        """The words of terms that a word with masked letters may be."""
        return (word for word in self._words.get(masked[:1], ()) if _unmasks(masked, word))

    @cached_property
    def _words(self) -> Mapping[str, Collection[str]]:
        """All words of terms by their first letter: few posts have masked words, so few ask."""
        found: dict[str, set[str]] = {}
        read = (group.read(term.text) for group in self.groups for term in group.unread)
        items = (item for patterns in read for pattern in patterns for item in pattern)
        for word in chain.from_iterable(item.words for item in items):
            found.setdefault(word[0], set()).add(word)
        return found


def _unmasks(masked: str, word: str) -> bool:
    """Whether a word with asterisks for letters can be read as another: `c*nt`, `f**k`, `s***`, but not `A*s`."""
    shown = len(masked.replace("*", ""))
    if masked[:1] != word[:1] or len(word) < 4 or abs(len(masked) - len(word)) > 1:
        return False
    if shown * 4 < len(word) or (shown < 2 and len(masked) < 4):
        return False
    pieces = re.split(r"\*+", masked)
    return word.startswith(pieces[0]) and word.endswith(pieces[-1])

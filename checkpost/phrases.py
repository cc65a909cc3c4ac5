"""The pattern language of term lists, compiled and matched over a document's words.

    resign          the word, whatever its case, accents or possessive
    resign*         any word that begins so
    me|us|<kin>     any of these; words, stems, groups and classes may stand together
    really?         may be left out
    _               any one word
    ...             up to four words, in the same sentence
    <kin>           any term of the group `kin`
    {organisation}  a class of words known only at check time: see `SLOTS`

Words are compared by their folded keys, in one sentence, across punctuation; web and e-mail addresses are passed over.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checkpost.errors import nearest
from checkpost.model import ProseSpan
from checkpost.text.document import Document
from checkpost.text.words import STEM_LETTERS, Word, WordKind, WordPlaces, fold

# Classes of words. {number}, {capital} and {handle} are seen in the word itself; the others the caller fills.
SLOTS = frozenset(
    {"organisation", "learner", "staff", "partner", "given", "class", "fact", "number", "capital", "handle"}
)
_SEEN_IN_A_WORD = frozenset({"_", "number", "capital", "handle"})
_MAX_GAP = 4

Slots = Mapping[str, Mapping[int, int]]  # slot → {index of its first word: index after its last}


@dataclass(frozen=True, slots=True, eq=False)
class _Item:
    """One item of a term: any of its words, stems, slots and groups; or, with `gap`, up to so many words."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    groups: tuple["Index", ...] = ()
    gap: int = 0
    optional: bool = False

    def matches_word(self, word: Word) -> bool:
        return any(key in self.words or key.startswith(self.stems) for key in word.keys) or (
            "*" in word.key and any(_unmasks(word.key, candidate) for candidate in self.words)
        )

    def can_stand(self, search: "Search") -> bool:
        """Whether the item can match anywhere in a document."""
        return (
            self.optional
            or self.gap > 0
            or not self.words.isdisjoint(search.places.by_key)
            or any(stem[:STEM_LETTERS] in search.places.by_stem for stem in self.stems)
            or any(search.slot_places(slot) for slot in self.slots)
            or any(search.plan(group) for group in self.groups)
        )


_Pattern = tuple[_Item, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Term:
    """A pattern, and the term as it is written."""

    pattern: _Pattern
    text: str


@dataclass(frozen=True, slots=True)
class Found:
    """A term found: its words' span, and the indices of its first word and of the word after its last."""

    span: ProseSpan
    term: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Search:
    """One document being searched: its words, its slots, and what was found of groups that terms refer to."""

    words: Sequence[Word]
    places: WordPlaces
    slots: Slots
    _ends: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    _possible: dict[int, bool] = field(default_factory=dict)
    _plans: dict[int, Mapping[int, Sequence[_Term]]] = field(default_factory=dict)
    _slot_places: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Document, slots: Slots) -> "Search":
        """Search a document."""
        return cls(doc.phrase_words, doc.phrase_places, slots)

    def slot_places(self, slot: str) -> tuple[int, ...]:
        """The words at which a class of words begins."""
        if slot not in self._slot_places:
            places = range(len(self.words)) if slot in _SEEN_IN_A_WORD else self.slots.get(slot, ())
            self._slot_places[slot] = tuple(at for at in places if next(_slot_ends(slot, self, at), None))
        return self._slot_places[slot]

    def is_possible(self, term: _Term) -> bool:
        """Whether each item of a term can match somewhere: asked once, and mostly the end of it."""
        key = id(term)
        if key not in self._possible:
            self._possible[key] = bool(self.places.masked) or all(item.can_stand(self) for item in term.pattern[1:])
        return self._possible[key]

    def plan(self, group: "Index") -> Mapping[int, Sequence[_Term]]:
        """The terms of a group that may begin at each word."""
        key = id(group)
        if key not in self._plans:
            self._plans[key] = group.plan(self)
        return self._plans[key]

    def ends(self, group: "Index", here: int) -> tuple[int, ...]:
        """Every index after which a term of a group can end when it begins at a word."""
        key = id(group), here
        if key not in self._ends:
            terms = self.plan(group).get(here, ())
            found = (end for term in terms for end in _match(term.pattern, 0, self, here))
            self._ends[key] = tuple(dict.fromkeys(found))
        return self._ends[key]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The patterns of one group, by what may stand first."""

    by_word: Mapping[str, tuple[_Term, ...]]
    by_stem: Mapping[str, tuple[_Term, ...]]
    by_slot: Mapping[str, tuple[_Term, ...]]

    def find(self, search: Search) -> Iterator[Found]:
        """Every match, leftmost and longest, none overlapping another."""
        plan = search.plan(self)
        after_last = 0
        for start in sorted(plan):
            if start < after_last:
                continue
            ends = ((end, term.text) for term in plan[start] for end in _match(term.pattern, 0, search, start))
            best = max(ends, default=None)
            if best:
                after_last, text = best
                first, last = search.words[start].span, search.words[after_last - 1].span
                yield Found(ProseSpan(first.start, last.end), text, start, after_last)

    def plan(self, search: Search) -> Mapping[int, Sequence[_Term]]:
        """The terms that may begin at each word: those alone whose every item can match somewhere."""
        plan: dict[int, list[_Term]] = {}
        places = search.places
        for key in self.by_word.keys() & places.by_key.keys():
            self._add(plan, search, self.by_word[key], places.by_key[key])
        for stem in self.by_stem.keys() & places.by_stem.keys():
            self._add(plan, search, self.by_stem[stem], places.by_stem[stem])
        for slot, terms in self.by_slot.items():
            self._add(plan, search, terms, search.slot_places(slot))
        for at in places.masked:
            for key, terms in self.by_word.items():
                if _unmasks(search.words[at].key, key):
                    self._add(plan, search, terms, (at,))
        return plan

    @staticmethod
    def _add(plan: dict[int, list[_Term]], search: Search, terms: Sequence[_Term], places: Sequence[int]) -> None:
        if not places:
            return
        possible = [term for term in terms if search.is_possible(term)]
        if possible:
            for at in places:
                plan.setdefault(at, []).extend(possible)


def compile_terms(terms: Mapping[str, Sequence[str]]) -> Mapping[str, Index]:
    """Compile groups of terms (group name → terms); `<other>` refers to another group of the same mapping.

    Raises:
        ValueError: A term refers to an unknown group or class, or its group refers to itself; or it begins with what
            would match everywhere (`...`, `_`, a stem of one or two letters).
    """
    compiled: dict[str, Index] = {}
    for name in terms:
        _compile(name, terms, (), compiled)
    return compiled


def _compile(name: str, terms: Mapping[str, Sequence[str]], within: tuple[str, ...], done: dict[str, Index]) -> Index:
    """Compile one group, and first those that it refers to, each of them once."""
    if name not in terms:
        raise ValueError(f'no group is called "{name}".{nearest(name, terms)}')
    if name in within:
        raise ValueError(f'group "{name}" refers to itself')
    if name not in done:
        entries = [
            _Term(pattern, term)
            for term in terms[name]
            for pattern in _starts(_parse(term, lambda other: _compile(other, terms, (*within, name), done)))
        ]
        done[name] = _index(entries)
    return done[name]


def _starts(pattern: _Pattern) -> Iterator[_Pattern]:
    """A pattern whose first item may be left out is two patterns."""
    yield pattern
    if pattern[0].optional and len(pattern) > 1:
        yield from _starts(pattern[1:])


def _index(entries: Sequence[_Term]) -> Index:
    by_word: dict[str, list[_Term]] = {}
    by_stem: dict[str, list[_Term]] = {}
    by_slot: dict[str, list[_Term]] = {}
    for entry in entries:
        first = entry.pattern[0]
        words = first.words.union(*(group.by_word for group in first.groups))
        stems = {stem[:STEM_LETTERS] for stem in first.stems}.union(*(group.by_stem for group in first.groups))
        slots = set(first.slots).union(*(group.by_slot for group in first.groups))
        for index, keys in ((by_word, words), (by_stem, stems), (by_slot, slots)):
            for key in keys:
                index.setdefault(key, []).append(entry)
    frozen = ({key: tuple(found) for key, found in index.items()} for index in (by_word, by_stem, by_slot))
    return Index(*frozen)


def _parse(term: str, group: Callable[[str], Index]) -> _Pattern:
    items: list[_Item] = []
    for written in term.split():
        if written == "...":
            items.append(_Item(gap=_MAX_GAP))
        else:
            items.extend(_items(written.removesuffix("?"), group, optional=written.endswith("?")))
    if not items or items[0].gap or "_" in items[0].slots or all(item.optional for item in items):
        raise ValueError(f'the term "{term}" would match anything')
    return tuple(items)


def _items(written: str, group: Callable[[str], Index], *, optional: bool) -> Iterator[_Item]:
    """The items of one written item: a hyphenated word is as many as the tokenizer sees (`end-point`)."""
    if "-" in written.strip("-") and not set(written) & set("|<{"):
        for piece in written.split("-"):
            yield from _items(piece, group, optional=optional)
        return
    words: set[str] = set()
    stems: list[str] = []
    slots: list[str] = []
    groups: list[Index] = []
    for choice in written.split("|"):
        if choice == "_":
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
    yield _Item(frozenset(words), tuple(stems), tuple(slots), tuple(groups), optional=optional)


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


def _unmasks(masked: str, word: str) -> bool:
    """Whether a word with asterisks for letters can be read as another: `c*nt`, `f**k`, `s***`, but not `A*s`."""
    shown = len(masked.replace("*", ""))
    if masked[:1] != word[:1] or len(word) < 4 or abs(len(masked) - len(word)) > 1:
        return False
    if shown * 4 < len(word) or (shown < 2 and len(masked) < 4):
        return False
    pieces = re.split(r"\*+", masked)
    return word.startswith(pieces[0]) and word.endswith(pieces[-1])


def _match(pattern: _Pattern, at: int, search: Search, here: int) -> Iterator[int]:
    """Every index after which the rest of a pattern, from item `at`, can end when it begins at word `here`."""
    if at == len(pattern):
        yield here
        return
    item = pattern[at]
    if item.optional:
        yield from _match(pattern, at + 1, search, here)
    if item.gap:
        for skipped in range(item.gap + 1):
            if skipped and not _joined(search.words, here + skipped - 1):
                return
            yield from _match(pattern, at + 1, search, here + skipped)
        return
    if here >= len(search.words) or (at and not _joined(search.words, here)):
        return
    for end in _item_ends(item, search, here):
        yield from _match(pattern, at + 1, search, end)


def _joined(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands in the same sentence as the word before it."""
    return 0 < at < len(words) and words[at].sentence == words[at - 1].sentence


def _item_ends(item: _Item, search: Search, here: int) -> Iterator[int]:
    ends = [here + 1] if item.matches_word(search.words[here]) else []
    for slot in item.slots:
        ends.extend(_slot_ends(slot, search, here))
    for group in item.groups:
        ends.extend(search.ends(group, here))
    yield from dict.fromkeys(ends)


def _slot_ends(slot: str, search: Search, here: int) -> Iterator[int]:
    word = search.words[here]
    if slot == "_" or (slot == "number" and word.text[0].isdigit()) or (slot == "capital" and word.is_capitalised):
        yield here + 1
    elif slot == "handle" and word.kind is WordKind.HANDLE:
        end = here + 1
        while end < len(search.words) and _same_handle(search.words[end - 1], search.words[end]):
            end += 1
        yield end
    elif end_of_slot := search.slots.get(slot, {}).get(here):
        yield end_of_slot


def _same_handle(one: Word, other: Word) -> bool:
    """Whether two words are pieces of one handle: between two handles stand a space and an `@` at the least."""
    return one.kind is other.kind is WordKind.HANDLE and other.span.start - one.span.end < 2

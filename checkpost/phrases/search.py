"""Compiled terms, looked for in one document.

A term is tried where its first item stands, and only if the document holds something for each of its items. What was
found of a group is kept, as many terms refer to the same groups.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from checkpost.model import ProseSpan
from checkpost.phrases.pattern import Group, Item, Term
from checkpost.text.document import Document
from checkpost.text.words import STEM_LETTERS, Word, WordKind, WordPlaces

_SEEN_IN_A_WORD = frozenset({"_", "number", "capital", "handle"})

Slots = Mapping[str, Mapping[int, int]]  # slot → {index of its first word: index after its last}
_Plan = Mapping[int, Sequence[Term]]  # the terms that may begin at each word


@dataclass(frozen=True, slots=True)
class Found:
    """A term found: its words' span, and the indices of its first word and of the word after its last."""

    span: ProseSpan
    term: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Search:
    """One document being searched: its words, its slots, and what was found of the groups so far."""

    words: Sequence[Word]
    places: WordPlaces
    slots: Slots
    _ends: dict[tuple[Group, int], tuple[int, ...]] = field(default_factory=dict)
    _plans: dict[Group, _Plan] = field(default_factory=dict)
    _slot_places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _found: dict[Group, tuple[Found, ...]] = field(default_factory=dict)
    _sentences: dict[Group, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, doc: Document, slots: Slots) -> "Search":
        """Search a document."""
        return cls(doc.phrase_words, doc.phrase_places, slots)

    def find(self, group: Group) -> tuple[Found, ...]:
        """Every match of a group's terms, leftmost and longest, none overlapping another."""
        if group not in self._found:
            self._found[group] = tuple(self._leftmost_longest(group))
        return self._found[group]

    def sentences(self, group: Group) -> frozenset[int]:
        """The sentences in which a term of a group begins."""
        if group not in self._sentences:
            self._sentences[group] = frozenset(self.words[found.first].sentence for found in self.find(group))
        return self._sentences[group]

    def _leftmost_longest(self, group: Group) -> Iterator[Found]:
        plan = self.plan(group)
        after_last = 0
        for start in sorted(plan):
            if start < after_last:
                continue
            ends = ((end, term.text) for term in plan[start] for end in self._match(term.pattern, 0, start))
            best = max(ends, default=None)
            if best:
                after_last, text = best
                first, last = self.words[start].span, self.words[after_last - 1].span
                yield Found(ProseSpan(first.start, last.end), text, start, after_last)

    def plan(self, group: Group) -> _Plan:
        """The terms of a group that may begin at each word: those alone whose every item can match somewhere."""
        if group not in self._plans:
            plan: dict[int, list[Term]] = {}
            for term in self._anchored(group):
                for at in self._starts(term):
                    plan.setdefault(at, []).append(term)
            self._plans[group] = plan
        return self._plans[group]

    def _anchored(self, group: Group) -> Sequence[Term]:
        """The terms whose rarest item may stand in the document, each once and in order of the words."""
        if self.places.masked:
            return group.terms  # a masked word may be any word of the same length
        found: list[Term] = []
        for key in group.by_word.keys() & self.places.by_key.keys():
            found += group.by_word[key]
        for stem in group.by_stem.keys() & self.places.by_stem.keys():
            found += group.by_stem[stem]
        for slot in group.by_slot:
            if self._places_of_slot(slot):
                found += group.by_slot[slot]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else found

    def _starts(self, term: Term) -> Sequence[int]:
        """Where a term may begin; nowhere if one of its items can't stand anywhere."""
        if not self.places.masked and not all(self._can_stand(item) for item in term.pattern[1:]):
            return ()
        first = term.pattern[0]
        places: list[int] = []
        for word in first.words:
            places += self.places.by_key.get(word, ())
        for stem in first.stems:
            places += self.places.by_stem.get(stem[:STEM_LETTERS], ())
        for slot in first.slots:
            places += self._places_of_slot(slot)
        for group in first.groups:
            places += self.plan(group)
        places += (at for at in self.places.masked if first.matches_word(self.words[at]))
        return tuple(dict.fromkeys(places)) if len(places) > 1 else places

    def _can_stand(self, item: Item) -> bool:
        """Whether an item can match anywhere in the document."""
        if item.optional or item.gap or not item.words.isdisjoint(self.places.by_key):
            return True
        for stem in item.stems:
            if stem[:STEM_LETTERS] in self.places.by_stem:
                return True
        for slot in item.slots:
            if self._places_of_slot(slot):
                return True
        return any(self.plan(group) for group in item.groups)

    def _places_of_slot(self, slot: str) -> tuple[int, ...]:
        """The words at which a class of words begins."""
        if slot not in self._slot_places:
            places = range(len(self.words)) if slot in _SEEN_IN_A_WORD else self.slots.get(slot, ())
            self._slot_places[slot] = tuple(at for at in places if next(self._slot_ends(slot, at), None))
        return self._slot_places[slot]

    def _match(self, pattern: Sequence[Item], at: int, here: int) -> Iterator[int]:
        """Every index after which the rest of a pattern, from item `at`, can end when it begins at word `here`."""
        if at == len(pattern):
            yield here
            return
        item = pattern[at]
        if item.optional:
            yield from self._match(pattern, at + 1, here)
        if item.gap:
            for skipped in range(item.gap + 1):
                if skipped and not self._joined(here + skipped - 1):
                    return
                yield from self._match(pattern, at + 1, here + skipped)
            return
        if here >= len(self.words) or (at and not self._joined(here)):
            return
        for end in self._item_ends(item, here):
            yield from self._match(pattern, at + 1, end)

    def _joined(self, at: int) -> bool:
        """Whether a word stands in the same sentence as the word before it."""
        return 0 < at < len(self.words) and self.words[at].sentence == self.words[at - 1].sentence

    def _item_ends(self, item: Item, here: int) -> Sequence[int]:
        ends = [here + 1] if item.matches_word(self.words[here]) else []
        for slot in item.slots:
            ends.extend(self._slot_ends(slot, here))
        for group in item.groups:
            ends.extend(self._group_ends(group, here))
        return tuple(dict.fromkeys(ends)) if len(ends) > 1 else ends

    def _group_ends(self, group: Group, here: int) -> tuple[int, ...]:
        """Every index after which a term of a group can end when it begins at a word."""
        key = group, here
        if key not in self._ends:
            terms = self.plan(group).get(here, ())
            found = (end for term in terms for end in self._match(term.pattern, 0, here))
            self._ends[key] = tuple(dict.fromkeys(found))
        return self._ends[key]

    def _slot_ends(self, slot: str, here: int) -> Iterator[int]:
        word = self.words[here]
        if slot == "_" or (slot == "number" and word.text[0].isdigit()) or (slot == "capital" and word.is_capitalised):
            yield here + 1
        elif slot == "handle" and word.kind is WordKind.HANDLE:
            end = here + 1
            while end < len(self.words) and _same_handle(self.words[end - 1], self.words[end]):
                end += 1
            yield end
        elif end_of_slot := self.slots.get(slot, {}).get(here):
            yield end_of_slot


def _same_handle(one: Word, other: Word) -> bool:
    """Whether two words are pieces of one handle: between two handles stand a space and an `@` at the least."""
    return one.kind is other.kind is WordKind.HANDLE and other.span.start - one.span.end < 2

"""Compiled terms, looked for in one document.

A term is tried where its rarest item stands, or, where a gap or a group makes that place uncertain, wherever its first
item does if the document holds something for each of its items. What was found of a group is kept, as many terms refer
to the same groups, and many rules to the same lists.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from checkpost.model import ProseSpan
from checkpost.phrases.pattern import Group, Item, Term, Vocabulary, slot_key
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

Slots = Mapping[str, Mapping[int, int]]  # slot → {index of its first word: index after its last}
NO_SLOTS: Slots = MappingProxyType({})
_Matches = Mapping[int, Mapping[int, str]]  # index of the first word → {index after the last: the term}


@dataclass(frozen=True, slots=True)
class Found:
    """A term found: its words' span, and the indices of its first word and of the word after its last."""

    span: ProseSpan
    term: str
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class Search:
    """One document being searched with its slots filled in one way: what was found of the groups so far.

    `places` says where each key of words, stems and slots stands; `keys` which of words and stems stand at each word;
    `ends` where each slot that begins at a word ends; `sentences` in which sentence each word stands. `own` are the
    slots that the caller filled; a group that depends on none of them is left to `plain`, the search without any. Only
    groups of its `vocabulary` are found, and of them only those that are `live`: the keys are given that are there.
    """

    words: Sequence[Word]
    keys: Sequence[Collection[str]]
    sentences: Sequence[int]
    masked: frozenset[int]
    places: Mapping[str, Collection[int]]
    ends: Slots
    vocabulary: Vocabulary
    present: frozenset[str]
    live: Mapping[Group, Sequence[str]]
    own: frozenset[str] = frozenset()
    plain: "Search | None" = None
    _filled: dict[int, tuple[Slots, "Search"]] = field(default_factory=dict, init=False)
    _matches: dict[Group, _Matches] = field(default_factory=dict, init=False)
    _found: dict[Group, tuple[Found, ...]] = field(default_factory=dict, init=False)
    _sentences: dict[Group, frozenset[int]] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, doc: Document, vocabulary: Vocabulary) -> "Search":
        """Search a document without slots that a caller fills."""
        words, seen = doc.phrase_words, _seen(doc.phrase_words)
        places: dict[str, Collection[int]] = {slot_key(slot): ends for slot, ends in seen.items() if ends}
        places.update(doc.phrase_places.by_key)
        for masked in {words[at].key for at in doc.phrase_places.masked}:
            for word in vocabulary.unmasked(masked):
                places[word] = (*places.get(word, ()), *places[masked])
        return cls(
            words=words,
            keys=doc.phrase_places.of_word,
            sentences=[word.sentence for word in words],
            masked=frozenset(doc.phrase_places.masked),
            places=places,
            ends=seen,
            vocabulary=vocabulary,
            present=frozenset(places),
            live=vocabulary.with_any(places),
        )

    def with_slots(self, slots: Slots) -> "Search":
        """The search of the same document with some slots filled: the same one whenever the same object comes."""
        if not slots:
            return self
        known = self._filled.get(id(slots))
        if known:
            return known[1]
        own = {slot: ends for slot, ends in slots.items() if ends}
        search = self
        if own:
            here = {slot_key(slot): ends for slot, ends in own.items()}
            live = dict(self.live)
            for group, keys in self.vocabulary.with_any(here).items():
                live[group] = (*live.get(group, ()), *keys)
            search = replace(
                self,
                places={**self.places, **here},
                ends={**self.ends, **own},
                present=self.present.union(here),
                live=live,
                own=frozenset(own),
                plain=self,
            )
        self._filled[id(slots)] = slots, search  # kept, so that no other object comes to have its id
        return search

    def find(self, group: Group) -> tuple[Found, ...]:
        """Every match of a group's terms, leftmost and longest, none overlapping another."""
        found = self._found.get(group)
        if found is None:
            matches = self.matches(group) if group in self.live else None
            found = self._found[group] = tuple(self._leftmost_longest(matches)) if matches else ()
        return found

    def sentences_of(self, group: Group) -> frozenset[int]:
        """The sentences in which a term of a group begins."""
        if group not in self._sentences:
            self._sentences[group] = frozenset(self.sentences[found.first] for found in self.find(group))
        return self._sentences[group]

    def _leftmost_longest(self, matches: _Matches) -> Iterator[Found]:
        after_last = 0
        for start in sorted(matches):
            if start >= after_last:
                after_last = max(matches[start])
                first, last = self.words[start].span, self.words[after_last - 1].span
                yield Found(ProseSpan(first.start, last.end), matches[start][after_last], start, after_last)

    def matches(self, group: Group) -> _Matches:
        """Every match of a live group's terms, also of those that overlap; of two that do wholly, what sorts last."""
        found = self._matches.get(group)
        if found is None:
            if self.plain and group.filled.isdisjoint(self.own):
                found = self.plain.matches(group)
            else:
                found = self._match_all(group)
            self._matches[group] = found
        return found

    def _match_all(self, group: Group) -> _Matches:
        found: dict[int, dict[int, str]] = {}
        tried: set[Term] = set()
        present, places = self.present, self.places
        for key in self.live[group]:
            for term in group.terms(key):
                if term.keys is not None and term.keys.isdisjoint(present):
                    continue
                if term.is_word:
                    for at in places[key]:
                        _add(found, at, (at + 1,), term.text)
                elif (term.others and not self._can_stand(term)) or term in tried:
                    continue
                elif term.before is None:
                    tried.add(term)
                    for start in self._starts(term.pattern[0]):
                        _add(found, start, self._match(term.pattern, start), term.text)
                else:
                    for start in self._starts_before(term.before, places[key], term.pattern[0]):
                        _add(found, start, self._match(term.pattern, start), term.text)
        return found

    def _can_stand(self, term: Term) -> bool:
        """Whether each of the other items that must be there can match somewhere in the document."""
        by_groups = []
        for item in term.others:
            if item.keys.isdisjoint(self.present):
                live = [group for group in item.groups if group in self.live]
                if not live:
                    return False
                by_groups.append(live)
        return all(any(map(self.matches, live)) for live in by_groups)

    def _starts(self, first: Item) -> Collection[int]:
        """Where a term may begin that begins with an item."""
        found: set[int] = set()
        for key in first.keys & self.present:
            found.update(self.places[key])
        for group in first.groups:
            if group in self.live:
                found.update(self.matches(group))
        return found

    def _starts_before(self, before: range, places: Collection[int], first: Item) -> Collection[int]:
        """Where a term may begin that begins with an item, with so many words before one of some places."""
        if len(before) == 1:
            return [at - before.start for at in places]
        starts = self._starts(first)
        return {at - words for at in places for words in before if at - words in starts} if starts else ()

    def _match(self, pattern: Sequence[Item], start: int) -> Collection[int]:
        """Every index after which a term can end when it begins at a word."""
        if start < 0:
            return ()
        reached: Collection[int] = (start,)
        here, total, in_step = start, len(self.words), True
        for item in pattern:
            if in_step and item.is_one_word:
                if here == total or (here != start and not self._is_joined(here)) or not self._is_one_word(item, here):
                    return ()
                here += 1
                continue
            if in_step:
                in_step, reached = False, (here,)
            reached = self._ends(item, reached, start)
            if not reached:
                return ()
        return (here,) if in_step else reached

    def _ends(self, item: Item, reached: Collection[int], start: int) -> Collection[int]:
        """Where an item of a term that begins at `start` can end if it begins at one of some words."""
        ends: set[int] = set()
        for here in reached:
            if item.optional:
                ends.add(here)
            if item.gap:
                ends.update(self._skipped(item.gap, here))
            elif here < len(self.words) and (here == start or self._is_joined(here)):
                self._add_ends(item, here, ends)
        return ends

    def _is_one_word(self, item: Item, here: int) -> bool:
        """Whether a word is one of an item's words or stems, or of its classes of single words."""
        for slot in item.slots:
            if here in self.ends[slot]:
                return True
        return self._is_word(item, here)

    def _is_word(self, item: Item, here: int) -> bool:
        """Whether a word is one of an item's words or stems."""
        if not item.keys.isdisjoint(self.keys[here]):
            for key in self.words[here].keys:
                if key in item.words or key.startswith(item.stems):
                    return True
        return here in self.masked and item.unmasks(self.words[here].key)

    def _is_joined(self, here: int) -> bool:
        """Whether a word stands in the sentence of the word before."""
        return self.sentences[here] == self.sentences[here - 1]

    def _skipped(self, gap: int, here: int) -> Iterator[int]:
        """Where the words of a gap can end."""
        yield here
        for at in range(here, min(here + gap, len(self.words))):
            if not self._is_joined(at):
                return
            yield at + 1

    def _add_ends(self, item: Item, here: int, ends: set[int]) -> None:
        """Add where an item can end that begins at a word."""
        if self._is_word(item, here):
            ends.add(here + 1)
        for slot in item.slots:
            if slot in self.ends and here in self.ends[slot]:
                ends.add(self.ends[slot][here])
        for group in item.groups:
            if group in self.live:
                ends.update(self.matches(group).get(here, ()))


def _add(found: dict[int, dict[int, str]], start: int, ends: Collection[int], text: str) -> None:
    """Add a term that begins at a word; of two that end in the same place, the one that sorts last stays."""
    for end in ends:
        here = found.setdefault(start, {})
        if end not in here or here[end] < text:
            here[end] = text


def _seen(words: Sequence[Word]) -> Slots:
    """The slots that are seen in the words themselves."""
    return {
        "_": {at: at + 1 for at in range(len(words))},
        "number": {at: at + 1 for at, word in enumerate(words) if word.text[0].isdigit()},
        "capital": {at: at + 1 for at, word in enumerate(words) if word.is_capitalised},
        "handle": dict(_handles(words)),
    }


def _handles(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where each handle, begun at any of its pieces, ends."""
    end = 0
    for at in reversed(range(len(words))):
        if words[at].kind is WordKind.HANDLE:
            if not (end and _same_handle(words[at], words[at + 1])):
                end = at + 1
            yield at, end
        else:
            end = 0


def _same_handle(one: Word, other: Word) -> bool:
    """Whether two words are pieces of one handle: between two handles stand a space and an `@` at the least."""
    return one.kind is other.kind is WordKind.HANDLE and other.span.start - one.span.end < 2

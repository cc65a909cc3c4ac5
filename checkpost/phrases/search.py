"""Compiled terms, looked for in one document.

A term is tried where its first item stands, and only if the document holds something for each of its items. What was
found of a group is kept, as many terms refer to the same groups, and many rules to the same lists.
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
    """One document being searched with its slots filled in one way: what was found of the groups so far.

    `places` says where each key of words, stems and slots stands; `ends` where each slot that begins at a word ends;
    `joined` which words stand in the sentence of the word before. `own` are the slots that the caller filled; a group
    that depends on none of them is left to `plain`, the search without any. Only groups of its `vocabulary` are found,
    and of them only those that are `live` can be: one of their keys is there.
    """

    words: Sequence[Word]
    places: Mapping[str, Collection[int]]
    joined: frozenset[int]
    ends: Slots
    vocabulary: Vocabulary
    live: frozenset[Group]
    present: frozenset[str]
    own: frozenset[str] = frozenset()
    plain: "Search | None" = None
    _filled: list[tuple[Slots, "Search"]] = field(default_factory=list, init=False)
    _group_ends: dict[tuple[Group, int], Collection[int]] = field(default_factory=dict, init=False)
    _plans: dict[Group, _Plan] = field(default_factory=dict, init=False)
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
            places=places,
            present=frozenset(places),
            joined=frozenset(at for at in range(1, len(words)) if words[at].sentence == words[at - 1].sentence),
            ends=seen,
            vocabulary=vocabulary,
            live=vocabulary.with_any(places),
        )

    def with_slots(self, slots: Slots) -> "Search":
        """The search of the same document with some slots filled: the same one whenever the same object comes."""
        if not slots:
            return self
        for filled, search in self._filled:
            if filled is slots:
                return search
        own = {slot: ends for slot, ends in slots.items() if ends}
        search = self
        if own:
            here = {slot_key(slot): ends for slot, ends in own.items()}
            search = replace(
                self,
                places={**self.places, **here},
                present=self.present.union(here),
                ends={**self.ends, **own},
                live=self.live | self.vocabulary.with_any(here),
                own=frozenset(own),
                plain=self,
            )
        self._filled.append((slots, search))
        return search

    def find(self, group: Group) -> tuple[Found, ...]:
        """Every match of a group's terms, leftmost and longest, none overlapping another."""
        found = self._found.get(group)
        if found is None:
            if group not in self.live:
                found = ()
            elif self.plain and group.filled.isdisjoint(self.own):
                found = self.plain.find(group)
            else:
                found = tuple(self._leftmost_longest(group))
            self._found[group] = found
        return found

    def sentences(self, group: Group) -> frozenset[int]:
        """The sentences in which a term of a group begins."""
        if group not in self._sentences:
            self._sentences[group] = frozenset(self.words[found.first].sentence for found in self.find(group))
        return self._sentences[group]

    def _leftmost_longest(self, group: Group) -> Iterator[Found]:
        plan = self._plan(group)
        after_last = 0
        for start in sorted(plan):
            if start < after_last:
                continue
            ends = [(end, term.text) for term in plan[start] for end in self._match(term, start)]
            if ends:
                after_last, text = max(ends)
                first, last = self.words[start].span, self.words[after_last - 1].span
                yield Found(ProseSpan(first.start, last.end), text, start, after_last)

    def _plan(self, group: Group) -> _Plan:
        """The terms of a group that may begin at each word: those alone whose every item can match somewhere."""
        plan = self._plans.get(group)
        if plan is None:
            if self.plain and group.filled.isdisjoint(self.own):
                plan = self.plain._plan(group)  # noqa: SLF001  (another of its kind)
            else:
                plan = self._make_plan(group) if group in self.live else {}
            self._plans[group] = plan
        return plan

    def _make_plan(self, group: Group) -> _Plan:
        plan: dict[int, list[Term]] = {}
        for term in self._anchored(group):
            if self._can_stand(term):
                for at in self._starts(term.pattern[0]):
                    plan.setdefault(at, []).append(term)
        return plan

    def _anchored(self, group: Group) -> Collection[Term]:
        """The terms whose rarest item may stand in the document, each once."""
        found = [group.by_key[key] for key in group.keys & self.present]
        return found[0] if len(found) == 1 else set().union(*found)

    def _can_stand(self, term: Term) -> bool:
        """Whether each of the items that must be there can match somewhere in the document."""
        present, by_groups = self.present, []
        for item in term.others:
            if item.keys.isdisjoint(present):
                if self.live.isdisjoint(item.groups):
                    return False
                by_groups.append(item)
        return all(any(map(self._plan, item.groups)) for item in by_groups)

    def _starts(self, first: Item) -> Collection[int]:
        """Where a term may begin that begins with an item."""
        found: set[int] = set()
        for key in first.keys & self.present:
            found.update(self.places[key])
        for group in first.groups:
            found.update(self._plan(group))
        return found

    def _match(self, term: Term, start: int) -> Collection[int]:
        """Every index after which a term can end when it begins at a word."""
        reached: Collection[int] = (start,)
        for at, item in enumerate(term.pattern):
            ends: set[int] = set()
            for here in reached:
                if item.optional:
                    ends.add(here)
                if item.gap:
                    ends.update(self._skipped(item.gap, here))
                elif here < len(self.words) and (not at or here in self.joined):
                    self._add_ends(item, here, ends)
            if not ends:
                return ()
            reached = ends
        return reached

    def _skipped(self, gap: int, here: int) -> Iterator[int]:
        """Where the words of a gap can end."""
        yield here
        for at in range(here, here + gap):
            if at not in self.joined:
                return
            yield at + 1

    def _add_ends(self, item: Item, here: int, ends: set[int]) -> None:
        """Add where an item can end that begins at a word."""
        if item.matches_word(self.words[here]):
            ends.add(here + 1)
        for slot in item.slots:
            end = self.ends.get(slot, {}).get(here)
            if end:
                ends.add(end)
        for group in item.groups:
            ends.update(self._ends_of(group, here))

    def _ends_of(self, group: Group, here: int) -> Collection[int]:
        """Every index after which a term of a group can end when it begins at a word."""
        key = group, here
        found = self._group_ends.get(key)
        if found is None:
            terms = self._plan(group).get(here, ())
            found = self._group_ends[key] = {end for term in terms for end in self._match(term, here)}
        return found


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

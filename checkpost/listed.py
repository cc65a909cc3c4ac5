"""First names as they stand in a document: in lists, borne by pets and things, or before a family name."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.lexicon import load
from checkpost.names import TITLES, is_given, is_word, name_key
from checkpost.phrases import NO_SLOTS
from checkpost.roster import Roster
from checkpost.text.words import WordKind

_LIST = 3  # names that make a list
_SEPARATORS = (",", ";", "/", "+", "&", "•", "|", "\n", ",\n", "\r\n")
_BESIDE = 5  # words
_CALLED = frozenset("called named name is was now a has mr mrs miss ms dr sir lady lord update news watch".split())
_NAMED_SO = frozenset("called named christened dubbed it them this that".split())
_NAMING = frozenset("named name naming christened called call calling dubbed".split())
_WHO = frozenset(  # it is they who are called so, and not a thing spoken of before
    "boy girl lad lass kid child man woman pupil student learner apprentice teacher someone somebody person friend mum "
    "dad who he she".split()
)
_BEFORE_NAMED = 7  # words from "called" back to what is
_OF_THINGS = frozenset("the our my a their class school resident".split())


@dataclass(frozen=True)
class FirstNames:
    """The first names of one document, by index into its words."""

    cues: Cues
    roster: Roster

    def call(self, at: int) -> str | None:
        """What somebody may be called by a word, if anything."""
        for key in self.cues.words[at].keys:
            plain = name_key(key)
            if is_given(plain) or (plain in self.roster.by_call and len(plain) > 2):
                return plain
        return None

    @cached_property
    def listed(self) -> dict[int, int]:
        """Names in a list of names, each with the index after it and its initial: `NOAH, IMOGEN, TEDDY B and ROMY`."""
        words, end = self.cues.words, 0
        found: dict[int, int] = {}
        for at in self.cues.capitals:
            if at < end:
                continue
            start, items = at, dict[int, int]()
            while start < len(words) and (after := self._item(start)):
                items[start] = after
                start = self._next_item(after)
            if len(items) >= _LIST:
                calls = [key for item in items if (key := self.call(item)) and not is_word(key)]
                found.update(items if len(calls) >= max(2, len(items) / 2) else {})
            end = max(end, *items.values(), 0)
        return found

    def _item(self, at: int) -> int:
        """The index after what may be one name of a list, with an initial; 0 where none stands."""
        words, cues = self.cues.words, self.cues
        word = words[at]
        if word.kind is not WordKind.PLAIN or not word.is_capitalised or len(word.text) < 2 or at in cues.classes:
            return 0
        after = at + 1
        if (
            after < len(words)
            and len(words[after].text) == 1
            and words[after].is_capitalised
            and cues.gap(after) == " "
        ):
            after += 1
        return after

    def _next_item(self, after: int) -> int:
        """Where the next name of a list may begin: after a comma, a line's end or an `and`; nowhere else."""
        words, nowhere = self.cues.words, len(self.cues.words)
        if after >= nowhere:
            return nowhere
        gap = self.cues.gap(after).strip(" ").strip(".")
        if words[after].key == "and" and gap in ("", ","):
            return after + 1
        return after if gap in _SEPARATORS else nowhere

    @cached_property
    def things(self) -> frozenset[int]:
        """Names that are a pet's, a puppet's or a machine's: `Ashley the Owl`, `the puppet's name is Gerald`."""
        words, found = self.cues.words, set[int]()
        things = list(load("bare-name").find(self.cues.doc, NO_SLOTS, "thing"))
        for match in things:
            at, sentence = match.after, words[match.first].sentence
            while at < len(words) and at < match.after + _BESIDE and words[at].key in _CALLED:
                at += 1
            if at < len(words) and words[at].sentence == sentence and words[at].is_capitalised:
                found.update(range(at, self._name_end(at)))
            at = match.first - 1
            while (
                at >= 0
                and at > match.first - _BESIDE
                and not (words[at].is_capitalised and (self.call(at) or words[at + 1].key in _OF_THINGS))
            ):
                at = at - 1 if words[at].key not in _WHO else -1
            if at >= 0 and words[at + 1].key in _OF_THINGS and words[at].sentence == sentence:
                found.update(range(at - 1 if at and words[at - 1].key in TITLES else at, at + 1))
        firsts = {match.first for match in things}
        for at in range(2, len(words)):
            if words[at - 1].key in _NAMED_SO and self._is_thing_named(at, firsts):
                found.update(range(at, self._name_end(at)))
        named = {self.call(at) for at in found if at < len(words)} - {None}
        return frozenset(at for at in range(len(words)) if at in found or self.call(at) in named)

    def _name_end(self, at: int) -> int:
        """The index after a name with its title and family name: `Sir Reginald Nibbles`."""
        words, end = self.cues.words, at + 1
        while end < len(words) and words[end].is_capitalised and self.cues.joins(end):
            end += 1
        return end

    def _is_thing_named(self, at: int, things: Collection[int]) -> bool:
        """Whether a name given at a word is no person's: `named it Gerald`, `the elf on the shelf is called Derek`."""
        words = self.cues.words
        if words[at - 1].key in ("it", "them", "this", "that"):
            return words[at - 2].key in _NAMING
        for before in range(at - 2, max(at - 2 - _BEFORE_NAMED, -1), -1):
            if words[before].sentence != words[at].sentence or words[before].key in _WHO:
                return False
            if before in things:
                return True
        return False

    @cached_property
    def in_full(self) -> frozenset[str]:
        """First names that stand somewhere before a family name: who that is, is judged there."""
        words, cues = self.cues.words, self.cues
        found = (
            self.call(at)
            for at in range(len(words) - 1)
            if words[at].is_capitalised
            and words[at + 1].is_capitalised
            and cues.gap(at + 1) == " "
            and words[at].sentence == words[at + 1].sentence
            and at + 1 not in cues.classes
        )
        return frozenset(filter(None, found))

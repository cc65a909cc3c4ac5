"""A document read against a roster: which forms of which names begin where, and what stands around them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from checkpost.cues import Cues
from checkpost.model import Confidence, PartKind, ProseSpan
from checkpost.names import is_word, name_key
from checkpost.roster import Entry, Form, Roster
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

_Keys = tuple[tuple[str, bool], ...]  # a word's comparable forms, with whether a name must end with it there
_MAX_WORDS = 7
_GAP = re.compile(r"(?: {1,3}|\t| ?\r?\n|-|\. ?|'|_|)")
_STRONG_LENGTH = 8
_SHORTEST_HALF = 3
SHORT_WORDS = frozenset(
    "to me is in on at an am as be by do go he if it my no of or so up us we the and for our has had was "
    "her his all any are can did not how new old see she too two who why yes you mum dad nan sir this "
    "that with from have just".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody of the roster, named. `first` and `after` are indexes into `Document.phrase_words`."""

    entry: Entry
    span: ProseSpan
    first: int
    after: int
    how: str
    confidence: Confidence

    @property
    def indexes(self) -> range:
        """The indexes of its words."""
        return range(self.first, self.after)


@dataclass(frozen=True)
class Reading:
    """One document and one roster."""

    doc: Document
    roster: Roster

    @cached_property
    def cues(self) -> Cues:
        """What stands around names."""
        return self.doc.derived(Cues)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words that indexes count."""
        return self.cues.words

    @cached_property
    def is_file(self) -> bool:
        """Whether the document is a file name."""
        return self.doc.part.kind is PartKind.FILE

    @cached_property
    def is_picture(self) -> bool:
        """Whether the document belongs to a picture."""
        return self.doc.part.kind is not PartKind.TEXT

    @property
    def figures(self) -> frozenset[int]:
        """Indexes of words in the names of people in the public eye."""
        return self.cues.figures

    def forms_at(self, start: int, *, anywhere: bool = False) -> Iterator[tuple[Form, int, tuple[int, ...]]]:
        """Forms that begin at a word, with the index after them and where in their text words end.

        Args:
            start: The index of the word.
            anywhere: Whether the first part of a name may end within a word, as in tags, and not only in one that is
                plainly two names run together.
        """
        pending: list[tuple[str, int, tuple[int, ...], int]] = [("", start, (), 0)]
        while pending:
            text, at, bounds, comma = pending.pop()
            if at >= len(self.words) or at - start >= _MAX_WORDS or self.words[at].kind is not self.words[start].kind:
                continue
            if at > start and not self._is_joined(at):
                if comma or self.cues.gap(at) not in (", ", ","):
                    continue
                comma = len(text)
            for key, is_last in self.keys[at]:
                joined = text + key
                ends = (*bounds, len(joined))
                for form in self.roster.forms(joined, None if anywhere else self._cuts(ends)):
                    if not comma or (comma == form.joint and form.how in ("reversed", "surname-initial")):
                        yield form, at + 1, ends
                if not is_last and self.roster.begins(joined, None if anywhere else ends):
                    pending.append((joined, at + 1, ends, comma))

    @cached_property
    def openings(self) -> Sequence[int]:
        """Indexes of the words at which a name of two parts may begin: few, and the others need no further look."""
        opens = self.roster.derived(_Openings).has
        return [at for at, keys in enumerate(self.keys) if opens(keys, self.is_file)]

    def _cuts(self, ends: tuple[int, ...]) -> tuple[int, ...]:
        """Where the first part of a name may end in words that end so: with a word, or within one that stands alone."""
        return ends[:-1] if len(ends) > 1 else _cuts_alone(ends[0], self.is_file)

    def _is_joined(self, at: int) -> bool:
        """Whether what stands between a word and the one before it can stand within a name."""
        gap = self.cues.gap(at)
        if gap == " ":
            return True
        if gap == ". ":
            return self.cues.joins(at) or len(self.words[at].text) == 1
        return bool(_GAP.fullmatch(gap))

    @cached_property
    def called(self) -> frozenset[str]:
        """The keys of words that somebody may be called by."""
        return frozenset(filter(self.roster.by_call.has, self._all_keys))

    @cached_property
    def related(self) -> frozenset[str]:
        """The keys of words that are a family's name."""
        return frozenset(filter(self.roster.by_family.has, self._all_keys))

    @cached_property
    def _all_keys(self) -> frozenset[str]:
        return frozenset(key for keys in self.keys for key, _ in keys)

    @cached_property
    def keys(self) -> tuple[_Keys, ...]:
        """Each word's comparable forms, with whether a name must end with it there."""
        bare = self.is_file
        return tuple([_keys(word.keys, not (bare or word.kind is not WordKind.PLAIN)) for word in self.words])

    def key(self, at: int) -> str:
        """The first of a word's comparable forms."""
        return self.keys[at][0][0] if self.keys[at] else ""

    def goes_on(self, after: int) -> bool:
        """Whether a capitalised word that names no class follows: a longer name, or a heading."""
        if after >= len(self.words) or self.cues.gap(after) != " " or after in self.cues.classes:
            return False
        last, following = self.words[after - 1], self.words[after]
        return (
            following.is_capitalised
            and following.kind is WordKind.PLAIN
            and "'s" not in last.key
            and following.text != "I"
        )

    def is_ours(self, start: int, after: int, *, adjacent: bool = False) -> bool:
        """Whether words beside a name make it a learner's: a class, praise, a relative of theirs."""
        kin = after in self.cues.kin and "'s" in self.words[after - 1].key
        if self.cues.class_near(start, after, 2 if adjacent else 4) or start in self.cues.after_praise or kin:
            return True
        return start > 0 and self.words[start - 1].key == "our"

    def mention(self, entry: Entry, first: int, after: int, how: str, confidence: Confidence) -> Mention:
        """The mention of somebody by the words first..after."""
        span = ProseSpan(self.words[first].span.start, self.words[after - 1].span.end)
        return Mention(entry, span, first, after, how, confidence)


class _Openings:
    """Which words may begin a name of two parts on a roster, remembered."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self.has: Callable[[_Keys, bool], bool] = lru_cache(maxsize=16384)(self._may_open)

    def _may_open(self, keys: _Keys, is_file: bool) -> bool:
        """Whether `Reading.forms_at` may find anything at a word with some keys."""
        return any(
            self._roster.forms(key, _cuts_alone(len(key), is_file)) or self._roster.begins(key, (len(key),))
            for key, _ in keys
        )


@lru_cache(maxsize=128)
def _cuts_alone(size: int, is_file: bool) -> tuple[int, ...]:
    """Where the first part of a name may end within a word of so many letters."""
    if is_file:
        return tuple(range(1, size))
    return tuple(range(_SHORTEST_HALF, size - _SHORTEST_HALF + 1)) if size >= _STRONG_LENGTH else ()


@lru_cache(maxsize=65536)
def _keys(keys: tuple[str, ...], with_digits: bool) -> _Keys:
    """What `Reading.keys` gives of a word with some keys."""
    possessive = "'s" in keys[0] or keys[0].endswith("'")
    found: dict[str, list[tuple[str, bool]]] = {}
    for key in keys:
        plain = name_key(key) if with_digits else name_key(key).strip("0123456789")
        if plain and plain not in found:
            found[plain] = [(plain, possessive and "'" not in key)]
            if len(plain) > 4 and plain.endswith("s"):
                found[plain].append((plain[:-1], True))
    return tuple(chain.from_iterable(found.values()))


def stands_alone(form: Form) -> bool:
    """Whether a form is plain as one word: `ameliahughes`."""
    halves = form.text[: form.joint], form.text[form.joint :]
    return (
        form.how in ("full", "reversed")
        and len(form.text) >= _STRONG_LENGTH
        and all(len(half) >= _SHORTEST_HALF for half in halves)
        and not all(map(is_word, halves))
    )

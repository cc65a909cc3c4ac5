"""Learners and colleagues in shorthand: initials alone, names cut short on purpose, a nickname in quotation marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence, ProseSpan
from checkpost.names import is_word, name_key
from checkpost.roster import CALL, FAMILY, NOBODY, Entry, Found
from checkpost.text.words import WordKind

_ABBREVIATED = frozenset("ad am ba bc eg eu ie it ma md mp nb ok pe pm ps re ta tv uk un us vs".split())  # with dots
_ACRONYMS = _ABBREVIATED | frozenset(  # subjects, jobs, degrees
    "ac ai ap cd cv dc dj dt ed fa fc fe gp hq hr ia ict id ip jk la op pa pc pr pt qa ra rs sc se".split()
)
_AFTER_INITIALS = SHORT_WORDS | frozenset("they then there when what where after before but".split())
_QUOTES = frozenset("'\"‘’“”")
_CUT = re.compile(r"(?:mc|mac)[a-z]{0,4}|(?:o|fitz)[a-z]{1,4}")
_INITIALS = 3  # of one person, at the most
_LONGEST_SHORT = 6  # letters of a first name cut short: "Christ."
_PAIR = re.compile(r"\.? {1,2}|\.|, |\., ")


@dataclass(frozen=True)
class Shorthand:
    """Finds names that only those who know the person can fill in."""

    reading: Reading

    def find(self, taken: set[int]) -> Iterator[Mention]:
        """Initials, names cut short and quoted nicknames, where no name stands already."""
        used = set(taken)
        for found in (self._nicknames, self._cut, self._initials):
            for mention in found():
                if not used.intersection(mention.indexes):
                    used.update(mention.indexes)
                    yield mention

    @cached_property
    def _is_told_of(self) -> bool:
        """Whether the text speaks of a learner at all."""
        return bool(self.reading.cues.school or self.reading.cues.care)

    def _initials(self) -> Iterator[Mention]:
        """`M.R.'s social worker`, `MR (9B)`: the initials of a name on the roster, and talk of learners."""
        words, cues, prose = self.reading.words, self.reading.cues, self.reading.doc.prose
        if self.reading.is_picture:
            return
        for at, after, letters in self._in_capitals():
            dotted = after - at > 1 or prose[words[at].span.start + 1 : words[at].span.start + 2] == "."
            key = name_key(letters)
            near = cues.class_near(at, after, 2)
            theirs = after + 1 if dotted and cues.gap(after) in (".'", ".’") else after  # "M.R.'s mum"
            owned = theirs > after or "'s" in words[after - 1].key
            owner = owned and (theirs in cues.kin or theirs in cues.belongings)
            entry = self._initialled(key)
            if entry is None or not (near or owner or (dotted and self._is_told_of)):
                continue
            if key in (_ABBREVIATED if dotted else _ACRONYMS) and not (dotted and (near or owner)):
                continue
            if dotted and self._begins_longer(after) and not near:
                continue
            yield self.reading.mention(entry, at, after, "initials", Confidence.MEDIUM)

    def _in_capitals(self) -> Iterator[tuple[int, int, str]]:
        """Two or three capitals, in one word or with dots between them: the index of the first, after the last, all."""
        words, cues = self.reading.words, self.reading.cues
        for at, word in enumerate(words):
            if word.text[0].islower():
                continue
            head = word.text.split("'")[0].split("’")[0]
            if word.kind is not WordKind.PLAIN or len(head) > _INITIALS or head != head.upper():
                continue
            after, text = at + 1, word.text
            while after < len(words) and cues.gap(after) in (".", ". ") and len(words[after - 1].text) == 1:
                if len(words[after].text.split("'")[0]) > 1 or not words[after].text[:1].isupper() or after - at > 2:
                    break
                text += words[after].text
                after += 1
            letters = text.split("'")[0].split("’")[0]
            if letters.isupper() and 2 <= len(letters) <= _INITIALS:
                yield at, after, letters

    def _begins_longer(self, after: int) -> bool:
        """Whether a family name follows: `J.K. Rowling`."""
        words = self.reading.words
        return (
            after < len(words)
            and words[after].is_capitalised
            and self.reading.cues.gap(after) in (" ", ". ")
            and words[after].key.split("'")[0] not in _AFTER_INITIALS
        )

    def _initialled(self, letters: str) -> Entry | None:
        return next((entry for entry in self.reading.roster.by_initials.get(letters, ())), None)

    def _nicknames(self) -> Iterator[Mention]:
        """`'Buzz' Rowntree`, `Megan "the Rocket" Rowntree`: a nickname in quotation marks before a family name."""
        words, cues, prose = self.reading.words, self.reading.cues, self.reading.doc.prose
        if _QUOTES.isdisjoint(prose):
            return
        for at, word in enumerate(words):
            gap = cues.gap(at).strip()
            if not at or word.kind is not WordKind.PLAIN or not word.is_capitalised or gap not in _QUOTES or not gap:
                continue
            first = at - 1
            while first > at - 4 and first >= 0 and not _QUOTES & set(cues.gap(first)):
                first -= 1
            start = words[max(first, 0)].span.start - 1
            if first < 0 or first < at - 3 or prose[start : start + 1] not in _QUOTES:
                continue
            for key, _ in self.reading.keys[at]:
                entries = NOBODY if is_word(key) else self.reading.roster.by_family.get(key, NOBODY)
                if entries and words[first].is_capitalised:
                    mention = self.reading.mention(entries[0], first, at + 1, "near", Confidence.MEDIUM)
                    yield replace(mention, span=ProseSpan(start, word.span.end))
                    break

    def _cut(self) -> Iterator[Mention]:
        """`Callum McK`, `c mck`, `Rown. Meg.`: a first name and the beginning of the family's, or both cut short."""
        words, cues = self.reading.words, self.reading.cues
        firsts = [self._may_be_first(at) for at in range(len(words))]
        for at in range(len(words) - 1):
            if not (firsts[at] or firsts[at + 1]):
                continue
            one, two = words[at], words[at + 1]
            lower = not one.is_capitalised
            if lower == two.is_capitalised or (lower and not cues.is_lower(at)):
                continue
            if (
                one.kind is not WordKind.PLAIN
                or two.kind is not WordKind.PLAIN
                or not _PAIR.fullmatch(cues.gap(at + 1))
            ):
                continue
            for first, second, backwards in ((at, at + 1, False), (at + 1, at, True)):
                entry = self._cut_entry(first, second, backwards=backwards, lower=lower)
                if entry:
                    yield self.reading.mention(entry, at, at + 2, "near", Confidence.MEDIUM)
                    break

    def _may_be_first(self, at: int) -> bool:
        """Whether a word may stand for a first name: a letter, what somebody is called, or anything before a dot."""
        given = self.reading.key(at)
        return len(given) < 2 or given in self.reading.called or self._has_dot(at)

    def _cut_entry(self, first: int, second: int, *, backwards: bool, lower: bool) -> Entry | None:
        """Whose name it is that has its first name at one word and its family name at another, one of them cut."""
        if not self._may_be_first(first):
            return None
        given = self.reading.key(first)
        keys = [key for key, _ in self.reading.keys[second]] or [""]
        family = keys["'s" in self.reading.words[second].key and len(keys) > 1]  # "Tom Mc's"
        is_short = family in SHORT_WORDS and "'" not in self.reading.words[second].key[1:-1]  # "on", and not "O'N"
        if len(family) < 2 or is_short or given in SHORT_WORDS:
            return None
        dotted = self._has_dot(second)
        for entry in self._may_be_cut(given, family, dotted=self._has_dot(first)):
            for name in entry.families:
                if not name.startswith(family) and not (family == "mac" and name.startswith("mc")):
                    continue
                whole = name == family
                cut = not whole and (
                    bool(_CUT.fullmatch(family))
                    or (len(family) >= (2 if dotted else 3) and not (lower and not self._is_told_of))
                )
                fits = self._fits(given, entry.calls, first, lower=lower)
                if fits == "short" and (whole or cut) and not is_word(family):
                    return entry
                if (
                    fits == "whole"
                    and cut
                    and (dotted or not is_word(family) or _CUT.fullmatch(family))
                    and (not backwards or dotted or _CUT.fullmatch(family))
                ):
                    return entry
                if fits == "letter" and cut and _CUT.fullmatch(family) and len(family) >= 3:
                    return entry
        return None

    def _may_be_cut(self, given: str, family: str, *, dotted: bool) -> Found:
        """The people whose family name begins with one word, and one of whose first names another may stand for."""
        roster, families = self.reading.roster, f"{FAMILY}{'mc' if family == 'mac' else family}*"
        if dotted and 1 < len(given) <= _LONGEST_SHORT and roster.has(families):
            shortened = re.compile("^" + re.escape(CALL) + "[^\n]*?".join(given) + "[^\n]*", re.MULTILINE)
            calls = shortened.findall("\n".join(roster.beginning(CALL, given[0])))
            return roster.who([CALL + given, *calls], [families])
        if len(given) == 1 and len(family) >= 3 and _CUT.fullmatch(family):
            return roster.who([f"{CALL}{given}*"], [families])
        return roster.who([CALL + given], [families])

    def _fits(self, text: str, calls: Sequence[str], at: int, *, lower: bool) -> str:
        """How a word stands for a first name: whole, short (`Thos.`, `Meg.`), by a letter, or not at all."""
        if text in calls:
            told = self._is_told_of or at in self.reading.cues.after_praise
            return "" if is_word(text) and (lower or not told) else "whole"
        if len(text) == 1 and any(call[0] == text for call in calls):
            return "" if text in "ai" and lower else "letter"
        dotted = self._has_dot(at)
        if dotted and len(text) >= 2 and any(_shortens(text, call) for call in calls):
            return "short"
        return ""

    def _has_dot(self, at: int) -> bool:
        end = self.reading.words[at].span.end
        return self.reading.doc.prose[end : end + 1] == "."


def _shortens(short: str, name: str) -> bool:
    """Whether a word has a name's first letter and others of it in their order.

    >>> _shortens("thos", "thomas"), _shortens("wm", "william"), _shortens("meg", "nigel")
    (True, True, False)
    """
    letters = iter(name)
    return short[:1] == name[:1] and len(short) < len(name) and all(letter in letters for letter in short)

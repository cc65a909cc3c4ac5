"""Names in #hashtags and @handles, whole or in part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading, stands_alone
from checkpost.model import Confidence, ProseSpan
from checkpost.names import is_given, is_word, name_key
from checkpost.roster import CALL, FAMILY, Entry, Form
from checkpost.text.words import Tag, WordKind

_STRONG_LENGTH = 8
_LONGEST = 40  # of a first or family name
_CHEERS = frozenset(  # what stands before a family name in a hashtag that cheers somebody
    "team go come c'mon cmon vote free love bravo oh our captain king queen saint super coach well done "
    "congrats congratulations justice pray get bring give thank thankyou farewell bye goodbye good luck happy "
    "be".split()
)
_FOLLOWED_BY = frozenset(  # and what stands after it
    "for to fc army fan fans club strikes rocks rules wins won magic power squad crew day watch time out in on at is "
    "does did vs v goes goals".split()
)
_LETTERS = 3  # a beginning that says little


@dataclass(frozen=True)
class Tags:
    """Finds names in tags."""

    reading: Reading

    def find(self) -> Iterator[Mention]:
        """Names in #hashtags and @handles, whole or in part."""
        for tag, inside in self.reading.cues.tagged:
            handle = tag.kind is WordKind.HANDLE
            broken = self._broken_off(tag, inside)
            if broken:
                yield broken
                continue
            form = self._in_pieces(inside, handle=handle)
            entry = form.entry if form else self._in_long_pieces(inside)
            if not entry and not handle:
                entry = self._cheered(inside)
            if not entry and handle:
                entry = self._in_beginnings(inside)
            if entry:
                how = "title" if form and form.how == "title" else "tag"
                yield Mention(entry, tag.span, inside[0], inside[-1] + 1, how, Confidence.MEDIUM)

    def _in_pieces(self, inside: Sequence[int], *, handle: bool) -> Form | None:
        found = [
            form
            for start in inside
            for form, after, bounds in self.reading.forms_at(start, anywhere=True)
            if after <= inside[-1] + 1 and self._in_tag(form, bounds, start, inside, handle=handle)
        ]
        return max(found, key=lambda form: len(form.text), default=None)

    def _in_tag(self, form: Form, bounds: Sequence[int], start: int, inside: Sequence[int], *, handle: bool) -> bool:
        first, second = form.text[: form.joint], form.text[form.joint :]
        split = form.joint in bounds
        if form.how in ("full", "reversed", "givens"):
            words = is_word(first) and is_word(second)
            if form.how == "givens" and (not split or words):
                return False
            if handle or not words:
                return len(form.text) >= 6 or split
            whole = start == inside[0] and len(inside) == 1  # #willgrace, and not #joylovepeace
            return (whole and bool(self.reading.cues.school)) or (
                split and self.reading.words[start].is_capitalised and len(inside) <= len(bounds) + 1
            )
        if form.how == "title":
            return len(second) >= 3
        name = first if len(first) > len(second) else second
        if form.how == "surname-initial":
            return len(name) >= (3 if split else 4) and (handle or (split and not is_word(name)))
        return len(name) >= 4 and not is_word(name) and (handle or (split and self.reading.words[start].is_capitalised))

    def _broken_off(self, tag: Tag, inside: Sequence[int]) -> Mention | None:
        """A name that goes on after the apostrophe that ends a tag: `#TeamD'Shawn`, `#GrainneO'Shea`."""
        words, after = self.reading.words, inside[-1] + 1
        if after >= len(words) or self.reading.cues.gap(after) not in ("'", "’"):
            return None
        for start in inside:
            key = "".join(name_key(word.key) for word in words[start:after])
            for end, _ in self.reading.keys[after]:
                calls = () if is_word(key + end) else self.reading.roster.by_call.get(key + end, ())
                forms = self.reading.roster.forms(key + end)
                for entry in (*(form.entry for form in forms if stands_alone(form)), *calls):
                    span = ProseSpan(tag.span.start, words[after].span.end)
                    return Mention(entry, span, inside[0], after + 1, "tag", Confidence.MEDIUM)
        return None

    def _in_long_pieces(self, inside: Sequence[int]) -> Entry | None:
        """A full name within a longer run of letters: `welldoneameliahughes`."""
        for at in inside:
            for key, _ in self.reading.keys[at]:
                for start in range(len(key) - _STRONG_LENGTH + 1):
                    end = start + 1
                    while end <= len(key) and self.reading.roster.begins(key[start:end]):
                        for form in self.reading.roster.forms(key[start:end]):
                            if stands_alone(form):
                                return form.entry
                        end += 1
        return None

    def _cheered(self, inside: Sequence[int]) -> Entry | None:
        """A family name that the rest of a hashtag cheers: `#TeamRowntree`, `#RowntreeForEngland`, `#goRowntree`."""
        words, roster = self.reading.words, self.reading.roster
        keys = [name_key(words[at].key) for at in inside]
        pieces = [(key, words[at].is_capitalised) for at, key in zip(inside, keys, strict=True)]
        if len(keys) == 1:  # `#teamrowntree`
            pieces = [(keys[0].removeprefix(cheer), True) for cheer in ("team", "go") if keys[0].startswith(cheer)]
        elif not (_CHEERS.isdisjoint(keys[:-1]) and _FOLLOWED_BY.isdisjoint(keys[1:])):
            pieces = [(key, capital) for key, capital in pieces if key not in _CHEERS | _FOLLOWED_BY]
        else:
            return None
        for key, capital in pieces:
            also_given = is_given(key) and not self.reading.cues.school  # "#TeamLewis" may be anybody's hero
            if capital and len(key) > _LETTERS and not (is_word(key) or also_given) and key in roster.by_family:
                return roster.by_family[key][0]
        return None

    def _in_beginnings(self, inside: Sequence[int]) -> Entry | None:
        """A first name and the beginning of the family's: `@zof.woj.flips07`, `@zofwoj`, `@zofiaa_wojj`."""
        pieces = [self.reading.key(at) for at in inside]
        plain = [_undrawn(piece) for piece in pieces]
        single = [re.sub(r"([a-z])\1", r"\1", piece) for piece in plain]
        for read in (pieces, *(other for other in (plain, single) if other != pieces)):
            found = next((entry for one, two in pairwise(read) for entry in self._begun(one, two)), None) or next(
                (entry for piece in read for entry in self._begun_in_one(piece)), None
            )
            if found:
                return found
        return next((entry for piece in pieces for entry in self._with_letter(piece)), None)

    def _with_letter(self, piece: str) -> Iterator[Entry]:
        """In talk of learners, a first name's letter and the beginning of the family's: `@crown.art`, `@tmack`."""
        family = re.sub(r"^mac", "mc", piece[1:])
        cut_short = family == piece[1:] and (len(family) <= _LETTERS or is_word(family))
        if len(piece) > _LETTERS and not cut_short and (self.reading.cues.school or self.reading.cues.care):
            yield from self.reading.roster.who([f"{CALL}{piece[0]}*"], [f"{FAMILY}{family}*"])

    def _begun(self, one: str, two: str) -> Iterator[Entry]:
        who = self.reading.roster.who
        yield from who([_begin(CALL, one)], [_begin(FAMILY, two)])
        yield from who([_begin(CALL, two)], [_begin(FAMILY, one)])

    def _begun_in_one(self, piece: str) -> Iterator[Entry]:
        roster = self.reading.roster
        for cut in range(3, min(len(piece) - 2, _LONGEST)):
            first, last = piece[:cut], piece[cut:]
            if first in roster.by_call:
                yield from roster.who([CALL + first], [_begin(FAMILY, last)])
            if cut + 4 <= len(piece) and last in roster.by_family:
                yield from roster.who([CALL + first + "*"], [FAMILY + last])


def _undrawn(piece: str) -> str:
    """A piece without the letters that are drawn out or changed for show.

    >>> _undrawn("zofiaa"), _undrawn("hughezz")
    ('zofia', 'hughes')
    """
    once = piece.rstrip(piece[-1]) + piece[-1] if piece[-1:].isalpha() else piece
    return once[:-1] + "s" if once.endswith("z") and once != piece else once


def _begin(mark: str, piece: str) -> str:
    """The key of a name that a piece is, or of all that it begins where it is long enough to tell."""
    return f"{mark}{piece}*" if len(piece) >= 3 and piece not in SHORT_WORDS else mark + piece

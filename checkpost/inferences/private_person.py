"""Private people and colleagues on no roster, where the words around a name introduce them.

What it finds: A full name, or a title and a name, that is thanked, that a trade or an address introduces
("local baker …", "… of 40 Larch Rise", "… from next door"), or of which the post says what is said of
colleagues ("… leaves us in June").
Why it matters: People outside the organisation have not chosen to be in its posts; a name is personal data
(UK GDPR, Article 4(1)).
Not flagged: People in the public eye, authors and sources of quotations, places and firms that bear a
person's name, the post's own author, and whoever a roster or another rule has found already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.names import is_given, is_surname, is_word, name_key, name_words
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind

OTHER = "people/other"
STAFF = "people/staff"

_OURS = frozenset("our we us my me i we're we've i've i'm school college".split())
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every private person whom the words around their name introduce."""
    finder = _Finder(case)
    for first, after in finder.names():
        concern = finder.concern(first, after)
        if concern:
            yield Hit(
                concern=concern,
                message="A colleague is named." if concern == STAFF else "A private person is named.",
                span=finder.span(first, after),
                confidence=Confidence.MEDIUM,
                evidence=("a name, and words that introduce a person",),
            )


@dataclass(frozen=True)
class _Finder:
    case: Case

    @cached_property
    def cues(self) -> Cues:
        return Cues(self.case.text)

    @cached_property
    def author(self) -> frozenset[str]:
        return frozenset(name_words(self.case.post.context.author.name or ""))

    @cached_property
    def taken(self) -> frozenset[int]:
        """Indexes of words that are somebody or something already."""
        spans = [hit.span for hit in self.case.found("people/") if hit.span and hit.part == self.case.text.part.name]
        spans += [mention.span for mention in self.case.knowledge.mentions(self.case.text)]
        slots = self.case.knowledge.slots(self.case.text)
        inside = {
            at
            for slot in ("organisation", "partner")
            for first, after in slots[slot].items()
            for at in range(first, after)
        }
        inside.update(at for at, word in enumerate(self.cues.words) if any(word.span.overlaps(span) for span in spans))
        return frozenset(inside | self.cues.figures)

    def names(self) -> Iterator[tuple[int, int]]:
        """Full names, and names after a title, as indexes of words."""
        at = 0
        words = self.cues.words
        while at < len(words):
            after = self._name_end(at)
            if after:
                yield at, after
            at = after or at + 1

    def _name_end(self, at: int) -> int | None:
        words = self.cues.words
        first = words[at]
        titled = first.key in _TITLES
        if first.kind is not WordKind.PLAIN or not (first.is_capitalised or titled) or first.text.isupper():
            return None
        end = at + 1
        while end < len(words) and end - at < 4 and words[end].is_capitalised and self.cues.joins(end):
            end += 1
            if "'s" in words[end - 1].key:
                break
        keys = [name_key(word.keys[-1]) for word in words[at:end]]
        if len(keys) < 2 or self.taken.intersection(range(at, end)) or self.author.issuperset(keys[-1:]):
            return None
        if not titled and not (is_given(keys[0]) and (not is_word(keys[0]) or is_surname(keys[-1]))):
            return None
        return None if set(keys[1:]) & _not_people() or {at, at - 1} & self.cues.after_own else end

    def concern(self, first: int, after: int) -> str | None:
        """What naming this person falls under; None where nothing introduces them."""
        if self._is_public(first):
            return None
        if self._meets(first, "job") or self._meets(first, "our-job"):
            return STAFF
        if self._in_sentence(first, "works-here") and self._is_ours(first):
            return STAFF
        introduced = (
            self._meets(first, "thanks")
            or self._meets(first, "trade")
            or any(match.first == after for match in self._find("lives"))
        )
        return OTHER if introduced else None

    def _is_ours(self, first: int) -> bool:
        """Whether the sentence speaks of the author's own place of work."""
        words = self.cues.sentence(first)
        return (
            words[0].sentence in self.cues.school
            or any(_OURS.intersection(word.keys) for word in words)
            or (self.case.post.context.account == "organisation")
        )

    def _meets(self, first: int, group: str) -> bool:
        return any(match.after == first for match in self._find(group))

    def _in_sentence(self, at: int, group: str) -> bool:
        words = self.cues.words
        return any(words[match.first].sentence == words[at].sentence for match in self._find(group))

    def _find(self, group: str) -> Iterator[Match]:
        yield from load("private-person").find(self.case.text, self.case.knowledge.slots(self.case.text), group)

    def _is_public(self, first: int) -> bool:
        words, prose = self.cues.words, self.case.text.prose
        before = prose[: words[first].span.start].rstrip()[-1:]
        attributed = bool(before) and before in "–—~\"'"
        by = first > 0 and words[first - 1].key == "by" and not self._meets(first, "thanks")
        return attributed or by or self._in_sentence(first, "public")

    def span(self, first: int, after: int) -> ProseSpan:
        """The prose of some words."""
        return ProseSpan(self.cues.words[first].span.start, self.cues.words[after - 1].span.end)


def _not_people() -> frozenset[str]:
    return frozenset(word for term in load("private-person").groups["not-people"].terms for word in term.split("|"))


INFERENCE = Inference("private-person", (OTHER, STAFF), infer)

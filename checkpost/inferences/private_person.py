"""Private people and colleagues on no roster, where the words around a name introduce them.

What it finds: A full name, or a title and a name, that is thanked, that a trade or an address introduces
("local baker …", "… of 40 Larch Rise", "… from next door"), or of which the post says what is said of
colleagues ("… leaves us in June"); a title and a name: a parent's where the sentence speaks to or of parents, a
colleague's where it speaks of lessons.
Why it matters: People outside the organisation have not chosen to be in its posts; a name is personal data
(UK GDPR, Article 4(1)).
Not flagged: People in the public eye, authors and sources of quotations, places and firms that bear a
person's name, the post's own author, and whoever a roster or another rule has found already.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from checkpost.accounts import StaffAccounts
from checkpost.cues import Cues
from checkpost.described import happened
from checkpost.introductions import Introductions
from checkpost.lexicon import load
from checkpost.listed import FirstNames
from checkpost.model import Confidence, Hit
from checkpost.names import is_given, is_surname, is_word, name_key
from checkpost.pictured import named_in_text
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind

OTHER = "people/other"
STAFF = "people/staff"
FAMILY = "people/family"

_MESSAGES = {
    OTHER: "A private person is named.",
    STAFF: "A colleague is named.",
    FAMILY: "A learner's relative is named.",
}
_OURS = frozenset("our we us my me i we're we've i've i'm school college".split())
_DASH_FOLLOWS = re.compile(r"[ ,]{0,9}[–—]")
_ABROAD = frozenset("mme mlle monsieur herr frau senor senora sra signor signora".split())
_SMALL = frozenset({"mr", "mrs", "ms", "mx", "dr"})  # titles also without a capital
_CLERGY = frozenset("father fr rev revd reverend pastor imam rabbi canon deacon cllr councillor pc pcso sgt".split())
_TITLES = _ABROAD | _SMALL | _CLERGY | {"coach", "miss"}


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every private person whom the words around their name introduce."""
    finder = _Finder(case)
    strangers: set[str] = set()  # by family name
    for first, after in (*finder.names, *finder.first_names(), *finder.accounts()):
        concern = finder.concern(first, after)
        family = name_key(finder.cues.words[after - 1].keys[-1])
        if concern == STAFF and family in strangers:
            concern = OTHER  # "a Mr Scott of Mill Lane …; Mr Scott, come in"
        if concern == OTHER:
            strangers.add(family)
        if concern:
            yield Hit(
                concern=concern,
                message=_MESSAGES[concern],
                span=finder.cues.span(first, after),
                confidence=Confidence.MEDIUM,
                evidence=("a name, and words that introduce a person",),
            )


@dataclass(frozen=True)
class _Finder:
    case: Case

    @cached_property
    def cues(self) -> Cues:
        return self.case.text.derived(Cues)

    @cached_property
    def read(self) -> frozenset[int]:
        """Indexes of the words that begin a name in the trained model's eyes."""
        return self.case.knowledge.read_names(self.case.text)

    @cached_property
    def taken(self) -> frozenset[int]:
        """Indexes of words that are somebody or something already."""
        spans = list(self.case.spans_of("people/"))
        spans += [mention.span for mention in self.case.knowledge.mentions(self.case.text)]
        inside = {at for span in spans for at in self.cues.indexes(span)}
        slots = self.case.knowledge.slots(self.case.text)
        for slot in ("organisation", "partner"):
            inside.update(at for first, after in slots[slot].items() for at in range(first, after))
        for first, (after, _) in named_in_text(self.case).items():
            inside.update(range(first, after))
        return frozenset(inside | self.cues.figures)

    @cached_property
    def told(self) -> Introductions:
        return Introductions(self.case, self.cues)

    @cached_property
    def things(self) -> frozenset[int]:
        """Names of pets, puppets and machines."""
        return FirstNames(self.cues, self.case.knowledge.roster).things

    @cached_property
    def ours(self) -> frozenset[int]:
        """Sentences that speak of the author's own place of work."""
        return self.cues.school | {word.sentence for word in self.cues.words if _OURS.intersection(word.keys)}

    @cached_property
    def names(self) -> tuple[tuple[int, int], ...]:
        """Full names, and names after a title, as indexes of words."""
        end, found = 0, []
        for at in sorted({*self.cues.capitals, *self.cues.places(_SMALL)}):
            after = self._name_end(at) if at >= end else None
            if after:
                found.append((at, after))
                end = after
        return tuple(found)

    def first_names(self) -> Iterator[tuple[int, int]]:
        """First names alone, where the words around them say whose they are."""
        words, full = self.cues.words, {at for first, after in self.names for at in range(first, after)}
        for at in self.cues.capitals:
            word = words[at]
            if word.kind is not WordKind.PLAIN:
                continue
            key = name_key(word.keys[-1])
            own = {at, at - 1} & self.cues.after_own and not self.told.leads_to(at, "our-job", "our-own")
            if own or at in full or at in self.taken:
                continue
            sure = not is_word(key) or self.told.leads_to(at, "our-job", "our-own")
            is_first = at in self.read or (is_given(key) and sure)
            if is_first and key not in self.case.author and self.first_name_concern(at):
                yield at, at + 1

    def first_name_concern(self, at: int) -> str | None:
        """What naming somebody by the first name falls under."""
        word, following = self.cues.words[at], at + 1
        if word.text.isupper() and not self.cues.is_shouted(at) and len(word.text) > 1:
            return None
        is_listed = name_key(word.keys[-1]) in self.case.knowledge.roster.by_call  # maybe on a placement there
        if not is_listed and self.told.is_of_partner(at, following):
            return OTHER
        groups = ("our-job",) if is_listed else ("our-job", "our-own")
        own_job = self.told.leads_to(at, *groups) and self.cues.gap(at) == " "
        own_job = own_job or self._follows_our_staff(at, following)
        took = self.told.leads_to(at, "takes-over") and following in self.cues.classes
        owner = "'s" in word.key and (took or self.told.begins(following, "theirs"))
        spoken_to = self.told.leads_to(at, "spoken-to") and self.told.says(word.sentence, "at-work")
        if own_job or owner or spoken_to or self.told.begins(following, "is-a-colleague"):
            return STAFF
        introduced = (
            self.told.begins(following, "on-the-line")
            or following in self.told.at_a_place
            or (self.told.leads_to(at, "trade") and self.cues.gap(at) == " ")
        )
        before = self.cues.words[at - 1].key if at and self.cues.gap(at) == " " else ""
        lent = before == "their" and self.case.post.context.account == "organisation"
        return OTHER if (introduced or lent) and not self._is_joined(at) else None

    def _follows_our_staff(self, first: int, after: int) -> bool:
        """Whether a job of ours comes first: `our crossing lady. Maureen is …`, `our cook … she's called Jean`."""
        sentence = self.cues.words[first].sentence
        before = self.told.says(sentence - 1, "our-staff")
        if self.cues.starts_sentence(first):
            return before and happened(self.cues, after)
        called = self.cues.words[first - 1].key in ("called", "named")
        return called and (before or self.told.says(sentence, "our-staff"))

    def _is_joined(self, at: int) -> bool:
        """Whether a capitalised word stands directly before or after a name: it is part of a longer one."""
        return self.cues.follows_capital(at) or (
            at + 1 < len(self.cues.words) and self.cues.words[at + 1].is_capitalised and self.cues.joins(at + 1)
        )

    def _name_end(self, at: int) -> int | None:
        words = self.cues.words
        first = words[at]
        titled = first.key in _TITLES and (first.is_capitalised or first.key in _SMALL)
        if (
            first.kind is not WordKind.PLAIN
            or not (first.is_capitalised or titled)
            or first.text.isupper()
            or first.key in _OURS
            or "'s" in first.key
            or (at > 0 and words[at - 1].key in ("i'm", "im"))  # "I'm Mr Brown to my class"
        ):
            return None
        end = at + 1
        while end < len(words) and end - at < 4 and words[end].is_capitalised and self.cues.joins(end):
            end += 1
            if "'s" in words[end - 1].key:
                break
        keys = [name_key(word.keys[-1]) for word in words[at:end]]
        if len(keys) < 2 or self.taken.intersection(range(at, end)) or keys[-1] in self.case.author:
            return None
        listed = is_given(keys[0]) and (not is_word(keys[0]) or is_surname(keys[-1]))
        if not (titled or listed or at in self.read):
            return None
        colleague = self.told.leads_to(at, "our-job", "our-own") or self.told.is_fellow(at)
        own = {at, at - 1} & self.cues.after_own and not colleague
        return None if set(keys[1:]) & _not_people() or own else end

    def concern(self, first: int, after: int) -> str | None:
        """What naming this person falls under; None where nothing introduces them."""
        if first in self.cues.tag_at:
            return STAFF
        if after == first + 1:
            return self.first_name_concern(first)
        sentence = self.cues.words[first].sentence
        titled = self.cues.words[first].key in _TITLES
        # `To book a stall ring …` is about no book, and a neighbour's album is no star's.
        reached = self.told.leads_to(first, "contact") or self.told.begins(after, "nearby")
        is_public = not reached and self.told.says(sentence, "of-books" if titled else "public")
        if is_public or self._is_quoted(first, after) or self.things & {first, after - 1}:
            return None
        if self.told.is_of_partner(first, after):
            return OTHER
        if self._is_colleague(first, after) and self.cues.words[first].key not in _CLERGY:
            return STAFF
        return self._stranger_concern(first, after)

    def _stranger_concern(self, first: int, after: int) -> str | None:
        """What naming somebody falls under of whom nothing says that they are a colleague."""
        sentence, titled = self.cues.words[first].sentence, self.cues.words[first].key in _TITLES
        introduced = (
            self.told.leads_to(first, "trade", "met", "contact")
            or self.told.begins(after, "lives", "on-the-line")
            or self.told.describes(after)
        )
        introduced = introduced or (titled and first > 0 and self.cues.words[first - 1].key in ("a", "1", "certain"))
        recommended = self.told.says(sentence, "recommends") and self.told.says(sentence, "service")
        if introduced or recommended or self.cues.words[first].key in _ABROAD | _CLERGY:
            return OTHER
        if titled:
            return self._titled_concern(first)
        return OTHER if self.told.leads_to(first, "thanks") else None

    def _is_colleague(self, first: int, after: int) -> bool:
        """Whether a job, a department or what is said of colleagues stands beside a name."""
        sentence = self.cues.words[first].sentence
        has = "'s" in self.cues.words[after - 1].key and self.told.begins(after, "theirs")
        at_work = self.case.post.context.account == "organisation" or sentence in self.ours
        if self.told.describes(after):
            return self.told.leads_to(first, "job", "our-job", "our-own")
        return (
            self.told.is_fellow(first)
            or self.told.leads_to(first, "job", "our-job", "our-own")
            or self.told.begins(after, "is-a-colleague")
            or self._follows_our_staff(first, after)
            or has
            or (at_work and self.told.says(sentence, "works-here"))
            or (not self.told.leads_to(first, "trade") and self.told.takes_leave(sentence))
        )

    def _titled_concern(self, first: int) -> str | None:
        """What a title and a name that nothing introduces fall under: who is called so is no public figure."""
        sentence = self.cues.words[first].sentence
        if self.told.begins(first, "of-fiction"):
            return None
        before = self.cues.words[first - 1].key if first else ""
        if before in ("by", "from", "with") and self.told.says(sentence, "staff-talk"):
            return STAFF
        if self.told.says(sentence, "parent-talk"):
            return FAMILY
        if self.told.says(sentence, "staff-talk", "works-here"):
            return STAFF
        if self.told.says(sentence, "parents"):
            return FAMILY
        at_school = self.case.post.context.account == "organisation" or self.cues.school
        return STAFF if at_school and not self.told.leads_to(first, "thanks") else OTHER

    def accounts(self) -> Iterator[tuple[int, int]]:
        """The accounts of colleagues, as indexes of words."""
        for inside in StaffAccounts(self.case, self.cues).find():
            if not self.taken.intersection(inside):
                yield inside.start, inside.stop

    def _is_quoted(self, first: int, after: int) -> bool:
        """Whether a name says whose words or work something is."""
        words, prose = self.cues.words, self.case.text.prose
        start = words[first].span.start
        before = prose[max(start - 3, 0) : start].rstrip()[-1:]
        by = first > 0 and words[first - 1].key == "by" and words[first].key not in _TITLES
        by = by and not self.told.leads_to(first, "thanks", "our-job", "our-own")
        goes_on = after < len(words) and bool(_DASH_FOLLOWS.match(prose, words[after - 1].span.end))
        return by or (bool(before) and before in "–—~\"'" and not goes_on)


@cache
def _not_people() -> frozenset[str]:
    return frozenset(word for term in load("private-person").groups["not-people"].terms for word in term.split("|"))


INFERENCE = Inference("private-person", (OTHER, STAFF, FAMILY), infer)

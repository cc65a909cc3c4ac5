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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.described import happened
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit
from checkpost.names import is_given, is_surname, is_word, name_key, name_words
from checkpost.phrases import NO_SLOTS
from checkpost.pictured import named_in_text
from checkpost.roster import NOBODY
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
_ABROAD = frozenset("mme mlle monsieur herr frau senor senora sra signor signora".split())
_SMALL = frozenset({"mr", "mrs", "ms", "mx", "dr"})  # titles also without a capital
_SHORT = frozenset({"ion", "ing"})  # "mission", "missing"
_SUBJECTS = frozenset(
    "maths english science pe art music drama history geography geogs geog mfl french spanish german dt re computing "
    "physics chemistry biology reads teaches teach teacher classroom".split()
)
_CLERGY = frozenset("father fr rev revd reverend pastor imam rabbi canon deacon cllr councillor pc pcso sgt".split())
_TITLES = _ABROAD | _SMALL | _CLERGY | {"coach", "miss"}


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every private person whom the words around their name introduce."""
    finder = _Finder(case)
    strangers: set[str] = set()  # by family name
    for first, after in (*finder.names(), *finder.first_names(), *finder.accounts()):
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
    def author(self) -> frozenset[str]:
        return frozenset(name_words(self.case.post.context.author.name or ""))

    @cached_property
    def taken(self) -> frozenset[int]:
        """Indexes of words that are somebody or something already."""
        spans = [hit.span for hit in self.case.found("people/") if hit.span and hit.part == self.case.text.part.name]
        spans += [mention.span for mention in self.case.knowledge.mentions(self.case.text)]
        inside = {at for span in spans for at in self.cues.indexes(span)}
        slots = self.case.knowledge.slots(self.case.text)
        for slot in ("organisation", "partner"):
            inside.update(at for first, after in slots[slot].items() for at in range(first, after))
        for first, (after, _) in named_in_text(self.case).items():
            inside.update(range(first, after))
        return frozenset(inside | self.cues.figures)

    @cached_property
    def found(self) -> Mapping[str, tuple[Match, ...]]:
        """What introduces people, by the lexicon's groups."""
        terms, slots = load("private-person"), self.case.knowledge.slots(self.case.text)
        groups = (
            *("thanks", "trade", "lives", "works-here", "job", "our-job", "public"),
            *("spoken-to", "at-work", "is-a-colleague", "theirs", "on-the-line", "recommends", "service"),
            *("met", "parent-talk", "staff-talk", "of-fiction", "of-books"),
            *("contact", "takes-over", "takes-leave", "parents", "our-staff"),
        )
        found = {group: tuple(terms.find(self.case.text, slots, group)) for group in groups}
        return {**found, "among-staff": tuple(load("bare-name").find(self.case.text, slots, "among-staff"))}

    @cached_property
    def after(self) -> Mapping[str, frozenset[int]]:
        """Indexes of the words that directly follow each group."""
        return {group: frozenset(match.after for match in found) for group, found in self.found.items()}

    @cached_property
    def sentences(self) -> Mapping[str, frozenset[int]]:
        """Sentences in which each group stands."""
        words = self.cues.words
        return {group: frozenset(words[match.first].sentence for match in found) for group, found in self.found.items()}

    @cached_property
    def lives(self) -> frozenset[int]:
        """Indexes of the words that begin where somebody lives or what they are."""
        return frozenset(match.first for match in self.found["lives"])

    @cached_property
    def at_a_place(self) -> frozenset[int]:
        """Indexes of the words that begin where somebody is found: `at the allotments`, `from next door`."""
        return frozenset(m.first for m in self.found["lives"] if self.cues.words[m.first].key in ("at", "from", "next"))

    @cached_property
    def ours(self) -> frozenset[int]:
        """Sentences that speak of the author's own place of work."""
        return self.cues.school | {word.sentence for word in self.cues.words if _OURS.intersection(word.keys)}

    def names(self) -> Iterator[tuple[int, int]]:
        """Full names, and names after a title, as indexes of words."""
        at = 0
        words = self.cues.words
        while at < len(words):
            after = self._name_end(at)
            if after:
                yield at, after
            at = after or at + 1

    def first_names(self) -> Iterator[tuple[int, int]]:
        """First names alone, where the words around them say whose they are."""
        words, full = self.cues.words, {at for first, after in self.names() for at in range(first, after)}
        for at, word in enumerate(words):
            key = name_key(word.keys[-1])
            own = {at, at - 1} & self.cues.after_own and at not in self.after["our-job"]
            if word.kind is not WordKind.PLAIN or not word.is_capitalised or own or at in full or at in self.taken:
                continue
            sure = not is_word(key) or at in self.after["our-job"]
            is_first = at in self.read or (is_given(key) and sure)
            if is_first and key not in self.author and self.first_name_concern(at):
                yield at, at + 1

    def first_name_concern(self, at: int) -> str | None:
        """What naming somebody by the first name falls under."""
        word, following = self.cues.words[at], at + 1
        if word.text.isupper() and not self.cues.is_shouted(at) and len(word.text) > 1:
            return None
        is_listed = (
            name_key(word.keys[-1]) in self.case.knowledge.roster.by_call
        )  # a learner may have a placement there
        if not is_listed and self._is_of_partner(at, following):
            return OTHER
        own_job = (at in self.after["our-job"] and self.cues.gap(at) == " ") or self._follows_our_staff(at, following)
        took = at in self.after["takes-over"] and following in self.cues.classes
        owner = "'s" in word.key and (took or following in self.theirs)
        spoken_to = at in self.after["spoken-to"] and word.sentence in self.sentences["at-work"]
        if own_job or owner or spoken_to or following in self.colleagues:
            return STAFF
        introduced = following in self.on_the_line | self.at_a_place or (
            at in self.after["trade"] and self.cues.gap(at) == " "
        )
        before = self.cues.words[at - 1].key if at and self.cues.gap(at) == " " else ""
        lent = before == "their" and self.case.post.context.account == "organisation"
        return OTHER if (introduced or lent) and not self._is_joined(at) else None

    @cached_property
    def partners(self) -> Mapping[int, int]:
        """Where partners are named: index of the first word → index after the last."""
        return self.case.knowledge.slots(self.case.text)["partner"]

    def _is_of_partner(self, first: int, after: int) -> bool:
        """Whether a partner's name makes somebody its own: `Brightwater's Gary`, `Gary from Brightwater`."""
        words = self.cues.words
        owned = first in self.partners.values() and "'s" in words[first - 1].key and self.cues.gap(first) == " "
        named = after + 1 in self.partners and words[after].key in ("at", "from", "of", "with")
        return owned or (named and self.cues.gap(after) == " ")

    def _follows_our_staff(self, first: int, after: int) -> bool:
        """Whether a job of ours comes first: `our crossing lady. Maureen is …`, `our cook … she's called Jean`."""
        sentence, jobs = self.cues.words[first].sentence, self.sentences["our-staff"]
        if self.cues.starts_sentence(first):
            return sentence - 1 in jobs and happened(self.cues, after)
        return self.cues.words[first - 1].key in ("called", "named") and bool({sentence, sentence - 1} & jobs)

    def _is_joined(self, at: int) -> bool:
        """Whether a capitalised word stands directly before or after a name: it is part of a longer one."""
        return self.cues.follows_capital(at) or (
            at + 1 < len(self.cues.words) and self.cues.words[at + 1].is_capitalised and self.cues.joins(at + 1)
        )

    def _starting(self, group: str) -> frozenset[int]:
        return frozenset(match.first for match in self.found[group])

    @cached_property
    def colleagues(self) -> frozenset[int]:
        """Indexes of the words that begin what a colleague is: `the best TA …`, `our tutor`."""
        return self._starting("is-a-colleague")

    @cached_property
    def theirs(self) -> frozenset[int]:
        """Indexes of what colleagues have: a timetable, a pigeonhole."""
        return self._starting("theirs")

    @cached_property
    def on_the_line(self) -> frozenset[int]:
        """Indexes of the words that begin where somebody serves the public: `on the helpline`."""
        return self._starting("on-the-line")

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
        ):
            return None
        end = at + 1
        while end < len(words) and end - at < 4 and words[end].is_capitalised and self.cues.joins(end):
            end += 1
            if "'s" in words[end - 1].key:
                break
        keys = [name_key(word.keys[-1]) for word in words[at:end]]
        if len(keys) < 2 or self.taken.intersection(range(at, end)) or self.author.issuperset(keys[-1:]):
            return None
        listed = is_given(keys[0]) and (not is_word(keys[0]) or is_surname(keys[-1]))
        if not (titled or listed or at in self.read):
            return None
        colleague = at in self.after["our-job"] or any(word.key == "fellow" for word in words[max(at - 3, 0) : at])
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
        is_public = sentence in self.sentences["of-books" if titled else "public"] - self._to_contact(first)
        if is_public or self._is_quoted(first, after) or self._is_thing(after):
            return None
        if self._is_of_partner(first, after):
            return OTHER
        if self._is_colleague(first, after) and self.cues.words[first].key not in _CLERGY:
            return STAFF
        return self._stranger_concern(first, after)

    def _to_contact(self, first: int) -> frozenset[int]:
        """The sentence of a name whose bearer is to be reached: `to book a stall ring …` is about no book."""
        return frozenset({self.cues.words[first].sentence} if first in self.after["contact"] else ())

    def _stranger_concern(self, first: int, after: int) -> str | None:
        """What naming somebody falls under of whom nothing says that they are a colleague."""
        sentence, titled = self.cues.words[first].sentence, self.cues.words[first].key in _TITLES
        introduced = first in self.after["trade"] | self.after["met"] | self.after["contact"]
        introduced = introduced or after in self.lives | self.on_the_line or self._is_described(after)
        introduced = introduced or (titled and first > 0 and self.cues.words[first - 1].key in ("a", "1", "certain"))
        recommended = sentence in self.sentences["recommends"] and sentence in self.sentences["service"]
        foreign = self.cues.words[first].key in _ABROAD | _CLERGY
        if introduced or recommended or foreign:
            return OTHER
        if titled:
            return self._titled_concern(first)
        return OTHER if first in self.after["thanks"] else None

    def _is_thing(self, after: int) -> bool:
        """Whether a name is a pet's or a puppet's: `Mr Socks the cat`, `Mrs Beak, our class parrot`."""
        words = self.cues.words
        things = {match.first for match in load("bare-name").find(self.case.text, NO_SLOTS, "thing")}
        return (
            after < len(words)
            and words[after].key in ("the", "our", "my", "a")
            and bool({after + 1, after + 2} & things)
        )

    def _is_colleague(self, first: int, after: int) -> bool:
        """Whether a job, a department or what is said of colleagues stands beside a name."""
        sentence = self.cues.words[first].sentence
        has = "'s" in self.cues.words[after - 1].key and after in self.theirs
        at_work = self.case.post.context.account == "organisation" or sentence in self.ours
        if self._is_described(after):
            return first in self.after["job"] | self.after["our-job"]
        fellow = any(word.key == "fellow" for word in self.cues.words[max(first - 3, 0) : first])
        return (
            fellow
            or first in self.after["job"] | self.after["our-job"]
            or after in self.colleagues
            or self._follows_our_staff(first, after)
            or has
            or (at_work and sentence in self.sentences["works-here"])
            or (first not in self.after["trade"] and self._takes_leave(sentence))
        )

    def _takes_leave(self, sentence: int) -> bool:
        """Whether what is said of colleagues who go is said in a sentence or the one before."""
        return bool({sentence, sentence - 1} & self.sentences["takes-leave"])

    def _titled_concern(self, first: int) -> str | None:
        """What a title and a name that nothing introduces fall under: who is called so is no public figure."""
        sentence = self.cues.words[first].sentence
        if any(match.first == first for match in self.found["of-fiction"]):
            return None
        before = self.cues.words[first - 1].key if first else ""
        if before in ("by", "from", "with") and sentence in self.sentences["staff-talk"]:
            return STAFF
        if sentence in self.sentences["parent-talk"]:
            return FAMILY
        if sentence in self.sentences["staff-talk"] | self.sentences["works-here"]:
            return STAFF
        if sentence in self.sentences["parents"]:
            return FAMILY
        at_school = self.case.post.context.account == "organisation" or self.cues.school
        return STAFF if at_school and first not in self.after["thanks"] else OTHER

    def accounts(self) -> Iterator[tuple[int, int]]:
        """Accounts that a title makes a teacher's, and accounts with a name beside talk of staff."""
        among = self.sentences["among-staff"]
        roster = self.case.knowledge.roster
        for tag, inside in self.cues.tagged:
            if tag.kind is not WordKind.HANDLE or self.taken.intersection(inside):
                continue
            pieces = [name_key(self.cues.words[at].keys[0]).strip("0123456789") for at in inside]
            joined, sentence = "".join(pieces), self.cues.words[inside.start].sentence
            if joined.endswith(_bodies()):
                continue
            near = bool(among & {sentence, sentence - 1})
            at_school = near or bool(self.cues.school) or self.case.post.context.account == "organisation"
            named = any(is_given(piece) for piece in pieces) and len(pieces) > 1
            staff = any("staff" in roster.by_family.get(piece, NOBODY).kinds for piece in pieces if len(piece) > 3)
            at_school = at_school or bool(_SUBJECTS.intersection(pieces))
            if (at_school and _is_titled(pieces)) or (near and (named or staff)):
                yield inside.start, inside.stop

    def _is_described(self, after: int) -> bool:
        """Whether what somebody is follows the name: `(ex landlady, 2009)`, `, our plumber,`."""
        starts = {match.first for match in self.found["trade"]}
        return self.cues.gap(after) in (" (", ", ") and bool({after, after + 1, after + 2} & starts)

    def _is_quoted(self, first: int, after: int) -> bool:
        """Whether a name says whose words or work something is."""
        words, prose = self.cues.words, self.case.text.prose
        before = prose[: words[first].span.start][-3:].rstrip()[-1:]
        by = first > 0 and words[first - 1].key == "by" and first not in self.after["thanks"] | self.after["our-job"]
        by = by and words[first].key not in _TITLES
        goes_on = prose[words[after - 1].span.end :].lstrip(" ,")[:1] in "–—" and after < len(words)
        return by or (bool(before) and before in "–—~\"'" and not goes_on)


def _is_titled(pieces: Sequence[str]) -> bool:
    """Whether an account begins with a title and a name: `@miss_kaur_reads`, `@mrsdentmaths`."""
    if pieces[0] in _SMALL | {"miss"}:
        return len(pieces) > 1 and len(pieces[1]) > 1
    for title in ("mrs", "miss", "mr", "ms", "dr"):
        rest = pieces[0].removeprefix(title)
        if rest != pieces[0]:
            return any(is_surname(rest[:end]) and rest[:end] not in _SHORT for end in range(3, len(rest) + 1))
    return False


def _bodies() -> tuple[str, ...]:
    return tuple(load("bare-name").groups["account-of-a-body"].terms)


def _not_people() -> frozenset[str]:
    return frozenset(word for term in load("private-person").groups["not-people"].terms for word in term.split("|"))


INFERENCE = Inference("private-person", (OTHER, STAFF, FAMILY), infer)

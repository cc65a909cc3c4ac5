"""Learners and colleagues called by one name alone, where the post as a whole shows whom it is about.

What it finds: A first name on the roster, or the family name of a learner, in a post from the organisation's own
account or one that tells of school; a first name beside one that is known to be a learner's ("Minh, Seb and …"); a name
that is on no roster where the words beside it tell of a learner's day.
Why it matters: Whoever knows the class knows which one is meant; a first name with what the child did, where and when
is personal data (UK GDPR, Article 4(1)), and the Department for Education's advice on pictures and names asks for care
with first names as well.
Not flagged: First names in posts that have nothing to do with school, the author's own family, friends and pets, longer
names of somebody else, people in the public eye, and names that are also words where nothing makes them names.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues, virtues
from checkpost.lexicon import load
from checkpost.mentions.reading import SHORT_WORDS
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.pictured import named_in_text
from checkpost.names import TITLES, is_given, is_plain_given, is_surname, is_word, name_key, name_words, public_figures
from checkpost.roster import Entry
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind

LEARNER = "people/learner"
STAFF = "people/staff"
PICKED_OUT = "people/learner-identifiable"

_MESSAGES = {
    LEARNER: "A learner is named.",
    STAFF: "A colleague is named.",
    PICKED_OUT: "The details together point to one learner.",
}
_LISTED = re.compile(r",? ?(?:and|&|\+|,|/) ?|, ", re.IGNORECASE)
_PRONOUNS = frozenset("he she his her him he's she's they".split())
_SENTENCES_ON = 2  # how far on a pronoun may stand for somebody named


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every name alone that is a learner's or a colleague's."""
    finder = _Finder(case)
    for span, concern, confidence in finder.names():
        yield Hit(
            concern=concern,
            message=_MESSAGES[concern],
            span=span,
            confidence=confidence,
            evidence=("a name alone, and a post that tells of school",),
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
    def is_official(self) -> bool:
        """Whether the post is the organisation's own, or may be."""
        return self.case.post.context.account != "personal"

    @cached_property
    def tells_of_school(self) -> bool:
        """Whether anything in the post speaks of school or shows that its author works there."""
        cues = self.cues
        return bool(
            cues.school
            or cues.care
            or self.found["class-talk"]
            or self.case.signs
            or any(self.case.found("boundaries/"))
        )

    @cached_property
    def found(self) -> dict[str, frozenset[int]]:
        """Sentences in which each group of words stands."""
        terms, slots = load("bare-name"), self.case.knowledge.slots(self.case.text)
        words = self.cues.words
        return {
            group: frozenset(words[match.first].sentence for match in terms.find(self.case.text, slots, group))
            for group in ("of-a-learner", "of-a-colleague", "among-staff", "elsewhere", "class-talk")
        }

    @property
    def _class_talk(self) -> frozenset[int]:
        return self.found["class-talk"]

    @cached_property
    def _edges(self) -> tuple[frozenset[int], frozenset[int]]:
        """Indexes of words right beside what makes a name a public one, and of those that begin what somebody does."""
        terms, slots = load("bare-name"), self.case.knowledge.slots(self.case.text)
        public = {
            at for match in terms.find(self.case.text, slots, "grown-up") for at in (match.first - 1, match.after)
        }
        return frozenset(public), frozenset(m.first for m in terms.find(self.case.text, slots, "does"))

    @cached_property
    def known(self) -> dict[int, str]:
        """The words that name somebody already, with the concern."""
        doc = self.case.text
        kinds = {"learner": LEARNER, "staff": STAFF}
        named = {at: kinds[m.entry.kind] for m in self.case.knowledge.mentions(doc) for at in m.indexes}
        for hit in self.case.found("people/"):
            if hit.span and hit.part == doc.part.name:
                named.update((at, hit.concern) for at in self.cues.indexes(hit.span))
        for first, (after, role) in named_in_text(self.case).items():
            named.update((at, kinds.get(role, role)) for at in range(first, after) if at not in named)
        return named

    @cached_property
    def listed(self) -> dict[int, int]:
        """Names in a list of names, each with the index after it and its initial: `NOAH, IMOGEN, TEDDY B and ROMY`."""
        words, found, at = self.cues.words, {}, 0
        while at < len(words):
            items, start = {}, at
            while start < len(words) and (after := self._item(start)):
                items[start] = after
                start = self._next_item(after)
            calls = [key for item in items if (key := self._call(item)) and not is_word(key)]
            if len(items) >= _LIST and len(calls) >= max(2, len(items) / 2):
                found.update(items)
            at = max(at + 1, *items.values()) if items else at + 1
        return found

    def _item(self, at: int) -> int:
        """The index after what may be one name of a list, with an initial; 0 where none stands."""
        words, cues = self.cues.words, self.cues
        word = words[at]
        if word.kind is not WordKind.PLAIN or not word.is_capitalised or len(word.text) < 2 or at in cues.classes:
            return 0
        after = at + 1
        if after < len(words) and len(words[after].text) == 1 and words[after].is_capitalised and cues.gap(after) == " ":
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
        words, found = self.cues.words, set()
        for match in load("bare-name").find(self.case.text, {}, "thing"):
            at = match.after
            while at < len(words) and at < match.after + _BESIDE and words[at].key in _CALLED:
                at += 1
            found.add(at)
            at = match.first - 1
            while at >= 0 and at > match.first - _BESIDE and not (words[at].is_capitalised and self._call(at)):
                at -= 1
            if at >= 0 and words[at + 1].key in _OF_THINGS:
                found.add(at)
        named = {self._call(at) for at in found if at < len(words)} - {None}
        return frozenset(at for at in range(len(words)) if at in found or self._call(at) in named)

    @cached_property
    def other(self) -> frozenset[int]:
        """Words that belong to something or somebody else."""
        slots = self.case.knowledge.slots(self.case.text)
        spans = [pair for slot in ("organisation", "partner") for pair in slots[slot].items()]
        return frozenset(at for pair in spans for at in range(*pair)) | self.cues.figures

    @cached_property
    def parts(self) -> frozenset[int]:
        """Words that are parts in a play or book, unless they are called so on the roster."""
        terms, slots = load("bare-name"), self.case.knowledge.slots(self.case.text)
        found = (match.first for match in terms.find(self.case.text, slots, "parts"))
        calls = self.case.knowledge.roster.by_call
        return frozenset(at for at in found if name_key(self.cues.words[at].keys[-1]) not in calls)

    def names(self) -> Iterator[tuple[ProseSpan, str, Confidence]]:
        """Names of one word."""
        found: dict[int, str] = {}
        for at in range(len(self.cues.words)):
            if not self._may_be_name(at):
                continue
            judged = self._first_name(at, found) or self._family_name(at)
            if judged:
                found[at] = judged[0]
                yield self.cues.span(at, self.listed.get(at, at + 1)), *judged

    def _may_be_name(self, at: int) -> bool:
        """Whether a word stands where a name alone can stand."""
        words, cues = self.cues.words, self.cues
        word = words[at]
        own = {at, at - 1} & cues.after_own
        taken = at in self.known or at in self.other or at in self.parts
        if word.kind is not WordKind.PLAIN or taken or own or word.key in SHORT_WORDS:
            return False
        if at in self.listed and at not in self._edges[0]:
            return True
        if at and len(words[at - 1].text) == 1 and words[at - 1].is_capitalised and cues.gap(at) == ". ":
            return False  # "P. B. Shelley"
        if not word.is_capitalised:
            return cues.is_lower(at) and is_plain_given(name_key(word.keys[-1])) and len(word.key) > 2
        if (
            (word.text.isupper() and not self._is_shouted_name(at))
            or at in cues.classes
            or at in self._edges[0]
            or word.key in _DAYS
        ):
            return False
        if word.text.isupper():
            return True
        if at + 1 < len(words) and words[at + 1].is_capitalised and "'" not in word.text and cues.gap(at + 1) in " -":
            return words[at + 1].text == "I" or at + 1 in cues.classes
        return not (cues.follows_capital(at) or (at and words[at - 1].key in TITLES))

    def _is_shouted_name(self, at: int) -> bool:
        """Whether a word in a sentence of capitals is a first name of the roster, and nothing else."""
        key = name_key(self.cues.words[at].keys[-1])
        return self.cues.is_shouted(at) and is_plain_given(key) and key in self.case.knowledge.roster.by_call

    def _first_name(self, at: int, found: dict[int, str]) -> tuple[str, Confidence] | None:
        """What a first name falls under."""
        word = self.cues.words[at]
        key = self._call(at)
        if key is None and at in self.listed and at not in self.things:
            key = name_key(word.keys[-1])
        if key is None or key in self.author:
            return None
        entries = self.case.knowledge.roster.by_call.get(key, ())
        beside = self._beside(at, found)
        if is_word(key) and not (beside or at in self.listed or self._goes_on_about(at)):
            return None
        kinds = {kind for kind in ("learner", "staff") if _is_called(key, kind, entries)}
        at_work = word.sentence in self.found["of-a-colleague"]
        among_learners = beside in (LEARNER, PICKED_OUT)
        if "staff" in kinds and not among_learners and (at_work or "learner" not in kinds) and self._is_of_work(at):
            return STAFF, Confidence.MEDIUM
        if kinds == {"staff"} and not among_learners:
            return STAFF, Confidence.LOW
        by_right = any(key in (*entry.given, *entry.known_as) for entry in entries)  # and not by a short form
        if kinds and not by_right and not among_learners and self._is_colleagues(at, beside):
            return STAFF, Confidence.MEDIUM
        if "learner" in kinds and word.sentence not in self.found["elsewhere"]:
            kin = at + 1 in self.cues.kin and "'s" in word.key
            sure = self.is_official or kin or beside == LEARNER or self._tells_of_learner(word.sentence)
            return (LEARNER, Confidence.MEDIUM if sure else Confidence.LOW) if sure or self.tells_of_school else None
        return self._unlisted(at, key, beside) if "learner" not in kinds else None

    def _unlisted(self, at: int, key: str, beside: str | None) -> tuple[str, Confidence] | None:
        """What a first name on no roster falls under."""
        word = self.cues.words[at]
        if at not in self.listed and self._is_named_in_full(key):
            return None  # who that is has been judged there
        listed = at in self.listed
        given = (is_given(key) or listed) and key not in _ASSISTANTS
        if not word.is_capitalised or not given or at in self.things or word.sentence in self.found["elsewhere"]:
            return None
        if beside in (LEARNER, PICKED_OUT):
            return PICKED_OUT, Confidence.MEDIUM
        if self._is_colleagues(at, beside):
            return STAFF, Confidence.MEDIUM
        if listed and (self.is_official or self.tells_of_school):
            return PICKED_OUT, Confidence.MEDIUM if self.cues.school else Confidence.LOW
        if is_word(key) or word.sentence in self.found["of-a-colleague"] or self._is_spoken_to(at):
            return None
        praised = at in self.cues.after_praise and self.is_official
        if praised or (self._tells_of_learner(word.sentence) and (self.is_official or self.tells_of_school)):
            return PICKED_OUT, Confidence.MEDIUM if word.sentence in self.cues.school else Confidence.LOW
        official = self.case.post.context.account == "organisation" and is_plain_given(key)
        shown = (official and self._is_shown(at)) or (not self.is_official and self.cues.school | self._class_talk)
        return (PICKED_OUT, Confidence.LOW) if shown else None

    def _is_colleagues(self, at: int, beside: str | None) -> bool:
        """Whether a name on no roster is a colleague's: at a staff do, thanked for a job, spoken of in the staffroom."""
        words, cues, sentence = self.cues.words, self.cues, self.cues.words[at].sentence
        following = words[at + 1].key if at + 1 < len(words) else ""
        if beside == STAFF or at in self.of_a_job:
            return True
        if cues.class_near(at, at + 1, 3) or following in _BEFORE_PLACES or self._call(at) in virtues():
            return False
        if self.found["among-staff"] & {sentence, sentence - 1, sentence - 2}:
            return True
        if sentence in self.found["of-a-learner"]:
            return False
        if at in self.thanked and (self.is_official or self.tells_of_school) and sentence not in self._class_talk:
            return True
        before = words[at - 1].key if at and cues.gap(at) == " " else ""
        asked_of = before in _ASKED_OF and self.case.post.context.account == "organisation"
        return asked_of and not ({sentence, sentence + 1} & (cues.school | self.found["of-a-learner"]))

    @cached_property
    def of_a_job(self) -> frozenset[int]:
        """Indexes of the words that directly follow a job of ours: `our caretaker`."""
        terms, slots = load("private-person"), self.case.knowledge.slots(self.case.text)
        before = {match.after for match in terms.find(self.case.text, slots, "our-job")}
        return frozenset(before | {match.first - 1 for match in terms.find(self.case.text, slots, "is-a-colleague")})

    def _is_named_in_full(self, key: str) -> bool:
        """Whether a first name stands elsewhere before a family name."""
        words, cues = self.cues.words, self.cues
        return any(
            words[at].is_capitalised
            and words[at + 1].is_capitalised
            and cues.gap(at + 1) == " "
            and self._call(at) == key
            and words[at].sentence == words[at + 1].sentence
            and at + 1 not in cues.classes
            for at in range(len(words) - 1)
        )

    @cached_property
    def thanked(self) -> frozenset[int]:
        """Indexes of the words that directly follow thanks, which grown-ups get."""
        return frozenset(match.after for match in load("bare-name").find(self.case.text, {}, "thanks"))

    def _is_shown(self, at: int) -> bool:
        """Whether a post shows somebody or what is theirs: `Look at Reuben's volcano`, `Introducing Maisie`."""
        words = self.cues.words
        following = words[at + 1] if at + 1 < len(words) else None
        owns = "'s" in words[at].key and following is not None and not following.is_capitalised
        return owns or (at > 0 and words[at - 1].key in _SHOWING)

    def _is_spoken_to(self, at: int) -> bool:
        """Whether a name stands between commas, or one and the end: `It's the boiler, Dave!`."""
        follows = self.case.text.prose[self.cues.words[at].span.end :][:1]
        return "," in self.cues.gap(at) and follows in (",", ".", "!", "?", "") and at not in self.cues.after_praise

    def _family_name(self, at: int) -> tuple[str, Confidence] | None:
        """What a family name alone falls under: staff call learners so, in talk of their class."""
        words = self.cues.words
        key = name_key(words[at].keys[-1])
        does = at + 1 in self._edges[1] or ("'s" in words[at].key and at + 1 < len(words)) or self._is_of_class(at)
        before = words[at - 1].key if at and words[at - 1].sentence == words[at].sentence else ""
        if not words[at].is_capitalised or is_word(key) or is_given(key) or not does:
            return None
        if at and words[at - 1].is_capitalised and self.cues.gap(at) == " ":
            return None
        kinds = {entry.kind for entry in self.case.knowledge.roster.by_family.get(key, ())}
        if "learner" in kinds and (self.is_official or self.tells_of_school):
            return LEARNER, Confidence.MEDIUM
        if kinds:
            return (STAFF, Confidence.LOW) if "staff" in kinds else None
        if (
            before not in _BEFORE_PLACES
            and self.found["class-talk"]
            and is_surname(key)
            and (key,) not in public_figures().get(key, ())
        ):
            return LEARNER, Confidence.LOW
        return None

    def _is_of_class(self, at: int) -> bool:
        """Whether a class follows a name, or the name after it: `Rowntree from 10C`, `Rowntree and Bell of 10C`."""
        words = self.cues.words
        for after in (at + 1, at + 3):
            if after < len(words) - 1 and words[after].key in _OF_CLASSES and after + 1 in self.cues.classes:
                return after == at + 1 or words[at + 1].key == "and"
        return False

    def _call(self, at: int) -> str | None:
        """What somebody may be called by a word, if anything."""
        for key in self.cues.words[at].keys:
            plain = name_key(key)
            if is_given(plain) or (plain in self.case.knowledge.roster.by_call and len(plain) > 2):
                return plain
        return None

    def _is_of_work(self, at: int) -> bool:
        return self.is_official or self.tells_of_school or self.cues.words[at].sentence in self.found["of-a-colleague"]

    @cached_property
    def _facts(self) -> frozenset[int]:
        """Sentences with a fact that others found told of somebody."""
        spans = [hit.span for hit in self.case.found(*_FACTS) if hit.span and hit.part == self.case.text.part.name]
        return frozenset(self.cues.words[at].sentence for span in spans for at in self.cues.indexes(span))

    def _tells_of_learner(self, sentence: int) -> bool:
        if {sentence, sentence + 1} & self._facts:
            return True
        return bool({sentence, sentence + 1} & self.found["of-a-learner"]) or sentence in self.cues.school

    def _goes_on_about(self, at: int) -> bool:
        """Whether the post goes on about the name: `Summer's badge arrived and she …`, not `Summer is here`."""
        words, cues = self.cues.words, self.cues
        if cues.starts_sentence(at):
            named = "'s" in words[at].key
            does = at + 1 in self._edges[1] and words[at + 1].key not in _MODAL_OBJECTS
            about = self.found["of-a-learner"] | self._facts
            sure = self.is_official or self._tells_of_learner(words[at].sentence)
            if named and self._call(at) not in virtues() and sure:
                return True
            if does and (self._call(at) not in virtues() or words[at].sentence in about):
                return True
        else:
            named = words[at].key not in _CALENDAR
            before = words[at - 1].key in _BEFORE_PEOPLE or "'s" in words[at].key
            if named and not cues.is_shouted(at) and before:
                return True
        reach = range(words[at].sentence, words[at].sentence + _SENTENCES_ON)
        return named and any(word.sentence in reach and not _PRONOUNS.isdisjoint(word.keys) for word in words[at + 1 :])

    def _beside(self, at: int, found: dict[int, str]) -> str | None:
        """What a name listed right beside this one falls under: `Minh, Seb and …`."""
        words = self.cues.words
        known = {**self.known, **found}
        for step in (-1, 1):
            other = at + step
            if 0 < other < len(words) and words[other].key in ("and", "&"):
                other += step
            if not 0 <= other < len(words):
                continue
            low, high = sorted((at, other))
            between = self.case.text.prose[words[low].span.end : words[high].span.start]
            if not _LISTED.fullmatch(between):
                continue
            if other in known:
                return known[other]
            key = self._call(other)
            entries = self.case.knowledge.roster.by_call.get(key, ()) if key else ()
            if words[other].is_capitalised and not is_word(key or "") and _is_called(key or "", "learner", entries):
                return LEARNER
        return None


_FACTS = (
    "personal-data/special-category",
    "personal-data/birth-date",
    "personal-data/online-identifier",
    "personal-data/identifier",
)
_DAYS = frozenset("mon tue wed thu fri sat sun".split())  # Thu is a name, too
_SHOWING = frozenset("introducing meet remember presenting celebrating cheering applaud spotlight meeting say".split())
_MODAL_OBJECTS = frozenset("the a an this that be again".split())  # "Mark the date", "Will the last one", "May be"
_CALENDAR = frozenset("summer autumn winter spring april may june august easter christmas eid".split())
_BEFORE_PEOPLE = frozenset(  # what seldom stands before a season, a month or a virtue
    "see watch saw watched met tell told ask asked with thank congratulate hear heard and for proud sorry bless poor "
    "little clever well welcome spotted caught found helped taught teaching gave give".split()
)
_ASSISTANTS = frozenset({"alexa", "siri", "cortana"})
_LIST = 3  # names that make a list
_SEPARATORS = (",", ";", "/", "+", "&", "•", "|", "\n", ",\n", "\r\n")
_BESIDE = 5  # words
_CALLED = frozenset("called named name is was now".split())
_OF_THINGS = frozenset("the our my a their class school resident".split())
_ASKED_OF = frozenset("past our ask tell told".split())
_OF_CLASSES = frozenset("from in of".split())
_BEFORE_PLACES = frozenset("in at to from near the of a an by with".split())


def _is_called(key: str, kind: str, entries: Collection[Entry]) -> bool:
    """Whether anybody of a kind is called so, and does not merely bear the name as a middle one."""
    return any(entry.kind == kind and (key in entry.known_as or key not in entry.given[1:]) for entry in entries)


INFERENCE = Inference("bare-name", (LEARNER, STAFF, PICKED_OUT), infer)

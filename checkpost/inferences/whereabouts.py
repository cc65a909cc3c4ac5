"""Where a learner is, or will be, and when.

What it finds: In one sentence a place away from school and a time that can still be waited for, said of a
learner whom the post names or picks out there or in the sentence beside it; and the first name of the learner, where
nothing else makes it one's.
Why it matters: Some children must not be found, by an estranged parent for instance, and a routine ("the 52
stop, every Tuesday") shows anybody where to wait. Keeping children safe in education asks staff to think of
this before they post.
Not flagged: What is over; fixtures, trips and residentials of groups in which nobody is picked out; places
at school; the published time and place of an open event; adults who are no learners.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from checkpost.cues import Cues
from checkpost.lexicon import Match, load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.names import name_key
from checkpost.phrases import Slots
from checkpost.places import is_town, named_places
from checkpost.roster import NOBODY
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

CONCERN = "personal-data/location"
NAMED = "people/learner"

_Ask = Callable[..., Iterable[Match]]  # what of some groups of terms stands in the document
_Range = tuple[int, int]  # the indexes of a first word and of the word after the last
_Find = tuple[int, int, str]  # such a range, and what shows that somebody can be found there

_CLOCK = re.compile(r"\d{1,2}(?:[.:][0-5]\d)?(?:am|pm)|(?:[01]?\d|2[0-3])[.:][0-5]\d", re.IGNORECASE)
_BESIDE, _APART = 12, 7  # words between place and time, in a learner's own sentence and in one beside it
_BACK = 3  # sentences back to the learner whom "him" stands for
_STAY = 6  # words from "staying" to where
_NOTE = 6  # words of a note that gives the time of what the sentence before tells
_NUMBER = re.compile(r"\d{1,2}|half|quarter")
_SHORT_PLURAL = 3  # letters: "is", "was", "his"
_NO_PLURALS = frozenset(
    "this always unless across towards besides perhaps sometimes outside starts sits waits days".split()
)
_OF_THINGS = frozenset("different other more local of hundred thousand million separate top or miles per".split())
_ONE = frozenset("him her he she he's she's he'll she'll he'd she'd".split())
_UNTIL = frozenset({"til", "till", "until"})


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every sentence that would lead somebody to a learner."""
    for doc in case.documents:
        if doc.part.kind in PUBLISHED:
            yield from _in_document(case, doc)


def _in_document(case: Case, doc: Document) -> Iterator[Hit]:
    terms, words = load("location"), doc.phrase_words
    slots = case.knowledge.telling_slots(doc)
    ask = partial(terms.find, doc, slots)
    times = [(found.first, found.after) for found in ask("when")]
    times = [time for time in times if not _counts(words, time)]
    times += [(at, at + 1) for at, word in enumerate(words) if _is_clock(doc, word)]
    stays = list(ask("stays"))
    if not times and not stays:
        return
    learners = _learners(case, doc, words, slots)
    learners |= {words[found.first].sentence for found in ask("learner-noun") if found.first not in slots["staff"]}
    if case.post.context.account == "organisation":
        learners |= {words[found.first].sentence for found in ask("listed")}
    learners -= doc.derived(Cues).long_ago
    made = {words[found.first].sentence for found in ask("thing-of")}
    learners -= {sentence for sentence in made if not _is_of_one(words, sentence)}
    found = [*_left_behind(words, times, ask, learners)]
    if learners:
        found += _places_to_sleep(words, stays, ask, learners)
        found += _Scene(words, slots, ask, frozenset(learners)).places_and_times(times)
    called = {at for at in _called(case, words, slots) if at not in case.knowledge.slots(doc)["learner"]}
    for begin, end, evidence in _stories(words, found):
        yield _hit(doc, words, begin, end, evidence)
        near = range(words[begin].sentence - 1, words[end - 1].sentence + 1)
        for at in sorted(at for at in called if words[at].sentence in near):
            called.remove(at)
            yield Hit(
                concern=NAMED,
                message="A learner is named.",
                part=doc.part.name,
                span=words[at].span,
                confidence=Confidence.LOW,
                evidence=("a first name on the roster, and where to find whoever it is",),
            )


def _stories(words: tuple[Word, ...], found: Iterable[_Find]) -> Iterator[_Find]:
    """What was found, once a sentence; where the next sentence goes on about the same learner, both as one."""
    told: list[_Find] = []
    for begin, end, evidence in sorted(found, key=lambda find: words[find[0]].sentence):
        sentence = words[begin].sentence
        last = words[told[-1][1] - 1].sentence if told else -1
        if sentence == last + 1 and told and _is_of_one(words, sentence):
            told[-1] = told[-1][0], end, told[-1][2]
        elif sentence > last:
            told.append((begin, end, evidence))
    yield from told


@dataclass(frozen=True)
class _Scene:
    """A document with its learners (the sentences in which they are picked out), places and times."""

    words: tuple[Word, ...]
    slots: Slots
    ask: _Ask
    learners: frozenset[int]

    def places_and_times(self, times: list[_Range]) -> Iterator[_Find]:
        """A place with a time that can be waited for, where a learner is spoken of; once a sentence."""
        over = {self.words[found.first].sentence for found in self.ask("past", "own-journey")}
        done: set[int] = set()
        for time in sorted(times):
            sentence = self.words[time[0]].sentence
            until = any(word.key in _UNTIL for word in self.words[time[0] : time[1]])
            if sentence in done or (sentence in over and not until):
                continue
            found = self._at(time, sentence, until=until)
            if found:
                done.add(sentence)
                yield found

    def _at(self, time: _Range, sentence: int, *, until: bool) -> _Find | None:
        """The place that goes with a time, if the two tell of a learner."""
        inside = sentence in self.learners
        leads_on = until or sentence in self._meeting or _is_of_one(self.words, sentence)
        if not inside and not (leads_on and {sentence - 1, sentence + 1} & self.learners):
            before = self._by_sentence.get(sentence - 1, [])
            is_note = sentence not in self._by_sentence and _is_short(self.words, sentence)
            if is_note and before and sentence - 1 in self.learners:
                return max(before)[0], time[1], "a place in one sentence, a time in the next"
            goes_on = _is_about(self.words, sentence) or sentence in self._classes
            if not (goes_on and self.learners & set(range(sentence - _BACK, sentence))):
                return None
        near = [
            place
            for place in self._by_sentence.get(sentence, ())
            if _distance(place, time) <= (_BESIDE if inside else _APART)
            and not _is_helped(self.words, place[0])
            and (place[1] <= time[0] or place[0] >= time[1] or place[0] < time[0] or _is_inside(place, time))
        ]
        if not near:
            return None
        place = min(near, key=lambda place: _distance(place, time))
        about = "a place and a time, and a learner " + ("in the same sentence" if inside else "near it")
        return min(place[0], time[0]), max(place[1], time[1]), about

    @cached_property
    def _by_sentence(self) -> Mapping[int, list[_Range]]:
        """The places, by the sentence in which they stand."""
        words = self.words
        towns = ((town.first, town.after) for town in self.ask("town") if is_town(words, town.first))
        called = ((found.first, found.after) for found in self.ask("place"))
        places: dict[int, list[_Range]] = {}
        for place in sorted((*named_places(words, self.slots), *towns, *called)):
            places.setdefault(words[place[0]].sentence, []).append(place)
        return places

    @cached_property
    def _meeting(self) -> frozenset[int]:
        return frozenset(self.words[found.first].sentence for found in self.ask("meeting"))

    @cached_property
    def _classes(self) -> frozenset[int]:
        return frozenset(self.words[at].sentence for at in self.slots["class"])


def _hit(doc: Document, words: tuple[Word, ...], begin: int, end: int, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This says where a learner can be found, and when.",
        part=doc.part.name,
        span=ProseSpan(words[begin].span.start, words[end - 1].span.end),
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
    )


def _counts(words: tuple[Word, ...], time: _Range) -> bool:
    """Whether a time is a number of things: `at three universities`, `from two different schools`."""
    last, after = words[time[1] - 1], words[time[1]] if time[1] < len(words) else None
    if after is None or after.span.start - last.span.end != 1 or not _NUMBER.fullmatch(last.key):
        return False
    plural = after.key.endswith("s") and len(after.key) > _SHORT_PLURAL and after.key not in _NO_PLURALS
    return not after.is_capitalised and (after.key in _OF_THINGS or (plural and after.text.isalpha()))


def _is_clock(doc: Document, word: Word) -> bool:
    """Whether a word is a time of day, and no piece of an address or a score."""
    if not _CLOCK.fullmatch(word.text):
        return False
    around = doc.prose[word.span.start - 1 : word.span.start] + doc.prose[word.span.end : word.span.end + 1]
    return ":" not in around and "-" not in around


def _left_behind(words: tuple[Word, ...], times: list[_Range], ask: _Ask, learners: set[int]) -> Iterator[_Find]:
    """From "nobody has come for him" to the time of day, or from the time to the end of its clause."""
    children = learners | {words[found.first].sentence for found in ask("child")}
    by_sentence: dict[int, list[_Range]] = {}
    for time in times:
        by_sentence.setdefault(words[time[0]].sentence, []).append(time)
    for found in ask("uncollected"):
        sentence = words[found.first].sentence
        near = by_sentence.get(sentence, [])
        if sentence in children and near:
            time = min(near, key=lambda time: _distance(time, (found.first, found.after)))
            yield min(time[0], found.first), max(time[1], found.after), "a child who waits at school, and the time"
            return


def _places_to_sleep(words: tuple[Word, ...], stays: list[Match], ask: _Ask, learners: set[int]) -> Iterator[_Find]:
    """From "he's staying" to the place."""
    places = sorted(ask("stay-place"), key=lambda place: place.first)
    for stay in stays:
        sentence = words[stay.first].sentence
        at = bisect_left(places, stay.first, key=lambda place: place.first)
        for place in places[at : at + _STAY]:
            within = words[place.first].sentence == sentence and 0 <= place.first - stay.first <= _STAY
            if within and sentence in learners:
                yield stay.first, place.after, "where a learner sleeps for now"
                break


def _is_inside(place: _Range, time: _Range) -> bool:
    """Whether words stand before and after a place that say together when: "always at the stop by himself"."""
    return time[0] < place[0] and place[1] < time[1]


def _is_helped(words: tuple[Word, ...], at: int) -> bool:
    """Whether a place is what something is done for: "a marathon for the children's hospice"."""
    return any(word.key in ("for", "supporting") for word in words[max(at - 3, 0) : at + 1])


def _is_about(words: tuple[Word, ...], sentence: int) -> bool:
    """Whether a sentence tells readers how to meet whoever "he" or "she" is."""
    return any(word.sentence == sentence and not _ONE.isdisjoint(word.keys) for word in words)


def _is_short(words: tuple[Word, ...], sentence: int) -> bool:
    """Whether a sentence is a note of a few words: "Matinee on the 19th"."""
    return sum(word.sentence == sentence for word in words) <= _NOTE


def _learners(case: Case, doc: Document, words: tuple[Word, ...], slots: Mapping[str, Mapping[int, int]]) -> set[int]:
    """The sentences in which a learner is named or picked out."""
    found = {words[at].sentence for at in slots["learner"]}
    spans = [
        hit.span
        for hit in case.found("people/learner", "people/learner-identifiable")
        if hit.part == doc.part.name and hit.span
    ]
    found |= {word.sentence for word in words if any(word.span.overlaps(span) for span in spans)}
    return found | {words[at].sentence for at in _called(case, words, slots)}


def _called(case: Case, words: tuple[Word, ...], slots: Mapping[str, Mapping[int, int]]) -> Iterator[int]:
    """The indexes of first names that only learners of the roster bear."""
    roster = case.knowledge.roster
    for at in sorted({*slots["given"], *slots["learner"]}):
        named = {name_key(key) for key in words[at].keys}
        kinds = {kind for key in named for kind in roster.by_word.get(key, NOBODY).kinds}
        after = words[at + 1] if at + 1 < len(words) else None
        other = after is not None and after.is_capitalised and len(after.text) > 1 and after.kind is WordKind.PLAIN
        if other and after and not roster.with_words(named, {name_key(after.key)}):
            continue  # a namesake: "Megan Twigg" where the roster's Megan is a Rowntree
        if at and _is_part_of_a_name(words, at) and not roster.with_words(named, {name_key(words[at - 1].key)}):
            continue  # a shop or a stranger: "outside John Rowntree"
        if kinds == {"learner"} and at not in slots["staff"]:
            yield at


def _is_part_of_a_name(words: tuple[Word, ...], at: int) -> bool:
    """Whether a capitalised word stands directly before one, other than the first of a sentence."""
    before = words[at - 1]
    begins = at < 2 or words[at - 2].sentence != before.sentence
    return before.is_capitalised and before.sentence == words[at].sentence and not begins


def _is_of_one(words: tuple[Word, ...], sentence: int) -> bool:
    """Whether a sentence goes on about one person: "She's…", or "(our only one!) is off to…"."""
    inside = [word for word in words if word.sentence == sentence]
    return inside[0].key in ("is", "was") or any(not _ONE.isdisjoint(word.keys) for word in inside)


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


INFERENCE = Inference("whereabouts", (CONCERN, NAMED), infer)

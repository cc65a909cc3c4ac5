"""One learner who is described and not named: a group that readers can look up, and what only one of it is or did."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import NO_CLASS_NAMES, YEAR_WORDS, Cues
from checkpost.lexicon import load
from checkpost.rules import Case
from checkpost.text.words import Word

_GAPS = (" ", ", ", ") ")  # between the description and its verb
_TOLD_WITHIN = 15  # words on to "the one whose …"
_GROWN_UP = frozenset(  # who is a learner only in talk of a class of adults
    "grandmother grandad grandfather nan mum dad bloke chap fella".split()
)
_FEW = frozenset("2 3 4 5 6 7 8 9".split())
_ADJECTIVES = 5  # words before the noun, or before the group's name
_SHORT_VERB = 3  # letters: "red" is no past tense
_ENDS = frozenset(  # before which no description of the noun after them begins
    "to for with by and or but told tell tells asked ask from had has have got get met when while as".split()
)
# Words as they are compared: "one" is "1".
_DETERMINERS = frozenset(
    "a an the that this my our 1 another some every each any no his her their your which what".split()
)
_NOT_ONE = frozenset(  # anybody, several, or somebody else's
    "every each any no some which what another your her his their first-ever many most these those".split()
)
_ONE = frozenset("the my our that this a an 1".split())
_ENDS_OF_ROOMS = frozenset("back front top bottom end corner middle row side".split())
_WHOSE = frozenset({"my", "our", "this", "the"})
_ANY_ONE = frozenset({"a", "1", "that", "little"})
_MINE = frozenset({"my", "our"})
_DEFINITE = frozenset("the that this my our".split())
_SETTING_APART = frozenset(  # what only one or few of a group are
    "only 1 sole lone single new newest youngest oldest eldest tallest smallest littlest tiniest quietest loudest "
    "naughtiest cleverest brightest worst best laziest fastest slowest strongest funniest rudest sweetest weakest "
    "kindest keenest shyest ginger deaf blind autistic trans disabled pregnant refugee ukrainian syrian afghan "
    "polish romanian somali sudanese hungarian hijabi muslim jewish sikh hindu diabetic epileptic fostered "
    "adopted eal send looked-after young poor little lovely big wee".split()
)
_STROKES = frozenset({",", "(", ":", "-", "–", "—", "...", "…"})
_OF_ONE = frozenset("he she his her hers he's she's hes shes".split())
_SKETCH = 7  # words that may draw somebody
_SKETCHING = _SETTING_APART | frozenset(
    "rides plays wears lives keeps speaks drives breeds collects sings dances boxes skates cycles walks carries builds "
    "makes writes draws paints runs swims fences climbs juggles bakes cooks sells fixes supports hates loves knows "
    "tall short skinny massive freckles freckly glasses braces dimples".split()
)
_RELATIVE = frozenset("who who's whos whose with that that's called".split())
_IN = frozenset("in on from at of doing".split())
_ADVERBS = frozenset("just finally actually literally once even never always only also then today yesterday".split())
_WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday yesterday january february march april may june "
    "july august september october november december week month year term spring summer autumn winter christmas "
    "easter yesterday ago".split()
)
_DID = frozenset(  # what somebody is or did: a regular past tense is told by its ending
    "is was is't isn't wasn't has had got have told came went said made took gave wrote read brought won lost "
    "broke fell ran sat stood sang left found hit bit threw did didn't doesn't can't couldn't won't hasn't ate "
    "slept cried spoke knew thought bought built caught drew grew heard held kept led let met paid put rang rode "
    "saw sent shook shot showed sold spent stole stuck swore swam taught tore wore woke beat began became chose "
    "drank drove forgot hid hurt set asks tells says wants thinks keeps refuses gets brings wears lives comes "
    "needs turned turns".split()
)
NOUNS = frozenset("apprentice student pupil learner tutee trainee mentee".split())
_CLASS_WORDS = frozenset({"Class", "class", "Form", "Nursery", "Reception"})


@dataclass(frozen=True)
class Described:
    """One learner, of whom a group is said, and something that only one of the group is or did.

    `Lad on my plumbing course got …`, `the Year 7 with the …`, `my 70-year-old learner`, `the girl who joined in May`.
    """

    case: Case
    cues: Cues

    def find(self) -> Iterator[tuple[int, int, str]]:
        """Every such description, from its first word to the group or the fact."""
        terms, slots, doc = load("learner-identifiable"), self.case.knowledge.slots(self.case.text), self.case.text
        words = self.cues.words
        generic: dict[int, int] = {}
        for match in terms.find(doc, slots, "generic", "former"):
            sentence = words[match.first].sentence
            generic[sentence] = min(match.first, generic.get(sentence, match.first))
        heads = {match.first: match.after for match in terms.find(doc, slots, "head")}
        heads.update((at, class_end(self.cues, at) or at + 1) for at in self.cues.classes if at not in heads)
        for at, after in heads.items():
            if generic.get(words[at].sentence, at) < at or (at in self.cues.classes and at - 1 in self.cues.classes):
                continue
            first, before = self._start(at)
            of_some = words[at].key == "1" and after < len(words) and words[after].key == "of"
            if before & _NOT_ONE or of_some:
                continue
            if at in self.cues.classes:
                found = self._of_class(after, before)
            else:
                found = self._of_group(at, after, first, before)
            if found:
                yield first, found, "one learner of a group, and what sets them apart"

    def _start(self, at: int) -> tuple[int, frozenset[str]]:
        """Where the description begins that a noun ends, and its words before the noun."""
        words, first = self.cues.words, at
        while first > 0 and at - first < _ADJECTIVES and self.cues.gap(first).strip("-") in ("", " "):
            if words[first - 1].sentence != words[at].sentence or words[first - 1].key in _ENDS:
                break
            first -= 1
            if words[first].key in _DETERMINERS:
                break
        else:
            apart = _DETERMINERS | _SETTING_APART
            while first < at and words[first].key not in apart and first not in self.cues.classes:
                first += 1  # too far: begin at what sets apart, or the noun itself
        return first, frozenset(word.key for word in words[first:at])

    def _of_class(self, after: int, before: frozenset[str]) -> int | None:
        """`the Year 12 who …`, `my one Year 3 (…`: a class for one of it."""
        if not before & _ONE or self._is_plural(after - 1) or after >= len(self.cues.words):
            return None
        if before <= _ANY_ONE and before and happened(self.cues, after):
            return after
        apart = bool(before & _SETTING_APART) and self.cues.gap(after).startswith((" (", ", "))
        relative = self.cues.words[after].key in _RELATIVE and self.cues.gap(after) == " "
        return after + (2 if relative else 0) if relative or apart else None

    def _of_group(self, at: int, after: int, first: int, before: frozenset[str]) -> int | None:
        """`lad on my course got …`, `our lovely lad with … in Year 5`, `student of mine with …`."""
        words = self.cues.words
        group = self._group_end(after) or self._group_end(self._phrase_end(after))
        in_class = bool(self.cues.classes.keys() & set(range(first, at)))
        grown_up = words[at].key in _GROWN_UP
        mine = bool(before & _MINE) and words[after - 1].key in NOUNS
        end = group or after
        if grown_up and not in_class:
            return self._grown_up(after)
        old = any(word.key in ("old", "year") and index + 1 < at for index, word in self._before(first, at))
        if mine and old and "old" in before:
            return end
        if not (group or in_class or mine):
            dated = before & _DEFINITE and self._is_dated(after)
            return (
                after + 2
                if dated and self.cues.words[after].key in ("who", "that") and self._speaks_of_school
                else None
            )
        headed = bool(group or in_class)
        apart = bool(before & _SETTING_APART) and (happened(self.cues, end) or mine)
        if headed and (apart or happened(self.cues, end) or self._is_told(end)):
            return end
        if in_class and self._is_sketched(end):
            return end
        return end if mine and (apart or self._is_told(end)) else None

    def _grown_up(self, after: int) -> int | None:
        """`a grandmother of six read …`, in talk of a class of adults."""
        words = self.cues.words
        if after + 1 >= len(words) or words[after].key != "of" or words[after + 1].key not in _FEW:
            return None
        terms, slots = load("learner-identifiable"), self.case.knowledge.slots(self.case.text)
        taught = terms.has(self.case.text, slots, "adults-taught") or terms.has(self.case.text, slots, "in-class")
        return after + 2 if taught and happened(self.cues, after + 2) else None

    def _before(self, first: int, at: int) -> Iterator[tuple[int, Word]]:
        return ((index, self.cues.words[index]) for index in range(first, at))

    @property
    def _speaks_of_school(self) -> bool:
        return bool(self.cues.school or self.cues.care or self.case.signs)

    def _is_plural(self, at: int) -> bool:
        word = self.cues.words[at].key
        return word.endswith("s") and not word.endswith("'s")

    def _phrase_end(self, after: int) -> int:
        """The index after a short `with …` or `from …` that stands between somebody and the group."""
        words = self.cues.words
        if after < len(words) and words[after].key in ("with", "from"):
            for end in range(after + 2, min(after + 6, len(words))):
                if words[end].key in _IN:
                    return end
        return after

    def _group_end(self, after: int) -> int | None:
        """The index after the group that somebody is said to be of."""
        words = self.cues.words
        if after >= len(words) or self.cues.gap(after) != " ":
            return None
        if words[after].key == "of" and after + 1 < len(words) and words[after + 1].key in ("mine", "ours"):
            return after + 2
        if words[after].key not in _IN:
            return None
        placed = [word.key for word in words[after + 1 : after + 5]]
        if placed[:1] == ["the"] and "of" in placed[2:] and not _ENDS_OF_ROOMS.isdisjoint(placed):
            after += placed.index("of") + 1
        for at in range(after + 1, min(after + 1 + _ADJECTIVES, len(words))):
            if words[at].key in _IN | _RELATIVE or words[at].sentence != words[after].sentence:
                return None
            end = class_end(self.cues, at) or self._groups.get(at)
            while end and self._groups.get(end, end) > end and self.cues.gap(end) == " ":
                end = self._groups[end]
            if end:
                return (
                    end
                    if at == after + 1 or words[after + 1].key in _WHOSE or words[after + 1].is_capitalised
                    else None
                )
        return None

    @cached_property
    def _groups(self) -> dict[int, int]:
        """Groups that readers can look up, by where they begin."""
        terms, slots = load("learner-identifiable"), self.case.knowledge.slots(self.case.text)
        found = terms.find(self.case.text, slots, "group", "lot")
        return {match.first: match.after for match in found if not self.cues.words[match.after - 1].key.endswith("'s")}

    def _is_told(self, end: int) -> bool:
        """Whether what the learner is follows: `who …`, `with …`, or later `the one whose …`."""
        words = self.cues.words
        for at in range(end, min(end + _TOLD_WITHIN, len(words) - 1)):
            if words[at].key == "1" and words[at + 1].key in _RELATIVE and words[at - 1].key == "the":
                return True
        return end < len(words) - 1 and words[end].key in _RELATIVE and self.cues.gap(end) in (" ", ", ")

    def _is_sketched(self, end: int) -> bool:
        """Whether a few strokes after a comma draw one learner: `yr 9 lad, ginger, rides a …`, `…: two left feet`."""
        words = self.cues.words
        if end >= len(words) or self.cues.gap(end).strip() not in _STROKES:
            return False
        strokes = range(end, min(end + _SKETCH, len(words)))
        inside = [at for at in strokes if words[at].sentence == words[end].sentence]
        terms, slots = load("learner-identifiable"), self.case.knowledge.slots(self.case.text)
        marks = {match.first for match in terms.find(self.case.text, slots, "mark")}
        if any(words[at].key.startswith("you") for at in inside):
            return False  # spoken to: "Year 9 boy, if you lost a boot …"
        told = (word for word in words[end:] if word.sentence - words[end].sentence in (0, 1))
        return any(at in marks or words[at].key in _SKETCHING or happened(self.cues, at) for at in inside) or any(
            not _OF_ONE.isdisjoint(word.keys) for word in told
        )

    def _is_dated(self, after: int) -> bool:
        """Whether a past event with its place or time follows: `who came to us from Kabul in March`."""
        words = self.cues.words
        if after + 1 >= len(words) or words[after].key not in ("who", "that") or not happened(self.cues, after + 1):
            return False
        rest = [word for word in words[after + 2 : after + 10] if word.sentence == words[after].sentence]
        return any(
            (word.is_capitalised and word.text != "I") or word.text.isdigit() or word.key in _WHEN for word in rest
        )


def happened(cues: Cues, end: int) -> bool:
    """Whether a verb of what one person did or is stands at a word: `got`, `just asked`, `has told`."""
    words = cues.words
    if not 0 < end < len(words) or words[end].sentence != words[end - 1].sentence or cues.gap(end) not in _GAPS:
        return False
    while end < len(words) - 1 and words[end].key in _ADVERBS:
        end += 1
    key = words[end].key
    return key in _DID or (key.endswith("ed") and len(key) > _SHORT_VERB)


def class_end(cues: Cues, at: int) -> int | None:
    """The index after a year, a class, or a class with a name (`Oak Class`) that stands at a word."""
    words = cues.words
    if at in cues.classes:
        return at + 2 if words[at].key in YEAR_WORDS and at + 1 in cues.classes else at + 1
    named = at + 1 < len(words) and words[at].is_capitalised and words[at].key not in NO_CLASS_NAMES
    return at + 2 if named and words[at + 1].text in _CLASS_WORDS and cues.gap(at + 1) == " " else None

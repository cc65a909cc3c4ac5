"""First names alone, where what stands around them makes them a learner's or a colleague's."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checkpost.cues import virtues
from checkpost.mentions.reading import SHORT_WORDS, Mention, Reading
from checkpost.model import Confidence
from checkpost.names import is_word, name_key, short_forms
from checkpost.roster import Entry
from checkpost.text.words import WordKind

_FILE_LENGTH = 4
_SEASONAL = frozenset(  # what stands after a season, not after somebody called Autumn
    "term half holiday holidays show fair fete school reading camp break collection leaves colours day "
    "days club concert walk bulletin newsletter timetable uniform dresses sun solstice festival series "
    "exam exams".split()
)

_LITTLE = frozenset("little wee young poor dear sweet".split())
_CHEERS = frozenset("team go goteam vote for of luck done congratulations congrats birthday bravo love".split())
_SINGLED_OUT = frozenset("except but besides called named tell told ask asked taught teach gave give from met".split())
_TOLD = frozenset("who whose who's said says asked told asks cried laughed whispered shouted announced".split())
_SPOKEN_TO = frozenset("sorry cheers thanks ok okay yes no hi hey hello oi dear ta".split())


@dataclass(frozen=True)
class Calls:
    """Finds first names."""

    reading: Reading

    def find(self, taken: set[int], *, among_learners: bool) -> Iterator[Mention]:
        """First names that what stands around them makes a learner's or colleague's."""
        called = self.reading.called
        for at, of_word in enumerate(self.reading.keys) if called else ():
            keys = [key for key, _ in of_word if key in called and _may_call(key)]
            if not keys or at in taken or not self._may_be_name(at) or self._is_other(at):
                continue
            for key in keys:
                kind = self._whose(at, key, among_learners=among_learners)
                of_kind = self.reading.roster.by_call[key].of(kind) if kind else ()
                entry = next((entry for entry in of_kind if _is_called(key, entry)), None)
                if entry:
                    yield self._mention(entry, at)
                    break

    def _may_be_name(self, at: int) -> bool:
        """Whether a word is written as names are: with a capital, and not as an acronym."""
        word = self.reading.words[at]
        if word.kind is WordKind.HASHTAG:
            return (
                word.is_capitalised
                and not word.text.isupper()
                and (bool(self.reading.cues.school) or self._is_introduced(at))
            )
        if word.kind is not WordKind.PLAIN or len(word.text) < 2:
            return False
        shouted = word.text.isupper() and not self.reading.cues.is_shouted(at)
        return self.reading.is_file or (word.is_capitalised and not shouted)

    def _mention(self, entry: Entry, at: int) -> Mention:
        mention = self.reading.mention(entry, at, at + 1, "first-name", Confidence.MEDIUM)
        return replace(mention, span=self.reading.cues.span(at, at + 1))

    def _is_other(self, at: int) -> bool:
        """Whether a first name is part of another name, or of somebody of the author's own."""
        cues = self.reading.cues
        if self.reading.words[at].sentence in cues.long_ago or at in self.reading.figures:
            return True
        if self.reading.goes_on(at + 1) or {at, at - 1} & cues.after_own:
            return True
        return cues.follows_capital(at) and at not in cues.after_praise and at - 1 not in cues.classes

    def _whose(self, at: int, key: str, *, among_learners: bool) -> str | None:
        cues, word, following = self.reading.cues, self.reading.words[at], at + 1
        if self.reading.is_picture:
            hidden = is_word(key) or (self.reading.is_file and len(key) < _FILE_LENGTH)
            return None if hidden else self.reading.roster.by_call[key][0].kind
        possessive = "'s" in word.key or word.key.endswith("s'")
        owner = possessive and (following in cues.kin or following in cues.belongings)
        ours = at > 0 and self.reading.words[at - 1].key == "our"
        learners = owner or at in cues.after_praise or cues.class_near(at, following, 2) or self._is_introduced(at)
        if key in virtues() and following < len(self.reading.words) and self.reading.words[following].key in _SEASONAL:
            return None
        if is_word(key):
            named = key not in virtues() and (ours or among_learners) and not cues.starts_sentence(at)
            return "learner" if learners or named else None
        works_here = "staff" in self.reading.roster.by_call[key].kinds
        if works_here and not (owner or cues.class_near(at, following)) and self._is_colleague(at, key):
            return "staff"
        return "learner" if learners or ours or among_learners or word.sentence in cues.school else None

    def _is_introduced(self, at: int) -> bool:
        """Whether words beside a name show a child: `little Autumn`, `except Joy, whose mum`, `#TeamMegan`."""
        words, cues = self.reading.words, self.reading.cues
        before = words[at - 1].key if at and cues.gap(at) in (" ", "") else ""
        if words[at].kind is WordKind.HASHTAG:
            return before in _CHEERS and not is_word(name_key(words[at].key))
        about = bool(cues.school or cues.care)
        kin = any(self.reading.words[index].sentence == words[at].sentence for index in cues.kin)
        if before in _LITTLE and (about or kin):
            return True
        if not about or cues.starts_sentence(at):
            return False
        told = words[at + 1].key if at + 1 < len(words) and cues.gap(at + 1) in (" ", ", ") else ""
        return before in _SINGLED_OUT or told in _TOLD

    def _is_colleague(self, at: int, key: str) -> bool:
        """Whether somebody of the staff is meant: talk of work beside the name, or the name spoken to at work."""
        words, cues = self.reading.words, self.reading.cues
        if words[at].sentence in cues.work:
            return True
        if "learner" in self.reading.roster.by_call[key].kinds:
            return False
        beside = {words[at].sentence + step for step in (-1, 0, 1)}
        spoken_to = (at > 0 and words[at - 1].key in _SPOKEN_TO) or (
            "," in cues.gap(at) and cues.next_mark(at) in (".", "!", "?", ",", ")", "")
        )
        exactly = any(key in entry.given or key in entry.known_as for entry in self.reading.roster.by_call[key])
        return (exactly and bool(beside & cues.work)) or (spoken_to and bool(cues.school | cues.work | cues.care))


def _may_call(key: str) -> bool:
    """Whether a single word may be a name: no letter, and no word that every text has."""
    return len(key) > 1 and key not in SHORT_WORDS


def _is_called(key: str, entry: Entry) -> bool:
    """Whether a single word is what somebody is called, and not a middle name."""
    if key in entry.known_as or key not in entry.given[1:]:
        return True
    return entry.given[0] in {"muhammad", *short_forms("muhammad")}  # borne before the name one is called by

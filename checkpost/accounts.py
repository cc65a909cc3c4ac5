"""Whose an account is, by the words of its name: a teacher's, a grown-up's, or a department's, club's or company's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkpost.cues import Cues
from checkpost.lexicon import load
from checkpost.names import is_given, is_surname, name_key
from checkpost.roster import NOBODY
from checkpost.rules import Case
from checkpost.text.words import WordKind

_LONE_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
_SHORT = frozenset({"ion", "ing"})  # "mission", "missing"
_SUBJECTS = frozenset(
    "maths english science pe art music drama history geography geogs geog mfl french spanish german dt re computing "
    "physics chemistry biology reads teaches teach teacher classroom".split()
)


def is_of_body(letters: str) -> bool:
    """Whether an account's name, run together, ends as that of a department, club or company: `northgatepe`."""
    return letters.endswith(load("bare-name").groups["account-of-a-body"].terms)


def is_of_adult(words: Iterable[str]) -> bool:
    """Whether a word of an account's name says that it is a grown-up's: `coach`, `mum`."""
    return not set(load("bare-name").groups["account-of-an-adult"].terms).isdisjoint(words)


@dataclass(frozen=True)
class StaffAccounts:
    """The accounts of colleagues that one post's own text names."""

    case: Case
    cues: Cues

    def find(self) -> Iterator[range]:
        """Accounts that a title makes a teacher's, and accounts with a name beside talk of staff, by their words."""
        words = self.cues.words
        among = {words[match.first].sentence for match in self.case.matches("bare-name", "among-staff")}
        at_school = bool(self.cues.school) or self.case.post.context.account == "organisation"
        for tag, inside in self.cues.tagged:
            if tag.kind is not WordKind.HANDLE:
                continue
            pieces = [name_key(words[at].keys[0]).strip("0123456789") for at in inside]
            if is_of_body("".join(pieces)):
                continue
            sentence = words[inside.start].sentence
            near = bool(among & {sentence, sentence - 1})
            of_school = near or at_school or not _SUBJECTS.isdisjoint(pieces)
            if (of_school and _is_titled(pieces)) or (near and self._is_named(pieces)):
                yield inside

    def _is_named(self, pieces: Sequence[str]) -> bool:
        """Whether pieces hold a first name with something more, or a colleague's family name."""
        families = self.case.knowledge.roster.by_family
        named = any(is_given(piece) for piece in pieces) and len(pieces) > 1
        return named or any("staff" in families.get(piece, NOBODY).kinds for piece in pieces if len(piece) > 3)


def _is_titled(pieces: Sequence[str]) -> bool:
    """Whether an account begins with a title and a name: `@miss_kaur_reads`, `@mrsdentmaths`."""
    if pieces[0] in _LONE_TITLES:
        return len(pieces) > 1 and len(pieces[1]) > 1
    for title in ("mrs", "miss", "mr", "ms", "dr"):
        rest = pieces[0].removeprefix(title)
        if rest != pieces[0]:
            return any(is_surname(rest[:end]) and rest[:end] not in _SHORT for end in range(3, len(rest) + 1))
    return False

"""Partner organisations.

What it finds: A name of the list of partners that checkpost.toml names (`[lexicons] partners`), also without
its apostrophe, its "Ltd" or "High School", in lower case, run together or shortened in a tag, as its initials, or
by its first word where the post tells of dealings with it; and a firm with a legal form ("… Ltd") or a school
that the words before it call an employer, a placement, a supplier or a partner. With low confidence, words that
refer to a partner whom everybody at the place can name ("our caterers").
Why it matters: Partners expect to be asked before they are named, and a mention can give a contract away.
Policies ask for their agreement first.
Not flagged: The organisation's own names, and firms that no word calls a partner.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import PUBLISHED, Confidence, Hit
from checkpost.names import name_key, name_words
from checkpost.phrases import Slots
from checkpost.rules import Detector
from checkpost.standins import Person, stand_in
from checkpost.termlists import LEGAL_FORMS
from checkpost.text.document import Document
from checkpost.text.words import WordKind, fold

CONCERN = "people/partner"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every partner named."""
    cues = doc.derived(Cues)
    slots = knowledge.slots(doc)
    taken: set[int] = set()
    for first, after in slots["partner"].items():
        if after == first + 1 and cues.words[first].text.islower() and first not in cues.tag_at:
            continue  # the ordinary word
        taken.update(range(first, after))
        yield _hit(cues, first, after, Confidence.HIGH, "the list of partners in checkpost.toml")
    names = knowledge.derived(_Names.of)
    for first, after in (*_abbreviated(cues, names, taken), *_in_short(cues, slots, names, taken)):
        taken.update(range(first, after))
        yield _hit(cues, first, after, Confidence.MEDIUM, "a short form of a name on the list of partners")
    own = {at for first, after in slots["organisation"].items() for at in range(first, after)}
    for match in load("partners").find(doc, slots, "called-a-partner"):
        first = _name_start(cues, match)
        named = range(first, match.after)
        if len(named) > 1 and not own.intersection(range(match.first, match.after)) and not taken.intersection(named):
            yield _hit(cues, first, match.after, Confidence.MEDIUM, "words that call an organisation a partner")
    for match in load("partners").find(doc, slots, "referred-to"):
        if not taken.intersection(range(match.first, match.after)):
            yield _hit(cues, match.first, match.after, Confidence.LOW, "words that refer to a partner")


@dataclass(frozen=True, slots=True)
class _Names:
    """The partners' names in words, and how they are shortened.

    `capitals` are those of names of three words or more; `plain` the names without legal forms; `heads` the first words
    that may stand for a name; `tails` what is left of one without its first word, by the first that is left.
    """

    whole: Sequence[Sequence[str]]
    capitals: frozenset[str]
    plain: frozenset[tuple[str, ...]]
    heads: frozenset[str]
    tails: Mapping[str, Sequence[tuple[str, ...]]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "_Names":
        """The names of the list."""
        whole = [name_words(partner) for partner in knowledge.partners]
        plain = frozenset(tuple(word for word in name if word not in LEGAL_FORMS) for name in whole)
        cities = {town for term in load("location").groups["city"].terms for town in term.split("|")}
        tails: dict[str, list[tuple[str, ...]]] = {}
        for name in plain:
            if 2 < len(name) <= _LONGEST and name[0] not in _SAINTS:
                tails.setdefault(name[1], []).append(name[1:])
        return cls(
            whole,
            frozenset("".join(word[0] for word in name).upper() for name in whole if len(name) >= _ACRONYM),
            plain,
            frozenset(name[0] for name in plain if len(name) > 1 and len(name[0]) >= _BEGUN) - cities,
            tails,
        )


def _abbreviated(cues: Cues, names: _Names, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Tags that shorten a partner's name: `@SheffDigitalHub`; and its capitals alone, of three words or more."""
    for tag, inside in cues.tagged:
        letters = fold("".join(filter(str.isalpha, tag.text)))
        if not taken.intersection(inside) and any(_shortens(letters, name) for name in names.whole if len(name) > 1):
            yield inside.start, inside.stop
    for at, word in enumerate(cues.words):
        if word.text in names.capitals and at not in taken:
            yield at, at + 1


def _shortens(letters: str, name: Sequence[str]) -> bool:
    """Whether letters are the beginnings of a name's words, at least one of them whole: `sheffdigitalhub`."""
    if len(name) == 1:
        return len(letters) >= _ACRONYM and name[0].startswith(letters)
    return any(
        letters.startswith(name[0][:cut]) and (_shortens(letters[cut:], name[1:]) or letters[cut:] == "".join(name[1:]))
        for cut in range(_BEGUN, len(name[0]) + 1)
    )


def _in_short(cues: Cues, slots: Slots, names: _Names, taken: set[int]) -> Iterator[tuple[int, int]]:
    """A partner's name without its last word or its first, where the post tells of dealings with partners."""
    keys = [name_key(word.keys[-1]) for word in cues.words]
    begun = [at for at, key in enumerate(keys) if key in names.heads or key in names.tails]
    if not begun:
        return
    dealings = load("partners").has(cues.doc, slots, "dealings")
    own = {at for first, after in slots["organisation"].items() for at in range(first, after)} | taken | cues.figures
    for at in begun:
        tails = names.tails.get(keys[at], ()) if cues.words[at].is_capitalised else ()
        tail = next((tail for tail in tails if tuple(keys[at : at + len(tail)]) == tail), None)
        if tail and not own.intersection(range(at, at + len(tail))):
            yield at, at + len(tail)
        elif dealings and keys[at] in names.heads and at not in own and _stands_for_partner(cues, at):
            yield at, at + (2 if at + 1 < len(cues.words) and _goes_on_cut(cues, at, names.plain) else 1)


def _goes_on_cut(cues: Cues, at: int, names: Collection[Sequence[str]]) -> bool:
    """Whether the next word begins the rest of a partner's name: `Hallam Eng`."""
    head, rest = name_key(cues.words[at].keys[-1]), name_key(cues.words[at + 1].key)
    return len(rest) >= _ACRONYM and any(
        name[0] == head and name[1].startswith(rest) for name in names if len(name) > 1
    )


def _stands_for_partner(cues: Cues, at: int) -> bool:
    """Whether a word is written as a name of its own, and not as the first of a longer one."""
    words = cues.words
    if not words[at].is_capitalised or words[at].text.isupper() or words[at].kind is not WordKind.PLAIN:
        return False
    if cues.follows_capital(at):
        return False
    possessive = "'s" in words[at].key
    following = words[at + 1] if at + 1 < len(words) else None
    longer = following and following.is_capitalised and cues.gap(at + 1) == " " and not possessive
    if longer and following and not following.text.istitle():
        return False
    if longer and following and len(following.text) > _CUT:
        return False
    before = words[at - 1].key if at and words[at - 1].sentence == words[at].sentence else ""
    return before != "the" and (possessive or bool(before) or at + 1 < len(words))


def _name_start(cues: Cues, match: Match) -> int:
    """Where in a match the organisation's name begins: at the first capital of its end."""
    words, first = cues.words, match.after - 1
    while first > match.first and (words[first - 1].is_capitalised or words[first - 1].key == "and"):
        first -= 1
    while words[first].key in _RELATIONS:
        first += 1
    return first


_BEGUN, _ACRONYM, _CUT = 4, 3, 5  # letters
_LONGEST = 4  # words of a name that is also known without its first
_SAINTS = frozenset({"st", "saint"})
_RELATIONS = frozenset(
    "our my his her their your employer employers supplier suppliers sponsor partner caterer contractor "
    "at with the".split()
)


def _hit(cues: Cues, first: int, after: int, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="A partner organisation is named or referred to.",
        part=cues.doc.part.name,
        span=cues.span(first, after),
        confidence=confidence,
        evidence=(evidence,),
        replacement=stand_in(cues, cues.span(first, after), Person("partner organisation")),
        is_safe=False,  # partners are often named with leave
    )


DETECTOR = Detector("partner-name", (CONCERN,), find, reads=PUBLISHED)

"""What the index of a roll says of each person: a line of text, and the keys that fit them.

The index maps a key to the numbers of the people that it fits. Its first character says what the rest of it is:

    <megan    what somebody may be called         >rowntree   a family name
    =megan    a word of a name, or of a known-as  (mr         letters of all first names
    )dlc      letters of a long family name       !mr         a learner's initials; the first one's number only
    +ellie mae, -ellie m   two first names, the second whole or by its letter; the first one's number only

A person is one line of text: the calls, families and initials in the same spelling, then what `Entry` holds.
All of it is text and numbers, so that the cache can keep it as it is and nothing has to be built when it is read.
"""

from collections.abc import Sequence
from typing import NamedTuple

from checkpost.names import TITLES
from checkpost.roster.entry import Entry, family_letters, given_pairs, initials

CALL, FAMILY, WORD, INITIALS, LETTERS, FAMILY_LETTERS = "<>=!()"
_CONSENTS = {None: "", True: "yes", False: "no"}


class Keys(NamedTuple):
    """What a part of a name adds to a line, and the keys that it gives."""

    head: str
    keys: Sequence[str]
    firsts: Sequence[str] = ()
    letters: Sequence[str] = ()
    letter: str = ""


class Describer:
    """Says of people which keys fit them. Names repeat from person to person: each is worked out once."""

    def __init__(self) -> None:
        self._of_given: dict[tuple[tuple[str, ...], ...], Keys] = {}
        self._of_family: dict[tuple[str, ...], Keys] = {}

    def describe(self, entry: Entry) -> tuple[str, Keys, Keys, Sequence[str]]:
        """A person's line, the keys of the first names and of the family's, and those of which the first one counts."""
        family, given, known = entry.family, entry.given, entry.known_as
        is_family_first = bool(given) and family[:1] == entry.words[:1]
        # Whether the family's name comes first, or repeats what somebody is known as, changes the keys of the others.
        key = given, known, family if known or is_family_first else ()
        first = self._of_given.get(key)
        if first is None:
            first = None if key[2] or known else self._two_names(entry, given)
        if first is None:
            first = self._of_given[key] = _given_keys(entry, given)
        last = self._of_family.get(family) or self._of_family.setdefault(family, _family_keys(entry))
        firsts = first.firsts
        if entry.kind == "learner":
            letters = "".join([word[0] for word in entry.words])
            firsts = [*firsts, INITIALS + letters, *[INITIALS + letter + last.letter for letter in first.letters]]
        until = entry.consent_until.isoformat() if entry.consent_until else ""
        cells = (
            f"{first.head}{last.head}\t{entry.name}\t{' '.join(entry.words)}\t{' '.join(known)}\t{entry.group or ''}"
            f"\t{entry.role or ''}\t{_CONSENTS[entry.consent]}\t{until}\t{' '.join(family)}"
            f"\t{'|'.join(entry.consent_channels)}"
        )
        return cells if cells.replace("\t", "").isprintable() else _in_one_line(entry, cells), first, last, firsts

    def _two_names(self, entry: Entry, given: tuple[str, ...]) -> Keys | None:
        """What `_given_keys` says of two plain first names, put together from what it says of the first alone.

        A third of a roll may have a middle name, and hardly two people the same two.
        """
        if len(given) != 2 or min(map(len, given)) < 2 or not TITLES.isdisjoint(given):
            return None
        one, two = given
        key = (one,), (), ()
        alone = self._of_given.get(key)
        if alone is None:
            person = entry._replace(words=(one, *entry.family), known_as=())
            alone = self._of_given[key] = _given_keys(person, (one,))
        if CALL + two in alone.keys:
            return None
        letters = one[0] + two[0]
        return Keys(
            f"{alone.head}{CALL}{two}{CALL}{one}{two}{LETTERS}{two[0]}{LETTERS}{letters}",
            (*alone.keys, CALL + two, CALL + one + two, LETTERS + letters, WORD + two),
            [f"{'+' if how == 'givens' else '-'}{a} {b}" for a, b, how in given_pairs(entry)],
            (*alone.letters, two[0]),
        )


def _given_keys(entry: Entry, given: tuple[str, ...]) -> Keys:
    calls = entry.calls
    letters = initials(entry, calls)
    head = "".join([CALL + call for call in calls] + [LETTERS + each for each in letters])
    words = dict.fromkeys(word for word in (*given, *entry.known_as) if word not in TITLES)
    keys = [CALL + call for call in calls] + [LETTERS + each for each in letters if len(each) > 1]
    pairs = [f"{'+' if how == 'givens' else '-'}{one} {two}" for one, two, how in given_pairs(entry)]
    own = dict.fromkeys(word[0] for word in (*entry.known_as, *given))
    return Keys(head, [*keys, *(WORD + word for word in words)], pairs, list(own))


def _family_keys(entry: Entry) -> Keys:
    families = entry.families
    keys = [FAMILY + family for family in families]
    head = "".join(keys)
    keys += [FAMILY_LETTERS + each for each in family_letters(entry, families) if len(each) > 1]
    keys += [WORD + word for word in dict.fromkeys(entry.family) if word not in TITLES]
    return Keys(head, keys, letter=families[0][0] if families else "")


def _in_one_line(entry: Entry, line: str) -> str:
    """A line whose cells had tabs or line ends in them."""
    for cell in (entry.name, entry.group, entry.role, "|".join(entry.consent_channels)):
        if cell and not cell.isprintable():
            line = line.replace(f"\t{cell}\t", f"\t{' '.join(cell.split())}\t")
    return line
